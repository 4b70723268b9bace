"""Which deals a page's address asks for, and what its form offers."""

from dataclasses import dataclass, fields
from datetime import date

from django.http import HttpRequest

from winward.usecases.list_deals import last_closing
from winward.usecases.slices import Choices, Slice, choices

DAYS = ("first", "last")
LABELS = {
    "segment": "Segment",
    "region": "Region",
    "product": "Product line",
    "owner": "Seller",
    "quarter": "Closed in",
}


@dataclass(frozen=True, slots=True)
class Select:
    name: str
    label: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SliceForm:
    """asked: as text, by name."""

    asked: dict[str, str]
    choices: Choices

    @property
    def selects(self) -> list[Select]:
        """Those with something to choose from."""
        offered = [(name, label, getattr(self.choices, name)) for name, label in LABELS.items()]
        return [Select(name, label, options, self.asked[name]) for name, label, options in offered if options]

    @property
    def narrowed(self) -> bool:
        return any(self.asked.values())


def slice_form(request: HttpRequest) -> SliceForm:
    return SliceForm(_texts(request), choices(last_closing()))


def slice_of(request: HttpRequest) -> Slice:
    """Raises ValueError for a quarter, a day or a side that is none."""
    texts = _texts(request)
    days = {name: date.fromisoformat(texts[name]) for name in DAYS if texts[name]}
    words = {name: text for name, text in texts.items() if name not in DAYS}
    return Slice(**words, **days)  # type: ignore[arg-type]


def _texts(request: HttpRequest) -> dict[str, str]:
    return {field.name: request.GET.get(field.name, "").strip() for field in fields(Slice)}
