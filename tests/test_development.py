"""Training in what is short, what leadership's priority serves first, and rotation from above."""

import numpy as np
import pytest
from conftest import BUSY, busy_run, busy_world, same

from sim.measures import monthly
from sim.mechanisms.rotating import rotating
from sim.records import NONE
from sim.settings import Policy
from sim.skills import seen_skill, uses
from sim.testing import faults
from sim.training import certificates_age, skill_to_train, trains
from sim.world import copied, with_tallies

UPSKILLING, PRIORITY, ROTATION = "development.upskilling", "leadership.priority", "vacancies.rotation_every"


def people(world):
    return [row for row in range(len(world.staff)) if world.staff["person"][row] != NONE]


def one_month(world, **levers):
    policy = Policy()
    for name, value in levers.items():
        policy = policy.changed(name.replace("_", ".", 1), value)
    return busy_run(world, policy, 1)


# What is short


def test_what_is_short_is_what_needs_and_vacant_seats_call_for_and_few_show():
    before = busy_world(120)
    executive = one_month(before).world.leadership[0]
    called, offered = np.zeros(8), np.zeros(8)
    for need in before.needs[before.needs["used"]]:
        called[need.skills[: need.calls]] += 1
    vacant = (before.seats["holder"] == NONE) & ~before.seats["closed"]
    for k in range(8):
        called[k] += sum(uses(int(f), k) for f in before.seats["family"][vacant])
        offered[k] = sum(seen_skill(before.staff[r], k, before.now) >= BUSY.posting.level for r in people(before))
    assert vacant.sum() > 0
    assert executive.called.tolist() == called.tolist()
    assert executive.offered.tolist() == offered.tolist()
    assert set(executive.gaps.tolist()) == set(np.argsort(-called / (1 + offered))[:2].tolist())
    families, planned = before.seats["family"], ~before.seats["closed"]
    shares = {f: vacant[families == f].sum() / planned[families == f].sum() for f in set(families.tolist())}
    assert shares[int(executive.short_family)] == max(shares.values())


def test_gaps_are_found_without_a_market_from_the_first_needs_on():
    assert (busy_world(burn=3).leadership[0].gaps != NONE).all()


def test_coverage_is_what_people_show_of_the_gaps():
    run = busy_run(busy_world(120), months=14)
    world = run.world
    gaps = [int(k) for k in world.leadership[0].gaps]
    shown = [seen_skill(world.staff[r], k, world.now) >= BUSY.posting.level for r in people(world) for k in gaps]
    assert monthly(run)["gap_coverage"].iloc[-1] == pytest.approx(np.mean(shown))
    in_family = world.seats[(world.seats["family"] == world.leadership[0].short_family) & ~world.seats["closed"]]
    assert monthly(run)["short_coverage"].iloc[-1] == pytest.approx(np.mean(in_family["holder"] != NONE))


# Training


def test_training_takes_time_from_the_job_and_adds_to_no_load(busy):
    without, with_it = (one_month(busy, development_upskilling=u).world for u in (0.0, 0.1))
    one, other = (world.staff[people(world)] for world in (without, with_it))
    assert (one["load"] == other["load"]).all()
    assert (one["trained"] == 0).all()
    assert other["trained"].mean() > 0.05
    assert one["core_done"] - other["core_done"] == pytest.approx(other["trained"])
    assert not faults(with_it)


def test_without_upskilling_nothing_about_training_matters(busy):
    """What training would teach and show may be anything: not a bit changes."""
    other = copied(busy)
    other.now.behaviour.training.level, other.now.behaviour.training.certificate = 0.5, 8.0
    other.now.behaviour.training.shown, other.now.behaviour.training.first = 0.95, 4.0
    policy = Policy().changed(UPSKILLING, 0.0)
    assert same(busy_run(busy, policy).world, busy_run(other, policy).world)
    assert not same(busy_run(busy).world, busy_run(other).world)


def test_people_train_the_gap_that_they_are_nearest_to_and_do_not_show(busy):
    world = copied(busy)
    person, executive = world.staff[0], world.leadership[0]
    one, two = (int(k) for k in executive.gaps)
    person.overstated[:], person.shown[:], person.skills[:] = 0.0, 1.0, -1.0
    person.skills[one], person.skills[two] = -0.2, 0.1
    assert skill_to_train(person, executive, world.now) == two
    person.skills[two] = 2.0
    assert skill_to_train(person, executive, world.now) == one
    person.skills[one] = 2.0
    assert skill_to_train(person, executive, world.now) == NONE
    person.shown[one] = 0.0  # others do not know
    assert skill_to_train(person, executive, world.now) == one


