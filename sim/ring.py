"""Rings and lines: things at keyed positions, and the next one after a point.

A glance or a meeting takes the next thing on a ring after a keyed point, so one thing more or less changes only what
falls into its gap, and the work is linear in people, whatever the number of things.
"""

import numpy as np

from sim.compiling import allocating, rule
from sim.draws import Decision, lasting
from sim.judging import market_is_open, recruits
from sim.records import NONE, SKILLS, Now
from sim.settings.policy import Reach
from sim.world import BY_DEPARTMENT, BY_FAMILY, STRETCHES, World


@allocating
def lines_up(world: World) -> None:
    """Seats stand in line by job family and by department, and within each at keyed positions."""
    for by in (BY_FAMILY, BY_DEPARTMENT):
        marks = np.empty(len(world.seats))
        for row in range(len(marks)):
            seat = world.seats[row]
            group = seat.family if by == BY_FAMILY else seat.department
            marks[row] = group + lasting(seat.number, world.now, Decision.place, 0)
        order, begun = np.argsort(marks), 0
        for i in range(len(marks)):
            world.lines[by, i], world.marks[by, i] = order[i], marks[order[i]]
            while begun <= int(world.marks[by, i]):
                world.firsts[by, begun] = i
                begun += 1
        world.firsts[by, begun:] = len(marks)
        world.begins[by, STRETCHES * len(marks)] = len(marks)
        notes_begins(by, world)


@rule
def notes_begins(by: int, world: World) -> None:
    """The first place in line at or after the start of each stretch: where looking begins."""
    for group in range(len(world.firsts[by]) - 1):
        first, last = world.firsts[by, group], world.firsts[by, group + 1]
        at, cut = first, STRETCHES * (last - first)
        for stretch in range(cut):
            while at < last and int((world.marks[by, at] - group) * cut) < stretch:
                at += 1
            world.begins[by, STRETCHES * first + stretch] = at


@rule
def next_in_line(by: int, group: int, place: float, world: World) -> int:
    """The row of who holds the next seat after a place in a department or a family, round and round; NONE if nobody
    does.
    """
    first, last = world.firsts[by, group], world.firsts[by, group + 1]
    at = world.begins[by, STRETCHES * first + int(STRETCHES * (last - first) * place)]
    while at < last and world.marks[by, at] <= group + place:
        at += 1
    return world.seats[world.lines[by, at if at < last else first]].holder


@rule
def scope(department: int, unit: int, now: Now) -> int:
    """The code of the part of the organization within which postings are seen."""
    reach = now.policy.market.reach
    if reach == Reach.organization:
        return 0
    return department if reach == Reach.department else unit


@allocating
def postings(world: World) -> None:
    """Put open postings on one ring for each scope and skill.

    `world.points` are sorted, each scope · SKILLS + skill + position; `world.posted` are the projects that stand there.
    """
    now, count, last = world.now, 0, 0
    if not market_is_open(now):
        return
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if not project.used or not recruits(project, world.needs[project.need], now):
            continue
        need = world.needs[project.need]
        ring = SKILLS * scope(project.department, project.unit, now)
        last = max(last, ring + SKILLS)
        for i in range(need.calls):
            world.points[count] = ring + need.skills[i] + lasting(need.key, now, Decision.position, i)
            world.posted[count] = row
            count += 1
    order = np.argsort(world.points[:count])
    points, posted = world.points[:count][order], world.posted[:count][order]
    for i in range(count):  # element by element: assigning to slices takes a second longer to compile
        world.points[i], world.posted[i] = points[i], posted[i]
    world.counts[0].points, world.counts[0].rings = count, last
    notes_starts(world)


@rule
def stretches(world: World) -> int:
    """Into how many stretches each ring is cut."""
    counts = world.counts[0]
    return STRETCHES * counts.points // max(1, counts.rings) + 1


@rule
def notes_starts(world: World) -> None:
    """The first point at or after the start of each stretch of each ring: where looking begins."""
    counts, cut, i = world.counts[0], stretches(world), 0
    for stretch in range(counts.rings * cut):
        while i < counts.points and int(world.points[i] * cut) < stretch:
            i += 1
        world.starts[stretch] = i


@rule
def next_posting(ring: int, u: float, cut: int, world: World) -> int:
    """The project of the next posting after position `u` on a ring, going round; NONE if nothing stands there."""
    counts = world.counts[0]
    if ring >= counts.rings:
        return NONE
    i = world.starts[int((ring + u) * cut)]
    while i < counts.points and world.points[i] < ring + u:
        i += 1
    if i == counts.points or world.points[i] >= ring + 1.0:
        i = world.starts[ring * cut]
        if i == counts.points or world.points[i] >= ring + 1.0:
            return NONE
    return world.posted[i]
