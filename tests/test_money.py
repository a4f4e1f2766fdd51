"""Money: amounts from records, parts that add up, prices that can be changed afterwards."""

import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, busy_world
from small_studies import TINY, swept

from sim import compare
from sim.command.composing import check
from sim.errors import SettingsError
from sim.measures import summary
from sim.measures.amounts import AMOUNTS
from sim.measures.frames import over
from sim.measures.money import MEMOS, MONEY, NET, PARTS, RATIOS, USUAL, account, by_month, discounted, money, priced
from sim.records import NONE
from sim.reporting import money as report
from sim.running import Run, forked
from sim.settings import STATUS_QUO, Policy, Prices, Scenario
from sim.studies.effects import effects
from sim.studies.money import NEEDS, accounts, turns
from sim.studies.plan import Plan
from sim.studies.replicates import Results
from sim.studies.store import Store
from sim.world import copied

SMALL = {"size": 60, "burn_in": 12}
EVERYTHING = (
    Policy().changed("managers.backfill", 0.5).changed("leadership.committee_every", 3)
    .changed("leadership.listening", 0.5).changed("vacancies.posted", 0.5)
)
SOLE = {  # prices of one part each
    "slotted": "cost_slotted", "posted": "cost_posted", "interview": "cost_posted", "outside": "cost_outside",
    "consultant": "cost_consultants", "overtime": "cost_overtime", "temp": "cost_backfill", "meeting": "cost_committee",
    "shock": "value_shock", "course": "cost_training",
    **dict.fromkeys(("platform", "launch", "answer", "hearing", "guidance"), "cost_programme"),
}
FULL = BUSY.changed("posting.bought", 0.5).changed("filling.outside_months", 2)


@pytest.fixture(scope="module")
def run() -> Run:
    """Two years in which everything that has a price happens."""
    shock = Scenario.made({"demand": {"start": 3, "months": 6, "share": 0.5}})
    return forked(busy_world(120, behaviour=FULL), EVERYTHING, 24, keep=True, scenario=shock)


@pytest.fixture(scope="module")
def amounts(run):
    return discounted(by_month(run), USUAL.discount)


@pytest.fixture(scope="module")
def found():
    return compare("status_quo", ["open_opps", "playbook"], organization=SMALL, behaviour=FULL, replicates=4, months=18)


# Amounts


def test_everything_that_has_a_price_happens_in_this_run(amounts):
    assert min(amounts.values()) > 0


def test_pay_is_that_of_the_grade_above_the_lowest_with_the_premium(run):
    world, last = run.world, run.world.now.month - 1
    staff = world.staff[world.staff["person"] != NONE]
    grades = world.seats["grade"]
    pay = np.exp(0.15 * (grades.max() - grades))
    settled = staff[staff["hired"] < last]
    expected = (pay[settled["seat"]] * settled["fte"] * (1 + settled["premium"])).sum()
    assert run.flow.paid[-1] == pytest.approx(expected)
    assert (settled["premium"] > 0).any()
    vacant = (world.seats["holder"] == NONE) & ~world.seats["closed"]
    assert run.flow.vacant_pay[-1] == pytest.approx((pay * world.seats["fte"])[vacant].sum())
    assert run.flow.earned[-1] == pytest.approx((pay[settled["seat"]] * settled["output"]).sum())


def test_a_year_of_work_at_the_usual_prices_is_worth_what_it_should_be():
    """By hand: a seat of the lowest grade, full time, with a standard worker who costs nothing to find."""
    even = dict.fromkeys(AMOUNTS, 0.0) | {"work_at_pay": 1200.0, "pay_bill": 1200.0}
    assert money(even)[NET] == pytest.approx(100 * 52_000 * 1.45 * 0.7)


# Parts


def test_parts_add_up_to_net_value_at_any_prices(run, amounts):
    rng = np.random.default_rng(4)
    for _ in range(20):
        drawn = {path: rng.uniform(said.low, said.high) for path, _, said in Prices.walk() if said.low is not None}
        found = account(run, Prices(**drawn))
        assert found[NET] == pytest.approx(sum(found[name] for name in PARTS), abs=1e-6)
    assert set(account(run)) == set(MONEY)


@pytest.mark.parametrize(("price", "part"), SOLE.items())
def test_a_higher_price_makes_its_own_part_dearer_in_proportion_and_no_other(amounts, price, part):
    high = next(said.high for path, _, said in Prices.walk() if path == price)
    factor, dear = high / getattr(USUAL, price), Prices(**{price: high})
    before, after = money(amounts), money(amounts, dear)
    assert {name for name in (*PARTS, *MEMOS) if before[name] != after[name]} == {part}
    own = sum(rate(USUAL) * amounts[name] for name, rate in PARTS[part].terms.items() if rate(USUAL) != rate(dear))
    assert own != 0
    assert after[part] - before[part] == pytest.approx((factor - 1) * own)
    assert after[NET] - before[NET] == pytest.approx(after[part] - before[part])


