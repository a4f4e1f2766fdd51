"""Rings: things at keyed positions, and the next one after a point.

A glance or a meeting takes the next thing on a ring after a keyed point, so one thing more or less changes only what
falls into its gap, and the work is linear in people, whatever the number of things.
"""

import numpy as np

from sim.draws import Decision, lasting
from sim.judging import market_is_open, recruits
from sim.records import CORE, NONE, SKILLS, Ints, Now
from sim.rules import rule
from sim.settings.policy import Reach
from sim.world import World


@rule
def scope(department: int, unit: int, now: Now) -> int:
    """The code of the part of the organization within which postings are seen."""
    reach = now.policy.market.reach
    if reach == Reach.organization:
        return 0
    return department if reach == Reach.department else unit


@rule
def postings(world: World):
    """Open postings, a ring for each scope and skill: sorted points (scope · SKILLS + skill + position), rows."""
    now, count = world.now, 0
    points = np.empty(CORE * world.counts[0].projects)
    rows = np.empty(CORE * world.counts[0].projects, np.int64)
    if market_is_open(now):
        for row in range(world.counts[0].projects):
            project = world.projects[row]
            if not project.used or not recruits(project, world.needs[project.need], now):
                continue
            need = world.needs[project.need]
            ring = SKILLS * scope(world.units[project.unit].department, project.unit, now)
            for i in range(CORE):
                if need.skills[i] != NONE:
                    points[count] = ring + need.skills[i] + lasting(need.key, now, Decision.position, i)
                    rows[count] = row
                    count += 1
    order = np.argsort(points[:count])
    return points[:count][order], rows[:count][order]


@rule
def next_posting(points, rows: Ints, ring: int, u: float) -> int:
    """The row of the next posting after position `u` on a ring, going round; NONE if nothing stands there."""
    i = np.searchsorted(points, ring + u)
    if i == len(points) or points[i] >= ring + 1.0:
        i = np.searchsorted(points, float(ring))
        if i == len(points) or points[i] >= ring + 1.0:
            return NONE
    return rows[i]
