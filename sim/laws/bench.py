"""The bench on which laws are tried: organizations at the fork, and the runs that have been made from them."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np

from sim.building import set_policy, set_scenario
from sim.laws.law import STATES, Law, Part, Side, Window
from sim.measures.frames import over
from sim.people.roster import Roster
from sim.records import NONE, Circle, Employee, Unit
from sim.running import Run, Setup, Stopped, Watch, burn_in, live, nobody, roster_of, seed_of
from sim.settings import Behaviour, Policy, Scenario
from sim.studies.estimates import Estimate, estimate
from sim.studies.replicates import Tell, compiled, in_threads
from sim.world import World, copied, with_tallies

Claim = tuple[str, str]  # measure and group
T = TypeVar("T")
INBORN = "people."  # what people and units are like holds from the burn-in on, all else from the fork on
SHORT = 12  # runs of laws that need no more months are so long, the others as long as the bench is
RECORDS: dict[str, Any] = {"staff": Employee, "units": Unit, "circles": Circle}


@dataclass(frozen=True)
class Plan:
    """All that makes a run, besides the seed and the length."""

    setup: Setup
    behaviour: Behaviour  # from the fork on
    policy: Policy
    since: int
    late: Policy
    added: tuple[tuple[str, float], ...]
    scenario: Scenario


def planned(side: Side, setup: Setup, base: Policy) -> Plan:
    """A side of a law, put into settings; sides that say the same in other words are the same plan."""
    born, behaviour, policy, added = setup.behaviour, setup.behaviour, base, []
    scenario = setup.scenario
    for path, value in side.changes:
        group, _, name = path.partition(".")
        if group == "behaviour":
            behaviour = behaviour.changed(name, value)
            born = born.changed(name, value) if name.startswith(INBORN) else born
        elif group == "scenario":
            scenario = scenario.changed(name, value)
        elif group not in STATES:
            policy = policy.changed(path, value)
        elif value:
            added.append((path, float(value)))
    late = policy
    for path, value in side.late:
        late = late.changed(path, value)
    since = side.since if late != policy else 0
    return Plan(replace(setup, behaviour=born), behaviour, policy, since, late, tuple(added), scenario)


class Trial:
    """One organization, and its runs under all that laws ask for. Used by one thread at a time."""

    def __init__(self, setup: Setup, seed: int, base: Policy = Policy(), watch: Watch = nobody) -> None:  # noqa: B008
        self.setup, self.seed, self.base, self.watch = setup, seed, base, watch
        self._roster: Roster | None = None
        self._worlds: dict[Setup, World] = {}
        self._runs: dict[tuple[Plan, int], Run] = {}
        self._values: dict[tuple[Plan, int, str, Window], dict[str, Any]] = {}

    def world(self, setup: Setup) -> World:
        """The organization at the fork. Kept are the one that the bench is about, and the last of all others."""
        if setup not in self._worlds:
            if self._roster is None:
                self._roster = roster_of(setup.organization, self.seed, warn=False)
            for other in [kept for kept in self._worlds if kept != self.setup]:
                del self._worlds[other]
            self._worlds[setup] = burn_in(setup, self.seed, self._roster, self.watch)
        return self._worlds[setup]

    def run(self, side: Side, length: int) -> Run:
        """A run of one side of a law."""
        plan = planned(side, self.setup, self.base)
        if (plan, length) not in self._runs:
            run = self.lived(plan, length)
            self._runs[plan, length] = replace(run, world=None)
        return self._runs[plan, length]

    def lived(self, plan: Plan, length: int) -> Run:
        """A run from the fork, with the world as it is at its end."""
        world = with_tallies(copied(self.world(plan.setup)), length, 0)
        for column, amount in plan.added:
            adds(world, column, amount)
        rules, world.now.behaviour = plan.setup.rules, plan.behaviour.row()
        set_policy(world, plan.policy)
        set_scenario(world, plan.scenario)
        if 0 < plan.since < length:
            world = live(world, plan.since, self.watch, rules=rules)
            set_policy(world, plan.late)
        world = live(world, length, self.watch, rules=rules)
        return Run(plan.policy, self.seed, 0, world.census, world.flow, world)

    def plans(self, laws: Iterable[Law], longest: int) -> list[tuple[Plan, int]]:
        """All runs that laws ask for, once each, with their months."""
        parts = ((part, months(law, longest)) for law in laws for part in law.parts())
        return list(dict.fromkeys((planned(part.side, self.setup, self.base), length) for part, length in parts))

    def value(self, part: Part, measure: str, group: str, length: int) -> float:
        """A measure of one side over a window."""
        key = (planned(part.side, self.setup, self.base), length, group, part.window)
        if key not in self._values:
            self._values[key] = over(self.run(part.side, length), {"": part.window}, group)
        return float(self._values[key][measure][0])

    def contrasts(self, law: Law, longest: int) -> dict[Claim, float]:
        """What the law compares: measure and group to the difference that it is about."""
        length = months(law, longest)
        return {
            (m, group): sum(part.weight * self.value(part, m, group, length) for part in law.parts())
            for m, group, _ in law.claims
        }


def months(law: Law, longest: int) -> int:
    """How long the runs of a law are: few lengths, so that laws share runs."""
    return SHORT if law.length <= SHORT else max(law.length, longest)


def adds(world: World, column: str, amount: float) -> None:
    """Add to a column at the fork, within 0 and 1 where it is a share."""
    table, _, name = column.partition(".")
    records = getattr(world, table)
    here = slice(None) if table == "units" else world.staff["person"] != NONE
    values = records[name][here] + amount
    records[name][here] = np.clip(values, 0.0, 1.0) if RECORDS[table].fields[name].unit == "0-1" else values


class Bench:
    """Organizations of one kind: a law asks only for runs that have not been made yet."""

    def __init__(self, setup: Setup, count: int, root: int = 1, length: int = 60, base: Policy = Policy(),  # noqa: B008
                 threads: int | None = None, stop: threading.Event | None = None) -> None:
        self.length, self.threads = length, threads
        self.stop = stop or threading.Event()
        compiled([setup])
        self.setup, self.count, self.root, self.base = setup, count, root, base
        self.trials = [self._trial(number) for number in range(count)]

    def watch(self, _: int) -> None:
        if self.stop.is_set():
            raise Stopped

    def _trial(self, number: int) -> Trial:
        return Trial(self.setup, seed_of(self.root, number), self.base, self.watch)

    def each(self, ask: Callable[[Trial], T], times: int = 1) -> list[T]:
        """What each organization answers, several at a time; or so many times as many, which are added if need be."""
        wanted = times * self.count
        self.trials += [self._trial(number) for number in range(len(self.trials), wanted)]
        if self.threads == 1:
            return [ask(trial) for trial in self.trials[:wanted]]
        return in_threads(ask, [(trial,) for trial in self.trials[:wanted]], self.threads, self.stop)

    def values(self, measure: str, group: str = "everyone") -> Any:
        """(organizations,) a measure over all months, with nothing changed."""
        usual = Part(1, Side(), (0, self.length))
        return np.array(self.each(lambda trial: trial.value(usual, measure, group, self.length)))

    def effects(self, law: Law) -> dict[Claim, Estimate]:
        """The paired effect on each measure of which the law speaks, in each group."""
        return self.all_effects([law])[0]

    def all_effects(self, laws: Sequence[Law], tell: Tell = nobody) -> list[dict[Claim, Estimate]]:
        """The effects of several laws; `tell` is called with 1 for each organization that is done, and again for weak
        laws, which ask more of them.
        """
        effects: list[dict[Claim, Estimate]] = [{} for _ in laws]
        for times in sorted({law.times for law in laws}):
            places = [place for place, law in enumerate(laws) if law.times == times]
            found = self.each(partial(self._contrasts, [laws[place] for place in places], tell), times)
            for number, place in enumerate(places):
                told = [each[number] for each in found]
                effects[place] = {claim: estimate([one[claim] for one in told]) for claim in told[0]}
        return effects

    def _contrasts(self, laws: Sequence[Law], tell: Tell, trial: Trial) -> list[dict[Claim, float]]:
        found = [trial.contrasts(law, self.length) for law in laws]
        tell(1)
        return found

    def violations(self, law: Law) -> list[str]:
        """What the law says and the 95 % interval does not confirm."""
        return violations(law, self.effects(law))


def violations(law: Law, effects: dict[Claim, Estimate]) -> list[str]:
    """What the law says and the 95 % interval does not confirm, in words."""
    return [
        f"{m} of {g}: expected {'a rise' if sign > 0 else 'a fall'}, found {e.mean:+.4g} "
        f"({e.low:+.4g} to {e.high:+.4g}, n = {e.n})"
        for m, g, sign in law.claims
        if not holds(e := effects[m, g], sign)
    ]


def holds(found: Estimate, sign: int) -> bool:
    """Whether the interval lies on the side that the law says."""
    return found.low > 0 if sign > 0 else found.high < 0

