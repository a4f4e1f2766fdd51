"""Comparisons: intervals hold what they promise, also for who peeks; the same luck saves runs; pairs part for a reason.

Random tests have fixed seeds, so they fail only if something changes. With a new seed the coverage tests would fail by
chance once in ten thousand: bounds lie four standard errors away from what is expected.
"""

import json
import math

import numpy as np
import pandas as pd
import pytest
from conftest import ALL, BUSY, ROOT, python

from sim import compare
from sim.errors import ElbowroomError, SettingsError
from sim.running import Run, Setup, burn_in, forked, seed_of
from sim.settings import OrganizationSpec, Policy, named
from sim.studies.certificate import certificate, reduction
from sim.studies.compare import arms_given
from sim.studies.effects import effects, holm, pairs, told
from sim.studies.estimates import effect, estimate
from sim.studies.parting import partings_told
from sim.studies.reading import fingerprints
from sim.studies.sequences import chance_of_none, sequence, spread_of_effects
from sim.studies.stopping import Until, next_batch, planned_for

TRIALS = 2000
FIRST, MOST = 16, 250
BASE = {"policy": "open_opps"}
SMALL = {"organization": {"size": 60, "burn_in": 12}, "behaviour": BUSY, "months": 12}
TWELVE = (
    "participation", "approval", "silence", "time_away", "delivery", "stress", "engagement", "expressed_desire",
    "ties_across", "mobility", "quits", "net_value",
)  # fmt: skip


@pytest.fixture(scope="module")
def small():
    """Two policies against a third in 40 small busy organizations."""
    tight = Policy().changed("market.time_cap", 0.15)
    return compare("open_opps", {"tight": tight, "red tape": "red_tape"}, replicates=40, measures=TWELVE,
                   windows=["all", "month 12"], groups=["everyone", "cohort"], **SMALL)  # fmt: skip


@pytest.fixture(scope="module")
def many():
    """Differences to draw from: so many that no single organization stands for a part of all that there might be."""
    tight = Policy().changed("market.time_cap", 0.15)
    return compare("open_opps", {"tight": tight}, replicates=400 if ALL else 100, measures=TWELVE, windows=["all"],
                   groups=["everyone"], **SMALL)  # fmt: skip


@pytest.fixture(scope="module")
def agencies():
    """The comparison of the certificate, smaller: 24 lively agencies of 1,000."""
    tight = named.policy("open_opps").changed("market.time_cap", 0.15)
    return compare("open_opps", {"cap .15": tight}, "agency", "lively", 24, TWELVE, ["month 12"], months=12)


# Intervals


def looks():
    """Numbers of replicates at which a sequential comparison looks."""
    found = [next_batch(0, FIRST, MOST)]
    while found[-1] < MOST:
        found.append(found[-1] + next_batch(found[-1], FIRST, MOST))
    return found


def covered(draw, truth):
    """Shares of simulated comparisons in which the true effect lies in the interval: of 30 pairs; at every look of a
    sequence; at every look of Student's t; and the mean width of the sequence at 64 pairs over that of Student's t.
    """
    planned, hits, widths = planned_for(FIRST, MOST), np.zeros(3), []
    for _ in range(TRIALS):
        values = draw(MOST)
        holds = [[found.low <= truth <= found.high for found in (sequence(values[:n], planned), estimate(values[:n]))]
                 for n in looks()]  # fmt: skip
        fixed, (always, student) = estimate(values[:30]), np.all(holds, axis=0)
        hits += (fixed.low <= truth <= fixed.high, always, student)
        one, other = sequence(values[:64], planned), estimate(values[:64])
        widths.append((one.high - one.low) / (other.high - other.low))
    return (*(hits / TRIALS), float(np.mean(widths)))


def four_errors(share):
    return 4 * math.sqrt(share * (1 - share) / TRIALS)


def test_intervals_cover_normal_effects_however_often_one_looks():
    rng = np.random.default_rng(1)
    fixed, always, student, width = covered(lambda n: rng.normal(1, 1.5, n), 1.0)
    assert abs(fixed - 0.95) < max(0.02, four_errors(0.95))
    assert always > 0.93
    assert student < 0.9  # which is why peeking needs intervals of its own
    assert 1.3 < width < 1.8


@pytest.mark.parametrize("measure", TWELVE if ALL else ("mobility", "delivery"))
def test_intervals_cover_effects_as_the_model_gives_them(many, measure):
    """Drawn with replacement from differences of the model, whose mean is then the truth; they are skewed."""
    [found] = pairs(many.runs, BASE, [measure])
    pool = found.differences[~np.isnan(found.differences)]
    if measure == "turnover":
        assert not pool.any()
        return
    rng = np.random.default_rng(2)
    fixed, always, _, _ = covered(lambda n: rng.choice(pool, n), pool.mean())
    assert 0.95 - max(0.02, four_errors(0.95)) < fixed < 0.95 + max(0.02, four_errors(0.95))
    assert always > 0.93


