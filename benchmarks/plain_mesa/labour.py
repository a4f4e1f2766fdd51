"""Work in the job and on projects: time, output, skills, identity, and what it does to people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import kept
from benchmarks.plain_mesa.work import HOURS

if TYPE_CHECKING:
    from benchmarks.plain_mesa.work import Project

GROWTH_UNIT, BELONGING_UNIT, STRESS_UNIT, STRESS_USUAL = 0.05, 0.15, 0.2, 0.3
CONFLICT_UNIT = 0.1  # share of time away at which a sceptical manager is annoyed in full
IDENTITY_HOURS = 32


class Worker:
    """The side of an employee that works, learns and feels the strain."""

    def start_settled(self) -> None:
        straining = self.model.behaviour.straining
        self.stress, self.belonging, self.engagement = straining.stress_rest, straining.belonging_rest, 0.0
        self.identity_family: int | None = None
        self.identity = 0.0
        self.load = self.core_done = self.project_done = self.output = self.gained = 0.0
        self.overloaded = False

    @property
    def competence(self) -> float:
        first, second, third = self.core_skills
        skills = self.skills
        return (skills[first] + skills[second] + skills[third]) / 3 - self.model.behaviour.people.core_skill

    def seen_skill(self, skill: int) -> float:
        """The level that others suppose: what has been shown, or claimed."""
        unseen = self.model.behaviour.matching.unseen
        return unseen + self.shown[skill] * (self.skills[skill] + self.exaggerated[skill] - unseen)

    def hidden_skill(self, skill: int) -> float:
        return (1 - self.shown[skill]) * max(0.0, self.skills[skill] - self.model.behaviour.matching.unseen)

    def work(self) -> None:
        """A month's work, as far as it fits into full time and overtime."""
        working, unit = self.model.behaviour.working, self.unit
        effort = self.model.behaviour.posting.effort if self.posting else 0.0
        if self.seat.on_committee and self.model.committee_meets:
            effort += self.model.behaviour.signalling.committee_effort
            self.model.flow["committee"] += self.model.behaviour.signalling.committee_effort
        demand = 1 + working.demand_sd * self.random.gauss(0, 1)
        self.plan_training()
        core = max(0.0, demand + unit.cover - unit.released_now * self.away / self.fte) - self.trained
        beside = (self.away + effort) / self.fte
        self.load = core + self.trained + beside
        most = 1 + working.overtime
        self.overloaded = self.load > most
        done = most / self.load if self.overloaded else 1.0
        self.core_done, self.project_done = core * done, beside * done
        self.output = self.delivers()
        unit.delivered += self.output
        self.practise(done)

    def delivers(self) -> float:
        """Core work, with that of whoever stands in, in standard workers."""
        working, unit = self.model.behaviour.working, self.unit
        ramp = min(1.0, working.ramp_start + (1 - working.ramp_start) * self.position / self.ramp_months)
        output = (
            max(0.0, self.core_done - working.handover * unit.away_now)
            * self.fte
            * math.exp(
                working.skill_yield * self.competence
                + working.engagement_yield * self.engagement
                + self.model.effort_for_targets
            )
        )
        if ramp < 1:
            self.model.flow["ramp_lost"] += (1 - ramp) * output
            output *= ramp
        if self.away:
            output += self.model.policy.managers.backfill * unit.released_now * self.away * working.temp
        return output

    def practise(self, done: float) -> None:
        """Skills fade, and grow with the job and with projects; projects in other families build an identity."""
        working = self.model.behaviour.working
        self.gained = 0.0
        skills, rest = self.skills, self.resting
        fading = kept(working.fading)
        for skill, level in enumerate(rest):
            if skills[skill] > level:
                skills[skill] = level + fading * (skills[skill] - level)
        for skill in self.core_skills:
            self.learn_skill(skill, working.role_level, HOURS * self.fte * self.core_done)
            rest[skill] = skills[skill]
        self.train(done)
        self.identity *= self.model.behaviour.desiring.identity_keeping
        if self.projects:
            gained_in_the_job = self.gained
            for project in self.projects:
                self.work_on(project, project.need.share * done)
            self.unit.learned += self.gained - gained_in_the_job

    def work_on(self, project: Project, time: float) -> None:
        """A month's work on a project, in FTE: it is worth something, teaches skills and shows them."""
        need, behaviour, hours = project.need, self.model.behaviour, HOURS * time
        ability = sum([self.skills[skill] - level for skill, level in need.levels.items()]) / len(need.levels)
        project.worth += time * behaviour.posting.value * math.exp(behaviour.working.skill_yield * ability)
        for skill, level in need.levels.items():
            self.model.flow["light"] += self.hidden_skill(skill)
            self.shown[skill], self.exaggerated[skill] = 1.0, 0.0
            self.learn_skill(skill, level, hours)
        if need.family != self.seat.family:
            self.identify(need.family, min(1.0, behaviour.desiring.identity_growth * hours / IDENTITY_HOURS))

    def learn_skill(self, skill: int, level: float, hours: float) -> None:
        gap = min(1.0, level - self.skills[skill])
        if gap > 0:
            working = self.model.behaviour.working
            gain = working.gain * (1 - math.exp(-hours / working.gain_hours)) * gap
            self.skills[skill] += gain
            self.gained += gain

    def pick_up(self, skill: int, level: float, strength: float) -> None:
        """Take over a little of a skill from somebody known who has more of it."""
        working, own = self.model.behaviour.working, self.skills[skill]
        if level > own:
            gain = working.spreading * strength * min(1.0, level - own)
            if skill in self.core_skills:
                gain = min(gain, max(0.0, working.role_level - own))
            self.skills[skill] += gain
            self.gained += gain

    def identify(self, family: int, growth: float) -> None:
        """Grow a second identity; only one is kept."""
        if family == self.identity_family:
            self.identity += growth * (1 - self.identity)
        elif growth > self.identity:
            self.identity_family, self.identity = family, growth

    def strain(self) -> None:
        """Stress, belonging, engagement and efficacy follow what the month was like."""
        straining = self.model.behaviour.straining
        self.stress += straining.stress_pace * (min(1.0, self.tension()) - self.stress)
        held = straining.belonging_rest
        if self.ties:
            strength = sum([tie.strength for tie in self.ties.values()])
            held += straining.belonging_ties * min(1.0, strength / straining.enough_ties)
            across = self.ties_across / len(self.ties)
            held += straining.belonging_across * min(1.0, across / straining.enough_across)
        self.belonging += straining.belonging_pace * (min(1.0, held) - self.belonging)
        target = (
            straining.growth * self.gained / GROWTH_UNIT
            + straining.fit * self.competence
            + straining.belonging * (self.belonging - straining.belonging_usual) / BELONGING_UNIT
            + straining.stress * (self.stress - STRESS_USUAL) / STRESS_UNIT
        )
        self.engagement += straining.engagement_pace * (target - self.engagement)
        self.efficacy += straining.efficacy_pace * (self.resting_efficacy - self.efficacy)

    def tension(self) -> float:
        straining, unit = self.model.behaviour.straining, self.unit
        tension = straining.stress_rest + straining.overload * max(0.0, self.load - 1)
        tension += straining.emphasis * self.model.policy.leadership.target_emphasis
        tension += straining.identity * self.identity * unit.strictness
        if self.held_against:
            tension += straining.found_out
        if self.projects:
            away = min(1.0, self.away / self.fte / CONFLICT_UNIT)
            tension += straining.role_conflict * (1 - unit.development) * away
            tension += straining.sceptics * (1 - unit.on_projects)
        return tension
