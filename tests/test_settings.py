"""What may be set: declared in full, refused in words, and read by rules as it was given."""

import math
import sys
from enum import IntEnum

import numpy as np
import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.command import HELP
from sim.errors import SettingsError
from sim.records import Now
from sim.rows import Rows, field, record
from sim.settings import STATUS_QUO, Behaviour, OrganizationSpec, Policy, Prices, Scenario, Switches, named
from sim.settings.declare import KINDS, is_group
from sim.settings.parameters import GROUPS, defaults, known, parameters
from sim.settings.policy import Market, Permission, Reach
from sim.settings.study import CapStudy, Study, SweepStudy
from sim.settings.switches import switch
from sim.studies.design import designed
from sim.studies.plan import Plan

ALL_GROUPS = (Policy, Behaviour, Switches, Scenario, OrganizationSpec, Prices, Study, CapStudy)
EVERY = [(f"{group.__name__}.{path}", f, said) for group in ALL_GROUPS for path, f, said in group.walk()]
NUMBERS = [entry for entry in EVERY if entry[1].type in (int, float)]
COLUMNS = ["name", "kind", "default", "unit", "low", "high", "choices", "source", "grade", "description"]
ENTRY = {"policy": Policy, "behaviour": Behaviour, "org": OrganizationSpec, "scenario": Scenario, "prices": Prices}
HUGE = pytest.param(10**400, id="huge")
FILES = sorted(file for file in (ROOT / "configs").rglob("*.yaml"))


def refusal(act, *arguments, **values) -> str:
    with pytest.raises(SettingsError) as caught:
        act(*arguments, **values)
    return str(caught.value)


def is_choice(kind) -> bool:
    return isinstance(kind, type) and issubclass(kind, IntEnum)


# Declarations


def test_every_setting_says_what_it_means_and_of_what_kind_it_is():
    assert not [path for path, _, said in EVERY if not said.text.strip() or said.kind not in KINDS]


def test_every_group_says_what_it_is_about():
    inner = [(name, f) for group in ALL_GROUPS for name, f in group.fields().items() if is_group(f.type)]
    assert {"market", "leadership", "people", "learning"} <= {name for name, _ in inner}
    assert all(f.metadata["declared"].text for _, f in inner)


def test_every_number_has_a_range_that_holds_its_default():
    assert not [
        path for path, f, said in NUMBERS
        if said.low is None or said.high is None or not said.low <= f.default <= said.high or not said.low < said.high
    ]


def test_a_unit_is_named_wherever_a_number_stands_for_a_quantity():
    without = {path for path, _, said in NUMBERS if not said.unit}
    assert {path.partition(".")[2] for path in without} == {"replicates", "seed", "threads"}


def test_evidence_is_graded_and_sourced():
    levers_and_habits = [e for e in EVERY if e[0].startswith(("Policy.", "Behaviour."))]
    assert not [path for path, _, said in levers_and_habits if said.grade not in ("A", "B", "C", "D")]
    assert not [path for path, _, said in levers_and_habits if said.grade in ("A", "B", "C") and not said.source]
    assert not [path for path, _, said in EVERY if said.grade not in ("A", "B", "C", "D", "")]


def test_whatever_is_assumed_can_be_varied_widely():
    """Sensitivity draws from these ranges: one of no width would hide that nobody knows the number."""
    swept = [e for e in EVERY if e[2].grade == "D" and e[2].kind == "swept"]
    assert len(swept) > 50
    scale = {path: min(abs(f.default), abs(1 - f.default)) if said.unit.startswith("share") else abs(f.default)
             for path, f, said in swept}  # a share near 1 counts by what it leaves
    assert not [path for path, _, said in swept if said.high - said.low < 0.4 * scale[path]]


def test_every_lever_has_a_range_or_choices():
    levers = list(Policy.walk())
    assert {said.kind for _, _, said in levers} == {"lever"}
    assert not [
        path for path, f, said in levers if not is_choice(f.type) and f.type is not bool and said.high is None
    ]


