"""Phase 18. People learn what to expect of their manager and of posters; managers' own traits move."""

import math
from typing import NamedTuple

from sim.compiling import rule
from sim.judging import WISH, clip, expressed, has_manager, is_head, sigma, works_here
from sim.records import Department, Employee, Now, Unit
from sim.world import World


@rule
def watches(employee: Employee, unit: Unit, now: Now) -> None:
    """Answers to team-mates, other than one's own, and the signal that the manager passes on move expectations."""
    b = now.behaviour.learning
    yes = unit.yes - 1.0 if employee.answer > 0 else unit.yes
    no = unit.no - 1.0 if employee.answer < 0 else unit.no
    up, down = min(1.0, b.seen * yes + b.heard * unit.heard), min(1.0, b.seen * b.refusal * no)
    employee.expected_support += up * (1.0 - employee.expected_support) - down * employee.expected_support
    employee.expected_release += min(1.0, b.heard * unit.heard) * (1.0 - employee.expected_release)


@rule
def is_listened_to(employee: Employee, unit: Unit, now: Now) -> None:
    """Whoever has a wish or a grievance to tell notices whether telling it did anything."""
    b = now.behaviour.learning
    if expressed(employee) < WISH and employee.failures < 0.5:
        return
    if unit.listened > 0:
        employee.expected_support += b.acted_on * (1.0 - employee.expected_support)
    else:
        employee.expected_support -= b.ignored * employee.expected_support


@rule
def sees_how_things_are(employee: Employee, unit: Unit, now: Now) -> None:
    """Beliefs return to how a manager is, and to ordinary odds and chances."""
    b = now.behaviour.learning
    employee.expected_support += b.pull * (unit.development - employee.expected_support)
    employee.expected_release += b.pull * (unit.release - employee.expected_release)
    employee.odds += b.pull * (b.odds_rest - employee.odds)
    employee.chances += b.pull * (now.behaviour.applying.chances_rest - employee.chances)


# ------------------------------------------------------------------------------------------------------------- culture


class Influences(NamedTuple):
    """What moves a manager's support for development or leaving, in logits; most moves hoarding the other way."""

    signal: float
    reward: float
    experience: float
    pressure: float
    fellows: float


@rule
def on_support(unit: Unit, department: Department, now: Now) -> Influences:
    """What moves support for development; evaluations do not."""
    b = now.behaviour.culture
    return Influences(
        b.signal * unit.heard,
        0.0,
        b.experience * unit.experience,
        b.pressure * (unit.pressure - unit.usual_pressure),
        b.fellows * department.development_shift,
    )


@rule
def on_release(unit: Unit, department: Department, now: Now) -> Influences:
    """What moves support for others' leaving the team."""
    b = now.behaviour.culture
    return Influences(
        b.signal * unit.heard,
        b.reward * now.policy.managers.export_reward,
        b.experience * unit.experience,
        b.pressure * (unit.pressure - unit.usual_pressure),
        b.fellows * department.release_shift,
    )


@rule
def on_hoarding(unit: Unit, department: Department, now: Now) -> Influences:
    """What moves hoarding."""
    b = now.behaviour.culture
    return Influences(
        -b.signal * unit.heard,
        -b.reward * now.policy.managers.export_reward,
        -b.experience * unit.experience,
        -b.pressure * (unit.pressure - unit.usual_pressure),
        b.fellows * department.hoarding_shift,
    )


@rule
def moved(trait: float, innate: float, i: Influences, now: Now) -> float:
    """A trait goes some of the way from where it stands to where influences would have it; without any, to innate."""
    inborn = clip(innate, 1e-6, 1.0 - 1e-6)
    target = sigma(math.log(inborn / (1.0 - inborn)) + i.signal + i.reward + i.experience + i.pressure + i.fellows)
    return trait + now.behaviour.culture.pace * (target - trait)


@rule
def compares(world: World) -> None:
    """How far the managers of each department have moved, on average."""
    for department in world.departments:
        department.managers = 0
        department.development_shift = department.release_shift = department.hoarding_shift = 0.0
    for unit in world.units:
        if has_manager(unit):
            manager, department = world.staff[unit.manager], world.departments[unit.department]
            department.managers += 1
            department.development_shift += unit.development - manager.development_trait
            department.release_shift += unit.release - manager.release_trait
            department.hoarding_shift += unit.hoarding - manager.hoarding_trait
    for department in world.departments:
        department.development_shift /= max(1.0, float(department.managers))
        department.release_shift /= max(1.0, float(department.managers))
        department.hoarding_shift /= max(1.0, float(department.managers))


@rule
def changes_manager(unit: Unit, manager: Employee, department: Department, now: Now) -> None:
    """A month of culture for one manager."""
    support, release = on_support(unit, department, now), on_release(unit, department, now)
    hoarding = on_hoarding(unit, department, now)
    unit.development = moved(unit.development, manager.development_trait, support, now)
    unit.release = moved(unit.release, manager.release_trait, release, now)
    unit.hoarding = moved(unit.hoarding, manager.hoarding_trait, hoarding, now)


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def people_learn(world: World, first: int, last: int) -> None:
    now = world.now
    if not now.switches.beliefs:
        return
    for row in range(first, last):
        employee = world.staff[row]
        if works_here(employee):
            unit = world.units[employee.unit]
            if not is_head(employee):
                watches(employee, unit, now)
                if unit.listened != 0:
                    is_listened_to(employee, unit, now)
            sees_how_things_are(employee, unit, now)
            employee.answer = 0


@rule
def managers_change(world: World) -> None:
    if not world.now.switches.culture:
        return
    compares(world)
    for unit in world.units:
        if has_manager(unit):
            changes_manager(unit, world.staff[unit.manager], world.departments[unit.department], world.now)


@rule
def learning(world: World) -> None:
    people_learn(world, 0, len(world.staff))
    managers_change(world)
