"""Do the laws hold whatever people are like? They are tried on draws of behaviour from its ranges.

All that is swept or calibrated is drawn at once, evenly over its range and by a Latin hypercube, so that even a few
draws reach everywhere; what evidence fixes stays. The exact laws are checked in every draw as well.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.laws.bench import Claim, Trial
from sim.laws.law import Law, Part, Side
from sim.rows import Floats
from sim.running import Setup, Stopped, nobody, seed_of
from sim.settings import Behaviour, Policy
from sim.studies.estimates import Estimate, estimate, share_of
from sim.studies.replicates import Tell, compiled, in_threads
from sim.testing import faults, flow_faults

OFTEN = 0.9  # a sign that holds in so many draws is called a law, in fewer a tendency
DRAWN = ("swept", "calibrated")


def hypercube(count: int, dimensions: int, seed: int) -> Floats:
    """(count, dimensions) a Latin hypercube: in each dimension one point in each of `count` equal parts of 0 to 1."""
    rng = np.random.default_rng(seed)
    places = np.stack([rng.permutation(count) for _ in range(dimensions)], axis=1)
    return np.asarray((places + rng.random((count, dimensions))) / count)


def drawn(count: int, seed: int) -> list[Behaviour]:
    """Draws of behaviour from the ranges of all that is swept or calibrated."""
    fields = [(path, field, said) for path, field, said in Behaviour.walk() if said.kind in DRAWN]
    found = []
    for point in hypercube(count, len(fields), seed):
        behaviour = Behaviour()
        for (path, field, said), u in zip(fields, point, strict=True):
            assert said.low is not None
            assert said.high is not None
            value = said.low + float(u) * (said.high - said.low)
            behaviour = behaviour.changed(path, round(value) if field.type is int else value)
        found.append(behaviour)
    return found


class Tried(NamedTuple):
    """What one organization under one draw shows: differences by law and claim, participation, broken exact laws."""

    contrasts: list[dict[Claim, float]]
    participation: float
    faults: list[str]


def tried(trial: Trial, laws: Sequence[Law], length: int, check: bool) -> Tried:
    """Every law in one organization."""
    broken = exact(trial, laws, length) if check else []
    contrasts = [trial.contrasts(law, length) for law in laws]
    usual = Part(1, Side(), (0, length))
    return Tried(contrasts, trial.value(usual, "participation", "everyone", length), broken)


def exact(trial: Trial, laws: Sequence[Law], length: int) -> list[str]:
    """Exact laws that break under the policies of the laws, with the policy."""
    found = []
    for plan, months in trial.plans(laws, length):
        # A state raised by hand need not close the accounts; and only the draw itself is tried, not changes to it.
        if not plan.added and plan.setup == trial.setup and plan.behaviour == trial.setup.behaviour:
            run = trial.lived(plan, months)
            assert run.world is not None
            told = faults(run.world) + ([] if plan.since else flow_faults(run, trial.world(plan.setup)))
            found += [f"{fault} ({differs(plan.policy, trial.base)})" for fault in told]
    return found


def differs(policy: Policy, base: Policy) -> str:
    """The levers that are not as in another policy."""
    pairs = ((path, policy.at(path), base.at(path)) for path, _, _ in Policy.walk())
    return ", ".join(f"{path}={value}" for path, value, usual in pairs if value != usual) or "usual policy"


@dataclass(frozen=True)
class Share:
    """In how many draws the sign of one claim holds.

    Attributes
    ----------
    holds, clear, wrong : draws whose mean has the sign; whose 95 % interval lies on its side; on the other side.
    draws : draws that can show a sign; idle : the others, in which nothing differs between the two runs.
    """

    holds: int
    clear: int
    wrong: int
    draws: int
    idle: int

    @property
    def share(self) -> Estimate:
        return share_of(self.holds, self.draws)

    @property
    def is_law(self) -> bool:
        """Whether the sign holds often enough to be called a law."""
        return self.draws > 0 and self.holds >= OFTEN * self.draws


class Drawn(NamedTuple):
    """What the draws say.

    Attributes
    ----------
    effects : one for each draw: number of the law, measure and group to the effect.
    participation : mean share of people on a project, for each draw.
    faults : exact laws that broke, with the number of the draw.
    """

    effects: list[dict[tuple[int, str, str], Estimate]]
    participation: list[float]
    faults: list[str]

    def share(self, law: int, measure: str, group: str, sign: int) -> Share:
        """In how many draws a claim holds."""
        found = [each[law, measure, group] for each in self.effects]
        told = [e for e in found if e.n > 0 and (e.mean, e.low, e.high) != (0.0, 0.0, 0.0)]
        return Share(
            sum(sign * e.mean > 0 for e in told),
            sum(e.is_clear and sign * e.mean > 0 for e in told),
            sum(e.is_clear and sign * e.mean < 0 for e in told),
            len(told),
            len(found) - len(told),
        )


def over_draws(
    setup: Setup, laws: Sequence[Law], behaviours: Sequence[Behaviour], organizations: int, root: int = 1,
    length: int = 60, base: Policy = Policy(), threads: int | None = None, tell: Tell = nobody,  # noqa: B008
) -> Drawn:
    """Every law in some organizations under each draw of behaviour.

    Parameters
    ----------
    setup : everything but behaviour
    organizations : for each draw, others than for the next
    tell : called with 1 for each organization that is done
    """
    stop = threading.Event()

    def watch(_: int) -> None:
        if stop.is_set():
            raise Stopped

    def one(draw: int, number: int) -> Tried:
        seed = seed_of(root, draw * organizations + number)
        trial = Trial(replace(setup, behaviour=behaviours[draw]), seed, base, watch)
        result = tried(trial, laws, length, check=number == 0)
        tell(1)
        return result

    compiled([setup])
    jobs = [(draw, number) for draw in range(len(behaviours)) for number in range(organizations)]
    found = in_threads(one, jobs, threads, stop)
    by_draw = [found[i : i + organizations] for i in range(0, len(found), organizations)]
    return Drawn(
        [_effects(each, laws) for each in by_draw],
        [float(np.mean([one.participation for one in each])) for each in by_draw],
        [f"draw {draw}: {fault}" for draw, each in enumerate(by_draw) for one in each for fault in one.faults],
    )


def _effects(found: Sequence[Tried], laws: Sequence[Law]) -> dict[tuple[int, str, str], Estimate]:
    return {
        (number, m, g): estimate([one.contrasts[number][m, g] for one in found])
        for number, law in enumerate(laws) for m, g, _ in law.claims
    }  # fmt: skip
