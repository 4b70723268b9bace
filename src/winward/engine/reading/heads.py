"""The eleven kinds: calibrated linear heads over sentence vectors and hashed features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.reading.kinds import KINDS
from winward.engine.reading.yes_or_no import Columns, columns_of

# A sentence that more likely than not says something is worth hearing, though no kind is sure enough to name it by.
WORTH_HEARING = 0.5
# Then it is mostly one of these: the other kinds have plainer words, or carry money.
_PLAIN = np.array([KINDS.index(kind) for kind in ("need", "pain", "request")])


@dataclass(frozen=True, slots=True)
class Heads:
    """One calibrated yes-or-no head a kind.

    weights: (kinds, columns) over the vectors' columns and then the features. bias, slopes, offsets, thresholds:
    (kinds,). The probability of a kind is expit(slope · score + offset); a sentence has the kind where that reaches
    the threshold (but see `called`).
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(texts, kinds), calibrated, each kind by itself: a row need not sum to one."""
        return np.asarray(expit(self.log_odds(texts, vectors)), np.float32)

    def log_odds(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(texts, kinds), calibrated. vectors: (texts, size), as the texts are embedded."""
        return self.log_odds_of(columns_of(texts, vectors))

    def log_odds_of(self, columns: Columns) -> NDArray[np.float32]:
        """(texts, kinds), calibrated."""
        scores = columns.scores(self.weights.T) + self.bias
        return np.asarray(scores * self.slopes + self.offsets, np.float32)

    def called(self, chances: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which kinds each text has: (texts, kinds). chances: of the same shape.

        A text that reaches no threshold, but likely says something, has the likeliest of need, pain and request: what
        may be an objection is not called one before it is sure, and is not lost either.
        """
        has = chances >= self.thresholds
        silent = (1 - chances).prod(axis=1) > 1 - WORTH_HEARING
        unnamed = np.flatnonzero(~has.any(axis=1) & ~silent)
        has[unnamed, _PLAIN[chances[unnamed][:, _PLAIN].argmax(axis=1)]] = True
        return np.asarray(has, np.bool_)
