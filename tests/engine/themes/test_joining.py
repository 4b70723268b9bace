import numpy as np
from tests.engine.themes.planted import planted

from winward.engine.themes import discover, join, nearest


def test_new_signals_join_the_theme_that_they_belong_to() -> None:
    company = planted(themes=10, members=40, noise=60, spread=0.7)
    before = np.arange(len(company.truth)) < 400
    found = discover(company.vectors[before], [company.quotes[row] for row in np.flatnonzero(before)])
    theme, _fit, why = join(company.vectors[~before], found.centres, found.floor)
    truth = company.truth[~before]
    planted_of = {label: company.truth[before][found.theme == label][0] for label in range(len(found.centres))}
    joined = [(planted_of[label], real) for label, real in zip(theme, truth, strict=True) if label >= 0]
    assert len(joined) > 0.8 * (truth >= 0).sum()
    assert all(label == real for label, real in joined)
    assert all((label >= 0) == (reason == "") for label, reason in zip(theme, why, strict=True))


def test_without_themes_nothing_joins() -> None:
    theme, fit, why = join(np.eye(3, dtype=np.float32), np.empty((0, 3), np.float32), np.empty(0, np.float32))
    assert (theme == -1).all()
    assert (fit == 0).all()
    assert all(why)


def test_nearest_is_exact_and_leaves_the_row_itself_out() -> None:
    vectors = planted(themes=5, members=300, noise=0).vectors
    index, cosine = nearest(vectors, 4)
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -np.inf)
    np.testing.assert_allclose(cosine, -np.sort(-similar, axis=1)[:, :4], rtol=1e-5)
    assert (index != np.arange(len(vectors))[:, None]).all()
