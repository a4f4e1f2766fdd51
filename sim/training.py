"""Training: which skill somebody is trained in, for how long, and what that teaches and shows."""

import math

from sim.compiling import rule
from sim.judging import FULL_MONTH, works_here
from sim.records import CORE, GAPS, NONE, SKILLS, Employee, Executive, Now
from sim.settings.policy import Priority
from sim.skills import core_skill, practice, practises, shows
from sim.world import World


@rule
def trained_skill(place: int, executive: Executive, now: Now) -> int:
    """The skills that training is for, one by one: gaps, or what the family with most vacancies uses; then NONE."""
    if now.policy.leadership.priority == Priority.vacancies and executive.short_family != NONE:
        return core_skill(executive.short_family, place)
    return executive.gaps[place] if place < GAPS else NONE


@rule
def skill_to_train(employee: Employee, executive: Executive, now: Now) -> int:
    """Of these skills, as far as they are not shown as well as needs call for, the one that somebody is nearest to."""
    nearest, highest = NONE, -math.inf
    for place in range(CORE):
        skill = trained_skill(place, executive, now)
        if skill != NONE:
            level = employee.skills[skill]  # with & and a choice of values: no branches, which processors guess wrong
            nearer = (level > highest) & (not shows(employee, skill, now))
            nearest, highest = (skill, level) if nearer else (nearest, highest)
    return nearest


@rule
def is_near(employee: Employee, skill: int, now: Now) -> bool:
    """Whether training may soon bring somebody to what needs call for."""
    return employee.skills[skill] >= now.behaviour.posting.level - now.behaviour.training.reach


@rule
def share_near(executive: Executive, world: World) -> float:
    """Share of those who lack a skill that training is for who are near to it."""
    near, lacking = 0.0, 0.0
    for employee in world.staff:
        if works_here(employee):
            skill = skill_to_train(employee, executive, world.now)
            if skill != NONE:
                lacking += 1.0
                near += 1.0 if is_near(employee, skill, world.now) else 0.0
    return near / max(1.0, lacking)


@rule
def turn(near: bool, executive: Executive, now: Now) -> float:
    """Training against the usual: under a priority those who are near get more, at the cost of the others."""
    if now.policy.leadership.priority == Priority.none or executive.near == 0.0:
        return 1.0
    first = min(now.behaviour.training.first, 1.0 / executive.near)
    return first if near else (1.0 - executive.near * first) / max(1e-9, 1.0 - executive.near)


@rule
def training_time(employee: Employee, skill: int, executive: Executive, now: Now) -> float:
    """Time for training in a skill (share of contracted time); none without a skill to train."""
    if skill == NONE:
        return 0.0
    return now.policy.development.upskilling * turn(is_near(employee, skill, now), executive, now)


@rule
def trains(employee: Employee, skill: int, now: Now) -> None:
    """A month's training teaches by its hours, and leads to a certificate: others see more of the skill."""
    b, hours = now.behaviour.training, employee.trained * employee.fte * FULL_MONTH
    if now.switches.learning:
        practises(employee, skill, b.level, practice(hours, now))
    certified = min(b.shown, employee.shown[skill] + b.shown * hours / b.certificate)
    employee.shown[skill] = max(employee.shown[skill], certified)


@rule
def certificates_age(employee: Employee, left: float) -> None:
    """What only certificates show is less each month: they keep the share `left`. What was seen in use stays seen."""
    for k in range(SKILLS):  # times 1 instead of a branch, for the same reason as above
        employee.shown[k] *= left if employee.shown[k] < 1.0 else 1.0


@rule
def was_trained(employee: Employee, months: int, now: Now) -> None:
    """What training in the job's skills has come to in so many months in which any skill was as likely to be short."""
    b, aim = now.behaviour.training, now.behaviour.posting.level
    taught = practice(now.policy.development.upskilling * employee.fte * FULL_MONTH, now) * GAPS / SKILLS
    for i in range(CORE):
        skill = core_skill(employee.family, i)
        if taught > 0.0 and employee.skills[skill] < aim:
            lacking = (b.level - employee.skills[skill]) * math.exp(-taught * months)
            employee.skills[skill] = max(employee.skills[skill], min(aim, b.level - lacking))
            employee.resting[skill] = employee.skills[skill]
