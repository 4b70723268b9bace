"""Value chains: closed forms, units, double counting, circles, drivers and break-even."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.engine.value import Chain, ChainError, Outcome, Quantity, check, work_out

Z95 = 1.6448536269514722


def known(name: str, unit: str, low: float, high: float | None = None, **more: str) -> Quantity:
    return Quantity(name, unit, low, low if high is None else high, source="somewhere", **more)  # type: ignore[arg-type]


def made(name: str, unit: str, formula: str, part_of: str = "") -> Quantity:
    return Quantity(name, unit, formula=formula, part_of=part_of)


def chain(*quantities: Quantity, result: str = "result", against: str = "", units: tuple[str, ...] = ()) -> Chain:
    return Chain("a change", result, quantities, against, units)


def outcome(*quantities: Quantity, against: str = "", draws: int = 100_000) -> Outcome:
    return work_out(check(chain(*quantities, against=against)), seed=1, draws=draws)


def refused(*quantities: Quantity, result: str = "result", against: str = "") -> str:
    with pytest.raises(ChainError) as error:
        check(chain(*quantities, result=result, against=against))
    return str(error.value)


def test_a_product_of_lognormals_is_lognormal() -> None:
    ranges = [(4.0, 6.0), (1.5, 4.0), (800.0, 1200.0)]
    inputs = [known(f"x{at}", "", *ends) for at, ends in enumerate(ranges)]
    found = outcome(*inputs, made("result", "", "x0 * x1 * x2")).result
    centre = sum(math.log(low * high) / 2 for low, high in ranges)
    spread = math.sqrt(sum((math.log(high / low) / (2 * Z95)) ** 2 for low, high in ranges))
    assert found.median == pytest.approx(math.exp(centre), rel=0.005)
    assert found.low == pytest.approx(math.exp(centre - Z95 * spread), rel=0.01)
    assert found.high == pytest.approx(math.exp(centre + Z95 * spread), rel=0.01)


def test_a_sum_of_normals_is_normal() -> None:
    inputs = [known("a", "pp", -3, 5), known("b", "pp", 0, 12)]
    found = outcome(*inputs, made("result", "pp", "a - b")).result
    spread = math.hypot(8 / (2 * Z95), 12 / (2 * Z95))
    assert found.median == pytest.approx(-5, abs=0.05)
    assert (found.low, found.high) == pytest.approx((-5 - Z95 * spread, -5 + Z95 * spread), abs=0.1)


@pytest.mark.parametrize(("unit", "low", "high"), [("%", 1, 97), ("EUR", 10, 1e6), ("hour", 0.01, 9), ("pp", -40, 12)])
def test_an_input_keeps_its_range_and_what_it_can_be(unit: str, low: float, high: float) -> None:
    found = outcome(known("result", unit, low, high)).result
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.01)
    assert unit == "pp" or found.low > 0
    assert unit != "%" or found.high < 100


def test_units_are_turned_into_one_another() -> None:
    parts = [known("clicks", "click/visit", 5), known("each", "second/click", 3), known("visits", "visit/week", 1200)]
    found = outcome(*parts, made("result", "hour/week", "clicks * each * visits")).result
    assert (found.low, found.median, found.high) == pytest.approx((5, 5, 5))


def test_the_same_seed_gives_the_same_and_another_nearly_so() -> None:
    checked = check(chain(known("a", "EUR", 10, 90), known("b", "%", 5, 50), made("result", "EUR", "a * b")))
    assert work_out(checked, seed=4) == work_out(checked, seed=4)
    assert work_out(checked, seed=4).result.median == pytest.approx(work_out(checked, seed=5).result.median, rel=0.01)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("money + time", "EUR and time can't be added"),
        ("money * time", "should be in EUR, but its formula gives EUR × time"),
        ("max(money, time)", "different units"),
        ("money ** time", "a power must be a plain number"),
        ("money +", "can't be read"),
        ("money + __import__('os')", "has no place here"),
        ("money.real", "has no place here"),
        ("money if time else money", "has no place here"),
        ("money + 'x'", "has no place here"),
        ("money + rent", "needs “rent”"),
        ("together(money, time)", "different units"),
    ],
)
def test_a_formula_that_makes_no_sense_is_refused_with_the_reason(formula: str, said: str) -> None:
    assert said in refused(known("money", "EUR", 5, 9), known("time", "hour", 1, 2), made("result", "EUR", formula))


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (known("result", "wugs", 1, 2), "“wugs” is no unit known here"),
        (known("result", "EUR", 3, 1), "swap them"),
        (known("result", "EUR", 0, 1), "must begin above 0"),
        (known("result", "%", 50, 120), "between 0 and 1"),
        (known("result", "EUR", 1, math.inf), "finite"),
        (Quantity("result", "EUR", source="x"), "neither a range, a value nor a formula"),
        (Quantity("result", "EUR", 1, 2), "has no source"),
        (known("result", "EUR", 1, 2, part_of="all"), "a part of “all”"),
    ],
)
def test_an_input_that_cannot_be_is_refused_with_the_reason(quantity: Quantity, said: str) -> None:
    assert said in refused(quantity)


def test_two_currencies_are_not_added() -> None:
    said = refused(known("a", "EUR", 1, 2), known("b", "USD", 1, 2), made("result", "EUR", "a + b"))
    assert "EUR and USD can't be added" in said


def test_a_circle_is_told_with_its_members() -> None:
    said = refused(made("a", "EUR", "b"), made("b", "EUR", "a"), made("result", "EUR", "a"))
    assert "“a”" in said
    assert "“b”" in said
    assert "circle" in said


def test_every_problem_is_told_at_once() -> None:
    said = refused(known("a", "wugs", 1, 2), known("b", "EUR", 3, 1), made("result", "EUR", "c"), against="cost")
    assert all(part in said for part in ("wugs", "swap", "“c”", "“cost”"))


KEPT = (
    known("renewing", "EUR", 1000, 2000),
    known("one", "%", 20, 60),
    known("two", "%", 30, 80),
    made("by_speed", "EUR", "renewing * one", part_of="renewing"),
    made("by_price", "EUR", "renewing * two", part_of="renewing"),
)


def test_parts_of_one_whole_are_not_added_up() -> None:
    said = refused(*KEPT, made("result", "EUR", "by_speed + by_price"))
    assert "count twice what both take from “renewing”" in said
    through_others = made("doubled", "EUR", "by_price * 2")
    assert "count twice" in refused(*KEPT, through_others, made("result", "EUR", "by_speed + doubled"))


def test_together_is_at_most_the_whole_and_at_least_the_larger_part() -> None:
    found = outcome(*KEPT, made("result", "EUR", "together(by_speed, by_price) / renewing * renewing"))
    of = {one.name: one for one in found.estimates}
    assert max(of["by_speed"].median, of["by_price"].median) < found.result.median < of["renewing"].median
    union = outcome(known("a", "%", 30), known("b", "%", 40), made("result", "%", "together(a, b)"))
    assert union.result.median == pytest.approx(100 * (1 - 0.7 * 0.6))


def test_what_drives_the_spread_comes_first_and_the_rest_explains_nothing() -> None:
    wide, narrow, aside = known("wide", "", 1, 100), known("narrow", "", 9, 10), known("aside", "", 1, 100)
    found = outcome(wide, narrow, aside, made("result", "", "wide * narrow"))
    assert [one.name for one in found.drivers] == ["wide", "narrow"]
    assert found.drivers[0].share > 0.95
    assert found.drivers[1].share < 0.05
    assert found.drivers[0].at_low < found.result.median < found.drivers[0].at_high
    assert check(chain(wide, narrow, aside, made("result", "", "wide * narrow"))).idle == ("aside",)


def test_shares_of_the_spread_of_a_product_follow_the_logarithms() -> None:
    """For a product of lognormals each input explains its part of the variance of the logarithm."""
    found = outcome(known("a", "", 1, 16), known("b", "", 1, 4), made("result", "", "a * b"))
    variances = np.array([math.log(16) ** 2, math.log(4) ** 2])
    assert [one.share for one in found.drivers] == pytest.approx(list(variances / variances.sum()), abs=0.03)


def test_break_even_is_where_the_median_meets_the_cost() -> None:
    users, gain = known("users", "user", 500, 2000), known("gain", "EUR/user", 10)
    found = outcome(users, gain, known("cost", "EUR", 8000), made("result", "EUR", "users * gain"), against="cost")
    (one,) = found.break_even
    assert (one.name, one.direction) == ("users", "at least")
    assert one.value == pytest.approx(800, rel=0.01)
    assert one.chance == pytest.approx(found.chance, abs=0.01)


def test_a_cost_must_be_at_most() -> None:
    gain, cost = known("result", "EUR", 900, 1100), known("cost", "EUR", 500, 3000)
    found = {one.name: one for one in outcome(gain, cost, against="cost").break_even}
    assert found["cost"].direction == "at most"
    assert found["cost"].value == pytest.approx(math.sqrt(900 * 1100), rel=0.02)


def test_no_break_even_where_it_pays_in_any_case() -> None:
    assert outcome(known("a", "EUR", 1, 2), made("result", "EUR", "a * 2")).break_even == ()


def test_a_division_by_nothing_is_told() -> None:
    inputs = (known("a", "EUR", 1, 2), known("none", "", 0))
    with pytest.raises(FloatingPointError, match="divide by 0"):
        outcome(*inputs, made("result", "EUR", "a / none"))


@given(st.text(max_size=60))
def test_no_text_as_a_formula_does_anything_but_count_or_be_refused(text: str) -> None:
    try:
        outcome(known("a", "", 1, 2), made("result", "", text or "a"), draws=64)
    except (ChainError, FloatingPointError):
        return


@given(st.text(max_size=30))
def test_any_text_as_a_unit_is_known_or_refused(text: str) -> None:
    try:
        check(chain(known("result", text, 0.2, 0.4)))
    except ChainError:
        return
