"""Reading what a page's address asks for."""

from django.http import HttpRequest


def number(request: HttpRequest, name: str) -> int | None:
    """The whole number of that name in the address; None where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def one_of(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    """The word of that name in the address, empty unless it is allowed."""
    text = request.GET.get(name, "")
    return text if text in allowed else ""
