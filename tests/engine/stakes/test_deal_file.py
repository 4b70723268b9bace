import csv
from collections.abc import Callable

import numpy as np
import pytest
from tests.real_data import REAL_DATA, needs_real_data

from winward.engine.stakes import Drivers, drivers
from winward.engine.stakes.coding import Column


def verdicts(found: Drivers) -> dict[str, str]:
    return {f"{row.factor}={row.level}": row.verdict for row in found.rows if row.verdict != "can't tell"}


def test_a_planted_level_is_named_and_noise_is_not() -> None:
    rng = np.random.default_rng(0)
    region, product = rng.choice(["north", "south", "west"], 600), rng.choice(list("abcdefgh"), 600)
    won = rng.random(600) < np.where(region == "south", 0.25, 0.55)
    found = drivers({"region": region.tolist(), "product": product.tolist()}, won.tolist())
    assert verdicts(found)["region=south"] == "costs"
    assert not any(name.startswith("product") for name in verdicts(found))
    south = next(row for row in found.rows if row.level == "south")
    assert south.low < south.difference < south.high < 0
    assert (south.deals, south.won) == (int((region == "south").sum()), int(won[region == "south"].sum()))
    assert found.auc > 0.55


def test_noise_alone_names_something_in_few_files() -> None:
    rng = np.random.default_rng(1)
    loud = 0
    for _ in range(20):
        columns = {name: rng.choice(list("abcdef"), 120).tolist() for name in ("x", "y", "z")}
        loud += bool(verdicts(drivers(columns, (rng.random(120) < 0.5).tolist())))
    assert loud <= 5


def test_levels_adjust_for_the_other_columns() -> None:
    rng = np.random.default_rng(4)
    small = rng.random(2000) < 0.5
    rep = np.where(rng.random(2000) < np.where(small, 0.8, 0.2), "ann", "bob")
    won = (rng.random(2000) < np.where(small, 0.3, 0.6)).tolist()
    found = drivers({"size": np.where(small, "small", "large").tolist(), "rep": rep.tolist()}, won)
    ann = next(row for row in found.rows if row.level == "ann")
    assert ann.raw_difference < -0.1
    assert ann.low < 0 < ann.high


@pytest.mark.parametrize(
    "column",
    [
        lambda won: [1000.0 if w else 0.0 for w in won],
        lambda won: ["Closed Won" if w else "Closed Lost" for w in won],
        lambda won: [None if w else f"reason {at}" for at, w in enumerate(won)],
        lambda won: ["price" if not w and at % 3 == 0 else "" for at, w in enumerate(won)],
    ],
    ids=["amount of won deals only", "stage", "a text for every lost deal", "a reason for some lost deals"],
)
def test_a_column_that_knows_the_outcome_is_refused(column: Callable[[list[bool]], Column]) -> None:
    rng = np.random.default_rng(2)
    won = (rng.random(200) < 0.5).tolist()
    found = drivers({"late": column(won), "x": rng.choice(["a", "b"], 200).tolist()}, won)
    assert found.left_out == {"late": "leaks the outcome"}
    assert verdicts(found) == {"late=": "leaks the outcome"}
    assert abs(found.auc - 0.5) < 0.15


def test_ids_and_constants_are_no_factors_and_say_why() -> None:
    won = [at % 3 > 0 for at in range(90)]
    found = drivers({"id": [f"D-{at}" for at in range(90)], "one": ["x"] * 90}, won)
    assert found.rows == ()
    assert found.left_out == {"id": "has too many different values", "one": "has one value only"}


def test_numbers_are_taken_by_thirds_and_lost_amounts_summed() -> None:
    rng = np.random.default_rng(6)
    size = rng.integers(1, 1000, 300)
    won = rng.random(300) < np.where(size > 666, 0.2, 0.6)
    found = drivers({"size": size.tolist()}, won.tolist(), amount=[10.0] * 300)
    assert [row.verdict for row in found.rows if row.level.startswith("above")] == ["costs"]
    assert sum(row.deals for row in found.rows) == 300
    assert sum(row.lost_amount or 0 for row in found.rows) == 10.0 * (~won).sum()


def test_copies_of_rows_do_not_make_the_model_look_clairvoyant() -> None:
    rng = np.random.default_rng(7)
    codes = [[f"{name}{value}" for value in rng.integers(0, 8, 100)] for name in "abc"]
    won = (rng.random(100) < 0.5).tolist()
    columns = {str(at): column * 6 for at, column in enumerate(codes)}
    columns["id"] = [f"D-{at}" for at in range(100)] * 6
    assert drivers(columns, won * 6).auc < 0.6


def test_few_deals_tell_nothing() -> None:
    assert drivers({}, []).rows == ()
    few = drivers({"x": ["a", "b"] * 5}, [True, False, False, True, True] * 2)
    assert {row.verdict for row in few.rows} == {"can't tell"}
    assert {(row.low, row.high) for row in few.rows} == {(-1.0, 1.0)}


def test_lengths_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="'x' has 1 values for 2 deals"):
        drivers({"x": ["a"]}, [True, False])
    with pytest.raises(ValueError, match="1 amounts for 2 deals"):
        drivers({"x": ["a", "b"]}, [True, False], amount=[1.0])


def rows_of(name: str) -> list[dict[str, str]]:
    with (REAL_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@needs_real_data
def test_a_pipeline_without_drivers_names_none() -> None:
    sector = {row["account"]: row["sector"] for row in rows_of("crm_maven/accounts.csv")}
    region = {row["sales_agent"]: row["regional_office"] for row in rows_of("crm_maven/sales_teams.csv")}
    closed = [row for row in rows_of("crm_maven/sales_pipeline.csv") if row["deal_stage"] in ("Won", "Lost")]
    columns = {
        "product": [row["product"] for row in closed],
        "agent": [row["sales_agent"] for row in closed],
        "sector": [sector.get(row["account"]) for row in closed],
        "region": [region[row["sales_agent"]] for row in closed],
        "close_value": [row["close_value"] for row in closed],
    }
    found = drivers(columns, [row["deal_stage"] == "Won" for row in closed])
    assert verdicts(found) == {"close_value=": "leaks the outcome"}
    assert 0.47 < found.auc < 0.53


@needs_real_data
def test_the_origin_of_a_lead_is_named_with_its_rates() -> None:
    closed = {row["mql_id"] for row in rows_of("funnel_olist/olist_closed_deals_dataset.csv")}
    leads = rows_of("funnel_olist/olist_marketing_qualified_leads_dataset.csv")
    won = [lead["mql_id"] in closed for lead in leads]
    found = drivers({"origin": [lead["origin"] for lead in leads]}, won)
    named = verdicts(found)
    assert named["origin=unknown"] == named["origin=paid_search"] == "helps"
    assert named["origin=email"] == named["origin=social"] == "costs"
    rates = {row.level: row.won / row.deals for row in found.rows}
    assert (round(rates["unknown"], 3), round(rates["paid_search"], 3), round(rates["email"], 3)) == (
        0.163,
        0.123,
        0.030,
    )
