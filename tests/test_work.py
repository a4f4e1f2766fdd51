"""What projects are worth, what comes of mixing people, and what people learn from each other."""

import pytest
from conftest import BUSY, busy_run, busy_world

from sim.mechanisms.ending import mix
from sim.mechanisms.networking import picks_up
from sim.mechanisms.working import quality
from sim.records import NONE, SKILLS
from sim.settings import Policy
from sim.skills import uses
from sim.testing import faults
from sim.world import copied


def lent(seed=5):
    return busy_run(busy_world(150, seed=seed), Policy().changed("market.time_cap", 0.5), 12).world


def test_what_projects_are_worth_follows_from_the_time_worked_and_how_well():
    """Nobody does better than exp(yield·(best − least)) or worse; a met need is worth no more than its time."""
    run = busy_run(busy_world(150), months=24)
    value, work, worth = float(BUSY.posting.value), run.flow["work_met"].sum(), run.flow["worth"].sum()
    assert 0.5 * value * work < worth < 1.3 * value * work
    twice = busy_run(busy_world(150, behaviour=BUSY.changed("posting.value", 1.2)), months=24)
    assert twice.flow["worth"].sum() == pytest.approx(2 * worth)


def test_good_work_is_worth_more(busy):
    world = lent()
    employee, need = world.staff[0], world.needs[0]
    employee.skills[:] = need.levels.max()
    good = quality(employee, need, world.now)
    employee.skills[:] = need.levels.min() - 1.0
    assert quality(employee, need, world.now) < good


def test_what_is_not_done_is_not_worth_anything():
    """Under rules that release nothing people are overloaded, and projects get less of the time they were given."""
    world = busy_world(150, behaviour=BUSY.changed("working.overtime", 0.0))
    free, unreleased = (busy_run(world, Policy().changed("market.released", r), 24).flow for r in (1.0, 0.0))
    share = [flow["worth"].sum() / flow["work_met"].sum() for flow in (free, unreleased)]
    assert share[1] < share[0]


def test_a_project_mixes_as_many_departments_and_families_as_its_people_have():
    world = lent()
    project = next(p for p in world.projects if p.used and p.taken >= 2 and p.poster != NONE)
    people = [world.staff[m] for m in project.members if m != NONE] + [world.staff[project.poster]]
    for person in people:
        person.department, person.family = 0, 0
    assert mix(project, world) == 0.0
    for number, person in enumerate(people):
        person.department = number
    assert mix(project, world) == 0.0  # many departments, one trade
    for number, person in enumerate(people):
        person.family = number
    assert mix(project, world) == pytest.approx(1.0)


def test_no_project_innovates_that_mixes_nobody():
    world = busy_world(80, behaviour=BUSY.changed("posting.innovation", 0.5))
    free = busy_run(world, months=24).flow["innovations"].sum()
    at_home = busy_run(world, Policy().changed("market.reach", "unit"), 24).flow["innovations"].sum()
    assert free > at_home


def test_people_pick_up_a_little_of_what_others_know_better(busy):
    """Over eight months each skill beyond the job once; job skills only up to what the job calls for."""
    world = copied(busy)
    one, other = world.staff[0], world.staff[1]
    one.skills[:], other.skills[:] = 0.0, 2.0
    for month in range(SKILLS):
        world.now.month = month
        before = one.skills.copy()
        picks_up(one, other, 0.5, world.now)
        assert (one.skills != before).sum() <= 1
    each = float(BUSY.working.spreading) * 0.5
    expected = [0.0 if uses(one.family, k) else each for k in range(SKILLS)]
    assert one.skills.tolist() == pytest.approx(expected)
    before = one.skills.copy()
    other.skills[:] = -3.0
    picks_up(one, other, 1.0, world.now)
    assert (one.skills == before).all()


def test_hours_and_needs_close_to_the_ninth_digit():
    """Three policies, each month of two years."""
    world = busy_world(60)
    for levers in ({}, {"market.released": 0.0, "managers.backfill": 1.0},
                   {"leadership.priority": "gaps", "leadership.listening": 0.5, "leadership.committee_every": 3}):
        policy = Policy()
        for lever, value in levers.items():
            policy = policy.changed(lever, value)
        for months in (1, 7, 24):
            assert not faults(busy_run(world, policy, months).world)
