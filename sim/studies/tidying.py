"""Reading a store back: one tidy frame, and arrays with named dimensions."""

from typing import TYPE_CHECKING, Any

from sim.measures.money import USUAL, priced
from sim.studies.files import StudyError

if TYPE_CHECKING:
    import pandas as pd

    from sim.studies.plan import Plan


def tidy(rows: "pd.DataFrame", design: "pd.DataFrame", plan: "Plan") -> "pd.DataFrame":
    """Rows of runs with the points that they belong to, sorted by point, replicate, group and window."""
    import pandas as pd

    points = design.drop(columns="words").rename(columns={"key": "point_key"})
    rows = rows.drop(columns="key")
    for name, order in (("group", plan.groups), ("window", plan.windows)):
        rows[name] = pd.Categorical(rows[name], list(order))
    found = points.merge(rows, on="point_key").drop(columns="point_key")
    found = found.sort_values(["point", "replicate", "group", "window"], ignore_index=True, kind="stable")
    return at_prices(found.astype({"group": "str", "window": "str"}), plan)


def at_prices(found: "pd.DataFrame", plan: "Plan") -> "pd.DataFrame":
    """Money at the prices of each point: they are put to amounts here, so that points that differ in nothing else share
    their runs.
    """
    import pandas as pd

    prices = plan.prices()
    if all(one == USUAL for one in prices):
        return found
    parts = [priced(found[found["point"] == point], prices[point]) for point in sorted(set(found["point"]))]
    return pd.concat(parts) if parts else found


def ends(ended: "pd.DataFrame", design: "pd.DataFrame") -> "pd.DataFrame":
    """Rows of how runs ended with the points that they belong to, sorted by point and replicate."""
    points = design.drop(columns="words").rename(columns={"key": "point_key"})
    if ended.empty:
        return points.drop(columns="point_key").iloc[:0]
    found = points.merge(ended.drop(columns="key"), on="point_key").drop(columns="point_key")
    return found.sort_values(["point", "replicate"], ignore_index=True, kind="stable")


def xarray(table: "pd.DataFrame", measures: list[str] | None = None, group: str = "everyone") -> Any:
    """Measures as an `xarray.Dataset` over point, replicate and window.

    Parameters
    ----------
    table : as `Store.table` gives it
    measures : which; by default all
    group : whose
    """
    try:
        import xarray as xr
    except ImportError:
        raise StudyError("xarray is not installed: pip install xarray. Store.table() gives a pandas frame.") from None
    from sim.measures.measure import MEASURES

    part = table[table["group"] == group]
    windows = list(dict.fromkeys(part["window"]))
    names = [name for name in measures or MEASURES if name in part]
    found = xr.Dataset.from_dataframe(part.set_index(["point", "replicate", "window"])[names])
    varied = list(table.columns[1 : list(table.columns).index("replicate")])
    levels = part.drop_duplicates("point").set_index("point")[varied]
    return found.sel(window=windows).assign_coords({name: ("point", levels[name].to_numpy()) for name in varied})
