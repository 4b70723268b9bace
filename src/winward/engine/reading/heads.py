"""The eleven kinds: calibrated linear heads over sentence vectors and hashed features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.reading.yes_or_no import columns_of


@dataclass(frozen=True, slots=True)
class Heads:
    """One calibrated yes-or-no head a kind.

    weights: (kinds, columns) over the vectors' columns and then the features. bias, slopes, offsets, thresholds:
    (kinds,). The probability of a kind is expit(slope · score + offset); a sentence has the kind where that reaches
    the threshold.
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
        scores = columns_of(texts, vectors).scores(self.weights.T) + self.bias
        return np.asarray(scores * self.slopes + self.offsets, np.float32)
