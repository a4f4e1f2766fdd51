"""Phase 5. Attention is finite: people glance at a few postings, where their skills lie and at what friends post."""

import math
from typing import NamedTuple

from sim.compiling import rule
from sim.draws import Decision, affinity, lasting, poisson_from, two_uniforms, uniform
from sim.judging import clip, market_is_open, recruits, tie_strength, works_here
from sim.lots import TOGETHER, draw_lots, pair_friends
from sim.records import NONE, SKILLS, TIES, Employee, Need, Now, Project, Ranking
from sim.ring import next_posting, postings, scope, stretches
from sim.settings.policy import Matching
from sim.skills import claims, uses
from sim.time_cap import is_on, may_join, used_cap
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
    """People show the job's skills anyway, and of the others claim the share that the profiles ask for."""
    for k in range(SKILLS):
        if uses(employee.family, k):
            employee.shown[k] = 1.0
        elif lasting(employee.person, now, Decision.profile, k) < now.policy.market.profiles:
            if employee.shown[k] < 1.0:  # what was seen in use is no mere claim
                claims(employee, k, now)
    employee.profiled = True


@rule
def felt_fit(employee: Employee, need: Need) -> float:
    """How near the own skills come to what is called for: 1 where they reach it, 0 two SD below."""
    total = 0.0
    for i in range(need.calls):
        felt = employee.skills[need.skills[i]] + employee.efficacy - 0.5
        total += clip(1.0 - 0.5 * (need.levels[i] - felt), 0.0, 1.0)
    return total / need.calls


@rule
def stretch(employee: Employee, need: Need) -> float:
    """How much there is to learn, up to one SD a skill."""
    total = 0.0
    for i in range(need.calls):
        total += clip(need.levels[i] - employee.skills[need.skills[i]], 0.0, 1.0)
    return total / need.calls


@rule
def attraction(employee: Employee, need: Need, tie: float, elsewhere: bool, peers: float, now: Now) -> Interest:
    """What draws somebody to a project, and what keeps them off. (`tie`: strength of that with the poster.)"""
    b = now.behaviour.noticing
    return Interest(
        b.fit * felt_fit(employee, need),
        b.stretch * stretch(employee, need),
        b.identity * employee.identity if employee.identity_family == need.family else 0.0,
        b.tie * tie,
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
    if world.projects[project].poster == row or is_on(employee, project):
        return False
    return may_join(employee, world.needs[world.projects[project].need].share, world.now)


@rule
def is_ranked(employee: Employee, ranking: Ranking, project: int, interest: float) -> None:
    """The next most interesting postings are remembered too: what comes in pushes the less interesting down."""
    if employee.option == NONE:
        ranking.options[0] = ranking.options[1] = NONE
        return
    if project == employee.option or project == ranking.options[0] or project == ranking.options[1]:
        return
    if interest > employee.interest:  # it becomes the first, and what was first the second
        project, interest = employee.option, employee.interest
    if ranking.options[0] == NONE or interest > ranking.interests[0]:
        ranking.options[1], ranking.interests[1] = ranking.options[0], ranking.interests[0]
        ranking.options[0], ranking.interests[0] = project, interest
    elif ranking.options[1] == NONE or interest > ranking.interests[1]:
        ranking.options[1], ranking.interests[1] = project, interest


@rule
def looks_at(employee: Employee, row: int, project: int, world: World) -> None:
    """A posting comes into view; the most interesting one of the month is remembered."""
    employee.seen += 1
    if not is_open_to(employee, row, project, world):
        return
    posting, unit = world.projects[project], world.units[employee.unit]
    elsewhere = posting.department != employee.department
    tie = tie_strength(world.circles[row], posting.poster)
    terms = attraction(employee, world.needs[posting.need], tie, elsewhere, unit.peers, world.now)
    interest = strength(terms)
    if world.now.policy.market.matching == Matching.deferred_acceptance:
        is_ranked(employee, world.rankings[row], project, interest)
    if employee.option == NONE or interest > employee.interest:
        employee.option, employee.interest = project, interest


@rule
def pull(employee: Employee, skill: int, now: Now) -> float:
    """How likely somebody looks among postings that call for a skill: by browsing, and more where they show it."""
    b = now.behaviour
    above = employee.skills[skill] - b.matching.unseen
    return b.noticing.browsing + employee.shown[skill] * max(0.0, 1.0 + b.noticing.focus * above)


@rule
def all_pulls(employee: Employee, now: Now) -> float:
    """The pull of all skills together."""
    total = 0.0
    for k in range(SKILLS):
        total += pull(employee, k, now)
    return total


@rule
def picks_ring(employee: Employee, mark: float, now: Now) -> int:
    """The skill among whose postings somebody looks: that in whose share of all pulls the mark falls."""
    skill = 0
    for k in range(SKILLS - 1):  # without an early end, which processors guess wrong
        mark -= pull(employee, k, now)
        skill += 1 if mark >= 0.0 else 0
    return skill


@rule
def glances(now: Now) -> float:
    """How many postings somebody looks at in a month, on average."""
    market = now.policy.market
    return market.visibility * market.tools * now.behaviour.noticing.attention


@rule
def may_be_told(friend: Employee, project: Project, now: Now) -> bool:
    """Whether a friend of the poster may see the posting."""
    return scope(friend.department, friend.unit, now) == scope(project.department, project.unit, now)


@rule
def word_spreads(world: World) -> None:
    """Posters tell their friends.

    Friends of a posting fall into `TIES` lots, and each month one lot has its `turn`: one friend, if all ties are held.
    """
    now = world.now
    if not market_is_open(now):
        return
    for place in range(world.counts[0].projects):
        project = world.projects[place]
        if not project.used or project.poster == NONE or not recruits(project, world.needs[project.need], now):
            continue
        key, friends = world.needs[project.need].key, world.circles[project.poster].ties
        turn = int(TIES * uniform(key, now, Decision.hearsay, 0))
        pair_friends(project.poster, key, world)
        for slot in range(TIES):
            other = friends[slot]
            if other != NONE and world.keys[slot] % TIES == turn and may_be_told(world.staff[other], project, now):
                looks_at(world.staff[other], other, place, world)


@rule
def looks_around(employee: Employee, row: int, looks: int, cut: int, world: World) -> None:
    """A month's glances at the market, whose rings are cut into `cut` stretches each."""
    now = world.now
    ring = SKILLS * scope(employee.department, employee.unit, now)
    total = all_pulls(employee, now) if looks > 0 else 0.0
    for i in range(looks):
        u, position = two_uniforms(employee.person, now, Decision.glance, i)
        project = next_posting(ring + picks_ring(employee, u * total, now), position, cut, world)
        if project != NONE:
            looks_at(employee, row, project, world)


@rule
def some_look(first: int, last: int, world: World) -> None:
    now, cut, mean = world.now, stretches(world), glances(world.now)
    none = math.exp(-mean)
    draw_lots(Decision.glances, first, last, world)
    for row in range(first, last):
        employee = world.staff[row]
        employee.seen, employee.option = 0, NONE
        if works_here(employee):
            if not employee.profiled:
                fills_in_profile(employee, now)
            looks_around(employee, row, poisson_from(none, world.lots[row], mean), cut, world)


@rule
def people_look(world: World, first: int, last: int) -> None:
    if market_is_open(world.now):
        for row in range(first, last, TOGETHER):
            some_look(row, min(row + TOGETHER, last), world)


@rule
def noticing(world: World) -> None:
    postings(world)
    people_look(world, 0, len(world.staff))
    word_spreads(world)
