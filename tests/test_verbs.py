"""Verbs call the rules one by one: what people, managers, requests and projects answer, without changing anything."""

import inspect

import numpy as np
import pytest
from conftest import BUSY, same
from organizations import FORM, SMALL, an_organization, pending

from sim.agents import Leadership, MiddleManager, Project, Request
from sim.building import set_policy
from sim.codes import PERMITTED, QUITS
from sim.errors import ElbowroomError
from sim.judging import log_odds, sigma
from sim.mechanisms.asking import asks, courage, is_made
from sim.mechanisms.leaving import departs
from sim.mechanisms.noticing import strength
from sim.mechanisms.posting import may_post
from sim.organization import Organization
from sim.records import NONE
from sim.records import Request as Record
from sim.replacing import Rules
from sim.settings import Policy, Switches
from sim.world import copied

MESA = {"step", "advance", "remove", "over", "columns", "cells", "create_agents", "from_dataframe"}
ACTS = {"renews"}


@pytest.fixture(scope="module")
def lived() -> Organization:
    """Eight months of a busy organization, with requests that wait for an answer: to be looked at only."""
    organization = an_organization(months=8)
    assert pending(organization)
    return organization


def verbs(kind) -> dict[str, list[str]]:
    """The asking verbs of a kind of face, and what each is given."""
    found = {}
    for name, verb in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_") and name not in MESA | ACTS:
            found[name] = list(inspect.signature(verb).parameters)[1:]
    return found


def everything(organization):
    """Every asking verb of everybody that can be asked now, with what each may be given."""
    managers = [a for a in organization.agents if isinstance(a, MiddleManager)]
    some = {"project": organization.projects[:3], "other": organization.agents, "manager": managers[:3]}
    for face in [*organization.agents, *organization.projects, *organization.requests, organization.leadership]:
        for name, given in verbs(type(face)).items():
            if not given:
                yield name, getattr(face, name)()
            elif given[0] in some:
                yield from ((name, getattr(face, name)(thing)) for thing in some[given[0]])
    for project in organization.projects:
        yield from (("suits", project.suits(person)) for person in organization.agents)
    for manager in managers:
        for person in manager.team:
            yield "approves_posting", manager.approves_posting(person)
            yield "p_approves", manager.p_approves(person)
    for request in organization.requests:
        manager = request.answered_by
        if request.waits_for == "the manager above":
            yield "approves_above", manager and manager.approves_above(request)
        elif manager:
            yield from (("approves", manager.approves(request)), ("reasons", manager.reasons(request)))


@pytest.mark.parametrize("permission", ["form", "chain"])
def test_asking_everybody_everything_changes_nothing(permission):
    policy = FORM.changed("market.permission", permission)
    quiet, asked, answered = an_organization(policy), an_organization(policy), set()
    for month in range(8):
        before = copied(asked.world)
        answered |= {name for name, _ in everything(asked)} if month > 4 else set()
        assert same(before, asked.world)
        quiet.step(), asked.step()
    assert same(quiet.world, asked.world)
    expected = {name for kind in (MiddleManager, Project, Request, Leadership) for name in verbs(kind)}
    assert len(expected) > 35
    assert expected - answered <= {"approves_above"}
    assert permission == "form" or "approves_above" in answered


def test_every_verb_says_what_it_answers():
    for kind in (MiddleManager, Project, Request, Leadership):
        for name in verbs(kind):
            assert getattr(kind, name).__doc__, name


# Asking


def test_probabilities_are_probabilities(lived):
    for person in lived.agents:
        assert all(0 < p < 1 for p in (person.p_asks(), person.leaving_hazard()))
        assert all(0 <= x <= 1 for x in (person.expresses(), person.plateau(), person.crafted()))
    assert all(0 < manager.p_approves(request) < 1 for request, manager in pending(lived))


def test_whether_somebody_asks_is_drawn_with_their_probability():
    """Over many months, the person and all else held fixed."""
    organization = an_organization(months=4)
    now, n = organization.world.now, 1500
    for person in list(organization.agents)[:3]:
        p, yes = person.p_asks(), 0
        month = int(now.month)
        for later in range(n):
            now.month = month + later
            yes += person.asks()
        now.month = month
        assert abs(yes / n - p) < 4 * np.sqrt(p * (1 - p) / n) + 1e-9
        assert person.asks() == asks(person.record, person.own_unit, now)


def test_the_terms_of_asking_add_up_to_its_probability(lived):
    person = list(lived.agents)[3]
    assert person.p_asks() == pytest.approx(sigma(sum(person.motives())))
    assert person.motives().desire == pytest.approx(2 * person.expresses())
    assert person.expresses() == person.latent * (1 - person.rationalization)


def test_those_whom_a_verb_says_to_leave_are_those_who_leave():
    """By tenure and age, that is: what somebody lives through in the month to come may change their mind."""
    organization, told, left = an_organization(switches=Switches(restlessness=False)), 0, 0
    for _ in range(6):
        leaving = {person for person in organization.agents if person.leaves()}
        here = set(organization.agents)
        organization.step()
        assert {person for person in here if not person.is_here} == leaving
        told += len(leaving)
        left += organization.turnover > 0
    assert told > 2
    assert left > 1


