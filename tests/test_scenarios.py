"""What comes from outside: nothing by default, one or several together, under every policy, and from the fork on."""

import numpy as np
import pytest
from conftest import BUSY, busy_run, busy_world, python, same
from organizations import SMALL

import sim
from sim.errors import SettingsError
from sim.judging import kind_of_tie
from sim.measures.frames import over
from sim.mechanisms.mobilizing import parting
from sim.mechanisms.working import undone
from sim.organization import Organization
from sim.records import NONE, SKILLS, Now, Unit
from sim.running import Setup
from sim.scenarios import abolition, reopening, two_skills
from sim.settings import CALM, STATUS_QUO, Policy, Scenario, named
from sim.settings.composed import composed
from sim.settings.given import scenario_given
from sim.skills import competence
from sim.studies.identity import point_key
from sim.testing import faults, flow_faults
from sim.world import copied

SOON = 2  # month of onset here
END = 8
DEMAND = Scenario.made({"demand": {"share": 0.1, "start": SOON, "months": END - SOON}})
OPEN = Policy()


@pytest.fixture(scope="module")
def town():
    """A busy organization of two hundred at the fork."""
    return busy_world(200)


@pytest.fixture(scope="module")
def arms(town):
    """The same demand under the status quo and in an open market, as it stands in its fifth month."""
    return {name: busy_run(town, named.policy(name), SOON + 5, DEMAND) for name in ("status_quo", "open_opps")}


def soon(name: str) -> Scenario:
    """A named scenario that begins in the month `SOON`."""
    scenario = named.scenario(name)
    for group in named.contents("scenario", name):
        scenario = scenario.changed(f"{group}.start", SOON)
    return scenario


# Nothing, and anything


def test_nothing_happens_unless_somebody_says_so(town):
    assert named.scenario("none") == CALM == Scenario() == scenario_given("none") == scenario_given([])
    assert same(busy_run(town).world, busy_run(town, scenario=named.scenario("none")).world)


@pytest.mark.parametrize("name", [name for name in named.names("scenario") if name != "none"])
def test_what_is_still_to_come_changes_nothing_and_what_comes_leaves_all_accounts_closed(town, name):
    scenario = soon(name)
    if name not in ("growing", "shrinking"):
        assert same(busy_run(town, months=SOON).world, busy_run(town, months=SOON).world)
        late = busy_run(town, months=SOON, scenario=scenario)
        calm = busy_run(town, months=SOON)
        assert (late.census == calm.census).all()
        assert (late.flow == calm.flow).all()
    for policy in (STATUS_QUO, OPEN):
        for months in (SOON + 1, SOON + 7, SOON + 14):
            run = busy_run(town, policy, months, scenario)
            assert not faults(run.world)
            assert not flow_faults(run, town)
    assert not same(run.world, busy_run(town, OPEN, SOON + 14).world)


def test_scenarios_can_be_put_together(town):
    both = named.scenario("pandemic+hiring_freeze")
    assert both == scenario_given(["pandemic", "hiring_freeze"])
    assert both.demand == named.scenario("pandemic").demand
    assert both.freeze == named.scenario("hiring_freeze").freeze
    run = busy_run(town, OPEN, 24, both)
    assert not faults(run.world)
    assert run.flow.needed_after.sum() > 0
    assert run.flow.hired[12:].sum() == 0


def test_words_are_put_together_too():
    both = named.scenario("pandemic+hiring_freeze").changed("demand.share", 0.2)
    for given in ("pandemic+hiring_freeze", ["pandemic", "hiring_freeze"]):
        assert composed({"scenario": given, "scenario.demand.share": 0.2})["scenario"] == both
    mine = {"scenario": {"mine": {"demand": {"share": 0.3}}}}
    assert composed({"scenario": "mine"}, mine)["scenario"].demand.share == 0.3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("pandemc", "'pandemic'"),
        ("pandemic+freeze", "There are digital_shift"),
        (["growing", "shrinking"], "growing and shrinking both set growth"),
        ({"demnd": {"share": 0.1}}, "'demand'"),
        ({"demand": {"share": 0.9}}, "outside its range, 0 to 0.5"),
        (7, "expected a name"),
    ],
)
def test_bad_scenarios_are_refused_in_words(given, told):
    with pytest.raises(SettingsError) as refused:
        scenario_given(given)
    assert told in str(refused.value)


