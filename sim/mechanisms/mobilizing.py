"""Phase 9. What comes from outside strikes: people are called up where a shock needs them, and units are moved.

In every policy leadership calls people up down the line, whatever the cap and the rules of permission; a market adds
volunteers. After some months consultants fill what is left.
"""

import math
from typing import NamedTuple

from sim.compiling import rule
from sim.draws import Decision, uniform
from sim.judging import (
    FULL_MONTH,
    Reasons,
    expressed,
    finds_new_work,
    has_manager,
    is_head,
    log_odds,
    market_is_open,
    reasons,
    sigma,
    value_to_team,
    works_here,
)
from sim.records import NEVER, NONE, PLACES, Employee, Executive, Now, Project, Unit
from sim.reorganizing import reorganizes
from sim.scenarios import is_needed, is_reorganized, months_needed, shifts, shown_for_call, two_skills
from sim.tallies import SHOCK, Flow
from sim.time_cap import is_called
from sim.world import World

LATELY = 12  # months after a project for which somebody is used to the market


# ---------------------------------------------------------------------------------------------------------- volunteers


class Calling(NamedTuple):
    """The terms of the decision to volunteer, in logits."""

    habit: float
    desire: float
    efficacy: float
    used: float
    peers: float
    stress: float


@rule
def calling(employee: Employee, unit: Unit, now: Now) -> Calling:
    """Why somebody who notices the call would follow it unasked: most of all people who are used to the market."""
    b = now.behaviour.mobilizing
    return Calling(
        b.habit,
        b.desire * expressed(employee),
        b.efficacy * employee.efficacy,
        b.used if now.month - employee.served < LATELY else 0.0,
        b.peers * unit.peers,
        b.stress * max(0.0, employee.stress - now.behaviour.straining.stress_rest),
    )


@rule
def notices_call(now: Now) -> float:
    """Probability that somebody looks at the market this month, where the call stands on top."""
    market = now.policy.market
    return 1.0 - math.exp(-market.visibility * market.tools * now.behaviour.noticing.attention)


@rule
def volunteers(employee: Employee, unit: Unit, now: Now) -> bool:
    """Does somebody notice the call and come without being named?"""
    c = calling(employee, unit, now)
    wants = sigma(c.habit + c.desire + c.efficacy + c.used + c.peers + c.stress)
    return uniform(employee.person, now, Decision.volunteering, 0) < notices_call(now) * wants


@rule
def could_follow(employee: Employee, executive: Executive, now: Now) -> bool:
    """Whether somebody is thought of: here, not the head, not called yet, and with enough of the skills shown."""
    if not works_here(employee) or is_head(employee) or is_called(employee):
        return False
    return shown_for_call(employee, executive, now) >= now.behaviour.mobilizing.enough


@rule
def comes_unasked(employee: Employee, world: World) -> bool:
    """Whether somebody who could follow the call volunteers."""
    now = world.now
    if not could_follow(employee, world.leadership[0], now):
        return False
    return volunteers(employee, world.units[employee.unit], now)


@rule
def takes_volunteers(left: float, world: World) -> float:
    """Volunteers come; if there are too many, chance decides. Returns the time that is still needed."""
    now, total = world.now, 0.0
    for employee in world.staff:
        if comes_unasked(employee, world):
            total += duty_of(employee, now)
    for employee in world.staff:
        if left > 0.0 and total > 0.0 and comes_unasked(employee, world):
            if uniform(employee.person, now, Decision.volunteering, 1) * total < left:
                follows(employee, True, world)
                left -= employee.duty
    return left


# ------------------------------------------------------------------------------------------------------------- call-up


@rule
def parting(unit: Unit, value: float, now: Now) -> Reasons:
    """Why the manager of `unit` would name somebody of this value: as for a project, and (in habit) the urgency.

    Those whom the team has to do without already count like those on projects.
    """
    r = reasons(unit, value, now)
    gone = now.behaviour.permitting.away * unit.called / max(1.0, float(unit.heads))
    return Reasons(
        r.habit + now.behaviour.mobilizing.urgency, r.support, r.signal, r.denied, r.burdened, r.hoarding,
        r.away + gone, r.reward, r.experience, r.pressure,
    )


@rule
def parts_with(employee: Employee, unit: Unit, answering: Unit, now: Now) -> bool:
    """Will the manager who answers for `unit` part with somebody?"""
    terms = parting(answering, value_to_team(employee, unit, now), now)
    return uniform(employee.person, now, Decision.parting, 0) < sigma(log_odds(terms))


@rule
def best_to_name(unit: Unit, world: World) -> int:
    """Whom the manager names next: of those they will part with, whoever shows most of the skills; or NONE."""
    now, executive = world.now, world.leadership[0]
    answering = unit if has_manager(unit) else world.units[unit.parent]
    chosen, highest = NONE, 0.0
    for seat in range(unit.first_seat, unit.first_seat + unit.seats):
        row = world.seats[seat].holder
        if row == NONE or not could_follow(world.staff[row], executive, now):
            continue
        shown = shown_for_call(world.staff[row], executive, now)
        if (chosen == NONE or shown > highest) and parts_with(world.staff[row], unit, answering, now):
            chosen, highest = row, shown
    return chosen


