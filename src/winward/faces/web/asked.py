"""Reading what a page's address asks for."""

from datetime import date

from django.http import HttpRequest


def number(request: HttpRequest, name: str) -> int | None:
    """The whole number of that name in the address; None where there is none."""
    return whole(request.GET.get(name, ""))


def one_of(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    """The word of that name in the address, empty unless it is allowed."""
    text = request.GET.get(name, "")
    return text if text in allowed else ""


def day(request: HttpRequest, name: str) -> date | None:
    """The day of that name in the address, as in 2026-09-30; None where there is none."""
    return day_in(request.GET.get(name, ""))


def day_in(text: str) -> date | None:
    """The day that the text is; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def numbers(text: str) -> list[int]:
    """The whole numbers in a list like 4.17.2; what is none is passed over."""
    return [found for part in text.split(".") if (found := whole(part)) is not None]


def whole(text: str) -> int | None:
    """The whole number that the text is; None where it is none, or one that no row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