def test_the_table_lists_everything_once_with_all_its_columns():
    frame = sim.parameters()
    assert frame.columns.tolist() == COLUMNS
    assert frame.name.is_unique
    first = [path for name, group in GROUPS.items() for path, _, _ in group.walk(name)]
    assert frame.name.tolist()[: len(first)] == first
    assert set(frame.name) == set(known()) == set(first) | set(known("sweep"))
    assert (frame.description.str.len() > 0).all()


def test_the_table_agrees_with_the_declarations():
    frame = parameters().set_index("name")
    assert frame.loc["policy.market.time_cap", ["default", "low", "high", "kind"]].tolist() == [0.2, 0, 1, "lever"]
    assert frame.loc["policy.market.permission", "choices"] == "none, tickbox, form, chain"
    assert frame.loc["policy.market.permission", "default"] == "tickbox"
    assert frame.loc["behaviour.permitting.above_lean", "source"] == "assumption"
    assert frame.loc["org.size", "unit"] == "people"


def test_defaults_as_nested_values_make_the_defaults():
    for name, group in GROUPS.items():
        assert group.made(defaults()[name], name) == group()


# Refusals


def test_one_message_names_all_faults_and_what_was_meant():
    said = refusal(
        Policy.made,
        {
            "market": {"time_capp": 0.1, "permission": "forms", "visibility": 3, "tools": "half"},
            "leadershp": {"signal": 0.5},
            "leadership": {"signal": True, "committee_every": 2.5},
        },
        "policy",
    )
    lines = said.splitlines()
    assert len(lines) == 7
    for expected in (
        "'time_capp'", "'time_cap'", "policy.market.permission = 'forms'", "'form'", "policy.market.visibility = 3",
        "policy.market.tools = 'half'", "'leadershp'", "'leadership'", "policy.leadership.signal = True",
        "policy.leadership.committee_every = 2.5",
    ):
        assert expected in said


@pytest.mark.parametrize("given", [None, 3, "open", [1]])
def test_a_group_is_not_a_single_value(given):
    said = refusal(Policy.made, {"market": given}, "policy")
    assert "policy.market is a group" in said
    assert "time_cap" in said


def test_a_group_is_not_replaced_by_what_is_no_group():
    assert "market" in refusal(Policy().changed, "market", 3)
    assert "market" in refusal(Policy, market=3)


@pytest.mark.parametrize("value", [True, False, "0.1", None, math.nan, math.inf, -math.inf, [0.1], {}, 0.1 + 0j])
def test_what_is_no_number_is_refused_with_range_and_unit(value):
    said = refusal(Policy.made, {"market": {"time_cap": value}}, "policy")
    assert said.startswith(f"policy.market.time_cap = {value!r}")
    assert "0 to 1 (share of own full time)" in said


@pytest.mark.parametrize("value", [True, "60", None, 60.5, math.nan, math.inf, -math.inf, HUGE])
def test_what_is_no_whole_number_is_refused_with_range_and_unit(value):
    said = refusal(OrganizationSpec.made, {"size": value}, "org")
    assert said.startswith("org.size = ")
    assert "20 to 5e+06 (people)" in said or "20 to 5,000,000 (people)" in said


@pytest.mark.parametrize("value", [-0.001, 1.001, 7, HUGE])
def test_a_number_outside_its_range_is_refused(value):
    assert "outside its range, 0 to 1" in refusal(Market, time_cap=value)


def test_whole_numbers_may_be_written_with_a_point_and_fractions_without():
    spec, market = OrganizationSpec(size=60.0), Market(time_cap=1)
    assert isinstance(spec.size, int)
    assert isinstance(market.time_cap, float)
    assert isinstance(Market(time_cap=np.float64(0.5)).time_cap, float)


@pytest.mark.parametrize("value", [1, 0, "true", None, "yes", 1.0])
def test_yes_or_no_is_nothing_else(value):
    assert "expected true or false" in refusal(Market, open=value)


@pytest.mark.parametrize("value", [1, True, 2.0, "Form", "forms", [], "anything"])
def test_an_unknown_choice_is_answered_with_those_there_are(value):
    assert "none, tickbox, form, chain" in refusal(Market, permission=value)


