"""Figure: what the same luck saves, month by month, and how far the lives of the same people have parted by then."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.reporting.style import SOFT, blank, series, style
from sim.studies.certificate import certificate
from sim.studies.compare import Comparison
from sim.studies.estimates import estimate
from sim.studies.reading import FINGERPRINT
from sim.studies.wording import wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAIRS = 20  # that are drawn
SAVED = ("delivery", "expressed_desire", "participation")
LIVES = {"otherwise": "something else happened", "elsewhere": "another seat, or left in one run alone"}


def luck_figure(
    found: Comparison, parted: "pd.DataFrame", settled: Comparison | None = None, measures: Sequence[str] = SAVED,
    title: str = "What the same luck saves",
) -> "Figure":
    """Differences of pairs with the same luck and without, the variance that this saves, and lives that have parted.

    Parameters
    ----------
    found : one policy beside a baseline, with single months
    parted : as `sim.studies.parting.lives_parted` gives it, of the same two policies
    settled : the same comparison among people who do not move inside
    measures : the first is drawn pair by pair, all of them as variance saved
    """
    counted = f"{found.replicates} pairs of organizations, lives in {parted.replicate.nunique()} of them"
    note = (f"{found.policies[0]} against {found.baseline}, {found.organization}; {counted}.\nBands: 95 % intervals of "
            "each month alone.")
    with style():
        figure = blank(title, note)
        one, two, three = figure.subplots(1, 3, gridspec_kw={"left": 0.05, "right": 0.98, "top": 0.74, "bottom": 0.27,
                                                             "wspace": 0.22})  # fmt: skip
        _pair_by_pair(one, found, measures[0])
        _saved(two, found, settled, measures)
        _parted(three, parted)
        for panel in (one, two, three):
            panel.set(xlabel="months after the fork", xlim=(1, found.months))
            handles, labels = panel.get_legend_handles_labels()
            key = panel.legend(handles, labels, loc="upper left", bbox_to_anchor=(-0.03, -0.17), handlelength=2.6)
            for line in key.get_lines():
                line.set(linewidth=2, alpha=1)
    return figure


def saved(found: Comparison, measures: Sequence[str]) -> "pd.DataFrame":
    """How many times smaller the variance of a difference is than with independent seeds, in each month alone."""
    cut = found.monthly.drop(columns=[FINGERPRINT, "month"])
    table = certificate(cut, {"policy": found.baseline}, measures)
    return table.assign(month=table.window.str.split().str[-1].astype(int)).sort_values("month")


def _pair_by_pair(panel: "Axes", found: Comparison, measure: str) -> None:
    """Each pair a line: with the same luck, and with that of the next organization."""
    words = wording(measure)
    wide = found.monthly.pivot_table(index="month", columns=["policy", "replicate"], values=measure)
    arm, base = (words.scale * wide[name].to_numpy() for name in (found.policies[0], found.baseline))
    shown = slice(0, PAIRS)
    for drawn, other, label in ((1, np.roll(base, 1, axis=1), "other seeds"), (0, base, "the same luck")):
        colour = series(drawn)["color"]
        lines = panel.plot(wide.index, (arm - other)[:, shown], color=colour, linewidth=0.9, alpha=0.55)
        lines[0].set_label(label)
    count = min(PAIRS, arm.shape[1])
    panel.axhline(0, color=SOFT, linewidth=0.8)
    _name(panel, words.label.capitalize(), f"difference in {words.change}, {count} pairs")


def _saved(panel: "Axes", found: Comparison, settled: Comparison | None, measures: Sequence[str]) -> None:
    """Times by which the variance is smaller."""
    sources: list[tuple[Comparison, str, str]] = [(found, name, wording(name).label) for name in measures]
    if settled is not None:
        sources.append((settled, measures[0], f"{wording(measures[0]).label}, if nobody moves inside"))
    for place, (source, name, label) in enumerate(sources):
        rows, look = saved(source, [name]), {**series(place), "marker": ""}
        known = rows[np.isfinite(rows.times)]
        panel.plot(known.month, known.times, label=label, **look)
        panel.fill_between(known.month, known.low, known.high, color=look["color"], alpha=0.15, linewidth=0)
    panel.axhline(1, color=SOFT, linewidth=0.8)
    panel.set_yscale("log")
    panel.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    _name(panel, "Variance of a difference", "times smaller than with other seeds")


def _parted(panel: "Axes", parted: "pd.DataFrame") -> None:
    """Shares of people whose lives have parted, mean over organizations."""
    for place, (name, label) in enumerate(LIVES.items()):
        by_month = [estimate(rows[name]) for _, rows in parted.groupby("month")]
        months, look = sorted(parted.month.unique()), {**series(place), "marker": ""}
        panel.plot(months, [100 * one.mean for one in by_month], label=label, **look)
        panel.fill_between(months, *(np.array([[100 * one.low, 100 * one.high] for one in by_month]).T),
                           color=look["color"], alpha=0.2, linewidth=0)
    panel.set_ylim(0, 100)
    _name(panel, "Lives that have parted", "% of those here at the fork")


def _name(panel: "Axes", title: str, unit: str) -> None:
    """What a panel shows, and in which unit."""
    panel.set_title(title, loc="left", weight="bold", pad=24)
    panel.annotate(unit, (0, 1), (0, 8), xycoords="axes fraction", textcoords="offset points", color=SOFT, size=11)
