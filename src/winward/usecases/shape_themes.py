"""What people make of themes: merged, split, signals moved or set aside. Each is one decision, which no rebuild takes
back and undoing does wholly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
from django.db import transaction
from pgvector.django import CosineDistance

from winward.engine.themes import nearer
from winward.records import placement_rows, theme_rows
from winward.records.signals import Signal, SignalVector
from winward.records.themes import Theme
from winward.usecases import placings
from winward.usecases.decide import Decision, place
from winward.usecases.group_themes import set_aside_by
from winward.usecases.quotes import NotFound, Quote, quotes_in_order

Given = ParamSpec("Given")
Decided = TypeVar("Decided")
FEWEST_SEEDS, MOST_SEEDS = 2, 5
QUOTES_SHOWN, QUOTES_READ = 4, 40


@dataclass(frozen=True, slots=True)
class Part:
    """What would be one theme: the quote that it was made by, how many signals are nearer to it than to the others,
    and a few of them, the nearest first."""

    seed: Quote
    signals: int
    quotes: tuple[Quote, ...]


def _alone(verb: Callable[Given, Decided]) -> Callable[Given, Decided]:
    """Nobody else sorts signals meanwhile, a rebuild neither."""

    @wraps(verb)
    @transaction.atomic
    def alone(*args: Given.args, **kwargs: Given.kwargs) -> Decided:
        theme_rows.hold()
        return verb(*args, **kwargs)

    return alone


@_alone
def merge_themes(theme_id: int, into_id: int, by: str) -> Decision | None:
    """Put all signals of a theme in another; links to it lead there. Raises NotFound, and ValueError for a theme that
    is no longer there or the same."""
    theme, into = _standing(theme_id), _standing(into_id)
    if theme == into:
        raise ValueError("A theme is part of itself already.")
    coming, there = _signals_of(theme), _signals_of(into)
    count = _counted(len(coming), "signal")
    change = _Change(
        subject=f"placing:{into.pk}",
        placed=dict.fromkeys([*coming, *there], into.pk),
        themes=[[theme.pk, True, into.pk]],
        lineage=[[theme.pk, "merged into", into.pk, coming]],
        words=f"it took in “{theme.title}” with {count}",
    )
    return _decide(change, by, f"“{theme.title}” is part of “{into.title}” now, with {count}.")


@_alone
def split_theme(theme_id: int, signals: Sequence[int], by: str, name: str = "") -> Decision | None:
    """Make a theme of these signals of a theme; the others stay. name: empty for one in the customers' words.

    Raises NotFound, and ValueError where signals are of another theme, or all or none of it are given.
    """
    theme = _standing(theme_id)
    return _split(theme, [(name, _within(theme, signals))], by)


@_alone
def split_by(theme_id: int, seeds: Sequence[int], by: str) -> Decision | None:
    """Split a theme between a few of its signals: each of the others goes with the nearest. Those that go with the
    first stay, each other part becomes a theme. Raises NotFound, and ValueError."""
    theme = _standing(theme_id)
    _, *leaving = _parts(theme, seeds)
    return _split(theme, [("", signals) for signals in leaving], by)


def preview_split(theme_id: int, seeds: Sequence[int]) -> tuple[Part, ...]:
    """What `split_by` would make, in the order of the seeds. Raises NotFound, and ValueError."""
    parts = _parts(_standing(theme_id), seeds)
    return tuple(_part(signals) for signals in parts)


def _part(signals: Sequence[int]) -> Part:
    """The same words are shown once."""
    seed, *others = quotes_in_order(signals[: 1 + QUOTES_READ])
    different = {quote.words: quote for quote in reversed(others) if quote.words != seed.words}
    return Part(seed, len(signals), tuple(reversed(different.values()))[:QUOTES_SHOWN])


@_alone
def move_signals(signals: Sequence[int], theme_id: int, by: str) -> Decision | None:
    """Say which theme these signals belong to. Raises NotFound, and ValueError for signals that don't count."""
    theme = _standing(theme_id)
    found = _counting(signals)
    change = _Change(
        subject=f"placing:{theme.pk}",
        placed=dict.fromkeys(found, theme.pk),
        words=f"{_counted(len(found), 'signal')} put in it",
    )
    return _decide(change, by, f"{_counted(len(found), 'signal')} put in “{theme.title}”.")


