"""What is wrong with the table of a people file, and what it says if nothing is."""

import math
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.errors import nearest
from sim.people.fault_texts import MONTHS, OPTIONAL, REQUIRED, SHOWN, Fault, What, counted, enumerated
from sim.people.numbers import climb
from sim.people.roster import UNKNOWN
from sim.people.table import BLANK, Table
from sim.rows import Floats, Ints

NO_MANAGER = BLANK | {"xx"}
SEARCHED = 5000  # people among whom a near miss is looked for: it takes a while


class Posts(NamedTuple):
    """What was read, one row for each row of the table; right only where no fault was found."""

    manager: Ints
    fte: Floats
    tenure: Floats
    in_post: Floats


class Lines(NamedTuple):
    """Reporting lines as far as they are known.

    Attributes
    ----------
    heads : rows without a manager, or with their own id in its place
    unknown : rows whose manager is nobody in the file
    manager : (n,) row of each person's manager; the own row of heads and of those whose manager is unknown
    """

    heads: list[int]
    unknown: list[int]
    manager: Ints

    @property
    def lost(self) -> bool:
        """Whether most people name no manager of this file, so that there is no organization in it to speak of."""
        return 2 * (len(self.heads) + len(self.unknown) - 1) > len(self.manager)


def checked(table: Table) -> tuple[Posts, list[Fault]]:
    """What a table says, and all its faults."""
    faults = _header(table) + _rows(table)
    if table.rows and table.cells.keys() >= set(REQUIRED):
        first, doubled = _ids(table)
        lines = lines_of(table, first)
        faults += [*doubled, *_rivals(table, first), *_unknown(table, lines, first), *_heads(table, lines)]
        faults += _circles(table, lines.manager)
        manager = lines.manager
    else:
        manager = np.arange(len(table))
    fte, tenure, in_post = (_numbers(table, name, faults) for name in ("fte", "tenure_months", "months_in_post"))
    faults += _fte(table, fte) + _clocks(table, tenure, in_post)
    clocks = (np.where(np.isnan(months), UNKNOWN, months) for months in (tenure, in_post))
    return Posts(manager, np.where(np.isnan(fte), 1.0, fte), *clocks), faults


# Columns and rows


def _header(table: Table) -> list[Fault]:
    missing = [name for name in REQUIRED if name not in table.header]
    others = [name for name in table.header if name and name not in REQUIRED + OPTIONAL]
    doubled = [name for name in REQUIRED + OPTIONAL if table.header.count(name) > 1]
    return [
        Fault(What.NO_COLUMN, f"no column {name!r} among {enumerated(table.header)}.{nearest(name, others)}")
        for name in missing
    ] + [
        Fault(What.SAME_COLUMN, f"{name!r} stands {table.header.count(name)} times", (), name) for name in doubled
    ]  # fmt: skip


def _rows(table: Table) -> list[Fault]:
    width = len(table.header)
    faults = [
        Fault(What.LONG_ROW, f"row {table.rows[i]} has {cells} cells, the header {width}", (i,))
        for i, cells in enumerate(table.widths) if cells > width
    ]  # fmt: skip
    if len(table) < 2:
        place = table.words.place
        faults.append(Fault(What.FEW, f"{counted(len(table), place) if len(table) else f'no {place}s'} with people"))
    return faults


# Reporting lines


