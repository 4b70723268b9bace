"""What some deals say that every theme is worth: all estimates of one weighing, before anything is stored or shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes import LostRevenue, OpenPipeline, Stakes, attribute, estimate, lost_revenue, open_exposed
from winward.records.themes import Theme
from winward.usecases.weighed import Evidence

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worth:
    """Per theme of the evidence, in its order. shares: (lost deals, themes), of their values. again, once: (themes,),
    of the lost value that goes with it, what came again every year and what came once, as far as the CRM says."""

    stakes: Stakes
    lost: LostRevenue
    pipeline: OpenPipeline
    shares: Floats
    again: Floats
    once: Floats


def worth_of(evidence: Evidence, seed: int) -> Worth:
    closed = evidence.exposure.of(evidence.where("won", "lost"))
    lost = evidence.exposure.of(evidence.where("lost"))
    stakes = estimate(closed, seed)
    shares, _ = attribute(stakes.fit, lost)
    again = [deal.recurring for deal in evidence.deals if deal.state == "lost"]
    known = np.array([part is not None for part in again], dtype=bool)
    part = np.array([part or 0.0 for part in again])
    return Worth(
        stakes=stakes,
        lost=lost_revenue(stakes.fit, lost),
        pipeline=open_exposed(stakes.fit, evidence.exposure.of(evidence.where("open"))),
        shares=shares,
        again=part @ shares,
        once=(known - part) @ shares,
    )


def themes_by_id(themes: Sequence[int]) -> dict[int, str]:
    """The titles of those that are neither retired nor hidden."""
    shown = Theme.objects.filter(pk__in=themes, retired=False, hidden=False)
    return {theme.pk: theme.title for theme in shown.only("name", "given_name")}