def test_a_sequence_is_where_the_bayes_factor_stays_small():
    """The interval against its definition: the factor of standardized effects N(0, g), by numerical integration."""
    from scipy.integrate import quad
    from scipy.stats import nct, norm, t

    values, planned = np.random.default_rng(3).normal(0.4, 1.0, 20), 40
    wide = math.sqrt(spread_of_effects(planned))

    def factor(mean):
        statistic = (values.mean() - mean) / (values.std(ddof=1) / math.sqrt(20))
        against = quad(lambda d: nct.pdf(statistic, 19, d * math.sqrt(20)) * norm.pdf(d, 0, wide), -4, 4, limit=200)[0]
        return against / t.pdf(statistic, 19)

    found = sequence(values, planned)
    assert factor(found.low) == pytest.approx(20, rel=1e-3)
    assert factor(found.high) == pytest.approx(20, rel=1e-3)
    assert chance_of_none(values, planned) == pytest.approx(min(1, 1 / factor(0.0)), rel=1e-3)


def test_p_and_interval_agree():
    rng = np.random.default_rng(4)
    for shift in (0.0, 0.3, 0.6):
        for _ in range(50):
            values = rng.normal(shift, 1, 30)
            for planned in (None, 60):
                row = told(values, 1, planned)
                assert (row["p"] < 0.05) == (row["low"] > 0 or row["high"] < 0)
                assert row["more"] == row["better"]
    assert told(values, -1)["better"] == pytest.approx(1 - told(values)["more"])


def test_pairs_that_all_agree_have_no_effect():
    row = told(np.zeros(10), 1)
    assert (row["effect"], row["low"], row["high"], row["p"], row["more"]) == (0, 0, 0, 1, 0.5)
    assert told(np.zeros(10), 1, 20)["p"] == 1
    assert not Until("stress", half_width=1.0).is_reached(sequence(np.zeros(50), 20))


def test_holm_corrects_for_all_that_is_shown():
    found = holm([0.01, 0.04, np.nan, 0.03, 0.005])
    assert found[[0, 1, 3, 4]] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert np.isnan(found[2])


# Comparisons


def test_effects_are_paired_inside_each_replicate(small):
    for group, window, policy, measure in (("everyone", "all", "tight", "delivery"),
                                           ("cohort", "month 12", "red tape", "stress")):  # fmt: skip
        rows = small.runs[(small.runs.group == group) & (small.runs.window == window)]
        assert small.estimate(measure, policy, window, group) == effect(rows, measure, {"policy": policy}, BASE)


def test_every_effect_that_can_be_read_is_in_the_frame(small):
    table = small.effects
    assert set(table.measure) == set(TWELVE)
    assert set(table[table.group == "cohort"].measure) < set(TWELVE)  # some are not kept by group
    assert not table.duplicated(["policy", "group", "window", "measure"]).any()
    assert (table.p_adjusted >= table.p).all()
    assert set(small.by_month.month) == set(range(1, 13))
    last = small.by_month[(small.by_month.month == 12) & (small.by_month.group == "everyone")]
    both = last.merge(table[table.window == "month 12"], on=["policy", "measure", "group"])
    assert both.effect_x.to_numpy() == pytest.approx(both.effect_y.to_numpy())


def test_a_policy_beside_itself_is_the_same_in_every_pair():
    found = compare("open_opps", {"again": "open_opps"}, replicates=3, **SMALL)
    assert (found.effects.effect == 0).all()
    assert (found.certificate.same == found.certificate.n).all()
    assert np.isinf(found.certificate.times).all()
    assert found.partings.month.isna().all()
    assert "3 of 3 pairs never part" in str(found)
    assert "the same in every pair" in str(found)


def test_batches_are_the_replicates_that_would_have_been_run_at_once():
    until = {"measure": "participation", "half_width": 1e-9}
    asked = {"measures": ["participation", "stress"], **SMALL}
    one = compare("open_opps", "red_tape", replicates=4, until=until, max_replicates=9, **asked)
    other = compare("open_opps", "red_tape", replicates=9, **asked)
    pd.testing.assert_frame_equal(one.runs, other.runs)
    assert one.stopped.looks == (4, 6, 8, 9)
    assert not one.stopped.reached
    assert "Not reached with 9 replicates" in str(one)
    assert (one.effects.fixed_low == other.effects.low).all()
    assert (one.effects.low < one.effects.fixed_low).all()


