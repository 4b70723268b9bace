"""weigh: what each theme costs, from every closed deal with evidence from before its outcome."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from winward.engine.stakes import Exposure, LostRevenue, OpenPipeline, Stakes, attribute
from winward.records import bulk, stake_rows
from winward.records.company import Company
from winward.records.locks import alone
from winward.records.stake_rows import Reach, Weighed, WeighedDeal
from winward.usecases.weighed import Evidence, evidence_of
from winward.usecases.worth import worth_of


def weigh(now: datetime, seed: int) -> Weighed:
    """Estimate, attribute and store the stakes of every theme. Returns what was stored."""
    with transaction.atomic():
        deals = stake_rows.deals()
        weighed = _weighed(deals, evidence_of(deals), seed)
        stake_rows.replace(weighed, now)
    return weighed


def weigh_alone(now: datetime) -> Weighed:
    """`weigh`, one process at a time and never beside a run."""
    with alone("run"):
        return weigh(now, Company.objects.get().seed)


def _weighed(deals: list[WeighedDeal], evidence: Evidence, seed: int) -> Weighed:
    worth = worth_of(evidence, seed)
    lost_total = sum(deal.value or 0.0 for deal in deals if deal.state == "lost")
    return Weighed(
        won=sum(deal.state == "won" for deal in evidence.deals),
        lost=sum(deal.state == "lost" for deal in evidence.deals),
        open=sum(deal.state == "open" for deal in evidence.deals),
        lost_value=lost_total,
        unexplained=lost_total - float(worth.shares.sum()),
        unvalued_deals=sum(deal.value is None and deal.state == "lost" for deal in deals),
        note=silent_note(deals),
        stakes=_stake_rows(evidence, worth.stakes, worth.lost, worth.pipeline),
        attributions=_attributions(evidence, worth.stakes, worth.shares),
    )


def silent_note(deals: Sequence[WeighedDeal]) -> str:
    """How many of the deals say nothing."""
    silent = sum(deal.words == 0 and deal.state != "open" for deal in deals)
    if not silent:
        return ""
    return f"{silent:,} closed deals have no recorded words from before their outcome and could not be weighed."


def _attributions(
    evidence: Evidence, stakes: Stakes, shares: NDArray[np.float64]
) -> list[tuple[int, int, float, float | None]]:
    """One row for each lost deal and theme with a share; where the amount is unknown the share stands alone."""
    lost = [deal for deal in evidence.deals if deal.state == "lost"]
    exposure = evidence.exposure.of(evidence.where("lost"))
    ones = Exposure(exposure.mentions, exposure.won, exposure.recorded, exposure.covariates, np.ones(len(lost)))
    fractions, _ = attribute(stakes.fit, ones)
    rows, columns = np.nonzero(fractions > 0)
    return [
        (
            lost[row].id,
            evidence.themes[column],
            float(fractions[row, column]),
            None if lost[row].value is None else float(shares[row, column]),
        )
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _stake_rows(evidence: Evidence, stakes: Stakes, lost: LostRevenue, pipeline: OpenPipeline) -> list[bulk.Row]:
    reach = stake_rows.reach()
    quarters, by_quarter = _trend(evidence.themes)
    won_value = np.nan_to_num(evidence.exposure.amount[evidence.where("won")])
    in_spite = won_value @ evidence.exposure.mentions[evidence.where("won")]
    return [
        (
            theme, stakes.verdict[at], float(stakes.difference[at]), float(stakes.low[at]), float(stakes.high[at]),
            raw_difference(stakes, at), int(stakes.won_with[at]), int(stakes.lost_with[at]),
            int(stakes.won_without[at]), int(stakes.lost_without[at]), stakes.more_deals[at],
            float(lost.amount[at]), float(lost.low[at]), float(lost.high[at]), float(in_spite[at]),
            int(pipeline.deals[at]), float(pipeline.exposed[at]), float(pipeline.expected_loss[at]),
            *_reach(reach.get(theme)), by_quarter[theme], quarters,
        )
        for at, theme in enumerate(evidence.themes)
    ]  # fmt: skip


def raw_difference(stakes: Stakes, at: int) -> float | None:
    """None where there is nothing to compare: the theme came up in no closed deal, or in every one."""
    said = stakes.won_with[at] + stakes.lost_with[at]
    unsaid = stakes.won_without[at] + stakes.lost_without[at]
    return float(stakes.raw_difference[at]) if said and unsaid else None


def _reach(reach: Reach | None) -> tuple[int, int, int, int]:
    return (reach.signals, reach.after, reach.accounts, reach.deals) if reach else (0, 0, 0, 0)


def _trend(themes: Sequence[int]) -> tuple[list[str], dict[int, list[int]]]:
    """The quarters with evidence (at most the last eight), and each theme's documents in them."""
    rows = stake_rows.documents_by_quarter()
    quarters = sorted({quarter for _, quarter, _ in rows})[-8:]
    count = {(theme, quarter): documents for theme, quarter, documents in rows}
    return quarters, {theme: [count.get((theme, quarter), 0) for quarter in quarters] for theme in themes}