@pytest.mark.parametrize("way", ["run", "compare", "sweep"])
def test_a_run_that_ends_before_the_shock_is_refused_before_it_begins(way, tmp_path):
    asked = {
        "run": lambda: sim.run("open_opps", months=12, scenario="pandemic", org=SMALL),
        "compare": lambda: sim.compare("status_quo", "open_opps", SMALL, BUSY, 2, "hires", months=12,
                                       scenario="pandemic"),
        "sweep": lambda: sim.sweep({"policy": ["open_opps"]}, months=12, org=SMALL, scenario="pandemic",
                                   folder=tmp_path / "store"),
    }  # fmt: skip
    with pytest.raises(SettingsError, match=r"scenario.demand.start = 12: the run ends after 12 .* or run 13 months"):
        asked[way]()
    assert not (tmp_path / "store").exists()


def test_every_way_to_run_takes_a_scenario(town):
    words = {"org": {"size": 60, "burn_in": 3}, "behaviour": BUSY}
    freeze = {"freeze": {"start": 0, "months": 12}}
    assert sim.run("open_opps", months=6, scenario=freeze, **words).flow.hired.sum() == 0
    organization = Organization(SMALL, OPEN, BUSY, rng=11, scenario=freeze)
    organization.run_for(6)
    assert organization.world.flow.hired.sum() == 0
    assert organization.setup.scenario.freeze.months == 12
    twin = sim.compare("status_quo", "open_opps", SMALL, BUSY, 2, "hires", months=6, scenario=freeze)
    assert (twin.runs.hires == 0).all()
    frame = sim.sweep({"scenario": {"calm": {}, "frozen": freeze}}, months=6, replicates=1, fixed={"org.burn_in": 3},
                      org=SMALL, behaviour=BUSY, window=0)  # fmt: skip
    hired = frame[frame.group == "everyone"].set_index("scenario").hires
    assert hired["frozen"] == 0 < hired["calm"]


def test_runs_of_two_scenarios_are_known_by_different_keys():
    assert point_key("setup", OPEN, CALM, 12) != point_key("setup", OPEN, DEMAND, 12)
    assert Setup() == Setup(scenario=CALM)


# A demand for people


def test_what_is_called_for_is_given_or_bought_and_no_more(arms, town):
    needed = 0.1 * town.seats["fte"].sum()
    for run in arms.values():
        flow = run.flow
        given = flow.volunteers_after + flow.called_after + flow.consultants_after
        called_for = flow.needed_after.sum(1)
        assert called_for[:SOON].sum() == 0
        assert np.allclose(called_for[SOON:], needed)
        assert (given.sum(1) <= called_for + 1.0).all()  # the last who comes may give more than is missing
        assert np.allclose(given.sum(1)[SOON + 2 :], needed, atol=1.0)  # consultants have filled what was left
        assert flow.consultants_after[: SOON + 2].sum() == 0
        here = run.world.staff[run.world.staff["person"] != NONE]
        assert here["duty"].sum() == pytest.approx(flow.volunteers_after[-1].sum() + flow.called_after[-1].sum(), abs=3)


def test_people_are_called_up_under_every_policy_and_only_a_market_adds_volunteers(arms):
    quo, market = (over(arms[name], {"": (0, SOON + 5)}) for name in ("status_quo", "open_opps"))
    assert quo["by_call_up"][0] > 0.3
    assert quo["by_volunteers"][0] == 0
    assert market["by_volunteers"][0] > 0.1
    for found in (quo, market):
        assert found["by_volunteers"] + found["by_call_up"] + found["by_consultants"] == pytest.approx(1.0, abs=0.2)
        assert found["staffed_1"][0] >= found["inside_1"][0]


def test_whoever_is_called_has_the_skills_is_not_the_head_and_does_little_else(arms, town):
    run = arms["open_opps"]
    staff, head = run.world.staff, run.world.leadership[0]
    called = np.flatnonzero((staff["person"] != NONE) & (staff["duty"] > 0) & (staff["called"] < SOON + 4))
    others = np.flatnonzero((staff["person"] != NONE) & (staff["duty"] == 0))
    assert len(called) > 5
    assert not (staff["leads"][called] == staff["unit"][called]).any()
    assert (staff["core_done"][called] == 0).all()
    assert (staff["project_done"][called] < 0.1).all()
    assert (staff["duty_done"][called] > 0.9).all()
    skills = list(head.calls_for)
    assert len(set(skills)) == 2
    assert (staff["shown"][called][:, skills] == 1).all()
    assert staff["skills"][called][:, skills].mean() > staff["skills"][others][:, skills].mean() + 0.3


