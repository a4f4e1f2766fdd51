"""The audit, how requests wait, and who got in: recomputed from records, and held against what statistics knows."""

import math

import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, busy_run, same
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import Organization, Rules
from sim.auditing import SURVEY
from sim.codes import ASKED, TICKED
from sim.draws import Decision
from sim.errors import ElbowroomError
from sim.judging import expressed
from sim.measures import audit, cohorts, fairness, waiting
from sim.measures.intervals import gini, wilson
from sim.measures.waiting import incidence, limits
from sim.people.generate import generate
from sim.records import NONE, SKILLS
from sim.running import Setup, burn_in
from sim.settings import OrganizationSpec, Policy, Switches
from sim.studies.replicates import Arm, replicates
from sim.world import copied

MONTHS = 20
MARKETS = [*((name, "poster_choice") for name in ("none", "tickbox", "form", "chain")),
           ("tickbox", "deferred_acceptance"), ("form", "central")]
STAYING = BUSY.changed("people.growth_need", 0.7)
KINDS = ("granted", "denied", "passed", "expired", "overtaken")


@pytest.fixture(scope="module")
def fork():
    """A hundred and twenty people at the fork, some of them long in post."""
    return burn_in(Setup(OrganizationSpec(size=120, burn_in=24), STAYING), 7, generate(120, 7))


@pytest.fixture(scope="module", params=MARKETS, ids="-".join)
def run(fork, request):
    permission, matching = request.param
    policy = Policy().changed("market.permission", permission).changed("market.matching", matching)
    return busy_run(fork, policy, MONTHS)


@pytest.fixture(scope="module")
def form(fork):
    return busy_run(fork, Policy().changed("market.permission", "form"), MONTHS)


def staff_of(run):
    return run.world.staff[run.world.staff["person"] != NONE]


# Intervals


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_of_shares_are_wilsons(counted):
    yes, n = counted
    expected = stats.binomtest(yes, n).proportion_ci(method="wilson")
    assert wilson(yes / n, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_nobody_asked_is_no_share():
    assert np.isnan(wilson(np.nan, 0)).all()


@given(st.lists(st.floats(0, 1e3), min_size=3, max_size=30).filter(lambda x: np.count_nonzero(np.array(x) > 1e-3) > 1))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts):
    x = np.array(amounts)

    def slowly(values):
        return np.abs(values[:, None] - values[None, :]).mean() / 2 / values.mean()

    found, low, high = gini(x)
    assert found == pytest.approx(slowly(x), abs=1e-9)
    left_out = [slowly(np.delete(x, i)) for i in range(len(x))]
    half = stats.norm.ppf(0.975) * math.sqrt((len(x) - 1) / len(x) * ((left_out - np.mean(left_out)) ** 2).sum())
    assert (low, high) == pytest.approx((max(0, found - half), min(1, found + half)), abs=1e-6)


def test_gini_of_equals_and_of_one_who_has_all():
    assert gini([2.0, 2.0, 2.0])[0] == pytest.approx(0)
    assert gini([0.0, 0.0, 0.0, 5.0])[0] == pytest.approx(3 / 4)
    assert np.isnan(gini([0.0, 0.0])[0])


# How requests wait


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_without_requests_that_wait_on_incidence_is_a_plain_share(counts):
    came, others = (np.array(column, float) for column in zip(*counts, strict=True))
    others[-1] += 1
    ended = came + others
    at_risk = ended[::-1].cumsum()[::-1]
    share, variance = incidence(came, ended, at_risk)
    expected = came.cumsum() / at_risk[0]
    assert share == pytest.approx(expected)
    assert variance == pytest.approx(expected * (1 - expected) / at_risk[0], abs=1e-12)
    low, high = limits(share, variance, at_risk)
    assert (low <= share + 1e-12).all()
    assert (high >= share - 1e-12).all()


def test_incidence_is_right_where_many_wait_on():
    """Three thousand requests, of which half are watched for a month only; 400 such studies.

    Answered in each month with .4, else expired with .25; the truth lies in 95 % of intervals. The tolerance is five
    standard errors (of the mean, and of a share of .95 in 400): a false alarm in fewer than one in a million.
    """
    draw, n, found, inside = np.random.default_rng(5), 3000, [], 0
    truth = 0.4 + 0.6 * 0.75 * 0.4 + (0.6 * 0.75) ** 2 * 0.4
    for _ in range(400):
        risk, came, ended = [n], [], []
        for age in range(3):
            answered = draw.binomial(risk[-1], 0.4)
            expired = draw.binomial(risk[-1] - answered, 0.25)
            came.append(answered)
            ended.append(answered + expired)
            left = risk[-1] - answered - expired
            risk.append(draw.binomial(left, 0.5) if age == 0 else left)
        arrays = [np.array(x, float) for x in (came, ended, risk[:3])]
        share, variance = incidence(*arrays)
        low, high = limits(share, variance, arrays[2])
        found.append(share[-1])
        inside += low[-1] <= truth <= high[-1]
    assert np.mean(found) == pytest.approx(truth, abs=5 * np.std(found) / 20)
    assert inside / 400 == pytest.approx(0.95, abs=5 * math.sqrt(0.95 * 0.05 / 400))


