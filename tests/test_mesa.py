"""Collectors, batches and runs work as on any Mesa model, and what cannot work says why."""

import inspect
import re

import mesa
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, same
from mesa.batchrunner import batch_run
from organizations import FORM, SMALL, an_organization

from sim.agents import Employee, MiddleManager
from sim.errors import ElbowroomError
from sim.organization import Organization

RNG = "rng" in inspect.signature(batch_run).parameters  # Mesa 3.4 and newer hand out seeds themselves


@pytest.fixture(scope="module")
def lived() -> Organization:
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


# Collectors


def collector():
    return mesa.DataCollector(
        model_reporters={
            "month": "month", "stress": "stress", "people": lambda model: len(model.agents),
            "mean": lambda model: model.agents.agg("stress", np.mean), "part": [lambda by: by / 2, [3]],
        },
        agent_reporters={"latent": "latent", "months": lambda person: person.tenure, "asks": Employee.p_asks},
        agenttype_reporters={MiddleManager: {"team": lambda manager: len(manager.team), "fte": "fte"}},
    )  # fmt: skip


def test_a_collector_reads_the_model_and_its_agents():
    organization = an_organization()
    organization.datacollector = collector()
    present = {}
    for _ in range(6):
        organization.step()
        organization.datacollector.collect(organization)
        present[organization.month] = {person.unique_id for person in organization.agents}
    model = organization.datacollector.get_model_vars_dataframe()
    agents = organization.datacollector.get_agent_vars_dataframe()
    assert model.month.tolist() == [1, 2, 3, 4, 5, 6]
    assert model.stress.tolist() == pytest.approx(organization.measures().stress.tolist())
    assert model["mean"].tolist() == pytest.approx(model.stress.tolist())
    assert model.part.tolist() == [1.5] * 6
    for month, people in present.items():  # those who left keep their rows, newcomers begin when they come
        assert set(agents.loc[month].index) == people
    assert present[6] - present[1]
    assert present[1] - present[6]
    assert agents.loc[6].latent.mean() == pytest.approx(organization.latent_desire)
    assert agents.asks.between(0, 1).all()
    newest = organization.datacollector.get_agenttype_vars_dataframe(MiddleManager).loc[6]
    assert 0 < newest.team.sum() <= len(organization.agents) - 1
    assert len(newest) == len(organization.agents_by_type[MiddleManager])


def test_measures_are_attributes_of_the_last_month():
    organization = an_organization()
    assert np.isnan(organization.stress)
    organization.run_for(3)
    last = organization.measures().iloc[-1]
    for name in last.index.drop("projects"):
        assert getattr(organization, name) == pytest.approx(last[name], nan_ok=True)
    assert len(last) > 40
    with pytest.raises(AttributeError, match="has no 'strss'. Did you mean 'stress'"):
        _ = organization.strss
    with pytest.raises(AttributeError, match="stress is a measure"):
        organization.stress = 0.3


# Batches


class Watched(Organization):
    def __init__(self, **settings):
        super().__init__(SMALL, **settings)
        self.datacollector = mesa.DataCollector(model_reporters={"stress": "stress", "month": "month"})

    def step(self):
        super().step()
        self.datacollector.collect(self)


def test_batches_run_a_class_that_collects():
    seeds, policies = [1, 2], ["open_opps", "red_tape"]
    if RNG:
        rows = batch_run(Watched, {"policy": policies}, rng=seeds, max_steps=3, display_progress=False)
    else:
        rows = batch_run(Watched, {"policy": policies, "rng": seeds}, max_steps=2, display_progress=False)
    frame = pd.DataFrame(rows)
    assert frame[["policy", "rng"]].value_counts().tolist() == [1, 1, 1, 1]
    assert frame.month.tolist() == [3] * 4
    for row in rows:
        alone = Watched(policy=row["policy"], rng=row["rng"])
        alone.run_for(3)
        assert row["stress"] == alone.stress
    assert frame.stress.nunique() == 4


def test_a_batch_without_seeds_is_answered():
    if RNG:
        with pytest.raises(ElbowroomError, match=r"rng=\[1, 2, 3\]"):
            batch_run(Watched, {"policy": "open_opps"}, max_steps=3, display_progress=False)
    with pytest.raises(ElbowroomError, match=r"parameters=\{'rng': \[1, 2, 3\]\}"):
        Watched(rng=None)


# Months in Mesa's words


