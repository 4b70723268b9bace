"""Search over everything that was said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.usecases.search import search as look_up


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("text", "")[:300]
    return render(request, "pages/search.html", {"found": look_up(text), "find": text})
