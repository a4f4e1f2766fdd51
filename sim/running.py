"""Running an organization: burn-in, fork, and blocks of months in between which Python is heard."""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.abreast import is_large, months_abreast
from sim.assigning import assigned_months, is_central
from sim.building import set_policy, set_scenario, settled
from sim.month import months
from sim.people.fault_texts import counted
from sim.people.generate import generate
from sim.people.roster import Roster
from sim.replacing import OURS, Rules
from sim.settings import AGENCY, CALM, Behaviour, OrganizationSpec, Policy, Scenario, Switches
from sim.telling import with_log
from sim.world import World, copied, enlarged, with_tallies

BLOCK_SECONDS = 0.1
EMPLOYEE_MONTHS_A_SECOND = 500_000  # a first guess, corrected by what is measured

Watch = Callable[[int], None]


class Stopped(Exception):
    """Raised in a watch to end a run between two blocks of months."""


def nobody(_: int) -> None:
    """Watches nothing."""


@dataclass(frozen=True)
class Setup:
    """Everything about a run except its policy and its seed."""

    organization: OrganizationSpec = AGENCY
    behaviour: Behaviour = Behaviour()
    switches: Switches = Switches()
    rules: Rules = OURS
    scenario: Scenario = CALM  # from the fork on


@dataclass(frozen=True)
class Run:
    """What one organization went through under one policy.

    Attributes
    ----------
    policy : the levers, and `seed`, the key of all draws.
    first : month of the first row of the tallies.
    census : (months, groups) sums over people; flow : (months,) events. See `sim.tallies`.
    world : the state at the end, or None if it was not kept.
    """

    policy: Policy
    seed: int
    first: int
    census: Any
    flow: Any
    world: World | None = None


def seed_of(root: int, replicate: int) -> int:
    """The key of all draws of a replicate: 62 bits, from the study's seed and the replicate's number."""
    high, low = np.random.SeedSequence([root, replicate]).generate_state(2)
    return (int(high) >> 2) << 32 | int(low)


def roster_of(spec: OrganizationSpec, seed: int, warn: bool = True) -> Roster:
    """The plan of posts: from the people file if one is named, else generated from the seed.

    A file that was mended is warned of, unless whoever asks tells the roster's `mends` another way.
    """
    if not spec.people:
        return generate(spec.size, seed, spec.departments)
    from sim.people.read import read

    roster = read(spec.people, mend=spec.mend)
    if roster.mends and warn:
        some = counted(len(roster.mends), "mend")
        warnings.warn(f"{spec.people}: {some}; the roster's `mends` list what was found and done", stacklevel=3)
    return roster


def live(
    world: World, last: int, watch: Watch = nobody, block: int | None = None, rules: Rules = OURS
) -> World:
    """Run up to month `last`, in blocks of `block` months (by default about a tenth of a second).

    Tables that are nearly full are enlarged between blocks, so the world that comes back may have new tables.
    """
    at, pace = world.now.month, EMPLOYEE_MONTHS_A_SECOND
    while at < last:
        size = block or max(1, int(BLOCK_SECONDS * pace / len(world.staff)))
        began = time.perf_counter()
        if is_central(world):
            reached = assigned_months(world, at, min(last, at + size), rules)
        elif is_large(world):
            reached = months_abreast(world, at, min(last, at + size), rules)
        else:
            reached = int(rules.call(months, world, at, min(last, at + size)))
        if reached < min(last, at + size):
            world = enlarged(world)
        elif not block:
            pace = len(world.staff) * (reached - at) / max(1e-6, time.perf_counter() - began)
        at = reached
        watch(at)
    world.now.month = last
    return world


def burn_in(setup: Setup, seed: int, roster: Roster | None = None, watch: Watch = nobody) -> World:
    """An organization that has lived under the status quo and stands at month 0, ready to fork."""
    spec = setup.organization
    people = roster if roster is not None else roster_of(spec, seed)
    world = settled(people, seed, setup.behaviour, setup.switches, spec.burn_in, rules=setup.rules)
    return live(world, 0, watch, rules=setup.rules)


def forked(
    world: World, policy: Policy, length: int, watch: Watch = nobody, keep: bool = False, rules: Rules = OURS,
    log: bool = False, scenario: Scenario = CALM, last: bool = False,
) -> Run:
    """What would happen from month 0 on under a policy and in a scenario, with a `log` of careers or without.

    `world` stays as it is, unless this is the `last` that is asked of it: then it needs no copy.
    """
    arm = with_tallies(world if last else copied(world), length, 0)
    arm = with_log(arm) if log else arm
    set_policy(arm, policy)
    set_scenario(arm, scenario)
    arm = live(arm, length, watch, rules=rules)
    return Run(policy, int(arm.now.seed), 0, arm.census, arm.flow, arm if keep else None)
