"""The reasons that the CRM states beside what the evidence holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.faces.web.asked import number
from winward.faces.web.drawing import Axis
from winward.faces.web.kept import kept
from winward.usecases import readers
from winward.usecases.stated import stated_beside_found

RATES = Axis(0.0, 1.0)


def stated(request: HttpRequest) -> HttpResponse:
    """The address may ask for the deals of one reason and theme."""
    reason, theme = request.GET.get("reason", "").strip(), number(request, "theme")
    found = kept(request, lambda: stated_beside_found(readers.shipped(), reason, theme))
    context = {"found": found, "axis": RATES, "reason": reason, "narrowed": bool(reason or theme)}
    return render(request, "pages/stated.html", context)
