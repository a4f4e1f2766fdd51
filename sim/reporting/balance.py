"""Figure: what the cap gives and what it costs against a closed market, measure by measure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.reporting.findings import Arm, Findings, counted
from sim.reporting.style import GRID, SOFT, blank, look, style
from sim.studies.estimates import Estimate
from sim.studies.wording import (
    BALANCE,
    FTE_MONTHS,
    GROUPS,
    PERMISSIONS,
    Wording,
    described,
    percent,
    short,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPREAD = 0.66  # of a row's height, over which the arms of a row are spread
UNCLEAR = "#8c8c8c"
LEFT_OUT = ("light", "innovations", "delivery", "manager_hoarding", "outside_pull")  # they are in the table
Row = tuple[float, Wording]


def balance(findings: Findings) -> "Figure":
    """Effects of the reference cap against a closed market: a row for each measure, better to the right.

    Every row has a scale of its own, shared by the settings of behaviour, with nothing at the same place in all of
    them; only the rows of the last group, which are in one unit, share theirs. The numbers beside it are in the row's
    unit. Effects whose interval includes 0 are hollow and grey. Measures
    that a closed market does not have are left out.
    """
    rows = _rows(findings)
    with style():
        figure = blank(_title(findings), _note(findings))
        grid = {"left": 0.361, "right": 0.882, "top": 0.795, "bottom": 0.14, "wspace": 0.58}
        panels = figure.subplots(1, len(findings.setups), squeeze=False, gridspec_kw=grid)[0]
        for panel, setup in zip(panels, findings.setups, strict=True):
            _frame(panel, findings, setup, rows)
            for at, words in rows:
                _strip(panel, findings, setup, at, words)
        _name(panels[0], rows)
        figure.legend(handles=_key(findings), loc="lower center", ncols=3, handlelength=1.5)
    return figure


def _title(findings: Findings) -> str:
    return f"A time cap of {percent(findings.reference)} against a closed market"


def _note(findings: Findings) -> str:
    shown = " / ".join(PERMISSIONS.get(name, name) for name in _printed(findings))
    runs = counted(findings, findings.setups)
    return (
        f"Same leadership in both; mean of {findings.study.months} months; {runs}; bars: 95 % intervals.\n"
        "Each row has a scale of its own, the last three share one. "
        f"Numbers: {shown}, leadership: {findings.leaderships[0]}; ? not told apart."
    )


def _rows(findings: Findings) -> list[Row]:
    """Height and wording of each row, from the top; a gap of one row above each group holds its heading."""
    rows, at = [], 0.0
    for _, group in GROUPS:
        at -= 1
        for words in group:
            has_none = findings.is_missing_when_closed(findings.setups[0], words.measure)
            if not has_none and words.measure not in LEFT_OUT:
                rows.append((at, words))
                at -= 1
    return rows


def _frame(panel: "Axes", findings: Findings, setup: str, rows: Sequence[Row]) -> None:
    panel.set_title(described(setup), weight="bold", loc="left", size=13, x=0)
    panel.set(xlim=(-1.08, 1.08), ylim=(rows[-1][0] - 0.6, 0.45), xticks=[-0.5, 0, 0.5])
    panel.set_xticklabels(["← worse", "0", "better →"])
    panel.tick_params(left=False, labelleft=False, bottom=False)
    panel.spines["left"].set_visible(False)
    panel.grid(visible=False)
    panel.axvline(0, color=SOFT, linewidth=1)
    for at, _ in rows:
        panel.axhline(at - 0.5, color=GRID, linewidth=0.6)


def _strip(panel: "Axes", findings: Findings, setup: str, at: float, words: Wording) -> None:
    """One row: a dot and an interval for each arm, and the numbers of the quiet ones."""
    arms = findings.told_arms
    scale = _reach(findings, words)
    for i, arm in enumerate(arms):
        found = findings.gain(setup, words.measure, arm)
        offset = SPREAD * (0.5 - (i + 0.5) / len(arms))
        _dot(panel, found, at + offset, words.better / scale, look_of(findings, arm))
    quiet = [findings.gain(setup, words.measure, findings.first.but(permission=name)) for name in _printed(findings)]
    text = " / ".join(short(found.mean) if found.is_clear else "?" for found in quiet)
    panel.text(1.1, at, text, va="center", ha="left", clip_on=False)


def _printed(findings: Findings) -> list[str]:
    """The permissions whose numbers are printed: there is room for two."""
    return findings.permissions[:2]


def look_of(findings: Findings, arm: Arm) -> dict[str, Any]:
    drawn = look(findings.permissions, findings.leaderships, arm.permission, arm.leadership)
    return {"color": drawn["color"], "marker": drawn["marker"]}


def _dot(panel: "Axes", found: Estimate, at: float, factor: float, drawn: dict[str, Any]) -> None:
    if found.n == 0:
        return
    colour = drawn["color"] if found.is_clear else UNCLEAR
    ends = [end * factor for end in (found.low, found.high)]
    panel.plot(ends, [at, at], color=colour, linewidth=2, solid_capstyle="butt")
    panel.plot([found.mean * factor], [at], color=colour, marker=drawn["marker"], markersize=6,
               markerfacecolor=colour if found.is_clear else "white")


def _reach(findings: Findings, words: Wording) -> float:
    """The largest limit of any interval in the row, or in all rows of its unit, in any setting."""
    rows = BALANCE if words in BALANCE else (words,)
    found = [
        findings.gain(setup, row.measure, arm)
        for row in rows for setup in findings.setups for arm in findings.told_arms
    ]
    return max((abs(end) for one in found for end in (one.low, one.high) if end == end), default=0.0) or 1.0


def _name(panel: "Axes", rows: Sequence[Row]) -> None:
    """Labels and units at the left, headings above the groups."""
    left, middle = (panel.transData.inverted().transform(panel.figure.transFigure.transform((x, 0)))[0]
                    for x in (0.02, 0.204))
    for at, words in rows:
        panel.text(left, at, words.label, va="center", clip_on=False)
        unit = words.change.partition(" per")[0] if words.change == FTE_MONTHS else words.change
        panel.text(middle, at, unit, va="center", clip_on=False, color=SOFT)
    for heading, group in GROUPS:
        top = max((at for at, words in rows if words in group), default=None)
        if top is not None:
            panel.text(left, top + 0.95, heading, va="center", clip_on=False, weight="bold", size=13)
            if group is BALANCE:
                panel.text(middle, top + 0.95, "per 100 employee-years", va="center", clip_on=False, color=SOFT)


def _key(findings: Findings) -> list[Any]:
    from matplotlib.lines import Line2D

    key = []
    for arm in findings.told_arms:
        name = f"{PERMISSIONS.get(arm.permission, arm.permission)}, leadership: {arm.leadership}"
        key.append(Line2D([], [], linewidth=2, label=name, **look_of(findings, arm)))
    label = "not told apart: the interval includes 0"
    return [*key, Line2D([], [], color=UNCLEAR, marker="o", markerfacecolor="white", linewidth=2, label=label)]
