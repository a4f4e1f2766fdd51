"""People files: an organization from a CSV file, one row per post.

Columns, in any order, whatever their case: `employee_id` and `manager_id` are required; `unit`, `department`, `grade`,
`job_family`, `fte`, `tenure_months` and `months_in_post` are optional. The head's `manager_id` is blank, one of `XX`,
`NA`, `N/A`, `none`, `null`, `nan`, `-`, or the head's own id. A blank unit, department or job family is the manager's;
a blank grade is one of its own below all others; a blank fte is 1.

Without a department column the reporting lines are cut into departments as in generated organizations
(`generate.split`), named by the unit of their heads. Without a grade column the level in the tree is the grade.

The file is only read. Sorting it, or replacing its ids and names of units, changes nothing but `ids` and names: see
`numbers`.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.errors import PeopleError, nearest
from sim.people.generate import by_appearance, split, usual_departments
from sim.people.numbers import Hashes, arrange, by_depth, climb, hashes
from sim.people.roster import UNKNOWN, Roster
from sim.records import Floats, Ints

REQUIRED = ["employee_id", "manager_id"]
OPTIONAL = ["unit", "department", "grade", "job_family", "fte", "tenure_months", "months_in_post"]
BLANK = {"", "na", "n/a", "none", "null", "nan", "-"}
NO_MANAGER = BLANK | {"xx"}
NOTHING = "(none)"
SHOWN = 10  # faults of one kind that are listed
SEARCHED = 5000  # people among whom a near miss is looked for: it takes a while


def read(path: str | Path, departments: int = 0) -> Roster:
    """Read the organization in a people file.

    Parameters
    ----------
    path : a CSV file with a header, separated by comma, semicolon or tab, in UTF-8, UTF-16 or Latin-1.
    departments : how many to form if the file has no department column; 0 for about twenty, fewer where people are few.

    Returns
    -------
    Roster
        `lasting`; `notes` say what was ignored, filled in or derived.

    Raises
    ------
    PeopleError
        With all faults of the file at once, the rows they stand in (the header is row 1), and how to mend them.
    """
    path = Path(path)
    faults = Faults(path.name)
    text, encoding = _text(path, faults)
    table = _table(text, faults)
    if encoding == "latin-1":
        table.notes.append("Not UTF-8: read as Latin-1. Look whether letters with accents came out right.")
    posts = Posts(_managers(table, faults), _fte(table, faults), *_clocks(table, faults))
    faults.raise_any()
    return _roster(table, posts, departments)


# Faults


class Faults:
    """What is wrong with a file, by kind, so that all of it can be said at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[str, list[str]] = {}

    def add(self, kind: str, fault: str) -> None:
        """Note one fault; `kind` says what is wrong in general and how to mend it."""
        self.found.setdefault(kind, []).append(fault)

    def raise_any(self) -> None:
        """Raise all faults as one error, if there are any."""
        if self.found:
            raise PeopleError(str(self))

    def __str__(self) -> str:
        total = sum(map(len, self.found.values()))
        lines = [f"{self.name}: {total} fault{'s' * (total != 1)}. The file itself was left as it is."]
        for kind, faults in self.found.items():
            lines += [f"- {kind}:", *(f"    {fault}" for fault in faults[:SHOWN])]
            lines += [f"    ... and {len(faults) - SHOWN} more"] * (len(faults) > SHOWN)
        return "\n".join(lines)


def _enumerated(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])


# From bytes to columns


@dataclass
class Table:
    """The cells of a people file, by column, and the row of the file each stands in."""

    rows: list[int]
    cells: dict[str, list[str]]
    notes: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """Cells of a column, with all ways to leave one blank made the same."""
        cells = self.cells.get(name) or [""] * len(self.rows)
        return ["" if cell.lower() in BLANK else cell for cell in cells]

    def where(self, i: int) -> str:
        """The row of the file, and who stands in it."""
        ids = self.cells.get("employee_id")
        return f"row {self.rows[i]} ({ids[i]!r})" if ids else f"row {self.rows[i]}"


def _text(path: Path, faults: Faults) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        near = nearest(path.name, (file.name for file in path.parent.glob("*"))) if path.parent.is_dir() else ""
        faults.add("there is no such file", f"{path}.{near}")
    except OSError as error:
        faults.add("the file cannot be opened; it must be a CSV file that you may read", f"{path}: {error.strerror}")
    faults.raise_any()
    return _decoded(content, faults)