def test_nobody_joins_a_project_while_called_and_projects_go_on_afterwards(town):
    calm, during = busy_run(town, OPEN, END), busy_run(town, OPEN, END, DEMAND)
    assert during.flow.paused.sum() > 0
    assert during.census["away"][SOON:, 0].sum() < calm.census["away"][SOON:, 0].sum()
    after = busy_run(town, OPEN, END + 1, DEMAND)
    assert not after.world.staff["duty"][after.world.staff["person"] != NONE].any()
    assert not after.world.leadership["needed"].any()
    was = during.world.staff
    back = np.flatnonzero((was["duty"] > 0) & (was["person"] == after.world.staff["person"]))
    assert (after.world.staff["content"][back] <= was["content"][back]).all()
    assert after.world.staff["content"][back].mean() < was["content"][back].mean() - 6
    assert (after.world.staff["load"][back] > 0.5).all()


def test_the_team_of_those_called_carries_more_and_delivers_less(arms, town):
    calm = busy_run(town, STATUS_QUO, SOON + 5)
    crisis = arms["status_quo"]
    assert crisis.census["output"][SOON:, 0].sum() < calm.census["output"][SOON:, 0].sum()
    assert over(crisis, {"": (0, SOON + 5)})["core_missed"][0] > 0.5
    assert crisis.census["stress"][-1, 0] > calm.census["stress"][-1, 0]


def test_consultants_cover_vacant_seats_and_not_people_who_are_called():
    """Ten in post, and consultants do a fifth of vacant seats' work: .8 of one seat is left, or all of one called."""
    now, unit = Now.rows(1)[0], Unit.rows(1)[0]
    now.behaviour.filling.covered, unit.heads = 0.2, 10
    unit.vacant, unit.called = 1, 0.0
    assert undone(unit, now) == pytest.approx(0.08)
    unit.vacant, unit.called = 0, 1.0
    assert undone(unit, now) == pytest.approx(0.1)


def test_hoarders_part_with_fewer_of_those_whom_they_would_miss(town):
    world = copied(town)
    unit = world.units[1]
    unit.hoarding = 0.9
    dear, easy = (parting(unit, value, world.now) for value in (1.0, -1.0))
    assert dear.hoarding < 0 < easy.hoarding
    before = parting(unit, 0.0, world.now).away
    unit.called = 2.0
    assert parting(unit, 0.0, world.now).away < before


def test_skills_that_are_named_are_called_for_and_others_are_drawn(town):
    world = copied(town)
    assert two_skills(3, 5, 45, world.now) == (3, 5)
    found = set()
    for seed in range(200):
        world.now.seed = seed
        pair = two_skills(-1, -1, 45, world.now)
        assert pair.first != pair.second
        found |= set(pair)
        assert two_skills(4, -1, 45, world.now).second != 4 != two_skills(-1, 4, 45, world.now).first
    assert found == set(range(SKILLS))


# All else


def test_a_freeze_stops_hiring_for_its_months(town):
    freeze = Scenario.made({"freeze": {"start": SOON, "months": 6}})
    run = busy_run(town, OPEN, 14, freeze)
    assert run.flow.hired[SOON : SOON + 6].sum() == 0
    assert run.flow.hired[:SOON].sum() > 0
    assert run.flow.hired[SOON + 6 :].sum() > 0
    assert run.flow.vacant[SOON + 5] > busy_run(town, OPEN, 14).flow.vacant[SOON + 5]


def test_a_leader_who_leaves_takes_the_signal_along(town):
    leaving = Scenario.made({"exit": {"happens": True, "start": 4}})
    loud = OPEN.changed("leadership.signal", 0.8)
    head = int(town.units["manager"][0])
    run, calm = busy_run(town, loud, 5, leaving), busy_run(town, loud, 5)
    assert calm.world.staff["person"][head] == town.staff["person"][head]
    assert run.world.units["manager"][0] == NONE
    assert run.flow.signal[3] > run.flow.signal[4] == 0
    renewed = busy_run(town, loud.changed("leadership.committee_every", 6), 7, leaving)
    assert renewed.flow.signal[6] > 0


