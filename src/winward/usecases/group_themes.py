"""theme: the signals sorted into lasting themes. New ones join; enough new ones bring a rebuild that keeps identity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from winward.engine.themes import (
    Before,
    Lineage,
    Measured,
    Shaped,
    ThemeName,
    areas_of,
    discover,
    join,
    lineage,
    measure,
    name_themes,
    shape,
)
from winward.engine.themes.area_names import name_areas
from winward.engine.themes.joining import NOT_LIKE_ANY
from winward.engine.themes.naming import Embed
from winward.engine.themes.placing import ASIDE, FREE
from winward.engine.themes.unsorted import SAYS_TOO_LITTLE
from winward.records import area_rows, placement_rows, signal_rows, theme_rows
from winward.records.placement_rows import Placed
from winward.records.signal_rows import Said
from winward.records.theme_rows import Computed, Event, Joining, Sorted, Standing

# Themes are about what customers need, so only these kinds make them; praise, questions and the conduct of the deal
# are sorted into the themes that the others made.
MAKING = ("need", "pain", "request", "objection", "risk", "price")
JOINING = (*MAKING, "competitor", "praise", "question", "decision", "commitment")
# Past this share of signals that the last rebuild didn't see (or saw and are gone), joining one by one would miss what
# the new ones have in common.
REBUILD_AT = 0.10
# So it would past this share that came since and is like no theme: together they may be one. A handful is no reason.
REBUILD_AT_UNSORTED, FEWEST_UNSORTED = 0.02, 10
# What stayed unsorted in a rebuild joins only a theme that is nearer now than any was; rounding is no nearness.
NEARER = 0.01


@dataclass(frozen=True, slots=True)
class Grouped:
    themes: int
    signals: int
    unsorted: int
    rebuilt: bool


def group_themes(now: datetime, seed: int, embed: Embed | None = None) -> Grouped:
    """Sort every signal. Either all of it lands or nothing. embed: gives phrases the vectors that signals have, so that
    themes get better names."""
    with transaction.atomic():
        number, waiting = theme_rows.said(MAKING, NOT_LIKE_ANY)
        last = theme_rows.last_rebuild()
        rebuilt = _due(number, waiting, last.signals if last else 0)
        if rebuilt:
            resolution = _rebuild(now, seed, embed, last.resolution if last else 0.0)
            theme_rows.note_rebuild(now, number, resolution)
            _join(theme_rows.to_join(tuple(set(JOINING) - set(MAKING)), again=True))
        else:
            theme_rows.hold()
            _join(theme_rows.to_join(JOINING))
    theme_rows.index_vectors()
    return Grouped(*theme_rows.count(), rebuilt)


def _due(number: int, waiting: int, seen: int) -> bool:
    return abs(number - seen) > REBUILD_AT * seen or waiting > max(FEWEST_UNSORTED, REBUILD_AT_UNSORTED * seen)


def _join(joining: Joining) -> None:
    standing = theme_rows.standing()
    if len(standing.ids):
        theme_rows.sort_signals(_joined(joining, standing, placement_rows.of(joining.ids.tolist())))


def _joined(joining: Joining, standing: Standing, placed: Mapping[int, Placed]) -> Iterator[Sorted]:
    """Each signal where a person placed it, else in its nearest theme, if that is near enough. What a rebuild left
    unsorted joins only a theme that is nearer now than any was then."""
    place, fit, why = join(joining.vectors, standing.centres, standing.floors)
    for at, signal in enumerate(joining.ids.tolist()):
        before = joining.why[at]
        if signal in placed:
            yield _as_placed(signal, placed[signal], joining.vectors[at], standing)
        elif not before or before == NOT_LIKE_ANY:
            yield signal, None if place[at] < 0 else int(standing.ids[place[at]]), float(fit[at]), why[at]
        elif place[at] >= 0 and before != SAYS_TOO_LITTLE and fit[at] > joining.fit[at] + NEARER:
            yield signal, int(standing.ids[place[at]]), float(fit[at]), ""


def _as_placed(signal: int, placed: Placed, vector: NDArray[np.float32], standing: Standing) -> Sorted:
    if placed.theme is None:
        return signal, None, 0.0, set_aside_by(placed.by)
    at = int(np.searchsorted(standing.ids, placed.theme))
    return signal, placed.theme, float(vector @ standing.centres[at]), ""


def set_aside_by(person: str) -> str:
    """Why a signal is unsorted that somebody placed in no theme."""
    return f"set aside by {person}"


def _rebuild(now: datetime, seed: int, embed: Embed | None, resolution: float) -> float:
    """resolution: of the last rebuild, 0 for none. Returns the one of this."""
    said = signal_rows.said_by_customers(MAKING)
    before = Before(theme_rows.themes_of(said.ids), resolution)
    found = discover(said.vectors, said.quotes, seed=seed, before=before)
    # What people decided while themes were looked for counts, too; who decides now waits until the rebuild has landed.
    theme_rows.hold()
    placed, lasting = placement_rows.of(), theme_rows.lasting()
    previous, by_hand = theme_rows.themes_of(said.ids), _by_hand(said.ids, placed)
    shaped = shape(found.theme, found.why, said.vectors, previous, by_hand, lasting)
    measured = measure(said.vectors, shaped.theme, by_hand == FREE)
    areas = areas_of(shaped.theme, found.theme, found.areas, measured.centres)
    names = name_themes(shaped.theme, said.vectors, said.quotes, embed=embed)
    ids = theme_rows.save(list(_computed(said, names, areas, shaped, measured)))
    area_rows.replace(name_areas(shaped.theme, areas, said.quotes))
    theme_rows.retire_all_but([*ids, *lasting])
    events = lineage(np.where(by_hand > 0, by_hand, previous), shaped.theme, shaped.ids, measured.fit)
    theme_rows.write_lineage(_events(events, ids, said), now)
    theme_rows.sort_signals(_sorted(said, shaped, measured, ids, placed))
    return found.resolution


def _by_hand(signals: NDArray[np.int64], placed: Mapping[int, Placed]) -> NDArray[np.int64]:
    words = (placed.get(signal) for signal in signals.tolist())
    return np.array([FREE if word is None else word.theme or ASIDE for word in words], dtype=np.int64)


def _sorted(
    said: Said, shaped: Shaped, measured: Measured, ids: Sequence[int], placed: Mapping[int, Placed]
) -> Iterator[Sorted]:
    for at, signal in enumerate(said.ids.tolist()):
        theme = None if shaped.theme[at] < 0 else ids[shaped.theme[at]]
        aside = theme is None and signal in placed
        why = set_aside_by(placed[signal].by) if aside else shaped.why[at]
        yield signal, theme, 0.0 if aside else float(measured.fit[at]), why


def _computed(
    said: Said, names: Sequence[ThemeName], areas: NDArray[np.int32], shaped: Shaped, measured: Measured
) -> Iterator[Computed]:
    for at, name in enumerate(names):
        yield Computed(
            kept=shaped.ids[at],
            name=name.name,
            terms=name.terms,
            area=int(areas[at]),
            centre=measured.centres[at],
            floor=float(measured.floor[at]),
            typical=tuple(int(said.ids[row]) for row in name.central),
        )


def _events(events: Sequence[Lineage], ids: Sequence[int], said: Said) -> Iterator[Event]:
    """Rows about the theme that an event happened to."""
    for event in events:
        new = ids[event.new] if event.new is not None else None
        subject, other = (event.old, new) if event.kind in ("merged into", "retired") else (new, event.old)
        if subject is not None:
            quotes = said.ids[list(event.rows)].tolist()
            yield Event(subject, event.kind, None if subject == other else other, event.shared, event.share, quotes)