@rule
def free_time(unit: Unit, world: World) -> float:
    """Contracted time of those of a team who are not called yet (FTE)."""
    total = 0.0
    for seat in range(unit.first_seat, unit.first_seat + unit.seats):
        row = world.seats[seat].holder
        if row != NONE and not is_called(world.staff[row]):
            total += world.staff[row].fte
    return total


@rule
def calls_up(left: float, world: World) -> float:
    """Each manager is asked for the team's share of what is needed. Returns the time that is still needed."""
    now, free = world.now, 0.0
    for unit in world.units:
        free += free_time(unit, world)
    share = left / max(1e-9, free) / now.scenario.demand.time
    for unit in world.units:
        asked = int(share * free_time(unit, world) + uniform(unit.number, now, Decision.quota, 0))
        while asked > 0 and left > 0.0:
            row = best_to_name(unit, world)
            asked = asked - 1 if row != NONE else 0
            if row != NONE:
                follows(world.staff[row], False, world)
                left -= world.staff[row].duty
    return left


# ------------------------------------------------------------------------------------------------------------- on duty


@rule
def duty_of(employee: Employee, now: Now) -> float:
    """Time that a call takes of somebody (FTE)."""
    return now.scenario.demand.time * employee.fte


@rule
def follows(employee: Employee, unasked: bool, world: World) -> None:
    """Somebody follows the call; their projects pause."""
    employee.duty, employee.called, employee.volunteered = duty_of(employee, world.now), world.now.month, unasked
    world.units[employee.unit].called += employee.duty


@rule
def returns(employee: Employee, now: Now) -> None:
    """Somebody comes back to the own work, which is new again to a degree."""
    finds_new_work(employee, employee.duty * FULL_MONTH * (now.month - employee.called), now)
    employee.duty, employee.duty_done, employee.called, employee.volunteered = 0.0, 0.0, NEVER, False


@rule
def is_paused(project: Project, world: World) -> bool:
    """Whether all who work on a project are called elsewhere."""
    for place in range(PLACES):
        member = project.members[place]
        if member != NONE and not is_called(world.staff[member]):
            return False
    return project.taken > 0


@rule
def projects_pause(world: World, flow: Flow) -> None:
    """A project that pauses ends a month later, and loses some of what it is worth."""
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used and is_paused(project, world):
            project.started += 1
            project.worth *= 1.0 - world.now.behaviour.mobilizing.pausing
            flow.paused += 1.0


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def makes_known(executive: Executive, world: World) -> None:
    """How much time is needed, and with which skills: a share of all seats that ever were, the same in every arm."""
    s = world.now.scenario.demand
    for seat in world.seats:
        executive.needed += s.share * seat.fte
    skills = two_skills(s.first, s.second, Decision.demanded, world.now)
    executive.calls_for[0], executive.calls_for[1] = skills.first, skills.second


@rule
def given(unasked: bool, world: World) -> float:
    """Time that volunteers, or those who were named, give (FTE)."""
    total = 0.0
    for employee in world.staff:
        if works_here(employee) and employee.volunteered == unasked:
            total += employee.duty
    return total


@rule
def mobilizes(executive: Executive, world: World, flow: Flow) -> None:
    """A month of a shock: volunteers, then those who are named, then consultants."""
    now = world.now
    if executive.needed == 0.0:
        makes_known(executive, world)
    left = executive.needed - executive.consultants - given(True, world) - given(False, world)
    if left > 0.0 and market_is_open(now):
        left = takes_volunteers(left, world)
    if left > 0.0:
        left = calls_up(left, world)
    if months_needed(now) >= now.behaviour.mobilizing.consultants:
        executive.consultants += max(0.0, left)
    projects_pause(world, flow)
    since = min(months_needed(now), SHOCK - 1)
    flow.needed_after[since] += executive.needed
    flow.volunteers_after[since] += given(True, world)
    flow.called_after[since] += given(False, world)
    flow.consultants_after[since] += executive.consultants


@rule
def stands_down(executive: Executive, world: World) -> None:
    """The shock is over, and everybody goes back."""
    for employee in world.staff:
        if works_here(employee) and is_called(employee):
            returns(employee, world.now)
    executive.needed = executive.consultants = 0.0


@rule
def mobilizing(world: World) -> None:
    executive = world.leadership[0]
    shifts(world.now)
    if is_reorganized(world.now):
        reorganizes(world)
    if is_needed(world.now):
        mobilizes(executive, world, world.flow[world.now.month - world.now.first])
    elif executive.needed > 0.0:
        stands_down(executive, world)
