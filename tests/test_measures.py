"""Measures: recomputed by brute force from records, added up over windows and groups, compared with intervals."""

import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, busy_run, busy_world
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.measures import MEASURES, monthly, summary
from sim.measures.frames import years
from sim.people.generate import generate
from sim.records import CORE, NONE, SKILLS
from sim.running import Run, Setup, burn_in
from sim.settings import OrganizationSpec, Policy, Switches
from sim.studies.estimates import chosen, effect, estimate, smallest_detectable
from sim.studies.replicates import Arm, replicates
from sim.tallies import Group

GROUPS = [group.name for group in Group]
# more in every job than it takes, so that some are overloaded; and old hands, so that some have been long in post
PRESSED = BUSY.changed("working.demand_sd", 0.2).changed("people.growth_need", 0.7)


@pytest.fixture(scope="module")
def run() -> Run:
    """Fourteen months of a hundred people, at the end of which somebody leaves."""
    world = burn_in(Setup(OrganizationSpec(size=100, burn_in=24), PRESSED), 7, generate(100, 7))
    return busy_run(world, Policy().changed("market.permission", "form"), 14)


@pytest.fixture(scope="module")
def staff(run):
    """The records of everybody who works here when the last month is over."""
    return run.world.staff[run.world.staff["person"] != NONE]


def uses(family, skill):
    """The three skills of a job family, spelled out: two neighbours and the next but one."""
    return np.isin(skill, [family % SKILLS, (family + 1) % SKILLS, (family + 3) % SKILLS])


def ties_of(run):
    """Ties inside, ties that lead elsewhere, and people: counted from the lists of ties and the plan of posts.

    Team-mates, the manager among them, are inside whatever department they head.
    """
    staff = run.world.staff
    here = np.flatnonzero(staff["person"] != NONE)
    ties = run.world.circles["ties"][here]
    unit, leads = staff["unit"][here][:, None], staff["leads"][here][:, None]
    team = (staff["unit"][ties] == unit) | (staff["unit"][ties] == leads) | (staff["leads"][ties] == unit)
    elsewhere = staff["department"][ties] != staff["department"][here][:, None]
    outside = ((ties != NONE) & elsewhere & ~team).sum()
    return (ties != NONE).sum() - outside, outside, len(here)


# What measures are


def test_every_measure_has_a_name_a_unit_and_a_definition():
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.label.strip()
        assert measure.unit.strip()
        assert len(measure.definition.split()) >= 3
        assert measure.better in (-1, 0, 1)


def test_no_two_measures_share_a_label():
    assert len({measure.label for measure in MEASURES.values()}) == len(MEASURES)


def test_a_definition_says_what_it_is_divided_by():
    rates = [m for m in MEASURES.values() if m.unit.startswith(("share", "per 100", "months per", "people per"))]
    assert len(rates) > 15
    loose = [m.name for m in rates if not any(w in m.definition for w in (" by ", " of ", "mean over"))]
    assert not loose


# Measures from records


@pytest.mark.parametrize("group", ["everyone", "cohort"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("participation", lambda p: np.mean([any(q != NONE for q in projects) for projects in p["projects"]])),
        ("time_away", lambda p: p["time_away"].sum() / p["fte"].sum()),
        ("stress", lambda p: p["stress"].mean()),
        ("latent_desire", lambda p: p["latent"].mean()),
        ("expressed_desire", lambda p: (p["latent"] - p["latent"] * p["rationalization"]).mean()),
        ("involuntary_stayers", lambda p: ((p["position"] >= 60) & (p["latent"] >= 0.3)).mean()),
        ("resigned_stayers", lambda p: (
            (p["position"] >= 60) & (p["latent"] >= 0.3) & (p["rationalization"] >= 0.5)).mean()),
        ("surveyed_stayers", lambda p: (
            (p["position"] >= 60) & (p["latent"] * (1 - p["rationalization"]) >= 0.3)).mean()),
        ("load", lambda p: p["load"].mean()),
        ("overloaded", lambda p: (p["load"] > 1.1).mean()),
        ("delivery", lambda p: p["output"].sum() / p["fte"].sum()),
        ("engagement", lambda p: p["engagement"].mean()),
        ("expected_support", lambda p: p["expected_support"].mean()),
        ("competence", lambda p: np.mean([
            row["skills"][uses(row["family"], np.arange(SKILLS))].sum() / CORE - 0.5 for row in p])),
        ("skills_beyond", lambda p: np.mean([
            (row["skills"] - row["resting"])[~uses(row["family"], np.arange(SKILLS))].sum() for row in p])),
        ("hidden_talent", lambda p: np.mean([
            sum((1 - shown) * max(0, skill + 0.5) for shown, skill in zip(row["shown"], row["skills"], strict=True))
            for row in p])),
    ],
)  # fmt: skip
def test_a_measure_of_people_is_what_their_records_say(run, staff, group, name, value):
    people = staff if group == "everyone" else staff[staff["hired"] < 0]
    told = monthly(run, group)[name].iloc[-1]
    assert told == pytest.approx(value(people), abs=1e-12)
    assert told != 0


