"""Phase 10. Core work and projects compete for time; work teaches."""

import math

from sim.compiling import rule
from sim.draws import Decision, bell
from sim.judging import FULL_MONTH, in_post, kept, works_here
from sim.lots import TOGETHER, draw_lots
from sim.records import CORE, NONE, PROJECTS, Employee, Executive, Need, Now, Project, Unit
from sim.scenarios import serves
from sim.skills import comes_to_light, competence, core_skill, forgets, practice, practises
from sim.tallies import Flow
from sim.teams import (
    complains,
    counts_teams,
    feels_pressure,
    gains_experience,
    is_covered,
    released,
    remembers_peers,
    sets_target,
)
from sim.time_cap import is_away, is_called, project_time
from sim.training import certificates_age, skill_to_train, training_time, trains
from sim.world import World

IDENTITY_HOURS = 32.0


# ----------------------------------------------------------------------------------------------------------------- time


@rule
def undone(unit: Unit, now: Now) -> float:
    """Work of vacant seats that consultants leave, and of people who are called elsewhere, for each in post (FTE)."""
    vacant = (1.0 - now.behaviour.filling.covered) * unit.vacant
    return (vacant + unit.called) / max(1.0, float(unit.heads))


@rule
def core_demand(unit: Unit, luck_in_demand: float, now: Now) -> float:
    """What a job calls for this month, at a quantile, and part of what is left undone (share of contracted time)."""
    b = now.behaviour.working
    left_over = b.cover * undone(unit, now)
    return 1.0 + b.demand_sd * bell(luck_in_demand) + left_over


@rule
def core_load(employee: Employee, unit: Unit, luck_in_demand: float, now: Now) -> float:
    """Core work that falls to somebody, training included (share): less with projects, little while called."""
    demand = core_demand(unit, luck_in_demand, now)
    if is_called(employee):
        return demand * max(0.0, 1.0 - now.behaviour.mobilizing.relieved * duty_load(employee))
    return max(0.0, demand - released(unit, now) * employee.time_away / employee.fte)


@rule
def duty_load(employee: Employee) -> float:
    """Time for what a shock calls for, as a share of contracted time."""
    return employee.duty / employee.fte if is_called(employee) else 0.0


@rule
def is_in_committee(employee: Employee, unit: Unit) -> bool:
    """The committee that keeps the signal up: the head, and the managers who report to the head."""
    return unit.depth == 0 and employee.leads != NONE


@rule
def market_time(employee: Employee, unit: Unit, executive: Executive, now: Now) -> float:
    """Time for looking after an own posting, and for a meeting of the committee (FTE)."""
    posting = now.behaviour.posting.effort if employee.posts != NONE else 0.0
    meeting = executive.meets and is_in_committee(employee, unit)
    return posting + (now.behaviour.signalling.committee_effort if meeting else 0.0)


@rule
def project_load(employee: Employee, unit: Unit, executive: Executive, now: Now) -> float:
    """Projects, and what the market takes beside, as a share of contracted time."""
    return (project_time(employee) + market_time(employee, unit, executive, now)) / employee.fte


@rule
def done_share(load: float, now: Now) -> float:
    """Share of the load that gets done: all of it up to full time and some overtime, beyond that pro rata."""
    return min(load, 1.0 + now.behaviour.working.overtime) / load if load > 0.0 else 1.0


@rule
def handover(unit: Unit, now: Now) -> float:
    """Core time that each in the team loses to handing over for those who are away."""
    return now.behaviour.working.handover * unit.away / max(1.0, float(unit.heads))


@rule
def ramp(employee: Employee, now: Now) -> float:
    """Output of somebody new to the post against somebody settled."""
    start = now.behaviour.working.ramp_start
    return min(1.0, start + (1.0 - start) * in_post(employee, now) / employee.ramp_months)


@rule
def pace(employee: Employee, now: Now) -> float:
    """Core work delivered in the time it takes a standard worker: competence, engagement, emphasis on targets."""
    b = now.behaviour.working
    pushed = now.behaviour.targets.effort * now.policy.leadership.target_emphasis if now.switches.targets else 0.0
    return math.exp(b.skill_yield * competence(employee, now) + b.engagement_yield * employee.engagement + pushed)


@rule
def delivers(employee: Employee, unit: Unit, now: Now) -> float:
    """Core work delivered: time, competence, engagement, emphasis on targets, ramp-up (FTE of a standard worker)."""
    time = max(0.0, employee.core_done - handover(unit, now)) * employee.fte
    return time * pace(employee, now) * ramp(employee, now)


@rule
def missed(employee: Employee, unit: Unit, luck_in_demand: float, now: Now) -> float:
    """Core work that somebody who is called would have delivered, had their projects gone on instead."""
    without = core_demand(unit, luck_in_demand, now) - released(unit, now) * employee.time_away / employee.fte
    gone = max(0.0, without) - core_load(employee, unit, luck_in_demand, now)
    return max(0.0, gone) * employee.fte * pace(employee, now) * ramp(employee, now)


@rule
def stands_in(employee: Employee, unit: Unit, now: Now) -> float:
    """What a temp delivers in the time that the team gets back for somebody who is away (FTE of a standard worker)."""
    back = now.policy.managers.backfill * released(unit, now) * project_time(employee)
    return now.behaviour.working.temp * back


# ------------------------------------------------------------------------------------------------------------- learning


@rule
def learns_on_the_job(employee: Employee, now: Now) -> None:
    """The job teaches its own skills; what it has taught does not fade while one holds it."""
    taught = practice(employee.core_done * employee.fte * FULL_MONTH, now)
    for i in range(CORE):
        skill = core_skill(employee.family, i)
        practises(employee, skill, now.behaviour.working.role_level + now.rises[skill], taught)
        employee.resting[skill] = max(employee.resting[skill], employee.skills[skill])


