"""Needs that somebody has posted on the market: open postings, and projects under way."""

from typing import TYPE_CHECKING, Any

from sim.errors import ElbowroomError
from sim.judging import recruits
from sim.mechanisms.ending import is_over
from sim.mechanisms.matching import suits
from sim.records import NEVER, NONE

if TYPE_CHECKING:
    from sim.agents.employee import Employee


class Project:
    """A posting, and the project that it becomes when somebody joins; until it is over."""

    def __init__(self, model: Any, row: int) -> None:
        self.model, self.row = model, row
        self.key = int(model.world.needs[model.world.projects[row].need].key)

    @property
    def is_there(self) -> bool:
        """Whether it still stands in the books."""
        world = self.model.world
        record = world.projects[self.row]
        return bool(record.used and world.needs[record.need].key == self.key)

    @property
    def record(self) -> Any:
        """The record behind this project."""
        if not self.is_there:
            raise ElbowroomError("this project is over, or nobody joined it in time")
        return self.model.world.projects[self.row]

    @property
    def need(self) -> Any:
        """The record of the need that it meets: skills with levels, and what else `sim.records.Need` has."""
        return self.model.world.needs[self.record.need]

    @property
    def poster(self) -> "Employee | None":
        """Who posted it; None once that person has left."""
        row = int(self.record.poster)
        return None if row == NONE else self.model.face(row)

    @property
    def members(self) -> list["Employee"]:
        """The people who work on it."""
        return [self.model.face(int(row)) for row in self.record.members if row != NONE]

    @property
    def places(self) -> int:
        """How many people it takes."""
        return int(self.need.places)

    @property
    def share(self) -> float:
        """Time that it takes of each, in FTE."""
        return float(self.need.share)

    @property
    def months(self) -> int:
        """How long it takes."""
        return int(self.need.months)

    @property
    def started(self) -> int | None:
        """Month in which the first person joined; None as long as nobody has."""
        month = int(self.record.started)
        return None if month == NEVER else month

    @property
    def family_name(self) -> str:
        """The job family that the work belongs to."""
        return str(self.model.roster.families[self.need.family])

    @property
    def department_name(self) -> str:
        """The department of the unit that it is for."""
        return str(self.model.roster.departments[self.model.world.units[self.record.unit].department])

    @property
    def requests(self) -> list[Any]:
        """Pending requests for it."""
        return [request for request in self.model.requests if self in request.projects]

    def is_open(self) -> bool:
        """Does it still take people?"""
        return bool(self.model.ask(recruits, self.record, self.need, self.model.world.now))

    def is_over(self) -> bool:
        """Does it end with the month that begins now?"""
        return bool(self.model.ask(is_over, self.record, self.need, self.model.world.now))

    def suits(self, asker: "Employee") -> float:
        """How well somebody would suit the poster: the fit that can be seen, and a bonus for a tie (SD)."""
        tie = asker.tie_with(self.poster)
        return float(self.model.ask(suits, asker.record, self.need, tie, self.model.world.now))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Project) and other.model is self.model and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        if not self.is_there:
            return f"<Project {self.key}, over>"
        return f"<Project of {self.department_name}: {len(self.members)} of {self.places} places, {self.share:.2g} FTE>"
