"""What the frame around every page needs."""

from dataclasses import dataclass

from django.http import HttpRequest

from winward.faces.web.permissions import role


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the rail. key: the letter that opens it after `g`."""

    name: str
    url: str
    key: str
    symbol: str


ROOMS = (
    Room("Home", "home", "h", "home"),
    Room("Themes", "themes", "t", "themes"),
    Room("Deals", "deals", "d", "deals"),
    Room("Initiatives", "initiatives", "i", "initiatives"),
    Room("Rivals", "rivals", "r", "rivals"),
    Room("Who answers", "accountability", "w", "accountability"),
    Room("Signals", "signals", "s", "signals"),
    Room("Sources", "sources", "o", "sources"),
    Room("Search", "search", "f", "search"),
    Room("Ask", "ask", "a", "ask"),
)
# Pages that open from a room keep its place in the rail lit.
INSIDE = {
    "rival": "rivals",
    "theme-account": "accountability",
    "theme": "themes",
    "theme-map": "themes",
    "compare": "themes",
    "over-time": "themes",
    "what-if": "themes",
    "unsorted": "themes",
    "deal": "deals",
    "deal-plan": "deals",
    "plan": "initiatives",
    "plans": "initiatives",
    "action-plan": "initiatives",
    "post-mortem": "deals",
    "lessons": "deals",
    "warnings": "deals",
    "stated": "deals",
    "initiative": "initiatives",
    "room": "initiatives",
    "room-history": "initiatives",
    "terms": "initiatives",
    "position": "initiatives",
    "steps": "initiatives",
    "value": "initiatives",
    "brief": "initiatives",
    "values": "initiatives",
    "value-chain": "initiatives",
    "people": "initiatives",
    "stakeholder": "initiatives",
    "signal": "signals",
    "document": "signals",
    "check": "signals",
    "preview": "sources",
    "import": "sources",
    "run": "sources",
    "links": "sources",
    "decisions": "sources",
}


def frame(request: HttpRequest) -> dict[str, object]:
    match = request.resolver_match
    page = match.url_name or "" if match else ""
    return {"rooms": ROOMS, "room": INSIDE.get(page, page), "role": role(request)}
