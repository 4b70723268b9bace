"""Mutual action plans: all of them, those of an initiative or a deal, one of them, and its forms."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import whole
from winward.faces.web.decided import attempt, told
from winward.faces.web.permissions import needs
from winward.faces.web.plan_drawing import drawn
from winward.usecases.decide import Decision
from winward.usecases.initiatives import initiative_rows
from winward.usecases.plans import action_plans, shared_plan
from winward.usecases.plans.plan_templates import TEMPLATES
from winward.usecases.plans.show_plan import Plan, list_plans, show_plan
from winward.usecases.show_deal import show_deal

SHARED_FOR = timedelta(days=60)


def plans(request: HttpRequest) -> HttpResponse:
    found = list_plans(timezone.localdate())
    return render(request, "pages/plans.html", {"plans": found, "late": sum(_is_late(one) for one in found)})


def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    return _one(request, show_plan(plan_id, timezone.localdate()))


def of_initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The plan itself where there is one only."""
    initiative = initiative_rows.existing(initiative_id)
    found = list_plans(timezone.localdate(), initiative_id=initiative_id)
    if len(found) == 1 and "new" not in request.GET:
        return _one(request, found[0])
    context = {"plans": found, "initiative": initiative, "of": initiative.name, "outcome": initiative.need}
    return render(request, "pages/plans.html", context | {"needed_by": initiative.needed_by, "templates": TEMPLATES})


def of_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """The plan itself where there is one only."""
    row = show_deal(deal_id).row
    found = list_plans(timezone.localdate(), deal_id=deal_id)
    if len(found) == 1 and "new" not in request.GET:
        return _one(request, found[0])
    needed_by = row.closed_on if row.closed_on and row.closed_on > timezone.localdate() else None
    context = {"plans": found, "deal": row, "of": row.name, "needed_by": needed_by, "templates": TEMPLATES}
    return render(request, "pages/plans.html", context)


def _one(request: HttpRequest, found: Plan) -> HttpResponse:
    initiative = initiative_rows.existing(found.initiative_id) if found.initiative_id else None
    links = [(one, _address(request, one.token)) for one in shared_plan.links_of(found.id, found.today)]
    context = {
        "plan": found, "drawn": drawn(found), "initiative": initiative, "links": links, "sides": ("us", "customer"),
        "until": found.today + SHARED_FOR, "owners": sorted({row.owner for row in found.rows if row.owner}),
        "us": "Us", "ours": "ours", "customer": "Customer", "spare": found.done + len(found.drives) < len(found.rows),
    }  # fmt: skip
    return render(request, "pages/action_plan.html", context)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("shared-plan", args=[token]))


def _is_late(one: Plan) -> bool:
    return one.slack < 0 and one.done < len(one.rows)


@require_POST
@needs("editor")
def make(request: HttpRequest) -> HttpResponse:
    initiative, deal = whole(request.POST.get("initiative", "")), whole(request.POST.get("deal", ""))
    given = request.POST

    def decide(by: str) -> tuple[int, Decision]:
        return action_plans.make_plan(
            given.get("name", ""), _day(given.get("customer_day", "")), by, outcome=given.get("outcome", ""),
            initiative_id=initiative, deal_id=deal, template=given.get("template", ""),
        )  # fmt: skip

    made = attempt(request, decide)
    if made is None:
        return redirect("plan", initiative) if initiative else redirect("deal-plan", deal or 0)
    told(request, made[1])
    return redirect("action-plan", made[0])


@require_POST
@needs("editor")
def change(request: HttpRequest, plan_id: int) -> HttpResponse:
    given = request.POST

    def decide(by: str) -> Decision | None:
        fields: dict[str, Any] = {name: given[name] for name in ("name", "outcome") if name in given}
        if "customer_day" in given:
            fields["customer_day"] = _day(given["customer_day"])
        return action_plans.change_plan(plan_id, by, timezone.localdate(), **fields)

    told(request, attempt(request, decide))
    return redirect("action-plan", plan_id)


@require_POST
@needs("editor")
def remove(request: HttpRequest, plan_id: int) -> HttpResponse:
    told(request, action_plans.remove_plan(plan_id, request.user.get_username()))
    return redirect("plans")


@require_POST
@needs("editor")
def add_step(request: HttpRequest, plan_id: int) -> HttpResponse:
    def decide(by: str) -> Decision | None:
        fields = _step(request)
        return action_plans.add_step(plan_id, fields.pop("name", ""), by, timezone.localdate(), **fields)[1]

    told(request, attempt(request, decide))
    return _at(plan_id, "new-step")


@require_POST
@needs("editor")
def change_step(request: HttpRequest, plan_id: int, step_id: int) -> HttpResponse:
    """What the form asks: done, open (again), remove, or what it gives."""
    today = timezone.localdate()

    def decide(by: str) -> Decision | None:
        match request.POST.get("ask"):
            case "done":
                return action_plans.finish_step(step_id, by, today)
            case "open":
                return action_plans.change_step(step_id, by, today, done_on=None)
            case "remove":
                return action_plans.remove_step(step_id, by, today)
        return action_plans.change_step(step_id, by, today, **_step(request))

    told(request, attempt(request, decide))
    return _at(plan_id, f"step-{step_id}")


@require_POST
@needs("editor")
def share(request: HttpRequest, plan_id: int) -> HttpResponse:
    def decide(by: str) -> Decision | None:
        return shared_plan.share(plan_id, _day(request.POST.get("until", "")), by, timezone.localdate())[1]

    told(request, attempt(request, decide))
    return _at(plan_id, "shared")


@require_POST
@needs("editor")
def take_back(request: HttpRequest, plan_id: int, link_id: int) -> HttpResponse:
    told(request, shared_plan.take_back(link_id, request.user.get_username()))
    return _at(plan_id, "shared")


def _at(plan_id: int, place: str) -> HttpResponse:
    """A place on the plan's page."""
    return redirect(f"{reverse('action-plan', args=[plan_id])}#{place}")


def _step(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    fields: dict[str, Any] = {name: given[name] for name in ("name", "side", "owner") if name in given}
    if "days" in given:
        days = whole(given["days"].strip())
        fields["days"] = -1 if days is None else days
    fields |= {name: _day(given[name]) if given[name] else None for name in ("expected_on", "done_on") if name in given}
    if "waits" in given:
        fields["after"] = [number for text in given.getlist("after") if (number := whole(text)) is not None]
    return fields


def _day(text: str) -> date:
    """Raises ValueError in words."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError("Give a day, such as 2026-12-01.") from error
