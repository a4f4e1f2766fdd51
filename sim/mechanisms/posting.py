"""Phase 3. Units have non-core needs; people post them on the market, with their manager's yes; the rest lapse."""

from typing import NamedTuple

from sim.codes import What
from sim.compiling import rule
from sim.draws import ALWAYS, Decision, chance, lasting, lasting_normal, poisson, uniform
from sim.judging import (
    FULL_MONTH,
    calls_for_gap,
    has_manager,
    is_head,
    is_overdue,
    is_served_first,
    market_is_open,
    sigma,
    works_here,
)
from sim.paying import goes_unmet
from sim.prefetching import fetch_ahead
from sim.records import CORE, NEVER, NONE, PLACES, SKILLS, Employee, Executive, Need, Now, Unit
from sim.rows import Floats
from sim.settings.policy import Permission, Priority
from sim.skills import core_skill, other_family
from sim.tables import free_need, new_need, new_project
from sim.tallies import Flow
from sim.telling import tells
from sim.time_cap import is_called
from sim.world import World

HOURS = (0.5, 1.5, 3.0, 6.0, 12.0, 20.0, 32.0)  # middle of each of the platform's seven classes of one-time tasks
ONGOING = (0.05, 0.10, 0.15, 0.20, 0.30)  # FTE


# --------------------------------------------------------------------------------------------------------------- needs


@rule
def arrivals(unit: Unit, now: Now) -> int:
    """How many needs arise in a unit this month."""
    return poisson(uniform(unit.number, now, Decision.arrival, 0), now.behaviour.posting.arrival * unit.seats)


@rule
def arises(need: Need, unit: Unit, index: int, families: Floats, now: Now) -> None:
    """All about a need follows from its unit, month and number: it is the same under every policy."""
    need.key = unit.number | (now.month + (ALWAYS >> 6)) << 31 | index << 50
    need.arrived, need.next, need.used = now.month, NONE, True
    has_size(need, now)
    has_content(need, unit, families, now)


@rule
def has_size(need: Need, now: Now) -> None:
    """Share of time, months and places, in the platform's vocabulary of sizes; independent of the cap."""
    b, key = now.behaviour.posting, need.key
    kind, size = lasting(key, now, Decision.size, 0), lasting(key, now, Decision.size, 1)
    duration = lasting(key, now, Decision.duration, 0)
    if kind < b.one_time:
        need.months = 1 + int(3.0 * duration)
        need.share = HOURS[int(7.0 * size)] / (FULL_MONTH * need.months)
    elif kind < b.one_time + b.ongoing:
        need.months = 3 + int(10.0 * duration)
        need.share = ONGOING[int(5.0 * size)]
    else:
        need.months = 3 + int(4.0 * duration)
        need.share = 0.5 if size < 0.5 else 1.0
    need.places = 1
    if lasting(key, now, Decision.places, 0) < b.second_place:
        need.places = 3 if lasting(key, now, Decision.places, 1) < b.second_place else 2


@rule
def has_content(need: Need, unit: Unit, families: Floats, now: Now) -> None:
    """Two of the three skills of one job family, often a third from anywhere, and their levels."""
    b, key = now.behaviour.posting, need.key
    own = lasting(key, now, Decision.family, 0) < b.own_family
    need.family = unit.family if own else other_family(families, lasting(key, now, Decision.family, 1))
    left_out = int(CORE * lasting(key, now, Decision.leave_out, 0))
    need.skills[0] = core_skill(need.family, (left_out + 1) % CORE)
    need.skills[1] = core_skill(need.family, (left_out + 2) % CORE)
    third = int(SKILLS * lasting(key, now, Decision.bundle, 1))
    new = third != need.skills[0] and third != need.skills[1]
    need.skills[2] = third
    need.calls = CORE if new and lasting(key, now, Decision.bundle, 0) < b.third_skill else CORE - 1
    for i in range(need.calls):
        need.levels[i] = b.level + now.rises[need.skills[i]] + b.level_sd * lasting_normal(key, now, Decision.level, i)


@rule
def joins_backlog(need: Need, row: int, unit: Unit, world: World) -> None:
    """Needs wait in the order in which they arose."""
    if unit.oldest == NONE:
        unit.oldest = row
    else:
        world.needs[unit.newest].next = row
    unit.newest = row


@rule
def lapses(unit: Unit, world: World, flow: Flow) -> None:
    """Open needs that have waited too long are bought or given up."""
    while unit.oldest != NONE and is_overdue(world.needs[unit.oldest], world.now):
        row = unit.oldest
        need = world.needs[row]
        unit.oldest = need.next
        flow.closed_gap += 1.0 if calls_for_gap(need, world.leadership[0]) else 0.0
        goes_unmet(need, world.now, flow)
        free_need(world, row)


