"""Intervals for shares, and for how unevenly something is spread."""

from statistics import NormalDist
from typing import Any

import numpy as np

Z = NormalDist().inv_cdf(0.975)  # of a 95 % interval


def wilson(share: Any, n: Any) -> tuple[Any, Any]:
    """Limits of the 95 % interval of a share (Wilson 1927): they stay within 0 to 1, also where nobody said yes.

    Both may be arrays; where nobody was asked, limits are missing.
    """
    n = np.asarray(n, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        square = Z * Z / n
        middle, half = share + square / 2, np.sqrt(square * (share * (1 - share) + square / 4))
        low, high = (middle - half) / (1 + square), (middle + half) / (1 + square)
        return np.where(n > 0, np.clip(low, 0, 1), np.nan), np.where(n > 0, np.clip(high, 0, 1), np.nan)


def gini(given: Any) -> tuple[float, float, float]:
    """Gini coefficient of amounts of which none is below 0, with its 95 % interval by the jackknife over people.

    0 where all have the same, (n − 1)/n where one of n has all; missing where nobody has anything.
    """
    x = np.sort(np.asarray(given, float))
    n, total = len(x), x.sum()
    if total <= 0:
        return np.nan, np.nan, np.nan
    rank = np.arange(1, n + 1)
    weighted = (rank * x).sum()
    found = (2 * weighted / total - n - 1) / n
    left, above = total - x, total - np.cumsum(x)  # without the person of this rank, those above move down by one
    if n < 3 or left.min() <= 0:
        return found, np.nan, np.nan
    each = (2 * (weighted - rank * x - above) / left - n) / (n - 1)
    half = Z * np.sqrt((n - 1) / n * ((each - each.mean()) ** 2).sum())
    return found, max(0.0, found - half), min(1.0, found + half)
