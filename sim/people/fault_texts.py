"""Faults of a people file, or of a graph of people: what they are called, and how they are told all at once."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from sim.errors import PeopleError

REQUIRED = ["employee_id", "manager_id"]
OPTIONAL = ["unit", "department", "grade", "job_family", "fte", "tenure_months", "months_in_post"]
MONTHS = 900  # seventy-five years: beyond it stand dates and days
EXPECTED = {
    "fte": "a number above 0 and at most 1, with a decimal point (1 is full time)",
    "tenure_months": f"a number of months, 0 to {MONTHS}",
    "months_in_post": f"a number of months, 0 to {MONTHS}",
}
SHOWN = 10  # faults of one kind that are listed


def enumerated(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])


def counted(number: int, what: str) -> str:
    """`1 fault`, `1,200 faults`."""
    return f"{number:,} {what}{'s' * (number != 1)}"


class What(Enum):
    """Everything that can be wrong with a people file, and how to correct it."""

    NO_FILE = "there is no such file"
    NOT_OPENED = "the file cannot be opened; it must be a CSV file that you may read"
    NO_TEXT = "this is no text; export it as CSV in UTF-8 (a spreadsheet does: Save as, CSV UTF-8)"
    NO_CSV = "this is no CSV file; look for a quote that is opened and never closed"
    EMPTY = f"the file is empty; it needs a header with {enumerated(REQUIRED)}, and a row for each person"
    NO_COLUMN = f"a column is missing; the header (row 1) must name {enumerated(REQUIRED)}"
    SAME_COLUMN = "two columns have one name; delete or rename one"
    LONG_ROW = "a row has more cells than the header; put quotes around cells that hold a separator"
    FEW = "an organization has at least two people, one row each below the header"
    NO_ID = "employee_id is blank; give everybody an id"
    SAME_ID = "an employee_id stands on more than one row; keep one row, or give each person an id of their own"
    UNKNOWN = "a manager_id is nobody's employee_id; correct it, or add a row for the manager"
    ROOTS = "more than one person has no manager; fill in manager_id for all but the head"
    LOST = (
        "most people name no manager of this file; write manager_id and employee_id alike (leading zeros, letters), "
        "or add the managers' rows"
    )
    NO_ROOT = "nobody is the head; leave manager_id blank in the row of the one person to whom all others report"
    CIRCLE = "people report to each other in a circle; correct the manager_id of one of them"
    NO_NUMBER = "{column} must be {expected}; these are no numbers"
    SCALE = "{column} must be {expected}; these are of another scale"
    RANGE = "{column} must be {expected}; these are out of range"
    CLOCKS = "months_in_post must not exceed tenure_months"
    RIVALS = "somebody reports to several people; leave one edge, and mark others, such as dotted lines, reports=False"


class Fault(NamedTuple):
    """One fault.

    Attributes
    ----------
    what : which of all that can be wrong
    text : where it stands and what was found
    rows : rows of the table (0 is the first person) that have it
    column : where it stands, if that is not plain from `what`
    hint : more to say, asked for only if the fault is shown: near misses take a while to find
    """

    what: What
    text: str
    rows: tuple[int, ...] = ()
    column: str = ""
    hint: Callable[[], str] = str

    def heading(self, words: "Words") -> str:
        """What is wrong in general, and how to correct it."""
        told = words.headings.get(self.what, self.what.value)
        return told.format(column=self.column, expected=EXPECTED.get(self.column, ""))


class Words(NamedTuple):
    """In which words faults are told.

    Attributes
    ----------
    source, place, column : what holds people, what holds one of them, and what holds one thing about all
    how, in_python : what to say so that faults are mended
    headings : of faults for which those of files are not right
    """

    source: str = "file"
    place: str = "row"
    column: str = "column"
    how: str = "org.mend=true"
    in_python: str = "; in Python, mend=True"
    headings: Mapping[What, str] = {}


OF_FILES = Words()


def refused(
    name: str, faults: list[Fault], left: list[Fault] | None = None, words: Words = OF_FILES
) -> PeopleError:
    """All faults of a source as one error; `left` are those that would stay if the others were mended."""
    first = f"{name}: {counted(len(faults), 'fault')}. The {words.source} itself was left as it is."
    lines = [first, *_listed(faults, words)]
    if left is not None:
        lines += _advice(faults, left, words)
    return PeopleError("\n".join(lines))


def not_mended(name: str, faults: list[Fault], mends: int, words: Words = OF_FILES) -> PeopleError:
    """The faults that mending leaves, as one error."""
    others = f" Everything else can be ({counted(mends, 'mend')})." if mends else ""
    first = f"{name}: {counted(len(faults), 'fault')} that cannot be mended by a default, only in the {words.source}."
    rest = f"{others} The {words.source} itself was left as it is."
    return PeopleError("\n".join([f"{first}{rest}", *_listed(faults, words)]))


def _listed(faults: list[Fault], words: Words) -> list[str]:
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.heading(words), []).append(fault)
    lines = []
    for heading, group in groups.items():
        lines += [f"- {heading}:", *(f"    {fault.text}{fault.hint()}" for fault in group[:SHOWN])]
        lines += [f"    ... and {len(group) - SHOWN:,} more"] * (len(group) > SHOWN)
    return lines


def _advice(faults: list[Fault], left: list[Fault], words: Words) -> list[str]:
    """How to go on with the source as it is."""
    mended = len(faults) - len(left)
    how = f"by stated defaults and lists each mend{words.in_python}."
    if not left:
        which = "this" if mended == 1 else f"all {mended:,}" if mended > 2 else "both"
        return [f"To go on with the {words.source} as it is: {words.how} mends {which} {how}"]
    headings = enumerated(list(dict.fromkeys(repr(fault.heading(words).partition(";")[0]) for fault in left)))
    if mended <= 0:
        return [f"{words.how} cannot mend this: {headings}."]
    return [f"{words.how} mends {mended:,} of these {how} It cannot mend {headings}."]
