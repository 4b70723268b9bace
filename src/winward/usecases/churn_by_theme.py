"""Which themes customers brought up in the year before they left, beside those that stayed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.contrasts import contrast, strata
from winward.engine.stakes.verdicts import discoveries, verdict
from winward.records import answering_rows, stake_rows
from winward.records.answering_rows import Customer
from winward.usecases.group_themes import MAKING

UNCLEAR, MORE, LESS = "can't tell", "more often", "less often"


@dataclass(frozen=True, slots=True)
class ThemeChurn:
    """left, stayed: how many customers brought the theme up who left, and who stayed. difference, low, high: of the two
    shares, −1 to 1, among customers that said as much, with the 90% interval. verdict: "more often", "less often" or
    "can't tell", false findings held down over all themes. value: its equal part of what those who left paid."""

    theme_id: int
    left: int
    stayed: int
    difference: float
    low: float
    high: float
    verdict: str
    value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Churn:
    """left, stayed: customers; left_heard, stayed_heard: of those, who had said something in their year. first, last:
    days of leaving. value: what those who left had paid; unexplained: of it, with no theme. unvalued: who left, and
    no amount is known."""

    left: int
    left_heard: int
    stayed: int
    stayed_heard: int
    first: date | None
    last: date | None
    value: float
    unexplained: float
    unvalued: int
    themes: tuple[ThemeChurn, ...]


def churn_by_theme() -> Churn:
    everyone, themes = answering_rows.customers(), stake_rows.themes_in_use()
    heard = [customer for customer in everyone if customer.words > 0]
    said = _said(heard, themes)
    left = [customer for customer in everyone if customer.churned_on]
    days = sorted(customer.churned_on for customer in left if customer.churned_on)
    shares = _shares(heard, said)
    value = sum(customer.value or 0.0 for customer in left)
    return Churn(
        left=len(left),
        left_heard=sum(customer.churned_on is not None for customer in heard),
        stayed=len(everyone) - len(left),
        stayed_heard=sum(customer.churned_on is None for customer in heard),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        value=value,
        unexplained=max(0.0, value - float(shares.sum())),
        unvalued=sum(customer.value is None for customer in left),
        themes=_themes(heard, said, themes, shares) if left else (),
    )


def _said(heard: Sequence[Customer], themes: Sequence[int]) -> NDArray[np.bool_]:
    """(customers, themes)."""
    row = {customer.id: at for at, customer in enumerate(heard)}
    column = {theme: at for at, theme in enumerate(themes)}
    said = np.zeros((len(heard), len(themes)), dtype=bool)
    for account, theme in answering_rows.customers_said(MAKING):
        if account in row and theme in column:
            said[row[account], column[theme]] = True
    return said


def _shares(heard: Sequence[Customer], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(themes,): what those who left had paid, each customer's shared equally over the themes that it brought up."""
    paid = np.array([(customer.value or 0.0) if customer.churned_on else 0.0 for customer in heard])
    return np.asarray((paid / np.maximum(said.sum(axis=1), 1)) @ said, dtype=float)


def _themes(
    heard: Sequence[Customer], said: NDArray[np.bool_], themes: Sequence[int], shares: NDArray[np.float64]
) -> tuple[ThemeChurn, ...]:
    left = np.array([customer.churned_on is not None for customer in heard], dtype=bool)
    of = int(left.sum()), int((~left).sum())
    found = contrast(said, left, strata(np.array([customer.words for customer in heard], dtype=float)))
    clear = discoveries(found.doubt)
    rows = [
        ThemeChurn(
            theme_id=theme,
            left=int(found.here[at]),
            stayed=int(found.elsewhere[at]),
            difference=float(found.difference[at]),
            low=float(found.low[at]),
            high=float(found.high[at]),
            verdict=side(bool(clear[at]), float(found.low[at]), float(found.high[at])),
            value=float(shares[at]),
            sentence="",
        )
        for at, theme in enumerate(themes)
        if found.here[at] or found.elsewhere[at]
    ]
    return tuple(replace(row, sentence=_sentence(row, *of)) for row in rows)


def _sentence(row: ThemeChurn, left: int, stayed: int) -> str:
    said = f"{row.left} of the {left} customers who left had brought it up in the year before"
    said += f", and {row.stayed} of the {stayed} who stayed"
    if row.verdict == UNCLEAR:
        return f"{said}; among customers who said as much that may be chance ({between(row.low, row.high)})."
    least, most = sorted((abs(row.low), abs(row.high)))
    return f"{said}: {least * 100:.0f} to {most * 100:.0f} points {row.verdict}, among customers who said as much."


def between(low: float, high: float) -> str:
    """An interval of a difference of shares, in words."""
    ends = [f"{abs(end) * 100:.0f} points {'less' if end < 0 else 'more'}" for end in (low, high)]
    return f"between {ends[0]} and {ends[1]}"


def side(clear: bool, low: float, high: float) -> str:
    """Which share is larger, if that can be told."""
    return {"helps": MORE, "costs": LESS}.get(verdict(clear, low, high), UNCLEAR)