@_alone
def unsort_signals(signals: Sequence[int], by: str) -> Decision | None:
    """Say that these signals belong to no theme. Raises NotFound, and ValueError for signals that don't count."""
    found = _counting(signals)
    words = f"{_counted(len(found), 'signal')} set aside"
    change = _Change(subject=f"unsorting:{found[0]}", placed=dict.fromkeys(found), words=words)
    return _decide(change, by, f"{words}, in no theme.")


@_alone
def make_theme(signals: Sequence[int], by: str, name: str = "") -> Decision | None:
    """Make a theme of these signals, wherever they are now. name: empty for one in the customers' words.

    Raises NotFound, and ValueError for signals that don't count.
    """
    found = _counting(signals)
    centre = SignalVector.objects.get(pk=found[0]).vector
    near = Theme.objects.filter(retired=False).order_by(CosineDistance("centre", centre)).first()
    theme = Theme.objects.create(
        given_name=name.strip(), area=near.area if near else 0, centre=centre, floor=1.0, retired=True
    )
    count = _counted(len(found), "signal")
    change = _Change(
        subject=f"placing:{theme.pk}",
        placed=dict.fromkeys(found, theme.pk),
        themes=[[theme.pk, False, None]],
        words=f"made of {count}",
        named=(theme.pk,),
    )
    return _decide(change, by, f"{count} became a theme of {'its' if len(found) == 1 else 'their'} own.")


def titles(but: int = 0) -> list[str]:
    """Of all themes but one, to choose from by name."""
    standing = Theme.objects.filter(retired=False).exclude(pk=but)
    return sorted(theme.title for theme in standing.only("name", "given_name"))


