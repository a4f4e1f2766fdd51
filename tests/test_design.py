"""Designs: which points a study visits, and what is refused before anything runs."""

import numpy as np
import pytest

from sim.settings import Permission
from sim.settings.composed import composed
from sim.studies.design import DesignError, Interval, designed, listed
from sim.studies.plan import Plan

CAP, FORM, WISH = "policy.market.time_cap", "policy.market.permission", "behaviour.asking.habit"


def test_a_grid_has_every_value_with_every_other():
    points = designed("grid", {CAP: [0, 0.1], FORM: ["tickbox", "form", "chain"]})
    assert len(points) == 6
    assert {(p[CAP], p[FORM]) for p in points} == {(c, f) for c in (0, 0.1) for f in ("tickbox", "form", "chain")}


def test_a_zip_pairs_values_and_refuses_unequal_lengths():
    assert designed("zip", {CAP: [0, 0.1], FORM: ["tickbox", "form"]}) == [
        {CAP: 0, FORM: "tickbox"}, {CAP: 0.1, FORM: "form"},
    ]  # fmt: skip
    with pytest.raises(DesignError, match=r"time_cap has 2, .*permission has 1"):
        designed("zip", {CAP: [0, 0.1], FORM: ["form"]})


def test_a_list_is_read_from_csv(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(f"{CAP},{FORM}\n0.1,form\n0.2,none\n", encoding="utf-8")
    assert listed(file) == [{CAP: 0.1, FORM: "form"}, {CAP: 0.2, FORM: "none"}]
    file.write_text(f"{CAP},{FORM}\n2020-01-01,form\n0.1,'{{'\n", encoding="utf-8")
    with pytest.raises(DesignError, match=r"(?s)point 0.*2020-01-01.*point 1.*'{'"):
        Plan(tuple(listed(file))).resolved()
    file.write_text(f"{CAP},{FORM}\n0.1\n", encoding="utf-8")
    with pytest.raises(DesignError, match="line 2: 1 values for 2 settings"):
        listed(file)
    with pytest.raises(DesignError, match="cannot be read"):
        listed(tmp_path / "none.csv")


@pytest.mark.parametrize("kind", ["latin", "sobol"])
def test_sampling_fills_each_axis_evenly(kind):
    points = designed(kind, {CAP: Interval(0, 0.4), FORM: ["tickbox", "form"], "org.size": Interval(20, 29, True)}, 64)
    caps = np.array([p[CAP] for p in points])
    assert len(points) == 64
    assert list(np.histogram(caps, 8, (0, 0.4))[0]) == [8] * 8
    assert sum(p[FORM] == "form" for p in points) == 32
    assert {p["org.size"] for p in points} == set(range(20, 30))
    assert points == designed(kind, {CAP: Interval(0, 0.4), FORM: ["tickbox", "form"],
                                     "org.size": Interval(20, 29, True)}, 64)  # fmt: skip


def test_morris_changes_one_setting_at_a_time():
    axes = {CAP: Interval(0, 1), WISH: Interval(-5, -2), "org.size": Interval(20, 1000, True)}
    points = designed("morris", axes, 10)
    assert len(points) == 40
    for start in range(0, 40, 4):
        changed = [
            {path for path in axes if points[i][path] != points[i + 1][path]} for i in range(start, start + 3)
        ]
        assert sorted(path for step in changed for path in step) == sorted(axes)


@pytest.mark.parametrize(
    ("kind", "axes", "samples", "said"),
    [
        ("grid", {CAP: []}, 0, "time_cap has no values"),
        ("grid", {CAP: range(1_000_000), "org.size": range(1000)}, 0, "1,000,000,000 points"),
        ("grid", {CAP: Interval(0, 1)}, 0, "study.design=latin or sobol"),
        ("gird", {CAP: [0]}, 0, "Did you mean 'grid'"),
        ("sobol", {CAP: Interval(0, 1)}, 48, "32 or 64"),
        ("latin", {CAP: Interval(0, 1)}, 0, "study.samples"),
        ("sobol", {CAP: Interval(0, 1)}, 1 << 30, "1,073,741,824 points"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(kind, axes, samples, said):
    with pytest.raises(DesignError, match=said):
        designed(kind, axes, samples)


def test_an_empty_interval_is_refused():
    with pytest.raises(DesignError, match="empty"):
        Interval(1, 1)


def test_one_message_names_every_fault_with_its_point():
    plan = Plan(({CAP: 0.1}, {CAP: 1.5}, {"policy.market.time_cup": 1}, {"org": "departement"}, {"study.seed": 3}))
    with pytest.raises(DesignError) as told:
        plan.resolved()
    lines = str(told.value).splitlines()
    assert len(lines) == 4
    assert "point 1 (policy.market.time_cap=1.5)" in lines[0]
    assert "0 to 1" in lines[0]
    assert "Did you mean 'time_cap'" in lines[1]
    assert "Did you mean 'department'" in lines[2]
    assert "point 4" in lines[3]


def test_a_fault_of_many_points_is_told_once():
    with pytest.raises(DesignError) as told:
        Plan(tuple({CAP: cap} for cap in (0, 0.1, 0.2)), {"polcy": "red_tape"}).resolved()
    assert str(told.value) == "all 3 points: There is no setting 'polcy'. Did you mean 'policy'?"


def test_too_many_runs_are_refused():
    with pytest.raises(DesignError, match="10,000,000"):
        Plan(tuple({CAP: 0.1} for _ in range(1001)), replicates=100_000)


def test_words_are_composed_as_on_the_command_line():
    """Choices are laid on first and single values last, whatever their order; a sector belongs to behaviour."""
    made = composed({CAP: 0.15, "sector": "private", "policy": "red_tape", "org": "department", "org.burn_in": 6})
    assert made["policy"].market.permission is Permission.chain
    assert made["policy"].market.time_cap == 0.15
    assert made["behaviour"].leaving.early == 0.045
    assert (made["org"].size, made["org"].burn_in) == (120, 6)


def test_hydra_composes_the_same():
    from hydra import compose, initialize_config_dir
    from hydra.core.config_store import ConfigStore

    from sim.command.composing import plain
    from sim.settings.named import config_dir
    from sim.settings.parameters import defaults

    ConfigStore.instance().store(name="declared", node=defaults("sweep"))
    words = {"policy": "committee", "behaviour": "lively", "sector": "private", "org": "company",
             "behaviour.leaving.early": 0.01, FORM: "form"}  # fmt: skip
    with initialize_config_dir(str(config_dir()), version_base="1.3"):
        values = plain(compose("sweep", [f"{name}={value}" for name, value in words.items()]))
    for kind, made in composed(words).items():
        assert made.plain() == type(made).made(values[kind]).plain()