@rule
def builds_identity(employee: Employee, family: int, hours: float, now: Now) -> None:
    """Hours outside the job's family build another professional identity; the stronger one is kept."""
    if family == employee.family:
        return
    gained = now.behaviour.desiring.identity_growth * hours / IDENTITY_HOURS
    if employee.identity_family != family:
        if employee.identity > gained:
            return
        employee.identity, employee.identity_family = 0.0, family
    employee.identity += min(1.0, gained) * (1.0 - employee.identity)


@rule
def quality(employee: Employee, need: Need, now: Now) -> float:
    """How good somebody's work on a need is, against that of somebody who just comes up to it."""
    above = 0.0
    for i in range(need.calls):
        above += employee.skills[need.skills[i]] - need.levels[i]
    return math.exp(now.behaviour.working.skill_yield * above / need.calls)


@rule
def learns_on_project(employee: Employee, need: Need, done: float, now: Now) -> float:
    """A month on a project: practice, skills seen, identity; returns the hidden talent brought to light (SD)."""
    hours, light = need.share * FULL_MONTH * done, 0.0
    taught = practice(hours, now)
    for i in range(need.calls):
        if now.switches.learning:
            practises(employee, need.skills[i], need.levels[i], taught)
        light += comes_to_light(employee, need.skills[i], now)
    builds_identity(employee, need.family, hours, now)
    return light


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def works_on(project: Project, employee: Employee, done: float, world: World, flow: Flow) -> None:
    """Somebody's month on one project. (`done`: the share of the planned time that gets done.)"""
    need = world.needs[project.need]
    worth = world.now.behaviour.posting.value * quality(employee, need, world.now)
    project.worth += worth * need.share * done
    flow.light += learns_on_project(employee, need, done, world.now)


@rule
def spends_time(
    employee: Employee, unit: Unit, training: float, luck_in_demand: float, executive: Executive, now: Now
) -> float:
    """How somebody's month is spent; training is time off the job. Returns the share of all work that gets done."""
    core, projects = core_load(employee, unit, luck_in_demand, now), project_load(employee, unit, executive, now)
    duty = duty_load(employee)
    training = min(core, training)
    employee.load = core + projects + duty
    done = done_share(employee.load, now)
    employee.core_done, employee.trained = (core - training) * done, training * done
    employee.project_done, employee.duty_done = projects * done, duty * done
    return done


@rule
def works(row: int, left: float, valid: float, world: World, flow: Flow) -> None:
    """Somebody's month at work. (`left`: what a month leaves of unused skill; `valid`: of certificates.)"""
    now, executive, employee, demanded = world.now, world.leadership[0], world.staff[row], world.lots[row]
    unit = world.units[employee.unit]
    upskills = now.policy.development.upskilling > 0.0 and not is_called(employee)
    skill = skill_to_train(employee, executive, now) if upskills else NONE
    done = spends_time(employee, unit, training_time(employee, skill, executive, now), demanded, executive, now)
    employee.output = delivers(employee, unit, now)
    employee.grown = 0.0
    if now.switches.fading:
        forgets(employee, left)
    certificates_age(employee, valid)
    if skill != NONE:
        trains(employee, skill, now)
    if now.switches.learning:
        learns_on_the_job(employee, now)
    unit.delivered += employee.output
    if in_post(employee, now) < employee.ramp_months:
        counts_ramp(employee, now, flow)
    if executive.meets and is_in_committee(employee, unit):
        flow.committee += now.behaviour.signalling.committee_effort
    if is_away(employee):
        works_away(employee, unit, done, world, flow)
    elif is_called(employee):
        flow.missed += missed(employee, unit, demanded, now)
        serves(employee, executive, now)


@rule
def counts_ramp(employee: Employee, now: Now, flow: Flow) -> None:
    """What somebody new to the post does not deliver yet."""
    flow.ramp_lost += employee.output * (1.0 / ramp(employee, now) - 1.0)


@rule
def works_away(employee: Employee, unit: Unit, done: float, world: World, flow: Flow) -> None:
    """Somebody's month on all their projects, and of whoever stands in for them."""
    before = employee.grown
    for slot in range(PROJECTS):
        if employee.projects[slot] != NONE:
            works_on(world.projects[employee.projects[slot]], employee, done, world, flow)
    unit.learned += employee.grown - before
    employee.served = world.now.month
    employee.given += employee.time_away
    time = stands_in(employee, unit, world.now)
    back = world.now.behaviour.working.temp * time
    flow.backfilled += time
    employee.output += back
    unit.delivered += back


@rule
def some_work(first: int, last: int, world: World, flow: Flow) -> None:
    draw_lots(Decision.demand, first, last, world)
    left, valid = kept(world.now.behaviour.working.fading), kept(world.now.behaviour.training.validity)
    for row in range(first, last):
        if works_here(world.staff[row]):
            works(row, left, valid, world, flow)


@rule
def working(world: World) -> None:
    now = world.now
    flow = world.flow[now.month - now.first]
    counts_teams(world)
    for row in range(0, len(world.staff), TOGETHER):
        some_work(row, min(row + TOGETHER, len(world.staff)), world, flow)
    for unit in world.units:
        if unit.vacant > 0:
            is_covered(unit, now, flow)
        if now.switches.complaints:
            complains(unit, now)
        remembers_peers(unit, now)
        if now.switches.targets:
            if now.month < 0:
                sets_target(unit, now)
            feels_pressure(unit, now)
        if now.switches.culture:
            gains_experience(unit, now)