def test_no_permission_is_spelled_none_and_may_be_left_blank_in_a_file():
    assert Market(permission="none").permission is Permission.none
    assert Policy.made(yaml.safe_load("market: {permission: none}")).market.permission is Permission.none
    assert Policy.made(yaml.safe_load("market: {permission: null}")).market.permission is Permission.none


@pytest.mark.parametrize("value", [5, 0.1, True, ["a", "b"], {"a": 1}])
def test_what_is_no_text_is_refused(value):
    assert refusal(OrganizationSpec.made, {"people": value}, "org").startswith("org.people = ")


@pytest.mark.parametrize("value", [None, 5, ["a"], {}])
def test_an_organization_has_a_name(value):
    assert refusal(OrganizationSpec.made, {"name": value}, "org").startswith("org.name = ")


def test_unknown_settings_are_refused_by_constructors_and_changes_too():
    assert "'time_cap'" in refusal(Policy().changed, "market.time_capp", 0.1)
    assert "'market'" in refusal(Policy().changed, "markt.time_cap", 0.1)
    assert "time_cap" in refusal(Policy().changed, "market.time_cap.more", 0.1)
    assert "outside its range" in refusal(Policy().changed, "market.time_cap", 2)


def test_unknown_names_are_answered_with_the_nearest():
    assert "'red_tape'" in refusal(named.policy, "redtape")
    assert "'lively'" in refusal(named.behaviour, "livly")
    assert "'department'" in refusal(named.organization, "departments")


# Changes and round trips


def test_a_change_makes_a_copy_and_leaves_the_original_alone():
    old = Policy()
    new = old.changed("market.time_cap", 0.1)
    assert (old.market.time_cap, new.market.time_cap) == (0.2, 0.1)
    assert new.changed("market.time_cap", 0.2) == old
    assert new.leadership == old.leadership
    with pytest.raises(AttributeError):
        old.market.time_cap = 0.5


def values_of(said, kind):
    if is_choice(kind):
        return st.sampled_from([member.name for member in kind])
    if kind is bool:
        return st.booleans()
    return (st.integers if kind is int else st.floats)(said.low, said.high)


def made_of(group):
    """Settings of a group with some of its values drawn from their ranges."""
    drawn = {path: values_of(said, f.type) for path, f, said in group.walk()}

    def changed(changes):
        settings = group()
        for path, value in changes.items():
            settings = settings.changed(path, value)
        return settings

    return st.fixed_dictionaries({}, optional=drawn).map(changed)


@given(made_of(Policy))
def test_a_policy_comes_back_from_plain_values(policy):
    assert Policy.made(policy.plain()) == policy
    assert Policy.made(yaml.safe_load(yaml.safe_dump(policy.plain()))) == policy


def test_behaviour_switches_and_organizations_come_back_from_plain_values():
    for group in (named.behaviour("lively"), Switches(turnover=False), OrganizationSpec(size=60, people="a.csv")):
        assert type(group).made(yaml.safe_load(yaml.safe_dump(group.plain()))) == group


@given(made_of(Policy))
def test_a_policy_is_read_by_rules_as_it_was_given(policy):
    now = Now.rows(1)[0]
    now.policy = policy.row()
    for path, _, _ in Policy.walk():
        group, name = path.split(".")
        assert now.policy[group][name] == getattr(getattr(policy, group), name)


def test_behaviour_and_switches_are_read_by_rules_as_they_were_given():
    """Every value differs from all others, so that a column out of place would be noticed."""
    behaviour = Behaviour()
    for step, (path, f, said) in enumerate(Behaviour.walk()):
        if f.type is float:
            behaviour = behaviour.changed(path, said.low + (said.high - said.low) * (step + 1) / 1000)
    off = list(Switches.fields())[::2]
    switches = Switches(**dict.fromkeys(off, False))
    now = Now.rows(1)[0]
    now.behaviour, now.switches = behaviour.row(), switches.row()
    for path, _, _ in Behaviour.walk():
        group, name = path.split(".")
        assert now.behaviour[group][name] == getattr(getattr(behaviour, group), name)
    assert {name for name in Switches.fields() if not now.switches[name]} == set(off)


