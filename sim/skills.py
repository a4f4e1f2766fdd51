"""Skills: which ones a job uses, how well somebody does, what others see, what practice and time make of them."""

import math

import numpy as np

from sim.compiling import rule
from sim.draws import Decision, lasting_normal
from sim.records import CORE, SKILLS, Employee, Need, Now
from sim.rows import Floats

# Every set of three of the eight skills is one of these, moved round; the first eight families share at most one skill.
OFFSETS = ((0, 1, 3), (0, 1, 2), (0, 1, 4), (0, 1, 5), (0, 1, 6), (0, 2, 4), (0, 2, 5))
CORE_SKILLS = np.array([[(first + o) % SKILLS for o in offsets] for offsets in OFFSETS for first in range(SKILLS)])


@rule
def core_skill(family: int, i: int) -> int:
    """The i-th of the three skills that a job family uses: no two of the first 56 families use the same three."""
    return CORE_SKILLS[family % len(CORE_SKILLS), i]


@rule
def other_family(families: Floats, u: float) -> int:
    """A job family, each as likely as it is frequent in the organization."""
    code = int(np.searchsorted(families, u, side="right"))
    return min(code, len(families) - 1)


@rule
def uses(family: int, skill: int) -> bool:
    """Whether a job family uses a skill. (No early return: processors guess it wrong.)"""
    found = False
    for i in range(CORE):
        found |= core_skill(family, i) == skill
    return found


@rule
def competence_in(employee: Employee, family: int, now: Now) -> float:
    """Competence in a job of some family: mean of its skills, in SD around what is usual and by now called for."""
    total = 0.0
    for i in range(CORE):
        skill = core_skill(family, i)
        total += employee.skills[skill] - now.rises[skill]
    return total / CORE - now.behaviour.people.core_skill


@rule
def competence(employee: Employee, now: Now) -> float:
    """Competence in the role."""
    return competence_in(employee, employee.family, now)


@rule
def distance(employee: Employee, family: int, now: Now) -> float:
    """How far short of a job's usual level somebody's skills fall, mean over its skills (SD)."""
    total = 0.0
    for i in range(CORE):
        skill = core_skill(family, i)
        total += max(0.0, now.behaviour.people.core_skill + now.rises[skill] - employee.skills[skill])
    return total / CORE


@rule
def claims(employee: Employee, skill: int, now: Now) -> None:
    """Somebody's profile claims a skill, and more of it than is true, for as long as it is not seen in use."""
    b = now.behaviour.matching
    luck = lasting_normal(employee.person, now, Decision.claim, skill)
    employee.shown[skill], employee.overstated[skill] = 1.0, b.claim_bias + b.claim_noise * luck


@rule
def is_known(employee: Employee, skill: int) -> None:
    """Others see a skill as it is, whatever the profile claims."""
    employee.shown[skill], employee.overstated[skill] = 1.0, 0.0


@rule
def seen_skill(employee: Employee, skill: int, now: Now) -> float:
    """A skill as others see it: as far as it is not shown they suppose an ordinary level."""
    unseen, level = now.behaviour.matching.unseen, employee.skills[skill] + employee.overstated[skill]
    return unseen + employee.shown[skill] * (level - unseen)


@rule
def seen_competence(employee: Employee, family: int, now: Now) -> float:
    """Competence in a job of some family as others see it (SD)."""
    total = 0.0
    for i in range(CORE):
        skill = core_skill(family, i)
        total += seen_skill(employee, skill, now) - now.rises[skill]
    return total / CORE - now.behaviour.people.core_skill


@rule
def shows(employee: Employee, skill: int, now: Now) -> bool:
    """Whether others see a skill at the level that needs usually call for."""
    return seen_skill(employee, skill, now) >= now.behaviour.posting.level


@rule
def shown_fit(employee: Employee, need: Need, now: Now) -> float:
    """How well the skills that others see come up to a need, in SD above what is called for (at most 1 each)."""
    total = 0.0
    for i in range(need.calls):
        total += min(1.0, seen_skill(employee, need.skills[i], now) - need.levels[i])
    return total / need.calls


@rule
def true_fit(employee: Employee, need: Need) -> float:
    """The same of the skills that somebody really has."""
    total = 0.0
    for i in range(need.calls):
        total += min(1.0, employee.skills[need.skills[i]] - need.levels[i])
    return total / need.calls


@rule
def comes_to_light(employee: Employee, skill: int, now: Now) -> float:
    """A skill that was used is seen; returns the hidden talent that this brings to light (SD)."""
    hidden = (1.0 - employee.shown[skill]) * max(0.0, employee.skills[skill] - now.behaviour.matching.unseen)
    is_known(employee, skill)
    return hidden


# -------------------------------------------------------------------------------------------- practice and forgetting


@rule
def practice(hours: float, now: Now) -> float:
    """What so many hours in a month teach of what is lacking, as a share."""
    b = now.behaviour.working
    return b.gain * (1.0 - math.exp(-hours / b.gain_hours))


@rule
def practises(employee: Employee, skill: int, level: float, taught: float) -> None:
    """Practice teaches a share (`taught`) of what is lacking, up to the level that the work calls for, no further."""
    gained = taught * min(1.0, max(0.0, level - employee.skills[skill]))
    employee.skills[skill] += gained
    employee.grown += gained


@rule
def forgets(employee: Employee, left: float) -> None:
    """What lies above a skill's resting level fades to the share `left`; practice makes up for it."""
    for k in range(SKILLS):  # without branches, which processors guess wrong
        rest = employee.resting[k]
        above = employee.skills[k] - rest
        employee.skills[k] = rest + left * above if above > 0.0 else employee.skills[k]
