"""Phase 4. Work grows stale; people craft their job, wish for another, and talk themselves out of what seems barred."""

import math

from sim.compiling import rule
from sim.judging import clip, kept, red_tape, works_here
from sim.records import Employee, Now, Unit
from sim.time_cap import is_away
from sim.world import World


@rule
def staleness(months: float, now: Now) -> float:
    """How stale something is after so many months, 0 to 1."""
    b = now.behaviour.desiring
    return 1.0 - math.exp(-max(0.0, months - b.grace) / b.staling)


@rule
def plateau(employee: Employee, now: Now) -> float:
    """How far work and position have nothing new to offer, 0 to 1."""
    weight = now.behaviour.desiring.content_weight
    return weight * staleness(employee.content, now) + (1.0 - weight) * staleness(employee.position, now)


@rule
def crafted(employee: Employee, unit: Unit, now: Now) -> float:
    """Need for growth met by crafting the own job: strict definitions and closed managers leave little room."""
    return employee.growth_need * (1.0 - unit.strictness) * unit.development * now.behaviour.desiring.crafting


@rule
def wishes(employee: Employee, unit: Unit, now: Now) -> None:
    """The latent wish for new work follows its causes."""
    unmet = employee.growth_need - crafted(employee, unit, now)
    target = unmet * plateau(employee, now) + employee.identity
    employee.latent = clip(employee.latent + now.behaviour.desiring.pace * (target - employee.latent), 0.0, 1.0)


@rule
def barriers(employee: Employee, unit: Unit, now: Now) -> float:
    """What stands in the way, as this person sees it."""
    b = now.behaviour.desiring
    return (
        b.barrier_support * (1.0 - employee.expected_support)
        + b.barrier_strictness * unit.strictness
        + b.barrier_tape * red_tape(now)
        + b.barrier_failures * min(1.0, employee.failures)
    )


@rule
def encouragement(employee: Employee, unit: Unit, now: Now) -> float:
    """What shows that moving is possible: being on a project, team-mates who are, and leadership's word.

    Words are worth what can be done about them: little behind red tape, nothing while there is no market.
    """
    b = now.behaviour.desiring
    success = 1.0 if is_away(employee) else 0.0
    return success + b.reviving_peers * unit.peers + b.reviving_heard * unit.heard * (1.0 - red_tape(now))


@rule
def rationalizes(employee: Employee, unit: Unit, now: Now) -> None:
    """After enough barriers people convince themselves that they do not want to change."""
    b, r = now.behaviour.desiring, employee.rationalization
    up = b.rationalizing * barriers(employee, unit, now) * employee.latent * (1.0 - r)
    down = b.reviving * encouragement(employee, unit, now) * r
    employee.rationalization = clip(r + up - down, 0.0, 1.0)


@rule
def lives_a_month(employee: Employee, unit: Unit, left: float, now: Now) -> None:
    """The clocks go on, and with them wish and rationalization. (`left`: what a month leaves of denials.)"""
    employee.content += 1.0
    employee.position += 1.0
    employee.failures *= left
    employee.identity *= now.behaviour.desiring.identity_keeping
    wishes(employee, unit, now)
    if now.switches.rationalization:
        rationalizes(employee, unit, now)


@rule
def people_desire(world: World, first: int, last: int) -> None:
    left = kept(world.now.behaviour.desiring.forgetting)
    for row in range(first, last):
        employee = world.staff[row]
        if works_here(employee):
            lives_a_month(employee, world.units[employee.unit], left, world.now)


@rule
def desiring(world: World) -> None:
    people_desire(world, 0, len(world.staff))
