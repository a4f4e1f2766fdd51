"""People files: an organization from a CSV file, one row per post.

Columns, in any order, whatever their case: `employee_id` and `manager_id` are required; `unit`, `department`, `grade`,
`job_family`, `fte`, `tenure_months` and `months_in_post` are optional. The head's `manager_id` is blank, one of `XX`,
`NA`, `N/A`, `none`, `null`, `nan`, `-`, or the head's own id. A blank unit, department or job family is the manager's;
a blank grade is one of its own below all others; a blank fte is 1.

Without a department column the reporting lines are cut into departments as in generated organizations
(`generate.split`), named by the unit of their heads. Without a grade column the level in the tree is the grade.

A file with faults is refused with all of them at once (`checks`), or mended by stated defaults (`mending`). The file
itself is only read. Sorting it, or replacing its ids and names of units, changes nothing but `ids` and names: see
`numbers`.
"""

from collections import Counter
from pathlib import Path

import numpy as np

from sim.people.checks import Posts, checked
from sim.people.fault_texts import not_mended, refused
from sim.people.generate import by_appearance, split, usual_departments
from sim.people.mending import mended
from sim.people.numbers import Hashes, arrange, by_depth, climb, hashes
from sim.people.roster import Mend, Roster
from sim.people.table import Table, table_of
from sim.rows import Ints

NOTHING = "(none)"


def read(path: str | Path, departments: int = 0, mend: bool = False) -> Roster:
    """Read the organization in a people file.

    Parameters
    ----------
    path : a CSV file with a header, separated by comma, semicolon or tab, in UTF-8, UTF-16 or Latin-1.
    departments : how many to form if the file has no department column; 0 for about twenty, fewer where people are few.
    mend : mend faults by the defaults in docs/people-files.md; `mends` of the roster tell each.

    Returns
    -------
    Roster
        `lasting`; `notes` say what was ignored, filled in or derived.

    Raises
    ------
    PeopleError
        With all faults of the file at once, the rows they stand in (the header is row 1), and how to mend them;
        with `mend`, those that no default can mend.
    """
    path = Path(path)
    return roster_in(table_of(path), path.name, departments, mend)


def roster_in(table: Table, name: str, departments: int = 0, mend: bool = False) -> Roster:
    """The organization in a table, whatever it was made of; `name` is what errors call that."""
    posts, faults = checked(table)
    mends: tuple[Mend, ...] = ()
    if faults:  # without `mend` too, as the refusal says what mending would come to
        mends = mended(table)
        posts, left = checked(table)
        if not mend:
            raise refused(name, faults, left, table.words)
        if left:
            raise not_mended(name, left, len(mends), table.words)
    return _roster(table, posts, departments, mends)


# The roster


def _roster(table: Table, posts: Posts, wanted: int, mends: tuple[Mend, ...]) -> Roster:
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
        mends=mends,
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
    what = table.words.column
    table.notes.append(f"No department {what}: {len(heads)} departments cut out of the reporting lines.")
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
    what = table.words.column
    table.notes.append(f"No grade {what}: levels of managers are the grades, and one more for those who lead nobody.")
    return grade, [f"Level {step + 1}" for step in range(int(grade.max()) + 1)]
