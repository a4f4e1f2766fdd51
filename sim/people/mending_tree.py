"""One tree under one head, out of reporting lines that are none."""

from collections.abc import Iterable, Sequence

import numpy as np

from sim.people.checks import Lines, circle_told, lines_of
from sim.people.fault_texts import Fault, What
from sim.people.numbers import by_depth, climb, sizes
from sim.people.roster import Mend
from sim.people.table import Table
from sim.rows import Floats, Ints

HEAD = 0.1  # of all people below somebody without a manager make a head, even if more are below an unknown manager


def one_tree(table: Table, faults: Iterable[Fault]) -> Iterable[Mend]:
    """Cut circles; of all who then have no manager, one is the head and the others get one.

    They report to the one lead of their unit, if there is one, else of their department, else to the head.
    """
    ids = table.cells["employee_id"]
    lines = lines_of(table, {name: i for i, name in enumerate(ids)})
    if lines.lost:
        return
    tops, manager = _tops(table, lines, [fault.rows for fault in faults if fault.what is What.CIRCLE])
    head = _head(ids, lines, manager)
    if head not in lines.heads:
        below = int(sizes(by_depth(manager), manager)[head]) - 1
        yield table.mend(head, "manager_id", tops[head], "", f"made the head; the most people ({below:,}) are below")
    units = {unit: table.column(unit) for unit in ("unit", "department")}
    leads = {unit: _leads(names, manager, head) for unit, names in units.items()}
    for i in sorted(tops.keys() - {head}):
        own = [(unit, names[i]) for unit, names in units.items() if names[i] in leads[unit]]
        boss, why = head, "the head"
        if own:
            unit, name = own[0]
            boss, why = leads[unit][name], f"who leads {unit} {name!r}"
        yield table.mend(i, "manager_id", tops[i], ids[boss], f"reports to {ids[boss]!r}, {why}")


def _tops(table: Table, lines: Lines, circles: Sequence[Sequence[int]]) -> tuple[dict[int, str], Ints]:
    """Rows that have no manager when all circles are cut, with what was found there; and everybody's manager then."""
    names = table.cells["manager_id"]
    tops = {i: "names no manager" if names[i] != table.cells["employee_id"][i] else "own manager" for i in lines.heads}
    tops |= {i: f"reports to {names[i]!r}, who is not in the {table.words.source}" for i in lines.unknown}
    manager = lines.manager.copy()
    members = [i for circle in circles for i in circle]
    manager[members] = members
    below = sizes(by_depth(manager), manager).astype(float)
    rank = _rank(table.column("grade"), below)
    for circle in circles:
        top = min(circle, key=lambda i: (-rank[i], -below[i], table.cells["employee_id"][i]))
        tops[top] = f"in a circle: {circle_told(table, circle)}"
        others = [i for i in circle if i != top]
        manager[others] = lines.manager[others]
    return tops, manager


def _rank(grades: Sequence[str], below: Floats) -> Floats:
    """(n,) how high each grade stands: by the people below its holders, on average; blank grades stand lowest."""
    _, code = np.unique(np.array(grades), return_inverse=True)
    means = np.bincount(code, below) / np.bincount(code)
    return np.where(np.array(grades) == "", -1.0, means[code])


def _head(ids: Sequence[str], lines: Lines, manager: Ints) -> int:
    """Of all tops the one with the largest tree; but whoever is given as head and leads enough people stays it."""
    size, reports = sizes(by_depth(manager), manager), np.bincount(manager, minlength=len(manager))
    given = [i for i in lines.heads if size[i] >= HEAD * len(manager)]
    tops = given or np.flatnonzero(manager == np.arange(len(manager))).tolist()
    return min(tops, key=lambda i: (-size[i], -reports[i], ids[i]))


def _leads(names: Sequence[str], manager: Ints, head: int) -> dict[str, int]:
    """Who leads each unit: who has people, and a manager outside of it; no unit with several such people.

    Only people below the head count, so that nobody comes to report to somebody below.
    """
    inside = climb(manager)[1] == head
    inside &= np.bincount(manager, minlength=len(manager)) > 0
    found: dict[str, list[int]] = {}
    for i in np.flatnonzero(inside).tolist():
        boss = int(manager[i])
        if names[i] and (boss == i or names[boss] != names[i]):
            found.setdefault(names[i], []).append(i)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}
