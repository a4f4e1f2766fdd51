"""Who gets which place: posters choose, both sides rank, or a central office assigns."""

from copy import deepcopy
from itertools import product

import numpy as np
import pytest
from conftest import BUSY, busy_run, python, same
from hypothesis import given
from hypothesis import strategies as st
from organizations import an_organization

from sim import assigning
from sim.assigning import assigns, best_assignment
from sim.building import set_policy
from sim.codes import PERMITTED
from sim.draws import Decision, lasting, lasting_normal
from sim.errors import ElbowroomError
from sim.judging import recruits
from sim.mechanisms.matching import matching, suits_poster, takes_offer
from sim.month import PHASES
from sim.records import NEVER, NONE, SKILLS, Employee, Request
from sim.replacing import OURS
from sim.running import Setup, live
from sim.settings import OrganizationSpec, Policy
from sim.skills import claims, seen_skill, shown_fit
from sim.studies.replicates import Arm, replicates
from sim.tables import new_need, new_project, new_request
from sim.testing import faults, flow_faults
from sim.time_cap import may_join
from sim.world import copied, enlarged, fits, with_longer_tallies, with_tallies

DEFERRED = (
    Policy().changed("market.matching", "deferred_acceptance").changed("market.visibility", 1.0)
    .changed("market.time_cap", 0.5).changed("market.profiles", 0.6)
)
CENTRAL = DEFERRED.changed("market.matching", "central")
CHOSEN = DEFERRED.changed("market.matching", "poster_choice")


def lived_to_matching(world, policy, months):
    """A world month by month, handed out before and after its phase of matching."""
    world = with_tallies(copied(world), months, 0)
    set_policy(world, policy)
    for month in range(months):
        while not fits(world):
            world = enlarged(world)
        world.now.month = month
        for phase in PHASES:
            if phase is matching:
                yield world, False
            phase(world)
            if phase is matching:
                yield world, True


# Poster's choice


@pytest.mark.parametrize("permission", ["none", "form"])
def test_a_poster_with_places_left_takes_everybody_who_may_come(busy, permission):
    """Nobody with permission is left waiting by a project that still takes people."""
    policy, before, chosen_together = CHOSEN.changed("market.permission", permission), None, 0
    for world, settled in lived_to_matching(busy, policy, 24):
        if not settled:
            before = world.projects.joined.copy()
            continue
        chosen_together += int((world.projects.joined - before > 1).sum())
        for request in world.requests[: world.counts[0].requests]:
            project = world.projects[request.project]
            waits = request.stage == PERMITTED
            assert not (waits and recruits(project, world.needs[project.need], world.now))
    assert chosen_together > 5


# Deferred acceptance


class Sides:
    """Both sides of a market: who asks for what, in which order, and whom posters prefer."""

    def __init__(self, world):
        self.lists, self.liking, self.free = {}, {}, {}
        for row in range(world.counts[0].requests):
            request = world.requests[row]
            if request.stage == PERMITTED:
                self.adds(request, world)

    def adds(self, request, world):
        asker, self.lists[int(request.asker)] = world.staff[request.asker], []
        for p in (int(p) for p in (request.project, *request.others) if p != NONE):
            project, need = world.projects[p], world.needs[world.projects[p].need]
            if recruits(project, need, world.now) and may_join(asker, need.share, world.now):
                self.lists[int(request.asker)].append(p)
                self.free[p] = int(need.places - project.joined)
                score = float(suits_poster(request, project, need, world))
                self.liking[int(request.asker), p] = (score, int(request.key))

    def got(self, world):
        """Who got what, of those who asked."""
        found = {}
        for asker, wanted in self.lists.items():
            found[asker] = next((p for p in wanted if p in world.staff["projects"][asker]), NONE)
        return found

    def blocking(self, got):
        """Pairs of an asker and a project that would both rather have one another than what they got."""
        members = {p: [a for a, q in got.items() if q == p] for p in self.free}
        pairs = []
        for asker, wanted in self.lists.items():
            for p in wanted[: wanted.index(got[asker]) if got[asker] != NONE else None]:
                room = len(members[p]) < self.free[p]
                if room or any(self.liking[m, p] < self.liking[asker, p] for m in members[p]):
                    pairs.append((asker, p))
        return pairs

    def all_stable(self):
        """Every way of giving out places without a blocking pair."""
        for choices in product(*([*wanted, NONE] for wanted in self.lists.values())):
            got = dict(zip(self.lists, choices, strict=True))
            if all(choices.count(p) <= free for p, free in self.free.items()) and not self.blocking(got):
                yield got


