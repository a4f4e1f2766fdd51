"""Who got in: how participation and project time are spread over grades, posts, departments and managers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.measures.intervals import gini, wilson
from sim.records import NONE
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

YEAR = 12
THIRDS = ("lower third", "middle third", "upper third")


def fairness(world: World, departments: Any = ()) -> "pd.DataFrame":
    """Who took part, and how evenly project time is spread, as things stand at the end of a month.

    Parameters
    ----------
    world : at the end of a month, such as a finished run's
    departments : names of departments, in the order of their codes

    Returns
    -------
    DataFrame with columns by and group; people; took_part, the share of them who were on a project in the last twelve
    months, with its 95 % interval (low, high); share_of_people and share_of_time given to projects; time, FTE-months
    given to projects per 100 employee-years; and gini, the Gini coefficient of time given a month among them, with its
    95 % interval (gini_low, gini_high). Time is counted since the fork or since hire, among people who have been here
    for twelve months or, in a younger run, since the fork. Intervals take people as independent of one another.
    """
    import pandas as pd

    staff = world.staff[world.staff["person"] != NONE]
    took_part, time, lived = lives(staff, int(world.now.month))
    rows = [
        {"by": by, "group": group, **spread(members, took_part, time, lived)}
        for by, group, members in groups(world, staff, departments)
    ]
    return pd.DataFrame(rows)


def shares_of(world: World) -> dict[str, float]:
    """The Gini coefficient of project time, and the share of people in each group but departments who took part."""
    staff = world.staff[world.staff["person"] != NONE]
    took_part, time, lived = lives(staff, int(world.now.month))
    found = {"gini": gini((time / np.maximum(1, lived))[lived > 0])[0]}
    for by, group, members in groups(world, staff):
        if by != "department":
            found[f"took part: {by}, {group}"] = float(took_part[members].mean()) if members.any() else np.nan
    return found


def lives(staff: Any, month: int) -> tuple[Any, Any, Any]:
    """Who took part in the last year; time given and months lived of those who have been here long enough, else 0."""
    lived = np.minimum(month, month - staff["hired"]).astype(float)
    counted = lived >= max(1, min(YEAR, month))
    took_part = month - 1 - staff["served"].astype(np.int64) < YEAR
    return took_part, np.where(counted, staff["given"], 0.0), lived * counted


def spread(members: Any, took_part: Any, time: Any, lived: Any) -> dict[str, float]:
    """Participation, time and its Gini coefficient in one group of people."""
    n, there = int(members.sum()), members & (lived > 0)
    share = float(took_part[members].mean()) if n else np.nan
    low, high = (float(limit) for limit in wilson(share, n))
    found = gini(time[there] / lived[there])
    return {
        "people": n, "took_part": share, "low": low, "high": high,
        "share_of_people": n / max(1, len(members)),
        "share_of_time": float(time[there].sum() / time.sum()) if time.sum() > 0 else np.nan,
        "time": float(1200 * time[there].sum() / lived[there].sum()) if there.any() else np.nan,
        **dict(zip(("gini", "gini_low", "gini_high"), found, strict=True)),
    }  # fmt: skip


def groups(world: World, staff: Any, departments: Any = ()) -> Iterator[tuple[str, str, Any]]:
    """Everyone, and everyone cut by grade, post, department, and traits of the manager who answers their requests."""
    yield "everyone", "everyone", np.ones(len(staff), bool)
    yield from thirds("grade", -world.seats["grade"][staff["seat"]].astype(float))
    for group, leads in (("managers", True), ("without reports", False)):
        yield "post", group, (staff["leads"] != NONE) == leads
    for code in np.unique(staff["department"]).tolist():
        name = str(departments[code]) if code < len(departments) else f"department {code}"
        yield "department", name, staff["department"] == code
    asking = staff["leads"] != staff["unit"]  # the head asks nobody
    answering = answering_units(world, staff["unit"])
    for by, trait in (("manager's support", "development"), ("manager's hoarding", "hoarding")):
        yield from thirds(by, np.where(asking, world.units[trait][answering], np.nan))


def thirds(by: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    """People in three parts of about the same size, whom no tie divides: those with equal values stay together."""
    known = np.sort(value[~np.isnan(value)])
    place = (np.searchsorted(known, value, "left") + np.searchsorted(known, value, "right")) / 2 / max(1, len(known))
    part = np.where(np.isnan(value), NONE, np.minimum(2, (3 * place).astype(int)))
    for i, group in enumerate(THIRDS):
        yield by, group, part == i


def answering_units(world: World, unit: Any) -> Any:
    """The units whose managers answer for people in these: their own, or the one above while the post is vacant."""
    vacant = world.units["manager"][unit] == NONE
    return np.where(vacant, world.units["parent"][unit], unit)