def test_replicates_are_added_until_an_interval_is_narrow_enough():
    until = {"measure": "participation", "relative": 0.25}
    found = compare("open_opps", "red_tape", replicates=8, until=until, max_replicates=200, **SMALL)
    half = found.estimate("participation")
    assert found.stopped.reached
    assert (half.high - half.low) / 2 <= 0.25 * abs(half.mean)
    assert 8 < found.replicates < 200
    assert f"Stopped at {found.replicates} replicates" in str(found)


def test_what_is_told_is_what_the_numbers_say(small):
    said = str(small)
    assert "Against open_opps" in said
    assert "n = 40 organizations" in said
    clear = small.effects[(small.effects.p_adjusted < 0.05) & (small.effects.window == "all")
                          & (small.effects.group == "everyone") & (small.effects.policy == "red tape")]  # fmt: skip
    assert len(clear) > 3
    joined = clear[clear.measure == "participation"].iloc[0]
    assert joined.effect < 0
    assert f"red tape, worse: people on a project −{-100 * joined.effect:.1f} percentage points" in said
    same = small.certificate.query("group == 'everyone' and window == 'all'")
    assert ("(the same in every pair)" in said) == bool((same.same == 40).any())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"measures": "delivry"}, ["no measure 'delivry'", "mean 'delivery'"]),
        ({"groups": "cohrt"}, ["no group 'cohrt'", "mean 'cohort'"]),
        ({"windows": "year 3"}, ["no window 'year 3'"]),
        ({"windows": {"late": (6, 13)}}, ["'late'", "within 0 and 12"]),
        ({"policies": "redtape"}, ["'redtape'", "mean 'red_tape'"]),
        ({"policies": {"market": {"time_capp": 0.1}}}, ["time_capp"]),
        ({"policies": "open_opps"}, ["'open_opps' is there twice"]),
        ({"policies": []}, ["no policy"]),
        ({"replicates": 1}, ["replicates = 1", "2 or more"]),
        ({"until": {"measure": "stress"}}, ["half_width or relative"]),
        ({"until": {"measure": "stress", "half_width": -1}}, ["above 0"]),
        ({"until": {"measure": "stress", "halfwidth": 1}}, ["'halfwidth'", "mean 'half_width'"]),
        ({"until": {"measure": "seen", "half_width": 1}}, ["waits for measure 'seen'", "not read"]),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(given, expected, monkeypatch):
    monkeypatch.setattr("sim.studies.compare.replicates", None)  # nothing runs
    with pytest.raises(SettingsError) as refused:
        compare("open_opps", **{"policies": "red_tape", **SMALL, **given})
    for part in expected:
        assert part in str(refused.value)


def test_policies_are_called_by_their_names_or_levers():
    names = [arm.labels["policy"] for arm in arms_given({"now": Policy()}, ["red_tape", {"market": {"time_cap": 0.1}}])]
    assert names == ["now", "red_tape", "market.time_cap=0.1"]


def test_a_baseline_that_is_not_there_is_named(small):
    with pytest.raises(ElbowroomError, match=r"no runs of a baseline .*'status_quo'.*there are .*'open_opps'"):
        effects(small.runs, {"policy": "status_quo"})


# The certificate


def test_the_reduction_of_variance_has_the_interval_it_says():
    """For correlated normals the truth is known: 1/(1 − correlation)."""
    rng, hits = np.random.default_rng(5), 0
    for _ in range(TRIALS):
        shared, one, other = rng.normal(size=(3, 60))
        found = reduction(3 * shared + one, 3 * shared + other)
        hits += found.low <= 10 <= found.high
    assert abs(hits / TRIALS - 0.95) < max(0.025, four_errors(0.95))


def test_the_same_luck_saves_runs(agencies):
    """Measured with 200 pairs: see docs/compare.md; 12 in the median of twelve measures with 48."""
    rows = agencies.certificate
    assert set(rows.measure) == set(TWELVE)
    assert rows.times.median() >= 3


def test_independent_runs_save_nothing():
    """Arms paired across replicates, as with seeds of their own: the ratio is 1."""
    rng = np.random.default_rng(6)
    frame = pd.DataFrame([
        {"setup": "a", "replicate": i, "seed": i, "policy": policy, "group": "everyone", "window": "all",
         "stress": rng.normal()} for i in range(400) for policy in ("open_opps", "other")
    ])  # fmt: skip
    row = certificate(frame, BASE).iloc[0]
    assert row.low < 1 < row.high
    assert row.times == pytest.approx(1, abs=0.2)


