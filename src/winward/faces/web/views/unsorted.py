"""The unsorted signals, a heap at a time, and where a person puts them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward import jobs
from winward.faces.web.asked import numbers
from winward.faces.web.decided import back, told
from winward.faces.web.permissions import needs
from winward.usecases import shape_themes
from winward.usecases.decide import Decision
from winward.usecases.quotes import NotFound
from winward.usecases.triage import triage


@needs("editor")
def unsorted(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/unsorted.html", {"triage": triage(), "titles": shape_themes.titles()})


@require_POST
@needs("editor")
def put(request: HttpRequest) -> HttpResponse:
    """Put the ticked signals of a heap where the button says. Answers with the heap's card where a script asked."""
    signals = [signal for line in request.POST.getlist("signals") for signal in numbers(line)]
    decision, problem = None, ""
    try:
        decision = _decided(request, signals)
    except (ValueError, NotFound) as error:
        problem = str(error)
    if decision is not None:
        jobs.weigh_later()
    if request.headers.get("HX-Request"):
        return render(
            request,
            "parts/triaged.html",
            {"decision": decision, "problem": problem, "heap": numbers(request.POST.get("heap", ""))[:1]},
        )
    if problem:
        messages.error(request, problem)
    told(request, decision)
    return back(request, otherwise=reverse("unsorted"))


def _decided(request: HttpRequest, signals: list[int]) -> Decision | None:
    """Raises NotFound, and ValueError where nothing is ticked or no theme has that name."""
    verdict, name, by = request.POST.get("verdict", ""), request.POST.get("theme", ""), request.user.get_username()
    if verdict == "aside":
        return shape_themes.unsort_signals(signals, by)
    if verdict == "new":
        return shape_themes.make_theme(signals, by, name)
    return shape_themes.move_signals(signals, shape_themes.theme_called(verdict if verdict != "named" else name), by)
