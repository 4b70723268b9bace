import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.stakes import design

cells = st.none() | st.text(max_size=3) | st.floats(-1e6, 1e6) | st.just(float("nan"))


def test_levels_are_flags_rare_ones_pooled_gaps_their_own() -> None:
    segment = ["big"] * 6 + ["small"] * 5 + ["odd", "odder"] + [None] * 7
    flags = design({"segment": segment}, 20)
    assert sorted(flags.sum(axis=0)) == [2, 5, 6, 7]
    assert (flags.sum(axis=1) == 1).all()


def test_numbers_are_standardised_with_a_flag_for_gaps() -> None:
    coded = design({"size": [1.0, "3", None, 5]}, 4)
    assert coded[:, 0].mean() == pytest.approx(0)
    assert coded[:, 0].std() == pytest.approx(1)
    assert coded[2].tolist() == [0, 1]


def test_constant_columns_and_no_deals_give_no_columns() -> None:
    assert design({"a": ["x"] * 9, "b": [4.0] * 9}, 9).shape == (9, 0)
    assert design({"a": []}, 0).shape == (0, 0)


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' has 2 values for 3 deals"):
        design({"a": ["x", "y"]}, 3)


@settings(max_examples=80, deadline=None)
@given(st.lists(cells, min_size=1, max_size=30))
def test_any_column_becomes_finite_numbers(column: list[str | float | None]) -> None:
    coded = design({"any": column}, len(column))
    assert len(coded) == len(column)
    assert np.isfinite(coded).all()
