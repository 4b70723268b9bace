"""A plan that is seen without signing in: by a signed link that ends on a day, or when somebody takes it away."""

from dataclasses import dataclass
from datetime import date

from django.core import signing

from winward.records.action_plans import PlanLink
from winward.records.company import Company
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.plans.plan_rows import existing_plan, in_full, laid
from winward.usecases.plans.show_plan import Plan, shown
from winward.usecases.quotes import NotFound

SALT = "winward.shared-plan"
MOST_DAYS = 366
NO_MORE = "There is no plan at this address, or it is no longer shared. Ask whoever sent it to you for a new link."


@dataclass(frozen=True, slots=True)
class Link:
    """token: the last part of the page's address."""

    id: int
    token: str
    until: date
    by: str
    over: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """us: what our side is called."""

    plan: Plan
    us: str
    until: date


def share(plan_id: int, until: date, by: str, today: date) -> tuple[str, Decision]:
    """Returns the token. Raises NotFound and ValueError."""
    plan = existing_plan(plan_id)
    if not 0 <= (until - today).days <= MOST_DAYS:
        raise ValueError("A link ends on a day from today on, and within a year.")
    said = f"Whoever has the link can see “{plan.name}” until {in_full(until)}."
    number, decision = decide.add("plan_link", {"plan_id": plan_id, "until": until.isoformat(), "by": by}, by, said)
    return _token(number, plan_id), decision


def take_back(link_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    link = PlanLink.objects.select_related("plan").filter(pk=link_id, removed=False).first()
    if link is None:
        raise NotFound(f"There is no link {link_id}.")
    said = f"The link to “{link.plan.name}” leads nowhere any more."
    return decide.change("plan_link", link_id, {"removed": True}, by, said)


def links_of(plan_id: int, today: date) -> list[Link]:
    rows = PlanLink.objects.filter(plan=plan_id, removed=False).order_by("-until", "-pk")
    return [Link(row.pk, _token(row.pk, plan_id), row.until, row.by, row.until < today) for row in rows]


def shared(token: str, today: date) -> Shared:
    """Raises NotFound with the same words whatever the reason is."""
    try:
        link_id, plan_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound(NO_MORE) from error
    rows = PlanLink.objects.select_related("plan", "plan__deal", "plan__initiative")
    rows = rows.filter(removed=False, plan__removed=False, until__gte=today).exclude(plan__initiative__removed=True)
    link = rows.filter(pk=link_id, plan=plan_id).first()
    if link is None:
        raise NotFound(NO_MORE)
    return Shared(shown(laid(link.plan), today), Company.objects.get().name, link.until)


def _token(link_id: int, plan_id: int) -> str:
    return signing.Signer(salt=SALT).sign_object((link_id, plan_id))
