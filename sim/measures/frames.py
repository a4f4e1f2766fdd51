"""Measures as pandas frames: month by month, and over windows."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.measures import market, people  # noqa: F401  (they declare the measures)
from sim.measures.measure import MEASURES, Measure
from sim.tallies import Group

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run


def of_group(group: str) -> list[Measure]:
    """The measures that can be read for a group of people."""
    return [m for m in MEASURES.values() if m.by_group or group == Group.everyone.name]


def _pairs(run: "Run", group: str) -> dict[str, tuple[Any, Any]]:
    census = run.census[:, Group[group]].view(np.recarray)
    return {m.name: m.counted(census, run.flow) for m in of_group(group)}


def monthly(run: "Run", group: str = "everyone") -> "pd.DataFrame":
    """Every measure in every month.

    Parameters
    ----------
    run : Run
    group : everyone, participants, lending_teams or cohort

    Returns
    -------
    DataFrame (months × measures); missing where nobody was there to be counted.
    """
    import pandas as pd

    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {name: np.where(bottom > 0, top / bottom, np.nan) for name, (top, bottom) in _pairs(run, group).items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(run.first, run.first + len(run.flow), name="month"))


def over(run: "Run", first: int, last: int, group: str = "everyone") -> dict[str, float]:
    """Every measure over the months from `first` up to `last`: sum of numerators over sum of denominators."""
    window = slice(first - run.first, last - run.first)
    sums = {name: (top[window].sum(), bottom[window].sum()) for name, (top, bottom) in _pairs(run, group).items()}
    return {name: float(top / bottom) if bottom > 0 else float("nan") for name, (top, bottom) in sums.items()}


def summary(run: "Run", windows: dict[str, tuple[int, int]] | None = None) -> "pd.DataFrame":
    """Every measure over each window and group.

    Parameters
    ----------
    run : Run
    windows : name to (first month, month after the last); by default each year, and all years together

    Returns
    -------
    DataFrame with columns group, window, and one for each measure (missing where a measure is not kept by group).
    """
    import pandas as pd

    rows = [
        {"group": group.name, "window": name, **over(run, *window, group.name)}
        for group in Group
        for name, window in (windows or years(run)).items()
    ]
    return pd.DataFrame(rows)


def years(run: "Run") -> dict[str, tuple[int, int]]:
    """Each full year of a run, and all of it."""
    last = run.first + len(run.flow)
    each = {f"year {i + 1}": (12 * i, 12 * i + 12) for i in range(last // 12)} if run.first == 0 else {}
    return {"all": (run.first, last), **each}
