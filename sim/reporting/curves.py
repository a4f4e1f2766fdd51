"""Figures: measures against the cap, small multiples for each setting of behaviour."""

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.reporting.findings import Arm, Findings, counted
from sim.reporting.style import GRID, SOFT, blank, look, style
from sim.studies.wording import PERMISSIONS, described, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GIVES = ("participation", "needs_met", "expressed_desire", "ties_across", "skills_beyond")
COSTS = ("delivery", "overloaded", "stress", "rejections", "silence")
IN_ONE_UNIT = ("worth", "core_work", "work_and_worth")
SQUEEZED = 0.5  # a row that spans less than this part of another's scale is marked there


def gives(findings: Findings) -> "Figure":
    """What a market gives, against its cap."""
    return curves(findings, GIVES, "What a talent market gives, by its time cap")


def costs(findings: Findings) -> "Figure":
    """What a market costs, against its cap."""
    return curves(findings, COSTS, "What a talent market costs, by its time cap")


def in_one_unit(findings: Findings) -> "Figure":
    """What needs met are worth and what teams deliver less, in one unit and on one scale, and both together."""
    return curves(findings, IN_ONE_UNIT, "What needs met are worth, and what they cost in core work, by time cap",
                  "row")


def curves(findings: Findings, measures: Sequence[str], title: str, sharey: Any = False) -> "Figure":
    """Effects against the cap: a row of panels for each setting of behaviour, a column for each measure.

    Each line is the difference from a closed market under the same leadership, paired inside each replicate, so that
    differences between organizations do not widen the bands; a measure that a closed market does not have is drawn as
    its level. With `sharey="row"` the panels of a row have one scale. Scales differ between rows, since participation
    differs fivefold; a grey block in a lower row marks what the first row spans.
    """
    with style():
        figure = blank(title, _note(findings, measures))
        columns = min(3, len(findings.leaderships))
        part = len(measures) / 5
        rows_of_key = math.ceil(len(findings.permissions) * len(findings.leaderships) / columns)
        grid = {"left": 0.08, "right": 0.985, "top": 0.685, "bottom": 0.1 + 0.035 * rows_of_key, "hspace": 0.3,
                "wspace": 0.55 * part}
        axes = figure.subplots(len(findings.setups), len(measures), squeeze=False, sharex=True, sharey=sharey,
                               gridspec_kw=grid)
        for row, setup in zip(axes, findings.setups, strict=True):
            for panel, measure in zip(row, measures, strict=True):
                _panel(panel, findings, setup, measure)
        _name(figure, axes, findings, measures)
        _mark_scale(axes)
        handles, labels = axes[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="lower center", ncols=columns, handlelength=3, columnspacing=1.5)
    return figure


def _note(findings: Findings, measures: Sequence[str]) -> str:
    """What is drawn, how many, how sure."""
    is_mixed = any(findings.is_missing_when_closed(findings.setups[0], measure) for measure in measures)
    but = "; the level where a closed market has none" if is_mixed else ""
    blocks = "; grey blocks: what the upper row spans" if len(findings.setups) > 1 else ""
    return (
        f"Difference from a closed market with the same leadership{but}; mean of {findings.study.months} months.\n"
        f"{counted(findings, findings.setups)}; bands: 95 % intervals{blocks}."
    )


def _panel(panel: "Axes", findings: Findings, setup: str, measure: str) -> None:
    caps = findings.caps[1:] if findings.is_missing_when_closed(setup, measure) else findings.caps
    for leadership in findings.leaderships:
        for permission in findings.permissions:
            found = [findings.told(setup, measure, Arm(permission, leadership, cap)) for cap in caps]
            drawn = look(findings.permissions, findings.leaderships, permission, leadership)
            at = [100 * cap for cap in caps]
            name = f"{PERMISSIONS.get(permission, permission)}, leadership: {leadership}"
            panel.plot(at, [one.mean for one in found], label=name, **drawn)
            panel.fill_between(at, [one.low for one in found], [one.high for one in found], color=drawn["color"],
                               alpha=0.18, linewidth=0)
    panel.axvline(100 * findings.reference, color=SOFT, linewidth=0.8, linestyle=(0, (2, 3)), zorder=0)
    panel.margins(x=0.06, y=0.08)


def _name(figure: "Figure", axes: Any, findings: Findings, measures: Sequence[str]) -> None:
    """Names of rows, columns and axes."""
    for i, (row, setup) in enumerate(zip(axes, findings.setups, strict=True)):
        for panel, measure in zip(row, measures, strict=True):
            panel.set_ylabel(textwrap.fill(_unit(findings, setup, measure), 18, break_on_hyphens=False))
            panel.tick_params(labelleft=True)
        above = row[0].get_position().y1 + (0.018 if i else 0.105)
        figure.text(0.02, above, described(setup), weight="bold", size=13, va="bottom")
    for panel, measure in zip(axes[0], measures, strict=True):
        words = wording(measure)
        panel.set_title(textwrap.fill(words.label, 24) + f"\n({words.sense})", loc="left", x=-0.04 * len(measures))
    for panel in axes[-1]:
        panel.set_xlabel("time cap (%)")
        panel.set_xticks(ticks := _ticks(findings), [f"{tick:g}" for tick in ticks])


def _ticks(findings: Findings) -> list[float]:
    """Tens of percent if most caps are such, else every cap."""
    caps = [round(100 * cap, 6) for cap in findings.caps]
    tens = [cap for cap in caps if cap % 10 == 0]
    return tens if 2 * len(tens) > len(caps) else caps


def _unit(findings: Findings, setup: str, measure: str) -> str:
    words = wording(measure)
    return words.unit if findings.is_missing_when_closed(setup, measure) else words.change


def _mark_scale(axes: Any) -> None:
    """In lower rows, a grey block over what the first row spans."""
    for row in axes[1:]:
        for first, panel in zip(axes[0], row, strict=True):
            (low, high), (bottom, top) = first.dataLim.intervaly, panel.get_ylim()
            if (high - low) < SQUEEZED * (top - bottom) and low >= bottom and high <= top:
                panel.axhspan(low, high, color=GRID, alpha=0.7, linewidth=0, zorder=0.5)