@pytest.mark.parametrize("permission", ["none", "tickbox", "form", "chain"])
def test_under_deferred_acceptance_no_pair_would_rather_have_one_another(busy, permission):
    sides, several, competed = None, 0, 0
    for world, settled in lived_to_matching(busy, DEFERRED.changed("market.permission", permission), 24):
        if not settled:
            sides = Sides(world)
            several += sum(len(wanted) > 1 for wanted in sides.lists.values())
        else:
            got = sides.got(world)
            assert not sides.blocking(got)
            competed += sum(got[a] != wanted[0] for a, wanted in sides.lists.items() if wanted)
    assert several > 5
    assert competed > (5 if permission in ("none", "tickbox") else 0)


def a_market(busy, seed, askers, projects, backwards=False):
    """A month in which so many ask for up to three of so many projects, all with permission; equals abound."""
    rng = np.random.default_rng(seed)
    world = with_tallies(copied(busy), 1, 0)
    set_policy(world, DEFERRED)
    world.now.month = 0
    world.staff.skills, world.staff.shown = rng.integers(0, 2, (len(world.staff), SKILLS)), 1.0
    world.staff.overstated = 0.0
    who = rng.permutation(np.flatnonzero(world.staff["person"] != NONE))
    for j in range(projects):
        row, place = new_need(world), new_project(world)
        need, project = world.needs[row], world.projects[place]
        need.key, need.calls, need.share, need.months, need.places = 10_000 + j, 2, 0.05, 3, rng.integers(1, 4)
        need.skills, need.levels, need.arrived, need.used = rng.integers(0, SKILLS, 3), 1.0, 0, True
        project.need, project.poster, project.used, project.first = row, NONE, True, NONE
        project.poster = who[-1 - j] if rng.random() < 0.5 else NONE
        project.taken, project.joined, project.started, project.members = 0, 0, NEVER, NONE
    lists = [rng.permutation(projects)[: rng.integers(1, 4)] for _ in range(askers)]
    for i in range(askers)[:: -1 if backwards else 1]:
        row = new_request(world)
        world.requests[row] = np.zeros((), Request.dtype)
        request = world.requests[row]
        request.key, request.asker, request.stage, request.rival = 500 + i, who[i], PERMITTED, NONE
        request.project, request.others = lists[i][0], NONE
        request.others[: len(lists[i]) - 1] = lists[i][1:]
        world.staff["request"][who[i]] = row
    return world


@given(seed=st.integers(0, 2**32), askers=st.integers(1, 30), projects=st.integers(1, 10))
def test_whatever_people_and_posters_want_the_outcome_is_stable_and_order_means_nothing(busy, seed, askers, projects):
    world, turned = (a_market(busy, seed, askers, projects, backwards) for backwards in (False, True))
    sides = Sides(world)
    matching(world)
    matching(turned)
    assert not sides.blocking(sides.got(world))
    assert sides.got(world) == sides.got(turned)
    unplaced = sum(p == NONE for p in sides.got(world).values())
    assert world.flow.rejected[0] == unplaced
    assert world.flow.joined[0] == askers - unplaced
    assert (world.staff["request"] == NONE).all()


@given(seed=st.integers(0, 2**32))
def test_no_stable_outcome_is_better_for_any_asker(busy, seed):
    world = a_market(busy, seed, askers=5, projects=3)
    sides = Sides(world)
    matching(world)
    got, stable = sides.got(world), list(sides.all_stable())
    assert got in stable
    for asker, wanted in sides.lists.items():
        ranks = [*wanted, NONE]
        assert ranks.index(got[asker]) == min(ranks.index(other[asker]) for other in stable)


def test_requests_name_what_is_worth_asking_for_best_first(busy):
    threshold, named = BUSY.noticing.threshold, 0
    for world, _ in lived_to_matching(busy, DEFERRED.changed("market.permission", "chain"), 12):
        for request in world.requests[: world.counts[0].requests]:
            if request.stage == 0:
                continue
            liked = [request.interest, *request.other_interests[request.others != NONE]]
            assert liked == sorted(liked, reverse=True)
            assert liked[-1] >= threshold
            named += len(liked) > 1
    assert named > 20


def test_faces_show_all_that_a_request_is_for():
    organization = an_organization(DEFERRED.changed("market.permission", "chain"), months=8)
    several = [request for request in organization.requests if len(request.projects) > 1]
    assert several
    for request in several:
        assert request.project == request.projects[0]
        assert all(request in project.requests for project in request.projects)


# Central assignment


def value_of(chosen, place, fit):
    return len(chosen), sum(fit[i] for i in chosen)


