"""Sweeps: the same table whatever runs them, however they are cut, killed and resumed; failures are told."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec

import pandas as pd
import pytest
from conftest import ALL, ROOT
from pages import PAGES
from small_studies import CAP, POINTS, TINY, Deadly, Poisoned, swept, table_of, tiny

import sim
from sim.command import main
from sim.errors import SettingsError
from sim.measures.frames import summary
from sim.running import Setup, burn_in, forked, seed_of
from sim.settings import Policy
from sim.settings.composed import composed
from sim.studies import clusters, engines, identity, runner
from sim.studies import sweep as sweeping
from sim.studies import task as tasks
from sim.studies.at_end import at_end
from sim.studies.engines import Engine
from sim.studies.files import StudyError
from sim.studies.merging import merge
from sim.studies.store import Store
from sim.studies.sweep import Shard

DASK = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask distributed is not installed")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What a serial sweep gives."""
    return table_of(tiny(6), tmp_path_factory.mktemp("serial") / "study")


def test_a_row_is_what_the_run_alone_gives(whole):
    point = composed({**TINY, **POINTS[1]})
    setup = Setup(point["org"], point["behaviour"], point["switches"])
    alone = summary(forked(burn_in(setup, seed_of(1, 3)), point["policy"], 6), {"all": (0, 6)})
    found = whole[(whole.point == 1) & (whole.replicate == 3)].reset_index(drop=True)
    assert set(found.seed) == {seed_of(1, 3)}
    pd.testing.assert_frame_equal(found[alone.columns], alone, check_exact=True, check_dtype=False)


def test_the_table_is_tidy(whole):
    assert list(whole.columns[:8]) == ["point", CAP, "org.size", "replicate", "seed", "group", "window", "seen"]
    assert len(whole) == 3 * 6 * 4
    assert not whole.duplicated(["point", "replicate", "group", "window"]).any()
    assert list(whole.group[:4]) == ["everyone", "participants", "lending_teams", "cohort"]
    assert whole.participation[whole[CAP] == 0.2].max() > 0


@pytest.mark.parametrize(
    ("engine", "workers"),
    [("threads", 2), ("threads", 5), ("processes", 2), pytest.param("dask", 2, marks=DASK)],
)
def test_engines_agree_row_by_row(whole, tmp_path, engine, workers):
    pd.testing.assert_frame_equal(table_of(tiny(6), tmp_path / "s", Engine(engine, workers)), whole, check_exact=True)


