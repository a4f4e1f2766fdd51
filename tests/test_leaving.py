"""Leaving: who retires, who quits, and that people come and go at the rates of the evidence."""

import math

import numpy as np
import pytest
from conftest import BUSY, ROOT, busy_run, busy_world, same
from omegaconf import OmegaConf

from sim.ages import age_at_hire, age_when_hired, retirement, unretired
from sim.building import settled
from sim.careers.frame import logged
from sim.codes import What
from sim.people.generate import generate
from sim.records import NONE
from sim.restlessness import Restlessness, by_tenure, hazard, restlessness
from sim.running import Setup, burn_in, forked, live
from sim.settings import Behaviour, OrganizationSpec, Policy, Switches
from sim.world import copied

SETTLED = Switches(restlessness=False)


def sector(name):
    """Behaviour of a sector."""
    made = OmegaConf.to_container(OmegaConf.load(ROOT / f"configs/sector/{name}.yaml"))
    return Behaviour.made(made)


def at_start(name, size=3000, switches=SETTLED, burn=120):
    return settled(generate(size, 3), 3, sector(name), switches, burn)


def gone(world, months):
    """Share of newcomers who are gone after so many months, by tenure and age alone."""
    now = world.now
    stays = math.prod(1 - math.exp(by_tenure(float(t), world.leadership[0])) for t in range(months))
    ages = [age_when_hired((i + 0.5) / 100, now) for i in range(100)]
    return 1 - stays * np.mean([unretired(int(a), months, now) for a in ages])


# Rates of the evidence


def test_of_federal_newcomers_a_seventh_is_gone_in_two_years_and_a_quarter_in_five():
    """OPM: 14 % and 23 %."""
    world = at_start("government", 20)
    assert gone(world, 24) == pytest.approx(0.14, abs=0.015)
    assert gone(world, 60) == pytest.approx(0.23, abs=0.025)


@pytest.mark.parametrize(
    ("name", "quits", "retires", "ages"),
    [("government", (0.025, 0.04), (0.028, 0.038), (45, 50)), ("private", (0.20, 0.28), (0.007, 0.014), (38, 43))],
)
def test_sectors_lose_people_as_the_statistics_say(name, quits, retires, ages):
    """US federal: 2.5-4 % quit a year and 3-3.5 % retire (OPM). Private: 24 % quit (BLS), about 1 % retire."""
    world = at_start(name)
    staff, now = world.staff, world.now
    tenure, age = now.month - staff["hired"], now.month - staff["born"]
    assert quits[0] < 12 * np.mean([math.exp(by_tenure(float(t), world.leadership[0])) for t in tenure]) < quits[1]
    assert retires[0] < 12 * np.mean([retirement(int(a), now) for a in age]) < retires[1]
    assert ages[0] < age.mean() / 12 < ages[1]


@pytest.mark.parametrize("name", ["government", "private"])
def test_tenure_and_age_start_where_they_stay(name):
    """Means of 3,000 people after ten years; their standard errors are below .3 years: false alarm below .1 %."""
    before = at_start(name)
    after = live(copied(before), 0)
    for column in ("hired", "born"):
        means = [np.mean(w.now.month - w.staff[column][w.staff["person"] != NONE]) / 12 for w in (before, after)]
        assert abs(means[1] - means[0]) < 1.2, column


def test_whoever_has_been_here_for_forty_years_came_young():
    now = at_start("government", 20).now
    fresh = [age_at_hire(person, 0, now) / 12 for person in range(400)]
    old = [age_at_hire(person, 480, now) / 12 for person in range(400)]
    assert np.mean(fresh) == pytest.approx(37.9, abs=2.0)  # standard error .5
    assert np.mean(old) < 28
    assert min(fresh + old) >= 18
    assert max(fresh) <= 65
    assert age_at_hire(7, 1200, now) >= 12 * 18  # a file may name impossible tenures


# What makes people quit


@pytest.fixture(scope="module")
def world():
    return busy_world(60, 5)


STATES = {
    "engagement": ("engagement", 1.0, -1), "stress": ("stress", 0.2, 1), "thwarted": ("latent", 0.5, 1),
    "rejected": ("rejected", 1.0, 1), "outside": ("pull", 1.0, 1),
}  # fmt: skip