def test_requests_by_months_waited_are_the_requests_that_were_counted(run):
    total = {kind: run.flow[f"{kind}_after"].sum() for kind in KINDS}
    assert total["granted"] + total["denied"] + total["passed"] == run.flow.answered.sum() > 0
    assert total["expired"] == run.flow.expired.sum()
    assert 0 < total["overtaken"] <= run.flow.withdrawn.sum()  # who has no time left drops out after the answer
    waits = np.isin(run.world.requests["stage"], [ASKED, TICKED, 3])
    ages = MONTHS - 1 - run.world.requests["asked"][waits]
    after = run.flow["waiting_after"][-1]
    assert after.tolist() == np.bincount(ages, minlength=len(after)).tolist()


def test_whoever_waits_a_month_longer_waited_the_month_before(run):
    """No request is lost or counted twice: those at an age are those that waited on at the age before."""
    ended = sum(run.flow[f"{kind}_after"] for kind in KINDS)
    at_risk = ended + run.flow["waiting_after"]
    assert at_risk[1:, 1:].tolist() == run.flow["waiting_after"][:-1, :-1].tolist()
    assert not at_risk[0, 1:].any()


def test_ends_compete_and_add_up(form):
    table = waiting(form)
    last = table[table.months == table.months.max()]
    assert set(table.end) == {"answered", "expired", "overtaken"}
    assert last.share.sum() == pytest.approx(1)
    assert table.months.max() == STAYING.permitting.expiry
    assert (table.groupby("end").share.diff().dropna() >= 0).all()
    assert ((table.low <= table.share) & (table.share <= table.high)).all()
    twice = waiting(form, form)
    pd.testing.assert_series_equal(twice.share, table.share)
    assert (twice.n == 2 * table.n).all()
    assert (twice.high - twice.low < table.high - table.low).all()


def test_red_tape_delays_answers(fork):
    within = {}
    for permission in ("tickbox", "form"):
        table = waiting(busy_run(fork, Policy().changed("market.permission", permission), MONTHS))
        first = table[(table.months == 0) & (table.end == "answered")].iloc[0]
        within[permission] = first
    assert within["form"].high < within["tickbox"].low


def test_cohorts_are_the_requests_of_their_months(form):
    each, years = cohorts(form, every=1), cohorts(form, every=12)
    assert each.index.tolist() == list(range(MONTHS))
    assert years.index.tolist() == [0, 12]
    heads_own = form.flow.asked - each.asked.to_numpy()
    assert (heads_own >= 0).all()
    assert heads_own.sum() <= MONTHS
    assert years.asked.sum() == each.asked.sum() > 100
    for kind in KINDS:
        assert each[kind].sum() == form.flow[f"{kind}_after"].sum()
    assert (each.asked == each[[*KINDS, "waiting"]].sum(axis=1)).all()
    assert years.approval.tolist() == pytest.approx((years.granted / (years.granted + years.denied)).tolist())
    assert each.waiting.iloc[:-4].sum() == 0
    assert each.waiting.sum() == form.flow["waiting_after"][-1].sum()


def test_nobody_asks_where_the_market_is_closed(fork):
    closed = busy_run(fork, Policy().changed("market.open", False), 12)
    assert waiting(closed).empty
    assert cohorts(closed).asked.sum() == 0
    assert cohorts(closed).approval.isna().all()


# The audit