def test_plans_shrink_and_grow(town):
    for months, name in ((24, "shrinking"), (24, "growing")):
        run, calm = busy_run(town, OPEN, months, named.scenario(name)), busy_run(town, OPEN, months)
        closed = int(run.world.seats["closed"].sum()) - int(calm.world.seats["closed"].sum())
        assert closed > 0 if name == "shrinking" else closed <= 0
    now = copied(town).now
    now.closed = 0.01
    usual = abolition(now), reopening(now)
    now.scenario = named.scenario("growing").row()
    assert abolition(now) == usual[0]
    assert reopening(now) > usual[1]
    now.scenario = Scenario.made({"freeze": {"months": 6, "start": 0}}).row()
    assert reopening(now) == 0


def test_a_shift_of_what_is_called_for_costs_competence_until_it_is_learned(town):
    shift = Scenario.made({"shift": {"start": 0, "months": 1, "rise": 1.0, "first": 0, "second": 1}})
    stay = [busy_run(town, STATUS_QUO, months, shift).world for months in (1, 24)]
    here = np.flatnonzero((town.staff["person"] == stay[0].staff["person"])
                          & (town.staff["person"] == stay[1].staff["person"]))  # fmt: skip
    assert len(here) > 60

    def level(world):
        return np.mean([competence(world.staff[row], world.now) for row in here])

    assert list(stay[0].now.rises) == [1.0, 1.0, *[0.0] * 6]
    assert level(stay[0]) < level(busy_run(town, STATUS_QUO, 1).world) - 0.2
    assert level(stay[1]) > level(stay[0]) + 0.1
    output, calm = (busy_run(town, STATUS_QUO, 1, s).census["output"][-1, 0] for s in (shift, CALM))
    assert output < calm


def test_a_reorganization_moves_units_between_departments_and_the_tree_stays_a_tree(town):
    scenario = Scenario.made({"reorganization": {"share": 0.4, "start": SOON}})
    run = busy_run(town, OPEN, SOON + 1, scenario)
    world, units, before = run.world, run.world.units, town.units
    moved = np.flatnonzero(units["parent"] != before["parent"])
    assert len(moved) >= 4
    assert (units["department"][moved] != before["department"][moved]).all()
    assert (np.bincount(units["parent"]) == np.bincount(before["parent"])).all()  # spans stay
    for row, unit in enumerate(units):
        assert row == 0 or unit.depth == units[unit.parent].depth + 1
        if unit.manager != NONE:
            assert world.staff[unit.manager].unit == unit.parent
    for row in np.flatnonzero(world.staff["person"] != NONE):
        seat = world.seats[world.staff["seat"][row]]
        assert (seat.unit, seat.department, seat.family) == tuple(world.staff[row][n] for n in
                                                                  ("unit", "department", "family"))
        for other, kind in zip(world.circles["ties"][row], world.circles["kinds"][row], strict=True):
            assert other == NONE or kind_of_tie(world.staff[row], world.staff[other]) == kind
    assert (np.diff(world.marks) >= 0).all()
    assert (np.sort(world.lines) == np.arange(len(world.seats))).all()


def test_plain_python_gives_the_same(town):
    code = """
import pickle, sys
sys.path.insert(0, "tests")
from conftest import busy_run, busy_world, tables
from sim.settings import Scenario
from sim.settings.policy import Policy
everything = Scenario.made({
    "demand": {"share": 0.15, "start": 1, "months": 2}, "exit": {"happens": True, "start": 1},
    "shift": {"start": 0, "rise": 1.0}, "reorganization": {"share": 0.5, "start": 1}, "growth": {"yearly": -0.2},
})
import hashlib
print(hashlib.sha256(b"".join(tables(busy_run(busy_world(40, burn=1), Policy(), 4, everything).world))).hexdigest())
"""
    compiled, plain = python(code), python(code, NUMBA_DISABLE_JIT="1")
    assert compiled.stdout == plain.stdout != "", plain.stderr
