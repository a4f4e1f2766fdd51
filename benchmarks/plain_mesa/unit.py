"""Posts: seats, and the units that managers lead, with all that stays with a manager's post when the holder goes."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import beta, kept, sigmoid
from benchmarks.plain_mesa.managing import Managed, Traits
from benchmarks.plain_mesa.work import Need
from sim.settings import Priority

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.model import PlainOrganization


class Seat:
    """A post in the plan."""

    def __init__(self, department: int, family: int, grade: int, fte: float) -> None:
        self.department = department
        self.family = family
        self.grade = grade  # 0 is the highest
        self.fte = fte
        self.unit: Unit = None
        self.leads: Unit | None = None
        self.on_committee = False
        self.holder: Employee | None = None
        self.team: list[Seat] = []  # the unit, its manager, and the unit it leads
        self.place = 0  # on the ring of acquaintance
        self.abolished = False

    @property
    def is_head(self) -> bool:
        return self.unit is self.leads


class Unit(Managed):
    """One manager's reports."""

    def __init__(self, model: PlainOrganization, seat: Seat, parent: Unit | None) -> None:
        self.model = model
        self.leading_seat = seat
        self.parent = parent
        self.depth = parent.depth + 1 if parent else 0
        self.department = seat.department
        self.seats: list[Seat] = []
        people = model.behaviour.people
        self.strictness = beta(model.random, people.strictness, people.strictness_sd)
        self.heard = 0.0
        self.complaints_denied = self.complaints_burdened = 0.0
        self.backlog: list[Need] = []
        self.yeses = self.noes = 0  # answers to members this month
        self.something_done: bool | None = None  # in a month in which people are heard
        self.lent = -math.inf  # last month with a member on a project
        self.peers = 0.0  # share of members on projects, smoothed
        self.start_managed()

    def close(self) -> None:
        """Take stock of the seats, once all are there."""
        self.family = Counter(seat.family for seat in self.seats).most_common(1)[0][0]

    @property
    def manager(self) -> Employee | None:
        return self.leading_seat.holder

    @property
    def members(self) -> list[Employee]:
        return [seat.holder for seat in self.seats if seat.holder]

    @property
    def answering(self) -> Unit:
        """The unit whose manager answers here: the one above stands in while the post is vacant."""
        return self if self.manager or not self.parent else self.parent

    @property
    def released(self) -> float:
        """Share of project time that is taken off the job."""
        working = self.model.behaviour.working
        return self.model.policy.market.released * (
            working.release_floor + working.release_support * self.development
        )

    def hear(self, signal: float) -> None:
        signalling = self.model.behaviour.signalling
        spoken_to = self.model.committee_meets and self.model.shortages.serves_family(self.family)
        layers = 0 if spoken_to else self.depth
        arrives = signal * signalling.cascade**layers * signalling.credibility
        self.heard += signalling.hearing * (arrives - self.heard)

    def update_needs(self) -> None:
        """Overdue needs go, new ones arise."""
        model = self.model
        overdue = [need for need in self.backlog if need.overdue(model.month)]
        if overdue:
            self.backlog = [need for need in self.backlog if need not in overdue]
            for need in overdue:
                model.give_up(need)
        arrivals = int(model.rng.poisson(model.behaviour.posting.arrival * len(self.seats)))
        model.flow["arrived"] += arrivals
        self.backlog += [Need.arising(self, model.month) for _ in range(arrivals)]

    def be_heard(self) -> None:
        """People say what is wrong, and something is done about it, or not."""
        self.something_done = self.model.random.random() < self.model.policy.leadership.listening
        if self.something_done:
            remaining = 1 - self.model.behaviour.signalling.relief
            self.complaints_denied *= remaining
            self.complaints_burdened *= remaining

    def next_need(self) -> Need:
        """The need to be posted next: the oldest, or the oldest of those that come first."""
        if self.model.policy.leadership.priority == Priority.none:
            return self.backlog[0]
        return next((need for need in self.backlog if self.model.shortages.serves_need(need)), self.backlog[0])

    def permits_posting(self) -> bool:
        permitting, unit = self.model.behaviour.permitting, self.answering
        leaning = permitting.habit + permitting.support * (unit.development - 0.5) + permitting.signal * unit.heard
        return self.model.random.random() < sigmoid(leaning)

    def value_of(self, employee: Employee) -> float:
        """What the team would miss."""
        usual = self.model.behaviour.permitting.team_size
        return employee.competence * 2 * usual / (usual + len(self.seats))

    def leaning(self, value: float) -> float:
        """What speaks for a yes to somebody of this value, in logits."""
        permitting = self.model.behaviour.permitting
        return (
            permitting.habit
            + permitting.support * (self.development - 0.5)
            + permitting.signal * self.heard
            + permitting.denied * self.complaints_denied
            + permitting.burdened * self.complaints_burdened
            + permitting.hoarding * self.hoarding * value
            + permitting.away * self.share_missing
            + permitting.reward * self.model.policy.managers.export_reward
            + permitting.experience * self.experience
            + permitting.pressure * self.pressure
        )

    def leaning_to_back(self, value: float) -> float:
        """What speaks for backing the move of somebody of this value, in logits."""
        backing = self.model.behaviour.backing
        return (
            backing.habit
            + backing.support * (self.release - 0.5)
            + backing.signal * self.heard
            + backing.reward * self.model.policy.managers.export_reward
            + backing.experience * self.experience
            + backing.pressure * self.pressure
            + backing.hoarding * self.hoarding * value
            + backing.away * self.share_missing
        )

    @property
    def share_missing(self) -> float:
        """Time away for each in the team, as far as nobody stands in."""
        members = self.members
        if not members:
            return 0.0
        return (1 - self.model.policy.managers.backfill) * sum([member.away for member in members]) / len(members)

    def take_stock(self) -> None:
        """What all members share in the month's work; colleagues left with that of others complain."""
        members = self.members
        heads = max(1, len(members))
        working, permitting = self.model.behaviour.working, self.model.behaviour.permitting
        self.away_now = sum([member.away for member in members]) / heads
        self.missing_now = (1 - self.model.policy.managers.backfill) * self.away_now
        self.released_now = self.released
        self.learned = 0.0
        vacant = sum([1 for seat in self.seats if not seat.holder and not seat.abolished])
        bought = self.model.behaviour.filling.covered * vacant  # from consultants
        self.model.flow["covered"] += bought
        self.delivered = working.temp * bought
        self.cover = working.cover * (vacant - bought) / heads
        self.on_projects = sum([1 for member in members if member.projects]) / heads
        if self.on_projects:
            self.lent = self.model.month
        self.peers += (self.on_projects - self.peers) / working.peers_months
        fading = kept(permitting.complaint_half_life)
        self.complaints_denied *= fading
        self.complaints_burdened = self.complaints_burdened * fading + self.released_now * self.missing_now

    def meet_new_manager(self, manager: Employee, brought: Traits | None = None) -> None:
        self.take_traits_of(manager, brought)
        for member in self.members:
            member.meet_new_manager()
