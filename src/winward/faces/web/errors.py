"""Problems become pages that say what is wrong and what to do."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from winward.faces.web.permissions import View
from winward.usecases.quotes import NotFound


def in_words(view: View) -> View:
    """What a use case doesn't find is a 404 that says so in its words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as problem:
            raise Http404(str(problem)) from problem

    return answered


def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    return render(request, "400.html", {"reason": str(problem)}, status=400)