@pytest.mark.parametrize("term", STATES)
def test_what_is_lived_through_makes_people_quit_or_stay(world, term):
    column, more, sign = STATES[term]
    found = copied(world)
    person = found.staff[found.staff["person"] != NONE][10].copy()
    unit, executive, now = found.units[person.unit], found.leadership[0], found.now
    person.rationalization = 0.0
    before, terms = hazard(person, unit, executive, now), restlessness(person, unit, executive, now)
    person[column] += more
    after = hazard(person, unit, executive, now)
    assert sign * (after - before) > 0
    changed = restlessness(person, unit, executive, now)
    assert [name for name in Restlessness._fields if getattr(terms, name) != getattr(changed, name)] == [term]


def test_a_move_or_a_project_serves_a_wish_and_a_move_makes_glad_for_a_while(world):
    found = copied(world)
    person = found.staff[found.staff["person"] != NONE][10].copy()
    unit, executive, now = found.units[person.unit], found.leadership[0], found.now
    person.latent, person.rationalization, person.served, person.moved = 0.6, 0.0, -500, -500
    assert restlessness(person, unit, executive, now).thwarted > 0
    person.served = now.month - 3
    assert restlessness(person, unit, executive, now).thwarted == 0
    person.moved = now.month - 6
    assert restlessness(person, unit, executive, now).honeymoon == pytest.approx(-0.2, abs=0.01)  # half of .4


def test_rejections_are_forgotten_by_half_in_six_months(world):
    found = copied(world)
    found.now.switches.turnover = found.now.switches.moves = False
    found.staff["rejected"] = 1.0
    after = busy_run(found, months=6).world
    stayed = after.staff["person"] == found.staff["person"]
    assert after.staff["rejected"][stayed & (found.staff["person"] != NONE)] == pytest.approx(0.5)


def test_state_does_not_move_the_level_in_the_burn_in():
    """As many quit as by tenure alone. Some 1,300 quit in each of four: the ratio has a standard error of 2 %."""
    quits = []
    for switches in (Switches(), SETTLED):
        worlds = [burn_in(Setup(OrganizationSpec(size=500, burn_in=120), sector("private"), switches), s) for s in
                  range(4)]
        quits.append(sum(w.census["quits"][:, 0].sum() / w.census["heads"][:, 0].sum() for w in worlds))
    assert quits[0] / quits[1] == pytest.approx(1.0, abs=0.08)


def test_an_organization_without_a_burn_in_starts_at_the_usual_level():
    past = burn_in(Setup(OrganizationSpec(size=2000, burn_in=0), sector("private")), 3)
    assert past.leadership[0].known.sum() == 0
    run = forked(past, Policy().changed("market.open", False), 12, keep=True)
    rate = 12 * run.census["quits"][:, 0].sum() / run.census["heads"][:, 0].sum()
    assert rate == pytest.approx(0.24, abs=0.05)  # 480 quit: standard error .011


def test_without_restlessness_nothing_but_tenure_and_age_counts():
    """Bit for bit: whatever weighs, and however people are, the same go."""
    other = BUSY
    for name in ("engagement", "thwarted", "outsider", "support", "outside"):
        other = other.changed(f"leaving.{name}", 0.0)
    one, two = (busy_world(60, 5, b, switches=SETTLED) for b in (BUSY, other))
    assert same(one, two)
    for person in one.staff[one.staff["person"] != NONE]:
        chance = hazard(person, one.units[person.unit], one.leadership[0], one.now)
        assert chance == math.exp(by_tenure(float(one.now.month - person.hired), one.leadership[0]))
    assert not same(busy_world(60, 5, BUSY), busy_world(60, 5, other))


def test_hazards_are_probabilities_whatever_people_have_been_through(world):
    found = copied(world)
    found.staff["rejected"], found.staff["engagement"] = 50.0, -30.0
    for person in found.staff[found.staff["person"] != NONE]:
        assert 0 <= hazard(person, found.units[person.unit], found.leadership[0], found.now) <= 1


# The log


def test_the_log_tells_how_people_left_and_why(world):
    run = forked(world, Policy(), 24, keep=True, log=True)
    log, sums = logged(run.world), run.census[:, 0]
    for what, counted in ((What.quit, sums.quits), (What.retired, sums.retired)):
        assert np.bincount(log["month"][log["what"] == what], minlength=24).tolist() == counted.tolist()
    assert run.flow.left.sum() == sums.quits.sum() + sums.retired.sum() > 20
    decided = log[log["what"] == What.quit]
    assert (decided["luck"] < np.exp(np.minimum(0, decided["terms"].sum(axis=1))) + 1e-6).all()
    assert (log["terms"][log["what"] == What.retired][:, 0] >= 55).all()