@given(seed=st.integers(0, 2**32))
def test_the_best_assignment_is_the_best_there_is(seed):
    """Places filled come first, then the sum of fits; against every possible choice of pairs."""
    rng = np.random.default_rng(seed)
    projects, people = rng.integers(1, 4), rng.integers(1, 5)
    pairs = [(p, 10 * who) for p in range(projects) for who in range(people) if rng.random() < 0.7][:11]
    place, person = (np.array([pair[i] for pair in pairs], np.int64) for i in (0, 1))
    fit, free = rng.normal(0, 1, len(pairs)), rng.integers(1, 4, projects)

    def fine(chosen):
        whole = len(set(person[chosen])) == len(chosen)
        return whole and (np.bincount(place[chosen], minlength=projects) <= free).all()

    subsets = (np.flatnonzero([number >> i & 1 for i in range(len(pairs))]) for number in range(1 << len(pairs)))
    best = max((value_of(chosen, place, fit) for chosen in subsets if fine(chosen)), default=(0, 0))
    found = best_assignment(place, person, fit, free)
    assert fine(found)
    assert value_of(found, place, fit) == pytest.approx(best)


@pytest.mark.parametrize("permission", ["none", "tickbox", "form", "chain"])
def test_a_central_office_asks_managers_itself_and_people_may_decline(busy, permission):
    run = busy_run(busy, CENTRAL.changed("market.permission", permission), 24)
    total = {name: run.flow[name].sum() for name in run.flow.dtype.names}
    assert not faults(run.world)
    assert not flow_faults(run, busy)
    assert 10 < total["declined"] < total["offered"]
    assert total["joined"] > total["offered"] - total["declined"]  # some of them had asked
    assert total["ticked"] == 0
    if permission == "none":
        assert total["decided"] == total["nominated"] == 0
    else:
        assert total["decided"] > total["nominated"] > total["cleared"] >= total["offered"]


def test_people_without_interest_decline_more_often(busy):
    now, taken = now_under(CENTRAL, busy), {}
    request = Request.rows(1)[0]
    for interest in (-2.0, 1.0, 4.0):
        request.interest, taken[interest] = interest, 0
        for key in range(400):
            request.key = key
            taken[interest] += takes_offer(request, now)
    assert taken[-2.0] < 80 < 200 < taken[1.0] < 300 < 350 < taken[4.0]  # at the threshold 62 of 100


def now_under(policy, busy):
    world = copied(busy)
    set_policy(world, policy)
    return world.now


def test_who_joins_unasked_starts_less_engaged(busy):
    harmless = busy_world_with(busy, "matching.drafted", 0.0)
    pairs = zip(central_months(busy, 3), central_months(harmless, 3), strict=True)
    lost = next(a.staff["engagement"] - b.staff["engagement"] for a, b in pairs)
    assert set(np.round(lost, 9)) == {0.0, -BUSY.matching.drafted}


def central_months(busy, months):
    """Worlds right after matching, under a central office."""
    for world, settled in lived_to_matching(busy, CENTRAL, months):
        if settled:
            yield world
        else:
            assigns(world, OURS)


def busy_world_with(busy, path, value):
    world = copied(busy)
    world.now.behaviour = BUSY.changed(path, value).row()
    return world


@pytest.mark.parametrize("reach", ["unit", "department"])
def test_places_are_offered_within_reach(busy, reach):
    offered = 0
    for world, settled in lived_to_matching(busy, CENTRAL.changed("market.reach", reach), 12):
        if settled:
            continue
        assigns(world, OURS)
        for request in world.requests[: world.counts[0].requests]:
            if request.stage and request.offered:
                offered += 1
                person, project = world.staff[request.asker], world.projects[request.project]
                assert person[reach] == project[reach]
                assert project.poster != request.asker
    assert offered > 3


def test_the_office_does_not_take_the_place_of_more_people_than_it_can():
    organization = an_organization(CENTRAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assigning, "LARGEST", 79)
        with pytest.raises(ElbowroomError, match="80 seats, and a central office can assign at most 79"):
            organization.step()
    organization.step()


@pytest.mark.parametrize("policy", [DEFERRED, CENTRAL], ids=["deferred", "central"])
def test_forks_blocks_steps_and_copies_agree(busy, policy):
    whole = busy_run(busy, policy, 12).world
    for block in (1, 5):
        arm = with_tallies(copied(busy), 12, 0)
        set_policy(arm, policy)
        assert same(live(arm, 12, block=block), whole)
    assert same(live(with_longer_tallies(busy_run(busy, policy, 7).world, 12), 12), whole)
    one = an_organization(policy, months=6)
    twin = deepcopy(one)
    one.run_for(4)
    twin.run_for(4)
    assert same(one.world, twin.world)
    assert one.measures().fit_shown.notna().any()


