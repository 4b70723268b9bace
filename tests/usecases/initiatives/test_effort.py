"""Efforts add up as ranges do, which is less than their ends do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.engine.value.ranges import Z95
from winward.usecases.initiatives.effort import checked, total_effort

RANGES = st.tuples(st.floats(0.1, 40), st.floats(1, 4)).map(lambda pair: (pair[0], pair[0] * pair[1]))


def effort(*ranges: tuple[float, float]) -> list[dict[str, object]]:
    return [{"skill": f"skill {at}", "low": low, "high": high} for at, (low, high) in enumerate(ranges)]


@given(RANGES)
def test_one_skill_is_its_own_total(span: tuple[float, float]) -> None:
    total = total_effort(effort(span))
    assert total
    assert (total.low, total.high) == pytest.approx(span)


@given(st.lists(RANGES, min_size=2, max_size=6))
def test_the_total_lies_inside_the_sums_of_the_ends(spans: list[tuple[float, float]]) -> None:
    total = total_effort(effort(*spans))
    assert total
    assert total.low >= sum(low for low, _ in spans) * (1 - 1e-9)
    assert total.high <= sum(high for _, high in spans) * (1 + 1e-9)
    assert total.low <= total.middle <= total.high


def test_it_holds_nine_times_in_ten_of_drawn_efforts() -> None:
    spans = [(6.0, 10.0), (3.0, 6.0), (1.0, 2.0), (2.0, 8.0)]
    total = total_effort(effort(*spans))
    assert total
    random = np.random.default_rng(7)
    centres = np.log([np.sqrt(low * high) for low, high in spans])
    spreads = np.log([high / low for low, high in spans]) / (2 * Z95)
    drawn = np.exp(random.normal(centres, spreads, (200_000, len(spans)))).sum(axis=1)
    below, above = np.mean(drawn < total.low), np.mean(drawn > total.high)
    assert below == pytest.approx(0.05, abs=0.004)
    assert above == pytest.approx(0.05, abs=0.004)


def test_what_is_known_stays_so() -> None:
    total = total_effort(effort((3, 3), (4, 4)))
    assert total
    assert (total.low, total.high) == pytest.approx((7, 7))
    assert total_effort([]) is None


@pytest.mark.parametrize(
    "line", [("backend", "6", "3"), ("backend", "0", "2"), ("backend", "many", ""), ("ux", "", "")]
)
def test_what_is_no_range_is_refused_with_the_skill(line: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=line[0]):
        checked([line])
