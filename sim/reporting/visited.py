"""The points that a study visited: as a table, and in the figures that suit their design."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from sim.reporting.heat import heat
from sim.reporting.responses import response
from sim.reporting.scatter import scatter
from sim.reporting.style import SEVERAL
from sim.reporting.summaries import beside, cut, is_number, points_of, reference, unit_of, values_of
from sim.reporting.tradeoff import tradeoff
from sim.studies.effects import labels_of
from sim.studies.wording import with_margin, wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Against = Mapping[str, Any] | None
MOST_FIGURES = 6  # of one kind
MOST_NAMED = 24  # points in a trade-off
ABREAST = 6  # points that stand beside each other, with a row for each measure; more stand below each other
COLUMNS = ("replicate", "group", "window")


def narrowed(frame: "pd.DataFrame", measures: Sequence[str], window: str, group: str) -> "pd.DataFrame":
    """The rows of one window and group; the columns that differ between points, and the measures that have values."""
    if "setup" in frame and frame.setup.nunique() > 1:
        frame = frame.rename(columns={"setup": "setting"})  # one more thing that differs
    rows = cut(frame, window, group)
    levers = [name for name in labels_of(rows) if rows[name].nunique(dropna=False) > 1]
    return rows[[*levers, *COLUMNS, *(name for name in measures if name in rows and rows[name].notna().any())]]


def parts(rows: "pd.DataFrame") -> tuple[list[str], list[str]]:
    """What differs between points, and measures."""
    levers = labels_of(rows)
    return levers, [str(name) for name in rows if name not in (*levers, *COLUMNS)]


def tables(rows: "pd.DataFrame", against: Against) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Means with their intervals: tidy, a row for each point and measure; and to be read, by point."""
    import pandas as pd

    (levers, measures), base = parts(rows), reference(rows, against)
    tidy, read = [], []
    for some in points_of(rows):
        at, words = {lever: some[lever].iloc[0] for lever in levers}, {}
        for measure in measures:
            one, unit = values_of(some, measure, beside(base, some, against)), unit_of(measure, base is not None)
            told = {"measure": measure, "label": wording(measure).label, "unit": unit}
            tidy.append({**at, **told, "mean": one.mean, "low": one.low, "high": one.high, "n": one.n})
            words[f"{wording(measure).label}, {unit}"] = with_margin(one, signed=base is not None) if one.n else "–"
        read.append({**at, **words})
    shown = pd.DataFrame(read).set_index(levers) if levers else pd.DataFrame(read, ["mean"])
    return pd.DataFrame(tidy), shown.T if len(shown) <= ABREAST else shown


def figures(rows: "pd.DataFrame", against: Against, when: Mapping[str, str]) -> "Iterator[tuple[str, Figure]]":
    """Response curves and maps of grids, dots for other designs, and a trade-off, by the name of their files."""
    levers, measures = parts(rows)
    count = sum(1 for _ in points_of(rows))
    is_grid = count == _product(rows[lever].nunique() for lever in levers)
    if levers and measures:
        yield from (_of_grid if is_grid else _of_dots)(rows, levers, measures, against, when)
    if 1 < count <= MOST_NAMED and len(measures) > 1:
        x, y = ("participation", "delivery") if {"participation", "delivery"} <= set(measures) else measures[:2]
        by = min(levers, key=lambda lever: (is_number(rows[lever]), rows[lever].nunique())) if len(levers) > 1 else ""
        by = by if by and rows[by].nunique() <= len(SEVERAL) else ""
        yield "trade-off", tradeoff(rows, x, y, against, by, **when)


def _product(counts: Any) -> int:
    found = 1
    for count in counts:
        found *= count
    return found


def _of_grid(
    rows: "pd.DataFrame", levers: list[str], measures: list[str], against: Against, when: Mapping[str, str]
) -> "Iterator[tuple[str, Figure]]":
    """Along the lever with most numbers, a line for each value of another, a figure for each of what is left.

    Levers that differences are read against come first, since they cannot be held fixed.
    """
    named = against or {}
    first, *others = sorted(levers, key=lambda one: (one not in named, not is_number(rows[one]), -rows[one].nunique()))
    by = next((one for one in others if rows[one].nunique() <= len(SEVERAL)), "")
    rest = [one for one in others if one != by]
    if set(rest) & set(named):
        return
    values = (dict(zip(rest, some, strict=True)) for some in product(*(rows[one].unique() for one in rest)))
    for number, fixed in enumerate(islice(values, MOST_FIGURES)):
        some, name = {**when, **fixed}, f"-{number + 1}" if rest else ""
        yield f"response{name}", response(rows, first, measures, by, against, title=_titled(first, fixed), **some)
        if by:
            yield f"map{name}", heat(rows, first, by, measures[:4], against, title=_titled(f"{first} and {by}", fixed),
                                     **some)


def _titled(what: str, fixed: Mapping[str, Any]) -> str:
    return f"Response to {what}" + "".join(f", {name} {value}" for name, value in fixed.items())


def _of_dots(
    rows: "pd.DataFrame", levers: list[str], measures: list[str], against: Against, when: Mapping[str, str]
) -> "Iterator[tuple[str, Figure]]":
    for lever in levers[:MOST_FIGURES]:
        yield f"dots-{lever}", scatter(rows, lever, measures, against, **when)
