"""What is asked of people, and what they answered."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import day_in, whole
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.permissions import needs, role
from winward.usecases import roles
from winward.usecases.people import answers
from winward.usecases.people.answers import Answer, Learnt
from winward.usecases.room.positions import by_place

RANK, LINE = "rank-", "line-"


@require_POST
@needs("contributor")
def answer(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Keep an answer, and what it tells of their position, which only editors may change."""
    said, learnt = request.POST, _learnt(request)
    if learnt.anything and not roles.may(role(request), "editor"):
        raise PermissionDenied("To change a position needs the role “editor”; the answer alone doesn’t.")
    given = Answer(
        topic=said.get("topic", ""),
        text=said.get("text", ""),
        answer=said.get("answer", ""),
        key=said.get("key", ""),
        written=whole(said.get("written", "")),
    )
    on = day_in(said.get("on", "")) or timezone.localdate()
    for decision in attempt(request, lambda by: answers.answer(seat_id, given, on, by, learnt)) or ():
        told(request, decision)
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("contributor")
def ask(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Put a question of one's own on the list."""
    said = request.POST
    made = attempt(request, lambda by: answers.ask(seat_id, said.get("topic", ""), said.get("text", ""), by))
    told(request, made[1] if made else None)
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("editor")
def remove(request: HttpRequest, question_id: int) -> HttpResponse:
    told(request, attempt(request, lambda by: answers.remove_question(question_id, by)))
    return back(request, otherwise=reverse("initiatives"))


def _learnt(request: HttpRequest) -> Learnt:
    said = request.POST
    places = {number: place for number, place in _numbered(request, RANK).items() if place}
    return Learnt(
        metric=said.get("metric", ""),
        moves=said.get("moves", ""),
        terms=by_place(dict(places)),
        refused=[number for text in said.getlist("refused") if (number := whole(text)) is not None],
        otherwise=said.get("otherwise", ""),
        line=_numbered(request, LINE) or None,
    )


def _numbered(request: HttpRequest, prefix: str) -> dict[int, int]:
    """What the fields whose names end in a term's number say of it; what is left empty is left out."""
    names = [name for name in request.POST if name.startswith(prefix)]
    found = {whole(name.removeprefix(prefix)): whole(request.POST.get(name, "")) for name in names}
    return {term: value for term, value in found.items() if term is not None and value is not None}