def test_choices_stand_in_records_as_whole_numbers():
    now = Now.rows(1)[0]
    now.policy = Policy().changed("market.permission", "chain").changed("market.reach", "department").row()
    assert now.policy.market.permission == int(Permission.chain) == 3
    assert now.policy.market.reach == int(Reach.department) == 1
    assert now.policy.market.dtype["permission"] == np.int64


@pytest.mark.parametrize("name", ["base", "data", "put", "size", "view", "item", "sum", "shape"])
def test_a_column_that_numpy_would_hide_is_refused(name):
    """With plain Python such a column would be NumPy's own attribute, and rules would read something else."""
    clashing = type("Clashing", (Rows,), {"__annotations__": {name: float}, name: field("a number")})
    with pytest.raises(TypeError, match=f"{name}.*choose another"):
        record(clashing)


def test_switches_are_on_unless_somebody_says_otherwise():
    assert all(Switches().plain().values())
    assert switch("a mechanism").default is True


# Named settings


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT / "configs").as_posix())
def test_every_file_opens_with_the_command_that_runs_it(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if not line.startswith("# @"))  # where Hydra puts it stands above
    folder = file.parent.name
    assert first.startswith("# elbowroom ")
    command, *words = first.removeprefix("# elbowroom ").split()
    assert f"elbowroom {command}" in HELP
    if folder == "configs" or file.stem == "cap":
        assert command == file.stem
    else:
        assert f"{folder}={file.stem}" in words


@pytest.mark.parametrize("group", ["policy", "behaviour", "org", "scenario", "prices"])
def test_every_named_setting_is_valid(group):
    names = named.names(group)
    assert names == sorted(file.stem for file in (ROOT / "configs" / group).glob("*.yaml"))
    made = {name: ENTRY[group].made(named.contents(group, name), group) for name in names}
    twins = [(a, b) for a in names for b in names if a < b and made[a] == made[b]]
    assert not twins


def test_organizations_bear_the_names_of_their_files():
    assert all(named.organization(name).name == name for name in named.names("org"))


def test_every_sector_sets_age_turnover_and_hiring_and_nothing_else():
    made = {name: Behaviour.made(named.contents("sector", name)) for name in named.names("sector")}
    assert made["government"] == Behaviour()
    assert made["private"].leaving.early > made["government"].leaving.early
    assert set(named.contents("sector", "private")) == {"people", "leaving", "filling"}
    for name in made:
        assert "# @package behaviour\n" in (ROOT / f"configs/sector/{name}.yaml").read_text(encoding="utf-8")


def test_the_main_job_is_valid():
    study = CapStudy.made(named.contents("study", "cap"), "study")
    assert 0.0 in study.caps
    assert set(study.behaviours) <= set(named.names("behaviour"))
    assert {Permission[name] for name in study.permissions}
    assert study.signals


@pytest.mark.parametrize("name", sorted(set(named.names("study")) - {"cap"}))
def test_every_named_sweep_is_valid(name):
    study = SweepStudy.made(named.contents("study", name), "study")
    points = designed(study.design, study.axes, study.samples)
    assert len(points) > 1
    assert len({one.key for one in Plan(tuple(points), study.fixed).resolved()}) == len(points)


def test_named_policies_are_what_their_names_say():
    quiet, open_opps = named.policy("quiet_launch"), named.policy("open_opps")
    assert open_opps == Policy()
    assert quiet == open_opps.changed("leadership.signal", 0.0)
    assert named.policy("red_tape") == open_opps.changed("market.permission", "chain")
    assert named.policy("status_quo") == STATUS_QUO
    assert named.policy("committee").leadership.committee_every > 0


def test_settings_are_found_from_the_package():
    assert sim.policy("red_tape") == named.policy("red_tape")
    assert sim.behaviour("lively") == named.behaviour("lively")
    assert set(sim.__all__) <= set(dir(sim))
    assert all(getattr(sim, name) for name in sim.__all__ if name in ("Policy", "Behaviour", "Switches"))
    with pytest.raises(AttributeError, match="no attribute 'Polcy'"):
        _ = sim.Polcy
    assert sys.modules["sim"].__version__.count(".") == 2
