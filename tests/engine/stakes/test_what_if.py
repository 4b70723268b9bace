"""Themes taken away: never more than there is, nothing twice, and nothing where they made no difference."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.stakes import Exposure, Gain, closed_without, fit_asking, open_without


def exposure(rng: np.random.Generator, deals: int, effects: np.ndarray) -> Exposure:
    mentions = rng.random((deals, len(effects))) < 0.4
    won = rng.random(deals) < 1 / (1 + np.exp(-(0.6 + mentions @ effects)))
    amount = np.where(rng.random(deals) < 0.1, np.nan, rng.lognormal(9, 1, deals))
    return Exposure(mentions, won, rng.normal(size=(deals, 1)), np.zeros((deals, 0)), amount)


def gained(deals: Exposure, *themes: int) -> Gain:
    asked = np.array(themes, dtype=np.intp)
    return closed_without(fit_asking(deals, asked), deals, asked, seed=0)


def known(deals: Exposure, themes: list[int], won: bool) -> float:
    touched = deals.mentions[:, themes].any(axis=1) & (deals.won == won)
    return float(np.nansum(deals.amount[touched]))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.lists(st.floats(-3, 3), min_size=1, max_size=5))
def test_never_more_than_was_lost_nor_less_than_was_won(seed: int, effects: list[float]) -> None:
    rng = np.random.default_rng(seed)
    deals = exposure(rng, 60, np.array(effects))
    themes = list(range(0, len(effects), 2))
    gain, asked = gained(deals, *themes), np.array(themes)
    touched = deals.mentions[:, themes].any(axis=1)
    assert -known(deals, themes, True) <= gain.amount_low <= gain.amount <= gain.amount_high
    assert gain.amount_high <= known(deals, themes, False)
    assert -(touched & deals.won).sum() <= gain.deals_low <= gain.deals <= gain.deals_high
    assert gain.deals_high <= (touched & ~deals.won).sum()
    ahead = open_without(fit_asking(deals, asked), deals, asked, seed=0)
    assert abs(ahead.deals) <= touched.sum()
    assert abs(ahead.amount) <= np.nansum(deals.amount[touched])


def truth_of(deals: Exposure, effects: np.ndarray, theme: int) -> float:
    odds = 0.6 + deals.mentions @ effects
    before, after = (1 / (1 + np.exp(-(odds - shift))) for shift in (0, effects[theme] * deals.mentions[:, theme]))
    return float(((after - before) / (1 - before))[~deals.won].sum())


def test_what_was_planted_is_found_again() -> None:
    effects, hits, silent = np.array([-2.0, 0.0, -1.0]), [], []
    for seed in range(12):
        deals = exposure(np.random.default_rng(seed), 500, effects)
        gain, nothing = gained(deals, 0), gained(deals, 1)
        hits.append(gain.deals_low <= truth_of(deals, effects, 0) <= gain.deals_high)
        silent.append(nothing.deals_low <= 0 <= nothing.deals_high)
    assert sum(hits) >= 9
    assert sum(silent) >= 9


def test_together_no_deal_is_won_twice() -> None:
    deals = exposure(np.random.default_rng(5), 800, np.array([-1.5, -1.5]))
    both = gained(deals, 0, 1)
    assert max(gained(deals, 0).deals, gained(deals, 1).deals) < both.deals
    assert both.deals_high <= (~deals.won & deals.mentions.any(axis=1)).sum()


def test_no_theme_changes_nothing() -> None:
    gain = gained(exposure(np.random.default_rng(5), 100, np.array([-1.5])))
    assert (gain.deals_low, gain.deals, gain.amount_high) == (0, 0, 0)
