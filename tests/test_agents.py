"""Sets of agents work as on any Mesa model: select, group, do, get, set, sort; and they are kept up to date."""

import mesa
import numpy as np
import pandas as pd
import pytest
from mesa.agent import AgentSet
from organizations import an_organization, first

from sim.agents import Employee, MiddleManager
from sim.errors import ElbowroomError
from sim.organization import Organization
from sim.records import NONE

ITEMS = pytest.mark.filterwarnings("ignore:AgentSet.__getitem__:PendingDeprecationWarning")


@pytest.fixture(scope="module")
def lived() -> Organization:
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


def people(organization):
    """How many are in post."""
    return int((organization.world.staff["person"] != NONE).sum())


def test_agents_are_those_in_post(lived):
    staff = lived.world.staff
    assert isinstance(lived.agents, AgentSet)
    assert all(isinstance(person, mesa.Agent) and person.model is lived for person in lived.agents)
    here = staff["person"][staff["person"] != NONE]
    assert [a.unique_id for a in lived.agents] == here.tolist()
    assert len(lived.agents) == (lived.world.seats["holder"] != NONE).sum() < len(staff)
    assert lived.face(int(np.flatnonzero(staff["person"] != NONE)[3])) in lived.agents
    assert an_organization().face(5) not in lived.agents


def test_managers_are_those_who_lead(lived):
    kinds = lived.agents_by_type
    assert set(kinds) == set(lived.agent_types) == {Employee, MiddleManager}
    assert len(kinds[Employee]) + len(kinds[MiddleManager]) == len(lived.agents)
    assert {a.row for a in kinds[MiddleManager]} == {int(r) for r in lived.world.units["manager"] if r != NONE}
    assert set(lived.agents.select(agent_type=MiddleManager)) == set(kinds[MiddleManager])
    assert len(lived.agents.select(agent_type=Employee)) == len(lived.agents)


@ITEMS
def test_identity_holds_by_index_and_over_months():
    organization = an_organization()
    assert organization.agents[0] is organization.agents[0] is first(organization.agents)
    assert organization.agents is organization.agents
    everybody, head = organization.agents, organization.agents[0]
    assert everybody[2:4] == list(everybody)[2:4]
    organization.run_for(2)
    assert organization.agents is everybody
    assert not head.is_here or organization.face(head.row) is head
    assert [person.row for person in everybody] == sorted(person.row for person in everybody)


def test_a_set_is_kept_up_to_date_month_by_month():
    organization = an_organization()
    everybody, seen = organization.agents, set()
    for _ in range(6):
        organization.step()
        staff = organization.world.staff["person"]
        assert sorted(person.unique_id for person in everybody) == sorted(staff[staff != NONE].tolist())
        assert everybody.agg("stress", np.mean) == pytest.approx(organization.stress)
        seen |= {len(everybody)}
    assert len(seen) > 1


def test_the_order_does_not_tell_when_somebody_first_looked():
    early, late = an_organization(), an_organization()
    assert len(early.agents) == people(early)
    for organization in (early, late):
        organization.run_for(12)
    assert [p.unique_id for p in early.agents] == [p.unique_id for p in late.agents]
    assert [p.unique_id for p in early.agents.shuffle()] == [p.unique_id for p in late.agents.shuffle()]


def test_those_who_left_vanish_from_sets_that_nobody_else_holds():
    organization = an_organization()
    cohort = organization.agents.select(lambda person: person.hired < 0)
    before = len(cohort)
    organization.run_for(6)
    assert 0 < len(cohort) < before
    assert set(cohort) == {person for person in organization.agents if person.hired < 0}


def test_a_set_changed_in_place_is_ones_own():
    organization = an_organization()
    mine = organization.agents.select(lambda person: person.row < 10, inplace=True)
    assert 5 < len(mine) <= 10
    assert len(organization.agents) == people(organization)
    organization.run_for(3)
    assert {person for person in mine if person.is_here} <= set(organization.agents)
    shuffled = organization.agents
    shuffled.discard(first(shuffled))
    organization.step()
    assert len(organization.agents) == people(organization)


