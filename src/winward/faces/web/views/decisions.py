"""What people decided, and undoing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from winward import jobs
from winward.faces.web.asked import number, whole
from winward.faces.web.decided import back
from winward.faces.web.permissions import needs
from winward.faces.web.views.checks import card
from winward.usecases import decide
from winward.usecases.list_decisions import list_decisions


def decisions(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/decisions.html", {"decisions": list_decisions(number(request, "after") or 0)})


@require_POST
@needs("editor")
def undo(request: HttpRequest, audit_id: int) -> HttpResponse:
    problem = ""
    try:
        decision = decide.undo(audit_id, by=request.user.get_username())
        jobs.learn_later()
        jobs.weigh_later()
    except decide.ChangedSince as error:
        problem = str(error)
    signal = whole(request.POST.get("signal", ""))
    if signal is not None and request.headers.get("HX-Request"):
        return card(request, signal, problem)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, decision.sentence)
    return back(request, otherwise="home")
