"""Measures as pandas frames: month by month, and over windows."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import SettingsError
from sim.measures import (  # noqa: F401  (they declare the measures)
    agility,
    amounts,
    development,
    managers,
    market,
    money,
    moves,
    people,
    worth,
)
from sim.measures.measure import MEASURES, Measure
from sim.measures.money import at_prices
from sim.settings.prices import Prices
from sim.tallies import Census, Flow, Group

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run


def of_group(group: str) -> list[Measure]:
    """The measures that can be read for a group of people."""
    if group not in Group.__members__:
        groups = ", ".join(Group.__members__)
        raise SettingsError(f"There is no group {group!r}; there are {groups}. A measure is a column of the frame.")
    return [m for m in MEASURES.values() if m.by_group or group == Group.everyone.name]


def values(census: Any, flow: Any, group: str, prices: Prices | None = None) -> dict[str, Any]:
    """Every measure, row by row of the tallies; missing where nobody was there to be counted.

    Money stands at the usual prices unless others are given.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        pairs = {m.name: m.counted(census, flow) for m in of_group(group)}
        found = {name: np.where(below > 0, above / below, np.nan) for name, (above, below) in pairs.items()}
    return at_prices(found, prices) if prices and group == Group.everyone.name else found


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

    index = pd.RangeIndex(run.first, run.first + len(run.flow), name="month")
    of_group(group)
    return pd.DataFrame(values(run.census[:, Group[group]].view(np.recarray), run.flow, group), index=index)


def summed(tally: Any, windows: list[tuple[int, int]]) -> Any:
    """(windows,) the sums of a tally (months,) over each window of rows: all its columns are numbers."""
    table = np.ascontiguousarray(tally).view(np.float64).reshape(len(tally), -1)
    sums = np.array([table[first:last].sum(axis=0) for first, last in windows])
    return sums.view(tally.dtype).reshape(len(windows)).view(np.recarray)


def over(
    run: "Run", windows: dict[str, tuple[int, int]], group: str = "everyone", prices: Prices | None = None
) -> dict[str, Any]:
    """Every measure over each window of months: sum of numerators over sum of denominators.

    Numerators and denominators are sums of tallies, so that it is enough to sum those.
    """
    rows = [(first - run.first, last - run.first) for first, last in windows.values()]
    return values(summed(run.census[:, Group[group]], rows), summed(run.flow, rows), group, prices)


def columns(run: "Run", windows: dict[str, tuple[int, int]] | None = None) -> list[dict[str, Any]]:
    """As `summary`, as a dictionary of columns for each group."""
    spans = windows or years(run)
    return [{"group": g.name, "window": list(spans), **over(run, spans, g.name)} for g in Group]


def sums(run: "Run", windows: list[tuple[int, int]]) -> tuple[Any, Any]:
    """Tallies summed over windows, as plain numbers from which `read` gives all measures.

    Sums are cheap to make and to send; measures are best read for many runs at once.
    """
    rows = [(first - run.first, last - run.first) for first, last in windows]
    return _sums(run.census, rows), _sums(run.flow, rows)


def _sums(tally: Any, rows: list[tuple[int, int]]) -> Any:
    """(windows, columns of all groups): all columns of tallies are numbers."""
    table = np.ascontiguousarray(tally).view(np.ndarray).view(np.float64).reshape(len(tally), -1)
    return np.array([table[first:last].sum(axis=0) for first, last in rows])


def read(census: Any, flow: Any, groups: list[str]) -> dict[str, Any]:
    """Every measure of many runs.

    Parameters
    ----------
    census, flow : (runs, windows, columns) as `sums` gives them for each
    groups : those to be read

    Returns
    -------
    One column for each measure, with a row for each run, group and window, the last changing fastest; missing where
    nobody was there to be counted and where a measure is not kept by group.
    """
    sums_of = census.reshape(-1, len(Group), census.shape[2] // len(Group))
    events = np.ascontiguousarray(flow).view(Flow.dtype).ravel().view(np.recarray)
    shape = (len(flow), len(groups), flow.shape[1])
    found = {name: np.full(shape, np.nan) for name in MEASURES}
    for place, group in enumerate(groups):
        counted = np.ascontiguousarray(sums_of[:, Group[group]]).view(Census.dtype).ravel().view(np.recarray)
        for name, column in values(counted, events, group).items():
            found[name][:, place] = column.reshape(len(flow), -1)
    return {name: column.ravel() for name, column in found.items()}


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

    return pd.concat([pd.DataFrame(part) for part in columns(run, windows)], ignore_index=True)


def years(run: "Run") -> dict[str, tuple[int, int]]:
    """Each full year of a run, and all of it."""
    last = run.first + len(run.flow)
    each = {f"year {i + 1}": (12 * i, 12 * i + 12) for i in range(last // 12)} if run.first == 0 else {}
    return {"all": (run.first, last), **each}