def test_measures_of_ties_are_what_the_lists_of_ties_say(run):
    """Those who left this month are nobody's acquaintances any more."""
    assert run.flow.left[-1] > 0
    inside, outside, people = ties_of(run)
    last = monthly(run).iloc[-1]
    assert last.ties == pytest.approx((inside + outside) / people)
    assert last.ties_across == pytest.approx(outside / people)
    assert last.ei_index == pytest.approx((outside - inside) / (outside + inside))


def test_measures_of_ties_hold_where_nobody_leaves():
    still = busy_run(busy_world(80, switches=Switches(turnover=False)))
    inside, outside, people = ties_of(still)
    last = monthly(still).iloc[-1]
    assert last.ties == pytest.approx((inside + outside) / people)
    assert last.ties_across == pytest.approx(outside / people)
    assert last.ei_index == pytest.approx((outside - inside) / (outside + inside))


def test_measures_of_managers_are_what_their_records_say(run):
    led = run.world.units[run.world.units["manager"] != NONE]
    b = PRESSED.permitting
    seats = run.world.seats["holder"]

    def p_yes(value):
        odds = (b.habit + b.support * (led["development"] - 0.5) + b.signal * led["heard"] + b.denied * led["denied"]
                + b.burdened * led["burdened"] + b.hoarding * led["hoarding"] * value
                + b.away * led["away"] / np.maximum(1, led["heads"])
                + b.experience * led["experience"] + b.pressure * led["pressure"])
        return (1 / (1 + np.exp(-odds))).mean()

    last = monthly(run).iloc[-1]
    assert last.panel == pytest.approx(p_yes(0))
    assert last.hoarding_index == pytest.approx(p_yes(1) - p_yes(-1))
    assert last.hoarding_index < 0
    assert last.perceived_signal == pytest.approx(led["heard"].mean())
    kept = ~run.world.seats["closed"]
    assert last.vacancy == pytest.approx((seats[kept] == NONE).mean())
    def p_backs(value):
        b = PRESSED.backing
        odds = (b.habit + b.support * (led["release"] - 0.5) + b.signal * led["heard"]
                + b.experience * led["experience"] + b.pressure * led["pressure"] + b.hoarding * led["hoarding"] * value
                + b.away * led["away"] / np.maximum(1, led["heads"]))
        return (1 / (1 + np.exp(-odds))).mean()

    assert last.back_panel == pytest.approx(p_backs(0))
    assert last.hoarding_of_moves == pytest.approx(p_backs(-1) - p_backs(1))


def test_rates_are_events_by_the_time_in_which_they_could_happen(run):
    frame = monthly(run)
    heads, asked, left = run.census[:, Group.everyone].heads, run.flow.asked, run.flow.left
    assert asked.sum() > 0
    assert frame.asks.tolist() == pytest.approx((1200 * asked / heads).tolist())
    everything = summary(run).query("group == 'everyone' and window == 'all'").iloc[0]
    assert everything.asks == pytest.approx(asked.sum() / (heads.sum() / 12) * 100)
    assert everything.turnover == pytest.approx(left.sum() / (heads.sum() / 12))


def test_what_happens_to_needs_adds_up_to_one(run):
    everything = summary(run).query("group == 'everyone'")
    assert (everything.needs_met + everything.needs_bought + everything.needs_unmet).tolist() == pytest.approx([1, 1])


# Windows


