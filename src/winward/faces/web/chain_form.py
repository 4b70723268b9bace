"""The form of one quantity of a chain: what it holds, and what a filled-in one says in the file's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from winward.sources.chains import Source
from winward.usecases.value.work_out_value import Part

KINDS = {
    "assumption": "an assumption",
    "signals": "what customers said",
    "stake": "a theme’s stake",
    "document": "a document",
}
MEASURES = {
    "": "nothing: the range is mine",
    "win_rate_difference": "how much less often we win",
    "deals_a_year": "deals a year in which it comes up",
    "deal_amount": "what such a deal is worth",
    "lost_revenue": "lost revenue that goes with it",
    "open_exposed": "open deals in which it comes up",
    "accounts": "accounts that brought it up",
    "tickets": "tickets a year about it",
    "customers_revenue": "what customers pay who brought it up",
}
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """As it stands in the form's fields. of: the source's signals (a line each), theme, title or words."""

    name: str
    says: str
    unit: str
    low: str
    high: str
    formula: str
    kind: str
    of: str
    measure: str
    owner: str
    review: str


def given(part: Part, source: Source | None) -> Given:
    source = source or Source()
    taken = bool(source.measure)
    return Given(
        name=part.name,
        says=part.says,
        unit=part.unit,
        low="" if part.formula or taken else _plain(part.low),
        high="" if part.formula or taken or part.low == part.high else _plain(part.high),
        formula=part.formula,
        kind=source.kind or "assumption",
        of="\n".join(map(str, source.signals)) or str(source.stake) or source.document or source.assumption,
        measure=source.measure,
        owner=source.owner,
        review=source.review.isoformat() if source.review else "",
    )


def filled_in(name: str, posted: Mapping[str, str]) -> Given:
    """The form as somebody sent it."""
    fields = ("says", "unit", "low", "high", "formula", "kind", "of", "measure", "owner", "review")
    return Given(name, **{field: posted.get(field, "").strip() for field in fields})


def fields_of(form: Given) -> dict[str, Any]:
    """As the file has them; None takes one away. Raises ValueError for what is no number."""
    words = {"says": _line(form.says) or None, "unit": form.unit}
    if form.formula:
        return {**words, "formula": _line(form.formula)}
    source = _source(form)
    if "from" in source:
        return {**words, "source": source, "range": None}
    low, high = _number(form.low), _number(form.high or form.low)
    ends = {"value": low} if low == high else {"range": [low, high]}
    return {**words, **ends, "source": source}


def _source(form: Given) -> dict[str, Any]:
    if form.kind == "signals":
        return {"signals": [int(one) if one.isdigit() else one for one in map(_line, form.of.splitlines()) if one]}
    if form.kind == "stake":
        stake = {"stake": int(form.of) if form.of.isdigit() else _line(form.of)}
        return {**stake, "from": form.measure} if form.measure else stake
    if form.kind == "document":
        return {"document": _line(form.of)}
    answering = {"owner": _line(form.owner), "review": form.review}
    return {"assumption": _line(form.of), **{name: value for name, value in answering.items() if value}}


def _number(text: str) -> int | float:
    plain = text.replace(",", "").replace(" ", "")
    if not NUMBER.fullmatch(plain):
        raise ValueError(f"“{text}” is no number; write it as in 1200 or 0.5." if text else "Give the range.")
    value = float(plain)
    return int(value) if value.is_integer() and "e" not in plain.lower() else value


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _line(text: str) -> str:
    return " ".join(text.split())
