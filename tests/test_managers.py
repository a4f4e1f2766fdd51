"""Managers: what they live through moves how they are and what they answer; leadership listens, insists, rewards."""

from itertools import pairwise

import numpy as np
import pytest
from conftest import BUSY, busy_run, busy_world
from organizations import an_organization

from sim.judging import log_odds, reasons
from sim.measures.frames import monthly
from sim.mechanisms.learning import Influences, moved, on_hoarding, on_support
from sim.mechanisms.working import is_in_committee
from sim.records import NONE
from sim.running import forked
from sim.settings import STATUS_QUO, Behaviour, Policy, Switches
from sim.teams import feels_pressure, gains_experience
from sim.world import copied

STILL = Influences(0.0, 0.0, 0.0, 0.0, 0.0)


def led(world):
    """Units with a manager, and their managers."""
    units = world.units[world.units["manager"] != NONE]
    return units, world.staff[units["manager"]]


# Culture


def test_culture_stands_still_where_nothing_pulls():
    """Without targets, signal and market every manager is as they were born, through 10 years of turnover."""
    world = busy_world(120, burn=120, switches=Switches(targets=False))
    units, managers = led(forked(world, STATUS_QUO, 36, keep=True).world)
    assert units["development"] == pytest.approx(managers["development_trait"], abs=1e-12)
    assert units["hoarding"] == pytest.approx(managers["hoarding_trait"], abs=1e-12)
    assert (world.staff["hired"][world.staff["person"] != NONE] > -120).any()


def test_under_the_status_quo_culture_hardly_drifts():
    """Targets pull a little, and one way and the other: no more than .01 of the scale in five years, on average.

    Twelve organizations: the mean shift has a standard error of about .0005, so chance fails this never.
    """
    shifts = []
    for seed in range(12):
        world = busy_world(150, seed=seed, behaviour=Behaviour(), burn=60)
        units, managers = led(forked(world, STATUS_QUO, 60, keep=True).world)
        shifts.append((units["development"] - managers["development_trait"]).mean())
    assert abs(np.mean(shifts)) < 0.01


def test_traits_go_towards_a_target_and_never_beyond(busy):
    pulled = Influences(0.8, 0.0, 0.0, 0.0, 0.0)
    path = [0.4]
    for _ in range(400):
        path.append(float(moved(path[-1], 0.4, pulled, busy.now)))
    target = 1 / (1 + np.exp(-(np.log(0.4 / 0.6) + 0.8)))
    assert all(a < b for a, b in pairwise(path[:50]))
    assert path[-1] == pytest.approx(target, abs=1e-6)
    assert moved(0.4, 0.4, STILL, busy.now) == pytest.approx(0.4, abs=1e-12)


@pytest.mark.parametrize("innate", [0.0, 1.0])
def test_somebody_born_at_the_end_of_the_scale_stays_on_it(busy, innate):
    assert 0 <= moved(innate, innate, Influences(5.0, 0.0, 1.0, 0.0, 1.0), busy.now) <= 1


def test_what_a_manager_lives_through_moves_support_one_way_and_hoarding_the_other(busy):
    world = copied(busy)
    unit, department, now = world.units[1], world.departments[int(world.units[1].department)], world.now
    department.development_shift = department.hoarding_shift = 0.0
    unit.heard, unit.experience, unit.pressure, unit.usual_pressure = 0.5, 0.4, 0.3, 0.1
    now.policy.managers.export_reward = 1.0
    support, hoarding = on_support(unit, department, now), on_hoarding(unit, department, now)
    assert support.signal > 0
    assert support.experience > 0
    assert support.pressure < 0
    assert support.reward == 0
    assert hoarding.signal < 0
    assert hoarding.experience < 0
    assert hoarding.pressure > 0
    assert hoarding.reward < 0
    department.hoarding_shift = -0.1
    assert on_hoarding(unit, department, now).fellows < 0


def test_a_new_manager_brings_innate_traits_and_no_experience():
    world = busy_world(150)
    before = {int(u.number): int(world.staff[u.manager].person) for u in world.units if u.manager != NONE}
    run = busy_run(world, Policy().changed("managers.export_reward", 1.0), months=1)
    for policy_months in range(2, 14):
        after = busy_run(world, Policy().changed("managers.export_reward", 1.0), months=policy_months).world
        units, managers = led(after)
        new = managers["hired"] == policy_months - 1
        if new.any():
            one = np.flatnonzero(new)[0]
            assert before.get(int(units["number"][one])) != int(managers["person"][one])
            assert units["experience"][one] == 0.0
            step = abs(units["hoarding"][one] - managers["hoarding_trait"][one])
            assert step < float(BUSY.culture.pace)  # one month of influence at most
            break
    else:
        pytest.fail("no new manager in a year")
    assert run.world is not None


# Targets


def test_missing_the_target_presses_as_far_as_leadership_insists(busy):
    def pressure(delivered, emphasis):
        world = copied(busy)
        unit = world.units[1]
        unit.target, unit.pressure, unit.delivered = 1.0, 0.0, delivered * unit.seats
        world.now.policy.leadership.target_emphasis = emphasis
        feels_pressure(unit, world.now)
        return float(unit.pressure)

    assert pressure(0.9, 1.0) == pytest.approx(0.3 * 0.4)
    assert pressure(0.9, 0.5) == pytest.approx(0.3 * 0.2)
    assert pressure(0.5, 1.0) == pytest.approx(0.3)
    assert pressure(1.1, 1.0) == 0.0
    assert pressure(0.5, 0.0) == 0.0


