"""What people joined stays joined, what they took apart stays apart, whatever a rebuild finds; nothing else moves."""

import numpy as np
import pytest
from tests.engine.themes.planted import planted

from winward.engine.themes import Shaped, measure, nearer, shape
from winward.engine.themes.placing import ASIDE, FREE, LEFT_OVER, join_floor

A, B, C = 11, 12, 13


def _rows(*groups: tuple[int, int]) -> np.ndarray:
    return np.concatenate([np.full(size, value, dtype=np.int64) for value, size in groups])


def _vectors(truth: np.ndarray, spread: float = 0.3, seed: int = 3) -> np.ndarray:
    """Points around one axis a planted theme."""
    own = np.random.default_rng(seed).normal(size=(len(truth), 32)) * spread / np.sqrt(32)
    own[np.arange(len(truth)), truth] += 1.0
    return (own / np.linalg.norm(own, axis=1, keepdims=True)).astype(np.float32)


def _shaped(found: np.ndarray, previous: np.ndarray, placed: np.ndarray | None = None, **more: object) -> Shaped:
    truth = more.pop("truth", np.maximum(found, 0))
    placed = np.full(len(found), FREE) if placed is None else placed
    why = ["nobody else said it" if at < 0 else "" for at in found]
    return shape(found.astype(np.int32), why, _vectors(truth), previous, placed, **more)  # type: ignore[arg-type]


def _ids(shaped: Shaped) -> np.ndarray:
    """The id of each row's theme, 0 where it is new, −1 unsorted."""
    return np.array([-1 if at < 0 else shaped.ids[at] or 0 for at in shaped.theme])


def test_without_a_word_from_people_a_rebuild_stands() -> None:
    shaped = _shaped(_rows((0, 20), (1, 10), (-1, 3)), _rows((A, 20), (-1, 13)))
    assert shaped.ids == (A, None)
    assert (_ids(shaped) == _rows((A, 20), (0, 10), (-1, 3))).all()
    assert shaped.why == [""] * 30 + ["nobody else said it"] * 3


def test_merged_themes_stay_one_however_they_are_found_again() -> None:
    """Forty signals of A and B were put in B; a rebuild finds the two again, with ten new signals each."""
    found = _rows((0, 20), (1, 20), (0, 10), (1, 10))
    shaped = _shaped(found, _rows((B, 40), (-1, 20)), _rows((B, 40), (FREE, 20)))
    assert shaped.ids == (B,)
    assert (_ids(shaped) == B).all()


def test_split_themes_stay_apart_when_they_are_found_as_one() -> None:
    truth = _rows((0, 20), (1, 20), (0, 10), (1, 10))
    previous, placed = _rows((A, 20), (B, 20), (-1, 20)), _rows((A, 20), (B, 20), (FREE, 20))
    shaped = _shaped(np.zeros(60, dtype=np.int64), previous, placed, truth=truth)
    assert (_ids(shaped) == np.where(truth == 0, A, B)).all()


def test_a_split_that_grew_keeps_what_joined_each_part() -> None:
    """The free ones were sorted already: they stay, even nearer to the other part."""
    previous, placed = _rows((A, 20), (B, 20)), _rows((A, 15), (FREE, 5), (B, 15), (FREE, 5))
    truth = _rows((0, 15), (1, 5), (1, 15), (0, 5))
    shaped = _shaped(np.zeros(40, dtype=np.int64), previous, placed, truth=truth)
    assert (_ids(shaped) == previous).all()


@pytest.mark.parametrize("odd", [0, 7, 25])
def test_one_odd_placement_cuts_no_group(odd: int) -> None:
    """One signal of A was moved to B, which lives elsewhere; ten new ones come to A."""
    found, previous = _rows((0, 30), (1, 30), (0, 10)), _rows((A, 30), (B, 30), (-1, 10))
    placed = _rows((A, 30), (FREE, 40))
    placed[odd] = previous[odd] = B
    shaped = _shaped(found, previous, placed)
    expected = _rows((A, 30), (B, 30), (A, 10))
    expected[odd] = B
    assert (_ids(shaped) == expected).all()


