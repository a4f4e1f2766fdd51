"""Figure: measures over two levers, as maps with a number in each cell."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.reporting.months import name
from sim.reporting.style import GRID, blank, style
from sim.reporting.summaries import beside, counted, cut, reference, told, unit_of, values_in_order, values_of, when
from sim.studies.estimates import Estimate
from sim.studies.wording import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


HALF_WAY = 0.179  # luminance at which black and white have the same contrast
LONGEST = 14  # characters of a value beside a row


def heat(
    frame: "pd.DataFrame", x: str, y: str, measures: Sequence[str] | str, against: Mapping[str, Any] | None = None,
    window: str = "all", group: str = "everyone", title: str = "", **where: Any,
) -> "Figure":
    """Measures over two levers, up to four maps beside each other; a number in each cell.

    Levels go from light to dark; effects from blue, below 0, to orange, above, white in the middle. Effects whose
    interval includes 0 are in brackets.
    """
    names = [measures] if isinstance(measures, str) else list(measures)[:4]
    rows = cut(frame, window, group, **where)
    base = reference(rows, against)
    note = f"{when(window, group).capitalize()}; {counted(rows, base is not None).split('; 95')[0]}."
    bracketed = f"\nAgainst {told(against)}; in brackets: not told apart from it (95 %, each alone)." if against else ""
    with style():
        figure = blank(title or f"{x} and {y}", note + bracketed)
        grid = {"left": 0.1, "right": 0.985, "top": 0.76, "bottom": 0.1, "wspace": 0.22, "hspace": 0.55}
        shape = {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (2, 2)}[len(names)]
        for panel, measure in zip(figure.subplots(*shape, squeeze=False, gridspec_kw=grid).flat, names, strict=True):
            _map(panel, rows, (x, y), measure, base, against)
    return figure


def _map(
    panel: "Axes", rows: "pd.DataFrame", levers: tuple[str, str], measure: str, base: Any, against: Any
) -> None:
    across, down = (values_in_order(rows[lever]) for lever in levers)
    points = rows.groupby(list(levers), sort=False)
    cells = {key: values_of(some, measure, beside(base, some, against)) for key, some in points}
    found = [[cells.get((one, other)) for one in across] for other in down]
    table = np.array([[one.mean if one else np.nan for one in line] for line in found])
    colours, reach = _colours(table, base is not None)
    norm = panel.imshow(table, cmap=colours, vmin=reach[0], vmax=reach[1], aspect="auto", origin="lower").norm
    size, places = min(13.0, 110.0 / max(1, len(across))), _places(table)
    for j, line in enumerate(found):
        for i, one in enumerate(line):
            if one:
                drawn = _told_in_cell(one, base is not None, colours(norm(table[j, i])), places)
                panel.text(i, j, size=size, ha="center", va="center", **drawn)
    panel.set_xticks(range(len(across)), [str(value) for value in across])
    panel.set_yticks(range(len(down)), [textwrap.shorten(str(value), LONGEST, placeholder="…") for value in down])
    panel.grid(visible=False)
    panel.tick_params(length=0)
    panel.set(xlabel=levers[0], ylabel=levers[1])
    name(panel, measure, unit_of(measure, base is not None))


def _colours(table: Any, is_effect: bool) -> tuple[Any, tuple[float, float]]:
    """Blue over white to orange around 0 for effects, light to dark for levels; and the values at the ends."""
    from matplotlib.colors import LinearSegmentedColormap

    known = table[np.isfinite(table)]
    if not len(known):
        return LinearSegmentedColormap.from_list("", [GRID, GRID]), (0.0, 1.0)
    if is_effect:
        most = float(np.abs(known).max()) or 1.0
        return LinearSegmentedColormap.from_list("", ["#0072B2", "#ffffff", "#E69F00"]), (-most, most)
    ends = float(known.min()), float(known.max())
    return LinearSegmentedColormap.from_list("", ["#f7fbff", "#6baed6", "#08306b"]), ends


def _places(table: Any) -> int:
    """Decimal places that tell cells apart: three figures of what they span."""
    known = table[np.isfinite(table)]
    span = float(known.max() - known.min()) if len(known) else 0.0
    return min(6, max(0, 2 - math.floor(math.log10(span)))) if span > 0 else 2


def _told_in_cell(found: Estimate, is_effect: bool, ground: Any, places: int) -> dict[str, Any]:
    """The number in a cell, in brackets if it is not told apart; black or white, whichever is easier to read."""
    text = number(found.mean, places, signed=is_effect)
    is_unclear = is_effect and not found.is_clear and not found.mean == found.low == found.high == 0
    return {"s": f"({text})" if is_unclear else text, "color": "white" if _light(ground) < HALF_WAY else "black"}


def _light(colour: Any) -> float:
    """Relative luminance (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