def test_targets_are_what_units_delivered_in_the_burn_in_and_stay_after_it():
    world = busy_world(150, burn=60)
    assert (world.units["target"] > 0.5).all()
    later = busy_run(world, months=12).world
    assert later.units["target"].tolist() == world.units["target"].tolist()
    assert later.units["usual_pressure"].tolist() == world.units["usual_pressure"].tolist()
    delivered = np.bincount(later.staff["unit"][later.staff["person"] != NONE], minlength=len(later.units))
    assert (later.units["delivered"][delivered == 0] == 0).all()


# Experience


def test_lending_is_judged_by_what_it_brings_and_what_is_missed(busy):
    def experience(learned, away, backfill=0.0, participants=1):
        world = copied(busy)
        unit = world.units[1]
        unit.experience, unit.learned, unit.away, unit.heads, unit.participants = 0.0, learned, away, 7, participants
        world.now.policy.managers.backfill = backfill
        gains_experience(unit, world.now)
        return float(unit.experience)

    assert experience(0.3, 0.1) > 0 > experience(0.0, 0.1)
    assert experience(0.0, 1.0) < experience(0.0, 0.1)
    assert experience(0.0, 0.5, backfill=1.0) == 0.0
    assert experience(0.3, 0.1, participants=0) == 0.0  # who never lends never learns


# Rewards, backfill, listening, committee


def test_each_term_of_the_answer_points_where_it_should(busy):
    world = copied(busy)
    unit, now = world.units[1], world.now

    def odds():
        return float(log_odds(reasons(unit, 1.0, now)))

    start = odds()
    now.policy.managers.export_reward = 1.0
    assert odds() == pytest.approx(start + float(now.behaviour.permitting.reward))
    now.policy.managers.export_reward = 0.0
    unit.experience += 0.5
    assert odds() > start
    unit.experience -= 0.5
    unit.pressure += 0.5
    assert odds() < start
    unit.pressure -= 0.5
    unit.away, unit.heads = 2.0, 7
    lent = odds()
    now.policy.managers.backfill = 1.0
    assert odds() > lent


def test_backfill_gives_the_team_back_what_it_lends():
    world = busy_world(150)
    without, backed = (busy_run(world, Policy().changed("managers.backfill", x)) for x in (0.0, 1.0))
    assert backed.census["output"][0, 0] > without.census["output"][0, 0] or backed.flow["joined"][0] == 0
    assert backed.census["output"][:, 0].sum() > without.census["output"][:, 0].sum()


def test_whoever_is_heard_in_vain_expects_less_and_whoever_is_heeded_expects_more():
    def support(listening):
        worlds = [busy_world(100, seed=seed) for seed in range(4)]
        runs = [busy_run(world, Policy().changed("leadership.listening", listening), 24) for world in worlds]
        return np.mean([monthly(run)["expected_support"].iloc[-12:].mean() for run in runs])

    ignored, unheard, heeded = support(1e-9), support(0.0), support(1.0)
    assert ignored < unheard < heeded


def test_people_are_heard_twice_a_year_and_in_the_share_of_units_that_leadership_attends_to():
    world = busy_world(400)
    for month in range(1, 13):
        units = busy_run(world, Policy().changed("leadership.listening", 0.5), month).world.units
        if month in (7, 13):  # the month that was last lived is the sixth, the twelfth
            assert 0.2 < (units["listened"] == 1).mean() < 0.8
            assert (units["listened"] != 0).all()
        else:
            assert (units["listened"] == 0).all()


def test_the_committee_is_the_head_and_those_who_report_to_the_head(busy):
    members = [e for e in busy.staff if e.person != NONE and is_in_committee(e, busy.units[e.unit])]
    assert {int(m.unit) for m in members} == {0}
    assert all(m.leads != NONE for m in members)
    run = busy_run(busy, Policy().changed("leadership.committee_every", 3), 7)
    effort = float(BUSY.signalling.committee_effort)
    assert run.flow["committee"][[0, 1, 2, 4, 5]].tolist() == [0.0] * 5
    assert run.flow["committee"][3] == pytest.approx(effort * len(members), rel=0.5)
    silent = Policy().changed("leadership.committee_every", 3).changed("leadership.signal", 0.0)
    assert busy_run(busy, silent, 7).flow["committee"].sum() == 0


def test_priority_posts_the_needs_that_call_for_gaps_first():
    """Eight organizations, paired: met needs among those that call for a skill in short supply."""
    gains = []
    for seed in range(8):
        world = busy_world(150, seed=seed, behaviour=BUSY.changed("posting.habit", -3.0))
        plain, first = (busy_run(world, Policy().changed("leadership.priority", p), 36) for p in ("none", "gaps"))
        share = [run.flow["met_gap"].sum() / run.flow["closed_gap"].sum() for run in (plain, first)]
        gains.append(share[1] - share[0])
    assert np.mean(gains) > 2 * np.std(gains, ddof=1) / np.sqrt(len(gains))


def test_managers_tell_what_moves_them():
    organization = an_organization(months=8)
    manager = next(a for a in organization.agents if type(a).__name__ == "MiddleManager")
    told = on_hoarding.explain(manager)
    assert told.terms[0].values["signal"] == pytest.approx(-0.8 * manager.post.heard)
    assert "behaviour.culture.fellows" in told.settings
