"""Phase 5. Attention is finite: people glance at a few postings, where their skills lie and at what friends post."""

import math
from typing import NamedTuple

from sim.draws import Decision, affinity, lasting, poisson, two_uniforms, uniform
from sim.judging import clip, market_is_open, may_join, recruits, tie_strength, uses, works_here
from sim.records import CORE, NONE, PROJECTS, SKILLS, TIES, Employee, Need, Now
from sim.ring import next_posting, postings, scope
from sim.rules import rule
from sim.world import World

SPREAD = math.sqrt(12.0)  # makes a uniform number's standard deviation 1


class Interest(NamedTuple):
    """The terms of somebody's interest in a project, in logits."""

    fit: float
    stretch: float
    identity: float
    trust: float
    contacts: float
    peers: float
    load: float
    taste: float


@rule
def fills_in_profile(employee: Employee, now: Now) -> None:
    """People show the job's skills anyway, and of the others the share that the profiles ask for."""
    for k in range(SKILLS):
        if uses(employee.family, k) or lasting(employee.person, now, Decision.profile, k) < now.policy.market.profiles:
            employee.shown[k] = 1.0
    employee.profiled = True


@rule
def felt_fit(employee: Employee, need: Need) -> float:
    """How near the own skills come to what is called for: 1 where they reach it, 0 two SD below."""
    total, called = 0.0, 0
    for i in range(CORE):
        if need.skills[i] != NONE:
            felt = employee.skills[need.skills[i]] + employee.efficacy - 0.5
            total += clip(1.0 - 0.5 * (need.levels[i] - felt), 0.0, 1.0)
            called += 1
    return total / called


@rule
def stretch(employee: Employee, need: Need) -> float:
    """How much there is to learn, up to one SD a skill."""
    total, called = 0.0, 0
    for i in range(CORE):
        if need.skills[i] != NONE:
            total += clip(need.levels[i] - employee.skills[need.skills[i]], 0.0, 1.0)
            called += 1
    return total / called


@rule
def used_cap(employee: Employee, now: Now) -> float:
    """Share of the cap that projects already take."""
    return employee.time_away / max(1e-9, now.policy.market.time_cap * employee.fte)


@rule
def attraction(employee: Employee, need: Need, poster: int, elsewhere: bool, peers: float, now: Now) -> Interest:
    """What draws somebody to a project, and what keeps them off."""
    b = now.behaviour.noticing
    return Interest(
        b.fit * felt_fit(employee, need),
        b.stretch * stretch(employee, need),
        b.identity * employee.identity if employee.identity_family == need.family else 0.0,
        b.tie * tie_strength(employee, poster),
        b.contacts * (1.0 - employee.belonging) if elsewhere else 0.0,
        b.peers * peers,
        b.load * used_cap(employee, now),
        b.taste * SPREAD * (affinity(now, employee.person, need.key) - 0.5),
    )


@rule
def strength(i: Interest) -> float:
    """All terms of interest added up."""
    return i.fit + i.stretch + i.identity + i.trust + i.contacts + i.peers + i.load + i.taste


@rule
def is_open_to(employee: Employee, row: int, project: int, world: World) -> bool:
    """Whether somebody could join a project: not the own one, not twice, within the cap and the list of projects."""
    if world.projects[project].poster == row:
        return False
    for slot in range(PROJECTS):
        if employee.projects[slot] == project:
            return False
    return may_join(employee, world.needs[world.projects[project].need].share, world.now)


@rule
def looks_at(employee: Employee, row: int, project: int, world: World) -> None:
    """A posting comes into view; the most interesting one of the month is remembered."""
    employee.seen += 1
    if not is_open_to(employee, row, project, world):
        return
    posting, unit = world.projects[project], world.units[employee.unit]
    elsewhere = world.units[posting.unit].department != employee.department
    terms = attraction(employee, world.needs[posting.need], posting.poster, elsewhere, unit.peers, world.now)
    interest = strength(terms)
    if employee.option == NONE or interest > employee.interest:
        employee.option, employee.interest = project, interest


@rule
def pull(employee: Employee, skill: int, now: Now) -> float:
    """How likely somebody looks among postings that call for a skill: by browsing, and more where they show it."""
    b = now.behaviour
    above = employee.skills[skill] - b.matching.unseen
    return b.noticing.browsing + employee.shown[skill] * max(0.0, 1.0 + b.noticing.focus * above)


@rule
def picks_ring(employee: Employee, u: float, now: Now) -> int:
    """The skill among whose postings somebody looks."""
    total = 0.0
    for k in range(SKILLS):
        total += pull(employee, k, now)
    mark = u * total
    for k in range(SKILLS):
        mark -= pull(employee, k, now)
        if mark < 0.0:
            return k
    return SKILLS - 1


@rule
def glances(employee: Employee, now: Now) -> int:
    """How many postings somebody looks at this month."""
    market = now.policy.market
    mean = market.visibility * market.tools * now.behaviour.noticing.attention
    return poisson(uniform(employee.person, now, Decision.glances, 0), mean)


@rule
def hears_of(employee: Employee, world: World) -> int:
    """A tie tells of a posting of theirs: its row, or NONE."""
    slot = int(TIES * uniform(employee.person, world.now, Decision.hearsay, 0))
    if employee.ties[slot] == NONE:
        return NONE
    project = world.staff[employee.ties[slot]].posts
    if project == NONE or not recruits(world.projects[project], world.needs[world.projects[project].need], world.now):
        return NONE
    unit = world.projects[project].unit
    there = scope(world.units[unit].department, unit, world.now)
    return project if scope(employee.department, employee.unit, world.now) == there else NONE


@rule
def looks_around(employee: Employee, row: int, points, rows, world: World) -> None:
    """A month's glances at the market, and what ties tell."""
    now = world.now
    ring = SKILLS * scope(employee.department, employee.unit, now)
    for i in range(glances(employee, now)):
        u, position = two_uniforms(employee.person, now, Decision.glance, i)
        project = next_posting(points, rows, ring + picks_ring(employee, u, now), position)
        if project != NONE:
            looks_at(employee, row, project, world)
    told = hears_of(employee, world)
    if told != NONE:
        looks_at(employee, row, told, world)


@rule
def noticing(world: World) -> None:
    now = world.now
    if not market_is_open(now):
        return
    flow = world.flow[now.month - now.first]
    points, rows = postings(world)
    for row in range(len(world.staff)):
        employee = world.staff[row]
        employee.seen, employee.option = 0, NONE
        if works_here(employee):
            if not employee.profiled:
                fills_in_profile(employee, now)
            looks_around(employee, row, points, rows, world)
            if employee.seen > 0:
                flow.seen += 1.0
