"""Employees and middle managers."""

from typing import Any

from sim.agents.face import Face
from sim.agents.request import Request
from sim.errors import ElbowroomError
from sim.judging import Reasons, is_head, log_odds, reasons, sigma, value_to_team
from sim.mechanisms.asking import Motives, asks, courage, motives
from sim.mechanisms.permitting import approves
from sim.records import NONE


class Employee(Face):
    """One person: `stress`, `latent`, `skills` and all other columns of `sim.records.Employee`."""

    @property
    def record(self) -> Any:
        record = self.model.world.staff[self.row]
        if record["person"] != self.unique_id:  # rows are used again, people are not
            raise ElbowroomError(f"person {self.unique_id} has left the organization")
        return record

    @property
    def is_here(self) -> bool:
        """Whether this person still works here."""
        return bool(self.model.world.staff[self.row]["person"] == self.unique_id)

    @property
    def tenure(self) -> int:
        """Months since hire."""
        return int(self.model.month - self.hired)

    @property
    def own_unit(self) -> Any:
        """The record of the unit this person works in."""
        return self.model.world.units[self.record.unit]

    @property
    def manager(self) -> "MiddleManager | None":
        """Who leads this person's unit; None while the post is vacant. The head's is the head."""
        row = int(self.own_unit.manager)
        return None if row == NONE else self.model.face(row)

    def motives(self) -> Motives:
        """The terms of the decision to ask, in logits."""
        terms: Motives = motives(self.record, self.own_unit, self.model.world.now)
        return terms

    def p_asks(self) -> float:
        """Probability of asking for something interesting, as things stand."""
        return float(sigma(courage(self.motives())))

    def asks(self) -> bool:
        """Would this person ask this month, if something interested them?"""
        return bool(asks(self.record, self.own_unit, self.model.world.now))


class MiddleManager(Employee):
    """An employee who leads a unit; `team` is who reports to them and `post` what comes with the post."""

    @property
    def post(self) -> Any:
        """The record of the unit led: traits as they now stand, signal as perceived, complaints."""
        return self.model.world.units[self.record.leads]

    @property
    def team(self) -> list[Employee]:
        """Who reports to this manager."""
        world, post = self.model.world, self.post
        holders = world.seats.holder[post.first_seat : post.first_seat + post.seats]
        return [self.model.face(int(row)) for row in holders if row != NONE and row != self.row]

    def reasons(self, request: Request) -> Reasons:
        """The terms of this manager's answer to a request of one of their people, in logits."""
        asker = self._asker(request)
        now = self.model.world.now
        terms: Reasons = reasons(self.post, value_to_team(asker, self.post, now), now)
        return terms

    def p_approves(self, request: Request) -> float:
        """Probability of a yes."""
        return float(sigma(log_odds(self.reasons(request))))

    def approves(self, request: Request) -> bool:
        """Would this manager say yes to the request this month? The head permits themselves."""
        asker = self._asker(request)
        now = self.model.world.now
        return bool(is_head(asker) or approves(self.post, value_to_team(asker, self.post, now), int(request.key), now))

    def _asker(self, request: Request) -> Any:
        asker = self.model.world.staff[request.record.asker]
        if asker.unit != self.record.leads:
            raise ElbowroomError(f"{request!r} is not by one of the people of {self!r}")
        return asker