def test_batches_and_chunks_change_nothing(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    monkeypatch.setattr(runner, "CHUNK", 3)
    pd.testing.assert_frame_equal(table_of(tiny(6), tmp_path / "s", Engine("threads", 3)), whole, check_exact=True)


def test_one_organization_serves_all_its_policies(tmp_path, monkeypatch):
    built, build = [], tasks._built
    monkeypatch.setattr(tasks, "_built", lambda task, watch: built.append(task.world) or build(task, watch))
    swept(tiny(2, ({CAP: 0.0}, {CAP: 0.1}, {CAP: 0.2}, {"policy": "red_tape"})), tmp_path / "s")
    assert len(built) == len(set(built)) == 2


def test_a_lost_worker_costs_nothing_but_its_batch(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    monkeypatch.setenv("DIES_ONCE", str(tmp_path / "died"))
    found = table_of(tiny(6), tmp_path / "s", Deadly("processes", 2))
    assert (tmp_path / "died").exists()
    pd.testing.assert_frame_equal(found, whole, check_exact=True)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["processes", pytest.param("dask", marks=DASK)])
def test_what_costs_worker_after_worker_is_a_failure_and_the_rest_goes_on(tmp_path, monkeypatch, engine):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    assert swept(tiny(4), tmp_path / "s", Poisoned(engine, 2)) == (0, 9, 3)
    failures = Store(tmp_path / "s").failures()
    assert set(failures.replicate) == {2}
    assert set(failures.stage) == {"worker"}
    assert "out of memory?" in failures.message[0]


@DASK
def test_a_lost_dask_worker_costs_nothing_but_its_batch(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    monkeypatch.setenv("DIES_ONCE", str(tmp_path / "died"))
    found = table_of(tiny(6), tmp_path / "s", Deadly("dask", 2))
    assert (tmp_path / "died").exists()
    pd.testing.assert_frame_equal(found, whole, check_exact=True)


# Killed and resumed


def killed(folder, replicates, after, is_last=False) -> bool:
    """Start a sweep in a process of its own, and kill it so many seconds after it has begun; whether it still ran.

    The last is left alone until something is stored, however slow the machine.
    """
    command = [sys.executable, str(ROOT / "tests" / "small_studies.py"), str(folder), str(replicates)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout.readline() == b"go\n"
        while is_last and process.poll() is None and not list(folder.glob("chunks/*.parquet")):
            time.sleep(0.005)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def test_killed_at_any_moment_nothing_is_lost_or_done_twice(tmp_path):
    """A study that is killed again and again: whatever was finished stays, and in the end all is there once."""
    moments = random.Random(6)
    kills, replicates, folder = (50, 2500, tmp_path / "s") if ALL else (4, 250, tmp_path / "s")
    finished: set[str] = set()
    interrupted = 0
    for left in reversed(range(kills)):
        interrupted += killed(folder, replicates, moments.uniform(0.05, 0.5), is_last=not left)
        if (folder / "study.yaml").exists():
            now = Store(folder).finished()
            assert now >= finished
            finished = now
    assert interrupted > kills / 2
    assert 0 < len(finished) < 3 * replicates, "the moments are ill chosen for this machine"
    assert swept(tiny(replicates), folder) == (len(finished), 3 * replicates - len(finished), 0)
    store = Store(folder)
    keys = pd.concat([pd.read_parquet(file, columns=["key"]).drop_duplicates() for file in store.files()])
    assert not keys.key.duplicated().any()
    whole = table_of(tiny(replicates), tmp_path / "undisturbed", Engine("threads", 2))
    pd.testing.assert_frame_equal(store.table(), whole, check_exact=True)


# Failures


@pytest.fixture
def failing(monkeypatch):
    """Replicate 2 cannot be built; a cap of .2 cannot be run in replicate 1."""
    build, run = tasks._built, tasks.forked

    def built(task, watch):
        if task.replicate == 2:
            raise ValueError("no such organization")
        return build(task, watch)

    def forked_(world, policy, *rest, **known):
        if policy.market.time_cap == 0.2 and world.now.seed == seed_of(1, 1) and len(world.staff) == 20:
            raise ZeroDivisionError("nobody there")
        return run(world, policy, *rest, **known)

    monkeypatch.setattr(tasks, "_built", built)
    monkeypatch.setattr(tasks, "forked", forked_)
    return monkeypatch


def test_failures_are_rows_and_the_sweep_goes_on(tmp_path, failing, whole):
    told = []
    assert swept(tiny(6), tmp_path / "s", tell_failure=told.append) == (0, 14, 4)
    failures = Store(tmp_path / "s").failures()
    assert list(zip(failures.point, failures.replicate, failures.stage)) == [
        (0, 2, "build"), (1, 1, "run"), (1, 2, "build"), (2, 2, "build"),
    ]  # fmt: skip
    assert failures.message[1] == "ZeroDivisionError: nobody there"
    assert "forked_" in failures.traceback[1]
    assert len(told) == 4
    failing.undo()
    assert swept(tiny(6), tmp_path / "s") == (14, 4, 0)  # tried again, and mended
    assert len(Store(tmp_path / "s").failures()) == 0
    pd.testing.assert_frame_equal(Store(tmp_path / "s").table(), whole, check_exact=True)


def test_the_first_failure_ends_the_sweep_if_asked(tmp_path, failing):
    with pytest.raises(StudyError, match=r"study\.on_error=stop"):
        swept(tiny(40), tmp_path / "s", stop_on_error=True)
    assert len(Store(tmp_path / "s").finished()) < 40 * 3 - 4
    assert Store(tmp_path / "s").journal.read()[-1]["what"] == "broken off"


@pytest.fixture
def client():
    """Dask within this process."""
    distributed = pytest.importorskip("distributed", reason="Dask distributed is not installed")
    here = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": clusters.PAGE}
    with distributed.LocalCluster(**here) as cluster, distributed.Client(cluster) as found:
        yield found


@pytest.mark.parametrize("engine", ["threads", "dask"])
def test_who_stops_a_sweep_keeps_what_is_finished(tmp_path, monkeypatch, request, engine):
    def impatient(runs):
        raise KeyboardInterrupt

    known = {"client": request.getfixturevalue("client")} if engine == "dask" else {}
    monkeypatch.setattr(runner, "CHUNK", 1)
    with pytest.raises(KeyboardInterrupt):
        swept(tiny(40), tmp_path / "s", Engine(engine, 1, **known), tell=impatient)
    assert 0 < len(Store(tmp_path / "s").finished()) < 120


def test_a_lost_scheduler_is_told_and_what_was_found_stays(tmp_path, monkeypatch, client):
    monkeypatch.setattr(runner, "CHUNK", 1)
    with pytest.raises(StudyError, match=r"scheduler was lost.*the same command goes on"):
        swept(tiny(400), tmp_path / "s", Engine("dask", client=client), tell=lambda runs: client.cluster.close())
    assert 0 < len(Store(tmp_path / "s").finished()) < 1200


def test_a_worker_without_elbowroom_is_told(monkeypatch, client):
    monkeypatch.setitem(sys.modules, "sim", None)
    with pytest.raises(StudyError, match="cannot import elbowroom.*install it where workers run"):
        clusters.joined(client)


def test_a_worker_with_another_model_is_refused(monkeypatch):
    """As on a machine of a cluster where another version is installed."""
    ours = engines._elsewhere()
    assert ours(()) == []
    monkeypatch.setattr(identity, "model", lambda: "another")
    with pytest.raises(StudyError, match=r"another version of the model \(another\).*same elbowroom"):
        ours(())


def test_what_is_found_is_stored_while_others_are_at_work(tmp_path, monkeypatch):
    """A run of an hour does not hold back what others have found meanwhile."""
    class Slow(Engine):
        @contextmanager
        def opened(self):
            with super().opened() as crew:
                yield replace(crew, work=lambda tasks: waits(tasks) or crew.work(tasks))

    def waits(tasks):
        end = time.monotonic() + 30
        while tasks[0].replicate == 0 and not list(tmp_path.glob("s/chunks/*.parquet")):
            assert time.monotonic() < end, "nothing was stored"
            time.sleep(0.01)

    monkeypatch.setattr(sweeping, "BATCH", 1)
    monkeypatch.setattr(runner, "CHUNK_SECONDS", 0.5)
    assert swept(tiny(2, POINTS[:1]), tmp_path / "s", Slow("threads", 2)).runs == 2


# From Python


def test_a_notebook_sweeps_with_dictionaries(tmp_path):
    given = {"size": 20, "burn_in": 6}
    form = Policy().changed("market.permission", "form")
    axes = {"policy": {"mine": form, "quick": {"market": {"permission": "none"}}}, "behaviour.asking.habit": [-3.0, -2]}
    table = sim.sweep(axes, org=given, behaviour="lively", months=6, replicates=2, workers=1)
    assert set(zip(table.policy, table["behaviour.asking.habit"])) == {
        (policy, habit) for policy in ("mine", "quick") for habit in (-3.0, -2.0)
    }  # fmt: skip
    behaviour = sim.behaviour("lively").changed("asking.habit", -2.0)
    alone = sim.run(form, sim.build(given, behaviour, seed_of(1, 1)), months=6)
    found = table[(table.policy == "mine") & (table["behaviour.asking.habit"] == -2) & (table.replicate == 1)]
    part = summary(alone, {"all": (0, 6)})
    pd.testing.assert_frame_equal(found.reset_index(drop=True)[part.columns], part, check_exact=True, check_dtype=False)


def test_a_notebook_keeps_what_it_is_told_to_keep(tmp_path):
    points = [{CAP: 0.0}, {CAP: 0.1, "policy": "red_tape"}]
    known = {"org": {"size": 20, "burn_in": 6}, "months": 6, "folder": tmp_path / "s", "workers": 1}
    assert len(sim.sweep(points, replicates=2, **known)) == 2 * 2 * 4
    assert len(sim.sweep(points, replicates=3, **known)) == 3 * 2 * 4
    assert len(sim.Store(tmp_path / "s").finished()) == 6
    with pytest.raises(SettingsError, match=r"expected a list of values, such as \[0\.1\]"):
        sim.sweep({CAP: 0.1})


def test_a_table_becomes_an_array_with_named_dimensions(whole):
    pytest.importorskip("xarray", reason="xarray is not installed")
    from sim.studies.tidying import xarray

    found = xarray(whole, ["participation"])
    assert dict(found.sizes) == {"point": 3, "replicate": 6, "window": 1}
    cell = whole[(whole.point == 2) & (whole.replicate == 4) & (whole.group == "everyone")]
    assert found.participation.sel(point=2, replicate=4, window="all") == cell.participation.item()
    assert list(found["org.size"].values[2:]) == [25]


def test_rules_of_a_notebook_do_not_go_to_other_processes(tmp_path):
    from sim.mechanisms.asking import courage
    from sim.replacing import RuleError

    rules = sim.Rules({courage: lambda motives: 0.0})
    with pytest.raises(RuleError, match="write them to a file"):
        pickle.dumps(rules)
    assert pickle.loads(pickle.dumps(sim.Setup())).rules is sim.Setup().rules


def test_the_page_on_studies_leaves_a_store_and_a_report(ran):
    folder = ran("docs/studies.md").folder / "results" / "mine"
    assert len(Store(folder).table()) == 4 * 4 * 4 * 3
    assert (folder / "report" / "response.png").exists()


def test_a_database_reads_the_folder(ran, monkeypatch):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    monkeypatch.chdir(ran("docs/studies.md").folder)
    [query] = [block.code for block in PAGES["docs/studies.md"].blocks if block.language == "sql"]
    found = duckdb.sql(query).df().sort_values(["point", "replicate"], ignore_index=True)
    table = Store("results/mine").table()
    table = table[(table.group == "everyone") & (table.window == "all")].reset_index(drop=True)
    assert found.participation.equals(table.participation)


# Words


@pytest.mark.parametrize("words", ["3", "0/4", "5/4", "a/b"])
def test_a_shard_that_is_none_is_refused(words):
    with pytest.raises(SettingsError, match="such as 3/16"):
        Shard.parsed(words)


def test_an_unknown_engine_is_answered_with_the_nearest():
    with pytest.raises(SettingsError, match="Did you mean 'processes'"):
        Engine("process")


@pytest.mark.skipif(find_spec("distributed") is not None, reason="Dask distributed is installed")
def test_without_dask_one_is_told_what_to_do():
    with pytest.raises(StudyError, match=r"elbowroom\[dask\]"):
        Engine("dask")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


QUICK = ("org.size=20", "org.burn_in=6", "study.months=6", "study.replicates=2")


def sweep(*words):
    return main(["sweep", *QUICK, *words])


def the_study(folder):
    [found] = (folder / "results").iterdir()
    return Store(found)


def test_the_command_sweeps_resumes_and_extends(here, capsys):
    words = (f"{CAP}=0,0.1", "policy=open_opps,red_tape", "behaviour=glob(*,exclude=default)")
    assert sweep("-m", *words) == 0
    store = the_study(here)
    table = store.table()
    assert set(zip(table[CAP], table.policy, table.behaviour)) == {
        (cap, policy, "lively") for cap in (0, 0.1) for policy in ("open_opps", "red_tape")
    }  # fmt: skip
    assert sweep(*words) == 0  # with or without -m
    assert "8 were finished before" in capsys.readouterr().err
    assert main(["extend", str(store.folder), "replicates=3"]) == 0
    assert len(store.finished()) == 12
    assert main(["status", str(store.folder)]) == 0
    assert "12 of 12 runs" in capsys.readouterr().out


def test_the_command_runs_shards_and_merges_them(here, capsys):
    for part in (1, 2):
        assert sweep(f"{CAP}=range(0,0.4,0.1)", f"study.shard={part}/2", "study.folder=s") == 0
    assert main(["merge", "s-1of2", "s-2of2", "into=whole"]) == 0
    assert "8 runs of 8 joined" in capsys.readouterr().out
    assert list(Store("whole").design()[CAP]) == [0, 0.1, 0.2, 0.3]


def test_a_part_of_a_study_is_extended_as_a_part(here):
    parts = ("s-1of2", "s-2of2")
    for part in (1, 2):
        assert sweep(f"{CAP}=range(0,0.4,0.1)", f"study.shard={part}/2", "study.folder=s") == 0
    for part in parts:
        assert main(["extend", part, "replicates=5"]) == 0
        assert 0 < len(Store(part).finished()) < 20
    assert main(["merge", *parts, "into=whole"]) == 0
    assert len(Store("whole").finished()) == 20


def test_the_command_samples_intervals(here):
    assert sweep(f"{CAP}=interval(0,0.4)", "study.design=sobol", "study.samples=4", "study.seed=3") == 0
    assert ((design := the_study(here).design())[CAP].between(0, 0.4)).all()
    assert design[CAP].nunique() == 4


def test_rules_of_ones_own_reach_other_processes_from_a_file(here):
    """An equal rule changes nothing but the keys; another is another study."""
    (here / "bold.py").write_text(
        "from sim import Rules\nfrom sim.mechanisms.asking import courage\n\n\n"
        "def bold(motives):\n    return courage(motives) + 3.0\n\n\nrules = Rules({courage: bold})\n"
    )
    words = (f"{CAP}=0.2,0.3", "behaviour=lively", "study.rules=bold.py")
    for engine in ("threads", "processes"):
        assert sweep(*words, f"study.engine={engine}", "study.threads=1", f"study.folder={engine}") == 0
    bold, apart = Store("threads").table(), Store("processes").table()
    pd.testing.assert_frame_equal(bold, apart, check_exact=True)
    assert sweep(*words[:2], "study.folder=ours") == 0
    assert bold.asks.mean() > Store("ours").table().asks.mean()
    assert not Store("ours").finished() & Store("threads").finished()


def test_a_people_file_is_mended_once_and_said(here, capsys):
    staff = "employee_id,manager_id\n1,\n" + "".join(f"{n},1\n" for n in range(2, 30))
    (here / "people.csv").write_text(f"{staff}2,1\n")
    words = (f"{CAP}=0,0.2", "org.people=people.csv", "org.burn_in=6", "study.months=6", "study.replicates=2")
    assert main(["sweep", *words]) == 2
    assert "org.mend=true" in capsys.readouterr().err
    assert main(["sweep", *words, "org.mend=true", "study.folder=s"]) == 0
    assert "employee" in (here / "s" / "mends.csv").read_text()
    assert len(Store("s").finished()) == 4
    (here / "people.csv").write_text(staff)
    assert main(["sweep", *words, "org.mend=true", "study.folder=s"]) == 2
    assert "a people file" in capsys.readouterr().err


def test_a_named_study_is_one_word(here):
    words = ("study=cap20", "policy.market.permission=form", "study.window=0", "study.groups=[everyone]")
    assert sweep(*words) == 0
    table = the_study(here).table()
    assert (table.point.nunique(), set(table.group)) == (7, {"everyone"})
    assert the_study(here).about["fixed"]["behaviour"] == "lively"
    assert the_study(here).about["fixed"]["policy.market.permission"] == "form"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([f"{CAP}=0,1.5"], "0 to 1"),
        ([f"{CAP}=range(0,2,0.5)"], "point 3 (policy.market.time_cap=1.5)"),
        ([f"{CAP}=range(0,0)"], "has no values"),
        ([f"{CAP}=range(0,1,0.000000001)"], "1,000,000,000 points"),
        ([f"{CAP}=interval(0,1)"], "study.design=latin or sobol"),
        (["policy.market.time_cup=0,1"], "Did you mean 'policy.market.time_cap'"),
        (["policy=open_ops,red_tape"], "Did you mean 'open_opps'"),
        (["study=cap21"], "Did you mean 'cap20'"),
        (["study.design=gird", f"{CAP}=0,0.1"], "Did you mean 'grid'"),
        (["study.engine=thread", f"{CAP}=0,0.1"], "Did you mean 'threads'"),
        (["study.shard=17/16", f"{CAP}=0,0.1"], "3/16"),
        (["study.points=none.csv"], "cannot be read"),
        (["study.groups=[all]", f"{CAP}=0,0.1"], "expected some of everyone"),
    ],
)
def test_bad_designs_are_told_in_one_message_and_leave_nothing(here, capsys, words, said):
    assert sweep(*words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not list(here.iterdir())


def test_points_come_from_a_list(here):
    (here / "points.csv").write_text(f"{CAP},policy.market.permission\n0.1,form\n0.3,none\n")
    assert sweep("study.points=points.csv") == 0
    assert list(the_study(here).design()["policy.market.permission"]) == ["form", "none"]


def test_a_killed_command_resumes(here):
    """The journal tells who began and who ended."""
    assert sweep(f"{CAP}=0,0.1") == 0
    lines = [json.loads(line) for line in (the_study(here).folder / "journal.jsonl").read_text().splitlines()]
    assert [line["what"] for line in lines] == ["started", "stored", "ended"]
    assert lines[0]["left"] == lines[1]["runs"] == 4


# How runs end


def test_a_store_keeps_how_runs_ended_where_that_is_asked(tmp_path):
    """Killed between two files, merged or extended: a row for each finished run, the same as of the run alone."""
    busy = [{CAP: 0.2, "policy.market.permission": "form"}, {CAP: 0.1}]
    asked = partial(tiny, points=tuple(busy), at_end=True)
    swept(asked(3), tmp_path / "s")
    store = Store(tmp_path / "s")
    (store.ends / "killed-before-its-chunk.parquet").write_bytes(next(store.ends.glob("*")).read_bytes())
    swept(asked(4), tmp_path / "s")
    ends = store.at_end()
    assert list(zip(ends.point, ends.replicate)) == [(point, n) for point in (0, 1) for n in range(4)]
    setting = composed({**TINY, **busy[0]})
    world = burn_in(Setup(setting["org"], setting["behaviour"], setting["switches"]), seed_of(1, 2))
    alone = at_end(forked(world, setting["policy"], 6, keep=True))
    assert alone["gini"] > 0
    pd.testing.assert_series_equal(ends.loc[2, list(alone)].astype(float), pd.Series(alone), check_names=False)
    for part in (1, 2):
        swept(asked(4), tmp_path / f"{part}", shard=Shard(part, 2))
    pd.testing.assert_frame_equal(merge([tmp_path / "1", tmp_path / "2"], tmp_path / "both").at_end(), ends)


def test_what_was_not_asked_for_is_told(tmp_path):
    swept(tiny(1), tmp_path / "s")
    with pytest.raises(StudyError, match=r"study\.at_end=true"):
        Store(tmp_path / "s").at_end()
    with pytest.raises(StudyError, match="differs in at_end"):
        swept(tiny(1, at_end=True), tmp_path / "s")
