"""Rivals: who we are up against by name, and the names that wait for a person's word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from winward.faces.web.decided import told
from winward.faces.web.permissions import needs
from winward.usecases.rivals import dismiss_rival, list_rivals, name_rival


def rivals(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/rivals.html", {"rivals": list_rivals()})


@require_POST
@needs("editor")
def decide_rival(request: HttpRequest) -> HttpResponse:
    """The form names a rival, with other spellings by commas, or says that a name is none."""
    name, by = request.POST.get("name", ""), request.user.get_username()
    try:
        if request.POST.get("verdict") == "none":
            told(request, dismiss_rival(name, by))
        else:
            told(request, name_rival(name, by, request.POST.get("aliases", "").split(",")))
    except ValueError as problem:
        messages.error(request, str(problem))
    return redirect("rivals")
