"""The second fit, on planted truth: what bears a kind out is found, and becomes part of plain linear heads."""

import numpy as np

from winward.engine.reading import KINDS
from winward.engine.reading.cues import CUE_NAMES, CUES
from winward.engine.reading.features import FEATURES
from winward.engine.reading.yes_or_no import Fitted, columns_of
from winward.text_models.train import Real, fitted_again

PRICE, PRAISE = KINDS.index("price"), KINDS.index("praise")
THINGS = ("seat", "export", "form", "report", "call", "plan", "team", "week")


def test_a_kind_is_believed_where_its_witness_stands() -> None:
    texts = [f"The {one} {verb} {other} {at}" for at in range(3) for one in THINGS for other in THINGS
             for verb in ("costs", "moves")]  # fmt: skip
    columns = columns_of(texts, np.zeros((len(texts), 2), np.float32))
    chance = np.random.default_rng(3)
    first = Fitted(chance.normal(size=(len(KINDS), 2 + FEATURES)).astype(np.float32), np.zeros(len(KINDS), np.float32))
    truth = chance.random((len(texts), len(KINDS))) < 0.2
    truth[:, PRICE] = ["costs" in text for text in texts]
    real = Real(
        first.scores(columns),
        truth,
        np.ones_like(truth),
        np.array([[bool(cue.search(text)) for cue in CUES] for text in texts]),
        np.array([text.split()[1] for text in texts]),
        np.ones(len(texts), bool),
    )
    heads = fitted_again(first, real)
    chances = heads.probabilities(texts, np.zeros((len(texts), 2), np.float32))
    assert (heads.called(chances)[:, PRICE] == truth[:, PRICE]).mean() > 0.95
    assert abs(chances[:, PRAISE].mean() - truth[:, PRAISE].mean()) < 0.02
    moved = np.flatnonzero(np.abs(heads.weights[PRICE, -len(CUES) :] - first.weights[PRICE, -len(CUES) :]) > 1)
    assert CUE_NAMES.index("money") in moved
