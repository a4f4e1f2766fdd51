"""Requests and projects as a modeller sees them: who asks whom, what is waited for, who works on what."""

import pytest
from organizations import FORM, an_organization

from sim.agents import Project
from sim.codes import FREE
from sim.errors import ElbowroomError
from sim.judging import recruits


@pytest.fixture(scope="module")
def lived():
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


def all_requests(permission, months=14):
    """Every request that was seen pending, month by month, in what was waited for."""
    organization = an_organization(FORM.changed("market.permission", permission))
    for _ in range(months):
        organization.step()
        yield from ((organization, request) for request in organization.requests)


# Requests


def test_requests_say_who_asks_since_when_and_when_they_are_over():
    organization = an_organization(months=8)
    requests = organization.requests
    assert len(requests) == (organization.world.requests["stage"] != FREE).sum()
    assert all(r.asker.request == r.row and 0 <= r.months <= 4 for r in requests)
    assert all(r.asked + r.months == 8 for r in requests)
    organization.run_for(5)
    over = [r for r in requests if r not in organization.requests]
    assert over
    assert all(not r.is_pending and repr(r).endswith("over>") for r in over)
    with pytest.raises(ElbowroomError, match="answered, has expired or was overtaken"):
        _ = over[0].months


def test_a_request_is_given_up_when_its_time_is_over():
    organization = an_organization(months=8)
    seen = {}
    for _ in range(8):
        for request in organization.requests:
            assert request.expires_in + request.months == organization.setup.behaviour.permitting.expiry
            assert request.is_expired() == (request.expires_in == 0)
            seen[request] = request.expires_in
        organization.step()
    assert set(seen.values()) >= {1, 2}
    assert min(seen.values()) >= 0


@pytest.mark.parametrize(
    ("permission", "told"),
    [
        ("none", {"the request to be handled: nobody has to answer it"}),
        ("tickbox", {"the manager", "the request to be handled: nobody has to answer it"}),
        ("form", {"the manager"}), ("chain", {"the manager", "the manager above"}),
    ],
)  # fmt: skip
def test_requests_say_in_words_what_they_wait_for(permission, told):
    words = set()
    for _, request in all_requests(permission):
        words.add(request.waits_for)
        assert request.waits_for in repr(request)
        nobody = "nobody" in request.waits_for
        assert (request.answered_by is None) == nobody or "vacant" in request.waits_for or permission == "chain"
        assert not request.unasked or nobody
    assert words - {"the manager above, since the manager's post is vacant"} == told


def test_the_manager_above_is_the_managers_manager():
    found = 0
    for _, request in all_requests("chain"):
        if request.waits_for == "the manager above" and request.answered_by and request.asker.manager:
            assert request.answered_by is request.asker.manager.manager
            assert request.answered_by.approves_above(request) in (True, False)
            found += 1
    assert found


def test_while_the_market_is_closed_requests_wait_for_it():
    organization = an_organization(months=8)
    organization.policy = FORM.changed("market.open", False)
    assert {request.waits_for for request in organization.requests} == {"the market to open again"}


def test_a_verb_tells_which_requests_move_on_this_month():
    """A request whose next step is not taken stands where it stood, unless it was overtaken or given up."""
    organization, kept = an_organization(FORM.changed("market.permission", "chain"), months=4), 0
    for _ in range(8):
        stages = {r: int(r.record.stage) for r in organization.requests if not r.comes_through()}
        organization.step()
        for request in stages.keys() & set(organization.requests):
            assert int(request.record.stage) == stages[request]
            kept += 1
    assert kept > 3


def test_red_tape_takes_time():
    kinds = (FORM.changed("market.permission", kind) for kind in ("tickbox", "form"))
    quick, slow = (an_organization(policy, months=8).requests[0].mean_delay() for policy in kinds)
    assert 0 < quick < slow


# Projects


def test_projects_are_what_stands_on_the_market(lived):
    projects = lived.projects
    assert len(projects) == lived.world.projects["used"].sum() > 3
    for project in projects:
        assert project.record.used
        assert project.poster is None or project.poster.looks_after == project
        assert len(project.members) == project.record.taken <= project.places
        assert (project.started is None) == (project.record.joined == 0)
        assert project.is_open() == recruits(project.record, project.need, lived.world.now)
        assert project.share == project.need.share
        assert project.months > 0
        assert project.department_name in lived.roster.departments
        assert project.family_name in lived.roster.families


def test_people_and_their_projects_agree(lived):
    pairs = {(person, project) for person in lived.agents for project in person.works_on}
    assert pairs == {(person, project) for project in lived.projects for person in project.members}
    assert pairs
    assert {person for person, _ in pairs} == {person for person in lived.agents if person.time_away > 0}
    asking = {person.pending_request for person in lived.agents} - {None}
    assert asking == set(lived.requests) == {r for project in lived.projects for r in project.requests}


def test_a_project_that_is_over_says_so():
    organization = an_organization(months=8)
    before = organization.projects
    ending = {project for project in before if project.is_over()}
    organization.step()
    assert ending == {project for project in before if not project.is_there}
    assert ending
    over = ending.pop()
    assert repr(over).endswith("over>")
    with pytest.raises(ElbowroomError, match="is over"):
        _ = over.members


def test_nobody_may_join_their_own_posting_or_beyond_the_cap(lived):
    for project in lived.projects:
        if project.poster:
            assert not project.poster.may_join(project)
        for person in lived.agents:
            if person.may_join(project):
                assert person.room() >= project.share - 1e-9
                assert project not in person.works_on


def test_posters_see_what_is_shown_and_prefer_whom_they_know():
    organization = an_organization(months=8)
    project = next(project for project in organization.projects if project.poster)
    friends = [person for person in project.poster.acquaintances if project.need.places]
    fit, tie = organization.setup.behaviour.matching.fit, organization.setup.behaviour.matching.tie
    for person in friends:
        bonus = tie * person.tie_with(project.poster)
        assert project.suits(person) == pytest.approx(fit * (person.shown_fit(project) + bonus))
        assert bonus > 0
    stranger = next(p for p in organization.agents if p not in friends and p is not project.poster)
    assert project.suits(stranger) == pytest.approx(fit * stranger.shown_fit(project))
    stranger.skills = [-1.0] * 8
    before = project.suits(stranger)
    stranger.shown = [1.0] * 8
    stranger.skills = [3.0] * 8
    assert project.suits(stranger) > before


def test_the_same_project_is_equal_and_another_is_not(lived):
    assert lived.projects == lived.projects
    assert len(set(lived.projects) | set(lived.projects)) == len(lived.projects)
    assert lived.projects[0] != lived.projects[1]
    assert isinstance(lived.projects[0], Project)
