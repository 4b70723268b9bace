"""Search over everything that was said."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.engine.reading.batches import VECTOR_SIZE
from winward.usecases import readers
from winward.usecases.search import search as look_up

LONGEST = 300


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("text", "")[:LONGEST]
    return render(request, "pages/search.html", {"found": look_up(text, embed), "find": text})


def embed(text: str) -> Sequence[float]:
    return [float(part) for part in readers.shipped().embed([text])[0, :VECTOR_SIZE]]
