"""Means and paired effects with their intervals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over replicates with its interval (Student's t) and n."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.n > 1 and (self.low > 0 or self.high < 0)


def estimate(values: Any, confidence: float = CONFIDENCE) -> Estimate:
    """Mean of independent values with a two-sided t interval; missing values are left out of n.

    One value has no interval: its limits are missing. Equal values have an interval of width 0.
    """
    from scipy.special import stdtrit

    present = np.asarray(values, float)
    present = present[~np.isnan(present)]
    n = len(present)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(present.mean())
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    half = float(stdtrit(n - 1, (1 + confidence) / 2)) * float(present.std(ddof=1)) / math.sqrt(n)
    return Estimate(mean, mean - half, mean + half, n)


def share_of(count: int, n: int, confidence: float = CONFIDENCE) -> Estimate:
    """A share of n independent cases, with Wilson's interval, which stays in 0 to 1 and is good for small n."""
    from scipy.special import ndtri

    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    z, share = float(ndtri((1 + confidence) / 2)), count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), n)


def chosen(frame: "pd.DataFrame", labels: Mapping[str, Any]) -> "pd.DataFrame":
    """The rows with these labels."""
    for name, value in labels.items():
        frame = frame[frame[name] == value]
    return frame


def effect(frame: "pd.DataFrame", measure: str, arm: Mapping[str, Any], baseline: Mapping[str, Any]) -> Estimate:
    """Effect of one arm against another on a measure: the mean of the differences inside each replicate.

    `frame` is as `replicates` returns it, cut to one setup, group and window.
    """
    one = chosen(frame, arm).set_index("replicate")[measure]
    other = chosen(frame, baseline).set_index("replicate")[measure]
    if not one.index.is_unique or not other.index.is_unique:
        raise ValueError("the labels do not single out one run in each replicate")
    return estimate((one - other).to_numpy())


def smallest_detectable(found: Estimate) -> float:
    """The effect that this many replicates would find four times in five (Cohen 1988), from the interval's width."""
    from scipy.special import stdtrit

    if found.n < 2:
        return math.nan
    t = float(stdtrit(found.n - 1, (1 + CONFIDENCE) / 2))
    error = (found.high - found.low) / (2 * t)
    return error * (t + float(stdtrit(found.n - 1, 0.8)))
