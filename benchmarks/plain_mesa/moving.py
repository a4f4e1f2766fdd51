"""People on the internal labour market: what draws them, whether they apply, and what a move does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import sigmoid
from benchmarks.plain_mesa.work import core_skills

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.unit import Seat
    from benchmarks.plain_mesa.vacancy import Vacancy

PAY_UNIT, STRESS_UNIT, RENOWN_UNIT = 0.1, 0.2, 0.1


class Mover:
    """The side of an employee that moves between posts."""

    def start_in_post(self) -> None:
        behaviour = self.model.behaviour
        self.premium = 0.0  # pay above the grade's
        self.is_outsider = True
        self.ramp_months = behaviour.working.ramp_months
        self.chances = behaviour.applying.chances_rest
        self.rejections = 0.0  # from vacancies
        self.goal: Vacancy | None = None  # the one this person has been chosen for
        self.liked_vacancy: Vacancy | None = None  # the one that draws most this month
        self.liked_draw = 0.0
        self.turned_down_by: Vacancy | None = None
        self.backed = False  # by the manager, in the last application
        self.judged: dict[tuple[Employee, int], float] = {}  # errors in what is known of friends

    @property
    def may_move(self) -> bool:
        return self.position >= self.model.policy.vacancies.min_time_in_role and not self.goal and not self.is_head

    def competence_for(self, family: int) -> float:
        return sum([self.skills[skill] for skill in core_skills(family)]) / 3 - self.model.behaviour.people.core_skill

    def seen_competence_for(self, family: int) -> float:
        return sum([self.seen_skill(skill) for skill in core_skills(family)]) / 3 - (
            self.model.behaviour.people.core_skill
        )

    def shortfall_for(self, family: int) -> float:
        """How far skills come short of a job."""
        usual = self.model.behaviour.people.core_skill
        return sum([max(0.0, usual - self.skills[skill]) for skill in core_skills(family)]) / 3

    def misjudges(self, friend: Employee, family: int) -> float:
        """The error in what somebody knows of a friend's competence for a job."""
        error = self.judged.get((friend, family))
        if error is None:
            error = self.judged[friend, family] = self.random.gauss(0, self.model.behaviour.filling.judgement)
        return error

    # Applying

    def draw_of(self, vacancy: Vacancy) -> float:
        """How much a vacancy draws this person."""
        applying, seat, own = self.model.behaviour.applying, vacancy.seat, self.seat
        skills, sure = self.skills, self.efficacy - 0.5
        usual = self.model.behaviour.people.core_skill
        fit = short = 0.0
        for skill in core_skills(seat.family):
            gap = usual - skills[skill]
            fit += min(1.0, max(0.0, 1 - (gap - sure) / 2))
            short += max(0.0, gap)
        steps = own.grade - seat.grade
        raise_ = math.exp(applying.pay_step * steps) / (1 + self.premium) - 1
        draw = (
            (applying.fit * fit + applying.distance * short) / 3
            + applying.pay * self.weighed(raise_) / PAY_UNIT
            + applying.grade * self.weighed(steps)
            + applying.push * self.stress_above_rest / STRESS_UNIT
            + applying.trust * self.tie_to(vacancy.hiring_manager)
            + applying.renown * seat.unit.renown / RENOWN_UNIT
        )
        if seat.family == self.identity_family:
            draw += applying.identity * self.identity
        if seat.family != own.family:
            draw += applying.pathways * self.model.policy.development.pathways
        return draw

    def weighed(self, change: float) -> float:
        """Losses weigh more than gains."""
        return change if change >= 0 else self.model.behaviour.applying.losses * change

    def read(self, vacancy: Vacancy) -> None:
        """Look at an advertisement, and remember it if none drew more this month."""
        if not self.may_move or vacancy is self.turned_down_by:
            return
        draw = self.draw_of(vacancy)
        if draw >= self.model.behaviour.applying.threshold and (not self.liked_vacancy or draw > self.liked_draw):
            self.liked_vacancy, self.liked_draw = vacancy, draw

    def consider_applying(self) -> None:
        vacancy, self.liked_vacancy = self.liked_vacancy, None
        if self.random.random() >= sigmoid(self.leaning_to_apply(self.liked_draw)):
            return
        self.model.flow["applied"] += 1
        self.model.flow["applied_outside"] += vacancy.seat.family != self.seat.family
        if self.tells_of_move():
            vacancy.applicants.append(self)

    def leaning_to_apply(self, draw: float) -> float:
        applying = self.model.behaviour.applying
        return (
            applying.habit
            + applying.draw * (draw - applying.threshold)
            + applying.desire * self.expressed
            + applying.efficacy * self.efficacy
            + applying.release * self.expected_release
            + applying.chances * self.chances
        )

    def tells_of_move(self) -> bool:
        """The manager is told, who backs or resists. Whether the move is not forbidden."""
        model, unit = self.model, self.unit
        leaning = unit.answering.leaning_to_back(unit.value_of(self))
        self.backed = self.random.random() < sigmoid(leaning)
        self.hear_word()
        model.flow["backed" if self.backed else "resisted"] += 1
        if self.backed or self.random.random() >= model.behaviour.filling.veto:
            return True
        model.flow["vetoed"] += 1
        self.is_denied()
        return False

    def hear_word(self) -> None:
        """What a manager says of a move tells what to expect of the next."""
        learning = self.model.behaviour.learning
        if self.backed:
            self.expected_release += learning.own * (1 - self.expected_release)
        else:
            self.expected_release -= min(1.0, learning.own * learning.refusal) * self.expected_release

    def is_turned_down(self, vacancy: Vacancy, heard: bool, insider_won: bool) -> None:
        model, behaviour = self.model, self.model.behaviour
        weight = behaviour.leaving.interviewed if heard else 1.0
        self.rejections += weight * (behaviour.leaving.insider_won if insider_won else 1.0)
        self.turned_down_by = vacancy
        self.chances -= min(1.0, behaviour.learning.own * behaviour.learning.refusal) * self.chances
        self.feel_rejected()
        model.flow["turned_down"] += 1
        model.flow["turned_down_unheard"] += not heard

    # Moving

    def move_to(self, vacancy: Vacancy) -> None:
        """Leave one seat for another."""
        model, old, new = self.model, self.seat, vacancy.seat
        short = self.shortfall_for(new.family)
        if self.backed:
            self.unit.answering.gain_renown()
        brought = old.leads and old.leads.traits()
        self.leave_seat(new, short)
        vacancy.end()
        vacancy.count("filled_after")
        vacancy.count("filled_inside_after")
        self.goal = None
        model.change_places(old, new)
        self.sit_down(new)
        self.settle_in_post(short)
        model.falls_open(old, vacancy.filled + 1)
        if new.leads:
            new.leads.meet_new_manager(self, brought)
        self.meet_new_manager()

    def leave_seat(self, new: Seat, short: float) -> None:
        flow, old = self.model.flow, self.seat
        old.holder = None
        if self.request:
            flow["withdrawn"] += 1
            self.request.close()
        flow["moves"] += 1
        flow["upward"] += new.grade < old.grade
        flow["lateral"] += new.grade == old.grade
        flow["across"] += new.unit is not old.unit
        flow["across_departments"] += new.department != old.department
        flow["far"] += short >= self.model.behaviour.filling.far

    def settle_in_post(self, short: float) -> None:
        """Fresh clocks, the grade's pay, and skills that are seen; the further from the own skills, the slower."""
        working, filling = self.model.behaviour.working, self.model.behaviour.filling
        self.position, self.content, self.moved = 0, 0.0, self.model.month
        self.premium, self.is_outsider = 0.0, False
        self.ramp_months = working.ramp_months if short >= filling.far else filling.ramp_inside
        self.model.flow["ramp_ahead"] += self.ramp_months
        for skill in self.core_skills:
            self.shown[skill], self.exaggerated[skill] = 1.0, 0.0
        if self.identity_family == self.seat.family:
            self.identity_family, self.identity = None, 0.0
        self.sort_ties()