def test_the_month_after_people_ask_for_what_draws_them():
    """What somebody asks for is at least as interesting as the threshold, by the terms as they stood."""
    organization = an_organization(FORM, months=6)
    asked = 0
    for _ in range(6):
        old = set(organization.requests)
        organization.step()
        for request in set(organization.requests) - old:
            person, terms = request.asker, request.asker.interest_in(request.project)
            assert sum(terms) == pytest.approx(strength(terms))
            assert person.interest >= organization.setup.behaviour.noticing.threshold
            assert terms.trust == pytest.approx(
                organization.setup.behaviour.noticing.tie * person.tie_with(request.project.poster)
            )
            elsewhere = request.project.department_name != person.department_name
            assert (terms.contacts > 0) == elsewhere
            asked += 1 if elsewhere else 100
    assert asked % 100 > 2
    assert asked > 200


def test_a_replaced_rule_answers_too():
    def shy(motives):
        return courage(motives) - 3.0

    ours, theirs = an_organization(), an_organization(rules=Rules({courage: shy}))
    one, other = ours.face(9), theirs.face(9)
    assert one.motives() == other.motives()
    assert other.p_asks() == pytest.approx(sigma(courage(one.motives()) - 3.0))
    ours.run_for(6), theirs.run_for(6)
    assert theirs.measures().asks.sum() < ours.measures().asks.sum()


# Managers


def test_the_terms_of_a_managers_answer_add_up_to_it():
    """Over many requests that differ in nothing but their key."""
    organization, n = an_organization(months=8), 3000
    for request, manager in pending(organization)[:3]:
        terms = manager.reasons(request)
        assert sum(terms) == pytest.approx(log_odds(terms))
        assert terms == manager.reasons(request.asker)
        p = manager.p_approves(request)
        assert p == pytest.approx(1 / (1 + np.exp(-sum(terms))))
        yes, record = 0, request.record
        for key in range(n):
            record.key = request.key = key
            yes += manager.approves(request)
        assert abs(yes / n - p) < 4 * np.sqrt(p * (1 - p) / n)


def test_a_managers_answer_follows_the_traits_of_the_post():
    organization = an_organization(months=8)
    request, manager = pending(organization)[0]
    before = manager.p_approves(request)
    manager.post.development = 0.0
    assert manager.p_approves(request) < before


def test_a_manager_answers_only_for_their_own_people(lived):
    request, manager = pending(lived)[0]
    other = next(m for m in lived.agents_by_type[MiddleManager] if m is not manager and m is not manager.manager)
    for verb in (other.p_approves, other.reasons, other.approves, other.approves_above):
        with pytest.raises(ElbowroomError, match=r"not by one of the people|just below"):
            verb(request)
    with pytest.raises(ElbowroomError, match="not by one of the people"):
        other.approves_posting(request.asker)


def test_while_a_post_is_vacant_the_manager_above_answers():
    organization = an_organization(months=8)
    request, manager = next((r, m) for r, m in pending(organization) if m.manager is not m)
    above = manager.manager
    assert request.answered_by is manager
    assert request.waits_for == "the manager"
    with pytest.raises(ElbowroomError, match="not by one of the people"):
        above.p_approves(request)
    departs(manager.row, QUITS, organization.world)
    assert request.answered_by is above
    assert request.waits_for == "the manager above, since the manager's post is vacant"
    assert 0 < above.p_approves(request) < 1
    assert above.approves_posting(request.asker) == may_post(request.asker.record, above.post, organization.world.now)


@pytest.mark.parametrize("permission", ["none", "tickbox", "form", "chain"])
def test_the_head_needs_nobodys_yes(permission):
    world = copied(an_organization(rng=12).world)
    assert world.units["manager"][0] != NONE
    set_policy(world, Policy().changed("market.permission", permission))
    head = world.staff[int(world.units["manager"][0])]
    report = world.staff[int(world.seats["holder"][1])]
    request = Record.rows(1)[0]
    is_made(request, head, 0, world.needs[0], world.now)
    assert request.stage == PERMITTED
    is_made(request, report, 1, world.needs[0], world.now)
    assert request.stage != PERMITTED


# Leadership


def test_leadership_may_speak_up_at_any_time():
    organization = an_organization(months=6)
    leadership = organization.leadership
    assert isinstance(leadership, Leadership)
    before = leadership.signal
    heard = organization.world.units["heard"].mean()
    assert leadership.renews() == leadership.signal > before
    assert leadership.renewals > 1
    organization.step()
    assert organization.world.units["heard"].mean() > heard


def test_leadership_tells_when_its_calendar_calls():
    organization = Organization(SMALL, FORM.changed("leadership.committee_every", 3), BUSY, rng=3)
    told = []
    for _ in range(7):
        told.append(organization.leadership.is_renewed())
        organization.step()
    assert told == [True, False, False, True, False, False, True]
    organization.leadership.signal = 0.25
    assert organization.world.leadership[0].signal == 0.25
