"""What the sample company negotiates: authored files, filled with its own deals, people and days."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from winward.sample.company import Deal, found_company
from winward.sample.truth import Truth

NAMES = ("alignment-offline.yaml", "alignment-sign-on.yaml", "alignment-erp.yaml")
PLACE = re.compile(r'"\$\{(\w+:[^}]+)\}"|\$\{(\w+:[^}]+)\}')
SATURDAY = 5


class NotFoundHere(Exception):
    """A theme, a quote or a deal that a file speaks of is not in this sample."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the pipeline made of the planted themes, by their keys. themes: ids. said: (document, quote) of some
    signals, those said most strongly first."""

    themes: Mapping[str, int]
    said: Mapping[str, list[tuple[str, str]]]


def alignments(truth: Truth, found: Found, today: date) -> dict[str, str]:
    """The text of each file of which all that it names was found, by its name."""
    texts = dict[str, str]()
    for name in NAMES:
        with suppress(NotFoundHere):
            texts[name] = filled(name, truth, found, today)
    return texts


def filled(file: str, truth: Truth, found: Found, today: date) -> str:
    """The text of an alignment's or a value chain's file. Raises NotFoundHere where what it names was not found."""
    text = (files("winward.sample") / "material" / file).read_text("utf-8")
    look = _Looking(truth, found, today)
    return PLACE.sub(lambda place: look.at(place[1] or place[2]), text)


class _Looking:
    def __init__(self, truth: Truth, found: Found, today: date) -> None:
        self.truth, self.found, self.today = truth, found, today

    def at(self, place: str) -> str:
        """As YAML takes it, whatever stands in it."""
        kind, *rest = place.split(":")
        looks: Mapping[str, Callable[..., object]] = {
            "day": self._day, "theme": self._theme, "quote": self._quote, "document": self._document,
            "deal": self._deal, "contact": self._contact,
        }  # fmt: skip
        return json.dumps(looks[kind](*rest), ensure_ascii=False)

    def _day(self, offset: str) -> str:
        """A working day, for nobody agrees on a Sunday."""
        day = self.today + timedelta(int(offset))
        return str(day - timedelta(max(0, day.weekday() - SATURDAY + 1)))

    def _theme(self, key: str) -> int:
        if key not in self.found.themes:
            raise NotFoundHere(key)
        return self.found.themes[key]

    def _quote(self, key: str, at: str) -> str:
        return self._said(key, int(at))[1]

    def _document(self, key: str, at: str) -> str:
        return self._said(key, int(at))[0]

    def _said(self, key: str, at: int) -> tuple[str, str]:
        said = self.found.said.get(key, [])
        if at >= len(said):
            raise NotFoundHere(f"{key} {at}")
        return said[at]

    def _deal(self, key: str, part: str) -> str:
        deal = self._open(key)
        said = {"key": deal.key, "owner": deal.owner.name, "name": f"{deal.account.name} live without a signal"}
        return said[part]

    def _contact(self, key: str, role: str) -> str:
        return next(person.name for person in self._open(key).account.contacts if person.role == role)

    def _open(self, key: str) -> Deal:
        """The largest open deal in which the theme came up."""
        named = {deal.deal for deal in self.truth.deals if deal.outcome == "open" and key in deal.mentions}
        deals = [deal for deal in found_company(self.truth.seed).deals if deal.key in named]
        if not deals:
            raise NotFoundHere(key)
        return max(deals, key=lambda deal: (deal.amount, deal.key))
