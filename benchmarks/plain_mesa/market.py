"""The talent market as an employee meets it: posting, noticing, asking, joining, returning."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import sigmoid
from benchmarks.plain_mesa.request import Request
from benchmarks.plain_mesa.ties import MOST_TIES
from benchmarks.plain_mesa.work import HOURS, MOST_PROJECTS, SKILLS, Project
from sim.settings import Permission, Reach

if TYPE_CHECKING:
    from benchmarks.plain_mesa.work import Board

CLOSE = 1e-9  # shares that add up to just the cap fit into it
LATENT = 0.3  # a wish to be counted


class Participant:
    """The side of an employee that takes part in the market."""

    def start_outside_the_market(self) -> None:
        self.projects: list[Project] = []
        self.away = 0.0  # FTE on projects
        self.posting: Project | None = None
        self.request: Request | None = None
        self.liked: dict[Project, float] = {}  # the most interesting postings of the month, best first
        self.has_profile = False
        self.joined_unasked = False
        self.held_against = 0  # months
        self.failures = 0.0

    @property
    def cap_in_use(self) -> float:
        return self.away / (self.model.policy.market.time_cap * self.fte)

    def has_room_for(self, project: Project) -> bool:
        room = self.model.policy.market.time_cap * self.fte
        return len(self.projects) < MOST_PROJECTS and self.away + project.need.share <= room + CLOSE

    def offer_to_post(self) -> None:
        """Perhaps post an open need of the unit."""
        unit = self.unit
        if self.posting or not unit.backlog:
            return
        posting = self.model.behaviour.posting
        need = unit.next_need()
        wish = posting.habit + posting.growth_need * self.growth_need + posting.heard * unit.heard
        if self.model.shortages.serves_need(need):
            wish += posting.priority
        if self.random.random() >= sigmoid(wish):
            return
        unneeded = self.is_head or self.model.policy.market.permission == Permission.none
        if unneeded or unit.permits_posting():
            unit.backlog.remove(need)
            self.posting = Project(need, self)
            self.model.projects.append(self.posting)
            self.model.flow["posted"] += 1

    def reaches(self, project: Project) -> bool:
        reach = self.model.policy.market.reach
        if reach == Reach.organization:
            return True
        if reach == Reach.department:
            return project.need.unit.department == self.seat.department
        return project.need.unit is self.unit

    def fill_in_profile(self) -> None:
        """Claim each skill beyond the job with some probability, once and for all, and not quite truly."""
        self.has_profile = True
        profiles, matching = self.model.policy.market.profiles, self.model.behaviour.matching
        for skill in self.other_skills:
            if self.random.random() < profiles:
                self.shown[skill] = 1.0
                self.exaggerated[skill] = self.random.gauss(matching.claim_bias, matching.claim_noise)

    def notice(self) -> None:
        """Glance at postings, and remember those that interest most, of those that do enough to ask."""
        if not self.has_profile:
            self.fill_in_profile()
        found = self.seen_postings(self.model.board)
        if found:
            self.model.flow["seen"] += 1
        threshold, liked = self.model.behaviour.noticing.threshold, {}
        for project in found:
            if project.poster is self or project in self.projects or not self.has_room_for(project):
                continue
            interest = self.interest_in(project)
            if interest >= threshold:
                liked[project] = interest
        if len(liked) > 1:
            best = nlargest(self.model.most_choices, liked, key=liked.__getitem__)
            liked = {project: liked[project] for project in best}
        self.liked = liked

    def seen_postings(self, board: Board) -> list[Project]:
        """What somebody comes across: by skill, and from a friend."""
        noticing, random = self.model.behaviour.noticing, self.random
        found = {}  # in the order seen
        if glances := self.model.rng.poisson(self.model.glances):
            unseen = self.model.behaviour.matching.unseen
            weights = [
                noticing.browsing + shown * max(0.0, 1 + noticing.focus * (skill - unseen))
                for skill, shown in zip(self.skills, self.shown, strict=True)
            ]
            for skill in random.choices(range(SKILLS), weights, k=glances):
                if project := board.glance(self, skill):
                    found[project] = True
        place = random.randrange(MOST_TIES)
        if place < len(self.ties):
            posting = list(self.ties)[place].posting
            if posting in board.open and self.reaches(posting):
                found[posting] = True
        return list(found)

    def interest_in(self, project: Project) -> float:
        noticing, need = self.model.behaviour.noticing, project.need
        sure = self.efficacy - 0.5
        fit = stretch = 0.0
        for skill, level in need.levels.items():
            gap = level - self.skills[skill]
            fit += min(1.0, max(0.0, 1 - (gap - sure) / 2))
            stretch += min(1.0, max(0.0, gap))
        interest = (noticing.fit * fit + noticing.stretch * stretch) / len(need.levels)
        if need.family == self.identity_family:
            interest += noticing.identity * self.identity
        if need.unit.department != self.seat.department:
            interest += noticing.contacts * (1 - self.belonging)
        return (
            interest
            + noticing.tie * self.tie_to(project.poster)
            + noticing.peers * self.unit.peers
            + noticing.load * self.cap_in_use
            + noticing.taste * project.taste_of(self)
        )

    def ask(self) -> None:
        """Perhaps ask to join what interests most."""
        model = self.model
        if self.request or not self.liked:
            return
        able = self.latent >= LATENT
        model.flow["able"] += able
        motives, luck = self.motives(), self.random.random()
        if luck >= sigmoid(motives):
            if able:
                self.keep_silent(motives, luck)
            return
        self.request = Request(self, self.liked, model.month)
        model.requests.append(self.request)
        model.flow["asked"] += 1
        model.flow["asked_outside"] += self.request.favourite.need.family != self.seat.family
        if model.policy.market.permission == Permission.tickbox and not self.is_head:
            self.request.unasked = not self.tells_manager()

    def motives(self) -> float:
        asking = self.model.behaviour.asking
        return (
            asking.habit
            + asking.desire * self.latent * (1 - self.rationalization)
            + asking.efficacy * self.efficacy
            + asking.support * self.expected_support
            + asking.odds * self.expected_odds
            + asking.peers * self.unit.peers
            + asking.tape * self.model.red_tape
            + asking.load * self.cap_in_use
            + asking.stress * self.stress_above_rest
        )

    @property
    def stress_above_rest(self) -> float:
        return max(0.0, self.stress - self.model.behaviour.straining.stress_rest)

    def keep_silent(self, motives: float, luck: float) -> None:
        """Count which barriers, each taken away alone, would have made this person ask."""
        asking, flow = self.model.behaviour.asking, self.model.flow
        barriers = {
            "rationalized": asking.desire * self.latent * self.rationalization,
            "refusal": asking.support * (1 - self.expected_support),
            "rejection": asking.odds * (1 - self.expected_odds),
            "tape": -asking.tape * self.model.red_tape,
            "strain": -asking.load * self.cap_in_use - asking.stress * self.stress_above_rest,
        }
        enough = [name for name, barrier in barriers.items() if luck < sigmoid(motives + barrier)]
        flow["silent"] += 1
        flow["silent_anyway"] += not enough
        for name in enough:
            flow[f"silent_{name}"] += 1

    def tells_manager(self) -> bool:
        permitting = self.model.behaviour.permitting
        leaning = permitting.informal + permitting.informal_support * (self.expected_support - 0.5)
        return self.random.random() < sigmoid(leaning)

    def join(self, project: Project) -> None:
        request, self.request = self.request, None
        self.count_joining(project, request)
        if project.began is None:
            project.began = self.model.month
            self.model.flow["started"] += 1
        project.joined += 1
        project.members.append(self)
        self.projects.append(project)
        self.away += project.need.share
        self.joined_unasked = self.joined_unasked or request.unasked
        behaviour = self.model.behaviour
        self.expected_odds += behaviour.learning.own * (1 - self.expected_odds)
        self.efficacy += behaviour.straining.efficacy_success * (1 - self.efficacy)

    def count_joining(self, project: Project, request: Request) -> None:
        flow, need = self.model.flow, project.need
        flow["joined"] += 1
        flow["fit_shown"] += need.fit(self.seen_skill)
        flow["fit_true"] += need.fit(self.skills.__getitem__)
        flow["first_choice"] += project is request.favourite
        flow["liked"] += request.choices[project]

    def is_rejected(self) -> None:
        self.request = None
        self.model.flow["rejected"] += 1
        learning = self.model.behaviour.learning
        self.expected_odds -= min(1.0, learning.own * learning.refusal) * self.expected_odds
        self.feel_rejected()

    def return_from(self, project: Project) -> None:
        """The project is over: the job is new again to a degree."""
        self.projects.remove(project)
        self.away = sum(other.need.share for other in self.projects)
        desiring = self.model.behaviour.desiring
        hours = project.need.share * HOURS * project.need.months
        self.content = max(0.0, self.content - desiring.staling * min(1.0, hours / desiring.fresh_hours))

    def may_be_found_out(self) -> None:
        """Whoever ticked without asking risks to be found out while on a project."""
        self.held_against = max(0, self.held_against - 1)
        if not self.joined_unasked:
            return
        if not self.projects:
            self.joined_unasked = False
        elif self.random.random() < self.model.behaviour.permitting.discovery:
            self.held_against = self.model.behaviour.permitting.held_against
            self.model.flow["found_out"] += 1
            self.joined_unasked = False
