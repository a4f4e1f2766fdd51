"""Figure: measures at the points of a design that is no grid, against one lever."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.reporting.months import MOST, below, name, panels
from sim.reporting.style import SOFT, blank, series, style
from sim.reporting.summaries import beside, counted, cut, is_number, points_of, reference, told, unit_of, values_of
from sim.reporting.summaries import values_in_order as in_order
from sim.reporting.summaries import when as when_

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def scatter(
    frame: "pd.DataFrame", lever: str, measures: Sequence[str], against: Mapping[str, Any] | None = None,
    window: str = "all", group: str = "everyone", title: str = "", **where: Any,
) -> "Figure":
    """Measures against one lever, a dot with its interval for each point; what else the points differ in is not drawn.

    Parameters
    ----------
    frame, lever, measures, against, window, group, where : as for `response`
    """
    rows = cut(frame, window, group, **where)
    rows, base = rows[rows[lever].notna()], reference(rows, against)
    order = in_order(rows[lever])
    compared = f"\nAgainst {told(against)}." if against else ""
    note = f"{when_(window, group).capitalize()}; {counted(rows, against is not None)} (bars); a dot for each point."
    with style():
        figure = blank(title or f"Response to {lever}", note + compared)
        for panel, measure in zip(panels(figure, len(measures[:MOST])), measures[:MOST], strict=True):
            _dots(panel, rows, lever, measure, (base, against), order)
            name(panel, measure, unit_of(measure, against is not None))
            if against is not None:
                panel.axhline(0, color=SOFT, linewidth=0.8)
        below(figure, lever)
    return figure


def _dots(panel: "Axes", rows: "pd.DataFrame", lever: str, measure: str, base: Any, order: list[Any]) -> None:
    drawn = series(0)
    for some in points_of(rows):
        found, value = values_of(some, measure, beside(base[0], some, base[1])), some[lever].iloc[0]
        x = value if is_number(rows[lever]) else order.index(value)
        bar = (found.high - found.low) / 2 if found.n > 1 else None
        panel.errorbar(x, found.mean, yerr=bar, color=drawn["color"], marker=drawn["marker"], markersize=4,
                       elinewidth=0.8, linestyle="none")
    if not is_number(rows[lever]):
        panel.set_xticks(range(len(order)), [textwrap.shorten(str(value), 12, placeholder="…") for value in order])
