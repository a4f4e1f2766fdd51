"""Figure: effects of policies with their intervals, a row for each measure (a forest plot)."""

import math
import textwrap
from typing import TYPE_CHECKING, Any

from sim.reporting.style import GRID, SOFT, blank, series, style
from sim.studies.telling import estimate_of, is_told, sign_of
from sim.studies.wording import with_interval, wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPREAD = 0.7  # of a row's height, over which policies are spread
ROOM = 5.3 * 72  # points of height for all rows
UNCLEAR = "#8c8c8c"
MOST = 36  # lines that can be read


def forest(effects: "pd.DataFrame", baseline: str, counted: str, title: str = "") -> "Figure":
    """Effects against a baseline: a row for each measure, on a scale of its own around no effect.

    Parameters
    ----------
    effects : as `effects` or `Comparison.effects` gives them; the first window and group are drawn
    baseline : what it is called
    counted : how many there were, such as ``n = 16 organizations``
    title : by default the policies and the baseline

    Notes
    -----
    Filled where the effect stays told apart among all rows of `effects` (Holm, 5 %), hollow where not. Intervals are
    those of each effect alone. The first `MOST` effects are drawn.
    """
    first = effects.iloc[0]
    rows = effects[(effects.window == first.window) & (effects.group == first.group)]
    policies = list(dict.fromkeys(rows.policy))
    measures = list(dict.fromkeys(rows.measure))[: max(1, MOST // len(policies))]
    with style():
        figure = blank(title or _title(policies, baseline), _note(first, counted, len(effects)))
        panel = figure.add_axes((0.31, 0.1, 0.36, 0.72))
        _frame(panel, len(measures))
        size = min(12.0, 0.8 * ROOM / (len(measures) * len(policies)))
        for at, measure in enumerate(measures):
            _row(panel, rows[rows.measure == measure], policies, -at, size)
        if len(policies) > 1:
            figure.legend(handles=_key(policies), loc="lower center", ncols=min(4, len(policies)))
    return figure


def _title(policies: list[str], baseline: str) -> str:
    named = policies[0] if len(policies) == 1 else f"{len(policies)} policies"
    return textwrap.shorten(f"{named} against {baseline}", 70, placeholder=" ...")


def _note(first: Any, counted: str, number: int) -> str:
    when = "all months" if first.window == "all" else first.window
    return (
        f"Paired differences, {first.group.replace('_', ' ')}, {when}; {counted}; bars: 95 % intervals; each row has a "
        f"scale of its own.\nFilled: told apart among all {number} effects (Holm, 5 %); hollow: not told apart."
    )


def _frame(panel: "Axes", number: int) -> None:
    panel.set(xlim=(-1.05, 1.05), ylim=(0.6 - number, 0.6), xticks=[0], yticks=[])
    panel.set_xticklabels(["no effect"])
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)
    panel.tick_params(bottom=False)
    panel.grid(visible=False)
    panel.axvline(0, color=SOFT, linewidth=1)
    for at in range(number):
        panel.axhline(-at - 0.5, color=GRID, linewidth=0.6)


def _row(panel: "Axes", rows: "pd.DataFrame", policies: list[str], at: float, size: float) -> None:
    words = wording(str(rows.measure.iloc[0]))
    left = panel.transData.inverted().transform(panel.figure.transFigure.transform((0.02, 0)))[0]
    sense = f", {words.sense}" if words.sense else ""
    panel.text(left, at + 0.17, words.label, va="center", clip_on=False)
    panel.text(left, at - 0.2, f"{words.change}{sense}", va="center", clip_on=False, color=SOFT, size=10)
    given: list[Any] = [*rows.itertuples()]
    reach = max((abs(end) for row in given for end in (row.low, row.high) if abs(end) < math.inf), default=0.0)
    for row in given:
        place = policies.index(row.policy)
        height = at + SPREAD * (0.5 - (place + 0.5) / len(policies))
        _dot(panel, row, height, reach or 1.0, place)
        panel.text(1.12, height, _number(row), va="center", clip_on=False, size=size,
                   color="black" if is_told(row) else SOFT)


def _dot(panel: "Axes", row: Any, height: float, reach: float, place: int) -> None:
    if row.n == 0:
        return
    drawn = series(place)
    colour = drawn["color"] if is_told(row) else UNCLEAR
    ends = [max(-1.05, min(1.05, end / reach)) for end in (row.low, row.high)]
    panel.plot(ends, [height, height], color=colour, linewidth=2, solid_capstyle="butt")
    panel.plot([row.effect / reach], [height], color=colour, marker=drawn["marker"], markersize=7,
               markerfacecolor=colour if is_told(row) else "white", linestyle="none")


def _number(row: Any) -> str:
    """The effect with its interval, and whether it is for the better."""
    if row.n == 0:
        return "no value"
    arrow = {1: "  better", -1: "  worse", 0: ""}[sign_of(row)] if is_told(row) else ""
    fewer = f", n = {row.n}" if row.n < 3 else ""
    return with_interval(estimate_of(row)) + fewer + arrow


def _key(policies: list[str]) -> list[Any]:
    from matplotlib.lines import Line2D

    key = []
    for place, name in enumerate(policies):
        drawn = series(place)
        key.append(Line2D([], [], linewidth=2, color=drawn["color"], marker=drawn["marker"], label=name))
    return key
