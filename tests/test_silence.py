"""Silence: who could ask and does not, and which barrier alone would explain it."""

import numpy as np
import pytest
from conftest import BUSY, busy_run, busy_world
from organizations import an_organization, first

from sim.mechanisms.asking import asks, courage, missing, motives, silencers, stays_silent
from sim.records import NONE
from sim.settings import Policy
from sim.tallies import Flow
from sim.world import copied

REASONS = ("rationalized", "refusal", "rejection", "tape", "strain")


def told(world, employee):
    flow = Flow.rows(1)[0]
    stays_silent(employee, world.units[employee.unit], world.now, flow)
    return {reason: bool(flow[f"silent_{reason}"]) for reason in (*REASONS, "anyway")}


def without(reason, employee, now):
    """The same person on the same day, with one barrier gone."""
    if reason == "rationalized":
        employee.rationalization = 0.0
    elif reason == "refusal":
        employee.expected_support = 1.0
    elif reason == "rejection":
        employee.odds = 1.0
    elif reason == "tape":
        now.policy.market.permission = 0
    else:
        employee.stress, employee.time_away = float(now.behaviour.straining.stress_rest), 0.0


@pytest.mark.parametrize("reason", REASONS)
def test_a_barrier_explains_silence_if_without_it_the_same_person_would_have_asked(reason):
    """Everybody in an organization at month 10, each of them with the same luck twice."""
    run = busy_run(busy_world(150, behaviour=BUSY.changed("asking.habit", -2.0)), months=10)
    explained = 0
    for row in np.flatnonzero(run.world.staff["person"] != NONE).tolist():
        world = copied(run.world)
        employee = world.staff[row]
        unit = world.units[employee.unit]
        if asks(employee, unit, world.now):
            continue
        said = told(world, employee)[reason]
        without(reason, employee, world.now)
        assert said == bool(asks(employee, unit, world.now))
        explained += said
    assert explained > 0


def test_courage_falls_short_by_what_is_missing(busy):
    world = copied(busy)
    for employee in world.staff[world.staff["person"] != NONE][:20]:
        unit = world.units[employee.unit]
        assert bool(asks(employee, unit, world.now)) == (missing(employee, unit, world.now) < 0)


def test_every_silent_month_is_explained_by_some_barrier_or_by_none():
    flow = busy_run(busy_world(150), Policy().changed("market.permission", "form"), 24).flow
    silent = flow["silent"]
    parts = np.array([flow[f"silent_{reason}"] for reason in REASONS])
    assert silent.sum() > 50
    assert (parts <= silent).all()
    assert (parts.max(axis=0) + flow["silent_anyway"] <= silent).all()
    assert (parts.sum(axis=0) + flow["silent_anyway"] >= silent).all()


def test_a_barrier_takes_off_what_it_says(busy):
    """Courage without a barrier is courage plus what the barrier takes off."""
    world = copied(busy)
    employee = world.staff[np.flatnonzero(world.staff["person"] != NONE)[3]]
    employee.rationalization, employee.latent, employee.stress = 0.6, 0.5, 0.6
    world.now.policy.market.permission = 2
    world.now.policy.market.open = True
    unit = world.units[employee.unit]
    before, cost = courage(motives(employee, unit, world.now)), silencers(employee, unit, world.now)
    for reason in REASONS:
        other = copied(world)
        same = other.staff[np.flatnonzero(world.staff["person"] == employee.person)[0]]
        without(reason, same, other.now)
        after = courage(motives(same, unit, other.now))
        assert after == pytest.approx(before + getattr(cost, reason))


def test_a_person_tells_what_keeps_them_silent():
    organization = an_organization(months=3)
    person = first(organization.agents)
    assert person.silencers()._fields == REASONS
    assert person.silencers().refusal >= 0
