"""Laws that hold always, under any policy, behaviour and organization."""

from conftest import BUSY, busy_run, busy_world, same
from hypothesis import given
from hypothesis import strategies as st

from sim.people.generate import generate
from sim.running import Setup, burn_in
from sim.settings import Matching, OrganizationSpec, Permission, Policy, Priority, Reach, Switches
from sim.settings.parameters import known
from sim.testing import faults, flow_faults
from sim.time_cap import may_join
from sim.world import copied

SHARES = st.floats(0, 1, allow_nan=False)
POLICIES = st.builds(
    lambda **groups: Policy.made(groups),
    market=st.fixed_dictionaries(
        {
            "open": st.just(True),
            "time_cap": st.sampled_from([0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0]),
            "permission": st.sampled_from([p.name for p in Permission]),
            "matching": st.sampled_from([m.name for m in Matching]),
            "visibility": SHARES,
            "tools": SHARES,
            "reach": st.sampled_from([r.name for r in Reach]),
            "profiles": SHARES,
            "released": SHARES,
        }
    ),
    leadership=st.fixed_dictionaries(
        {
            "signal": SHARES,
            "committee_every": st.integers(0, 24),
            "priority": st.sampled_from([p.name for p in Priority]),
        }
    ),
    development=st.fixed_dictionaries({"upskilling": st.floats(0, 0.1), "pathways": SHARES}),
    managers=st.fixed_dictionaries({"export_reward": SHARES, "release_within": st.integers(0, 12)}),
    vacancies=st.fixed_dictionaries(
        {
            "posted": SHARES,
            "internal_first": st.integers(0, 6),
            "min_time_in_role": st.integers(0, 24),
            "interview_all": st.booleans(),
            "rotation_every": st.sampled_from([0, 6, 60]),
        }
    ),
)
SWEPT = sorted(
    path for path, field in known().items()
    if path.startswith("behaviour.") and field.type is float and field.metadata["declared"].high is not None
    and not path.endswith("_sd")
)


@st.composite
def behaviours(draw):
    """Busy people of whom a few parameters stand anywhere in their range."""
    behaviour = BUSY
    for path in draw(st.lists(st.sampled_from(SWEPT), max_size=6, unique=True)):
        declared = known()[path].metadata["declared"]
        behaviour = behaviour.changed(path.removeprefix("behaviour."), draw(st.floats(declared.low, declared.high)))
    return behaviour


@given(policy=POLICIES, behaviour=behaviours(), size=st.integers(20, 90), seed=st.integers(0, 2**40))
def test_accounts_close_in_every_month(policy, behaviour, size, seed):
    world = busy_world(size, seed, behaviour, burn=3)
    assert not faults(world)
    for months in (1, 7):
        run = busy_run(world, policy, months)
        assert not faults(run.world)
        assert not flow_faults(run, world)


@given(policy=POLICIES, seed=st.integers(0, 2**40))
def test_a_policy_against_itself_differs_by_nothing(policy, seed):
    world = busy_world(seed=seed, burn=2)
    assert same(busy_run(world, policy).world, busy_run(world, policy).world)


@given(policy=POLICIES, seed=st.integers(0, 2**40))
def test_a_cap_of_nothing_is_a_closed_market(policy, seed):
    world = busy_world(seed=seed, burn=2)
    nothing = busy_run(world, policy.changed("market.time_cap", 0.0))
    closed = busy_run(world, policy.changed("market.open", False))
    assert same(nothing.world, closed.world)
    assert nothing.census["on_project"].sum() == 0


@given(seed=st.integers(0, 2**40))
def test_a_signal_of_nothing_is_no_signal(seed):
    quiet = Policy().changed("leadership.signal", 0.0).changed("leadership.committee_every", 3)
    on = busy_run(busy_world(seed=seed, burn=2), quiet)
    off = busy_run(busy_world(seed=seed, burn=2, switches=Switches(signal=False)), quiet)
    assert same(on.world, off.world)


@given(seed=st.integers(0, 2**40), visibility=SHARES, profiles=SHARES)
def test_levers_of_a_closed_market_do_nothing(seed, visibility, profiles):
    world = busy_world(seed=seed, burn=2)
    shut = Policy().changed("market.open", False)
    changed = (
        shut.changed("market.visibility", visibility).changed("market.profiles", profiles)
        .changed("market.permission", "chain").changed("market.released", 0.0)
        .changed("market.tools", 1.0).changed("market.reach", "unit")
    )
    assert same(busy_run(world, shut).world, busy_run(world, changed).world)


def test_no_permission_needed_means_nobody_is_asked(busy):
    run = busy_run(busy, Policy().changed("market.permission", "none"), 24)
    assert run.flow.asked.sum() > 0
    assert run.flow.decided.sum() == 0
    assert run.flow.ticked.sum() == 0


def test_renaming_departments_changes_nothing():
    import dataclasses

    roster = generate(60, 5)
    names = [f"Dept {name}" for name in roster.departments]
    renamed = dataclasses.replace(roster, departments=names, ids=roster.ids[::-1])
    setup = Setup(OrganizationSpec(size=60, burn_in=12), BUSY)
    assert same(burn_in(setup, 5, roster), burn_in(setup, 5, renamed))


def test_adding_a_person_elsewhere_changes_nobody_elses_traits_skills_or_draws():
    """Whoever is drawn, in whichever row: people bear their key with them. (Where people move, one chain of vacancies
    may reach everybody.)
    """
    import dataclasses

    import numpy as np

    small = generate(60, 5)
    boss = int(small.manager[-1])  # a colleague more in the last team, so that rows stay as they are
    more = {name: np.append(getattr(small, name), getattr(small, name)[-1]) for name in
            ("department", "family", "grade", "fte", "tenure", "in_post")}
    large = dataclasses.replace(small, number=np.append(small.number, 60), manager=np.append(small.manager, boss),
                                ids=[*small.ids, "61"], **more)
    setup = Setup(OrganizationSpec(size=60, burn_in=0), BUSY, Switches(moves=False))  # else one more may apply
    one, other = burn_in(setup, 5, small), burn_in(setup, 5, large)
    one.now.switches.moves = other.now.switches.moves = False
    for name in ("person", "skills", "growth_need", "hoarding_trait", "efficacy_rest", "hired", "latent"):
        assert (one.staff[name] == other.staff[name][:60]).all(), name
    alone = [busy_run(world, Policy().changed("market.open", False), 12).world for world in (one, other)]
    far = alone[0].units["department"][alone[0].staff["unit"]] != alone[0].units["department"][boss]
    still = far & (alone[0].staff["person"] == alone[1].staff["person"][:60])
    assert (alone[0].staff["hired"][still] == alone[1].staff["hired"][:60][still]).all()
    assert far.sum() > 20
    assert still.sum() == far.sum()  # the same people left, and the same were hired in their place


def test_nobody_may_join_beyond_the_cap(busy):
    world = copied(busy)
    world.now.policy = Policy().row()
    person = world.staff[0]
    person.fte, person.time_away = 1.0, 0.15
    person.projects[:] = -1
    assert may_join(person, 0.05, world.now)
    assert not may_join(person, 0.06, world.now)
    person.projects[:] = 0
    assert not may_join(person, 0.01, world.now)
