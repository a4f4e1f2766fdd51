"""Mending a people file by stated defaults: in memory only, and each mend is told.

`mended` looks for faults as `checks` does, mends those of one kind, and looks again, kind by kind in the order of
`STEPS`. What is left then cannot be mended. docs/people-files.md says in a table what is done to each fault.

Nothing depends on the order of rows, and ids and names count only where they are compared in the alphabet: to choose
between two rows of one id that are as good as each other, and between two heads, or two people of a circle, with
equally many people below.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import numpy as np

from sim.people.checks import NO_MANAGER, checked, number
from sim.people.fault_texts import REQUIRED, Fault, What, counted, enumerated
from sim.people.mending_tree import one_tree
from sim.people.roster import Mend
from sim.people.table import Table

Mender = Callable[[Table, list[Fault]], Iterable[Mend]]
TOLD = 3  # mends of a column that are told before the rest is counted
WIDEST = 240  # characters of a mend that is told
BLANK_MEANS = {"fte": "full time", "tenure_months": "not known", "months_in_post": "not known"}


def mended(table: Table) -> tuple[Mend, ...]:
    """Mend a table in place; what was done, in the order of rows."""
    mends: list[Mend] = []
    faults = checked(table)[1]
    for kinds, mender in STEPS:
        if found := [fault for fault in faults if fault.what in kinds]:
            mends += mender(table, found)
            faults = checked(table)[1]
    return tuple(sorted(mends, key=lambda mend: mend.line))  # of one row, in the order in which it was mended


def told(mends: Sequence[Mend], file: str) -> list[str]:
    """How many mends there are of each column, and the first of them: a few lines, however many there are."""
    if not mends:
        return [f"{file}: nothing to mend."]
    lines = [f"{counted(len(mends), 'mend')} in what was read from {file}; the file itself was left as it is."]
    for column, group in groupby(sorted(mends, key=lambda mend: mend.column), lambda mend: mend.column):
        some = list(group)
        lines.append(f"- {column or 'whole rows'}: {counted(len(some), 'mend')}")
        lines += [f"    {_short(str(mend))}" for mend in some[:TOLD]]
        lines += [f"    ... and {len(some) - TOLD:,} more"] * (len(some) > TOLD)
    return lines


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 4]} ..."


# Columns and rows


def _same_columns(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    for fault in faults:
        found = f"{table.header.count(fault.column)} columns of this name"
        while table.header.count(fault.column) > 1:
            table.header[table.header.index(fault.column)] = ""
        yield table.mended_all(fault.column, found, "the leftmost is read")


def _long_rows(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """What stands where in such a row nobody can tell, but the columns everybody must have come first in most files."""
    for i in (fault.rows[0] for fault in faults):
        for name in table.cells.keys() - set(REQUIRED):
            table.cells[name][i] = ""
        found = f"{table.widths[i]} cells, the header {len(table.header)}"
        table.widths[i] = len(table.header)
        done = f"{enumerated(REQUIRED)} are read, all others taken as blank"
        yield table.mended(i, "", found, done)


# Rows without an id


def _without_id(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """Somebody with a manager is a person; without one it may as well be a line of totals."""
    ids, bosses = table.cells["employee_id"], table.cells["manager_id"]
    taken, gone = set(ids), []
    for i in (fault.rows[0] for fault in faults):
        if bosses[i].lower() in NO_MANAGER:
            gone.append(i)
            yield table.mended(i, "employee_id", "no id, no manager", "row left out")
            continue
        name = f"({table.place(i)})"
        while name in taken:
            name += "'"
        taken.add(name)
        yield table.mend(i, "employee_id", "no id", name, f"kept under the id {name!r}")
    table.drop(gone)


# Numbers


def _no_numbers(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """Decimal commas and percent signs can be read; nothing else is guessed at."""
    for fault in faults:
        (i,), column = fault.rows, fault.column
        cell = table.cells[column][i]
        percent = column == "fte" and cell.endswith("%")
        plain = cell.rstrip("% ") if percent else cell
        value = number(re.sub(r"^(\d*),(\d+)$", r"\1.\2", plain)) / (100 if percent else 1)
        read = f"{value:g}" if np.isfinite(value) else ""
        done = f"read as {read}" if read else f"taken as blank: {BLANK_MEANS[column]}"
        yield table.mend(i, column, f"{cell!r} is not a number", read, done)


def _of_another_scale(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """Percent or hours a week: somebody has worked full time in every organization so far."""
    values = [number(cell) for cell in table.column("fte")]
    stated = [value for value in values if value > 0]
    full = max(stated)
    for i, value in enumerate(values):
        if value > 0:
            table.cells["fte"][i] = f"{value / full:g}"
    found = f"all values lie between {min(stated):g} and {full:g}"
    yield table.mended_all("fte", found, f"all divided by the largest, {full:g}, taken as full time")


def _out_of_range(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    for fault in faults:
        (i,), column = fault.rows, fault.column
        found = f"{table.cells[column][i]}, out of range"
        yield table.mend(i, column, found, "", f"taken as blank: {BLANK_MEANS[column]}")


def _clocks(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """The date of hire is on every contract; the date of the last move is kept by hand."""
    for i in (fault.rows[0] for fault in faults):
        tenure, in_post = table.cells["tenure_months"][i], table.cells["months_in_post"][i]
        yield table.mend(i, "months_in_post", f"{in_post}, above tenure_months {tenure}", tenure, f"taken as {tenure}")


# Rows of one id


def _same_ids(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """One row stays for each id, and keeps everybody who reports to that id."""
    columns = {name: table.column(name) for name in sorted(table.cells)}
    stated = [number(cell) for cell in table.column("fte")]
    fte = [share if share > 0 else 0.0 for share in stated]

    def rank(i: int) -> tuple[tuple[str, float | list[str]], ...]:
        cells = [column[i] for column in columns.values()]
        return ("the larger fte", -fte[i]), ("fewer blanks", cells.count("")), ("first in the alphabet", cells)

    gone = []
    for fault in faults:
        best = min(fault.rows, key=lambda i: [value for _, value in rank(i)])
        stays = table.place(best)
        for i in (i for i in fault.rows if i != best):
            gone.append(i)
            reason = next((why for (why, one), (_, other) in zip(rank(best), rank(i), strict=True) if one != other), "")
            other = [f"{name} {cells[i]!r}, not {cells[best]!r}" for name, cells in columns.items()
                     if cells[i] != cells[best]]  # fmt: skip
            found = f"the id of {stays} again: {'; '.join(other)}" if other else f"{stays} again, the same in all cells"
            done = "row left out" + (f"; {stays} stays ({reason})" if reason else "")
            yield table.mended(i, "employee_id", found, done)
    table.drop(gone)


# Several managers


def _rivals(table: Table, faults: list[Fault]) -> Iterable[Mend]:
    """One manager stays: of the own unit, else of the own department, else of any, the first in the alphabet."""
    ids = table.cells["employee_id"]
    row = {name: i for i, name in enumerate(ids)}
    groups = {what: table.column(what) for what in ("unit", "department")}
    for i in (fault.rows[0] for fault in faults):
        bosses = table.rivals.pop(ids[i])
        near = [(what, boss) for what, names in groups.items() for boss in sorted(bosses)
                if names[i] and boss in row and names[row[boss]] == names[i]]  # fmt: skip
        what, boss = near[0] if near else ("", min(bosses))
        why = f"the manager in {what} {groups[what][i]!r}" if what else "the first in the alphabet"
        found = f"reports to {enumerated([repr(one) for one in bosses])}"
        yield table.mend(i, "manager_id", found, boss, f"reports to {boss!r}, {why}")


STEPS: list[tuple[set[What], Mender]] = [
    ({What.SAME_COLUMN}, _same_columns),
    ({What.LONG_ROW}, _long_rows),
    ({What.NO_ID}, _without_id),
    ({What.NO_NUMBER}, _no_numbers),
    ({What.SCALE}, _of_another_scale),
    ({What.RANGE}, _out_of_range),
    ({What.CLOCKS}, _clocks),
    ({What.SAME_ID}, _same_ids),
    ({What.RIVALS}, _rivals),
    ({What.UNKNOWN, What.ROOTS, What.NO_ROOT, What.CIRCLE}, one_tree),
]
"""Kinds of faults and who mends them, in the order in which they are mended: no step makes faults for one before it."""
