"""What was observed, as a 90% range: how often something comes in a year, and what such a thing amounts to.

Sources: Brown, Cai and DasGupta (2003), Jeffreys' interval of a Poisson rate; Olsson (2005), the mean of a lognormal.
"""

import numpy as np
from scipy.special import gammaincinv, stdtrit

from winward.engine.value.ranges import Floats

ENDS = np.array([0.05, 0.95])
# From fewer the spread can't be told at all.
FEWEST = 2


def rate(count: int, years: float) -> tuple[float, float]:
    """How often a year something comes that came `count` times in `years`."""
    low, high = (gammaincinv(count + 0.5, ENDS) / years).tolist()
    return low, high


def mean(amounts: Floats) -> tuple[float, float]:
    """The mean of what these amounts, (n,) and above 0, are drawn from. Raises ValueError for fewer than two."""
    if len(amounts) < FEWEST:
        raise ValueError("an average needs two amounts at least")
    logs, number = np.log(amounts), len(amounts)
    variance = float(logs.var(ddof=1))
    centre = float(logs.mean()) + variance / 2
    half = float(stdtrit(number - 1, 0.95)) * (variance / number + variance**2 / (2 * (number - 1))) ** 0.5
    return float(np.exp(centre - half)), float(np.exp(centre + half))
