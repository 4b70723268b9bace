import numpy as np
import pytest
from tests.engine.themes.planted import adjusted_mutual_information, planted

from winward.engine.themes import discover, keep_identity, nearest
from winward.engine.themes.graph import areas_among, neighbour_graph
from winward.engine.themes.unsorted import too_few
from winward.engine.unit_length import normalised


def test_planted_themes_are_found_and_noise_is_left_unsorted() -> None:
    company = planted()
    found = discover(company.vectors, company.quotes)
    real = company.truth >= 0
    assert adjusted_mutual_information(company.truth[real], found.theme[real]) > 0.9
    assert (found.theme[real] < 0).mean() < 0.05
    assert (found.theme[~real] < 0).mean() > 0.8


def test_noise_alone_makes_no_theme() -> None:
    company = planted(themes=0, noise=300)
    assert (discover(company.vectors, company.quotes).theme == -1).all()


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_very_few_rows_are_no_error(rows: int) -> None:
    company = planted(themes=1, members=3, noise=0, spread=0.3)
    found = discover(company.vectors[:rows], company.quotes[:rows])
    assert len(found.theme) == len(found.why) == len(found.fit) == rows
    assert all((label >= 0) == (why == "") for label, why in zip(found.theme, found.why, strict=True))


def test_the_same_input_and_seed_give_the_same_themes() -> None:
    company = planted(themes=8, members=30)
    one, again = (discover(company.vectors, company.quotes, seed=3) for _ in range(2))
    assert (one.theme == again.theme).all()
    assert one.why == again.why
    assert (one.centres == again.centres).all()


def test_one_sentence_said_many_times_is_no_theme() -> None:
    vectors = np.tile(np.eye(1, 16, dtype=np.float32), (50, 1))
    found = discover(vectors, ["The export is slow."] * 25 + ["the export is slow"] * 25)
    assert (found.theme == -1).all()
    assert set(found.why) == {"nothing else was said like this"}


def test_copies_of_sentences_do_not_break_their_theme_apart() -> None:
    company = planted(themes=6, members=30, noise=0, spread=0.7)
    copies = np.repeat(np.arange(len(company.truth)), 40)
    found = discover(company.vectors[copies], [company.quotes[row] for row in copies])
    assert adjusted_mutual_information(company.truth[copies], found.theme) > 0.9


def test_every_unsorted_row_says_why_in_plain_words() -> None:
    company = planted(themes=4, members=30, noise=40)
    found = discover(company.vectors, ["Okay, yes.", *company.quotes[1:]])
    assert found.why[0] == "says too little to sort"
    assert all((label >= 0) == (why == "") for label, why in zip(found.theme, found.why, strict=True))


def test_too_small_a_group_is_no_theme_and_says_how_many_it_needs() -> None:
    small, why = too_few(np.array([0, 0, 0, 1, 1, 2], dtype=np.int32), smallest=3)
    assert small.tolist() == [False, False, False, True, True, True]
    assert why[3:] == ["too few others said this (2, needs 3)"] * 2 + ["nothing else was said like this"]


def test_themes_are_numbered_by_falling_size_and_every_theme_has_an_area_and_a_floor() -> None:
    company = planted(themes=12)
    found = discover(company.vectors, company.quotes)
    sizes = np.bincount(found.theme[found.theme >= 0])
    assert (np.diff(sizes) <= 0).all()
    assert len(found.areas) == len(found.floor) == len(found.centres) == len(sizes)
    inside = found.theme >= 0
    assert (found.fit[inside] >= found.floor[found.theme[inside]]).all()


def test_rows_keep_their_theme_over_five_rebuilds_with_a_tenth_new_each() -> None:
    company = planted(themes=20, members=50, noise=200)
    rows, ids, kept = 800, None, []
    for _ in range(6):
        found = discover(company.vectors[:rows], company.quotes[:rows])
        before = np.full(rows, -1, dtype=np.int64)
        if ids is not None:
            before[: len(ids)] = ids
        ids = _lasting(found.theme, before)
        old = before >= 0
        kept.append((ids[old] == before[old]).mean() if old.any() else 1.0)
        rows = min(int(rows * 1.1), len(company.truth))
    assert min(kept) >= 0.95


def _lasting(theme: np.ndarray, before: np.ndarray) -> np.ndarray:
    unused = int(before.max(initial=-1)) + 1
    ids = []
    for kept in keep_identity(before, theme):
        ids.append(unused if kept is None else kept)
        unused += kept is None
    return np.array([*ids, -1], dtype=np.int64)[theme]


def test_what_was_not_compared_is_carried_to_the_themes_of_what_was() -> None:
    company = planted(themes=10, members=120, noise=150, spread=0.7)
    found = discover(company.vectors.astype(np.float16), company.quotes, compared=600)
    real = company.truth >= 0
    assert adjusted_mutual_information(company.truth[real], found.theme[real]) > 0.95
    assert (found.theme[real] < 0).mean() < 0.05
    assert (found.theme[~real] < 0).mean() > 0.8
    assert all((label >= 0) == (why == "") for label, why in zip(found.theme, found.why, strict=True))


def test_areas_are_about_as_many_as_the_root_of_the_themes_and_hold_what_is_near() -> None:
    chance = np.random.default_rng(5)
    subjects = np.repeat(chance.normal(size=(15, 64)), 20, axis=0)
    themes = np.repeat(subjects + 0.8 * chance.normal(size=(300, 64)), 12, axis=0)
    rows = normalised((themes + 0.35 * chance.normal(size=themes.shape)).astype(np.float32))
    label = np.repeat(np.arange(300, dtype=np.int32), 12)
    areas = areas_among(neighbour_graph(*nearest(rows, 20)), label, 300, seed=0)
    assert 8 <= areas.max() + 1 <= 25
    assert adjusted_mutual_information(np.arange(300) // 20, areas) > 0.8


def test_vectors_and_quotes_of_different_lengths_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 vectors for 1 quotes"):
        discover(np.eye(2, dtype=np.float32), ["one"])