def test_pairs_part_in_the_first_month_in_which_anything_counted_differs():
    setup = Setup(OrganizationSpec(size=60, burn_in=12), BUSY)
    late = Policy().changed("leadership.committee_every", 6)  # the same until leadership meets
    found = compare("open_opps", {"late": late}, setup=setup, months=12, replicates=3)
    assert (found.partings.month == 7).all()
    world = burn_in(setup, seed_of(1, 0))
    one, other = (fingerprints(forked(world, policy, 12)) for policy in (Policy(), late))
    assert one[:6] == other[:6]
    assert one[6] != other[6]


def test_a_fingerprint_sees_every_tally():
    world = burn_in(Setup(OrganizationSpec(size=60, burn_in=12), BUSY), 1)
    run = forked(world, Policy(), 3)
    before = fingerprints(run)
    for table in (run.census, run.flow):
        for name in table.dtype.names:
            changed = table.copy()
            changed[name][1] += 1
            parts = {"census": run.census, "flow": run.flow, "census" if table is run.census else "flow": changed}
            after = fingerprints(Run(run.policy, run.seed, run.first, **parts))
            assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_pairs_part_for_a_reason():
    """Under a cap of .15, first of all, projects of more than 6 hours a week are out of reach; the luck is the same."""
    setup = Setup(OrganizationSpec(size=400, burn_in=24), named.behaviour("lively"))
    table = partings_told(setup, Policy(), Policy().changed("market.time_cap", 0.15), count=4, months=6)
    assert len(table) == 4
    assert (table.baseline_hours > 6).all()
    assert (table.policy_hours.isna() | (table.policy_hours <= 6)).all()
    assert table.unlike.sum() <= 0.001 * table.alike.sum()  # a request that was made in another month is another one


def test_the_same_policy_never_parts():
    setup = Setup(OrganizationSpec(size=60, burn_in=12), BUSY)
    assert partings_told(setup, Policy(), Policy(), count=2, months=6).empty


# The command line


def elbowroom(*words: str):
    return python("import sys; from sim.command import main; sys.exit(main(sys.argv[1:]))", *words)


def test_the_command_compares_and_leaves_its_results(tmp_path):
    folder = tmp_path / "out"
    done = elbowroom("compare", "policy=red_tape,committee", "baseline=open_opps", "baseline.market.time_cap=0.1",
                     "policy.market.tools=1", "org=department", "study.replicates=3", "study.months=12",
                     "measures=[participation,stress]", "windows=[all,year 1]", f"hydra.run.dir={folder}")  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = {file.name for file in folder.iterdir()}
    assert names >= {"effects.csv", "effects.parquet", "by-month.parquet", "certificate.csv", "partings.csv",
                     "answer.md", "summary.parquet", "manifest.json", "config.yaml", "effects.png", "months.svg"}
    table = pd.read_csv(folder / "effects.csv")
    assert set(table.policy) == {"red_tape, market.tools=1", "committee, market.tools=1"}
    assert set(table.measure) == {"participation", "stress"}
    assert set(table.window) == {"all", "year 1"}
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert about["command"].startswith("elbowroom compare policy=red_tape,committee baseline=open_opps")
    assert "against open_opps, market.time_cap=0.1" in (folder / "answer.md").read_text(encoding="utf-8")
    assert "Effects against open_opps, market.time_cap=0.1: all 12 months, everyone" in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("baseline=opn_opps", ["baseline = 'opn_opps'", "mean 'open_opps'"]),
        ("baselin=open_opps", ["'baselin'", "mean 'baseline'"]),
        ("baseline.market.time_capp=0.1", ["time_capp", "time_cap"]),
        ("policy=open_opps,redtape", ["'redtape'", "mean 'red_tape'"]),
        ("measures=[stres]", ["'stres'", "mean 'stress'"]),
        ("until=delivery", ["half_width or relative"]),
        ("relative=0.1", ["until=delivery"]),
        ("max_replicates=many", ["max_replicates = 'many'"]),
        ("-m policy=open_opps,red_tape", ["without -m"]),
        ("org.size=-3 baseline=opn_opps", ["org.size = -3", "'opn_opps'"]),
    ],
)
def test_the_command_refuses_in_one_message(words, expected, capsys, tmp_path, monkeypatch):
    from sim.command import main

    monkeypatch.chdir(tmp_path)
    assert main(["compare", *words.split()]) == 2
    said = capsys.readouterr().err
    assert said.count("elbowroom: ") == 1
    for part in expected:
        assert part in said
    assert not list(tmp_path.iterdir())


# The page


def test_the_page_names_what_the_frame_has(ran):
    import re

    text = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    page = ran("docs/compare.md")
    assert "Against open_opps" in page.printed[0]
    assert "red_tape, worse" in page.printed[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    told = set(re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in rows)))
    assert told - {"fixed_low", "fixed_high"} <= set(page.names["found"].effects.columns)
