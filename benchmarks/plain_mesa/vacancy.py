"""Seats that nobody holds: what becomes of them, who is asked, who is chosen, and when somebody arrives."""

from __future__ import annotations

import math
from bisect import bisect
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.plain_mesa.employee import Employee
from benchmarks.plain_mesa.formulas import sigmoid

if TYPE_CHECKING:
    from benchmarks.plain_mesa.model import PlainOrganization
    from benchmarks.plain_mesa.unit import Seat, Unit


LONGEST = 24  # months open that are told apart; the last stands for all that are longer


class Line:
    """Seats that stand in line, each at some place between 0 and 1, for vacancies to be shown to."""

    def __init__(self, random, seats: list[Seat]) -> None:
        self.seats = seats
        self.places = sorted(random.random() for _ in seats)

    def somebody(self, random) -> Employee | None:
        """Whoever holds the next seat after a random point."""
        return self.seats[bisect(self.places, random.random()) % len(self.seats)].holder


class Vacancy:
    """A seat that fell open, until somebody takes it or it is abolished."""

    def __init__(self, model: PlainOrganization, seat: Seat, filled: int = 0) -> None:
        self.model, self.seat = model, seat
        self.filled = filled  # seats filled so far in the chain of vacancies that led here
        self.opened = model.month
        self.decided = self.urgent = self.advertised = False
        self.applicants: list[Employee] = []
        self.chosen: Employee | None = None
        self.ready = math.inf  # month in which the one who was chosen moves

    @property
    def hiring_unit(self) -> Unit:
        """The unit whose manager decides: that of the seat or, while that has none, the one above."""
        return self.seat.unit.answering

    @property
    def hiring_manager(self) -> Employee | None:
        return self.hiring_unit.manager

    def decide(self) -> None:
        """The month after: the seat is abolished, or somebody known is asked, or it is advertised."""
        model, random = self.model, self.model.random
        filling = model.behaviour.filling
        self.decided = True
        if not self.seat.leads and random.random() < filling.abolished:
            self.seat.abolished = True
            model.abolished.append(self.seat)
            model.flow["abolished"] += 1
            self.count("abolished_after")
            self.end()
            self.end_chain()
            return
        comes_first = model.shortages.serves_family(self.seat.family)
        self.urgent = comes_first or random.random() < filling.urgent
        if comes_first or random.random() < model.policy.vacancies.posted:
            self.advertise()
        elif not self.is_taken_by_a_friend():  # in vain: it is advertised inside and outside at once
            self.urgent = True
            self.advertise()

    def advertise(self) -> None:
        self.advertised = True
        self.model.flow["advertised"] += 1

    def is_taken_by_a_friend(self) -> bool:
        """The hiring manager asks who seems best of those known well."""
        self.model.flow["slotted"] += 1
        friend = self.hiring_manager and self.best_friend(self.hiring_manager)
        if not friend:
            return False
        leaning = friend.draw_of(self) - self.model.behaviour.applying.threshold
        if self.model.random.random() >= sigmoid(leaning) or not friend.tells_of_move():
            return False
        self.model.flow["slot_taken"] += 1
        self.choose(friend)
        return True

    def best_friend(self, manager: Employee) -> Employee | None:
        filling, family = self.model.behaviour.filling, self.seat.family
        best, highest = None, filling.reservation
        for friend, tie in manager.ties.items():
            if tie.strength >= filling.known and friend.may_move:
                seems = friend.competence_for(family) + manager.misjudges(friend, family)
                if seems >= highest:
                    best, highest = friend, seems
        return best

    def readers(self) -> dict[Employee, bool]:
        """Who sees the advertisement this month."""
        model, random, seat = self.model, self.model.random, self.seat
        applying = model.behaviour.applying
        beyond = applying.beyond * model.policy.development.pathways
        readers = {}  # in the order drawn
        for _ in range(model.rng.poisson(applying.audience)):
            if random.random() < applying.near:
                line = model.lines_by_department[seat.department]
            else:
                family = random.choice(model.seats).family if random.random() < beyond else seat.family
                line = model.lines_by_family[family]
            readers[line.somebody(random)] = True
        if manager := self.hiring_manager:
            for friend, tie in manager.ties.items():
                if random.random() < applying.grapevine * tie.strength:
                    readers[friend] = True
        readers.pop(None, None)
        return readers

    # Insiders

    def standing(self, applicant: Employee) -> float:
        """How the hiring manager ranks somebody who applies."""
        filling = self.model.behaviour.filling
        standing = applicant.seen_competence_for(self.seat.family) + filling.tie * applicant.tie_to(self.hiring_manager)
        if not applicant.backed:
            return standing - filling.cool
        weakness = max(0.0, -applicant.seen_competence_for(applicant.seat.family))
        return standing + filling.warm * self.model.policy.managers.export_reward * weakness

    def consider_insiders(self) -> None:
        """Interview some of those who applied, choose the best if good enough, and turn the others down."""
        model, filling = self.model, self.model.behaviour.filling
        standing = {applicant: self.standing(applicant) for applicant in self.applicants}
        ranked = sorted(standing, key=standing.__getitem__, reverse=True)
        everybody = model.policy.vacancies.interview_all or model.shortages.serves_family(self.seat.family)
        interviewed = len(ranked) if everybody else min(filling.interviews, len(ranked))
        model.flow["interviewed"] += interviewed
        if won := standing[ranked[0]] >= filling.reservation:
            self.choose(ranked[0])
        for place in range(won, len(ranked)):
            ranked[place].is_turned_down(self, heard=place < interviewed, insider_won=won)
        self.applicants = []

    def choose(self, insider: Employee) -> None:
        model, most = self.model, self.model.policy.managers.release_within
        self.chosen, insider.goal = insider, self
        months = min(1, most) if insider.backed else most
        self.ready = model.month + months
        model.flow["chosen"] += 1
        model.flow["chosen_fit"] += insider.competence_for(self.seat.family)
        model.flow["held"] += 0 if insider.backed else months

    def is_given_up(self) -> None:
        """Whoever was chosen will not come."""
        self.chosen.goal = self.chosen = None
        self.ready = math.inf
        self.advertised = True

    def fill(self) -> None:
        """A month of looking for somebody."""
        if self.applicants:
            self.consider_insiders()
        if self.model.month >= self.ready:
            self.chosen.move_to(self)
            return
        if self.chosen:
            self.wait()
        if not self.chosen and self.looks_outside:
            self.is_filled_from_outside()

    def wait(self) -> None:
        """Who is held back by the manager may lose the offer."""
        if not self.chosen.backed and self.model.random.random() < self.model.behaviour.filling.lapse:
            self.model.flow["blocked"] += 1
            self.chosen.is_denied()
            self.is_given_up()

    # Outsiders

    @property
    def looks_outside(self) -> bool:
        passed = self.model.month - self.opened
        return self.decided and (self.urgent or passed > self.model.policy.vacancies.internal_first)

    def is_filled_from_outside(self) -> None:
        model, filling = self.model, self.model.behaviour.filling
        if model.random.random() >= 1 / filling.outside_months:
            return
        self.end()
        self.count("filled_after")
        self.filled += 1
        self.end_chain()
        newcomer = Employee(model, self.seat)
        newcomer.premium = filling.premium
        model.flow["hired"] += 1
        model.flow["ramp_ahead"] += newcomer.ramp_months
        newcomer.meet_manager()
        if newcomer.leads:
            newcomer.leads.meet_new_manager(newcomer)

    def count(self, event: str) -> None:
        """Count what happened by months open."""
        flow = self.model.flow
        if event not in flow:
            flow[event] = np.zeros(LONGEST + 1)
        flow[event][min(self.model.month - self.opened, LONGEST)] += 1

    def end(self) -> None:
        del self.model.vacancies[self]

    def end_chain(self) -> None:
        self.model.flow["chains"] += 1
        self.model.flow["chain_fills"] += self.filled
