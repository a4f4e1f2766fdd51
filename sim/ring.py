"""Rings: things at keyed positions, and the next one after a point.

A glance or a meeting takes the next thing on a ring after a keyed point, so one thing more or less changes only what
falls into its gap, and the work is linear in people, whatever the number of things.
"""

import numpy as np

from sim.compiling import allocating, rule
from sim.draws import Decision, lasting
from sim.judging import recruits
from sim.records import NONE, SKILLS, Now
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
def postings(world: World) -> None:
    """Put open postings on one ring for each scope and skill.

    `world.points` are sorted, each scope · SKILLS + skill + position; `world.posted` are the projects that stand there.
    """
    now, count, last = world.now, 0, 0
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
    """Into how many stretches each ring is cut, so that about one point falls into each."""
    counts = world.counts[0]
    return counts.points // max(1, counts.rings) + 1


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
