"""Phase 11. People get to know each other: team-mates, co-workers on projects, acquaintances; unused ties fade.

Everybody has a place on a *ring of acquaintance* and meets those near it, wherever they work. Neighbours of neighbours
are then mostly neighbours, which keeps clustering as high as it is measured to be, at any size of the organization.
"""

from sim.codes import ACROSS, DEPARTMENT, TEAM
from sim.compiling import rule
from sim.draws import Decision, chance, paired
from sim.judging import has_manager, kept, kind_of_tie, tie_slot, works_here
from sim.lots import TOGETHER, draw_two_lots
from sim.prefetching import AHEAD, fetch
from sim.records import NONE, PLACES, SKILLS, TEAM_TIES, TIES, Circle, Employee, Now, Project, Unit
from sim.skills import uses
from sim.tallies import Flow
from sim.time_cap import is_called
from sim.world import World

CALLED = 0  # the key of what people work on whom a shock calls


@rule
def ties_in_team(circle: Circle) -> int:
    count = 0
    for slot in range(TIES):  # without branches, so that it is vectorized
        count += (circle.ties[slot] != NONE) & (circle.kinds[slot] == TEAM)
    return count


@rule
def has_room_for_tie(circle: Circle, kind: int) -> bool:
    """People keep up so many ties and no more, and some of them outside the team."""
    if kind == TEAM and ties_in_team(circle) >= TEAM_TIES:
        return False
    return tie_slot(circle, NONE) != NONE


@rule
def ties_to(circle: Circle, other: int, strength: float, kind: int) -> None:
    slot = tie_slot(circle, NONE)
    circle.ties[slot], circle.strengths[slot], circle.kinds[slot] = other, strength, kind


@rule
def get_acquainted(a: int, b: int, strength: float, world: World) -> bool:
    """A new tie, held at both ends, if both have room for it; says whether it crosses departments."""
    one, other = world.circles[a], world.circles[b]
    kind = kind_of_tie(world.staff[a], world.staff[b])
    if not has_room_for_tie(one, kind) or not has_room_for_tie(other, kind):
        return False
    ties_to(one, b, strength, kind)
    ties_to(other, a, strength, kind)
    return kind == ACROSS


@rule
def strengthens(a: int, slot: int, gain: float, least: float, world: World) -> None:
    """An existing tie, that in a slot of `a`'s circle, grows at both ends by `gain`, at least to `least`."""
    one = world.circles[a]
    other = world.circles[one.ties[slot]]
    strength = min(1.0, max(least, one.strengths[slot] + gain))
    one.strengths[slot] = strength
    other.strengths[tie_slot(other, a)] = strength


@rule
def picks_up(employee: Employee, other: Employee, strength: float, now: Now) -> None:
    """Somebody learns a little of a skill of whom they meet; of the job's own skills no more than the job calls for.

    Skills take turns, from a start that differs by pair.
    """
    skill = (employee.person + other.person + now.month) % SKILLS
    level = other.skills[skill]
    if uses(employee.family, skill):
        level = min(level, now.behaviour.working.role_level + now.rises[skill])
    lacking = max(0.0, level - employee.skills[skill])
    gained = now.behaviour.working.spreading * strength * min(1.0, lacking)
    employee.skills[skill] += gained
    employee.grown += gained


@rule
def meet(a: int, b: int, world: World, flow: Flow) -> None:
    """Two people meet: an old tie is renewed, or a new one made."""
    start = world.now.behaviour.working.tie_start
    slot = tie_slot(world.circles[a], b)
    if slot != NONE:
        if world.now.switches.learning:
            picks_up(world.staff[a], world.staff[b], world.circles[a].strengths[slot], world.now)
        strengthens(a, slot, 0.0, start, world)
    elif get_acquainted(a, b, start, world):
        flow.ties_new += 1.0


@rule
def seeks(luck_in_meeting: float, whom: float, now: Now) -> int:
    """How many places along the ring of acquaintance somebody looks for company this month; 0 for not at all."""
    circle = now.behaviour.working.circle
    step = int(2 * circle * whom) - circle
    step += 1 if step >= 0 else 0
    return step if luck_in_meeting < now.behaviour.working.meeting else 0


@rule
def neighbour(employee: Employee, step: int, world: World) -> int:
    """The row of who holds the seat so many places along the ring of acquaintance; NONE if nobody does."""
    seat = world.ring[(world.seats[employee.seat].place + step) % len(world.ring)]
    return world.seats[seat].holder


@rule
def socializes(row: int, world: World, flow: Flow) -> None:
    """Somebody meets whom they seek; who seeks nobody stays at the own place."""
    other = world.staff[row].seeks
    if other != NONE and other != row:
        meet(row, other, world, flow)


@rule
def may_get_acquainted(row: int, other: int, world: World) -> None:
    """A newcomer and somebody of the team get to know each other in time."""
    now = world.now
    if other == NONE or other == row or not works_here(world.staff[other]):
        return
    if tie_slot(world.circles[row], other) == NONE:
        key = paired(now, world.staff[row].person, world.staff[other].person)
        if chance(key, now, Decision.acquaintance, now.behaviour.working.tie_team):
            get_acquainted(row, other, now.behaviour.working.tie_start, world)


@rule
def gets_to_know(row: int, unit: Unit, world: World) -> None:
    """A newcomer with room for team-mates meets the people of a unit and its manager."""
    if not has_room_for_tie(world.circles[row], TEAM) or knows_all(row, unit, world):
        return
    for seat in range(unit.first_seat, unit.first_seat + unit.seats):
        may_get_acquainted(row, world.seats[seat].holder, world)
    may_get_acquainted(row, unit.manager, world)


