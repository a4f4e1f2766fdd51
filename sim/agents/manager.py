"""Middle managers: employees who answer for a unit."""

from typing import Any

from sim.agents.employee import Employee
from sim.agents.request import Request
from sim.errors import ElbowroomError
from sim.judging import Reasons, is_head, log_odds, reasons, sigma, value_to_team
from sim.mechanisms.learning import Influences, on_hoarding, on_support
from sim.mechanisms.permitting import approves, approves_above
from sim.mechanisms.posting import may_post
from sim.records import NONE


class MiddleManager(Employee):
    """An employee who leads a unit; `team` is who reports to them and `post` what comes with the post."""

    @property
    def post(self) -> Any:
        """The record of the unit led: traits as they now stand, signal as perceived, complaints."""
        return self.model.world.units[self.leads]

    @property
    def team(self) -> list[Employee]:
        """Who reports to this manager."""
        world, post = self.model.world, self.post
        holders = world.seats.holder[post.first_seat : post.first_seat + post.seats]
        return [self.model.face(int(row)) for row in holders if row != NONE and row != self.row]

    def reasons(self, whom: Request | Employee) -> Reasons:
        """The terms of this manager's answer to a request of one of their people, or to any that one might make."""
        asker, now = self._own(whom), self.model.world.now
        value = float(self.model.ask(value_to_team, asker.record, asker.own_unit, now))
        terms: Reasons = self.model.ask(reasons, self.post, value, now)
        return terms

    def p_approves(self, whom: Request | Employee) -> float:
        """Probability of a yes."""
        return float(self.model.ask(sigma, self.model.ask(log_odds, self.reasons(whom))))

    def approves(self, request: Request) -> bool:
        """Would this manager say yes to the request this month? The head permits themselves."""
        asker, now = self._own(request), self.model.world.now
        if self.model.ask(is_head, asker.record):
            return True
        value = float(self.model.ask(value_to_team, asker.record, asker.own_unit, now))
        return bool(self.model.ask(approves, self.post, value, int(request.key), now))

    def approves_above(self, request: Request) -> bool:
        """Would this manager give the second yes of a chain this month, for somebody two steps below?"""
        own = request.asker.own_unit
        if own.parent != self.leads or self.model.ask(is_head, request.asker.record):
            raise ElbowroomError(f"{request!r} does not come from one of the units just below {self!r}")
        now = self.model.world.now
        return bool(self.model.ask(approves_above, self.post, own, request.asker.record, request.record, now))

    def approves_posting(self, employee: Employee) -> bool:
        """Would this manager let one of their people post a need this month?"""
        return bool(self.model.ask(may_post, self._own(employee).record, self.post, self.model.world.now))

    def moved_by(self) -> tuple[Influences, Influences]:
        """What moves this manager's support for development, and what moves hoarding, in logits."""
        world, post = self.model.world, self.post
        arguments = post, world.departments[int(post.department)], world.now
        return self.model.ask(on_support, *arguments), self.model.ask(on_hoarding, *arguments)

    def _own(self, whom: Request | Employee) -> Employee:
        """Somebody for whom this manager answers: of the own unit, or of one just below whose post is vacant."""
        person = whom.asker if isinstance(whom, Request) else whom
        unit = person.own_unit
        if person.unit != self.leads and not (unit.manager == NONE and unit.parent == self.leads):
            hint = "; the second yes of a chain is approves_above(request)" if unit.parent == self.leads else ""
            raise ElbowroomError(f"{whom!r} is not by one of the people of {self!r}{hint}")
        return person
