import numpy as np
import pytest
from tests.engine.themes.planted import adjusted_mutual_information, planted

from winward.engine.themes import discover


def test_planted_themes_are_found_and_noise_is_left_unsorted() -> None:
    company = planted()
    found = discover(company.vectors, company.quotes)
    real = company.truth >= 0
    assert adjusted_mutual_information(company.truth[real], found.theme[real]) > 0.9
    assert (found.theme[real] < 0).mean() < 0.05
    assert (found.theme[~real] < 0).mean() > 0.8


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


def test_every_vector_alike_is_one_sentence_and_no_theme() -> None:
    vectors = np.tile(np.eye(1, 16, dtype=np.float32), (50, 1))
    found = discover(vectors, ["the export is slow"] * 50)
    assert len(found.theme) == 50
