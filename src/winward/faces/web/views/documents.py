"""One document, with its signals marked, and what a person adds to it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward import jobs
from winward.engine.reading.kinds import KINDS
from winward.faces.web.asked import number, whole
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.permissions import needs
from winward.usecases import correct
from winward.usecases.decide import Decision
from winward.usecases.show_document import PassageText, show_document


@dataclass(frozen=True, slots=True)
class Run:
    """Passages that follow one another and are all spoken, or all not."""

    spoken: bool
    passages: list[PassageText]


def document(request: HttpRequest, document_id: int) -> HttpResponse:
    signal = number(request, "signal")
    page = show_document(document_id, number(request, "from") or 0, number(request, "passage"))
    runs = [Run(spoken, list(found)) for spoken, found in groupby(page.passages, lambda passage: passage.spoken)]
    speakers = dict.fromkeys(passage.speaker for passage in page.passages if passage.spoken)
    context = {"page": page, "runs": runs, "lit": signal, "kinds": KINDS, "speakers": speakers, "sides": correct.SIDES}
    return render(request, "pages/document.html", context)


@require_POST
@needs("editor")
def mark(request: HttpRequest, document_id: int) -> HttpResponse:
    """The form gives words of the document and their kind; a script adds the passage in which they were selected."""
    decision = _tried(
        request,
        lambda by: correct.mark_words(
            document_id,
            request.POST.get("words", ""),
            request.POST.get("kind", ""),
            by,
            whole(request.POST.get("passage", "")),
        ),
    )
    if decision:
        jobs.learn_later()
    return back(request, otherwise=reverse("document", args=[document_id]))


@require_POST
@needs("editor")
def put_side(request: HttpRequest, document_id: int) -> HttpResponse:
    speaker, side = request.POST.get("speaker", ""), request.POST.get("side", "")
    _tried(request, lambda by: correct.side_speaker(document_id, speaker, side, by))
    return back(request, otherwise=reverse("document", args=[document_id]))


def _tried(request: HttpRequest, do: Callable[[str], Decision | None]) -> Decision | None:
    """What was decided, told to the person; where it can't be, why not."""
    decision = attempt(request, do)
    told(request, decision)
    return decision
