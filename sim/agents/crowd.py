"""The faces of one organization: made when somebody looks, the same for as long as the person is here."""

from typing import Any

import numpy as np
from mesa.agent import AgentSet

from sim.agents.employee import Employee
from sim.agents.manager import MiddleManager
from sim.errors import ElbowroomError
from sim.records import NONE


class Crowd:
    """Keeps faces alive (Mesa's sets hold weak references only), and lets go of those who leave.

    Attributes
    ----------
    faces : person to face, for everybody who was looked at and is here.
    """

    def __init__(self, model: Any) -> None:
        self.model = model
        self.faces: dict[int, Employee] = {}
        self._everybody: AgentSet | None = None
        self._size = 0  # of that set, as long as nobody has changed it in place
        self._in_order = True

    def _people(self) -> Any:
        """(rows,) who holds each row of the staff table."""
        return self.model.staff_columns["person"]

    def face(self, row: int) -> Employee:
        """The agent over a row of the staff table."""
        people = self._people()
        if isinstance(row, bool) or not isinstance(row, int | np.integer) or not 0 <= row < len(people):
            raise ElbowroomError(f"row {row!r}: expected a row of the staff, 0 to {len(people) - 1}")
        person = int(people[row])
        if person == NONE:
            raise ElbowroomError(f"nobody is in row {row} of the staff table: the post is vacant")
        if person not in self.faces:
            self.faces[person] = self._kind(row).over(self.model, int(row), person)
        return self.faces[person]

    def _kind(self, row: int) -> type[Employee]:
        """What the holder of a row of the staff table is: a move to or from a manager's post changes it."""
        return Employee if self.model.staff_columns["leads"][row] == NONE else MiddleManager

    def everybody(self) -> AgentSet:
        """Everybody who works here, in the order of the staff table: one set, kept up to date month by month.

        A set that somebody has changed in place is theirs from then on; the next one is of everybody again.
        """
        if self._everybody is None or len(self._everybody) != self._size:
            here = np.flatnonzero(self._people() != NONE).tolist()
            self._everybody, self._size = AgentSet([self.face(row) for row in here], self.model.random), len(here)
        elif not self._in_order:  # newcomers stand last: the order must not tell when somebody first looked
            self._everybody.sort("row", ascending=True, inplace=True)
        self._in_order = True
        return self._everybody

    def before_a_month(self) -> Any:
        """(rows,) who is here and (rows,) what they lead, if there are faces that may have to go or to change."""
        return (self._people().copy(), self.model.staff_columns["leads"].copy()) if self.faces else None

    def after_a_month(self, before: Any) -> None:
        """Faces of those who left are let go; newcomers join the set of everybody, if there is one."""
        if before is None:
            return
        people, (before, led) = self._people(), before
        if self._everybody is not None and len(self._everybody) != self._size:
            self._everybody = None
        for row in np.flatnonzero((before == people) & (led != self.model.staff_columns["leads"])).tolist():
            if int(people[row]) in self.faces:
                object.__setattr__(self.faces[int(people[row])], "__class__", self._kind(row))
        for row in np.flatnonzero(before != people).tolist():
            gone = self.faces.pop(int(before[row]), None)
            if gone is not None:
                gone.__dict__["left"] = self.model.month - 1
            if self._everybody is not None:
                if gone is not None:
                    self._everybody.discard(gone)
                if people[row] != NONE:
                    self._everybody.add(self.face(row))
                    self._in_order = False
                self._size = len(self._everybody)
