"""Figures: when people's lives part under two policies, and which decisions of a small world have the same luck."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.reporting.style import INK, SOFT, series, style
from sim.studies.estimates import estimate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 9.0, 3.8, 110  # inches, dots an inch
SAME, LUCK, DECISION = 0, 1, 2  # what there may be in a cell
CELLS = {
    SAME: ("same luck, same decision", "#e4e4e4"),
    LUCK: ("other luck, same decision", "#56B4E9"),
    DECISION: ("another decision", "#D55E00"),
}


def share_apart(apart: "pd.Series", months: int) -> Any:
    """(months + 1,) share of people whose lives have parted before each month, as `months_apart` finds them."""
    at = apart.dropna().to_numpy(int)
    return np.array([(at < month).sum() / len(apart) for month in range(months + 1)])


def apart(organizations: Mapping[str, Sequence[Any]], title: str, mine: float | None = None) -> "Figure":
    """Share of people whose lives have parted, month by month: a thin line for each organization, the mean with its
    95 % interval.

    Parameters
    ----------
    organizations : label to `share_apart` of each organization
    mine : somebody's prediction of the share at the end, in percent
    """
    from matplotlib.figure import Figure

    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        panel = figure.add_subplot()
        for place, (label, lines) in enumerate(organizations.items()):
            found = [estimate(column) for column in 100 * np.array(lines).T]
            drawn, along = {**series(place), "marker": ""}, np.arange(len(found))
            panel.plot(along, 100 * np.array(lines).T, color=drawn["color"], linewidth=0.6, alpha=0.35)
            panel.fill_between(along, [one.low for one in found], [one.high for one in found], color=drawn["color"],
                               alpha=0.25, linewidth=0)
            panel.plot(along, [one.mean for one in found], label=label, **drawn)
        panel.set(xlim=(0, len(found) - 1), ylim=(-2, 102), xlabel="months after the policies part",
                  ylabel="% of people whose lives have parted")
        panel.set_xticks(range(0, len(found), 3))
        if mine is not None:
            panel.plot([len(found) - 1], [mine], "X", color=INK, markersize=11, clip_on=False, label="your prediction")
        panel.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=3)
        panel.set_title(title, loc="left", weight="bold", size=13)
    return figure


def mosaic(worlds: Mapping[str, Any], people: str = "person", title: str = "") -> "Figure":
    """Two runs of a small world beside each other, person by person and month by month.

    Parameters
    ----------
    worlds : title of a panel to its (people, months) cells: SAME, LUCK or DECISION
    people : what rows are
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT + 0.4), dpi=DPI, layout="constrained")
        panels = figure.subplots(1, len(worlds), sharey=True, squeeze=False)[0]
        for panel, (name, cells) in zip(panels, worlds.items(), strict=True):
            down, across = np.shape(cells)
            panel.pcolormesh(np.arange(across + 1) + 0.5, np.arange(down + 1) + 0.5, cells, vmin=0, vmax=2,
                             cmap=ListedColormap([colour for _, colour in CELLS.values()]), edgecolors="white",
                             linewidth=0.7)
            panel.set_title(name, loc="left", size=12)
            panel.set(xlabel="month", ylim=(down + 0.5, 0.5))
            panel.grid(visible=False)
        panels[0].set_ylabel(people)
        handles = [Patch(facecolor=colour, edgecolor=SOFT, label=label) for label, colour in CELLS.values()]
        figure.legend(handles=handles, loc="outside lower center", ncols=3)
        figure.suptitle(title, x=0.01, ha="left", weight="bold", size=13, color=INK)
    return figure