@pytest.mark.parametrize("policy", [DEFERRED, CENTRAL], ids=["deferred", "central"])
def test_one_thread_and_two_agree(policy):
    import pandas as pd

    setups = {"busy": Setup(OrganizationSpec(size=60, burn_in=12), BUSY)}
    one, two = (replicates(setups, [Arm({"name": "it"}, policy)], 4, 3, 12, threads).summary for threads in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


PLAIN = """
import hashlib, sys
sys.path.insert(0, "tests")
from conftest import busy_run, busy_world, tables
from test_matching import CENTRAL, DEFERRED
world = busy_world(40)
for policy in (CENTRAL, DEFERRED):
    print([hashlib.sha256(table).hexdigest() for table in tables(busy_run(world, policy, 6).world)])
"""


def test_compiled_and_plain_python_agree():
    compiled, plain = python(PLAIN), python(PLAIN, NUMBA_DISABLE_JIT="1")
    assert compiled.returncode == plain.returncode == 0, plain.stderr
    assert compiled.stdout == plain.stdout


# Profiles


def luck_in_claim(person, skill, now):
    return lasting_normal(person.person, now, Decision.claim, skill)


def overstated_by(key, skill, world):
    """By how much the profile of somebody with this key would claim too much."""
    person = Employee.rows(1)[0]
    person.person = key
    claims(person, skill, world.now)
    return person.overstated[skill]


def test_profiles_claim_a_little_too_much_until_a_skill_is_seen_in_use(busy):
    run = busy_run(busy, CHOSEN, 24)
    world, b = run.world, BUSY.matching
    claimed = [(p, k) for p in world.staff if p.person != NONE for k in range(SKILLS) if p.overstated[k] != 0.0]
    assert len(claimed) > 50
    wrong = [seen_skill(p, k, world.now) - p.skills[k] for p, k in claimed]
    assert wrong == pytest.approx([b.claim_bias + b.claim_noise * luck_in_claim(p, k, world.now) for p, k in claimed])
    # Many claims: mean and spread within five standard errors (false alarms below 1 in a million)
    drawn = [overstated_by(person, k, world) for person in range(1000) for k in range(SKILLS)]
    assert np.mean(drawn) == pytest.approx(b.claim_bias, abs=5 * b.claim_noise / len(drawn) ** 0.5)
    assert np.std(drawn) == pytest.approx(b.claim_noise, rel=5 / (2 * len(drawn)) ** 0.5)
    for person in world.staff[world.staff.person != NONE]:  # the row of somebody who left tells nothing
        for place in person.projects[person.projects != NONE]:
            if world.projects[place].started < 23:
                need = world.needs[world.projects[place].need]
                assert not person.overstated[need.skills[: need.calls]].any()
    used = sum(
        lasting(p.person, world.now, Decision.profile, k) < 0.6 and p.overstated[k] == 0.0 and p.shown[k] == 1.0
        for p in world.staff if p.person != NONE and p.served != NEVER for k in range(SKILLS)
    )
    assert used > 10


def test_choosers_see_claims_and_the_organization_gets_the_truth(busy):
    boastful, honest = (
        busy_run(busy_world_with(busy, "matching.claim_bias", bias), CHOSEN.changed("market.profiles", 1.0), 24)
        for bias in (0.5, 0.0)
    )
    gap = [(t["fit_shown"] - t["fit_true"]) / t["joined"] for t in (monthly_sums(boastful), monthly_sums(honest))]
    assert gap[0] > gap[1] + 0.05


def test_without_claims_shown_fit_is_that_of_what_is_shown(busy):
    world = busy_world_with(busy, "matching.claim_bias", 0.0)
    person = world.staff[0]
    need = world.needs[new_need(world)]
    need.calls, need.skills, need.levels = 2, np.array([0, 1, 2]), 0.5
    person.skills[:2], person.shown[:2], person.overstated[:] = (1.0, 0.0), 1.0, 0.0
    assert shown_fit(person, need, world.now) == pytest.approx(0.0)
    claims(person, 0, world.now)
    claims(person, 1, world.now)
    b = person.overstated
    assert shown_fit(person, need, world.now) == pytest.approx((min(1, 0.5 + b[0]) + -0.5 + b[1]) / 2)


# Measures


def test_under_the_posters_choice_everybody_gets_what_they_asked_for_and_otherwise_not(busy):
    choice, deferred, central = (
        monthly_sums(busy_run(busy, policy, 24)) for policy in (CHOSEN, DEFERRED, CENTRAL)
    )
    assert choice["first_choice"] == choice["joined"]
    assert deferred["first_choice"] < deferred["joined"]
    assert central["first_choice"] < central["joined"]
    assert choice["liked"] / choice["joined"] > BUSY.noticing.threshold


def monthly_sums(run):
    return {name: float(run.flow[name].sum()) for name in run.flow.dtype.names}


def test_careers_tell_of_offers():
    organization = an_organization(CENTRAL, months=12)
    events, flow = organization.careers(), organization.world.flow
    for what, counted in (("offered", "offered"), ("declined", "declined"), ("started", "joined")):
        assert (events.event == what).sum() == flow[counted].sum() > 0
    person = str(events.person[events.event == "declined"].iloc[0])
    story = " ".join(str(organization.career(person)).split())
    assert "was offered to them, unasked. They declined." in story