def test_a_frame_has_a_row_for_each_month_and_a_column_for_each_measure(run):
    frame = monthly(run)
    assert frame.index.tolist() == list(range(14))
    assert frame.columns.tolist() == list(MEASURES)
    assert set(monthly(run, "cohort")) == {name for name, measure in MEASURES.items() if measure.by_group}


@pytest.mark.parametrize("group", GROUPS)
def test_a_window_is_the_sum_of_numerators_over_the_sum_of_denominators(run, group):
    windows = {"a month": (3, 4), "some": (2, 9), "all": (0, 14)}
    found = summary(run, windows).query("group == @group").set_index("window")
    census = run.census[:, Group[group]].view(np.recarray)
    for name, (first, last) in windows.items():
        for measure in MEASURES.values():
            if group == "everyone" or measure.by_group:
                above, below = measure.counted(census[first:last], run.flow[first:last])
                expected = above.sum() / below.sum() if below.sum() > 0 else np.nan
                assert found.loc[name, measure.name] == pytest.approx(expected, nan_ok=True), (name, measure.name)


@pytest.mark.parametrize("name", ["stress", "approval", "silence", "delivery", "ei_index"])
def test_a_window_is_the_mean_of_its_months_weighted_by_who_was_there(run, name):
    _, below = MEASURES[name].counted(run.census[:, 0].view(np.recarray), run.flow)
    weights = np.asarray(below)
    months = monthly(run)[name].to_numpy()
    there = weights > 0
    found = summary(run).query("group == 'everyone' and window == 'all'")[name].item()
    assert found == pytest.approx(np.average(months[there], weights=weights[there]))


def test_a_window_of_one_month_is_the_month(run):
    found = summary(run, {"fifth": (5, 6)}).query("group == 'everyone'")
    pd.testing.assert_series_equal(
        found[list(MEASURES)].iloc[0], monthly(run).loc[5], check_names=False, check_dtype=False
    )


def test_windows_are_full_years_and_all_of_a_run(run):
    assert years(run) == {"all": (0, 14), "year 1": (0, 12)}
    assert summary(run).window.unique().tolist() == ["all", "year 1"]


# Groups


def test_measures_that_are_not_kept_by_group_are_missing_there(run):
    found = summary(run).set_index("group")
    single = [name for name, measure in MEASURES.items() if not measure.by_group]
    assert found.loc["cohort", single].isna().all().all()
    untold = {"cleared", "declined"}  # where posters choose; and what a shock asks for, where there is none
    untold |= {name for name, m in MEASURES.items() if m.counted.__module__ == "sim.measures.agility"}
    assert found.loc["everyone", [name for name in single if name not in untold]].notna().all().all()


def test_the_cohort_are_those_hired_before_the_fork(run, staff):
    heads = run.census[:, Group.cohort].heads
    assert heads[-1] == (staff["hired"] < 0).sum() < run.census[-1, Group.everyone].heads
    assert (np.diff(heads) <= 0).all()
    assert heads[0] == run.census[0, Group.everyone].heads - run.flow.hired[0]


def test_participants_are_those_on_a_project_in_the_last_year(run, staff):
    people = staff[staff["served"] > 13 - 12]
    assert run.census[-1, Group.participants].heads == len(people)
    assert monthly(run, "participants").stress.iloc[-1] == pytest.approx(people["stress"].mean())


def test_lending_teams_are_whole_teams(run, staff):
    recent = np.flatnonzero(run.world.units["lent"] > 13 - 12)
    people = staff[np.isin(staff["unit"], recent)]
    assert run.census[-1, Group.lending_teams].heads == len(people)
    assert monthly(run, "lending_teams").load.iloc[-1] == pytest.approx(people["load"].mean())


@pytest.mark.parametrize("group", GROUPS[1:])
def test_groups_are_parts_of_everyone(run, group):
    for column in ("heads", "contracted", "on_project", "away", "stress", "latent", "ties", "overloaded"):
        part, whole = (run.census[:, Group[g]][column] for g in (group, "everyone"))
        assert (part <= whole + 1e-9).all(), column
        assert part.sum() > 0, column


def test_whoever_is_on_a_project_is_a_participant(run):
    assert run.census[:, Group.participants].on_project.tolist() == run.census[:, 0].on_project.tolist()