def test_what_a_survey_of_everybody_hears_and_what_is_so_are_in_the_records(form):
    table, p = audit(form.world), staff_of(form)
    long, wishing = p["position"] >= 60, p["latent"] * (1 - p["rationalization"]) >= 0.3
    wishes, resigned = p["latent"] >= 0.3, p["rationalization"] >= 0.5
    expected = {
        "1": (p["seen"] > 0, None), "2": (wishing, wishes), "2a": (long & wishing, long & wishes),
        "2b": (long & wishing & wishes & resigned, long & wishes & resigned),
    }  # fmt: skip
    for number, (heard, so) in expected.items():
        assert table.says_yes[number] == pytest.approx(heard.mean())
        assert so is None or table.is_so[number] == pytest.approx(so.mean())
        assert table.n[number] == len(p)
    joined, rejected = form.flow.joined[-12:].sum(), form.flow.rejected[-12:].sum()
    assert table.is_so["4"] == pytest.approx(joined / (joined + rejected))
    above = np.maximum(0, p["skills"] + 0.5)
    assert table.is_so["5"] == pytest.approx(((p["shown"] * above).sum(axis=1) / above.sum(axis=1)).mean())
    assert p["skills"].shape[1] == SKILLS
    assert table.is_so["2b"] > table.says_yes["2b"]
    assert table.gap.tolist() == pytest.approx((table.says_yes - table.is_so).tolist())


def test_managers_support_is_their_answer_to_each_of_their_people(form):
    world, b = form.world, STAYING.permitting
    p, found = staff_of(form), []
    for person in p[p["leads"] != p["unit"]]:
        own = world.units[person["unit"]]
        unit = own if own.manager != NONE else world.units[own.parent]
        core = [person["family"] % SKILLS, (person["family"] + 1) % SKILLS, (person["family"] + 3) % SKILLS]
        value = (person["skills"][core].mean() - 0.5) * 2 * b.team_size / (b.team_size + own.seats)
        odds = (b.habit + b.support * (unit.development - 0.5) + b.signal * unit.heard + b.denied * unit.denied
                + b.burdened * unit.burdened + b.hoarding * unit.hoarding * value
                + b.away * unit.away / max(1, unit.heads) + b.experience * unit.experience + b.pressure * unit.pressure)
        found.append(1 / (1 + np.exp(-odds)))
    table = audit(world)
    assert table.is_so["3"] == pytest.approx(np.mean(found))
    assert table.n["3"] == len(found) == table.n["2"] - 1
    heard = stats.binomtest(round(table.says_yes["3"] * len(found)), len(found)).proportion_ci(0.9999)
    assert heard.low < p["expected_support"].mean() < heard.high


def test_a_sample_is_reproducible_and_part_of_a_larger_one(form):
    world = form.world
    few, again, many = audit(world, 30), audit(world, 30), audit(world, 80)
    pd.testing.assert_frame_equal(few, again)
    assert few.n["2"] == 30
    assert many.n["2"] == 80
    assert ((many.high - many.low)[["1", "2", "3", "5"]] < (few.high - few.low)[["1", "2", "3", "5"]]).all()
    yes = [few.says_yes["2"] * 30, many.says_yes["2"] * 90]
    assert 0 <= yes[1] - yes[0] <= 60  # the thirty are among the ninety
    assert few.is_so.tolist() == pytest.approx(many.is_so.tolist())
    assert 10 < audit(world, 90, rate=0.5).n["2"] < 80  # a false alarm in fewer than one in 1e12


def test_an_audit_changes_nothing(form):
    before = copied(form.world)
    audit(form.world, 20, 0.5)
    fairness(form.world)
    assert same(before, form.world)
    assert SURVEY not in set(Decision)


def test_a_closed_market_is_not_noticed_and_offers_no_chance(fork):
    closed = audit(busy_run(fork, Policy().changed("market.open", False), 12).world)
    assert closed.says_yes["1"] == closed.is_so["1"] == 0
    assert np.isnan(closed.is_so["4"])
    assert "no permitted request" in closed.sentence["4"]


@pytest.mark.parametrize("reach", ["organization", "department", "unit"])
def test_work_within_reach_is_that_of_other_units(fork, reach):
    world = busy_run(fork, Policy().changed("market.reach", reach), 8).world
    open_ = [
        project for project in world.projects[world.projects["used"]]
        if world.now.month - world.needs[project.need].arrived < STAYING.posting.lapse
        and project.joined < world.needs[project.need].places
        and (project.joined == 0 or world.now.month - project.started < STAYING.posting.recruiting)
    ]
    people = world.staff[world.staff["person"] != NONE]
    near = {"organization": lambda p, q: True, "department": lambda p, q: p["department"] == q["department"],
            "unit": lambda p, q: p["unit"] == q["unit"]}[reach]
    share = np.mean([any(near(p, q) and q["unit"] != p["unit"] for q in open_) for p in people])
    assert audit(world).is_so["1"] == pytest.approx(share)


def test_sentences_say_what_is_heard_what_is_so_and_how_far_apart(form):
    for number, row in audit(form.world, 60).iterrows():
        assert f"{100 * row.says_yes:.0f} % say yes" in row.sentence
        assert f"n = {row.n}" in row.sentence
        assert f"What is so: {100 * row.is_so:.0f} %" in row.sentence, number
        assert ("within its error" in row.sentence) == (row.low <= row.is_so <= row.high)


