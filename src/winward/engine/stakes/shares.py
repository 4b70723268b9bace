"""A share of deals with an interval that few deals don't fool."""

from math import sqrt

# The 95th percentile of the normal distribution, for 90% intervals.
Z90 = 1.645


def share_with_interval(count: int, of: int) -> tuple[float, float, float]:
    """count / of, with its 90% interval, all from 0 to 1. of: at least 1.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    share = count / of
    middle = (share + Z90**2 / (2 * of)) / (1 + Z90**2 / of)
    half = Z90 / (1 + Z90**2 / of) * sqrt(share * (1 - share) / of + Z90**2 / (4 * of**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)