@rule
def knows_all(row: int, unit: Unit, world: World) -> bool:
    """Whether somebody who leads nobody has a tie with everybody in the own unit, and with its manager: most do soon,
    and then there is no need to look at each of them.
    """
    others = unit.heads - 1 + (1 if has_manager(unit) else 0)
    return world.staff[row].leads == NONE and ties_in_team(world.circles[row]) >= others


@rule
def settles_in(row: int, world: World) -> None:
    """Newcomers get to know their team, and the team they lead."""
    employee = world.staff[row]
    if world.now.month - employee.since < world.now.behaviour.working.newcomer_months:
        gets_to_know(row, world.units[employee.unit], world)
        if employee.leads != NONE and employee.leads != employee.unit:
            gets_to_know(row, world.units[employee.leads], world)


@rule
def work_through_shock(world: World, flow: Flow) -> None:
    """Those who are called work beside the next two who are, along the ring of acquaintance."""
    last, before = NONE, NONE
    for seat in world.ring:
        row = world.seats[seat].holder
        if row != NONE and is_called(world.staff[row]):
            work_together(row, last, CALLED, world, flow)
            work_together(row, before, CALLED, world, flow)
            last, before = row, last


@rule
def some_meet(first: int, last: int, world: World, flow: Flow) -> None:
    """A month of meetings for some people, in three rounds, so that the memory of many is fetched at a time."""
    draw_two_lots(Decision.meeting, first, last, world)
    for row in range(first, last):
        employee = world.staff[row]
        employee.seeks = neighbour(employee, seeks(world.lots[row], world.more_lots[row], world.now), world)
    for row in range(first, last):
        soon = world.staff[min(row + AHEAD, last - 1)].seeks
        if soon != NONE:
            fetch(world.circles[soon], TIES * 12)  # ties, and most of their strengths
        if works_here(world.staff[row]):
            socializes(row, world, flow)
            settles_in(row, world)


@rule
def become_acquainted(a: int, b: int, need: int, world: World) -> bool:
    """Whether two people on one project get to know each other this month: the same luck, whatever their places."""
    one, other = world.staff[a].person, world.staff[b].person
    key = paired(world.now, paired(world.now, min(one, other), max(one, other)), need)
    return chance(key, world.now, Decision.acquaintance, world.now.behaviour.working.tie_project)


@rule
def work_together(a: int, b: int, need: int, world: World, flow: Flow) -> None:
    """Two people on one project: their tie grows, or starts. (`need`: the key of what they work on.)"""
    w = world.now.behaviour.working
    if a == NONE or b == NONE or a == b:
        return
    slot = tie_slot(world.circles[a], b)
    if slot != NONE:
        strengthens(a, slot, w.tie_gain, 0.0, world)
    elif become_acquainted(a, b, need, world) and get_acquainted(a, b, w.tie_start, world):
        flow.ties_new += 1.0


@rule
def brings_together(project: Project, world: World, flow: Flow) -> None:
    """Everybody on a project, and its poster."""
    need = world.needs[project.need].key
    for i in range(PLACES):
        work_together(project.members[i], project.poster, need, world, flow)
        for j in range(i + 1, PLACES):
            work_together(project.members[i], project.members[j], need, world, flow)


@rule
def fade(circle: Circle, within: float, across: float, now: Now) -> None:
    """Ties of the team are used, the others fade and in the end are forgotten. (No branches: so it is vectorized.)"""
    gain, least = now.behaviour.working.tie_gain, now.behaviour.working.tie_forgotten
    for slot in range(TIES):
        kind, tie = circle.kinds[slot], circle.ties[slot]
        left = 1.0 if kind == TEAM else within if kind == DEPARTMENT else across
        strength = min(1.0, left * circle.strengths[slot] + (gain if kind == TEAM else 0.0))
        held = (tie != NONE) & (strength >= least)
        circle.ties[slot], circle.strengths[slot] = (tie, strength) if held else (NONE, 0.0)


@rule
def takes_stock(employee: Employee, circle: Circle) -> None:
    """How many ties there are, how strong, and how many lead to other departments."""
    even, odd, leading_away, count = 0.0, 0.0, 0, 0
    for slot in range(0, TIES, 2):  # two sums side by side: one would have each addition wait for the last
        even += circle.strengths[slot]
        odd += circle.strengths[slot + 1]
    for slot in range(TIES):
        held = circle.ties[slot] != NONE
        count += held
        leading_away += held & (circle.kinds[slot] == ACROSS)
    employee.tie_count, employee.tie_across, employee.tie_sum = count, leading_away, even + odd


@rule
def keeps_up(employee: Employee, circle: Circle, within: float, across: float, now: Now) -> None:
    """A month of ties."""
    fade(circle, within, across, now)
    takes_stock(employee, circle)


@rule
def people_get_together(world: World) -> None:
    """Co-workers, and whoever is sought."""
    now = world.now
    if not now.switches.networking:
        return
    flow = world.flow[now.month - now.first]
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used and project.taken > 0:
            brings_together(project, world, flow)
    if world.leadership[0].needed > 0.0:
        work_through_shock(world, flow)
    for first in range(0, len(world.staff), TOGETHER):
        some_meet(first, min(first + TOGETHER, len(world.staff)), world, flow)


@rule
def people_keep_up(world: World, first: int, last: int) -> None:
    now = world.now
    if not now.switches.networking:
        return
    within, across = kept(now.behaviour.working.tie_within), kept(now.behaviour.working.tie_across)
    for row in range(first, last):
        if world.staff[row].person != NONE:
            keeps_up(world.staff[row], world.circles[row], within, across, now)


@rule
def networking(world: World) -> None:
    people_get_together(world)
    people_keep_up(world, 0, len(world.staff))
