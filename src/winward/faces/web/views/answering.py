"""Who answers for what, and the words behind one theme's numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.decided import told
from winward.faces.web.drawing import axis_of
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs
from winward.usecases import decide
from winward.usecases.accountability import ThemeAnswer, show_accountability, show_theme_account
from winward.usecases.theme_rows import NOT_WEIGHED

SHOWN = 25


def accountability(request: HttpRequest) -> HttpResponse:
    """The numbers are kept; the forms, whose tokens are each person's own, are drawn anew."""
    found = kept(request, lambda: show_accountability(timezone.localdate()))
    shown = None if "all" in request.GET else SHOWN
    themes = [theme for owner in found.owners for theme in owner.themes]
    context = {"found": found, "shown": shown or len(themes), **_axes(themes)}
    return render(request, "pages/accountability.html", context)


def theme_account(request: HttpRequest, theme_id: int) -> HttpResponse:
    found = kept(request, lambda: show_theme_account(theme_id, timezone.localdate()))
    asked = found.answer.tickets
    quarters = list(zip(found.ticket_load.quarters, asked.by_quarter, strict=True)) if asked else []
    context = {"found": found, "theme": found.answer, "quarters": quarters, **_axes([found.answer])}
    return render(request, "pages/theme_account.html", context)


@require_POST
@needs("editor")
def give_owner(request: HttpRequest, theme_id: int) -> HttpResponse:
    told(request, decide.own_theme(theme_id, request.POST.get("owner", ""), by=request.user.get_username()))
    return redirect("accountability")


def _axes(themes: list[ThemeAnswer]) -> dict[str, object]:
    weighed = [one.losses for one in themes if one.losses and one.losses.verdict != NOT_WEIGHED]
    left = [one.churn for one in themes if one.churn]
    return {
        "axis": axis_of([(one.low, one.high) for one in weighed]),
        "churn_axis": axis_of([(one.low, one.high) for one in left]),
    }
