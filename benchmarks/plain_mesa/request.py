"""Requests to join a project, and their way past managers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import sigmoid
from benchmarks.plain_mesa.unit import Unit
from sim.settings import Permission

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.work import Project


@dataclass(eq=False)
class Request:
    """Somebody asks to join a project, or the best that can be had of several."""

    asker: Employee
    choices: dict[Project, float]  # what is asked for, best first, with the asker's interest in it
    month: int
    unasked: bool = False  # ticked the box without a word to the manager
    approved_below: bool = False  # the first of two managers in a chain has said yes
    permitted: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        self.favourite = next(iter(self.choices))

    def open_choices(self) -> list[Project]:
        month = self.asker.model.month
        return [project for project in self.choices if project.takes_people(month)]

    def strike_off(self, over: set[Project]) -> None:
        """Projects that are over can no longer be had; without any left the request is withdrawn."""
        if over.isdisjoint(self.choices):
            return
        self.choices = {project: interest for project, interest in self.choices.items() if project not in over}
        if not self.choices:
            self.asker.model.flow["withdrawn"] += 1
            self.close()

    def move_on(self) -> None:
        """A month of the request: it is overtaken, expires, waits, or takes its next step.

        The way through the system takes its time also where nobody has to answer.
        """
        model = self.asker.model
        permission = model.policy.market.permission
        if not self.open_choices():
            model.flow["withdrawn"] += 1
            self.close()
        elif model.month - self.month >= model.behaviour.permitting.expiry:
            model.flow["expired"] += 1
            self.asker.failures += 1
            self.close()
        elif model.random.random() < self.chance_of_a_step():
            if permission == Permission.none or self.asker.is_head or self.unasked:
                model.flow["ticked"] += self.unasked
                model.flow["answered"] += 1
                self.permitted = True
            else:
                self.is_answered()

    def chance_of_a_step(self) -> float:
        model = self.asker.model
        permitting, permission = model.behaviour.permitting, model.policy.market.permission
        delay = 1 - model.policy.market.tools
        if permission == Permission.form:
            delay += permitting.delay_form
        elif permission == Permission.chain:
            delay += permitting.delay_approver
        unled = 1 if self.next_unit.manager else model.behaviour.leaving.unled
        return 1 / (1 + delay) / unled

    @property
    def next_unit(self) -> Unit:
        """The unit whose manager is to answer next."""
        return self.asker.unit.parent if self.approved_below else self.asker.unit

    def is_answered(self) -> None:
        """The manager, whoever stands in, or the manager above says yes or no."""
        asker, model = self.asker, self.asker.model
        own, unit = asker.unit, self.next_unit
        permitting, value = model.behaviour.permitting, own.value_of(asker)
        if self.approved_below:
            leaning = unit.answering.leaning(permitting.above_value * value) + permitting.above_lean
        else:
            leaning = unit.answering.leaning(value)
        yes = model.random.random() < sigmoid(leaning)
        model.flow["decided"] += 1
        model.flow["approved"] += yes
        if not (yes and self.approved_below):  # people have learned from the yes below
            asker.hear_answer(yes)
        if not yes:
            unit.complaints_denied += permitting.complaint
            model.flow["answered"] += 1
            self.close()
        elif self.goes_further_up():
            self.approved_below = True
        else:
            model.flow["answered"] += 1
            self.permitted = True

    def goes_further_up(self) -> bool:
        """In a chain the manager above decides too; whoever stands in for the manager answers once."""
        unit = self.asker.unit
        chained = self.asker.model.policy.market.permission == Permission.chain
        return chained and not self.approved_below and unit.parent is not None and unit.manager is not None

    def close(self) -> None:
        self.over = True
        self.asker.request = None
