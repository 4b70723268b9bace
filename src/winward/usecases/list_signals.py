"""Signals, the newest read first, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from winward.engine.reading.kinds import KINDS
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases.quotes import Quote, quotes

PAGE = 30
TOGETHER = 1_000
STATES = ("sorted", "unsorted", "dismissed")
SIDES = ("customer", "us")


@dataclass(frozen=True, slots=True)
class Signals:
    """after: the cursor of the next page, 0 on the last. theme: the title of the theme asked for."""

    rows: tuple[Quote, ...]
    after: int
    theme: str


def list_signals(kind: str = "", theme: int | None = None, side: str = "", state: str = "", after: int = 0) -> Signals:
    """state: sorted (in a theme), unsorted (each with its reason) or dismissed; else all that count. after: the
    cursor of the page before. Raises ValueError for a kind, side or state that isn't one."""
    _check(kind, side, state)
    found = _matching(kind, theme, side, state).order_by("-id")
    page = quotes((found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    more = page[PAGE - 1].signal if len(page) > PAGE else 0
    return Signals(tuple(page[:PAGE]), more, _title(theme))


def every_signal(kind: str = "", theme: int | None = None, side: str = "", state: str = "") -> Iterator[Quote]:
    """All that `list_signals` would show page by page, one after the other. Raises as it does."""
    _check(kind, side, state)
    found, after = _matching(kind, theme, side, state).order_by("-id"), 0
    while page := quotes((found.filter(pk__lt=after) if after else found)[:TOGETHER]):
        yield from page
        after = page[-1].signal


def _check(kind: str, side: str, state: str) -> None:
    for given, allowed in ((kind, KINDS), (side, SIDES), (state, STATES)):
        if given and given not in allowed:
            raise ValueError(f"“{given}” is none of {', '.join(allowed)}.")


def _matching(kind: str, theme: int | None, side: str, state: str) -> QuerySet[Signal]:
    found = Signal.objects.filter(dismissed=state == "dismissed")
    if kind:
        found = found.filter(kind=kind)
    if theme is not None:
        found = found.filter(theme=theme)
    if side:
        found = found.filter(side=side)
    if state in ("sorted", "unsorted"):
        found = found.filter(theme__isnull=state == "unsorted")
    return found


def _title(theme: int | None) -> str:
    found = Theme.objects.filter(pk=theme).defer("centre").first() if theme is not None else None
    return found.title if found else ""
