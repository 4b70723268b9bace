"""Ranges from what was observed keep their promise on planted truth, and stages follow what rests on what."""

import numpy as np
import pytest

from winward.engine.value import Chain, Quantity, check, work_out
from winward.engine.value.observed import mean, rate
from winward.engine.value.stages import stages

RUNS = 2_000


@pytest.mark.parametrize("expected", [1.5, 8.0, 60.0])
def test_a_rate_holds_nine_times_in_ten(expected: float) -> None:
    counts = np.random.default_rng(1).poisson(expected * 0.5, RUNS)
    held = [low <= expected <= high for low, high in (rate(int(count), 0.5) for count in counts)]
    assert 0.85 <= np.mean(held) <= 0.97


def test_what_never_came_may_still_come() -> None:
    low, high = rate(0, 1.0)
    assert 0 < low < 0.01
    assert 1 < high < 4


@pytest.mark.parametrize("number", [3, 10, 60])
def test_a_mean_holds_nine_times_in_ten(number: int) -> None:
    drawn = np.random.default_rng(2).lognormal(10, 0.7, (RUNS, number))
    truth = np.exp(10 + 0.7**2 / 2)
    held = [low <= truth <= high for low, high in map(mean, drawn)]
    assert 0.86 <= np.mean(held) <= 0.97


def test_one_amount_tells_no_average() -> None:
    with pytest.raises(ValueError, match="two amounts"):
        mean(np.array([5.0]))


def chain() -> Chain:
    names = ["clicks", "seconds", "hours", "churn", "kept", "amount", "won", "revenue", "cost"]
    formulas = {"hours": "clicks * seconds", "kept": "hours * churn", "won": "2 * amount", "revenue": "kept + won"}
    made = [Quantity(one, "", None if one in formulas else 1, 2, formulas.get(one, ""), source="x") for one in names]
    return Chain("a change", "revenue", tuple(made), "cost")


def test_stages_lead_from_the_gain_to_the_business() -> None:
    found = stages(chain(), {})
    assert {name for name, stage in found.items() if stage == "gain"} == {"clicks", "seconds"}
    assert found["hours"] == "users"
    assert {found[one] for one in ("kept", "won", "churn", "amount")} == {"team"}
    assert {found[one] for one in ("revenue", "cost")} == {"business"}


def test_what_the_author_says_of_a_stage_holds() -> None:
    found = stages(chain(), {"hours": "team", "clicks": "business"})
    assert (found["hours"], found["clicks"]) == ("team", "business")


def test_the_shape_holds_nearly_all_draws() -> None:
    shape = work_out(check(chain()), seed=0).shape
    assert sum(shape.bars) == pytest.approx(0.98, abs=0.002)
    assert shape.low < work_out(check(chain()), seed=0).result.median < shape.high


def test_what_is_known_has_no_shape() -> None:
    known = Chain("a change", "x", (Quantity("x", "EUR", 5, 5, source="x"),))
    assert work_out(check(known), seed=0).shape.bars == ()
