"""The plan of an organization: who holds which post under whom, before anybody has lived a month."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.rows import Floats, Ints

UNKNOWN = -1


class Mend(NamedTuple):
    """What was done to one fault of a people file, or of a graph of people.

    Attributes
    ----------
    line : row of the file, as a spreadsheet counts them; the header is 1, and 0 stands for a node of a graph
    id : who stands there
    column : what was mended; empty for a whole row
    found, done : in words
    """

    line: int
    id: str
    column: str
    found: str
    done: str

    def __str__(self) -> str:
        who = f" ({self.id!r})" if self.id else ""
        where = f"row {self.line}{who}" if self.line else f"node{who}" if who else "all nodes"
        return f"{where}: {self.found} → {self.done}"


@dataclass(frozen=True)
class Roster:
    """One row for each post, the head first, the reports of one manager side by side, managers before their reports.

    Attributes
    ----------
    number : (n,) unique integers from 0 to 2^31 − 1
        The key of the post's draws. It does not depend on ids, names or the order of a file.
    manager : (n,) row of the manager; the head's is its own row, 0.
    department, family, grade : (n,) codes into the lists of names; grade 0 is the highest.
    fte : (n,) contracted share of full time, above 0 and at most 1.
    tenure, in_post : (n,) months since hire and in the post, or `UNKNOWN`.
    ids : names of the people as the source has them.
    departments, families, grades : names behind the codes.
    lasting : whether the people come from a file and keep their places until the fork.
    notes : what was ignored, filled in or derived in reading a file.
    mends : faults of the file and what was done to each, if it was read with `mend=True`.
    """

    number: Ints
    manager: Ints
    department: Ints
    family: Ints
    grade: Ints
    fte: Floats
    tenure: Floats
    in_post: Floats
    ids: list[str]
    departments: list[str]
    families: list[str]
    grades: list[str]
    lasting: bool = False
    notes: list[str] = field(default_factory=list)
    mends: tuple[Mend, ...] = ()

    def __len__(self) -> int:
        return len(self.manager)

    @property
    def leads(self) -> np.ndarray:
        """(n,) whether somebody reports to this post."""
        reports = np.zeros(len(self), bool)
        reports[self.manager[1:]] = True
        return reports