@rule
def needs_arise(world: World, flow: Flow) -> None:
    for unit in world.units:
        lapses(unit, world, flow)
        most = unit.seats + 4  # for which `world.fits` keeps room
        for index in range(min(arrivals(unit, world.now), most)):
            row = new_need(world)
            arises(world.needs[row], unit, index, world.families, world.now)
            joins_backlog(world.needs[row], row, unit, world)
            flow.arrived += 1.0
        unit.urgent = has_urgent(unit, world)


# -------------------------------------------------------------------------------------------------------------- people


class Initiative(NamedTuple):
    """The terms of the wish to put a need of the unit on the market, in logits."""

    habit: float
    growth_need: float
    heard: float
    priority: float


@rule
def initiative(employee: Employee, unit: Unit, now: Now) -> Initiative:
    """Why somebody would offer to post the unit's next need."""
    b = now.behaviour.posting
    return Initiative(
        b.habit,
        b.growth_need * employee.growth_need,
        b.heard * unit.heard,
        b.priority if unit.urgent else 0.0,
    )


@rule
def wants_to_post(employee: Employee, unit: Unit, now: Now) -> bool:
    """Likelier with the need for growth, with the signal heard and for a need that has priority."""
    i = initiative(employee, unit, now)
    return chance(employee.person, now, Decision.posting, sigma(i.habit + i.growth_need + i.heard + i.priority))


class Leave(NamedTuple):
    """The terms of a manager's yes to a posting, in logits."""

    habit: float
    support: float
    signal: float


@rule
def leave(unit: Unit, now: Now) -> Leave:
    """Why the manager of `unit` would let somebody post."""
    b = now.behaviour.permitting
    return Leave(b.habit, b.support * (unit.development - 0.5), b.signal * unit.heard)


@rule
def may_post(employee: Employee, unit: Unit, now: Now) -> bool:
    """The manager's yes to a posting: a matter of support and signal; the head and a market without rules need none."""
    if is_head(employee) or now.policy.market.permission == Permission.none:
        return True
    terms = leave(unit, now)
    p = sigma(terms.habit + terms.support + terms.signal)
    return chance(employee.person, now, Decision.posting_answer, p)


@rule
def comes_first(need: Need, executive: Executive, now: Now) -> bool:
    """Whether leadership wants this need served first: it calls for a skill, or belongs to a family, that is short."""
    if now.policy.leadership.priority == Priority.gaps:
        return calls_for_gap(need, executive)
    return is_served_first(need.family, executive, now)


@rule
def has_urgent(unit: Unit, world: World) -> bool:
    """Whether a need that comes first waits in the unit's backlog."""
    if world.now.policy.leadership.priority == Priority.none:
        return False
    row = unit.oldest
    while row != NONE:
        if comes_first(world.needs[row], world.leadership[0], world.now):
            return True
        row = world.needs[row].next
    return False


@rule
def next_need(unit: Unit, world: World) -> int:
    """Takes the oldest need that comes first out of the backlog, or else the oldest of all; gives its row."""
    before, row = NONE, unit.oldest
    while unit.urgent and not comes_first(world.needs[row], world.leadership[0], world.now):
        before, row = row, world.needs[row].next
    if before == NONE:
        unit.oldest = world.needs[row].next
    else:
        world.needs[before].next = world.needs[row].next
        unit.newest = before if unit.newest == row else unit.newest
    unit.urgent = has_urgent(unit, world)
    return row


@rule
def posts(employee: Employee, row: int, need: int, unit: Unit, world: World) -> None:
    """A need of the unit goes on the market."""
    place = new_project(world)
    project = world.projects[place]
    project.need, project.poster, project.unit, project.used = need, row, employee.unit, True
    project.department = unit.department
    project.taken, project.joined, project.started, project.first = 0, 0, NEVER, NONE
    project.worth = 0.0
    for i in range(PLACES):
        project.members[i] = NONE
    employee.posts = place


@rule
def people_post(world: World, flow: Flow) -> None:
    now = world.now
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if not works_here(employee) or employee.posts != NONE or is_called(employee):
            continue
        unit = world.units[employee.unit]
        if unit.oldest == NONE or not wants_to_post(employee, unit, now):
            continue
        answering = unit if has_manager(unit) else world.units[unit.parent]
        if may_post(employee, answering, now):
            posts(employee, row, next_need(unit, world), unit, world)
            tells(What.posted, row, answering.manager, employee.posts, world)
            flow.posted += 1.0


@rule
def posting(world: World) -> None:
    flow = world.flow[world.now.month - world.now.first]
    needs_arise(world, flow)
    if market_is_open(world.now):
        people_post(world, flow)
