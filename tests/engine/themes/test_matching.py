"""The matcher on planted meaning: each pair by itself, and what it is taught."""

import numpy as np
import pytest

from winward.engine.themes.matching import FEATURES, Matcher, prepared, scores, stem
from winward.text_models.train_matcher import Pairs, fit

SIZE, TEXTS, STATEMENTS = 24, 240, 12


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def planted() -> tuple[np.ndarray, np.ndarray, Pairs]:
    """Statements lie where a fixed turn of the space takes the texts that make their point: no cosine sees that."""
    chance = np.random.default_rng(3)
    turn = np.linalg.qr(chance.normal(size=(SIZE, SIZE)))[0]
    points = unit(chance.normal(size=(STATEMENTS, SIZE)))
    of = chance.integers(STATEMENTS, size=TEXTS)
    texts = unit(points[of] @ turn + chance.normal(scale=0.15, size=(TEXTS, SIZE)))
    text, statement = np.divmod(np.arange(TEXTS * STATEMENTS), STATEMENTS)
    pairs = Pairs(text, statement, (of[text] == statement).astype(np.int64))
    return np.hstack([texts, texts]), np.hstack([points, points]), pairs


@pytest.fixture(scope="module")
def taught() -> tuple[Matcher, np.ndarray, np.ndarray, Pairs]:
    texts, statements, pairs = planted()
    sides = [prepared(["plain words"] * len(rows), rows) for rows in (texts, statements)]
    seen = Pairs(*(column[pairs.text < TEXTS // 2] for column in pairs))
    return fit(sides[0], sides[1], seen), texts, statements, pairs


def test_it_learns_a_relation_that_no_cosine_sees(taught: tuple[Matcher, np.ndarray, np.ndarray, Pairs]) -> None:
    matcher, texts, statements, pairs = taught
    truth = pairs.truth.reshape(TEXTS, STATEMENTS)[TEXTS // 2 :].argmax(axis=1)
    unseen = prepared(["plain words"] * (TEXTS // 2), texts[TEXTS // 2 :])
    found = scores(matcher, unseen, prepared(["plain words"] * STATEMENTS, statements)).argmax(axis=1)
    by_cosine = (texts[TEXTS // 2 :] @ statements.T).argmax(axis=1)
    assert (found == truth).mean() > 0.9
    assert (by_cosine == truth).mean() < 0.4


def test_scores_are_chances_and_of_each_pair_by_itself(taught: tuple[Matcher, np.ndarray, np.ndarray, Pairs]) -> None:
    matcher, texts, statements, _ = taught
    words = [f"export number {at}" for at in range(TEXTS)]
    everything = scores(matcher, prepared(words, texts), prepared(["no export"] * STATEMENTS, statements))
    alone = scores(matcher, prepared(words[7:8], texts[7:8]), prepared(["no export"], statements[2:3]))
    assert everything.shape == (TEXTS, STATEMENTS)
    assert 0 <= everything.min() <= everything.max() <= 1
    assert alone[0, 0] == pytest.approx(everything[7, 2], abs=1e-5)


def test_the_same_pairs_teach_the_same() -> None:
    texts, statements, pairs = planted()
    sides = [prepared(["plain words"] * len(rows), rows) for rows in (texts, statements)]
    first, second = fit(sides[0], sides[1], pairs), fit(sides[0], sides[1], pairs)
    assert (first.left == second.left).all()
    assert first.bias == second.bias


def test_words_held_and_a_negation_are_seen() -> None:
    same = np.ones((1, 4), np.float32) / np.sqrt(2)
    nothing = np.zeros((2, 2, 1), np.float32)
    plain = np.zeros(len(FEATURES), np.float32)
    plain[FEATURES.index("words held")], plain[FEATURES.index("negation")] = 1, -1
    matcher = Matcher(np.zeros((2, 2), np.float32), nothing, nothing, plain, 0.0)
    statement = prepared(["Exporting works offline"], same)
    held, other, negated = (
        scores(matcher, prepared([text], same), statement)[0, 0]
        for text in ("the exports work when we are offline", "the price is high", "the exports don't work offline")
    )
    assert held > other
    assert held > negated


@pytest.mark.parametrize(
    "words", [("export", "exports", "exporting"), ("sync", "syncs", "syncing"), ("price", "prices")]
)
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_no_texts_give_no_scores() -> None:
    empty = prepared([], np.zeros((0, 4), np.float32))
    nothing = np.zeros((2, 2, 1), np.float32)
    matcher = Matcher(np.zeros((2, 2), np.float32), nothing, nothing, np.zeros(len(FEATURES), np.float32), 0.0)
    assert scores(matcher, empty, prepared(["a"], np.ones((1, 4), np.float32))).shape == (0, 1)
