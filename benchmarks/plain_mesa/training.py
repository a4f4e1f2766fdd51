"""What is short, what is served first, and training in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import kept
from benchmarks.plain_mesa.work import HOURS, SKILLS, core_skills
from sim.settings import Priority

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.model import PlainOrganization
    from benchmarks.plain_mesa.work import Need

GAPS = 2  # skills that count as gaps
TIME_AS_A_GAP = 0.25  # share of the years before in which a skill of the job is supposed to have been one


class Shortages:
    """What leadership finds to be short, when it counts."""

    def __init__(self, model: PlainOrganization) -> None:
        self.model = model
        self.gaps: list[int] = []  # skills most in demand, the scarcest first
        self.family: int | None = None  # with the largest share of vacant seats
        self.near = 1.0  # share of those to be trained who are near to what is called for

    def count(self) -> None:
        model = self.model
        level = model.behaviour.posting.level
        needs = [need for unit in model.units for need in unit.backlog] + [project.need for project in model.projects]
        vacant = [vacancy.seat for vacancy in model.vacancies]
        wanted = Counter(skill for need in needs for skill in need.levels)
        wanted.update(skill for seat in vacant for skill in core_skills(seat.family))
        shown = [sum(person.seen_skill(skill) >= level for person in model.agents) for skill in range(SKILLS)]
        self.gaps = sorted(wanted, key=lambda skill: wanted[skill] / (1 + shown[skill]), reverse=True)[:GAPS]
        seats = Counter(seat.family for seat in model.seats if not seat.abolished)
        empty = Counter(seat.family for seat in vacant)
        self.family = max(empty, key=lambda family: empty[family] / seats[family], default=None)
        lacking = [person for person in model.agents if person.skill_to_train is not None]
        self.near = sum(person.is_near_to_level for person in lacking) / len(lacking) if lacking else 1.0

    @property
    def priority(self) -> Priority:
        return self.model.policy.leadership.priority

    def serves_family(self, family: int) -> bool:
        """Whether the roles of a job family come first."""
        if self.priority == Priority.gaps:
            return bool(self.gaps) and self.gaps[0] in core_skills(family)
        return self.priority == Priority.vacancies and family == self.family

    def serves_need(self, need: Need) -> bool:
        if self.priority == Priority.gaps:
            return need.fills_gap
        return self.priority == Priority.vacancies and need.family == self.family

    @property
    def skills_to_train(self) -> tuple[int, ...] | list[int]:
        if self.priority == Priority.vacancies:
            return () if self.family is None else core_skills(self.family)
        return self.gaps

    def training_of(self, person: Employee) -> float:
        """Share of contracted time; under a priority some get more at the cost of the others."""
        usual = self.model.policy.development.upskilling
        if self.priority == Priority.none or self.near in (0.0, 1.0):
            return usual
        times = min(self.model.behaviour.training.first, 1 / self.near)
        return usual * (times if person.is_near_to_level else (1 - times * self.near) / (1 - self.near))


class Trainee:
    """The side of an employee that is trained."""

    trained = 0.0  # share of contracted time this month

    @property
    def skill_to_train(self) -> int | None:
        """The best of those that are short and that others do not see well enough in this person."""
        level = self.model.behaviour.posting.level
        short = [skill for skill in self.model.shortages.skills_to_train if self.seen_skill(skill) < level]
        return max(short, key=self.skills.__getitem__, default=None)

    @property
    def is_near_to_level(self) -> bool:
        behaviour = self.model.behaviour
        return self.skills[self.skill_to_train] >= behaviour.posting.level - behaviour.training.reach

    def plan_training(self) -> None:
        self.trained = 0.0
        if self.model.policy.development.upskilling > 0 and self.skill_to_train is not None:
            self.trained = self.model.shortages.training_of(self)

    def train(self, done: float) -> None:
        """Certificates age, and a month's training is added."""
        training = self.model.behaviour.training
        validity = kept(training.validity)
        for skill in self.other_skills:
            if self.shown[skill] < 1:
                self.shown[skill] *= validity
        self.trained *= done
        if self.trained:
            skill, hours = self.skill_to_train, HOURS * self.fte * self.trained
            self.learn_skill(skill, training.level, hours)
            certified = min(training.shown, self.shown[skill] + training.shown * hours / training.certificate)
            self.shown[skill] = max(self.shown[skill], certified)

    def train_in_the_years_before(self, months: int) -> None:
        """Skills of the job that are not what needs call for have been trained all the while."""
        training, level = self.model.behaviour.training, self.model.behaviour.posting.level
        hours = HOURS * self.fte * self.model.policy.development.upskilling
        for skill in self.core_skills:
            for _ in range(round(TIME_AS_A_GAP * months)):
                if self.skills[skill] >= level:
                    break
                self.learn_skill(skill, training.level, hours)
            self.resting[skill] = self.skills[skill]