def test_a_few_rows_moved_to_a_theme_that_lives_elsewhere_cut_no_group() -> None:
    found, previous = _rows((0, 30), (1, 30), (0, 10)), _rows((B, 4), (A, 26), (B, 30), (-1, 10))
    placed = _rows((B, 4), (A, 26), (FREE, 40))
    assert (_ids(_shaped(found, previous, placed)) == _rows((B, 4), (A, 26), (B, 30), (A, 10))).all()


def test_placed_rows_go_where_they_were_placed_even_from_noise() -> None:
    placed = _rows((FREE, 20), (A, 1), (ASIDE, 1), (B, 1))
    shaped = _shaped(_rows((0, 20), (-1, 1), (0, 1), (-1, 1)), _rows((A, 20), (-1, 3)), placed)
    assert (_ids(shaped) == _rows((A, 20), (A, 1), (-1, 1), (B, 1))).all()
    assert shaped.why == [""] * 23


def test_a_lasting_theme_that_is_not_found_keeps_its_members() -> None:
    previous = _rows((A, 30), (B, 10))
    swallowed = _shaped(np.zeros(40, dtype=np.int64), previous, lasting=[B])
    assert (_ids(swallowed) == previous).all()
    assert (_ids(_shaped(np.zeros(40, dtype=np.int64), previous)) == A).all()
    scattered = _shaped(np.full(40, -1), previous, lasting=[B])
    assert (_ids(scattered) == _rows((-1, 30), (B, 10))).all()
    assert scattered.why == ["nobody else said it"] * 30 + [""] * 10


def test_what_placements_leave_of_a_group_is_no_theme_under_the_least_size() -> None:
    placed = _rows((FREE, 10), (A, 4), (FREE, 2))
    shaped = _shaped(_rows((0, 10), (1, 6)), _rows((A, 14), (-1, 2)), placed)
    assert (_ids(shaped)[:14] == A).all()
    shaped = _shaped(_rows((0, 10), (1, 6)), _rows((A, 10), (-1, 6)), _rows((FREE, 10), (ASIDE, 4), (FREE, 2)))
    assert (_ids(shaped) == _rows((A, 10), (-1, 6))).all()
    assert shaped.why[-2:] == [LEFT_OVER] * 2


def test_nothing_at_all_is_shaped_into_nothing() -> None:
    empty = np.array([], dtype=np.int64)
    shaped = shape(empty.astype(np.int32), [], np.empty((0, 32), np.float32), empty, empty, lasting=[A])
    assert (shaped.ids, len(shaped.theme), shaped.why) == ((), 0, [])


@pytest.mark.parametrize("seed", range(5))
def test_every_placement_holds_in_whatever_is_found(seed: int) -> None:
    chance = np.random.default_rng(seed)
    found, previous = chance.integers(-1, 6, 300), chance.choice([-1, A, B, C], 300)
    placed = chance.choice([FREE, FREE, ASIDE, A, B, C], 300)
    shaped = _shaped(found, previous, placed, lasting=[A, B, C])
    ids = _ids(shaped)
    assert (ids[placed > 0] == placed[placed > 0]).all()
    assert (ids[placed == ASIDE] == -1).all()
    assert {A, B, C} <= set(shaped.ids)
    assert len(set(shaped.ids) - {None}) == 3


def test_a_row_placed_from_far_away_opens_its_theme_to_nothing_else() -> None:
    truth, theme = _rows((0, 30), (1, 1)), np.zeros(31, dtype=np.int32)
    free = _rows((1, 30), (0, 1)).astype(bool)
    measured = measure(_vectors(truth), theme, free)
    assert measured.fit[30] < 0.3 < measured.floor[0] == measured.fit[:30].min()


def test_where_all_are_placed_the_floor_leaves_the_farthest_tenth_out() -> None:
    fit, theme = np.linspace(0.01, 1, 100, dtype=np.float32), np.zeros(100, dtype=np.int32)
    assert join_floor(fit, theme, np.zeros(100, dtype=bool))[0] == pytest.approx(0.1, abs=0.02)


def test_members_go_to_the_nearer_seed() -> None:
    company = planted(themes=3, members=40, noise=0, spread=0.5)
    seeds = [int(np.flatnonzero(company.truth == theme)[0]) for theme in range(3)]
    part = nearer(company.vectors, company.vectors[seeds])
    assert (part == company.truth).mean() > 0.97
