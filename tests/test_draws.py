"""Keyed draws: the published numbers, the right distributions, and no trace of each other."""

import numpy as np
import pytest
from organizations import an_organization
from scipy import stats

from sim.compiling import allocating
from sim.draws import (
    UNIT,
    Decision,
    affinity,
    bell,
    beta,
    chance,
    lasting,
    paired,
    philox,
    poisson,
    two_uniforms,
    uniform,
)
from sim.lots import draw_friends, draw_lots, draw_two_lots, pair_friends
from sim.records import NONE, Now
from sim.world import copied

# Known answers of Random123's kat_vectors (Salmon and others 2011): counter, key, result.
VECTORS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
     (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]
MANY = 20_000
# Each distribution test rejects a right implementation with probability 1e-4, if seeds were drawn anew.
ALPHA = 1e-4


def now(seed=1, month=0):
    record = Now.rows(1)[0]
    record.seed, record.month = seed, month
    return record


@allocating
def many(count, now, month_step, thing_step, decision):
    values = np.empty(count)
    for i in range(count):
        now.month = month_step * i
        values[i] = uniform(1 + thing_step * i, now, decision, 0)
    return values


@pytest.mark.parametrize(("counter", "key", "result"), VECTORS)
def test_philox_gives_its_published_numbers(counter, key, result):
    words = philox(*(np.uint64(word) for word in counter + key))
    assert tuple(int(word) for word in words) == result


@pytest.mark.parametrize(("months", "things"), [(0, 1), (1, 0), (1, 1)])
def test_uniform_over_things_and_months(months, things):
    values = many(MANY, now(), months, things, Decision.asking)
    assert stats.kstest(values, "uniform").pvalue > ALPHA
    assert stats.kstest(values[1:] - values[:-1] - np.floor(values[1:] - values[:-1]), "uniform").pvalue > ALPHA


@pytest.mark.parametrize("other", [{"seed": 2}, {"decision": Decision.answer}, {"things": 1 << 32}])
def test_draws_that_differ_in_one_key_are_independent(other):
    one = many(MANY, now(1), 0, 1, Decision.asking)
    two = many(MANY, now(other.get("seed", 1)), 0, other.get("things", 1), other.get("decision", Decision.asking))
    assert abs(stats.spearmanr(one[1:], two[1:]).statistic) < stats.norm.isf(ALPHA / 2) / np.sqrt(MANY)


def test_the_two_halves_of_a_pair_are_independent_and_uniform():
    pairs = np.array([two_uniforms(i, now(), Decision.glance, 0) for i in range(MANY // 4)])
    grid = np.histogram2d(*pairs.T, bins=8)[0].ravel()
    assert stats.chisquare(grid).pvalue > ALPHA


def test_a_draw_depends_on_its_key_and_nothing_else():
    here = now(9, 4)
    before = uniform(7, here, Decision.asking, 0)
    for i in range(100):
        uniform(i, here, Decision.demand, 0)
    assert uniform(7, here, Decision.asking, 0) == before
    assert uniform(7, now(9, 5), Decision.asking, 0) != before
    assert uniform(7, here, Decision.asking, 1) != before
    assert lasting(7, now(9, 5), Decision.skill, 0) == lasting(7, here, Decision.skill, 0)


def test_a_normal_number_is_the_quantile_of_a_uniform_one():
    """Scipy's own algorithm is another: Cephes."""
    tails = 10.0 ** -np.arange(1, 16)
    places = np.concatenate([np.random.default_rng(1).random(20_000), tails, 1 - tails[:-1]])
    found = np.array([bell(u) for u in places])
    assert np.abs(found - stats.norm.ppf(places)).max() < 1e-13
    assert np.isfinite([bell(0.0), bell(1.0 - UNIT)]).all()


def test_moments_of_what_is_drawn():
    draws = np.array([bell(uniform(i, now(), Decision.demand, 0)) for i in range(MANY // 4)])
    assert stats.kstest(draws, "norm").pvalue > ALPHA
    for mean, sd in ((0.75, 0.15), (0.5, 0.25), (0.25, 0.15), (0.5, 0.4)):  # the last has both parameters below 1
        values = np.array([beta(i, now(), Decision.skill, mean, sd) for i in range(MANY // 4)])
        size = mean * (1 - mean) / sd**2 - 1
        assert stats.kstest(values, stats.beta(mean * size, (1 - mean) * size).cdf).pvalue > ALPHA


def test_poisson_is_the_quantile_function_and_rises_with_the_mean():
    u = np.linspace(0.0005, 0.9995, 400)
    for mean in (0.1, 1.5, 6.0, 20.0):
        assert [poisson(x, mean) for x in u] == stats.poisson(mean).ppf(u).astype(int).tolist()
    assert all(poisson(x, 1.0) <= poisson(x, 2.0) for x in u)


def test_chance_happens_as_often_as_it_should():
    hits = sum(chance(i, now(), Decision.leaving, 0.3) for i in range(MANY // 4))
    assert stats.binomtest(hits, MANY // 4, 0.3).pvalue > ALPHA


def test_keys_of_pairs_are_new_ordered_and_positive():
    keys = [paired(now(), a, b) for a in range(60) for b in range(60)]
    assert len(set(keys)) == 3600
    assert min(keys) >= 0
    assert max(keys) < 2**62
    assert affinity(now(), 3, 4) != affinity(now(), 4, 3)


def test_what_is_drawn_for_many_at_a_time_is_what_each_draws_alone():
    """Bit for bit, whatever the block, and with the rows left alone that lie beyond it."""
    world = copied(an_organization(months=3).world)
    people, world.lots[:], world.more_lots[:] = world.staff["person"], -1.0, -1.0
    draw_two_lots(Decision.meeting, 3, 14, world)
    alone = [two_uniforms(key, world.now, Decision.meeting, 0) for key in people[3:14]]
    assert list(zip(world.lots[3:14], world.more_lots[3:14], strict=True)) == alone
    assert (world.lots[:3] == -1.0).all()
    assert (world.lots[14:] == -1.0).all()
    draw_lots(Decision.leaving, 0, len(people), world)
    assert world.lots.tolist() == [uniform(key, world.now, Decision.leaving, 0) for key in people]
    pair_friends(5, 77, world)
    draw_friends(Decision.grapevine, world)
    ties = world.circles["ties"][5]
    friends = np.flatnonzero(ties != NONE)
    assert len(friends) > 3
    keys = [paired(world.now, key, 77) for key in people[ties[friends]]]
    assert world.keys[friends].tolist() == keys
    assert world.friend_lots[friends].tolist() == [uniform(key, world.now, Decision.grapevine, 0) for key in keys]