def test_prices_of_work_and_pay_change_what_hangs_on_them(amounts):
    before = money(amounts)
    dear, paid = money(amounts, Prices(work=2.5)), money(amounts, Prices(pay=104_000))
    valued = {"value_delivery", "value_needs", "value_consultants", "value_shock", "memo_vacancy", "memo_ramp"}
    assert {name for name in (*PARTS, *MEMOS) if before[name] != dear[name]} == valued
    for name in (*valued, "cost_pay", "cost_outside", "cost_consultants", "cost_backfill", "cost_overtime"):
        assert paid[name] == pytest.approx(2 * before[name])
    assert paid["cost_programme"] == before["cost_programme"]


def test_costs_of_each_fill_are_what_was_spent_by_what_was_filled(run, amounts):
    found = money(amounts)
    assert found["cost_per_fill"] * sum(amounts[name] for name in RATIOS["cost_per_fill"].each) == pytest.approx(
        -found["cost_slotted"] - found["cost_posted"] - found["cost_outside"]
    )
    fills = run.flow.filled_after.sum()
    counted = over(run, {"": (0, 24)})
    assert fills == pytest.approx(
        sum(counted[f"fills_{kind}"][0] for kind in ("slotted", "posted", "outside")) * run.flow.seats.sum() / 1200
    )
    assert found["cost_per_opening"] > found["cost_per_fill"]


def test_where_nothing_was_filled_a_fill_has_no_cost():
    assert np.isnan(money(dict.fromkeys(AMOUNTS, 0.0))["cost_per_fill"])


def test_a_seat_that_stays_vacant_for_longer_costs_more_than_it_saves():
    """Else every policy that leaves seats vacant would win. Ten small organizations, the same luck: the mean loss is
    some ten times its standard error.
    """
    lost = []
    for seed in range(10):
        world = busy_world(120, seed=seed)
        slow = copied(world)
        slow.now.behaviour.filling.outside_months = 9.0
        nets = [account(forked(one, STATUS_QUO, 24), USUAL)[NET] for one in (world, slow)]
        lost.append(nets[0] - nets[1])
    assert np.mean(lost) > 3 * np.std(lost, ddof=1) / np.sqrt(len(lost))


# Discounting, and other prices


def test_without_a_discount_the_account_is_the_measure_over_all_months(run):
    plain, measured = account(run, Prices(discount=0.0)), over(run, {"": (0, 24)})
    for name in (*PARTS, NET, *MEMOS):
        assert plain[name] == pytest.approx(measured[name][0]), name


def test_the_discount_takes_more_off_what_comes_later():
    month = np.arange(24)
    early, late = (dict.fromkeys(AMOUNTS, np.zeros(24)) | {"meetings": np.where(month < 12, a, 1.0 - a)}
                   for a in (1.0, 0.0))
    one, other = (discounted({"month": month, "seats": np.ones(24), **some}, 0.1)["meetings"] for some in (early, late))
    assert one / other == pytest.approx(1.1)
    assert one + other == pytest.approx(1.0)


def test_a_frame_at_the_usual_prices_is_what_measures_say(run):
    frame = summary(run)
    everyone = frame[frame.group == "everyone"]
    pd.testing.assert_frame_equal(priced(everyone, USUAL), everyone)
    dear = priced(everyone, Prices(consultant=3.0))
    assert (dear[NET] < everyone[NET]).all()
    assert dear.stress.equals(everyone.stress)


# Comparisons


def test_the_same_policy_twice_differs_by_nothing():
    again = compare({"one": "open_opps"}, {"other": "open_opps"}, organization=SMALL, replicates=2, months=12)
    told = again.money[["effect", "low", "high"]].to_numpy()
    assert (told[~np.isnan(told)] == 0).all()
    assert "the same" in "\n".join(report.sentences(again.money, again.turns, again.prices, "one"))


def test_effects_on_parts_add_up_to_the_effect_on_net_value(found):
    for policy in found.policies:
        here = found.money[found.money.policy == policy].set_index("measure").effect
        assert here[NET] == pytest.approx(here[[*PARTS]].sum())
    assert set(found.money.n) <= {2, 3, 4}


def test_other_prices_are_put_to_the_same_runs(found):
    prices = {"consultant": 2.0, "discount": 0.05}
    anew = compare("status_quo", ["open_opps", "playbook"], organization=SMALL, behaviour=FULL, replicates=4,
                   months=18, prices=prices)
    pd.testing.assert_frame_equal(found.money_at(prices), anew.money)
    pd.testing.assert_frame_equal(found.runs, anew.runs)
    assert not found.money.effect.equals(anew.money.effect)


