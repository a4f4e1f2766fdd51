"""What figures of studies read off summary frames: rows of one window and group, levels, and paired effects.

A summary frame has columns setup (if there are several), replicate, seed, those that label policies (levers), group,
window, and one for each measure, as `replicates` and `sweep` return it.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.errors import SettingsError
from sim.studies.effects import labels_of
from sim.studies.estimates import Estimate, chosen, estimate
from sim.studies.wording import runs, scaled, wording

if TYPE_CHECKING:
    import pandas as pd


def cut(frame: "pd.DataFrame", window: str, group: str, **where: Any) -> "pd.DataFrame":
    """The rows of one window and group, and of other labels; refused where two setups are mixed or nothing is left."""
    found = chosen(frame, {"window": window, "group": group, **where})
    if found.empty:
        others = f", {where}" if where else ""
        raise SettingsError(f"the frame has no rows with window {window!r}, group {group!r}{others}.")
    if "setup" in found and found.setup.nunique() > 1:
        raise SettingsError(f"the frame has setups {', '.join(found.setup.unique())}: choose one, setup=...")
    return found


def points_of(rows: "pd.DataFrame") -> "Iterator[pd.DataFrame]":
    """The rows of each policy, in the order of the frame."""
    labels = labels_of(rows)
    return (some for _, some in rows.groupby(labels, sort=False, dropna=False)) if labels else iter([rows])


def values_of(rows: "pd.DataFrame", measure: str, against: "pd.DataFrame | None") -> Estimate:
    """Level of a measure, or its effect against other rows paired by replicate, in the unit in which it is told."""
    here = rows.set_index("replicate")[measure]
    if against is not None:
        here = here - against.set_index("replicate")[measure].reindex(here.index)
    if not here.index.is_unique:
        raise SettingsError("the labels do not single out one run in each replicate: choose among the other labels.")
    return scaled(estimate(here.to_numpy()), wording(measure).scale)


def unit_of(measure: str, is_effect: bool) -> str:
    words = wording(measure)
    return words.change if is_effect else words.unit


def reference(rows: "pd.DataFrame", against: Mapping[str, Any] | None) -> "pd.DataFrame | None":
    """The rows that effects are read against."""
    if against is None:
        return None
    for name in against:
        if name not in labels_of(rows):
            has = ", ".join(labels_of(rows)) or "nothing"
            raise SettingsError(f"against names {name!r}, which differs nowhere; what does is {has}.")
    found = chosen(rows, against)
    if found.empty:
        raise SettingsError(f"there are no runs of {dict(against)}, against which effects are to be read.")
    return found


def beside(
    base: "pd.DataFrame | None", some: "pd.DataFrame", against: Mapping[str, Any] | None
) -> "pd.DataFrame | None":
    """The rows that those of one policy are read against: they agree with it in all that `against` leaves open."""
    if base is None:
        return None
    for label in labels_of(some):
        if label not in (against or {}):
            value = some[label].iloc[0]
            base = base[base[label].isna() if value != value else base[label] == value]
    return base


def counted(rows: "pd.DataFrame", is_effect: bool) -> str:
    """What is drawn and of how many."""
    kind = "paired differences" if is_effect else "levels"
    return f"{kind}; {runs(str(rows.replicate.nunique()), None)}; 95 % intervals of each alone"


def when(window: str, group: str) -> str:
    return f"{group.replace('_', ' ')}, {'all months' if window == 'all' else window}"


def is_number(column: Any) -> bool:
    return column.dtype.kind in "if"


def told(labels: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in labels.items())


def values_in_order(column: Any) -> list[Any]:
    """The values of a lever: numbers by size, names as they come."""
    return sorted(column.unique()) if is_number(column) else list(dict.fromkeys(column))
