"""The command line: what goes wrong is said in one message; what goes right can be done again."""

import contextlib
import csv
import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import ROOT, SHARED, python

import sim
from sim.command import main
from sim.command.compare import sorted_out
from sim.command.composing import check, policy_of, setup_of
from sim.errors import ElbowroomError, SettingsError
from sim.measures import MEASURES
from sim.people.generate import generate
from sim.running import seed_of
from sim.settings import STATUS_QUO, Policy, named
from sim.settings.parameters import GROUPS, defaults
from sim.settings.study import CapStudy, Study
from sim.studies.replicates import Arm, replicates
from sim.studies.store import Store
from sim.tallies import Group

QUICK = ("org=department", "study.replicates=2", "study.months=12")
TREASURY = SHARED / "people" / "treasury.csv"
COMMAND = "import sys; from sim.command import main; sys.exit(main())"


def elbowroom(*words: str) -> SimpleNamespace:
    """Run a command in this process: its exit status, and what it wrote."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(list(words))
        except SystemExit as left:
            status = left.code
    return SimpleNamespace(status=status, out=out.getvalue(), err=err.getvalue())


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Results go to a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(*words: str) -> str:
    """The one message with which a command is refused; nothing is left behind."""
    before = set(Path().rglob("*"))
    done = elbowroom(*words)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("elbowroom: ")
    assert done.err.count("elbowroom: ") == 1
    assert "Traceback" not in done.err
    assert set(Path().rglob("*")) - before <= {Path("results")}
    return done.err


# Refusals


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rum", ["no command 'rum'", "'run'", "cap, run, compare, sweep"]),
        ("run policy.market.time_capp=0.1", ["'policy.market.time_capp'", "mean 'policy.market.time_cap'"]),
        ("run +policy.market.time_capp=0.1", ["'policy.market.time_capp'", "mean 'policy.market.time_cap'"]),
        ("run ++policy.market.time_capp=0.1", ["mean 'policy.market.time_cap'"]),
        ("run time_cap=0.1", ["'time_cap'", "mean 'policy.market.time_cap'"]),
        ("run tme_cap=0.1", ["'tme_cap'", "mean 'policy.market.time_cap'"]),
        ("run polcy=red_tape", ["'polcy'", "mean 'policy'"]),
        ("run policy=redtape", ["policy = 'redtape'", "mean 'red_tape'", "committee, mandated_rotation"]),
        ("run +policy=redtape", ["mean 'red_tape'"]),
        ("run org=departmnt", ["org = 'departmnt'", "mean 'department'"]),
        ("run behaviour=livly", ["behaviour = 'livly'", "mean 'lively'"]),
        ("run sector=goverment", ["sector = 'goverment'", "mean 'government'"]),
        ("run policy.market.permission=forms", ["policy.market.permission = 'forms'", "none, tickbox", "mean 'form'"]),
        ("run policy.market.time_cap=2", ["policy.market.time_cap = 2", "0 to 1 (share of own full time)"]),
        ("run policy.market.time_cap=lots", ["policy.market.time_cap = 'lots'", "expected a number, 0 to 1"]),
        ("run policy.market.open=1", ["policy.market.open = 1", "true or false"]),
        ("run org.size=120.5", ["org.size = 120.5", "whole number"]),
        ("run org.size=nan", ["org.size = nan", "whole number"]),
        ("run study.replicates=1", ["study.replicates = 1", "2 to"]),
        ("run policy.market=3", ["'policy.market'"]),
        ("run ~policy", ["'~policy'", "cannot be taken away"]),
        ("run nonsense", ["'nonsense'", "name=value"]),
        ("run policy=open_opps,red_tape", ["'policy=open_opps,red_tape'", "-m"]),
        ("run policy.market.time_cap=0.1,0.2", ["several values", "-m"]),
        ("run -m policy=open_opps,redtape", ["policy = 'redtape'", "mean 'red_tape'"]),
        ("run -m policy.market.time_cap=0.1,2", ["policy.market.time_cap = 2", "0 to 1"]),
        ("run -m policy=open_opps,red_tape hydra.sweep.dir=both", ["study.folder=FOLDER"]),
        ("sweep policy=open_opps,red_tape hydra/launcher=joblib", ["study.engine"]),
        ("run org.people=[a,b]", ["org.people = ", "text"]),
        ("cap org.people=nobody.csv", ["nobody.csv", "no such file"]),
        ("run -m policy=open_opps,red_tape org.people=nobody.csv", ["nobody.csv", "no such file"]),
        ("cap behaviour=lively", ["study.behaviours"]),
        ("cap study.caps=[0.1,0.2]", ["study.caps", "0 must be among"]),
        ("cap study.caps=0.2", ["study.caps"]),
        ("cap study.caps=lots", ["study.caps"]),
        ("cap study.caps=null", ["study.caps"]),
        ("cap study.caps=[]", ["study.caps"]),
        ("cap study.caps=[0.0]", ["study.caps"]),
        ("cap study.caps=[0.0,0.1,0.1]", ["study.caps"]),
        ("cap study.caps=[0.0,3.0]", ["3.0", "0 to 1"]),
        ("cap study.permissions=[]", ["study.permissions"]),
        ("cap study.permissions=form", ["study.permissions"]),
        ("cap study.permissions=[forms]", ["'forms'", "mean 'form'"]),
        ("cap study.permissions=[form,form]", ["study.permissions"]),
        ("cap study.behaviours=[livly]", ["'livly'", "mean 'lively'"]),
        ("cap study.behaviours=lively", ["study.behaviours"]),
        ("cap study.behaviours=[]", ["study.behaviours"]),
        ("cap study.signals={loud:{sgnal:1.0}}", ["'sgnal'", "mean 'signal'"]),
        ("cap study.signals={loud:3}", ["study.signals"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_message(words, expected, monkeypatch):
    def runs(*_, **__):
        raise AssertionError("something was run")

    for place in ("sim.studies.cap.replicates", "sim.command.run.replicates"):
        monkeypatch.setattr(place, runs)
    said = refusal(*words.split())
    for part in expected:
        assert part in said


def test_all_faults_of_a_command_are_named_at_once():
    said = refusal("run", "polcy=red_tape", "org.size=-3", "time_cap=0.1", "policy=redtape", "policy.market.tools=x")
    assert len(said.splitlines()) == 5
    for part in ("'polcy'", "org.size = -3", "'policy.market.time_cap'", "'red_tape'", "policy.market.tools = 'x'"):
        assert part in said


def test_a_missing_people_file_is_answered_with_the_nearest():
    Path("people.csv").write_text("employee_id,manager_id\na,\nb,a\n", encoding="utf-8")
    said = refusal("run", "org.people=peple.csv")
    assert "peple.csv" in said
    assert "people.csv" in said.replace("peple.csv", "")


def test_a_broken_people_file_is_refused_with_all_its_faults():
    text = "employee_id,manager_id,fte\nann,,1\nbob,anne,1\nbob,ann,1\ncy,dee,.5\ndee,cy,lots\n"
    Path("staff.csv").write_text(text, encoding="utf-8")
    said = refusal("cap", "org.people=staff.csv")
    for part in ("staff.csv: 4 faults", "'anne'", "'ann'", "'bob'", "'lots' is not a number", "row 6", "cy", "dee"):
        assert part in said
    assert Path("staff.csv").read_text(encoding="utf-8") == text


def test_results_that_cannot_be_written_are_refused_with_what_to_do():
    Path("occupied").write_text("a file\n", encoding="utf-8")
    assert "hydra.run.dir" in refusal("run", *QUICK, "hydra.run.dir=occupied/run")


def test_a_misspelt_option_of_hydra_is_a_message_too():
    assert "hydra.run.dr" in refusal("run", *QUICK, "hydra.run.dr=there")


# Names and values that pass


def test_values_that_pass_are_handed_on():
    assert check(["policy=red_tape", "+org.size=60", "hydra.run.dir=there"]) == [
        "policy=red_tape", "org.size=60", "hydra.run.dir=there",
    ]
    assert check(["-m", "policy=open_opps,red_tape"]) == ["-m", "policy=open_opps,red_tape"]
    assert check(["-m", "policy.market.time_cap=range(0.1,0.4,0.1)"])
    assert check(["policy.market.permission=none", "org.people='my people.csv'", "org.people=null"])


@pytest.mark.parametrize("path", [path for path, f, _ in Policy.walk("policy") if f.type is float])
def test_every_lever_can_be_set(path):
    assert check([f"{path}=0.1"]) == [f"{path}=0.1"]
    with pytest.raises(SettingsError, match=path):
        check([f"{path}=1.5"])


# One policy against the status quo


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> SimpleNamespace:
    """One small run, and what it left."""
    folder = tmp_path_factory.mktemp("run") / "out"
    words = [*QUICK, "policy=red_tape", "policy.market.time_cap=0.1", "behaviour=lively", "sector=private"]
    done = elbowroom("run", *words, f"hydra.run.dir={folder}")
    assert done.status == 0, done.err
    return SimpleNamespace(
        folder=folder,
        words=words,
        out=done.out,
        err=done.err,
        frame=pd.read_parquet(folder / "summary.parquet"),
        config=yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8")),
        manifest=json.loads((folder / "manifest.json").read_text(encoding="utf-8")),
    )


def test_a_run_leaves_data_configuration_and_manifest(ran):
    assert {"summary.parquet", "config.yaml", "manifest.json"} <= {file.name for file in ran.folder.iterdir()}
    assert str(ran.folder) in ran.out.replace("\n", "")


def test_a_run_tells_who_was_simulated_and_what_came_of_it(ran):
    assert "department: 119" in ran.err or "department: 120" in ran.err
    assert "generated anew" in ran.err
    assert "2 organizations" in ran.out
    assert "time_cap = 0.1" in ran.out.replace("\n", " ")


def test_the_frame_has_a_row_for_each_replicate_policy_group_and_window(ran):
    frame = ran.frame
    labels = ["setup", "replicate", "seed", "policy", "group", "window"]
    assert not frame.duplicated(labels).any()
    assert len(frame) == 2 * 2 * len(Group) * 2
    assert set(frame.policy) == {"status quo", "policy"}
    assert set(frame.columns) == {*labels, *MEASURES}
    everyone = frame[(frame.group == "everyone") & (frame.window == "all")].set_index(["policy", "replicate"])
    assert everyone.loc["status quo"].asks.eq(0).all()
    assert everyone.loc["policy"].asks.gt(0).any()
    assert everyone.stress.between(0, 1).all()


def test_the_manifest_says_how_the_results_came_about(ran):
    about = ran.manifest
    assert about["seed"] == 1
    assert about["seeds of replicates"] == sorted(seed_of(1, number) for number in range(2))
    assert set(ran.frame.seed) == set(about["seeds of replicates"])
    assert about["rows"] == len(ran.frame)
    assert about["versions"]["elbowroom"] == sim.__version__
    assert about["versions"]["numpy"] == np.__version__
    assert {"python", "numba", "pandas", "hydra-core", "mesa"} <= set(about["versions"])
    assert {"written", "seconds", "command", "commit", "machine"} <= set(about)


def test_the_command_in_the_manifest_is_the_one_that_was_given(ran):
    assert shlex.split(ran.manifest["command"]) == ["elbowroom", "run", *ran.words, f"hydra.run.dir={ran.folder}"]


def test_the_configuration_is_what_was_asked_for(ran):
    asked = {name: group.made(ran.config[name], name) for name, group in GROUPS.items()}
    assert asked["policy"] == named.policy("red_tape").changed("market.time_cap", 0.1)
    private = asked["behaviour"].made({**named.contents("behaviour", "lively"), **named.contents("sector", "private")})
    assert asked["behaviour"] == private
    assert (asked["study"].replicates, asked["study"].months, asked["org"].size) == (2, 12, 120)
    assert list(ran.config) == list(defaults())


def test_the_configuration_fed_back_gives_the_same_results(ran):
    values = ran.config
    study = Study.made({name: values["study"][name] for name in Study.fields()}, "study")
    arms = [Arm({"policy": "status quo"}, STATUS_QUO), Arm({"policy": "policy"}, policy_of(values))]
    again = replicates({"run": setup_of(values)}, arms, study.replicates, study.seed, study.months)
    pd.testing.assert_frame_equal(again.summary, ran.frame, check_dtype=False)


def test_the_command_typed_again_gives_the_same_results(ran):
    words = shlex.split(ran.manifest["command"])[1:-1]
    assert elbowroom(*words, "hydra.run.dir=again").status == 0
    pd.testing.assert_frame_equal(pd.read_parquet("again/summary.parquet"), ran.frame, check_exact=True)


def test_a_name_with_blanks_survives_in_the_manifest():
    assert elbowroom("run", *QUICK, "org.burn_in=12", "org.name='our house'", "hydra.run.dir=out").status == 0
    about = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert "org.name='our house'" in shlex.split(about["command"])
    assert yaml.safe_load(Path("out/config.yaml").read_text(encoding="utf-8"))["org"]["name"] == "our house"


def test_results_have_a_folder_of_their_own_unless_named():
    assert elbowroom("run", *QUICK, "org.burn_in=12").status == 0
    [folder] = Path("results").glob("run-*")
    assert (folder / "manifest.json").is_file()


def test_several_policies_are_one_study_in_a_store():
    done = elbowroom("run", "-m", *QUICK, "org.burn_in=12", "policy=open_opps,red_tape", "study.folder=both")
    assert done.status == 0, done.err
    table = Store("both").table()
    assert list(table.policy.unique()) == ["open_opps", "red_tape"]
    assert table.replicate.nunique() == 2
    one = elbowroom("run", *QUICK, "org.burn_in=12", "policy=red_tape", "hydra.run.dir=one")
    assert one.status == 0, one.err
    alone = pd.read_parquet("one/summary.parquet").query("policy == 'policy'").reset_index(drop=True)
    found = table[table.policy == "red_tape"].reset_index(drop=True)
    pd.testing.assert_frame_equal(found[list(MEASURES)], alone[list(MEASURES)], check_exact=True, check_dtype=False)


# The main job

CAP = (
    "org.burn_in=12", "study.replicates=2", "study.months=12", "study.caps=[0.0,0.1,0.2]",
    "study.permissions=[tickbox,form]", "study.behaviours=[default,lively]",
)  # fmt: skip


def write_people(path: Path, size=60) -> None:
    """A people file of a generated organization."""
    plan = generate(size, 3)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["employee_id", "manager_id", "department", "job_family", "fte"])
        for row in range(size):
            boss = "" if row == 0 else plan.ids[plan.manager[row]]
            names = plan.departments[plan.department[row]], plan.families[plan.family[row]]
            rows.writerow([plan.ids[row], boss, *names, plan.fte[row]])


def check_cap(folder: Path, replicates: int, caps: list[float]) -> pd.DataFrame:
    """Everything the main job promises lies in its folder."""
    files = {file.name for file in folder.iterdir()}
    figures = {f"{name}.{kind}" for name in ("cap-against-closed", "cap-gives", "cap-costs") for kind in ("png", "svg")}
    assert figures | {"answer.md", "summary.parquet", "config.yaml", "manifest.json"} <= files
    assert all((folder / name).stat().st_size > 1000 for name in figures)
    frame = pd.read_parquet(folder / "summary.parquet")
    study = CapStudy.made(yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))["study"], "study")
    assert (study.replicates, list(study.caps)) == (replicates, caps)
    arms = frame.drop_duplicates(["setup", "permission", "leadership", "cap"])
    assert len(arms) == len(study.behaviours) * len(study.permissions) * len(study.signals) * len(caps)
    assert frame.replicate.nunique() == replicates
    assert "## Where this comes from" in (folder / "answer.md").read_text(encoding="utf-8")
    return frame


def test_the_main_job_writes_figures_answer_and_data():
    done = elbowroom("cap", "org=department", *CAP, "hydra.run.dir=out")
    assert done.status == 0, done.err
    frame = check_cap(Path("out"), 2, [0.0, 0.1, 0.2])
    closed = frame[(frame.cap == 0) & (frame.group == "everyone")]
    assert closed.asks.eq(0).all()
    assert frame[(frame.cap == 0.2) & (frame.setup == "lively") & (frame.group == "everyone")].asks.gt(0).any()
    said = " ".join(done.out.split())
    assert "n = 2" in said or "2 organizations" in said
    answer = Path("out/answer.md").read_text(encoding="utf-8")
    assert f"elbowroom {sim.__version__}" in answer


def test_the_main_job_runs_in_an_organization_of_ones_own():
    write_people(Path("our people.csv"))
    before = Path("our people.csv").read_bytes()
    done = elbowroom("cap", "org.people='our people.csv'", *CAP, "hydra.run.dir=out")
    assert done.status == 0, done.err
    assert "our people: 60 people" in done.err
    check_cap(Path("out"), 2, [0.0, 0.1, 0.2])
    assert Path("our people.csv").read_bytes() == before


@pytest.mark.skipif(not TREASURY.exists(), reason="../shared/data/people/treasury.csv is not here")
def test_the_main_job_runs_in_a_ministry():
    done = elbowroom("cap", f"org.people={TREASURY}", *CAP, "study.permissions=[tickbox]", "hydra.run.dir=out")
    assert done.status == 0, done.err
    with TREASURY.open(encoding="utf-8") as file:
        size = sum(1 for _ in file) - 1
    assert f"treasury: {size:,} people" in done.err
    check_cap(Path("out"), 2, [0.0, 0.1, 0.2])


def setups_of(*words, monkeypatch):
    """The setups that the main job would run."""
    seen = {}

    def stops(setups, *_, **__):
        seen.update(setups)
        raise ElbowroomError("seen enough")

    monkeypatch.setattr("sim.studies.cap.replicates", stops)
    done = elbowroom("cap", "org=department", *words)
    assert "seen enough" in done.err
    return seen


def test_what_is_set_by_hand_holds_in_every_setting_of_behaviour(monkeypatch):
    setups = setups_of(
        "behaviour.asking.habit=-2", "behaviour.leaving.early=0.045", "switches.fading=false", monkeypatch=monkeypatch
    )
    default, lively = setups["default"], setups["lively"]
    assert default.behaviour.asking.habit == lively.behaviour.asking.habit == -2
    assert default.behaviour.leaving.early == lively.behaviour.leaving.early == 0.045
    assert not default.switches.fading
    assert not lively.switches.fading
    assert lively.behaviour == named.behaviour("lively").changed("asking.habit", -2).changed("leaving.early", 0.045)


def test_a_sector_sets_turnover():
    """Hydra would put a file where nobody reads it without a word."""
    assert elbowroom("run", *QUICK, "org.burn_in=12", "sector=private", "hydra.run.dir=out").status == 0
    config = yaml.safe_load(Path("out/config.yaml").read_text(encoding="utf-8"))
    private = named.contents("sector", "private")
    assert private
    for group, values in private.items():
        assert {name: config["behaviour"][group][name] for name in values} == values


def test_what_leadership_says_can_be_set_by_hand(monkeypatch):
    arms = []

    def stops(_, them, *__, **___):
        arms.extend(them)
        raise ElbowroomError("seen enough")

    monkeypatch.setattr("sim.studies.cap.replicates", stops)
    elbowroom("cap", "org=department", "study.signals={loud:{signal:1.0,committee_every:3}}")
    loud = [arm.policy.leadership for arm in arms if arm.labels["leadership"] == "loud"]
    assert loud
    assert all((said.signal, said.committee_every) == (1.0, 3) for said in loud)


def test_even_a_default_set_by_hand_holds_in_every_setting_of_behaviour(monkeypatch):
    usual = defaults()["behaviour"]["asking"]["habit"]
    setups = setups_of(f"behaviour.asking.habit={usual}", monkeypatch=monkeypatch)
    assert setups["default"].behaviour.asking.habit == setups["lively"].behaviour.asking.habit == usual


# Help, listing, stopping


@pytest.mark.parametrize("word", ["--help", "-h", "help", "--version", "-V"])
def test_help_imports_nothing_heavy(word):
    heavy = "{'numpy', 'mesa', 'hydra', 'numba', 'pandas', 'matplotlib', 'networkx', 'omegaconf', 'rich', 'scipy'}"
    done = python(
        "import sys; from sim.command import main; status = main(sys.argv[1:]); "
        f"print('heavy:', sorted({heavy} & set(sys.modules))); sys.exit(status)", word,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "heavy: []" in done.stdout
    assert "elbowroom" in done.stdout


def test_help_names_every_command_and_version_the_version():
    told = elbowroom("--help").out
    commands = ("cap", "run", "laws", "career", "parameters", "warm")
    assert all(f"elbowroom {command}" in told for command in commands)
    assert elbowroom().out == told
    assert elbowroom("--version").out == f"elbowroom {sim.__version__}\n"


def test_the_commands_in_the_help_are_right():
    """Every example of the help composes; named files are only examples."""
    lines = [line.split("  ")[1] for line in elbowroom("--help").out.splitlines() if line.startswith("  elbowroom ")]
    examples = [line.split() for line in lines if "=" in line and "FILE" not in line]
    assert len(examples) >= 3
    for _, command, *words in examples:
        assert command in ("run", "cap", "compare", "sweep", "extend", "merge", "laws", "career")
        if command == "compare":
            _, _, words = sorted_out(words)
        if command not in ("extend", "merge"):
            settings = [word.replace("'", "") for word in words if not word.startswith(("person=", "versus="))]
            flags = ["-m"] if command == "sweep" and "-m" not in settings else []
            assert check([*flags, *settings], command) == [*flags, *settings]


def test_parameters_are_listed_by_word():
    told = elbowroom("parameters", "time_cap").out
    assert "policy.market.time_cap" in told
    assert "0 to 1" in told
    assert "behaviour.asking.habit" not in told
    assert "No setting speaks of 'zebras'" in elbowroom("parameters", "zebras").out


def test_the_list_of_parameters_names_every_one_in_full():
    told = elbowroom("parameters").out
    assert not [name for name in sim.parameters().name if f"{name} " not in told]


def test_stopping_a_run_says_so_and_leaves_nothing(elsewhere):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = ["run", "org=agency", "study.replicates=5000", "study.months=600"]
    run = subprocess.Popen(
        [sys.executable, "-P", "-c", COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=elsewhere, env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )  # fmt: skip
    try:
        told = run.stderr.readline()
        assert "people under" in told
        time.sleep(1.5)
        assert run.poll() is None
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=20)
    finally:
        run.kill()
    assert run.returncode == 130
    assert "elbowroom: stopped" in err
    assert "Traceback" not in err + out
    assert "the same command goes on" in err
    assert {folder.name for folder in (elsewhere / "results").iterdir()} <= {"kept"}
