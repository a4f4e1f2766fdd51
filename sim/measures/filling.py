"""How long vacancies stay open: Kaplan and Meier's estimate (1958), from tallies of one or more runs.

Vacancies that are abolished, and those still open at the end, count as long as somebody is looked for. An average over
filled vacancies alone would leave out those that wait longest.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.measures.intervals import Z
from sim.tallies import OPEN

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run

HORIZON = OPEN - 1  # months up to which vacancies are told apart


class TimeToFill(NamedTuple):
    """Months from the opening of a seat to somebody in it, up to two years, with a 95 % interval.

    Attributes
    ----------
    mean, low, high : restricted mean: of the time to fill or two years, whichever is shorter.
    median : first month by the end of which half of all are filled; missing if they never are.
    n : vacancies that fell open.
    """

    mean: float
    low: float
    high: float
    median: float
    n: int


def counts(*runs: "Run") -> tuple[Any, Any]:
    """(months open,) vacancies filled, and vacancies for which somebody was looked for."""
    filled = sum(run.flow["filled_after"].sum(axis=0) for run in runs)
    rest = sum((run.flow["abolished_after"] + run.flow["open_after"]).sum(axis=0) for run in runs)
    return filled, filled + rest


def kaplan_meier(filled: Any, at_risk: Any) -> tuple[Any, Any]:
    """(months open,) share still open after each, and the sum in Greenwood's variance of its logarithm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        open_ = np.cumprod(np.where(at_risk > 0, 1 - filled / at_risk, 1.0))
        steps = np.where(at_risk > filled, filled / (at_risk * (at_risk - filled)), 0.0)
    return open_, np.cumsum(steps)


def filling(*runs: "Run") -> "pd.DataFrame":
    """Share of vacancies filled, by months open.

    Parameters
    ----------
    runs : one or more, whose vacancies are taken together

    Returns
    -------
    DataFrame with columns months (open, at most), filled (share), its 95 % interval (low, high; Greenwood's variance on
    the scale of log(−log)), n (vacancies that fell open) and at_risk (those for which somebody was looked for in that
    month). Intervals take vacancies as independent of one another.
    """
    import pandas as pd

    filled, at_risk = (column[:HORIZON] for column in counts(*runs))
    open_, greenwood = kaplan_meier(filled, at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.exp(Z * np.sqrt(greenwood) / np.abs(np.log(open_)))
        low, high = 1 - open_ ** (1 / spread), 1 - open_**spread
    known = (open_ > 0) & (open_ < 1)
    return pd.DataFrame({
        "months": np.arange(HORIZON), "filled": 1 - open_, "low": np.where(known, low, 1 - open_),
        "high": np.where(known, high, 1 - open_), "n": int(at_risk[0]), "at_risk": at_risk.astype(int),
    })  # fmt: skip


def time_to_fill(*runs: "Run") -> TimeToFill:
    """How long it takes to fill a vacancy: see `TimeToFill`. The vacancies of several runs are taken together."""
    filled, at_risk = (column[:HORIZON] for column in counts(*runs))
    open_, greenwood = kaplan_meier(filled, at_risk)
    mean = float(open_.sum())
    ahead = np.cumsum(open_[::-1])[::-1]  # area from each month on
    half = Z * float(np.sqrt((ahead**2 * np.diff(greenwood, prepend=0.0)).sum()))
    reached = np.flatnonzero(open_ <= 0.5)
    median = float(reached[0]) if len(reached) else np.nan
    if not at_risk[0]:
        return TimeToFill(np.nan, np.nan, np.nan, np.nan, 0)
    return TimeToFill(mean, mean - half, mean + half, median, int(at_risk[0]))
