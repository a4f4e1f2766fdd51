"""What draws somebody to another post, and what keeps them where they are."""

import math
from typing import NamedTuple

from sim.compiling import rule
from sim.judging import clip
from sim.records import CORE, Employee, Now, Seat, Unit
from sim.skills import core_skill, distance


class Draw(NamedTuple):
    """The terms of what draws somebody to a vacancy, in logits."""

    fit: float
    pay: float
    grade: float
    identity: float
    pathways: float
    push: float
    distance: float
    trust: float
    renown: float


@rule
def felt_for(employee: Employee, family: int, now: Now) -> float:
    """How near the own skills come to what a job calls for: 1 where they reach it, 0 two SD below."""
    total = 0.0
    for i in range(CORE):
        felt = employee.skills[core_skill(family, i)] + employee.efficacy - 0.5
        total += clip(1.0 - 0.5 * (now.behaviour.people.core_skill - felt), 0.0, 1.0)
    return total / CORE


@rule
def weighed(gain: float, now: Now) -> float:
    """A loss weighs more than a gain: what one has is worth more than what one might have."""
    return gain if gain >= 0.0 else now.behaviour.applying.losses * gain


@rule
def raise_of_pay(employee: Employee, own: Seat, seat: Seat, now: Now) -> float:
    """By how much pay would rise, as a share."""
    steps = float(own.grade - seat.grade)
    return math.exp(now.behaviour.applying.pay_step * steps) / (1.0 + employee.premium) - 1.0


@rule
def draw(employee: Employee, own: Seat, seat: Seat, unit: Unit, tie: float, now: Now) -> Draw:
    """What draws somebody from the own seat to a vacancy. (`unit`: the vacancy's; `tie`: with its manager.)"""
    b = now.behaviour.applying
    beyond = seat.family != employee.family
    return Draw(
        b.fit * felt_for(employee, seat.family, now),
        b.pay * weighed(raise_of_pay(employee, own, seat, now), now) / 0.1,
        b.grade * weighed(float(own.grade - seat.grade), now),
        b.identity * employee.identity if employee.identity_family == seat.family else 0.0,
        b.pathways * now.policy.development.pathways if beyond else 0.0,
        b.push * max(0.0, employee.stress - now.behaviour.straining.stress_rest) / 0.2,
        b.distance * distance(employee, seat.family, now),
        b.trust * tie,
        b.renown * unit.renown / 0.1,
    )


@rule
def pull_of(d: Draw) -> float:
    """All terms added up."""
    return d.fit + d.pay + d.grade + d.identity + d.pathways + d.push + d.distance + d.trust + d.renown
