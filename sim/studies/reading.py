"""What a comparison reads off a run: chosen measures over windows and by month, and a fingerprint of each month."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.errors import SettingsError, nearest
from sim.measures import MEASURES
from sim.measures.frames import of_group, values, years
from sim.measures.frames import over as over_windows
from sim.running import Run
from sim.settings.prices import Prices
from sim.studies.replicates import Read
from sim.tallies import Group

FINGERPRINT = "fingerprint"
MONTH = "month "  # what names of windows of a single month begin with

Windows = Mapping[str, tuple[int, int]]


def reader(
    measures: Sequence[str], groups: Sequence[str], windows: Windows, prices: Prices | None = None
) -> Read:
    """Chosen measures of chosen groups over windows, and month by month (windows ``month 1``, ``month 2``, ...).

    Rows of single months have the column `fingerprint`: two runs in which everything that is counted is the same in a
    month have the same one.
    """

    def read(run: Run) -> list[dict[str, Any]]:
        prints = fingerprints(run)
        return [part for group in groups for part in _of_group(run, group, measures, windows, prints, prices)]

    return read


def _of_group(
    run: Run, group: str, measures: Sequence[str], windows: Windows, prints: list[float], prices: Prices | None
) -> list[dict[str, Any]]:
    """Two blocks of columns: windows, and months."""
    kept = {measure.name for measure in of_group(group)}
    wanted = [name for name in measures if name in kept]
    whole = over_windows(run, dict(windows), group, prices)
    monthly = values(run.census[:, Group[group]].view(np.recarray), run.flow, group, prices)
    months = [f"{MONTH}{run.first + at + 1}" for at in range(len(run.flow))]
    return [
        {"group": group, "window": list(windows), FINGERPRINT: np.nan, **{name: whole[name] for name in wanted}},
        {"group": group, "window": months, FINGERPRINT: prints, **{name: monthly[name] for name in wanted}},
    ]


def fingerprints(run: Run) -> list[float]:
    """48 bits of a hash of all tallies of each month, which a float holds exactly."""
    rows = zip(np.ascontiguousarray(run.census), np.ascontiguousarray(run.flow), strict=True)
    hashes = (hashlib.blake2b(people.tobytes() + flow.tobytes(), digest_size=6) for people, flow in rows)
    return [float(int.from_bytes(found.digest(), "big")) for found in hashes]


# ------------------------------------------------------------------------------------------------------------ checking


def measures_given(given: Sequence[str] | str) -> tuple[str, ...]:
    """Names of measures."""
    return tuple(_known(name, MEASURES, "measure") for name in listed(given))


def groups_given(given: Sequence[str] | str) -> tuple[str, ...]:
    """Names of groups of people."""
    return tuple(_known(name, Group.__members__, "group") for name in listed(given))


def windows_given(given: Any, months: int) -> dict[str, tuple[int, int]]:
    """Windows by name: of years, of all, of single months; or name to (first month, month after the last)."""
    usual = years(Run(policy=None, seed=0, first=0, census=None, flow=range(months)))  # type: ignore[arg-type]
    single = {f"{MONTH}{at + 1}": (at, at + 1) for at in range(months)}
    if not isinstance(given, Mapping):
        known = {**usual, **single}
        return {name: known[_known(name, known, "window")] for name in listed(given)}
    for name, span in given.items():
        if not (isinstance(span, Sequence) and len(span) == 2 and 0 <= span[0] < span[1] <= months):
            raise SettingsError(
                f"window {name!r} = {span!r}: expected [first month, month after the last], within 0 and {months}."
            )
    return {str(name): (int(span[0]), int(span[1])) for name, span in given.items()}


def listed(given: Any) -> list[Any]:
    """One or several, as a list in which each stands once."""
    return list(dict.fromkeys([given] if isinstance(given, str) or not isinstance(given, Sequence) else given))


def _known(name: Any, known: Mapping[str, Any], what: str) -> str:
    if name not in known:
        some = ", ".join(list(known)[:12]) + (", ..." if len(known) > 12 else "")
        raise SettingsError(f"There is no {what} {name!r}.{nearest(str(name), known)} There are {some}.")
    return str(name)
