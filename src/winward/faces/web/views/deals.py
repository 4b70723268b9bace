"""Deals, and one deal."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from winward.faces.web.asked import number, one_of
from winward.faces.web.errors import refused
from winward.faces.web.kept import kept
from winward.faces.web.views.steps import tied_steps
from winward.usecases.list_deals import list_deals
from winward.usecases.people.deal_side import deal_side
from winward.usecases.people.seats import DEAL_PARTS
from winward.usecases.show_deal import DealPage, Evidence, show_deal
from winward.usecases.warning_reasons import warning_of

STATES = ("lost", "won", "open")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a deal: the stage that it entered, or what was said."""

    on: date | None
    stage: str = ""
    said: Evidence | None = None


def deals(request: HttpRequest) -> HttpResponse:
    try:
        drawn = kept(request, lambda: _list(request))
    except ValueError as problem:
        return refused(request, problem)
    return render(request, "pages/deals.html", {"drawn": drawn})


def _list(request: HttpRequest) -> str:
    asked = {name: request.GET.get(name, "").strip() for name in ("segment", "quarter", "search")}
    asked["state"] = one_of(request, "state", STATES)
    theme = number(request, "theme")
    found = list_deals(**asked, after=request.GET.get("after", ""), theme=theme)
    context = {"deals": found, "asked": asked | {"theme": theme}, "states": STATES}
    return render_to_string("parts/deals_list.html", context, request)


def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    page = show_deal(deal_id)
    context = {"page": page, "timeline": timeline(page), "warning": warning_of(deal_id)}
    context |= tied_steps("deal", deal_id) | {"side": deal_side(deal_id), "parts": DEAL_PARTS}
    return render(request, "pages/deal.html", context)


def timeline(page: DealPage) -> list[Moment]:
    """Stages and evidence in one order of time, what has no day at the end."""
    steps = [Moment(step.entered_on, stage=step.stage) for step in page.stages]
    said = [Moment(timezone.localdate(one.happened_at) if one.happened_at else None, said=one) for one in page.evidence]
    return sorted([*steps, *said], key=lambda moment: moment.on or date.max)
