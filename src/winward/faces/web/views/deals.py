"""Deals, and one deal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from winward.faces.web.asked import one_of
from winward.faces.web.errors import refused
from winward.usecases.list_deals import list_deals
from winward.usecases.show_deal import show_deal

STATES = ("lost", "won", "open")


def deals(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("segment", "quarter", "search")}
    asked["state"] = one_of(request, "state", STATES)
    try:
        found = list_deals(**asked, after=request.GET.get("after", ""))
    except ValueError as problem:
        return refused(request, problem)
    return render(request, "pages/deals.html", {"deals": found, "asked": asked, "states": STATES})


def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    return render(request, "pages/deal.html", {"page": show_deal(deal_id)})
