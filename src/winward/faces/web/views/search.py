"""Search over everything that was said."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.kinds import KINDS
from winward.faces.web.asked import day, number, one_of
from winward.records.related_rows import Filters
from winward.usecases import readers
from winward.usecases.list_deals import segments
from winward.usecases.list_signals import SIDES
from winward.usecases.related import name_of_account, name_of_theme
from winward.usecases.search import SHOWN
from winward.usecases.search import search as look_up

LONGEST = 300
STATES = ("won", "lost", "open")


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("text", "")[:LONGEST]
    known = segments() if text else ()
    asked = filters(request, known)
    found = look_up(text, embed, asked)
    context = {
        "found": found,
        "worded": any(part.hit for hit in found.hits for part in hit.parts),
        "find": text,
        "asked": asked,
        "narrowed": bool(asked.given),
        "most": SHOWN,
        "theme": name_of_theme(asked.theme),
        "account": name_of_account(asked.account),
        "kinds": KINDS,
        "sides": SIDES,
        "states": STATES,
        "segments": known,
    }
    return render(request, "pages/search.html", context)


def filters(request: HttpRequest, known: tuple[str, ...]) -> Filters:
    """What the address narrows the search to; what it names that isn't there narrows nothing. known: segments."""
    return Filters(
        kind=one_of(request, "kind", KINDS),
        theme=number(request, "theme"),
        side=one_of(request, "side", SIDES),
        deal_state=one_of(request, "state", STATES),
        segment=one_of(request, "segment", known),
        account=number(request, "account"),
        since=day(request, "since"),
        until=day(request, "until"),
    )


def embed(text: str) -> Sequence[float]:
    return [float(part) for part in readers.shipped().embed([text])[0, :VECTOR_SIZE]]