def _ids(table: Table) -> tuple[dict[str, int], list[Fault]]:
    """Row of each id (the first, where it stands on several), and faults of ids."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(table.cells["employee_id"]):
        places.setdefault(name, []).append(i)
    # One person may be called NA; where several are, nobody is.
    blank = [name for name, found in places.items() if not name or (len(found) > 1 and name.lower() in BLANK)]
    nobody = sorted(i for name in blank for i in places.pop(name))
    faults = [Fault(What.NO_ID, table.place(i), (i,)) for i in nobody]
    for name, found in places.items():
        if len(found) > 1:
            rows = enumerated([str(table.rows[i]) for i in found])
            faults.append(Fault(What.SAME_ID, f"{name!r} on {table.words.place}s {rows}", tuple(found)))
    return {name: found[0] for name, found in places.items()}, faults


def lines_of(table: Table, first: dict[str, int]) -> Lines:
    """Reporting lines, given the row of each id; rows with no id, or one that stands further up, are left out."""
    heads: list[int] = []
    unknown: list[int] = []
    manager = np.arange(len(table))
    names = zip(table.cells["employee_id"], table.cells["manager_id"], strict=True)
    for i, (own, boss) in enumerate(names):
        if first.get(own) != i:
            continue
        if boss and boss != own and boss in first:
            manager[i] = first[boss]
        else:
            (heads if boss == own or boss.lower() in NO_MANAGER else unknown).append(i)
    return Lines(heads, unknown, manager)


def _rivals(table: Table, first: dict[str, int]) -> Iterable[Fault]:
    for name, bosses in table.rivals.items():
        i = first.get(name)
        if i is not None:
            told = f"{table.where(i)} reports to {enumerated([repr(boss) for boss in bosses])}"
            yield Fault(What.RIVALS, told, (i,), "manager_id")


def _unknown(table: Table, lines: Lines, first: dict[str, int]) -> Iterable[Fault]:
    what = What.LOST if lines.lost else What.UNKNOWN
    for i in lines.unknown:
        boss = table.cells["manager_id"][i]
        hint = partial(nearest, boss, first) if len(first) <= SEARCHED else str
        yield Fault(what, f"{table.where(i)} reports to {boss!r}.", (i,), "manager_id", hint)


def _heads(table: Table, lines: Lines) -> list[Fault]:
    heads = lines.heads
    if not heads:
        return [Fault(What.NO_ROOT, f"all {len(table)} {table.words.place}s name a manager")]
    if len(heads) == 1:
        return []
    rest = [f"{len(heads) - SHOWN:,} more"] * (len(heads) > SHOWN)
    what = What.LOST if lines.lost else What.ROOTS
    return [Fault(what, enumerated([table.where(i) for i in heads[:SHOWN]] + rest) + " have none", tuple(heads))]


def _circles(table: Table, manager: Ints) -> Iterable[Fault]:
    _, top = climb(manager)
    for circle in _circles_of(manager, np.flatnonzero(manager[top] != top)):
        yield Fault(What.CIRCLE, circle_told(table, circle), tuple(circle))


def circle_told(table: Table, circle: Sequence[int]) -> str:
    """Who reports to whom, round and round."""
    shown = [table.where(i) for i in circle[:SHOWN]] + [f"{len(circle) - SHOWN:,} more"] * (len(circle) > SHOWN)
    return " → ".join([*shown, table.where(circle[0])])


def _circles_of(manager: Ints, lost: Ints) -> Iterable[list[int]]:
    """Each circle of reporting lines once, from its first row on, given the rows that lead into one."""
    seen: dict[int, int] = {}
    for start in lost.tolist():
        i, trail = start, []
        while i not in seen:
            seen[i] = start
            trail.append(i)
            i = int(manager[i])
        if seen[i] == start:
            circle = trail[trail.index(i) :]
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]


# Numbers


def number(cell: str) -> float:
    """The number in a cell, NaN if there is none."""
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _numbers(table: Table, name: str, faults: list[Fault]) -> Floats:
    """(n,) a column of numbers, NaN where a cell is blank or is no number (a fault)."""
    cells = table.column(name)
    values = np.array([number(cell) if cell else math.nan for cell in cells])
    for i in np.flatnonzero(np.isnan(values)).tolist():
        if cells[i]:
            faults.append(Fault(What.NO_NUMBER, f"{table.where(i)}: {cells[i]!r} is not a number", (i,), name))
    return values


def _fte(table: Table, values: Floats) -> list[Fault]:
    """Out of range one by one, or all of them together: percent, or hours a week."""
    stated = values[values > 0]
    scale = len(stated) > 1 and bool((stated > 1).all()) and float(stated.max()) <= 100
    high = np.zeros(len(values), bool) if scale else values > 1
    faults = _out_of_range(table, "fte", (values <= 0) | high)
    if scale:
        told = f"all values lie between {stated.min():g} and {stated.max():g}: percent? divide them by 100"
        faults.append(Fault(What.SCALE, told, (), "fte"))
    return faults


def _clocks(table: Table, tenure: Floats, in_post: Floats) -> list[Fault]:
    """Months since hire and in the post."""
    faults = []
    for name, values in ("tenure_months", tenure), ("months_in_post", in_post):
        faults += _out_of_range(table, name, (values < 0) | (values > MONTHS))
    for i in np.flatnonzero((tenure >= 0) & (in_post > tenure)).tolist():
        told = f"{table.where(i)}: {in_post[i]:g} in post, {tenure[i]:g} since hire"
        faults.append(Fault(What.CLOCKS, told, (i,), "months_in_post"))
    return faults


def _out_of_range(table: Table, name: str, bad: "np.ndarray") -> list[Fault]:
    return [
        Fault(What.RANGE, f"{table.where(i)}: {table.cells[name][i]}", (i,), name)
        for i in np.flatnonzero(bad).tolist()
    ]  # fmt: skip
