"""The room of an initiative: what is on the table, how it is for everyone, and what else could be."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import day_in, number, numbers, whole
from winward.faces.web.decided import attempt, told
from winward.faces.web.permissions import needs
from winward.usecases.initiatives.whose_yes import set_rule
from winward.usecases.room import agreement, room_packages
from winward.usecases.room.negotiation import Negotiation
from winward.usecases.room.room import at_table, room_of
from winward.usecases.room.room_history import room_history
from winward.usecases.room.suppose import supposable
from winward.usecases.room.table import Table

Value = TypeVar("Value")
# Packages that were worked out are kept for so long; other positions are another key.
KEPT_S = 24 * 60 * 60
CHANGES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address puts on the table, and supposes."""

    options: list[int]
    supposing: list[str]

    def query(self, options: "list[int] | tuple[int, ...] | None" = None) -> str:
        """The address of the same what-ifs with these options, or its own."""
        chosen = [("o", str(option)) for option in (self.options if options is None else options)]
        return f"?{urlencode([*chosen, *(('if', code) for code in self.supposing)])}"


def asked(request: HttpRequest) -> Asked:
    return Asked(numbers(".".join(request.GET.getlist("o"))), request.GET.getlist("if"))


def room(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The page or, where an option was moved on it, only what that changes."""
    wanted = asked(request)
    held, table, options, supposed = at_table(initiative_id, wanted.options, wanted.supposing)
    shown = room_of(held, table, options, supposed)
    context: dict[str, Any] = {"found": shown, "initiative": held.initiative, "address": wanted.query(shown.options)}
    if request.headers.get("HX-Target") == "room-table":
        answer = render(request, "parts/room_moved.html", {**context, "moved": True})
        answer.headers["HX-Push-Url"] = f"{request.path}{wanted.query(shown.options)}"
        answer.headers["HX-Trigger-After-Settle"] = "table-changed"
        return answer
    who = number(request, "who") or 0
    agreed = agreement.latest_of(held)
    context |= {"agreed": agreed, "today": timezone.localdate(), "stored": Asked(wanted.options, []).query()}
    context["changes_since"] = room_history(initiative_id, agreed.audit) if agreed and agreed.audit else []
    context |= {"who": who, "supposable": supposable(held, who), "without": _without(wanted, shown.supposed)}
    return render(request, "pages/room.html", context)


def _without(wanted: Asked, supposed: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Each what-if in words, and the address without it."""
    codes = [code for code, _ in supposed]
    rest = [Asked(wanted.options, [other for other in codes if other != code]).query() for code in codes]
    return [(words, address) for (_, words), address in zip(supposed, rest, strict=True)]


def what_if(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """What could be supposed of somebody."""
    wanted = asked(request)
    held, table, options, supposed = at_table(initiative_id, wanted.options, wanted.supposing)
    who = number(request, "who") or 0
    context = {"found": room_of(held, table, options, supposed), "who": who, "supposable": supposable(held, who)}
    return render(request, "parts/room_what_if.html", context)


def packages(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The suggested packages beside the table, asked for once the page is there."""
    wanted, table = _table(request, initiative_id)
    if table is None:
        return HttpResponse()
    found = room_packages.packages(table, _kept(table.held, "packages", lambda: room_packages.work_out(table.held)))
    rows = [(one, wanted.query(one.options)) for one in found.packages]
    terms = [(*at, [one.choices[place] for one, _ in rows]) for place, at in enumerate(found.table)]
    freed = wanted.query(found.blocked.options) if found.blocked else ""
    return render(
        request,
        "parts/room_packages.html",
        {"found": found, "rows": rows, "terms": terms, "freed": freed, "id": initiative_id},
    )


def ways(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The cheapest concessions from the table, and trades."""
    wanted, table = _table(request, initiative_id)
    if table is None:
        return HttpResponse()
    found = _kept(table.held, f"ways {table.package}", lambda: room_packages.ways(table))
    context = {
        "found": found,
        "id": initiative_id,
        "concessions": [(one, wanted.query(one.options)) for one in found.concessions],
        "trades": [(one, wanted.query(one.options)) for one in found.trades],
    }
    return render(request, "parts/room_ways.html", context)


def _table(request: HttpRequest, initiative_id: int) -> tuple[Asked, Table | None]:
    wanted = asked(request)
    _, table, _, _ = at_table(initiative_id, wanted.options, wanted.supposing)
    return wanted, table


def _kept(held: Negotiation, what: str, work_out: Callable[[], Value]) -> Value:
    """What was worked out for these very terms, positions and rule, whoever asks."""
    known = repr((held.terms, held.seats, held.initiative.may_refuse, what))
    key = sha256(known.encode()).hexdigest()
    found: Value | None = cache.get(key)
    if found is None:
        found = work_out()
        cache.set(key, found, KEPT_S)
    return found


def history(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Who changed what: all of it as a page, the last of it as a part."""
    part = request.headers.get("HX-Target") == "history"
    changes = room_history(initiative_id, most=CHANGES_SHOWN + 1) if part else room_history(initiative_id)
    context = {"changes": changes[:CHANGES_SHOWN] if part else changes, "more": part and len(changes) > CHANGES_SHOWN}
    if part:
        return render(request, "parts/room_history.html", {**context, "id": initiative_id})
    held = at_table(initiative_id, (), ())[0]
    return render(request, "pages/room_history.html", {**context, "initiative": held.initiative})


@require_POST
@needs("editor")
def rule(request: HttpRequest, initiative_id: int) -> HttpResponse:
    may = whole(request.POST.get("may_refuse", "0")) or 0
    vetoes = numbers(".".join(request.POST.getlist("veto")))
    for decision in attempt(request, lambda by: set_rule(initiative_id, may, vetoes, by)) or []:
        told(request, decision)
    return redirect("room", initiative_id)


@require_POST
@needs("editor")
def agree(request: HttpRequest, initiative_id: int) -> HttpResponse:
    options = numbers(".".join(request.POST.getlist("o")))
    people = [*request.POST.getlist("agrees"), *request.POST.get("others", "").split(",")]
    on = day_in(request.POST.get("on", "")) or timezone.localdate()
    open_points = request.POST.get("open_points", "")
    told(request, attempt(request, lambda by: agreement.agree(initiative_id, options, people, on, open_points, by)))
    return redirect("room", initiative_id)
