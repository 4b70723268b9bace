"""All quotes of a theme, a page at a time, those that fit it least first: they are the ones to move."""

from dataclasses import dataclass

from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases.quotes import NotFound, Quote, quotes

PAGE = 40


@dataclass(frozen=True, slots=True)
class ThemeQuotes:
    """page, pages: from 1."""

    theme: int
    title: str
    rows: tuple[Quote, ...]
    signals: int
    page: int
    pages: int


def theme_quotes(theme_id: int, page: int = 1) -> ThemeQuotes:
    """Raises NotFound."""
    theme = Theme.objects.defer("centre").filter(pk=theme_id).first()
    if theme is None:
        raise NotFound(f"There is no theme {theme_id}.")
    counting = Signal.objects.filter(theme=theme, dismissed=False)
    number = counting.count()
    pages = max(1, -(-number // PAGE))
    page = min(max(page, 1), pages)
    rows = quotes(counting.order_by("fit", "pk")[(page - 1) * PAGE : page * PAGE])
    return ThemeQuotes(theme.pk, theme.title, tuple(rows), number, page, pages)
