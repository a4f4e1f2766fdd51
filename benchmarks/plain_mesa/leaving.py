"""Why and when people leave: they quit, by tenure and by what they live through, or retire, by age."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import kept

if TYPE_CHECKING:
    from benchmarks.plain_mesa.model import PlainOrganization

EARLY, MIDDLE, LATE = 3, 24, 120  # months of tenure between which the hazard of quitting is log-linear
BANDS = (12, 24, 60)  # months of tenure between which it is known what people usually live through
MEMORY = 6  # months
STRESS_UNIT = 0.2
YEAR = 12


def hazards_of_quitting(leaving) -> list[float]:
    """The usual hazard in a month for each tenure; the last holds for all that are longer."""

    def between(share: float, low: float, high: float) -> float:
        return math.exp((1 - share) * math.log(low) + share * math.log(high))

    def hazard(tenure: int) -> float:
        if tenure < MIDDLE:
            share = max(0, tenure - EARLY) / (MIDDLE - EARLY)
            return between(share, leaving.early, leaving.middle)
        return between(min(1.0, (tenure - MIDDLE) / (LATE - MIDDLE)), leaving.middle, leaving.late)

    return [hazard(tenure) for tenure in range(LATE + 1)]


def hazard_of_retiring(leaving, age: float) -> float:
    """By age in months."""
    years = age / YEAR
    if years < 55:
        return 0.0
    if years < 60:
        return leaving.retiring_55
    return leaving.retiring_60 if years < 65 else leaving.retiring_65


def age_of_a_newcomer(random, people) -> int:
    """In months: normal, with the ends cut off."""
    while True:
        years = random.gauss(people.age, people.age_sd)
        if people.youngest <= years <= people.oldest:
            return int(years * YEAR)


def lives_so_far(model: PlainOrganization) -> tuple[int, int]:
    """Tenure and age, in months, of somebody who is here in the long run: who has not left since coming."""
    while True:
        age = age_of_a_newcomer(model.random, model.behaviour.people)
        tenure = model.random.choices(range(len(model.staying)), cum_weights=model.staying)[0]
        stayed = 1.0
        for month in range(tenure):
            stayed *= 1 - hazard_of_retiring(model.behaviour.leaving, age + month)
        if model.random.random() < stayed:
            return tenure, age + tenure


def band(tenure: int) -> int:
    """Between which of the months told apart a tenure lies."""
    return sum([tenure > months for months in BANDS])


class Usual:
    """What people live through in the burn-in, as it changes the hazard of quitting, by tenure."""

    def __init__(self) -> None:
        self.restlessness = [0.0] * (len(BANDS) + 1)
        self.months = [0] * (len(BANDS) + 1)
        self.forget()

    def forget(self) -> None:
        self.met: list[list[tuple[float, float]]] = [[] for _ in self.months]  # this month: usual hazard, restlessness

    def learn(self) -> None:
        for long, met in enumerate(self.met):
            if met:
                self.months[long] += 1
                quitting = sum([hazard * math.exp(restless) for hazard, restless in met])
                felt = math.log(quitting / sum([hazard for hazard, _ in met]))
                self.restlessness[long] += (felt - self.restlessness[long]) / min(self.months[long], MEMORY)


class Leaver:
    """The side of an employee that may leave."""

    def start_to_stay(self) -> None:
        self.age = age_of_a_newcomer(self.random, self.model.behaviour.people)  # months
        self.served = self.moved = -math.inf  # last month on a project, and of the last move

    @property
    def outside_pull(self) -> float:
        """What other employers see: skills shown beyond the job, and an identity that is published."""
        unseen = self.model.behaviour.matching.unseen
        pull = self.identity if self.has_profile and self.model.is_open else 0.0
        for skill in self.other_skills:
            level = self.skills[skill]
            if level > unseen:
                pull += self.shown[skill] * (level - unseen)
        return self.model.behaviour.leaving.heat * pull

    def restlessness(self) -> float:
        """What people live through, as the logarithm of a factor of the hazard of quitting."""
        leaving, month, unit = self.model.behaviour.leaving, self.model.month, self.unit
        restlessness = (
            leaving.engagement * self.engagement
            + leaving.stress * self.stress / STRESS_UNIT
            + leaving.rejected * self.rejections
            + leaving.outside * self.outside_pull
            + leaving.support * unit.heard * unit.development
            + leaving.outsider * self.is_outsider
        )
        if month - max(self.served, self.moved) >= leaving.serving:
            restlessness += leaving.thwarted * self.expressed
        if self.moved > -math.inf:
            restlessness += leaving.honeymoon * kept(leaving.honeymoon_months) ** (month - self.moved)
        return restlessness

    def consider_leaving(self) -> None:
        """Quit, retire or stay; what is usual is known from the burn-in."""
        model = self.model
        self.age += 1
        if self.projects:
            self.served = model.month
        usual, restless, long = model.hazard(self.tenure), self.restlessness(), band(self.tenure)
        model.usual.met[long].append((usual, restless))
        if self.random.random() < hazard_of_retiring(model.behaviour.leaving, self.age):
            model.flow["retired"] += 1
            self.leave()
        elif self.random.random() < usual * math.exp(restless - model.usual.restlessness[long]):
            model.flow["quits"] += 1
            self.leave()
        self.rejections *= kept(model.behaviour.leaving.rejected_months)

    def leave(self) -> None:
        self.model.flow["left"] += 1
        for friend in list(self.ties):
            self.forget(friend)
        for project in self.projects:
            project.members.remove(self)
        if self.posting:
            self.posting.poster = None
        if self.request:
            self.request.close()
        if self.goal:
            self.goal.is_given_up()
        self.seat.holder = None
        self.model.flow["opened"] += 1
        self.model.falls_open(self.seat)
        self.remove()