def _decoded(content: bytes, faults: Faults) -> tuple[str, str]:
    """The text and its encoding. Every byte means something in Latin-1, so that it comes last."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    faults.add("this is no text; export it as CSV in UTF-8 (a spreadsheet does: Save as, CSV UTF-8)", faults.name)
    raise PeopleError(str(faults))


def _table(text: str, faults: Faults) -> Table:
    header, rows = _cells(text, faults)
    _check_header(header, faults)
    width = len(header)
    people = [(row, cells) for row, cells in rows if any(cells)]
    for row, cells in people:
        if any(cells[width:]):
            faults.add(
                "a row has more cells than the header; put quotes around cells that hold a separator",
                f"row {row} has {len(cells)} cells, the header {width}",
            )
    if len(people) < 2:
        what = "an organization has at least two people, one row each below the header"
        faults.add(what, f"{len(people) or 'no'} row{'s' * (len(people) != 1)} with people")
    padded = ((cells + [""] * width)[:width] if len(cells) != width else cells for _, cells in people)
    columns = dict(zip(header, map(list, zip(*padded, strict=True)), strict=False)) if people else {}
    known = {name: cells for name, cells in columns.items() if name in REQUIRED + OPTIONAL}
    ignored = [name for name in header if name and name not in REQUIRED + OPTIONAL]
    notes = [f"Columns ignored: {_enumerated(ignored)}."] if ignored else []
    return Table([row for row, _ in people], known, notes)


def _cells(text: str, faults: Faults) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Names in the header, and each further row with its number; cells without the spaces around them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        read = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        rows = [(row, [cell.strip() for cell in cells]) for row, cells in enumerate(read, 1)]
    except csv.Error as error:
        faults.add("this is no CSV file; look for a quote that is opened and never closed", str(error))
        faults.raise_any()
    rows = [(row, cells) for row, cells in rows if any(cells)]
    if not rows:
        kind = f"the file is empty; it needs a header with {_enumerated(REQUIRED)}, and a row for each person"
        faults.add(kind, "no rows")
        faults.raise_any()
    return [re.sub(r"[\s-]+", "_", name.lower()) for name in rows[0][1]], rows[1:]


def _check_header(header: list[str], faults: Faults) -> None:
    for name in REQUIRED:
        if name not in header:
            others = [other for other in header if other and other not in REQUIRED + OPTIONAL]
            kind = f"a column is missing; the header (row 1) must name {_enumerated(REQUIRED)}"
            faults.add(kind, f"no column {name!r} among {_enumerated(header)}.{nearest(name, others)}")
    for name in REQUIRED + OPTIONAL:
        if header.count(name) > 1:
            faults.add("two columns have one name; delete or rename one", f"{name!r} stands {header.count(name)} times")


# Reporting lines


class Posts(NamedTuple):
    """What was read and checked, one row for each row of the table."""

    manager: Ints
    fte: Floats
    tenure: Floats
    in_post: Floats


def _managers(table: Table, faults: Faults) -> Ints:
    """(n,) row in the table of each person's manager, the head's own; complete only if no fault is found."""
    if not table.rows or not table.cells.keys() >= set(REQUIRED):
        return np.zeros(0, np.int64)
    first = _ids(table, faults)
    heads, unknown, manager = _resolved(table, first)
    _check_known(table, unknown, first, faults)
    _check_heads(table, heads, faults)
    _check_cycles(table, manager, faults)
    return manager


def _ids(table: Table, faults: Faults) -> dict[str, int]:
    """Row in the table of each id: the first, where it stands on several."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(table.cells["employee_id"]):
        places.setdefault(name, []).append(i)
    for i in places.pop("", []):
        faults.add("employee_id is blank; give everybody an id", f"row {table.rows[i]}")
    for name, found in places.items():
        if len(found) > 1:
            rows = _enumerated([str(table.rows[i]) for i in found])
            kind = "an employee_id stands on more than one row; keep one row, or give each person an id of their own"
            faults.add(kind, f"{name!r} on rows {rows}")
    return {name: found[0] for name, found in places.items()}


