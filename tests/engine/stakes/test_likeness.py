import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.stakes import Traits, distances, nearest


@st.composite
def some_deals(draw: st.DrawFn) -> Traits:
    deals, themes = draw(st.integers(1, 7)), draw(st.integers(0, 5))
    rows = st.lists(st.lists(st.booleans(), min_size=themes, max_size=themes), min_size=deals, max_size=deals)
    each = {"min_size": deals, "max_size": deals}
    sizes = st.floats(-10, 1e9) | st.just(float("nan"))
    labels = {name: draw(st.lists(st.sampled_from(["", "a", "b"]), **each)) for name in ("segment", "product")}
    return Traits(
        np.array(draw(rows), dtype=bool).reshape(deals, themes),
        np.array(draw(st.lists(st.booleans(), **each))),
        np.array(draw(st.lists(sizes, **each))),
        labels,
    )


@settings(max_examples=80, deadline=None)
@given(some_deals())
def test_it_is_symmetric_within_bounds_and_none_is_liker_than_oneself(traits: Traits) -> None:
    table = np.array([distances(traits, deal) for deal in range(len(traits.heard))])
    np.testing.assert_allclose(table, table.T, atol=1e-12)
    assert ((table >= -1e-12) & (table <= 1 + 1e-12)).all()
    assert (table.diagonal() <= table.min(axis=1) + 1e-12).all()


def traits(**changed: object) -> Traits:
    """Deal 0, and beside it: its twin, one of another segment, one eight times as large, and an unknown one."""
    values = {
        "mentions": np.array([[1, 1, 0]] * 4 + [[0, 0, 0]], dtype=bool),
        "heard": np.array([True] * 4 + [False]),
        "size": np.array([100.0, 100, 100, 800, np.nan]),
        "labels": {"segment": ["small", "small", "large", "small", ""]},
    }
    return Traits(**{**values, **changed})  # type: ignore[arg-type]


def test_each_difference_counts_what_it_weighs_and_the_unknown_one_half() -> None:
    np.testing.assert_allclose(distances(traits(), 0), [0, 0, 1 / 4, 1 / 4, 1 / 2])


def test_sharing_a_rare_theme_makes_liker_than_sharing_a_common_one() -> None:
    mentions = np.array([[1, 1], [1, 0], [0, 1], [0, 1], [0, 1]], dtype=bool)
    apart = distances(traits(mentions=mentions, heard=np.ones(5, dtype=bool), size=np.ones(5), labels={}), 0)
    assert apart[1] < apart[2]


def test_the_nearest_come_first_and_the_far_not_at_all() -> None:
    apart, everybody = np.array([0.3, 0.1, 0.9, 0.1]), np.ones(4, dtype=bool)
    assert nearest(apart, everybody, most=3, farthest=0.5).tolist() == [1, 3, 0]
    assert nearest(apart, np.array([True, False, True, False]), most=3, farthest=0.5).tolist() == [0]
    assert nearest(apart, everybody, most=3, farthest=0.05).tolist() == []
