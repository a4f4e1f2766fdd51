"""People: what they are born with, what they wish, and what they believe."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from benchmarks.plain_mesa.formulas import beta, kept
from benchmarks.plain_mesa.labour import Worker
from benchmarks.plain_mesa.leaving import Leaver
from benchmarks.plain_mesa.market import Participant
from benchmarks.plain_mesa.moving import Mover
from benchmarks.plain_mesa.ties import Social
from benchmarks.plain_mesa.training import Trainee
from benchmarks.plain_mesa.unit import Seat
from benchmarks.plain_mesa.work import SKILLS, core_skills

if TYPE_CHECKING:
    from benchmarks.plain_mesa.model import PlainOrganization

TO_BE_SAID = 0.3  # expressed wish, or ...
TO_COMPLAIN = 0.5  # failures, from which on people notice whether they are heard


class Employee(Participant, Mover, Worker, Trainee, Social, Leaver, mesa.Agent):
    """Somebody who works here."""

    def __init__(self, model: PlainOrganization, seat: Seat) -> None:
        super().__init__(model)
        self.sit_down(seat)
        self.fte = seat.fte  # a contract is somebody's own, and goes with them
        self.tenure = self.position = 0  # months since hire, and in post
        self.content = 0.0  # months since work last had new content
        self.is_born()
        self.start_in_post()
        self.start_to_stay()
        self.latent = self.rationalization = 0.0
        self.efficacy = self.resting_efficacy
        self.expected_odds = model.behaviour.learning.odds_rest
        self.start_settled()
        self.start_unacquainted()
        self.start_outside_the_market()

    def sit_down(self, seat: Seat) -> None:
        """Take a vacant seat."""
        self.seat, seat.holder = seat, self
        self.unit, self.leads = seat.unit, seat.leads
        self.is_head = seat.is_head
        self.core_skills = core_skills(seat.family)
        self.other_skills = [skill for skill in range(SKILLS) if skill not in self.core_skills]

    def is_born(self) -> None:
        people, random = self.model.behaviour.people, self.random
        usual = [people.core_skill if skill in self.core_skills else people.other_skill for skill in range(SKILLS)]
        self.skills = [random.gauss(mean, 1) for mean in usual]
        self.resting = self.skills.copy()
        self.exaggerated = [0.0] * SKILLS  # by how much others see more than is true
        self.shown = [1.0 if skill in self.core_skills else 0.0 for skill in range(SKILLS)]
        self.growth_need = beta(random, people.growth_need, people.growth_need_sd)
        self.resting_efficacy = beta(random, people.efficacy, people.efficacy_sd)
        self.development = beta(random, people.development, people.development_sd)
        self.hoarding = beta(random, people.hoarding, people.hoarding_sd)
        self.release = beta(random, people.release, people.release_sd)

    # Beliefs

    def first_impression_of(self, trait: float) -> float:
        """What somebody new expects of the manager: the truth, with an error."""
        return min(1.0, max(0.0, self.random.gauss(trait, self.model.behaviour.learning.noise)))

    def meet_manager(self) -> None:
        self.expected_support = self.first_impression_of(self.unit.development)
        self.expected_release = self.first_impression_of(self.unit.release)

    def meet_new_manager(self) -> None:
        reset = self.model.behaviour.learning.reset
        self.expected_support += reset * (self.first_impression_of(self.unit.development) - self.expected_support)
        self.expected_release += reset * (self.first_impression_of(self.unit.release) - self.expected_release)

    def hear_answer(self, yes: bool) -> None:
        """A manager's answer to an own request."""
        learning, unit = self.model.behaviour.learning, self.unit
        if yes:
            unit.yeses += 1
            self.own_yeses += 1
            self.expected_support += learning.own * (1 - self.expected_support)
        else:
            unit.noes += 1
            self.own_noes += 1
            self.expected_support -= min(1.0, learning.own * learning.refusal) * self.expected_support
            self.is_denied()

    def is_denied(self) -> None:
        self.failures += 1
        self.efficacy *= 1 - self.model.behaviour.straining.efficacy_denial

    def feel_rejected(self) -> None:
        """Somebody else was preferred."""
        behaviour = self.model.behaviour
        self.failures += behaviour.desiring.rejection_weight
        self.efficacy *= 1 - behaviour.straining.efficacy_denial * behaviour.straining.efficacy_rejection

    own_yeses = own_noes = 0  # answers to this person this month; set on those who get some

    def learn(self) -> None:
        """What others are told, the signal, and time move beliefs."""
        learning, unit = self.model.behaviour.learning, self.unit
        if not self.is_head:
            yeses, noes = unit.yeses - self.own_yeses, unit.noes - self.own_noes
            up = min(1.0, learning.seen * yeses + learning.heard * unit.heard)
            down = min(1.0, learning.seen * learning.refusal * noes)
            self.expected_support += up * (1 - self.expected_support) - down * self.expected_support
            self.expected_release += min(1.0, learning.heard * unit.heard) * (1 - self.expected_release)
            if unit.something_done is not None:
                self.notice_hearing(unit.something_done)
        self.own_yeses = self.own_noes = 0
        self.see_how_things_are()
        self.expected_odds += learning.pull * (learning.odds_rest - self.expected_odds)
        self.expected_release += learning.pull * (unit.release - self.expected_release)
        self.chances += learning.pull * (self.model.behaviour.applying.chances_rest - self.chances)

    def notice_hearing(self, something_done: bool) -> None:
        """Whoever has something to say notices whether it helps."""
        if self.expressed < TO_BE_SAID and self.failures < TO_COMPLAIN:
            return
        learning = self.model.behaviour.learning
        if something_done:
            self.expected_support += learning.acted_on * (1 - self.expected_support)
        else:
            self.expected_support -= learning.ignored * self.expected_support

    def see_how_things_are(self) -> None:
        self.expected_support += self.model.behaviour.learning.pull * (self.unit.development - self.expected_support)

    # Wishes

    def desire(self) -> None:
        """A month of the clocks, of the latent wish, and of talking it away."""
        desiring, unit = self.model.behaviour.desiring, self.unit
        self.content += 1
        self.tenure += 1
        self.position += 1
        staleness = self.staleness
        plateau = desiring.content_weight * staleness(self.content)
        plateau += (1 - desiring.content_weight) * staleness(self.position)
        crafted = self.growth_need * (1 - unit.strictness) * unit.development * desiring.crafting
        target = (self.growth_need - crafted) * plateau + self.identity
        self.latent = min(1.0, max(0.0, self.latent + desiring.pace * (target - self.latent)))
        self.failures *= kept(desiring.forgetting)
        self.rationalize()

    @property
    def expressed(self) -> float:
        """The wish that a survey would find."""
        return self.latent * (1 - self.rationalization)

    def staleness(self, months: float) -> float:
        desiring = self.model.behaviour.desiring
        return 1 - math.exp(-(months - desiring.grace) / desiring.staling) if months > desiring.grace else 0.0

    def rationalize(self) -> None:
        desiring, unit, talked_away = self.model.behaviour.desiring, self.unit, self.rationalization
        tape = self.model.red_tape
        barriers = (
            desiring.barrier_support * (1 - self.expected_support)
            + desiring.barrier_strictness * unit.strictness
            + desiring.barrier_tape * tape
            + desiring.barrier_failures * min(1.0, self.failures)
        )
        encouragement = desiring.reviving_peers * unit.peers + desiring.reviving_heard * unit.heard * (1 - tape)
        if self.projects:
            encouragement += 1
        talked_away += desiring.rationalizing * barriers * self.latent * (1 - talked_away)
        talked_away -= desiring.reviving * encouragement * self.rationalization
        self.rationalization = min(1.0, max(0.0, talked_away))
