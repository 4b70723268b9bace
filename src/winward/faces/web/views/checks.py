"""The signals worth checking next, ten at a time, and what a person says of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward import jobs
from winward.faces.web.asked import numbers
from winward.faces.web.decided import back, told
from winward.faces.web.permissions import needs
from winward.faces.web.saying import KEYS, say
from winward.usecases.list_checks import BATCH, Checks, count_answered, list_checks

# Whoever checks ten is done in less; their answers are learnt from at once when the tenth is given.
SECONDS_FOR_TEN = 600


@needs("editor")
def check(request: HttpRequest) -> HttpResponse:
    checks = list_checks(_batch(request.GET.get("batch", "")))
    return render(request, "pages/check.html", _context(checks))


@needs("editor")
def learnt(request: HttpRequest) -> HttpResponse:
    """How far the batch is, and what its answers changed; the page asks until that is known."""
    return render(request, "parts/learnt.html", _context(list_checks(_batch(request.GET.get("batch", "")))))


@require_POST
@needs("editor")
def say_of(request: HttpRequest, signal_id: int) -> HttpResponse:
    batch, problem = _batch(request.POST.get("batch", "")), ""
    try:
        decision = say(request, signal_id)
        learn_soon(batch)
    except ValueError as error:
        decision, problem = None, str(error)
    if batch and request.headers.get("HX-Request"):
        return card(request, signal_id, problem)
    if problem:
        messages.error(request, problem)
    told(request, decision)
    return back(request, otherwise=reverse("signal", args=[signal_id]))


def card(request: HttpRequest, signal_id: int, problem: str = "") -> HttpResponse:
    """The signal's card as it is now, with how far the batch of the form is."""
    checks = list_checks(_batch(request.POST.get("batch", "")))
    row = next((row for row in checks.rows if row.quote.signal == signal_id), None)
    return render(request, "parts/answer.html", {**_context(checks), "check": row, "problem": problem})


def learn_soon(batch: list[int]) -> None:
    """At once after the last answer of a batch; otherwise later, when more answers may have come."""
    if not batch:
        jobs.learn_later()
    elif count_answered(batch) == len(batch):
        jobs.learn_later(0)
    else:
        jobs.learn_later(SECONDS_FOR_TEN)


def _batch(text: str) -> list[int]:
    return numbers(text)[:BATCH]


def _context(checks: Checks) -> dict[str, object]:
    batch = ".".join(str(row.quote.signal) for row in checks.rows)
    complete = bool(checks.rows) and checks.answered == len(checks.rows)
    return {"checks": checks, "batch": batch, "complete": complete, "keys": KEYS}
