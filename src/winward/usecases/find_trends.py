"""find trends: which themes come up more often, or less often, than in their own history, beyond chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from django.db import transaction

from winward.engine.themes.emerging import GROWING, QUIET, Trends, trends_of, windows
from winward.records import trend_rows


@dataclass(frozen=True, slots=True)
class Found:
    """How many themes grow and how many went quiet, of those looked at."""

    growing: int
    quiet: int
    themes: int


def find_trends() -> Found:
    """Compare the newest months with those before them and keep what came of it with each theme."""
    with transaction.atomic():
        months = trend_rows.months()
        window = windows(len(months.months))
        if window is None or not months.themes:
            trend_rows.store([])
            return Found(0, 0, len(months.themes))
        recent, history = window
        last = slice(-(recent + history), None)
        trends = trends_of(months.counts[:, last], months.expected[last], recent)
        trend_rows.store(_rows(months.themes, trends))
    return Found(trends.trend.count(GROWING), trends.trend.count(QUIET), len(months.themes))


def _rows(themes: list[int], trends: Trends) -> Iterator[trend_rows.Trend]:
    """What never came up before has grown by no number of times: a ratio without a bound is kept as unknown."""
    for at, theme in enumerate(themes):
        growth, low, high = (
            float(ratio) if isfinite(ratio) else None for ratio in (trends.growth[at], trends.low[at], trends.high[at])
        )
        yield theme, trends.trend[at], growth, low, high