def test_months_may_be_lived_in_one_go():
    one, other = an_organization(), Watched(policy=FORM, rng=3)
    one.run_for(5)
    assert same(one.world, an_organization(months=5).world)
    one.run_until(8), one.run_until(8), one.run_for(0)
    assert one.month == one.steps == getattr(one, "time", 8) == 8
    other.run_for(3.0)
    assert len(other.datacollector.get_model_vars_dataframe()) == 3
    with pytest.raises(ElbowroomError, match="8 months have been lived"):
        one.run_until(3)
    for wrong in (1.5, -1, "3", None, float("inf"), True):
        with pytest.raises(ElbowroomError, match="whole number of months"):
            one.run_for(wrong)
    assert one.month == 8


def test_a_step_takes_no_number_of_months():
    organization = an_organization()
    with pytest.raises(ElbowroomError, match=r"step\(3\): a step is one month.*run_for"):
        organization.step(3)
    with pytest.raises(ElbowroomError, match=r"step\(months=3\)"):
        organization.step(months=3)
    assert organization.month == organization.steps == 0


@pytest.mark.skipif(not hasattr(mesa.Model, "schedule_event"), reason="only newer Mesa schedules events")
def test_events_of_newer_mesa_happen_between_months():
    organization, by_hand = an_organization(), an_organization(months=3)
    event = Closing(organization)
    organization.schedule_event(event.happens, at=3)
    organization.run_for(6)
    by_hand.policy = event.policy
    by_hand.run_for(3)
    assert same(organization.world, by_hand.world)
    assert organization.policy == event.policy != FORM


class Closing:
    """Somebody closes the market. (Mesa holds what is to happen weakly, so it is a method of something that stays.)"""

    policy = FORM.changed("market.open", False)

    def __init__(self, organization):
        self.organization = organization

    def happens(self):
        self.organization.policy = self.policy


# What cannot be done


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda o: Employee(o), "cannot be made by hand.*organization.agents"),
        (lambda o: MiddleManager(o, 3, 3), "cannot be made by hand"),
        (lambda o: Employee.create_agents(o, 3), "cannot be made by hand"),
        (lambda o: Employee.from_dataframe(o, pd.DataFrame()), "people file|people.csv"),
        (lambda o: mesa.Agent(o), "Agent cannot be registered.*own rules"),
        (lambda o: o.register_agent(o.face(5)), "cannot be registered"),
        (lambda o: o.deregister_agent(o.face(5)), "cannot be deregistered.*own rules"),
        (lambda o: o.remove_all_agents(), "nobody is removed.*own rules"),
        (lambda o: o.face(5).remove(), "by the rules in sim/mechanisms/leaving.py"),
        (lambda o: o.agents.do("remove"), "by the rules"),
        (lambda o: o.agents.shuffle_do("step"), r"no step of their own: organization.step\(\)"),
        (lambda o: o.agents.do("advance"), "no step of their own"),
        (lambda o: o.run_model(), r"no last month: run_for\(12\)"),
    ],
)
def test_what_cannot_be_done_says_what_to_do_instead(act, told):
    organization, untouched = an_organization(), an_organization()
    with pytest.raises(ElbowroomError, match=told):
        act(organization)
    assert same(organization.world, untouched.world)
    assert list(organization.agents.get("name")) == list(untouched.agents.get("name"))


def test_the_set_of_agents_cannot_be_replaced(lived):
    with pytest.raises(AttributeError, match="cannot be set.*own rules"):
        lived.agents = []


# The page


def test_the_page_for_mesa_users_shows_what_there_is(ran):
    names, printed, _ = ran("docs/mesa.md")
    assert any("waits for the manager" in text for text in printed)
    assert names["frame"].tenure.ge(0).all()
    assert {(row["policy"], row["rng"]) for row in names["rows"]} >= {("open_opps", 1), ("red_tape", 3)}
    assert set(names["people"].columns) == {"stress", "years"}
    assert names["Watched"](rng=4).agents.get("name")


def test_the_page_names_verbs_that_there_are():
    text = (ROOT / "docs" / "mesa.md").read_text(encoding="utf-8")
    from sim.agents import Leadership, Project, Request

    rows = {"an employee": Employee, "a manager": MiddleManager, "a request": Request, "a project": Project,
            "leadership": Leadership}  # fmt: skip
    for who, kind in rows.items():
        [row] = re.findall(rf"^\| {who} \|(.*)\|$", text, re.M)
        for verb in re.findall(r"`(\w+)", row):
            assert callable(getattr(kind, verb)), f"{who}: {verb}"
