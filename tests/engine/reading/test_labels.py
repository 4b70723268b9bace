"""Learning labels on planted truth: vectors that say nothing or all, words that decide, labels that are rare."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from winward.engine.reading import label, learn
from winward.engine.reading.yes_or_no import MOST_SPANNED, Columns, columns_of, fit_yes_or_no

WORDS = ["the", "report", "opens", "slowly", "and", "our", "people", "wait", "for", "it", "every", "single", "day"]


def silent(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.ones((len(texts), 4), np.float32) / 2


def planted(count: int, rare: float, seed: int = 1) -> tuple[list[str], list[str]]:
    """Texts whose label hangs on one word among chance ones."""
    random = np.random.default_rng(seed)
    labels = np.where(random.random(count) < rare, "refund", "login").tolist()
    telling = {"refund": "invoice", "login": "password"}
    return [" ".join([*random.permutation(WORDS)[:8], telling[name]]) for name in labels], labels


def test_a_word_that_decides_is_found_also_where_its_label_is_rare() -> None:
    head, quality = learn(*planted(300, rare=0.1), silent)
    texts, truth = planted(200, rare=0.1, seed=2)
    names, confidence = label(head, texts, silent)
    assert names == truth
    assert quality.macro_f1 > 0.95
    assert confidence.mean() > 0.9


def test_where_nothing_can_be_learnt_quality_and_confidence_say_so() -> None:
    texts, labels = planted(300, rare=0.5)
    head, quality = learn(texts, np.random.default_rng(0).permutation(labels).tolist(), silent)
    assert quality.macro_f1 < 0.6
    assert label(head, texts, silent)[1].mean() < 0.65


def test_equal_texts_do_not_flatter() -> None:
    """Each text stands there ten times with a label of its own chance: seen in another fold, it would be known."""
    random = np.random.default_rng(3)
    texts = [" ".join(random.permutation(WORDS)) for _ in range(60)] * 10
    labels = random.choice(["a", "b"], 60).tolist() * 10
    assert learn(texts, labels, silent)[1].macro_f1 < 0.75


def test_labels_with_few_texts_are_named() -> None:
    texts, labels = planted(60, rare=0.5)
    _, quality = learn([*texts, "something else"], [*labels, "other"], silent)
    assert quality.too_few == ("other",)
    assert [one.label for one in quality.labels] == ["login", "other", "refund"]


def test_one_label_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="two different labels"):
        learn(["a", "b"], ["same", "same"], silent)


def test_the_same_texts_teach_the_same() -> None:
    first, second = (learn(*planted(80, rare=0.5), silent) for _ in range(2))
    assert np.array_equal(first[0].fitted.weights, second[0].fitted.weights)
    assert first[1] == second[1]


def test_working_in_the_span_finds_what_working_over_all_columns_does(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, labels = planted(120, rare=0.3)
    columns, truth = columns_of(texts, silent(texts)), np.array(labels)[:, None] == np.array(["login", "refund"])
    spanned = fit_yes_or_no(columns, truth, np.ones(truth.shape), 1.0)
    assert len(texts) <= MOST_SPANNED
    monkeypatch.setattr("winward.engine.reading.yes_or_no.MOST_SPANNED", 0)
    direct = fit_yes_or_no(columns, truth, np.ones(truth.shape), 1.0)
    assert np.allclose(spanned.scores(columns), direct.scores(columns), atol=0.02)


def test_the_coefficients_are_those_of_least_loss() -> None:
    texts, labels = planted(120, rare=0.3)
    columns, truth = columns_of(texts, silent(texts)), np.array(labels)[:, None] == np.array(["refund"])
    fitted = fit_yes_or_no(columns, truth, np.ones(truth.shape), 1.0)

    def loss(scale: float, columns: Columns = columns) -> float:
        scores = columns.scores(fitted.weights.T * np.float32(scale)) + fitted.bias
        away = np.logaddexp(0, np.where(truth, -1, 1) * scores).sum()
        return float(away + (scale * fitted.weights).ravel() @ (scale * fitted.weights).ravel() / 2)

    assert loss(1.0) < min(loss(0.97), loss(1.03))
