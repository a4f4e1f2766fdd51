"""Requests on their way."""

from typing import TYPE_CHECKING, Any

from sim.agents.project import Project
from sim.codes import ABOVE, ASKED, FREE, PERMITTED
from sim.errors import ElbowroomError
from sim.judging import has_manager, market_is_open
from sim.mechanisms.permitting import comes_through, is_expired, mean_delay
from sim.records import NONE

if TYPE_CHECKING:
    from sim.agents.employee import Employee
    from sim.agents.manager import MiddleManager


class Request:
    """Somebody's request to join a project, as long as it is pending."""

    def __init__(self, model: Any, row: int) -> None:
        self.model, self.row = model, row
        self.key = int(model.world.requests[row].key)

    @property
    def is_pending(self) -> bool:
        """Whether it has still not been answered, expired or overtaken."""
        record = self.model.world.requests[self.row]
        return bool(record.stage != FREE and record.key == self.key)

    @property
    def record(self) -> Any:
        """The record behind this request."""
        if not self.is_pending:
            raise ElbowroomError("this request has been answered, has expired or was overtaken")
        return self.model.world.requests[self.row]

    @property
    def asker(self) -> "Employee":
        """Who asks."""
        asker: Employee = self.model.face(int(self.record.asker))
        return asker

    @property
    def project(self) -> Project:
        """What for; if for one of several, for which above all."""
        return Project(self.model, int(self.record.project))

    @property
    def projects(self) -> list[Project]:
        """All that it is for, best first: under deferred acceptance up to three."""
        rows = [int(row) for row in (self.record.project, *self.record.others)]
        return [Project(self.model, row) for row in rows if row != NONE]

    @property
    def asked(self) -> int:
        """Month of asking."""
        return int(self.record.asked)

    @property
    def unasked(self) -> bool:
        """Whether the box was ticked without a word to the manager."""
        return bool(self.record.unasked)

    @property
    def months(self) -> int:
        """Months since asking."""
        return int(self.model.month - self.record.asked)

    @property
    def expires_in(self) -> int:
        """Months until it is given up, if nobody has answered by then."""
        return int(self.model.world.now.behaviour.permitting.expiry) - self.months

    @property
    def waits_for(self) -> str:
        """What has to happen next, in words."""
        stage = int(self.record.stage)
        if not self.model.ask(market_is_open, self.model.world.now):
            return "the market to open again"
        if stage == PERMITTED:
            return "the poster" if self.project.poster else "a choice by skills alone: the poster has left"
        if stage == ABOVE:
            return "the manager above"
        if stage == ASKED:
            led = self.model.ask(has_manager, self._unit())
            return "the manager" if led else "the manager above, since the manager's post is vacant"
        return "the request to be handled: nobody has to answer it"

    @property
    def answered_by(self) -> "MiddleManager | None":
        """The manager who is to answer next; None if nobody has to, or while that post is vacant too."""
        stage, world = int(self.record.stage), self.model.world
        if stage not in (ASKED, ABOVE):
            return None
        unit = self._unit()
        if stage == ASKED and not self.model.ask(has_manager, unit):
            unit = world.units[unit.parent]
        return None if unit.manager == NONE else self.model.face(int(unit.manager))

    def mean_delay(self) -> float:
        """Months that a step takes on average, beyond the month itself."""
        return float(self.model.ask(mean_delay, self.model.world.now))

    def comes_through(self) -> bool:
        """Is its next step taken this month?"""
        return bool(self.model.ask(comes_through, self.record, self._unit(), self.model.world.now))

    def is_expired(self) -> bool:
        """Has it waited so long that it is given up?"""
        return bool(self.model.ask(is_expired, self.record, self.model.world.now))

    def _unit(self) -> Any:
        """The unit whose manager is to answer next."""
        own = self.asker.own_unit
        return self.model.world.units[own.parent] if self.record.stage == ABOVE else own

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Request) and other.model is self.model and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        if not self.is_pending:
            return f"<Request {self.key}, over>"
        return f"<Request of {self.asker.name}: {self.months} months, waits for {self.waits_for}>"