def test_certificates_show_a_part_and_age_and_what_was_seen_in_use_stays(busy):
    world = copied(busy)
    person, b = world.staff[0], world.now.behaviour.training
    person.shown[0], person.shown[1], person.skills[0] = 0.0, 1.0, -0.5
    person.fte, person.trained = 1.0, float(b.certificate) / 160
    trains(person, 0, world.now)
    assert person.shown[0] == pytest.approx(b.shown)
    assert person.skills[0] > -0.5
    trains(person, 0, world.now)
    assert person.shown[0] == pytest.approx(b.shown)
    certificates_age(person, 0.5)
    assert person.shown[:2].tolist() == pytest.approx([b.shown / 2, 1.0])


# Priority


def test_a_priority_gives_training_to_those_who_are_near_and_takes_no_more_of_it():
    """The same time in the month of the count (2 %: newcomers and overtime)."""
    world, levers = busy_world(150), {"development_upskilling": 0.05, "market_open": False}
    plain, first = (one_month(world, leadership_priority=p, **levers).world for p in ("none", "gaps"))
    trained = [w.staff["trained"][people(w)] for w in (plain, first)]
    assert trained[1].sum() == pytest.approx(trained[0].sum(), rel=0.02)
    assert trained[0].max() <= 0.05 < trained[1].max()


def test_vacancies_of_the_short_family_are_urgent_and_advertised():
    policy = Policy().changed(PRIORITY, "vacancies").changed("vacancies.posted", 0.0)
    run = busy_run(busy_world(150), policy, 11).world
    new = (run.seats["holder"] == NONE) & run.seats["asked"] & ~run.seats["closed"] & (run.seats["opened"] >= 0)
    first = run.seats["family"] == run.leadership[0].short_family
    assert (new & first).sum() > 0
    assert run.seats["urgent"][new & first].all()
    assert run.seats["posted"][new & first].all()


def test_no_priority_serves_nobody_first(busy):
    """A family that is short makes no difference then."""
    other = copied(busy)
    other.leadership.short_family = 3
    assert same(busy_run(busy).world, busy_run(other).world)


# Rotation


def rotated(world, every):
    moved = with_tallies(copied(world), 1, 0)
    moved.now.policy = Policy().changed(ROTATION, every).row()
    rotating(moved)
    return moved


def of_person(world, name):
    """Something about each person's seat, by the person's key."""
    return {int(world.staff["person"][r]): int(world.seats[name][world.staff["seat"][r]]) for r in people(world)}


def test_rotation_exchanges_people_of_one_grade_between_units():
    before = busy_world(200, burn=30)
    after = rotated(before, 12)
    seats, grades, units = (of_person(before, name) for name in ("number", "grade", "unit"))
    new_seats, new_grades, new_units = (of_person(after, name) for name in ("number", "grade", "unit"))
    moved = [person for person in seats if new_seats[person] != seats[person]]
    assert len(moved) > 6
    assert len(moved) % 2 == 0
    assert new_grades == grades
    assert all(units[person] != new_units[person] for person in moved)
    rows = {int(before.staff["person"][r]): before.staff[r] for r in people(before)}
    assert all(before.now.month - rows[p].since >= 12 and rows[p].leads == NONE for p in moved)
    assert not faults(after)


def test_nobody_is_rotated_unless_leadership_says_so(busy):
    assert same(rotated(busy, 0), with_tallies(copied(busy), 1, 0))
    assert busy_run(busy, months=6).flow["rotated"].sum() == 0


def test_whoever_is_due_is_moved_within_the_year():
    """With a mean of six months 89 % have had a turn after twelve; a few find nobody to change with."""
    run = busy_run(busy_world(400, burn=30), Policy().changed(ROTATION, 36), 13)
    staff = run.world.staff[people(run.world)]
    due = (staff["leads"] == NONE) & (staff["goal"] == NONE) & (run.world.now.month - staff["since"] > 48)
    assert due.sum() < 0.25 * len(staff)
    assert run.flow["rotated"].sum() > 40
