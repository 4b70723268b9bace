"""Which unknown matters most, on games where the answer is plain."""

import numpy as np
import pytest

from winward.engine.bargaining.unknowns import Said, swings

SIZES = (3, 3)


def said(
    terms: tuple[int, ...] = (1, 2),
    options: tuple[int, ...] = (1, 2, 3, 1, 2, 3),
    refused: tuple[int, ...] = (),
    good_enough: tuple[int, ...] = (2, 2),
    asked: bool = True,
) -> Said:
    flags = np.zeros(len(options), dtype=bool)
    flags[list(refused)] = True
    return Said(terms, options, flags, good_enough, asked)


def test_who_said_everything_leaves_nothing_to_ask() -> None:
    assert swings(SIZES, [said(), said(terms=(2, 1))], seed=1) == [{}, {}]


def test_a_stranger_matters_more_than_one_open_point_of_a_friend() -> None:
    stranger = said(terms=(0, 0), options=(0,) * 6, good_enough=(-1, -1), asked=False)
    found = swings(SIZES, [said(), said(asked=False), stranger], seed=1)
    assert found[0] == {}
    assert set(found[1]) == {"refusals"}
    assert set(found[2]) == {"ranks", "refusals", "least"}
    assert found[2]["ranks"] > found[1]["refusals"]


def test_the_least_of_whoever_gets_little_matters_more() -> None:
    """Two of three want the same, so that the third gets next to nothing of the package that looks best."""
    against = (3, 2, 1, 3, 2, 1)
    people = [said(), said(), said(good_enough=(-1, -1)), said(options=against, good_enough=(-1, -1))]
    found = swings(SIZES, people, seed=1)
    assert found[3]["least"] > found[2]["least"]


def test_a_refusal_that_is_known_is_kept_out_of_the_best_package() -> None:
    """The first option of the first term is refused: to ask the other for refusals then can't strike it."""
    found = swings((2,), [said((1,), (1, 2), (0,), (1,)), said((1,), (2, 1), (), (0,), asked=False)], seed=1)
    assert found[1]["refusals"] == 0.0


def test_what_was_ranked_stays_in_its_order() -> None:
    """One term is left open, and it is the only one that is: nothing else can move."""
    whole = said(terms=(1,), options=(1, 2, 3), good_enough=(2,))
    half = said(terms=(1,), options=(1, 0, 2), good_enough=(2,))
    assert swings((3,), [whole, half], seed=3)[1]["ranks"] < 0.75
    assert swings((3,), [half], seed=3)[0]["ranks"] == pytest.approx(1 / 3, abs=0.25)


def test_the_same_seed_gives_the_same_answer_and_many_packages_are_sampled() -> None:
    sizes = (5,) * 15
    open_one = Said((0,) * 15, (0,) * 75, np.zeros(75, dtype=bool), (-1,) * 15, asked=False)
    known = Said(tuple(range(1, 16)), tuple(range(1, 6)) * 15, np.zeros(75, dtype=bool), (4,) * 15, asked=True)
    people = [known] * 7 + [open_one] * 3
    first = swings(sizes, people, seed=5)
    assert first == swings(sizes, people, seed=5)
    assert first[9]["ranks"] > 0.5
