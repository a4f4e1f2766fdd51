"""The organization as a Mesa model: its months, phase by phase."""

from __future__ import annotations

from collections import Counter

import mesa

from benchmarks.plain_mesa import start
from benchmarks.plain_mesa.employee import Manager, hired
from benchmarks.plain_mesa.measures import census
from benchmarks.plain_mesa.request import Request
from benchmarks.plain_mesa.start import hazards
from benchmarks.plain_mesa.unit import kept
from benchmarks.plain_mesa.work import Board, Project
from sim.people.generate import generate
from sim.settings import STATUS_QUO, Behaviour, Permission, Policy

CLOSED = 1.0  # red tape of a closed market


class PlainOrganization(mesa.Model):
    """An organization that has lived through its burn-in under the status quo and stands at month 0."""

    def __init__(
        self, size: int = 1000, policy: Policy | None = None, behaviour: Behaviour | None = None, seed: int = 1,
        burn_in: int = 120,
    ) -> None:
        super().__init__(rng=seed)
        self.behaviour = behaviour or Behaviour()
        self.policy = STATUS_QUO
        self.month = -burn_in
        self.signal = self.renewals = 0.0
        self.projects: list[Project] = []
        self.requests: list[Request] = []
        self.censuses: list[Counter] = []
        self.flows: list[Counter] = []
        self.flow = Counter()  # events of the month
        self.red_tape = self.tape_now()
        self.hazards = hazards(self.behaviour.leaving)
        self.tree, self.units, self.seats = start.plan(self, generate(size, seed, 0))
        start.people_arrive(self)
        for _ in range(burn_in):
            self.live_a_month()
        self.policy = policy or Policy()

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
        self.send_signal()
        self.end_projects()
        self.post()
        self.agents.do("desire")
        if self.is_open:
            self.trade()
        self.work()
        self.network()
        self.agents.do("strain")
        self.fill_seats()
        self.agents.do("consider_leaving")
        self.agents.do("learn")
        self.count()
        self.month += 1

    def send_signal(self) -> None:
        """The signal wears off, is perhaps renewed, and reaches managers."""
        signalling, leadership = self.behaviour.signalling, self.policy.leadership
        self.signal *= kept(signalling.half_life)
        self.renewals *= kept(signalling.recovery)
        every = leadership.committee_every
        renews = self.month == 0 or (self.month > 0 and every and self.month % every == 0)
        if renews and leadership.signal > 0:
            self.signal = max(self.signal, leadership.signal * signalling.fatigue**self.renewals)
            self.renewals += 1
        for unit in self.units:
            unit.hear(self.signal)

    def end_projects(self) -> None:
        """Projects that are over end, met if somebody is still there; their requests are withdrawn."""
        over = [project for project in self.projects if project.is_over(self.month)]
        for project in over:
            if project.members:
                self.flow["met"] += 1
            else:
                self.give_up_need()
            project.finish()
        if over:
            self.projects = [project for project in self.projects if not project.is_over(self.month)]
            for request in self.requests:
                if request.project in over and not request.over:
                    self.flow["withdrawn"] += 1
                    request.close()

    def give_up_need(self) -> None:
        """A need that nobody met is bought or lapses."""
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
        self.glances = market.visibility * market.tools * self.behaviour.noticing.attention
        self.board = Board([project for project in self.projects if project.takes_people(self.month)])
        self.agents.do("notice")
        self.agents.shuffle_do("ask")
        self.requests = [request for request in self.requests if not request.over]
        for request in self.requests:
            request.move_on()
        self.agents.do("may_be_found_out")
        settled: dict[Project, list[Request]] = {}
        for request in self.requests:
            if request.permitted:
                settled.setdefault(request.project, []).append(request)
        for project, requests in settled.items():
            project.choose(requests)
        self.requests = [request for request in self.requests if not (request.over or request.permitted)]
        self.flow["pending"] += len(self.requests)

    def work(self) -> None:
        for unit in self.units:
            unit.take_stock()
        self.agents.do("work")

    def network(self) -> None:
        for project in self.projects:
            project.bring_together()
        self.agents.shuffle_do("socialize")
        self.agents.do("keep_up")

    def fill_seats(self) -> None:
        """Outsiders arrive, and teams meet their new managers."""
        chance = 1 / self.behaviour.leaving.fill_months
        vacant = [seat for seat in self.seats if seat.holder is None]
        newcomers = [hired(self, seat) for seat in vacant if self.random.random() < chance]
        for newcomer in newcomers:
            newcomer.meet_manager()
        for newcomer in newcomers:
            if isinstance(newcomer, Manager):
                newcomer.take_over()

    def count(self) -> None:
        """Count the month, and forget what belongs to it alone."""
        self.censuses.append(census(self))
        self.flows.append(self.flow)
        for unit in self.units:
            unit.yeses = unit.noes = 0
