"""Figure: effects month by month, a small panel for each measure."""

import textwrap
from typing import TYPE_CHECKING, Any

from sim.reporting.style import SOFT, blank, series, style
from sim.studies.wording import wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 4
MOST = 12  # panels that can be read on a slide


def shape(number: int) -> tuple[int, int]:
    """Rows and columns for so many panels."""
    columns = min(COLUMNS, number) if number != 6 else 3
    return -(-number // columns), columns


def panels(figure: "Figure", number: int, bottom: float = 0.13) -> "list[Axes]":
    """So many panels on a slide, in rows; what is left of the last row stays empty."""
    down, across = shape(number)
    grid = {"left": 0.065, "right": 0.985, "top": 0.765, "bottom": bottom, "hspace": 0.75 if down > 2 else 0.5,
            "wspace": 0.42}
    axes = figure.subplots(down, across, squeeze=False, gridspec_kw=grid)
    for spare in axes.flat[number:]:
        spare.set_visible(False)
    return list(axes.flat[:number])


def by_month(effects: "pd.DataFrame", baseline: str, counted: str, title: str = "") -> "Figure":
    """Effects against a baseline in each month, with bands of 95 % for each month alone.

    Parameters
    ----------
    effects : as `Comparison.by_month` gives them; the first group and `MOST` measures are drawn
    baseline, counted, title : as for `forest`
    """
    group = effects.group.iloc[0]
    rows = effects[effects.group == group]
    policies, measures = list(dict.fromkeys(rows.policy)), list(dict.fromkeys(rows.measure))[:MOST]
    named = policies[0] if len(policies) == 1 else f"{len(policies)} policies"
    note = (f"Paired differences in each month, {group.replace('_', ' ')}; {counted}; bands: 95 % intervals of each "
            "month alone.\nA line at 0 is the baseline.")
    with style():
        figure = blank(title or textwrap.shorten(f"{named} against {baseline}, month by month", 70), note)
        for panel, measure in zip(panels(figure, len(measures)), measures, strict=True):
            for place, policy in enumerate(policies):
                _line(panel, rows[(rows.measure == measure) & (rows.policy == policy)], place, policy)
            name(panel, measure, wording(measure).change)
            panel.axhline(0, color=SOFT, linewidth=0.8)
        below(figure, "months after the fork")
    return figure


def _line(panel: "Axes", rows: "pd.DataFrame", place: int, policy: str) -> None:
    if rows.empty:
        return
    some, drawn = rows.sort_values("month"), {**series(place), "marker": ""}
    scale = wording(str(some.measure.iloc[0])).scale
    panel.plot(some.month, scale * some.effect, label=policy, **drawn)
    panel.fill_between(some.month, scale * some.low, scale * some.high, color=drawn["color"], alpha=0.2, linewidth=0)


def name(panel: "Axes", measure: str, unit: str) -> None:
    """What a panel shows, which way is good, and its unit."""
    words = wording(measure)
    sense = f"{unit}; {words.sense}" if words.sense else unit
    looks: Any = ((words.label, 23, {}), (sense, 8, {"size": 10, "color": SOFT}))
    for text, above, look in looks:
        panel.annotate(textwrap.shorten(text, 44, placeholder=" ..."), (0, 1), (-30, above), xycoords="axes fraction",
                       textcoords="offset points", annotation_clip=False, **look)


def below(figure: "Figure", along: str) -> None:
    """The name of the axis of all panels, and the key."""
    lines: dict[str, Any] = {}
    for panel in figure.axes:
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True):
            lines.setdefault(label, handle)
    figure.text(0.985, 0.02, along, ha="right", color=SOFT)
    if len(lines) > 1:
        place: Any = {"loc": "lower left", "bbox_to_anchor": (0.02, 0.0)}
        figure.legend(lines.values(), lines.keys(), ncols=4, handlelength=3, **place)
