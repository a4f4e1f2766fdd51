"""Reruns agree and replicates differ, however a run is cut, threaded or compiled."""

import pytest
from conftest import BUSY, busy_run, busy_world, python, same, tables

from sim import abreast
from sim.building import settled
from sim.people.generate import generate
from sim.running import Setup, live, roster_of, seed_of
from sim.settings import OrganizationSpec, Policy, Switches
from sim.studies.replicates import Arm, replicates
from sim.world import copied

CHAIN = Policy().changed("market.permission", "chain").changed("market.time_cap", 0.4)

PLAIN = """
import hashlib, sys
sys.path.insert(0, "tests")
from conftest import busy_run, busy_world, tables
from sim.settings import Policy
policy = Policy().changed("market.permission", "chain").changed("market.time_cap", 0.4)
run = busy_run(busy_world(40), policy, 12)
print([hashlib.sha256(table).hexdigest() for table in tables(run.world)])
"""


def test_compiled_and_plain_python_agree_in_every_field_over_a_year():
    compiled, plain = python(PLAIN), python(PLAIN, NUMBA_DISABLE_JIT="1")
    assert compiled.returncode == plain.returncode == 0, plain.stderr
    assert compiled.stdout == plain.stdout


def test_reruns_agree(busy):
    assert same(busy, busy_world())
    assert same(busy_run(busy).world, busy_run(busy).world)


def test_a_fork_leaves_the_organization_as_it_was(busy):
    before = tables(copied(busy))
    busy_run(busy)
    assert tables(busy) == before


@pytest.mark.parametrize("block", [1, 5, 60])
def test_blocks_of_any_length_agree(block):
    runs = []
    for size in (block, 7):
        world = settled(generate(60, 5), 5, BUSY, Switches(), 24, 64)
        runs.append(live(world, 0, block=size))
    assert same(*runs)


def test_any_capacity_agrees():
    small, large = (live(settled(generate(60, 5), 5, BUSY, Switches(), 24, room), 0) for room in (1, 10_000))
    assert same(small, large)


def test_replicates_differ_and_organizations_too():
    setup = Setup(OrganizationSpec(size=60, burn_in=12))
    one, other = (roster_of(setup.organization, seed_of(1, number)) for number in (0, 1))
    assert (one.manager != other.manager).any()
    assert seed_of(1, 0) != seed_of(2, 0) != seed_of(1, 1)
    assert not same(busy_world(seed=1), busy_world(seed=2))


@pytest.fixture(scope="module")
def study():
    setups = {"busy": Setup(OrganizationSpec(size=60, burn_in=12), BUSY)}
    arms = [Arm({"name": "open"}, Policy()), Arm({"name": "chain"}, CHAIN)]
    return {threads: replicates(setups, arms, 4, 3, 12, threads) for threads in (1, 2)}


def test_one_thread_and_two_agree(study):
    import pandas as pd

    for one, two in zip(study[1][:2], study[2][:2], strict=True):
        pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_replicates_of_a_study_differ_in_every_arm(study):
    everyone = study[1].summary.query("group == 'everyone' and window == 'all'")
    assert everyone.groupby("name").stress.nunique().eq(4).all()
    assert everyone.seed.nunique() == 4


def test_a_study_can_be_stopped_and_says_what_went_wrong():
    setups = {"busy": Setup(OrganizationSpec(size=60, burn_in=12), BUSY)}
    arms = [Arm({"name": "open"}, Policy())]

    def stumbles(_):
        raise RuntimeError("told")

    with pytest.raises(RuntimeError, match="told"):
        replicates(setups, arms, 3, 1, 12, 2, stumbles)


@pytest.mark.long
def test_a_change_in_the_middle_of_a_run_is_what_it_would_be_in_one_piece(busy):
    """Two halves of a run under one policy are the run."""
    whole = busy_run(busy, CHAIN, 20).world
    half = live(busy_run(busy, CHAIN, 10).world, 10)
    from sim.world import with_longer_tallies

    assert same(live(with_longer_tallies(half, 20), 20), whole)


@pytest.mark.parametrize("part", [7, 1000])
def test_people_shared_out_among_processors_live_as_they_would_on_one(monkeypatch, busy, part):
    """In every field, from the first day on, whatever the number of parts; also where leadership lists all wishes."""
    lists = CHAIN.changed("market.matching", "deferred_acceptance")
    alone = busy, busy_run(busy).world, busy_run(busy, lists).world
    monkeypatch.setattr(abreast, "LARGE", 0)
    monkeypatch.setattr(abreast, "PART", part)
    shared = busy_world()
    assert all(map(same, alone, (shared, busy_run(shared).world, busy_run(shared, lists).world)))
