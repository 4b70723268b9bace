"""warn: of the open deals that show what earlier losses showed, with the reasons."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from django.db import transaction

from winward.engine.stakes import Traits, distances, estimate, nearest
from winward.engine.stakes.recall import Alarm, alarms
from winward.records import warning_rows
from winward.records.company import Company
from winward.records.locks import alone
from winward.records.warning_rows import Kept, Shown
from winward.usecases.group_themes import MAKING
from winward.usecases.weighed import Evidence, load_evidence

EARLIER, QUOTES_A_THEME = 3, 2
# A warning names its costliest themes; more than these nobody weighs up.
MOST_THEMES = 5
# The memory goes as far back as these lost deals.
LOOKED_THROUGH = 2_000
AS_FAR_AS_IT_GETS = 1.0


def warn(now: datetime, seed: int) -> Kept:
    """Raise, follow and end the warnings of open deals. Either all of it lands or nothing."""
    with transaction.atomic():
        return warning_rows.keep(_shown(load_evidence(), seed), now)


def warn_alone(now: datetime) -> Kept:
    """`warn`, one process at a time and never beside a run."""
    with alone("run"):
        return warn(now, Company.objects.get().seed)


def _shown(evidence: Evidence, seed: int) -> list[Shown]:
    is_open = evidence.where("open")
    closed, still_open = evidence.exposure.of(evidence.where("won", "lost")), evidence.exposure.of(is_open)
    rows = np.flatnonzero(is_open).tolist()
    found = [(rows[alarm.deal], alarm) for alarm in alarms(estimate(closed, seed), closed, still_open, seed)]
    themes = {row: [evidence.themes[at] for at in alarm.themes[:MOST_THEMES]] for row, alarm in found}
    deals = [evidence.deals[row].id for row, _ in found]
    said = warning_rows.said(deals, sorted({one for own in themes.values() for one in own}), MAKING, QUOTES_A_THEME)
    lost = _lost_last(evidence)
    return [
        Shown(
            deal=evidence.deals[row].id,
            themes=themes[row],
            earlier=_earlier(evidence, lost, row, alarm),
            quotes=[one for theme in themes[row] for one in said.get((evidence.deals[row].id, theme), [])],
        )
        for row, alarm in found
    ]


def _lost_last(evidence: Evidence) -> list[int]:
    """Rows of the lost deals that are looked through, the newest first."""
    deals = evidence.deals
    lost = np.flatnonzero(evidence.where("lost")).tolist()
    return sorted(lost, key=lambda row: (deals[row].closed_on or date.min, deals[row].id), reverse=True)[
        :LOOKED_THROUGH
    ]


def _earlier(evidence: Evidence, lost: Sequence[int], row: int, alarm: Alarm) -> list[int]:
    """The lost deals most like this one, of those that showed at least one of its costly themes."""
    rows = [row, *lost]
    traits = _traits(evidence, rows, list(alarm.themes))
    alike = traits.mentions.any(axis=1) & (np.arange(len(rows)) > 0)
    return [evidence.deals[rows[one]].id for one in nearest(distances(traits, 0), alike, EARLIER, AS_FAR_AS_IT_GETS)]


def _traits(evidence: Evidence, rows: Sequence[int], themes: Sequence[int]) -> Traits:
    """What these deals are compared by: the themes in question, size, segment and competitor."""
    deals = [evidence.deals[row] for row in rows]
    return Traits(
        mentions=evidence.exposure.mentions[np.ix_(rows, themes)],
        heard=np.array([deal.words > 0 for deal in deals], dtype=bool),
        size=evidence.exposure.amount[rows],
        labels={"segment": [deal.segment for deal in deals], "competitor": [deal.competitor for deal in deals]},
    )
