"""Undoing what a person decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from winward.faces.web.decided import back
from winward.faces.web.permissions import needs
from winward.usecases import decide


@require_POST
@needs("editor")
def undo(request: HttpRequest, audit_id: int) -> HttpResponse:
    try:
        messages.success(request, decide.undo(audit_id, by=request.user.get_username()).sentence)
    except decide.ChangedSince as problem:
        messages.error(request, str(problem))
    return back(request, otherwise="home")