def test_a_group_without_people_gives_missing_and_not_nil(busy):
    closed = busy_run(busy, Policy().changed("market.open", False), 13)
    assert monthly(closed, "participants").isna().all().all()
    found = summary(closed).set_index(["group", "window"])
    assert np.isnan(found.loc[("participants", "all"), "stress"])
    assert found.loc[("everyone", "all"), "participation"] == 0
    everything = found.loc[("everyone", "all")]
    assert everything[["approval", "silence", "latency", "expired", "places"]].isna().all()
    assert everything.asks == 0


# Estimates


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40).filter(lambda x: np.std(x) > 1e-6), st.floats(0.5, 0.999)
)
def test_intervals_are_those_of_students_t(values, confidence):
    found = estimate(values, confidence)
    low, high = stats.t.interval(confidence, len(values) - 1, np.mean(values), stats.sem(values))
    assert (found.mean, found.low, found.high) == pytest.approx((np.mean(values), low, high), rel=1e-6, abs=1e-6)
    assert found.n == len(values)


def test_missing_values_do_not_count():
    assert estimate([1.0, np.nan, 3.0, 2.0, np.nan]) == estimate([1.0, 3.0, 2.0])
    assert estimate([1.0, np.nan, 3.0, 2.0]).n == 3


def test_one_value_has_no_interval_and_none_has_no_mean():
    one, none = estimate([2.5]), estimate([np.nan])
    assert (one.mean, one.n, one.is_clear) == (2.5, 1, False)
    assert np.isnan([one.low, one.high, none.mean, none.low, none.high]).all()
    assert (none.n, none.is_clear) == (0, False)


def test_an_effect_is_clear_when_its_interval_leaves_out_nil():
    assert estimate([1.0, 1.1, 0.9]).is_clear
    assert estimate([-1.0, -1.1, -0.9]).is_clear
    assert not estimate([1.0, -1.1, 0.9]).is_clear


def arms(one, other):
    """A frame of two arms; each given as replicate: value."""
    return pd.DataFrame([
        {"arm": arm, "replicate": number, "stress": value}
        for arm, values in (("one", one), ("other", other)) for number, value in values.items()
    ])  # fmt: skip


def test_an_effect_pairs_replicates_and_not_rows():
    frame = arms({0: 1.1, 1: 5.1, 2: 9.1}, {2: 9.0, 0: 1.0, 1: 5.0})
    found = effect(frame, "stress", {"arm": "one"}, {"arm": "other"})
    assert found.mean == pytest.approx(0.1)
    assert found.high - found.low < 1e-6
    shuffled = frame.sample(frac=1, random_state=3)
    assert effect(shuffled, "stress", {"arm": "one"}, {"arm": "other"}) == found


def test_only_replicates_with_both_values_count():
    frame = arms({0: 1.0, 1: 2.0, 2: np.nan, 3: 4.0, 4: 7.0}, {0: 0.5, 1: 1.0, 2: 1.0, 3: np.nan, 5: 0.0})
    found = effect(frame, "stress", {"arm": "one"}, {"arm": "other"})
    assert found.n == 2
    assert found.mean == pytest.approx(0.75)


def test_labels_must_single_out_one_run_of_each_replicate():
    frame = pd.concat([arms({0: 1.0, 1: 2.0}, {0: 1.0, 1: 2.0})] * 2)
    with pytest.raises(ValueError, match="single out"):
        effect(frame, "stress", {"arm": "one"}, {"arm": "other"})


def test_an_arm_against_itself_has_no_effect():
    setups = {"busy": Setup(OrganizationSpec(size=60, burn_in=12), BUSY)}
    frame = replicates(setups, [Arm({"name": "a"}, Policy()), Arm({"name": "b"}, Policy())], 3, 1, 12).summary
    everyone = chosen(frame, {"group": "everyone", "window": "all"})
    for name in ("stress", "asks", "delivery"):
        found = effect(everyone, name, {"name": "a"}, {"name": "b"})
        assert (found.mean, found.low, found.high, found.n) == (0, 0, 0, 3)


def test_the_smallest_detectable_effect_is_found_four_times_in_five():
    draws = np.random.default_rng(1).normal(0, 1, (4000, 12))
    size = np.mean([smallest_detectable(estimate(row)) for row in draws])
    assert np.mean([estimate(row + size).low > 0 for row in draws]) == pytest.approx(0.8, abs=0.04)
    assert np.isnan(smallest_detectable(estimate([1.0])))
