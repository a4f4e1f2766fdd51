"""Figure: measures against one lever, with bands."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.reporting.months import MOST, below, name, panels
from sim.reporting.style import SOFT, blank, series, style
from sim.reporting.summaries import counted, cut, is_number, reference, told, unit_of, values_in_order, values_of, when

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def response(
    frame: "pd.DataFrame", lever: str, measures: Sequence[str], by: str = "", against: Mapping[str, Any] | None = None,
    window: str = "all", group: str = "everyone", title: str = "", **where: Any,
) -> "Figure":
    """Measures against one lever, a small panel for each measure, a line with a band for each value of `by`.

    Parameters
    ----------
    frame : summary of a study
    lever : the column along the axis
    measures : up to twelve
    by : a column with a line for each of its values
    against : labels of the runs that effects are read against, such as {"cap": 0.0}: then differences are drawn,
        paired by replicate and inside each value of `by` if it is not among these labels; else levels
    window, group, where : which rows, such as setup="default"
    """
    rows = cut(frame, window, group, **where)
    lines = list(dict.fromkeys(rows[by])) if by else [""]
    what = f"{when(window, group).capitalize()}; {counted(rows, against is not None)} (bands)."
    compared = f"\nAgainst {told(against)}." if against else ""
    with style():
        figure = blank(title or f"Response to {lever}", what + compared)
        for panel, measure in zip(panels(figure, len(measures[:MOST])), measures[:MOST], strict=True):
            for place, value in enumerate(lines):
                some = rows[rows[by] == value] if by else rows
                base = reference(rows if by and against and by in against else some, against)
                _curve(panel, some, lever, measure, base, place, f"{by}: {value}" if by else "")
            name(panel, measure, unit_of(measure, against is not None))
            if against is not None:
                panel.axhline(0, color=SOFT, linewidth=0.8)
            if all(np.isnan(np.asarray(line.get_ydata())).all() for line in panel.get_lines()[: len(lines)]):
                panel.text(0.5, 0.6, "missing in the runs\nto compare with", transform=panel.transAxes, ha="center",
                           color=SOFT)
        below(figure, lever)
    return figure


def _curve(
    panel: "Axes", rows: "pd.DataFrame", lever: str, measure: str, base: "pd.DataFrame | None", place: int, label: str
) -> None:
    at = values_in_order(rows[lever])
    found = [values_of(rows[rows[lever] == value], measure, base) for value in at]
    x = at if is_number(rows[lever]) else range(len(at))
    drawn = series(place)
    panel.plot(x, [one.mean for one in found], label=label or None, **drawn)
    panel.fill_between(x, [one.low for one in found], [one.high for one in found], color=drawn["color"], alpha=0.2,
                       linewidth=0)
    if not is_number(rows[lever]):
        panel.set_xticks(list(x), [textwrap.shorten(str(value), 12, placeholder="…") for value in at])
