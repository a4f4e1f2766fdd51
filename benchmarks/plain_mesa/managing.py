"""What managers are held to, what they live through, and how that moves their traits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.plain_mesa.formulas import kept, logit, sigmoid

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.unit import Unit


class Traits(NamedTuple):
    """What managers take with them to another team."""

    development: float
    hoarding: float
    release: float
    experience: float = 0.0  # with lending
    renown: float = 0.0


class Managed:
    """The side of a unit that is its manager's: traits as they stand, targets, and experience with lending."""

    def start_managed(self) -> None:
        self.development = self.hoarding = self.release = 0.0  # of the present manager, or of the last one
        self.experience = self.renown = 0.0
        self.pressure = self.usual_pressure = self.target = 0.0
        self.months_remembered = 0
        self.delivered = self.learned = 0.0  # this month: work done in the job, and skill gained on projects

    def take_traits_of(self, manager: Employee, led: Traits | None = None) -> None:
        """A manager brings what the last post has made of the traits; who has led nobody is as born."""
        traits = led or Traits(manager.development, manager.hoarding, manager.release)
        self.development, self.hoarding, self.release, self.experience, self.renown = traits

    def traits(self) -> Traits:
        return Traits(self.development, self.hoarding, self.release, self.experience, self.renown)

    def gain_renown(self) -> None:
        """Somebody of the team got on with the manager's backing."""
        self.renown += 1 / max(1, len(self.members))

    def judge_the_month(self) -> None:
        """What was delivered presses the manager, lending is remembered, and a name fades."""
        self.renown *= kept(self.model.behaviour.applying.renown_months)
        delivered = self.delivered / max(1, sum([1 for seat in self.seats if not seat.abolished]))
        if self.model.month < 0:  # until the fork, what is usual is still being learned
            memory = self.months_remembered = min(self.months_remembered + 1, self.model.behaviour.targets.memory)
            self.target += (delivered - self.target) / memory
            self.feel_pressure(delivered)
            self.usual_pressure += (self.pressure - self.usual_pressure) / memory
        else:
            self.feel_pressure(delivered)
        if self.on_projects:
            self.gain_experience()

    def feel_pressure(self, delivered: float) -> None:
        if not self.target:  # without a burn-in nothing is expected
            return
        targets = self.model.behaviour.targets
        missed = min(1.0, max(0.0, targets.slope * (1 - delivered / self.target)))
        self.pressure += targets.pace * (self.model.policy.leadership.target_emphasis * missed - self.pressure)

    def gain_experience(self) -> None:
        culture = self.model.behaviour.culture
        balance = culture.learned * self.learned / len(self.members)
        balance -= culture.missed * self.released_now * self.missing_now
        self.experience += culture.experience_pace * (min(1.0, max(-1.0, balance)) - self.experience)

    def move_traits(self, support_of_fellows: float, release_of_fellows: float, hoarding_of_fellows: float) -> None:
        """Traits follow what the manager hears, lives through and sees in fellow managers."""
        culture, manager = self.model.behaviour.culture, self.manager
        influence = (
            culture.signal * self.heard
            + culture.experience * self.experience
            + culture.pressure * (self.pressure - self.usual_pressure)
        )
        reward = culture.reward * self.model.policy.managers.export_reward
        support = sigmoid(logit(manager.development) + influence + culture.fellows * support_of_fellows)
        release = sigmoid(logit(manager.release) + influence + reward + culture.fellows * release_of_fellows)
        hoarding = sigmoid(logit(manager.hoarding) - influence - reward + culture.fellows * hoarding_of_fellows)
        self.development += culture.pace * (support - self.development)
        self.release += culture.pace * (release - self.release)
        self.hoarding += culture.pace * (hoarding - self.hoarding)


class Department:
    """The units whose managers have their posts in one department."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units

    def move_traits(self) -> None:
        """Managers move, each also by how far all of them have moved from what they were born with."""
        led = [unit for unit in self.units if unit.manager]
        if not led:
            return
        support = sum([unit.development - unit.manager.development for unit in led]) / len(led)
        release = sum([unit.release - unit.manager.release for unit in led]) / len(led)
        hoarding = sum([unit.hoarding - unit.manager.hoarding for unit in led]) / len(led)
        for unit in led:
            unit.move_traits(support, release, hoarding)
