"""From both sides' ranks alone, against the points that people had and what they agreed on."""

from itertools import product

import pytest

from tests.engine.bargaining.casino import SIZES, Camp, camps
from tests.real_data import REAL_DATA, needs_real_data
from winward.engine.bargaining import Package, game_of, solve

pytestmark = needs_real_data
PACKAGES = list(product(*map(range, SIZES)))


@pytest.fixture(scope="module")
def suggested() -> list[tuple[Camp, Package]]:
    known: dict[tuple[object, ...], Package] = {}
    found = []
    for camp in camps(REAL_DATA / "negotiation" / "casino" / "casino_train.json"):
        package = known.get(camp.points) or known.setdefault(camp.points, _suggested(camp))
        found.append((camp, package))
    return found


def _suggested(camp: Camp) -> Package:
    package = solve(game_of(SIZES, camp.positions)).best["nash"].package
    assert package is not None
    return package


def efficient(camp: Camp, package: Package) -> bool:
    first, second = camp.worth(package)
    others = map(camp.worth, PACKAGES)
    return not any(a >= first and b >= second and (a, b) != (first, second) for a, b in others)


def test_no_suggestion_can_be_bettered_without_loss(suggested: list[tuple[Camp, Package]]) -> None:
    assert len(suggested) == 900
    assert all(efficient(camp, package) for camp, package in suggested)


def test_people_left_something_on_the_table_which_suggestions_do_not(suggested: list[tuple[Camp, Package]]) -> None:
    closed = [(camp, camp.agreed, package) for camp, package in suggested if camp.agreed is not None]
    assert len(closed) == 876
    assert sum(efficient(camp, agreed) for camp, agreed, _ in closed) / len(closed) == pytest.approx(0.67, abs=0.005)
    as_good = [sum(camp.worth(package)) >= sum(camp.worth(agreed)) for camp, agreed, package in closed]
    assert sum(as_good) / len(closed) >= 0.99