def _resolved(table: Table, first: dict[str, int]) -> tuple[list[int], list[int], Ints]:
    """Rows of heads, rows whose manager is unknown, and the manager of everybody (own row in both these cases)."""
    heads: list[int] = []
    unknown: list[int] = []
    manager = np.arange(len(table.rows))
    names = zip(table.cells["employee_id"], table.cells["manager_id"], strict=True)
    for i, (own, boss) in enumerate(names):
        if first.get(own) != i:
            continue  # no id, or one that stands further up: a fault already
        if boss and boss != own and boss in first:
            manager[i] = first[boss]
        else:
            (heads if boss == own or boss.lower() in NO_MANAGER else unknown).append(i)
    return heads, unknown, manager


def _check_known(table: Table, unknown: list[int], first: dict[str, int], faults: Faults) -> None:
    kind = "a manager_id is nobody's employee_id; correct it, or add a row for the manager"
    for place, i in enumerate(unknown):
        boss = table.cells["manager_id"][i]
        near = nearest(boss, first) if place < SHOWN and len(first) <= SEARCHED else ""
        faults.add(kind, f"{table.where(i)} reports to {boss!r}.{near}")


def _check_heads(table: Table, heads: list[int], faults: Faults) -> None:
    if not heads:
        kind = "nobody is the head; leave manager_id blank in the row of the one person to whom all others report"
        faults.add(kind, f"all {len(table.rows)} rows name a manager")
    if len(heads) > 1:
        shown = [table.where(i) for i in heads[:SHOWN]]
        rest = [f"{len(heads) - SHOWN} more"] * (len(heads) > SHOWN)
        kind = "more than one person has no manager; fill in manager_id for all but the head"
        faults.add(kind, _enumerated(shown + rest))


def _check_cycles(table: Table, manager: Ints, faults: Faults) -> None:
    _, top = climb(manager)
    for cycle in _cycles(manager, np.flatnonzero(manager[top] != top)):
        shown = [table.where(i) for i in cycle[:SHOWN]] + [f"{len(cycle) - SHOWN} more"] * (len(cycle) > SHOWN)
        kind = "people report to each other in a circle; correct the manager_id of one of them"
        faults.add(kind, " → ".join([*shown, table.where(cycle[0])]))


def _cycles(manager: Ints, lost: Ints) -> Iterable[list[int]]:
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


def _numbers(table: Table, name: str, blank: float, kind: str, faults: Faults) -> Floats:
    """(n,) a column of numbers, `blank` where there is none, NaN where the cell is no number (a fault)."""
    values = np.full(len(table.rows), math.nan)
    for i, cell in enumerate(table.column(name)):
        try:
            values[i] = float(cell) if cell else blank
        except ValueError:
            faults.add(kind, f"{table.where(i)}: {cell!r} is not a number")
    return values


def _fte(table: Table, faults: Faults) -> Floats:
    kind = "fte must be a number above 0 and at most 1, with a decimal point (1 is full time)"
    values = _numbers(table, "fte", 1.0, kind, faults)
    if values.max(initial=0) > 1 and values.max(initial=0) <= 100 and (values[values > 0] > 1).all():
        faults.add(kind, f"all values lie between {values.min():g} and {values.max():g}: percent? divide them by 100")
        return values
    for i in np.flatnonzero((values <= 0) | (values > 1)).tolist():
        faults.add(kind, f"{table.where(i)}: {table.cells['fte'][i]}")
    return values


def _clocks(table: Table, faults: Faults) -> tuple[Floats, Floats]:
    """(n,) months since hire and in the post."""
    tenure, in_post = (_months(table, name, faults) for name in ("tenure_months", "months_in_post"))
    kind = "months_in_post must not exceed tenure_months"
    for i in np.flatnonzero((tenure >= 0) & (in_post > tenure)).tolist():
        faults.add(kind, f"{table.where(i)}: {in_post[i]:g} in post, {tenure[i]:g} since hire")
    return tenure, in_post


def _months(table: Table, name: str, faults: Faults) -> Floats:
    kind = f"{name} must be a number of months, 0 or more"
    values = _numbers(table, name, math.nan, kind, faults)
    for i in np.flatnonzero((values < 0) | np.isinf(values)).tolist():
        faults.add(kind, f"{table.where(i)}: {table.cells[name][i]}")
    return np.where(np.isnan(values), UNKNOWN, values)


