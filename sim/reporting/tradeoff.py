"""Figure: two measures against each other, a point with both intervals for each policy."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.reporting.style import SOFT, blank, series, style
from sim.reporting.summaries import beside, counted, cut, reference, told, unit_of, values_of, when
from sim.studies.effects import labels_of
from sim.studies.wording import wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def tradeoff(
    frame: "pd.DataFrame", x: str, y: str, against: Mapping[str, Any] | None = None, by: str = "",
    window: str = "all", group: str = "everyone", title: str = "", **where: Any,
) -> "Figure":
    """Two measures against each other: a point with both intervals for each policy, named beside it.

    Parameters
    ----------
    x, y : measures
    against : as for `response`
    by : a column whose values have a colour and a marker each, joined by a line in the order of the frame
    """
    rows = cut(frame, window, group, **where)
    base, labels = reference(rows, against), [one for one in labels_of(frame) if rows[one].nunique() > 1]
    beside = f"; beside points: {', '.join(one for one in labels if one != by)}" if set(labels) - {by} else ""
    compared = f"\nAgainst {told(against)}." if against else ""
    note = f"{when(window, group).capitalize()}; {counted(rows, base is not None)} (bars){beside}.{compared}"
    kinds = list(dict.fromkeys(rows[by])) if by else [""]
    with style():
        figure = blank(title or f"{wording(x).label} and {wording(y).label}", note)
        panel = figure.add_axes((0.09, 0.17, 0.86, 0.63))
        for place, kind in enumerate(kinds):
            some = rows[rows[by] == kind] if by else rows
            said = [one for one in labels if one != by]
            _points(panel, some, (x, y), said, (base, against), place, f"{by}: {kind}" if by else "")
        panel.set(xlabel=_axis(x, base is not None), ylabel=_axis(y, base is not None))
        panel.margins(0.12)
        if base is not None:
            panel.axhline(0, color=SOFT, linewidth=0.8)
            panel.axvline(0, color=SOFT, linewidth=0.8)
        if by:
            figure.legend(*panel.get_legend_handles_labels(), loc="lower center", ncols=4)
    return figure


def _points(
    panel: "Axes", rows: "pd.DataFrame", measures: tuple[str, str], labels: list[str], base: Any, place: int, name: str
) -> None:
    from matplotlib.patheffects import withStroke

    drawn, places = series(place), []
    parts: Any = rows.groupby(labels, sort=False, dropna=False) if labels else [((), rows)]
    for key, some in parts:
        one, other = (values_of(some, measure, beside(base[0], some, base[1])) for measure in measures)
        if one.n and other.n:
            across, up = ((each.high - each.low) / 2 if each.n > 1 else None for each in (one, other))
            panel.errorbar(one.mean, other.mean, xerr=across, yerr=up, color=drawn["color"], marker=drawn["marker"],
                           markersize=8, elinewidth=1.5, capsize=0)
            panel.annotate(", ".join(map(str, key)), (one.mean, other.mean), (7, 6), size=11,
                           textcoords="offset points", path_effects=[withStroke(linewidth=3, foreground="white")])
            places.append((one.mean, other.mean))
    panel.plot(*zip(*places, strict=True) if places else ((), ()), color=drawn["color"], linestyle=drawn["linestyle"],
               linewidth=1.2, label=name or None, marker=drawn["marker"], zorder=1)


def _axis(measure: str, is_effect: bool) -> str:
    words = wording(measure)
    sense = f" ({words.sense})" if words.sense else ""
    return f"{words.label}, {unit_of(measure, is_effect)}{sense}"
