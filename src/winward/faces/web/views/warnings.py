"""Open deals that look like old losses, and what people did about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward.faces.web.decided import back, told
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs
from winward.usecases.list_warnings import answer_warning, list_warnings


def warnings(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/warnings.html", {"found": kept(request, list_warnings)})


@require_POST
@needs("editor")
def answer(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Note what was done about the deal's warning."""
    told(request, answer_warning(deal_id, request.POST.get("answer", ""), request.user.get_username()))
    return back(request, otherwise=reverse("warnings"))