# The roster


def _roster(table: Table, posts: Posts, wanted: int) -> Roster:
    """Put what was read in the order of a roster."""
    manager, ids = posts.manager, table.cells["employee_id"]
    named = _inherited(table.column("department"), manager)
    order, number = arrange(manager, _traits(table, posts), hashes(named), ids)
    boss = np.argsort(order)[manager[order]]
    department, departments = _departments(table, posts, order, wanted)
    family, families = _coded(_inherited(table.column("job_family"), manager))
    grade, grades = _grades(table, manager)
    return Roster(
        number=number,
        manager=boss,
        department=department,
        family=family[order],
        grade=grade[order],
        fte=posts.fte[order],
        tenure=posts.tenure[order],
        in_post=posts.in_post[order],
        ids=[ids[i] for i in order],
        departments=departments,
        families=families,
        grades=grades,
        lasting=True,
        notes=table.notes,
    )


def _traits(table: Table, posts: Posts) -> Hashes:
    """(n,) hash of what each person is, however the file writes the numbers."""
    clocks = (values.tolist() for values in (posts.fte, posts.tenure, posts.in_post))
    people = zip(table.column("grade"), table.column("job_family"), *clocks, strict=True)
    return hashes(map(repr, people))


def _inherited(cells: list[str], manager: Ints) -> list[str]:
    """Fill blank cells from the manager's, from the head down."""
    filled = list(cells)
    filled_in = [i for tier in by_depth(manager) for i in tier.tolist() if not cells[i]] if "" in cells else []
    for i in filled_in:
        filled[i] = filled[manager[i]] or NOTHING
    return filled


def _coded(names: list[str]) -> tuple[Ints, list[str]]:
    """Codes of names in alphabetical order, and the names."""
    known, code = np.unique(np.array(names), return_inverse=True)
    return code.astype(np.int64), known.tolist()


def _departments(table: Table, posts: Posts, order: Ints, wanted: int) -> tuple[Ints, list[str]]:
    """Department of each row of the roster, in order of appearance, and their names."""
    if any(table.column("department")):
        code, names = _coded(_inherited(table.column("department"), posts.manager))
        department = by_appearance(code[order])
        heads = np.unique(department, return_index=True)[1]
        return department, [names[code[order[i]]] for i in heads]
    department = split(np.argsort(order)[posts.manager[order]], wanted or usual_departments(len(order)))
    heads = np.unique(department, return_index=True)[1]
    table.notes.append(f"No department column: {len(heads)} departments cut out of the reporting lines.")
    units = _inherited(table.column("unit"), posts.manager)
    return department, _labels([units[order[i]] for i in heads])


def _labels(units: list[str]) -> list[str]:
    """Names for departments: the units of their heads, numbered where several are of one unit."""
    total, seen, labels = Counter(units), Counter[str](), []
    for unit in units:
        seen[unit] += 1
        name = "Department" if unit == NOTHING else unit
        labels.append(f"{name} {seen[unit]}" if total[unit] > 1 else name)
    return labels


def _grades(table: Table, manager: Ints) -> tuple[Ints, list[str]]:
    """Grade of each person and their names, the grade whose holders stand highest in the tree first."""
    depth, _ = climb(manager)
    cells = table.column("grade")
    if not any(cells):
        return _grades_by_level(table, manager, depth)
    code, names = _coded([cell or NOTHING for cell in cells])
    blank = np.array([name == NOTHING for name in names])
    ranked = np.lexsort((np.bincount(code, depth) / np.bincount(code), blank))
    return np.argsort(ranked)[code], [names[i] for i in ranked]


def _grades_by_level(table: Table, manager: Ints, depth: Ints) -> tuple[Ints, list[str]]:
    """A grade for each level of managers, and one below for all who lead nobody."""
    leads = np.isin(np.arange(len(manager)), manager[depth > 0])
    grade = np.where(leads, depth, depth[leads].max() + 1)
    table.notes.append("No grade column: levels of managers are the grades, and one more for those who lead nobody.")
    return grade, [f"Level {step + 1}" for step in range(int(grade.max()) + 1)]