def test_money_that_is_asked_for_among_measures_stands_at_the_prices_given():
    asked = {"organization": SMALL, "replicates": 2, "months": 12, "measures": [NET]}
    usual, dear = (compare("status_quo", "open_opps", **asked, prices=prices) for prices in ({}, {"work": 2.0}))
    assert dear.runs[NET].gt(usual.runs[NET]).all()


def test_at_its_turn_a_price_leaves_no_effect():
    """A market whose platform costs a little more than the needs that it meets are worth."""
    gains, base = {"needs_at_pay": 0.5, "people_served": 100.0}, {"policy": "closed"}
    rows = [
        {"setup": "run", "replicate": replicate, "seed": replicate, "policy": policy, "month": month, "seats": 100.0,
         **dict.fromkeys(AMOUNTS, 1.0 + replicate), **(gains if policy == "open" else {})}
        for replicate in range(2) for policy in ("closed", "open") for month in range(12)
    ]  # fmt: skip
    amounts = pd.DataFrame(rows)
    amounts.loc[amounts.policy == "closed", list(gains)] = 0.0
    results = Results(amounts, amounts, amounts, (), amounts)
    some = turns(results, base, USUAL)
    assert {turn.price for turn in some} == {NEEDS, "platform", "work", "pay", "on_costs"}
    for turn in some:
        there, prices = amounts, USUAL
        if turn.price == NEEDS:
            there = amounts.assign(needs_at_pay=turn.turn * amounts.needs_at_pay)
        else:
            prices = USUAL.changed(turn.price, turn.turn)
        left = effects(accounts(there, prices), base, [NET]).effect
        assert left.tolist() == pytest.approx([0.0], abs=1e-6)


def test_batches_of_replicates_keep_all_amounts():
    more = compare("status_quo", "open_opps", organization=SMALL, replicates=2, months=12, max_replicates=4,
                   until={"measure": "delivery", "half_width": 1e-9})
    assert more.money.n.max() == 4


# Studies and the command line


def test_points_that_differ_in_prices_alone_share_their_runs(tmp_path):
    points = ({"prices.consultant": 1.0}, {"prices.consultant": 3.0}, {"prices": "at_cost"})
    plan = Plan(points, TINY, months=6, replicates=2)
    assert swept(plan, tmp_path / "study").runs == 2
    table = Store(tmp_path / "study").table()
    rows = table[(table["group"] == "everyone") & (table["window"] == "all")].set_index(["point", "replicate"])
    assert (rows.cost_consultants[1] / rows.cost_consultants[0]).dropna().tolist() == pytest.approx(
        [3.0] * (rows.cost_consultants[0] != 0).sum())  # fmt: skip
    assert rows.value_delivery[2].tolist() == pytest.approx((rows.value_delivery[0] / 1.7).tolist())
    assert rows.delivery[1].equals(rows.delivery[0])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("prices.consultant=7", "1 to 3 (times pay)"), ("prices.interview=cheap", "(USD an interview)"),
        ("prices.wrok=2", "prices.work"), ("prices=at_cst", "at_cost"),
    ],
)
def test_prices_are_refused_with_their_unit_and_what_was_meant(word, expected):
    with pytest.raises(SettingsError) as refused:
        check([word])
    assert expected in str(refused.value)


def test_every_price_is_declared_with_unit_range_and_source():
    for path, _, said in Prices.walk():
        assert path == "currency" or (said.unit and said.low is not None and said.high is not None)
        assert said.source or said.grade in ("D", "")


# Reports


def test_the_table_and_the_sentences_name_currency_n_and_the_verdict(found):
    prices = found.prices.changed("currency", "EUR")
    text = report.markdown(found.money, found.turns, prices, "status_quo")
    assert "EUR per 100 seats and year" in text
    assert "n = 4" in text
    assert any(words in text for words in ("it wins", "it loses", "not told apart from none"))
    assert "net value" in text


def test_bars_are_as_long_as_the_effects_and_net_value_comes_last(found):
    figure = report.parts(found.money, found.prices, "status_quo", "n = 4 organizations")
    panel = figure.axes[0]
    assert panel.get_yticklabels()[-1].get_text() == "net value"
    net = found.money[found.money.measure == NET].set_index("policy").effect / 1000
    assert [bar.get_width() for bar in panel.patches[-2:]] == pytest.approx(net[[*found.policies]].tolist())
    left_out = 2 * len(PARTS) * report.SMALL * max(abs(bar.get_width()) for bar in panel.patches)
    assert sum(bar.get_width() for bar in panel.patches[:-2]) == pytest.approx(net.sum(), abs=left_out)
