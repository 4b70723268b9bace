"""All that was said in one deal, in order of time, with its quotes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from winward.records import post_mortem_rows
from winward.records.deals import Deal
from winward.records.post_mortem_rows import SaidInDeal
from winward.usecases.quotes import Quote, quotes_in_order

# Beyond this a sentence leans clearly to one side; polarity goes from −1 (wholly against) to 1 (wholly in favour).
LEANS = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """said: in order of time. quotes: by signal. titles: of the themes that came up, by their number. costly: themes
    that are clearly associated with losing."""

    said: tuple[SaidInDeal, ...]
    quotes: Mapping[int, Quote]
    titles: Mapping[int, str]
    costly: Collection[int]

    @property
    def before(self) -> list[SaidInDeal]:
        """What customers said before the outcome was known."""
        return [one for one in self.said if not one.after and one.side != "us"]

    @property
    def afterwards(self) -> list[SaidInDeal]:
        """What customers said when it was known."""
        return [one for one in self.said if one.after and one.side != "us"]

    def strongest(self, said: Iterable[SaidInDeal]) -> Quote | None:
        """Of what costs deals before other themes, and of those before talk that is in none: on which most hangs, or
        else what leans most, the earliest."""
        best = max(said, key=self._weight, default=None)
        return self.quotes.get(best.signal) if best else None

    def _weight(self, one: SaidInDeal) -> tuple[bool, bool, float, float]:
        return one.theme in self.costly, one.theme in self.titles, one.strength, abs(one.polarity)


def hear(deal: Deal, costly: Collection[int]) -> Heard:
    said = post_mortem_rows.said(deal.pk)
    found = {quote.signal: quote for quote in quotes_in_order(one.signal for one in said)}
    titles = {quote.theme_id: quote.theme for quote in found.values() if quote.theme_id}
    return Heard(tuple(said), found, titles, costly)


def against(said: Sequence[SaidInDeal]) -> int:
    return sum(one.polarity < -LEANS for one in said)


def in_favour(said: Sequence[SaidInDeal]) -> int:
    return sum(one.polarity > LEANS for one in said)
