"""Companies whose win rates against rivals, and whose themes against whom, are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from winward.engine.stakes.matchups import Counts

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def met(rivals: int, spread: float, rng: np.random.Generator) -> tuple[Floats, Counts, Counts]:
    """True rates around a mean of 25 to 65%, `spread` their standard deviation; won of 2 to 200 closed deals each."""
    mean = rng.uniform(0.25, 0.65)
    size = mean * (1 - mean) / spread**2 - 1
    truth = rng.beta(mean * size, (1 - mean) * size, rivals)
    closed = np.exp(rng.uniform(np.log(2), np.log(200), rivals)).round().astype(np.int64)
    return truth, rng.binomial(closed, truth), closed


@dataclass(frozen=True, slots=True)
class Talk:
    """recorded: (deals,). against: (deals, rivals). said: (deals, themes). planted: (rivals, themes), what a rival
    adds to a theme's log-odds. base: (deals, themes), the log-odds of each theme without any rival."""

    recorded: Floats
    against: Flags
    said: Flags
    planted: Floats
    base: Floats

    def truth(self, rival: int, parts: Counts) -> Floats:
        """(themes,): by how much the rival raises each theme's chance, in the mean that the contrast estimates."""
        group, added = self.against[:, rival], self.planted[rival]
        others = self.base + np.delete(self.against, rival, 1) @ np.delete(self.planted, rival, 0)
        return np.asarray(_weights(group, parts) @ (expit(others + added) - expit(others)))


def talk(deals: int, themes: int, rivals: int, effect: float, pull: float, rng: np.random.Generator) -> Talk:
    """Recording raises every theme's log-odds by .8 a standard deviation, and each rival's by `pull`; a tenth of the
    pairs of a rival and a theme have `effect`."""
    recorded = rng.normal(size=deals)
    against = rng.random((deals, rivals)) < expit(logit(0.25) + pull * recorded)[:, None]
    base = logit(rng.uniform(0.05, 0.4, themes)) + 0.8 * recorded[:, None]
    planted = np.where(rng.random((rivals, themes)) < 0.1, effect, 0.0)
    said = rng.random((deals, themes)) < expit(base + against @ planted)
    return Talk(recorded, against, said, planted, base)


def _weights(group: Flags, parts: Counts) -> Floats:
    """(deals,): of each deal in the difference."""
    weight = np.zeros(len(group))
    for part in np.unique(parts):
        inside, outside = (group & (parts == part)).sum(), (~group & (parts == part)).sum()
        weight[parts == part] = inside * outside / (inside + outside) / (parts == part).sum()
    return weight / max(weight.sum(), 1e-300)
