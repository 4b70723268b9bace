import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from tests.engine.stakes.test_revenue import fit_of, lost_deals

from winward.engine.stakes import Draws, attribute, estimate, otherwise, share_ranges
from winward.engine.stakes.exposure import Exposure


def asked(effects: list[float], mentions: list[list[bool]], costly: list[bool] | None = None, intercept: float = 0.5):
    deals = lost_deals(mentions, [1.0] * len(mentions))
    like = np.arange(1, len(mentions))
    return otherwise(Draws(fit_of(intercept, effects), 1), deals, 0, like, np.array(costly or [True] * len(effects)))


def test_the_fewest_themes_are_named_the_costliest_first() -> None:
    said = asked([-0.4, -2.0, -1.0], [[True, True, True], [True, False, False]])
    assert said.themes == (1, 2)
    assert said.reached
    assert said.now.point == pytest.approx(expit(0.5 - 3.4))
    assert (said.without.point, said.like.point) == (pytest.approx(expit(0.1)), pytest.approx(expit(0.5 - 0.4)))


def test_only_what_came_up_and_is_clearly_costly_is_taken_away() -> None:
    said = asked([-1.0, -2.0, 0.8], [[True, False, True], [False, False, False]], costly=[True, True, True])
    assert said.themes == (0,)
    unclear = asked([-1.0, -2.0], [[True, True], [False, False]], costly=[True, False])
    assert unclear.themes == (0,)
    assert not unclear.reached
    assert unclear.without.point < unclear.like.point


def test_a_deal_with_as_much_chance_as_those_won_lacks_nothing() -> None:
    said = asked([-1.0], [[False], [True]])
    assert (said.themes, said.reached) == ((), True)
    assert said.now == said.without


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_smaller_set_would_do(data: st.DataObject) -> None:
    themes = data.draw(st.integers(1, 6))
    effects = data.draw(st.lists(st.floats(-3, 1), min_size=themes, max_size=themes))
    rows = st.lists(st.booleans(), min_size=themes, max_size=themes)
    mentions = [data.draw(rows), data.draw(rows)]
    said = asked(effects, mentions)
    for reached in (said.now, said.without, said.like):
        assert 0 <= reached.low <= reached.point <= reached.high <= 1
    if said.reached and said.themes:
        assert said.without.point >= said.like.point - 1e-9
        others = [min(effects[at], 0) for at in range(themes) if mentions[0][at]]
        lift = -sum(sorted(others)[: len(said.themes) - 1])
        assert expit(0.5 + sum(np.array(effects) * mentions[0]) + lift) < said.like.point + 1e-9


def test_shares_have_ranges_around_the_points_that_are_attributed() -> None:
    rng = np.random.default_rng(3)
    mentions = rng.random((300, 5)) < 0.3
    won = rng.random(300) < expit(0.8 - 2.0 * mentions[:, 0])
    exposure = Exposure(mentions, won, rng.normal(size=(300, 1)), np.zeros((300, 0)), np.ones(300))
    fit = estimate(exposure, seed=2).fit
    deal = exposure.of(np.flatnonzero(~won & mentions[:, 0])[:1])
    ranges = share_ranges(Draws(fit, 2), deal)
    np.testing.assert_allclose([one.point for one in ranges], attribute(fit, deal)[0][0])
    assert all(one.low <= one.point <= one.high for one in ranges)
    assert ranges[0].low > 0.2
    assert [one.high for one, said in zip(ranges, deal.mentions[0], strict=True) if not said] == [0.0] * int(
        (~deal.mentions[0]).sum()
    )
