"""What common random numbers save: variance against independent seeds, identical pairs, and when pairs part."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.studies.effects import labels_of, pairs
from sim.studies.estimates import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd


class Reduction(NamedTuple):
    """How many times smaller the variance of a difference is than with independent seeds, with its interval."""

    times: float
    low: float
    high: float


def reduction(one: Any, other: Any) -> Reduction:
    """Variance of a difference of independent runs over that of paired ones, from the pairs alone.

    Parameters
    ----------
    one, other : values of one measure under two policies, pair by pair

    Notes
    -----
    Independent runs would differ by var(one) + var(other), pairs do by var(one − other). The interval of the logarithm
    of their ratio is that of Student's t over the jackknife's pseudo-values, so that no distribution is assumed.
    Infinite where all pairs differ by the same.
    """
    from scipy.special import stdtrit

    n = len(one)
    if n < 3:
        return Reduction(math.nan, math.nan, math.nan)
    apart, paired = _without(one) + _without(other), _without(one - other)
    whole = np.array([np.var(one, ddof=1) + np.var(other, ddof=1), np.var(one - other, ddof=1)])
    if whole[1] <= 1e-24 * whole[0] or whole[1] == 0 or not paired.all():
        return Reduction(math.inf, math.inf, math.inf)
    log = math.log(whole[0] / whole[1])
    pseudo = n * log - (n - 1) * np.log(apart / paired)
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * float(pseudo.std(ddof=1)) / math.sqrt(n)
    middle = float(pseudo.mean())
    return Reduction(math.exp(log), math.exp(middle - half), math.exp(middle + half))


def _without(values: Any) -> Any:
    """Variance of all but each value in turn."""
    n, off = len(values), values - values.mean()
    squares = (off * off).sum() - off * off * n / (n - 1)
    return np.maximum(squares, 0.0) / (n - 2)


def certificate(
    frame: "pd.DataFrame", baseline: Mapping[str, Any], measures: Sequence[str] | None = None
) -> "pd.DataFrame":
    """Variance reduction of every effect.

    Returns
    -------
    DataFrame with columns setup, group, window, labels of the policy, measure, n; times (how many times smaller the
    variance of the difference is than with independent seeds), low and high (95 %); same (pairs whose two runs agree
    in this measure exactly).
    """
    import pandas as pd

    rows = []
    for found in pairs(frame, baseline, measures):
        here = ~np.isnan(found.differences)
        one, other = found.arm[here], found.baseline[here]
        same = int((one == other).sum())
        rows.append({**found.labels, "n": len(one), **reduction(one, other)._asdict(), "same": same})
    return pd.DataFrame(rows)


def partings(monthly: "pd.DataFrame", baseline: Mapping[str, Any]) -> "pd.DataFrame":
    """When the two runs of each pair part: the first month in which anything that is counted differs.

    Parameters
    ----------
    monthly : rows of single months, with columns month and fingerprint (see `reading`)

    Returns
    -------
    DataFrame with columns setup, labels of the policy, replicate, month (missing if they never part).
    """
    import pandas as pd

    labels = labels_of(monthly)
    once = monthly[monthly.group == monthly.group.iloc[0]]
    wide = once.pivot(index=["setup", "replicate", "month"], columns=labels, values="fingerprint")
    key: Any = tuple(baseline[name] for name in labels)
    base = wide[key if len(labels) > 1 else key[0]]
    rows = []
    for arm in wide.columns:
        named = dict(zip(labels, arm if isinstance(arm, tuple) else (arm,), strict=True))
        if named != dict(baseline):
            for (setup, replicate), apart in (wide[arm] != base).groupby(level=["setup", "replicate"], sort=False):
                months = apart.index.get_level_values("month")[apart.to_numpy()]
                rows.append({"setup": setup, **named, "replicate": replicate, "month": min(months, default=math.nan)})
    return pd.DataFrame(rows)