def test_rules_of_ones_own_hold_in_an_audit_too(form):
    frank = audit(form.world, rules=Rules({expressed: lambda employee: employee.latent}))
    assert frank.says_yes["2"] == frank.is_so["2"] > audit(form.world).says_yes["2"]


@pytest.mark.parametrize("given", [{"respondents": 0}, {"rate": 0.0}, {"rate": 1.5}])
def test_a_survey_needs_somebody_to_ask(form, given):
    with pytest.raises(ElbowroomError, match="expected"):
        audit(form.world, **given)


# Who got in


def test_time_given_is_that_of_all_months(fork):
    """Nobody leaves, so what people gave adds up to what the census counted."""
    staying = burn_in(Setup(OrganizationSpec(size=80, burn_in=12), STAYING, Switches(turnover=False)), 3)
    run = busy_run(staying, months=9)
    assert run.world.staff["given"].sum() == pytest.approx(run.census[:, 0]["away"].sum())
    assert run.world.staff["given"].sum() > 0
    assert not staying.staff["given"].any()


def test_who_got_in_is_in_the_records(form):
    table, p = fairness(form.world).set_index(["by", "group"]), staff_of(form)
    took_part = p["served"] > MONTHS - 1 - 12
    everyone = table.loc[("everyone", "everyone")]
    assert everyone.people == len(p)
    assert everyone.took_part == pytest.approx(took_part.mean())
    managers = table.loc[("post", "managers")]
    assert managers.took_part == pytest.approx(took_part[p["leads"] != NONE].mean())
    for code in np.unique(p["department"]):
        row = table.loc[("department", f"department {code}")]
        assert row.took_part == pytest.approx(took_part[p["department"] == code].mean())
    lived = np.minimum(MONTHS, MONTHS - p["hired"])
    settled = lived >= 12
    assert everyone.gini == pytest.approx(gini((p["given"] / lived)[settled])[0])
    assert everyone.time == pytest.approx(1200 * p["given"][settled].sum() / lived[settled].sum())


def test_groups_share_people_and_time_among_them(form):
    table = fairness(form.world, ["somewhere"] * 99)
    assert set(table[table.by == "department"].group) == {"somewhere"}
    for by in ("post", "department", "grade"):
        part = table[table.by == by]
        assert part.people.sum() == len(staff_of(form))
        assert part.share_of_time.sum() == pytest.approx(1)
    part = table[table.by == "manager's support"]
    assert part.people.sum() == len(staff_of(form)) - 1  # the head asks nobody
    assert part.people.min() > len(staff_of(form)) / 6


def test_an_organization_is_audited_as_its_world_is():
    organization = Organization({"size": 60, "burn_in": 12}, behaviour=BUSY, rng=3)
    assert fairness(organization.world).gini.isna().all()  # nothing has been lived so far
    organization.run_for(6)
    pd.testing.assert_frame_equal(organization.audit(20), audit(organization.world, 20))
    names = set(organization.roster.departments)
    assert set(organization.fairness().query("by == 'department'").group) <= names
    assert waiting(organization.lived()).n.iloc[0] > 0


# Studies


def test_studies_keep_how_requests_waited_and_who_got_in():
    setups = {"busy": Setup(OrganizationSpec(size=60, burn_in=12), BUSY)}
    arms = [Arm({"permission": name}, Policy().changed("market.permission", name)) for name in ("tickbox", "form")]
    closed = Arm({"permission": "closed"}, Policy().changed("market.open", False))
    found = replicates(setups, [*arms, closed], 2, 1, 12).at_end
    assert len(found) == 2 * 3
    open_ = found[found.permission != "closed"]
    ends = [f"{end} by month {BUSY.permitting.expiry}" for end in ("answered", "expired", "overtaken")]
    assert open_[ends].sum(axis=1).between(0.95, 1 + 1e-9).all()  # the last may wait on at the end of a run
    quick = open_.set_index(["replicate", "permission"])["answered by month 0"].unstack()
    assert (quick["form"] < quick["tickbox"]).all()
    assert open_.gini.between(0, 1).all()
    assert open_["took part: post, managers"].between(0, 1).all()
    shut = found[found.permission == "closed"]
    assert shut[[*ends, "gini"]].isna().all().all()
    again = replicates(setups, [*arms, closed], 2, 1, 12, threads=1).at_end
    pd.testing.assert_frame_equal(found, again)
