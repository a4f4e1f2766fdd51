"""Rings: things at keyed positions, and the next one after a point.

A glance or a meeting takes the next thing on a ring after a keyed point, so one thing more or less changes only what
falls into its gap, and the work is linear in people, whatever the number of things.
"""

import numpy as np

from sim.draws import Decision, lasting
from sim.judging import recruits
from sim.records import CORE, NONE, SKILLS, Floats, Ints, Now
from sim.rules import allocating, rule
from sim.settings.policy import Reach
from sim.world import World


@rule
def scope(department: int, unit: int, now: Now) -> int:
    """The code of the part of the organization within which postings are seen."""
    reach = now.policy.market.reach
    if reach == Reach.organization:
        return 0
    return department if reach == Reach.department else unit


@allocating
def postings(world: World) -> int:
    """Put open postings on one ring for each scope and skill; returns how many points there are.

    `world.points` are sorted, each scope · SKILLS + skill + position; `world.posted` are the projects that stand there.
    """
    now, count = world.now, 0
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if not project.used or not recruits(project, world.needs[project.need], now):
            continue
        need = world.needs[project.need]
        ring = SKILLS * scope(project.department, project.unit, now)
        for i in range(CORE):
            if need.skills[i] != NONE:
                world.points[count] = ring + need.skills[i] + lasting(need.key, now, Decision.position, i)
                world.posted[count] = row
                count += 1
    order = np.argsort(world.points[:count])
    world.points[:count] = world.points[:count][order]
    world.posted[:count] = world.posted[:count][order]
    return count


@rule
def first_from(points: Floats, count: int, x: float) -> int:
    """The first of `count` sorted points that is not below `x`; `count` if there is none."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if points[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low


@rule
def next_posting(points: Floats, posted: Ints, count: int, ring: int, u: float) -> int:
    """The project of the next posting after position `u` on a ring, going round; NONE if nothing stands there."""
    i = first_from(points, count, ring + u)
    if i == count or points[i] >= ring + 1.0:
        i = first_from(points, count, float(ring))
        if i == count or points[i] >= ring + 1.0:
            return NONE
    return posted[i]
