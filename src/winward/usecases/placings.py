"""What a decision on where signals belong writes, what that changes in the themes, and what undoing it puts back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from winward.engine.themes import measure, name_themes
from winward.records import placement_rows, stake_rows, theme_rows
from winward.records.decisions import Audit
from winward.records.signals import Signal
from winward.records.theme_rows import Event
from winward.records.themes import Lineage, Theme
from winward.usecases.group_themes import MAKING

# What these decisions are about: a theme, or signals without one.
SUBJECTS = ("placing", "unsorting")
# The state before or after a decision, as its audit row keeps it. sorted: (signal, theme, fit, why unsorted). themes:
# (theme, retired, merged into). placed: whether `sorted` is a person's word. lineage:
# (theme, event, other theme, the signals in common). names: computed ones that a decision changes, with their terms.
State = Mapping[str, Any]


def state(signals: Collection[int], themes: Collection[int], named: Collection[int]) -> dict[str, Any]:
    """How these signals and themes stand, and how those are called that get a new name."""
    rows = Signal.objects.filter(pk__in=signals).order_by("pk").values_list("pk", "theme_id", "fit", "unsorted_why")
    names = Theme.objects.filter(pk__in=named).order_by("pk").values_list("pk", "name", "terms")
    return {
        "sorted": [list(row) for row in rows],
        "themes": _themes(themes),
        "placed": False,
        "lineage": [],
        "names": [list(row) for row in names],
    }


def write(audit: Audit, now: State) -> None:
    """Let signals and themes stand so; fits, centres, floors and counts follow. The rest of a theme that is merged
    away goes with it."""
    for theme, retired, merged_into in now["themes"]:
        Theme.objects.filter(pk=theme).update(retired=retired, merged_into_id=merged_into)
    for theme, name, terms in now["names"]:
        Theme.objects.filter(pk=theme).update(name=name, terms=terms)
    if now["placed"]:
        placement_rows.add(audit.pk, [(signal, theme) for signal, theme, _, _ in now["sorted"]])
    gone = set(Theme.objects.filter(retired=True).values_list("pk", flat=True))
    # A theme that a rebuild retired since takes nothing back; the next run sorts what was in it.
    theme_rows.sort_signals(
        (signal, None, 0.0, "") if theme in gone else (signal, theme, fit, why)
        for signal, theme, fit, why in now["sorted"]
    )
    for theme, retired, merged_into in now["themes"]:
        if retired and merged_into:
            Signal.objects.filter(theme=theme).update(theme=merged_into)
    theme_rows.write_lineage(_events(now, audit.who), audit.at)


def take_back(audit: Audit) -> None:
    placement_rows.take_back(audit.pk)
    Lineage.objects.filter(at=audit.at, by=audit.who).delete()


def touched_since(audit: Audit) -> bool:
    """Whether somebody decided again since on what this decision was about."""
    signals = [row[0] for row in audit.after["sorted"]]
    retiring = [theme for theme, retired, _ in audit.before["themes"] if retired]
    known = audit.after["themes"]
    moved_on = _themes([row[0] for row in known]) != known
    return moved_on or placement_rows.touched_since(audit.pk, signals, retiring)


def follow(states: Iterable[State], named: Collection[int] = ()) -> None:
    """Measure and count anew every theme that these states speak of. named: those to be named anew, too."""
    themes = {row[1] for one in states for row in one["sorted"]} | {row[0] for one in states for row in one["themes"]}
    standing = Theme.objects.filter(pk__in=themes - {None}, retired=False).order_by("pk")
    remeasure(list(standing.values_list("pk", flat=True)), named)


def remeasure(themes: Sequence[int], named: Collection[int] = ()) -> None:
    members = theme_rows.members(themes)
    ids, label = np.unique(members.themes, return_inverse=True)
    counted = np.isin(members.kinds, MAKING)
    counted |= ~np.isin(label, label[counted])
    theme = np.where(counted, label, -1).astype(np.int32)
    measured = measure(members.vectors, theme, members.free)
    names = name_themes(theme, members.vectors, members.quotes)
    for at, number in enumerate(ids.tolist()):
        typical = [int(members.ids[row]) for row in names[at].central]
        theme_rows.put_measures(number, measured.centres[at], float(measured.floor[at]), typical)
        if number in named:
            Theme.objects.filter(pk=number).update(name=names[at].name, terms=list(names[at].terms))
    fit = np.einsum("nd,nd->n", members.vectors, measured.centres[label]) if len(ids) else np.zeros(0)
    sorted_in = zip(members.ids.tolist(), members.themes.tolist(), fit.tolist(), strict=True)
    theme_rows.sort_signals((*row, "") for row in sorted_in)
    stake_rows.recount(themes)


def _themes(themes: Collection[int]) -> list[list[Any]]:
    rows = Theme.objects.select_for_update().filter(pk__in=themes).order_by("pk")
    return [list(row) for row in rows.values_list("pk", "retired", "merged_into_id")]


def _events(now: State, by: str) -> Iterable[Event]:
    for theme, event, other, signals in now["lineage"]:
        yield Event(theme, event, other, len(signals), 1.0, signals[:3], by)
