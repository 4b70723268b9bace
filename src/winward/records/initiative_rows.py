"""What an initiative stands for: what was lost with its themes, who waits for it, and whose yes is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from winward.records import written_rows
from winward.records.initiatives import Risk, Step
from winward.records.stake_rows import BEFORE_OUTCOME, RECURRING
from winward.records.stakes import Attribution

ASKED = "s.theme_id = ANY(%s) AND s.kind = ANY(%s) AND s.side <> 'us' AND NOT s.dismissed"


@dataclass(frozen=True, slots=True)
class LostPart:
    """The part of a lost deal that goes to a theme which clearly costs deals. whole: the deal's value."""

    theme: int
    deal: int
    part: float
    whole: float


def lost_parts(themes: Sequence[int], verdict: str) -> list[LostPart]:
    """verdict: of themes that clearly cost deals. Deals whose value isn't known are left out."""
    parts = Attribution.objects.filter(theme__in=themes, theme__stake__verdict=verdict, value__isnull=False)
    rows = parts.order_by("deal_id", "theme_id").values_list("theme_id", "deal_id", "value", "deal__value")
    return [LostPart(theme, deal, part, float(whole or part)) for theme, deal, part, whole in rows if part is not None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A deal whose customer asked for a theme. closed_on: of an open deal the day that is expected, of a won one the
    day it was won on. value: in the company's currency; of a won deal the part that comes again every year."""

    theme: int
    deal: int
    name: str
    account_id: int | None
    account: str
    closed_on: date | None
    value: float | None


def open_deals(themes: Sequence[int], kinds: Sequence[str]) -> list[Waiting]:
    """Open deals in whose evidence customers brought the theme up."""
    return _waiting(
        f"""SELECT DISTINCT s.theme_id, deal.id, deal.name, account.id, coalesce(account.name, ''), deal.closed_on,
                   deal.value::float8
            FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
            LEFT JOIN account ON account.id = deal.account_id
            WHERE {ASKED} AND deal.state = 'open' AND {BEFORE_OUTCOME} ORDER BY 1, 2""",
        [list(themes), list(kinds)],
    )


def recurring_deals(themes: Sequence[int], kinds: Sequence[str]) -> list[Waiting]:
    """Won deals that come again every year, of accounts that brought the theme up anywhere and didn't leave since."""
    return _waiting(
        f"""WITH asking AS (
              SELECT DISTINCT s.theme_id, coalesce(doc.account_id, talked.account_id) AS account
              FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal talked ON talked.id = doc.deal_id
              WHERE {ASKED})
            SELECT asking.theme_id, deal.id, deal.name, account.id, account.name, deal.closed_on,
                   (deal.value * ({RECURRING}))::float8
            FROM asking JOIN account ON account.id = asking.account JOIN deal ON deal.account_id = account.id
            WHERE deal.state = 'won' AND deal.recurring > 0 AND deal.closed_on IS NOT NULL
            AND (account.churned_on IS NULL OR account.churned_on < deal.closed_on) ORDER BY 1, 2""",
        [list(themes), list(kinds)],
    )


def _waiting(query: str, values: list[list[int] | list[str]]) -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [Waiting(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Asking:
    """An account that asked for some themes. open_deals, won_deals, lost_deals: all of its own."""

    id: int
    name: str
    signals: int
    last: date | None
    open_deals: int
    won_deals: int
    lost_deals: int
    churned_on: date | None


def asking(themes: Sequence[int], kinds: Sequence[str]) -> list[Asking]:
    """Accounts by how often they said it, most often first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH said AS (
                  SELECT coalesce(doc.account_id, talked.account_id) AS account, count(*) AS signals,
                         max(doc.happened_at)::date AS last
                  FROM signal s JOIN document doc ON doc.id = s.document_id
                  LEFT JOIN deal talked ON talked.id = doc.deal_id WHERE {ASKED} GROUP BY 1)
                SELECT account.id, account.name, said.signals, said.last,
                       count(deal.id) FILTER (WHERE deal.state = 'open'),
                       count(deal.id) FILTER (WHERE deal.state = 'won'),
                       count(deal.id) FILTER (WHERE deal.state = 'lost'), account.churned_on
                FROM said JOIN account ON account.id = said.account LEFT JOIN deal ON deal.account_id = account.id
                GROUP BY account.id, account.name, said.signals, said.last
                ORDER BY said.signals DESC, account.name, account.id""",
            [list(themes), list(kinds)],
        )
        return [Asking(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Deciding:
    """Somebody whose yes an initiative needs. stance: −2 to 2, the latest; None where none is recorded."""

    initiative: int
    name: str
    stance: int | None


def deciding(initiatives: Sequence[int]) -> list[Deciding]:
    """Who decides or holds a veto."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT seat.initiative_id, stakeholder.name, latest.stance
               FROM seat JOIN stakeholder ON stakeholder.id = seat.stakeholder_id
               LEFT JOIN LATERAL (
                 SELECT stance.stance FROM stance WHERE stance.seat_id = seat.id AND NOT stance.removed
                 ORDER BY stance."on" DESC, stance.id DESC LIMIT 1) latest ON true
               WHERE seat.initiative_id = ANY(%s) AND NOT seat.removed AND NOT stakeholder.removed
               AND (seat.part = 'decides' OR seat.veto) ORDER BY 1, 2""",
            [list(initiatives)],
        )
        return [Deciding(*row) for row in cursor.fetchall()]


def read_firing(step: int) -> dict[str, Any] | None:
    """Of a risk that fired and the step that this made: the risk's state, and whether the step is away."""
    found = written_rows.read("step", step)
    risk = written_rows.read("risk", found["risk_id"]) if found and found["risk_id"] else None
    return {"state": risk["state"], "removed": found["removed"]} if found and risk else None


def write_firing(step: int, values: dict[str, Any]) -> None:
    """Both or neither: the caller's transaction holds them together."""
    Risk.objects.filter(steps=step).update(state=values["state"])
    Step.objects.filter(pk=step).update(removed=values["removed"])