def test_agents_can_be_selected_and_summed_up(lived):
    old = lived.agents.select(lambda person: person.tenure > 60)
    assert 0 < len(old) < len(lived.agents)
    assert old.agg("tenure", np.mean) > lived.agents.agg("tenure", np.mean)
    assert lived.agents.agg("stress", np.mean) == pytest.approx(lived.measures().stress.iloc[-1])
    assert lived.agents.agg("fte", sum) == pytest.approx(lived.world.census[7, 0].contracted)
    low, high = lived.agents.agg("stress", [min, max])
    assert low < high
    assert len(lived.agents.select(at_most=5)) == 5
    assert len(lived.agents.select(at_most=0.5)) == len(lived.agents) // 2
    assert len(lived.agents.select(lambda person: person.row > 3, at_most=2, agent_type=MiddleManager)) == 2


def test_agents_can_be_grouped(lived):
    by_department = lived.agents.groupby("department_name")
    assert sum(by_department.count().values()) == len(lived.agents)
    assert set(by_department.count()) == {person.department_name for person in lived.agents}
    assert by_department.agg("stress", max) == by_department.map(lambda group: max(group.get("stress")))
    assert by_department.map("agg", "fte", sum).keys() == by_department.groups.keys()
    assert set(lived.agents.groupby(lambda person: person.tenure > 60).count()) == {True, False}
    organization = an_organization()
    calm = 0.05
    organization.agents.groupby("unit", result_type="list").do(lambda team: setattr(team[0], "stress", calm))
    assert len(organization.agents.select(lambda person: person.stress == calm)) == len(organization.world.units)


@pytest.mark.parametrize("verb", ["do", "shuffle_do"])
def test_what_is_done_to_agents_is_done_to_the_organization(verb):
    organization = an_organization()
    called = []

    def calms(person, to):
        called.append(person.unique_id)
        person.stress = to

    getattr(organization.agents, verb)(calms, to=0.125)
    staff = organization.world.staff
    assert (staff["stress"][staff["person"] != NONE] == 0.125).all()
    assert sorted(called) == sorted(person.unique_id for person in organization.agents)
    assert (called == [person.unique_id for person in organization.agents]) == (verb == "do")
    getattr(organization.agents, verb)("p_asks")
    assert organization.agents.map("p_asks") == [person.p_asks() for person in organization.agents]
    assert organization.agents.map(lambda person, by: person.row * by, 2)[:3] == [
        2 * person.row for person in list(organization.agents)[:3]
    ]


def test_agents_can_be_set_sorted_and_shuffled():
    organization = an_organization()
    assert organization.agents.set("latent", 0.25) is organization.agents
    assert organization.agents.get("latent") == [0.25] * people(organization)
    by_tenure = organization.agents.sort("tenure", ascending=True)
    assert by_tenure.get("tenure") == sorted(organization.agents.get("tenure"))
    assert organization.agents.sort(lambda person: person.row).get("row") == organization.agents.get("row")[::-1]
    shuffled = organization.agents.shuffle()
    assert set(shuffled) == set(organization.agents)
    assert list(shuffled) != list(organization.agents)
    if hasattr(AgentSet, "to_list"):
        assert shuffled.to_list() == list(shuffled)


def test_attributes_make_a_frame(lived):
    frame = pd.DataFrame(lived.agents.get(["name", "stress", "tenure"]), columns=["name", "stress", "tenure"])
    assert frame.stress.mean() == pytest.approx(lived.stress)
    assert frame.tenure.dtype.kind == "i"
    assert lived.agents.get(["moood", "stress"], handle_missing="default", default_value=7)[0][0] == 7
    with pytest.raises(AttributeError, match="has no 'moood'"):
        lived.agents.get("moood")


def test_the_attributes_of_those_who_left_may_be_missing():
    organization = an_organization()
    everybody = list(organization.agents)
    cohort = AgentSet(everybody, random=organization.random)
    organization.run_for(6)
    with pytest.raises(ElbowroomError, match="has left the organization"):
        cohort.get("stress")
    values = cohort.get("stress", handle_missing="default", default_value=np.nan)
    assert [np.isnan(value) for value in values] == [not person.is_here for person in everybody]
