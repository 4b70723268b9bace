"""Some of the deals: those of a segment, a region, a product line, a seller or a time, and who spoke in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from winward.records import slice_rows
from winward.records.stake_rows import WeighedDeal
from winward.usecases.quarters import bounds, newest, quarter_of

SIDES = ("customer", "us")
SHARED = ("segment", "region", "product", "owner")


@dataclass(frozen=True, slots=True)
class Slice:
    """Which deals; what is empty is not asked for. first, last: days between which a closed deal was decided; open
    deals are in whatever the days. side: whose words count, "us" or else the customers'."""

    segment: str = ""
    region: str = ""
    product: str = ""
    owner: str = ""
    quarter: str = ""
    first: date | None = None
    last: date | None = None
    side: str = ""

    def __post_init__(self) -> None:
        if self.quarter:
            bounds(self.quarter)
        if self.side and self.side not in SIDES:
            raise ValueError(f"“{self.side}” is none of {', '.join(SIDES)}.")

    @property
    def ours(self) -> bool:
        return self.side == "us"

    @property
    def everything(self) -> bool:
        return not (self.where or self.ours)

    def holds(self, deal: WeighedDeal) -> bool:
        same = all(getattr(deal, name) == wanted for name in SHARED if (wanted := getattr(self, name)))
        return same and (deal.state == "open" or self._in_time(deal.closed_on))

    @property
    def where(self) -> str:
        """In words: "Enterprise, closed in 2026 Q2"; empty for all deals."""
        return ", ".join(filter(None, [*(getattr(self, name) for name in SHARED), self._when]))

    @property
    def _when(self) -> str:
        if self.quarter:
            return f"closed in {self.quarter}"
        if self.first and self.last:
            return f"closed from {self.first} to {self.last}"
        return f"closed since {self.first}" if self.first else f"closed until {self.last}" if self.last else ""

    def _in_time(self, closed: date | None) -> bool:
        spans = [bounds(self.quarter)] if self.quarter else []
        spans += [(self.first or date.min, self.last or date.max)] if self.first or self.last else []
        return all(closed is not None and first <= closed <= last for first, last in spans)


EVERYTHING = Slice()


@dataclass(frozen=True, slots=True)
class Choices:
    """What one may choose from: names by alphabet, quarters with a closed deal and those between, newest first."""

    segment: tuple[str, ...]
    region: tuple[str, ...]
    product: tuple[str, ...]
    owner: tuple[str, ...]
    quarter: tuple[str, ...]


MOST_QUARTERS = 12


def choices(last: date | None) -> Choices:
    """last: the newest day on which a deal was decided."""
    names = {name: tuple(value for value, closed in slice_rows.closed_by(name) if closed) for name in SHARED}
    return Choices(**names, quarter=tuple(newest(last, MOST_QUARTERS)) if last else ())


def value_of(by: str) -> Callable[[WeighedDeal], str]:
    """What a deal has of one of `SHARED`, or the quarter in which it was decided; "" where it isn't known."""
    if by == "quarter":
        return lambda deal: quarter_of(deal.closed_on) if deal.closed_on and deal.state != "open" else ""
    if by not in SHARED:
        raise ValueError(f"“{by}” is none of {', '.join((*SHARED, 'quarter'))}.")
    return lambda deal: str(getattr(deal, by))
