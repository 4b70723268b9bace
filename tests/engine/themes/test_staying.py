"""A rebuild moves what people know only for a reason."""

import numpy as np
from tests.engine.themes.planted import adjusted_mutual_information, planted

from winward.engine.themes import Before, discover, keep_identity
from winward.engine.themes.graph import neighbour_graph
from winward.engine.themes.neighbours import nearest
from winward.engine.themes.resolution import best_cut, staying


def test_growing_by_a_tenth_moves_hardly_anything_of_fuzzy_themes() -> None:
    """So fuzzy that a fifth of them moves where nobody holds them."""
    company = planted(themes=25, members=40, noise=0, spread=2.0, dimensions=48)
    order = np.random.default_rng(1).permutation(len(company.truth))
    ids, resolution = np.empty(0, dtype=np.int64), 0.0
    kept = []
    for rows in (order[:800], order[:880], order[:960]):
        before = np.full(len(rows), -1, dtype=np.int64)
        before[: len(ids)] = ids
        quotes = [company.quotes[row] for row in rows]
        found = discover(company.vectors[rows], quotes, before=Before(before, resolution))
        known = keep_identity(before, found.theme)
        names = np.array([1_000 * len(rows) + at if of is None else of for at, of in enumerate(known)], dtype=np.int64)
        ids, resolution = np.where(found.theme >= 0, names[found.theme], -1), found.resolution
        kept.append((ids[before >= 0] == before[before >= 0]).mean() if len(before[before >= 0]) else 1.0)
    assert min(kept) >= 0.95


def test_what_is_wholly_new_becomes_a_theme_beside_what_stays() -> None:
    company = planted(themes=8, members=30, noise=0)
    old = company.truth < 6
    first = discover(company.vectors[old], [company.quotes[row] for row in np.flatnonzero(old)])
    before = np.full(len(old), -1, dtype=np.int64)
    before[old] = first.theme
    found = discover(company.vectors, company.quotes, before=Before(before, first.resolution))
    assert adjusted_mutual_information(company.truth, found.theme) > 0.95


def test_a_theme_that_was_two_by_all_evidence_comes_apart() -> None:
    company = planted(themes=6, members=40, noise=0, spread=0.6)
    lumped = company.truth // 2
    found = discover(company.vectors, company.quotes, before=Before(lumped, 0.0))
    assert adjusted_mutual_information(company.truth, found.theme) > 0.95


def test_the_resolution_of_before_is_kept_while_it_serves() -> None:
    company = planted(themes=6, members=40, noise=0, spread=0.6)
    graph = neighbour_graph(*nearest(company.vectors, 20))
    nowhere = np.full(len(company.truth), -1)
    alone = best_cut(graph, company.vectors, seed=0)
    other = next(at for at in (1.0, 2.0, 3.0) if at != alone.resolution)
    assert best_cut(graph, company.vectors, 0, Before(nowhere, other)).resolution == other
    assert best_cut(graph, company.vectors, 0, Before(nowhere, 0.0)).resolution == alone.resolution


def test_edges_that_were_in_no_theme_keep_their_weight() -> None:
    graph = neighbour_graph(*nearest(planted(themes=2, members=5, noise=0).vectors, 3))
    assert (staying(graph, np.full(10, -1)) != graph).nnz == 0
    assert np.allclose(staying(graph, np.zeros(10, dtype=np.int64)).data, 8.0 * graph.data)
