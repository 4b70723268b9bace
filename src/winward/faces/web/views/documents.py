"""One document, with its signals marked."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.faces.web.asked import number
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
    return render(request, "pages/document.html", {"page": page, "runs": runs, "lit": signal})
