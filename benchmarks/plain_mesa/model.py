"""The organization as a Mesa model: its months, phase by phase."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import mesa

from benchmarks.plain_mesa import start
from benchmarks.plain_mesa.formulas import kept
from benchmarks.plain_mesa.leaving import Usual, hazards_of_quitting
from benchmarks.plain_mesa.matching import give_out_places
from benchmarks.plain_mesa.measures import census
from benchmarks.plain_mesa.request import Request
from benchmarks.plain_mesa.rotating import rotate
from benchmarks.plain_mesa.training import Shortages
from benchmarks.plain_mesa.vacancy import Vacancy
from benchmarks.plain_mesa.work import Board, Need, Project
from sim.people.generate import generate
from sim.settings import STATUS_QUO, Behaviour, Matching, Permission, Policy

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.unit import Seat

CLOSED = 1.0  # red tape of a closed market
HEARINGS = 6  # months between two in which people are heard
MOST_CHOICES = 3  # projects that somebody may ask for at once where both sides rank
YEAR = 12  # months after which what is short is counted again


class PlainOrganization(mesa.Model):
    """An organization that has lived through its burn-in under the status quo and stands at month 0.

    Central assignment of people to projects is left out.
    """

    def __init__(
        self, size: int = 1000, policy: Policy | None = None, behaviour: Behaviour | None = None, seed: int = 1,
        burn_in: int = 120,
    ) -> None:
        super().__init__(rng=seed)
        self.behaviour = behaviour or Behaviour()
        self.policy = STATUS_QUO
        self.month = -burn_in
        self.signal = self.renewals = 0.0
        self.committee_meets = False
        self.shortages = Shortages(self)
        self.projects: list[Project] = []
        self.requests: list[Request] = []
        self.censuses: list[Counter] = []
        self.flows: list[Counter] = []
        self.flow = Counter()  # events of the month
        self.red_tape = self.tape_now()
        self.hazards = hazards_of_quitting(self.behaviour.leaving)
        self.staying = start.staying(self)
        self.usual = Usual()
        self.tree, self.units, self.seats = start.plan(self, generate(size, seed, 0))
        self.departments = start.departments(self.units)
        self.lines_by_department = start.lines(self, "department")
        self.lines_by_family = start.lines(self, "family")
        self.circle = min(self.behaviour.working.circle, (size - 1) // 2)
        self.ring = start.ring_of(self)
        self.vacancies: dict[Vacancy, bool] = {}  # in the order in which they fell open
        self.abolished: list[Seat] = []
        start.people_arrive(self)
        for _ in range(burn_in):
            self.live_a_month()
        self.policy = policy or Policy()
        if self.policy.market.matching == Matching.central:
            raise ValueError("market.matching=central: this model has no office that assigns people; choose another")

    @property
    def is_open(self) -> bool:
        return self.policy.market.open and self.policy.market.time_cap > 0

    def tape_now(self) -> float:
        """How much red tape people expect on the way to a project."""
        asking = self.behaviour.asking
        tapes = {
            Permission.none: 0.0, Permission.tickbox: asking.tape_tickbox, Permission.form: asking.tape_form,
            Permission.chain: asking.tape_chain,
        }
        return tapes[self.policy.market.permission] if self.is_open else CLOSED

    def hazard(self, tenure: int) -> float:
        return self.hazards[min(tenure, len(self.hazards) - 1)]

    def step(self) -> None:
        self.live_a_month()

    def live_a_month(self) -> None:
        self.flow = Counter()
        self.red_tape = self.tape_now()
        self.effort_for_targets = self.behaviour.targets.effort * self.policy.leadership.target_emphasis
        self.lead()
        self.end_projects()
        self.post()
        self.agents.do("desire")
        if self.is_open:
            self.trade()
        self.work()
        self.network()
        self.agents.do("strain")
        self.open_vacancies()
        self.apply()
        for vacancy in list(self.vacancies):
            vacancy.fill()
        rotate(self)
        self.agents.do("consider_leaving")
        if self.month < 0:
            self.usual.learn()
        self.usual.forget()
        self.agents.do("learn")
        for department in self.departments:
            department.move_traits()
        self.count()
        self.month += 1

    def lead(self) -> None:
        """Leadership speaks, listens, and looks for what is short."""
        self.send_signal()
        if self.policy.leadership.listening > 0 and self.month > 0 and self.month % HEARINGS == 0:
            for unit in self.units:
                unit.be_heard()
        if self.month % YEAR == 0:
            self.shortages.count()

    def send_signal(self) -> None:
        """The signal wears off, is perhaps renewed, and reaches managers."""
        signalling, leadership = self.behaviour.signalling, self.policy.leadership
        self.signal *= kept(signalling.half_life)
        self.renewals *= kept(signalling.recovery)
        every = leadership.committee_every
        due = leadership.signal > 0 and self.month > 0 and every > 0 and self.month % every == 0
        self.committee_meets = due
        if due or (self.month == 0 and leadership.signal > 0):
            self.signal = max(self.signal, leadership.signal * signalling.fatigue**self.renewals)
            self.renewals += 1
        for unit in self.units:
            unit.hear(self.signal)

    def end_projects(self) -> None:
        """Projects that are over end, met if somebody is still there; their requests are withdrawn."""
        over = [project for project in self.projects if project.is_over(self.month)]
        for project in over:
            if project.members:
                self.meet_need(project)
            else:
                self.give_up(project.need)
            project.finish()
        if over:
            self.projects = [project for project in self.projects if not project.is_over(self.month)]
            for request in self.requests:
                if not request.over:
                    request.strike_off(set(over))

    def meet_need(self, project: Project) -> None:
        """A finished project was worth something, and perhaps brings an innovation."""
        need, flow = project.need, self.flow
        flow["met"] += 1
        flow["met_gap"] += need.fills_gap
        flow["closed_gap"] += need.fills_gap
        flow["work_met"] += need.share * need.months * len(project.members)
        flow["worth"] += project.worth
        flow["innovations"] += self.random.random() < self.behaviour.posting.innovation * project.mix()

    def give_up(self, need: Need) -> None:
        """A need that nobody met is bought or lapses."""
        self.flow["closed_gap"] += need.fills_gap
        bought = self.random.random() < self.behaviour.posting.bought
        self.flow["bought" if bought else "lapsed"] += 1

    def post(self) -> None:
        for unit in self.units:
            unit.update_needs()
        if self.is_open:
            self.agents.shuffle_do("offer_to_post")

    def trade(self) -> None:
        """Noticing, asking, permitting and matching."""
        market = self.policy.market
        self.most_choices = MOST_CHOICES if market.matching == Matching.deferred_acceptance else 1
        self.glances = market.visibility * market.tools * self.behaviour.noticing.attention
        self.board = Board([project for project in self.projects if project.takes_people(self.month)])
        self.agents.do("notice")
        self.agents.shuffle_do("ask")
        self.requests = [request for request in self.requests if not request.over]
        for request in self.requests:
            request.move_on()
        self.agents.do("may_be_found_out")
        give_out_places([request for request in self.requests if request.permitted])
        self.requests = [request for request in self.requests if not request.over]
        self.flow["pending"] += len(self.requests)

    def work(self) -> None:
        for unit in self.units:
            unit.take_stock()
        self.agents.do("work")
        for unit in self.units:
            unit.judge_the_month()

    def network(self) -> None:
        for project in self.projects:
            project.bring_together()
        self.agents.shuffle_do("socialize")
        self.agents.do("keep_up")

    def at_place(self, place: int) -> Employee | None:
        """Who stands at a place on the ring of acquaintance."""
        return self.ring[place % len(self.ring)].holder

    def neighbour_of(self, seat: Seat) -> Employee | None:
        """One of the nearest on the ring."""
        step = self.random.randint(1, 2 * self.circle)
        return self.at_place(seat.place + (step if step <= self.circle else self.circle - step))

    def change_places(self, one: Seat, other: Seat) -> None:
        """Whoever moves stays among the same neighbours on the ring."""
        one.place, other.place = other.place, one.place
        self.ring[one.place], self.ring[other.place] = one, other

    def falls_open(self, seat: Seat, filled: int = 0) -> None:
        self.vacancies[Vacancy(self, seat, filled)] = True

    def open_vacancies(self) -> None:
        """What becomes of seats that fell open last month; abolished ones come back."""
        back = [seat for seat in self.abolished if self.random.random() < 1 / self.behaviour.filling.reopening]
        for seat in back:
            seat.abolished = False
            self.abolished.remove(seat)
            self.flow["opened"] += 1
            self.falls_open(seat)
        for vacancy in [vacancy for vacancy in self.vacancies if not vacancy.decided]:
            vacancy.decide()

    def apply(self) -> None:
        """People read what is advertised, and perhaps apply for what draws them most."""
        for vacancy in self.vacancies:
            if vacancy.advertised and not vacancy.chosen:
                for reader in vacancy.readers():
                    reader.read(vacancy)
        self.agents.select(lambda person: person.liked_vacancy).do("consider_applying")

    def count(self) -> None:
        """Count the month, and forget what belongs to it alone."""
        self.censuses.append(census(self))
        self.flows.append(self.flow)
        for unit in self.units:
            unit.yeses = unit.noes = 0
            unit.something_done = None