def theme_called(text: str) -> int:
    """The theme with this number, title or part of a title. Raises NotFound, and ValueError where it may be several."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    titles = {one.pk: one.title.casefold() for one in Theme.objects.filter(retired=False).only("name", "given_name")}
    wanted = text.casefold()
    exact = [pk for pk, title in titles.items() if title == wanted]
    found = exact or [pk for pk, title in titles.items() if wanted and wanted in title]
    if not found:
        raise NotFound(f"There is no theme “{text}”.")
    if len(found) > 1:
        raise ValueError(f"{len(found)} themes are called like “{text}”. Give more of the name, or the number.")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Change:
    """placed: the theme of each signal from now on, None for none. themes, lineage: as in `placings`. named: themes
    that need a name."""

    subject: str
    placed: Mapping[int, int | None]
    words: str
    themes: list[list[Any]] = field(default_factory=list)
    lineage: list[list[Any]] = field(default_factory=list)
    named: tuple[int, ...] = ()


def _decide(change: _Change, by: str, sentence: str) -> Decision | None:
    """None where people have said all of this already."""
    said = placement_rows.of(list(change.placed))
    known = {signal: said[signal].theme for signal in said}
    if not change.themes and known == change.placed:
        return None
    before = placings.state(change.placed, [row[0] for row in change.themes], change.named)
    fits = {signal: fit for signal, _, fit, _ in before["sorted"]}
    aside = set_aside_by(by)
    after = {
        "sorted": [[one, to, fits[one], "" if to else aside] for one, to in change.placed.items() if one in fits],
        "themes": change.themes,
        "placed": True,
        "lineage": change.lineage,
        "names": [],
        "words": change.words,
    }
    return place(change.subject, before, after, by, sentence, change.named)


def _split(theme: Theme, parts: Sequence[tuple[str, Sequence[int]]], by: str) -> Decision | None:
    there = _signals_of(theme)
    leaving = {signal for _, signals in parts for signal in signals}
    if len(leaving) == len(there):
        raise ValueError("All of its signals would leave: rename the theme instead.")
    made = [(_new_theme(theme, name, signals), signals) for name, signals in parts]
    placed = dict.fromkeys(there, theme.pk) | {signal: new.pk for new, signals in made for signal in signals}
    counts = " and ".join(str(len(signals)) for _, signals in made)
    change = _Change(
        subject=f"placing:{theme.pk}",
        placed=placed,
        themes=[[new.pk, False, None] for new, _ in made],
        lineage=[[new.pk, "split from", theme.pk, list(signals)] for new, signals in made],
        words=f"{counts} of {_counted(len(there), 'signal')} split off",
        named=(theme.pk, *(new.pk for new, _ in made)),
    )
    themes = f"{len(made)} themes of their own" if len(made) > 1 else "a theme of its own"
    return _decide(change, by, f"{counts} of {_counted(len(there), 'signal')} of “{theme.title}” became {themes}.")


def _new_theme(theme: Theme, name: str, signals: Sequence[int]) -> Theme:
    """Still part of the other, for that is what undoing the split goes back to."""
    return Theme.objects.create(
        given_name=name.strip(),
        area=theme.area,
        centre=theme.centre,
        floor=theme.floor,
        retired=True,
        merged_into=theme,
    )


def _parts(theme: Theme, seeds: Sequence[int]) -> list[list[int]]:
    """The signals that count and are nearest to each seed, the seed first, then the nearest."""
    seeds = _within(theme, _counting(seeds))
    if not FEWEST_SEEDS <= len(seeds) <= MOST_SEEDS:
        raise ValueError(f"Choose {FEWEST_SEEDS} to {MOST_SEEDS} quotes that the theme should be split between.")
    members = theme_rows.members([theme.pk])
    at = np.searchsorted(members.ids, seeds)
    part = nearer(members.vectors, members.vectors[at])
    part[at] = np.arange(len(seeds))
    closeness = np.einsum("nd,nd->n", members.vectors, members.vectors[at][part])
    closeness[at] = np.inf
    order = np.argsort(-closeness, kind="stable")
    return [members.ids[order[part[order] == one]].tolist() for one in range(len(seeds))]


def _standing(theme_id: int) -> Theme:
    theme = Theme.objects.select_related("merged_into").filter(pk=theme_id).first()
    if theme is None:
        raise NotFound(f"There is no theme {theme_id}.")
    if theme.retired:
        went = f": it is part of “{theme.merged_into.title}” now" if theme.merged_into else ""
        raise ValueError(f"“{theme.title}” is no theme any more{went}.")
    return theme


def _signals_of(theme: Theme) -> list[int]:
    return list(Signal.objects.filter(theme=theme).order_by("pk").values_list("pk", flat=True))


def _within(theme: Theme, signals: Sequence[int]) -> list[int]:
    wanted = list(dict.fromkeys(signals))
    if not wanted:
        raise ValueError("Choose the signals first.")
    there = set(Signal.objects.filter(theme=theme, pk__in=wanted).values_list("pk", flat=True))
    elsewhere = [signal for signal in wanted if signal not in there]
    if elsewhere:
        raise ValueError(f"Signal {elsewhere[0]} is not in “{theme.title}”.")
    return wanted


def _counting(signals: Sequence[int]) -> list[int]:
    wanted = list(dict.fromkeys(signals))
    if not wanted:
        raise ValueError("Choose the signals first.")
    rows = {
        pk: side != "us" and not gone
        for pk, side, gone in Signal.objects.filter(pk__in=wanted).values_list("pk", "side", "dismissed")
    }
    for signal in wanted:
        if signal not in rows:
            raise NotFound(f"There is no signal {signal}.")
        if not rows[signal]:
            raise ValueError(f"Signal {signal} doesn’t count: our own side said it, or somebody dismissed it.")
    return wanted


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
