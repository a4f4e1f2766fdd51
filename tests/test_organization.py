"""Organizations: months, settings, policies, and what people type by mistake."""

import mesa
import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, same
from organizations import FORM, SMALL, an_organization, pending

from sim.errors import ElbowroomError, SettingsError
from sim.organization import Organization
from sim.people.generate import generate
from sim.running import Setup, burn_in, forked
from sim.settings import Policy, Switches, named

# Months


def test_it_stands_at_month_nought_after_its_burn_in():
    organization = an_organization()
    assert isinstance(organization, mesa.Model)
    assert organization.month == organization.steps == 0
    assert len(organization.measures()) == 0


def test_a_step_is_a_month():
    organization = an_organization(months=3)
    assert organization.month == organization.steps == 3
    assert organization.measures().index.tolist() == [0, 1, 2]


def test_stepping_past_the_first_year_keeps_every_month():
    organization = an_organization()
    early = None
    for month in range(1, 28):
        organization.step()
        assert len(organization.measures()) == month
        if month == 11:
            early = organization.measures()
    pd.testing.assert_frame_equal(organization.measures().iloc[:11], early)
    assert organization.measures().drop(columns=["approval", "expired"]).stress.notna().all()


@pytest.mark.parametrize("group", ["everyone", "cohort"])
def test_stepping_is_running(group):
    """An organization lived month by month is the one that studies run in one go."""
    from sim.measures import monthly

    organization = an_organization(months=14)
    run = forked(burn_in(Setup(SMALL, BUSY), 11), FORM, 14, keep=True)
    assert same(organization.world._replace(census=run.census, flow=run.flow), run.world)
    pd.testing.assert_frame_equal(organization.measures(group), monthly(run, group))


def test_looking_changes_nothing():
    quiet, watched = an_organization(), an_organization()
    for _ in range(4):
        quiet.step()
        watched.step()
        for request, manager in pending(watched):
            manager.approves(request), manager.reasons(request), request.asker.asks()
        watched.agents.shuffle().select(lambda person: person.stress > 0.2).agg("tenure", np.mean)
        assert watched.graph
        assert len(watched.measures("participants")) == watched.month
    assert same(quiet.world, watched.world)


def test_the_same_seed_gives_the_same_organization_and_another_one_another():
    assert same(an_organization(rng=3, months=2).world, an_organization(rng=3, months=2).world)
    assert same(an_organization(rng=np.int64(3)).world, an_organization(rng=3).world)
    one, other = (an_organization(rng=rng, months=2).measures().stress.iloc[-1] for rng in (3, 4))
    assert one != other


def test_names_and_settings_do_equally():
    named_one = Organization("department", "red_tape", "lively", rng=2)
    spelled = Organization(
        named.organization("department"), named.policy("red_tape"), named.behaviour("lively"), Switches(), rng=2
    )
    assert named_one.setup == spelled.setup
    assert named_one.policy == spelled.policy == Policy().changed("market.permission", "chain")
    assert same(named_one.world, spelled.world)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(SettingsError, match="'department'"):
        Organization("departmnt")
    organization = an_organization()
    with pytest.raises(SettingsError, match="'red_tape'"):
        organization.policy = "red_tpe"
    assert organization.policy == FORM


def test_a_plan_of_posts_may_be_given():
    organization = Organization(SMALL, roster=generate(33, 2))
    assert len(organization.world.seats) == 33


def test_a_policy_set_midway_holds_from_then_on():
    quiet = an_organization(months=10)
    changed = an_organization(months=5)
    assert same(changed.world, an_organization(months=5).world)
    changed.policy = FORM.changed("market.open", False)
    for _ in range(5):
        changed.step()
    asked, other = quiet.measures().asks, changed.measures().asks
    assert asked[:5].tolist() == other[:5].tolist()
    assert asked[5:].sum() > 0
    assert other[5:].sum() == 0
    assert not changed.policy.market.open
    changed.policy = "red_tape"
    assert changed.world.now.policy.market.permission == changed.policy.market.permission == 3


def test_a_switch_takes_its_mechanism_out():
    still = an_organization(months=6, switches=Switches(turnover=False))
    assert still.measures().turnover.eq(0).all()
    assert an_organization(months=6).measures().turnover.sum() > 0


# Mesa's own names


def test_no_attribute_is_one_that_mesa_owns():
    """Newer versions of Mesa bind these names on every model."""
    own = set(vars(Organization)) | (set(vars(an_organization())) - set(vars(mesa.Model(rng=1))))
    assert {"month", "world"} <= own
    assert not own & {"scenario", "time", "rng", "random", "steps", "running"}


def test_mesas_random_streams_do_not_touch_the_draws():
    one, other = an_organization(), an_organization()
    one.random.random()
    one.rng.random()
    list(one.agents.shuffle())
    one.step()
    other.step()
    assert same(one.world, other.world)


# What people type by mistake


def test_an_organization_has_no_last_month():
    with pytest.raises(ElbowroomError, match="no last month"):
        an_organization().run_model()


@pytest.mark.parametrize("rng", ["7", 7.5, -1, True, None, 1 << 62])
def test_a_seed_is_a_whole_number(rng):
    with pytest.raises(SettingsError, match="whole number"):
        Organization(SMALL, rng=rng)


def test_levers_may_be_set_by_nested_dictionaries_and_faults_are_told_at_once():
    organization = Organization(SMALL, {"market": {"time_cap": 0.1}}, rng=1)
    assert organization.policy == Policy().changed("market.time_cap", 0.1)
    for wrong in ({"market": {"time_capp": 0.1}}, 3, ["open_opps"]):
        with pytest.raises(SettingsError, match=r"policy"):
            Organization(SMALL, wrong, rng=1)


def test_an_unknown_group_is_answered_with_those_there_are():
    with pytest.raises(SettingsError, match="cohort"):
        an_organization(months=1).measures("participation")
