"""Slurm: an array of parts, and jobs of dask-jobqueue's. What needs Slurm runs where it is at work on this machine."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import ROOT
from small_studies import CAP, table_of, tiny

from sim.command import main
from sim.errors import SettingsError
from sim.studies import clusters
from sim.studies.engines import Engine
from sim.studies.files import StudyError
from sim.studies.store import Store

SCRIPT = ROOT / "experiments" / "slurm.sh"
BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
QUICK = ("org.size=20", "org.burn_in=6", "behaviour=lively", "study.months=6", f"{CAP}=0,0.2")
ALIVE = {"idle", "mixed", "allocated"}


@pytest.fixture(scope="session")
def slurm():
    """Slurm on this machine alone, with a node at work."""
    try:
        said = subprocess.run(["sinfo", "--noheader", "--format=%o %T"], capture_output=True, text=True, timeout=5)
    except FileNotFoundError:
        pytest.skip("Slurm is not installed")
    except subprocess.TimeoutExpired:
        pytest.skip("Slurm is installed, and does not answer")
    nodes = [line.split() for line in said.stdout.splitlines()]
    if said.returncode or not any(place in ("localhost", "127.0.0.1") and how in ALIVE for place, how in nodes):
        pytest.skip("Slurm is installed, and no node of it is at work on this machine")


@pytest.fixture(scope="session")
def queue(slurm):
    """Jobs of dask-jobqueue's on that Slurm."""
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    pytest.importorskip("dask_jobqueue", reason="dask-jobqueue is not installed")
    from dask import config

    clusters.jobqueue()
    with config.set({"jobqueue.slurm.interface": "lo"}):
        yield config


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return tmp_path


def until(condition, seconds=120.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


# An array of parts


def started(task, tasks, *words, **known):
    """The script as Slurm starts it for one task of an array; Slurm itself is not needed."""
    first, last = tasks[0], tasks[-1]
    told = {"ID": task, "COUNT": len(tasks), "MIN": first, "MAX": last}
    slurm = {f"SLURM_ARRAY_TASK_{name}": str(number) for name, number in told.items()}
    place = {**os.environ, **slurm, "SLURM_CPUS_PER_TASK": "1", **known}
    return subprocess.run(["bash", SCRIPT, *words], env=place, capture_output=True, text=True, check=False)


@BASH
def test_the_script_for_slurm_runs_the_part_that_slurm_names(here):
    """All tasks of an array, or some of them again."""
    words = [*QUICK, "study.replicates=2", "study.folder=s"]
    assert started(1, [1, 2], *words).returncode == 0
    assert started(2, [2], *words, PARTS="2").returncode == 0
    assert main(["merge", "s-1of2", "s-2of2", "into=s"]) == 0
    assert len(Store("s").finished()) == 4


@BASH
@pytest.mark.parametrize("tasks", [[2], [1, 3], [0, 1, 2], [2, 3, 4]])
def test_some_parts_alone_are_not_taken_for_all(here, tasks):
    said = started(tasks[0], tasks, *QUICK)
    assert said.returncode == 2
    assert "PARTS=16 sbatch" in said.stderr
    assert not list(here.iterdir())


@BASH
def test_the_script_outside_an_array_says_what_it_is_for(here):
    said = subprocess.run(["bash", SCRIPT, *QUICK], capture_output=True, text=True, check=False)
    assert (said.returncode, "sbatch --array=1-16" in said.stderr) == (2, True)


@pytest.mark.long
def test_an_array_one_part_of_which_is_cancelled_and_started_again_gives_the_whole(slurm, here):
    words = [*QUICK, "study.replicates=1000", "study.folder=s"]
    asked = ["sbatch", "--parsable", "--cpus-per-task=1", "--output=%A_%a.out"]

    def given(*first, **known):
        place = {**os.environ, **known}
        return subprocess.run(
            [*first, SCRIPT, *words], check=True, env=place, stdout=subprocess.PIPE, text=True
        ).stdout.strip()

    def left():
        said = subprocess.run(["squeue", "--noheader", "--jobs", job], stdout=subprocess.PIPE, text=True, check=True)
        return said.stdout.split()

    job = given(*asked, "--array=1-3")
    until(lambda: list(here.glob("s-2of3/chunks/*.parquet")))
    subprocess.run(["scancel", f"{job}_2"], check=True)
    until(lambda: not left())
    lost, asked_for = Store("s-2of3"), 2 * 1000 // 3
    assert 0 < len(lost.finished()) < asked_for - 100
    given(*asked, "--array=2", "--wait", PARTS="3")
    assert main(["merge", "s-1of3", "s-2of3", "s-3of3", "into=s"]) == 0
    assert main(["sweep", *words[:-1], "study.folder=serial", "study.threads=1"]) == 0
    pd.testing.assert_frame_equal(Store("s").table(), Store("serial").table(), check_exact=True)


# Jobs of dask-jobqueue's


def test_without_jobqueue_one_is_told_what_to_do(monkeypatch):
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    monkeypatch.setitem(sys.modules, "dask_jobqueue", None)
    with pytest.raises(StudyError, match=r"pip install dask-jobqueue.*experiments/slurm\.sh"):
        Engine("dask", 2, address="slurm")


def test_without_slurm_one_is_told_where_to_start(monkeypatch, tmp_path):
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    monkeypatch.setitem(sys.modules, "dask_jobqueue", SimpleNamespace())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StudyError, match="no sbatch is found"):
        Engine("dask", 2, address="slurm")


def test_how_many_jobs_is_asked_for(monkeypatch):
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    monkeypatch.setattr(clusters, "jobqueue", lambda: None)
    with pytest.raises(SettingsError, match=r"study\.threads: how many workers"):
        Engine("dask", address="slurm")


def test_so_many_jobs_are_asked_for_and_their_workers_agree(tmp_path, monkeypatch):
    """dask-jobqueue's cluster is played by one on this machine."""
    distributed = pytest.importorskip("distributed", reason="Dask distributed is not installed")
    from dask import config

    class Cluster(distributed.LocalCluster):
        job_cls = object

        def __init__(self, job_cls, job_name, cores, **asked):
            made.append((job_name, cores))
            super().__init__(n_workers=0, threads_per_worker=cores, host="127.0.0.1", dashboard_address=clusters.PAGE)

        def adapt(self, minimum, maximum):
            made.append((minimum, maximum, len(self.workers)))

    made = []
    monkeypatch.setattr(clusters, "jobqueue", lambda: SimpleNamespace(SLURMCluster=Cluster))
    given = {"cores": None, "memory": None, "scheduler-options": {}, "worker-extra-args": []}
    with config.set({"jobqueue.slurm": given}):
        found = table_of(tiny(6), tmp_path / "s", Engine("dask", 2, address="slurm"))
    assert [(name[:10], cores) for name, cores in made[:1]] == [("elbowroom-", 1)]
    assert made[1:] == [(2, 2, 2)]
    pd.testing.assert_frame_equal(found, table_of(tiny(6), tmp_path / "serial"), check_exact=True)


def open_ports(folder):
    """Ports that others than this machine could reach, of processes that work in a folder."""
    import psutil

    listening = [one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN and one.pid]
    return {
        (one.pid, one.laddr) for one in listening
        if one.laddr.ip not in ("127.0.0.1", "::1") and Path(psutil.Process(one.pid).cwd()) == folder
    }  # fmt: skip


@pytest.mark.long
def test_jobs_on_slurm_agree_row_by_row_though_all_are_cancelled_in_the_middle(queue, here):
    """They are on this machine alone, others follow, and none is left behind."""
    def jobs():
        said = subprocess.run(["squeue", "--noheader", "--format=%A %j"], stdout=subprocess.PIPE, text=True, check=True)
        return {job for job, name in map(str.split, said.stdout.splitlines()) if name.startswith("elbowroom-")}

    cancelled, seen, before = set(), set(), jobs()

    def tell(runs):
        seen.update(jobs() - before)
        assert not open_ports(here)
        if not cancelled:
            cancelled.update(jobs() - before)
            subprocess.run(["scancel", *cancelled], check=True)

    plan = tiny(1000)
    found = table_of(plan, here / "s", Engine("dask", 2, address="slurm"), tell=tell)
    assert cancelled
    assert seen - cancelled
    assert jobs() == before
    pd.testing.assert_frame_equal(found, table_of(plan, here / "serial"), check_exact=True)


@pytest.mark.long
def test_what_slurm_does_not_take_is_told(queue, here):
    with queue.set({"jobqueue.slurm.queue": "nonesuch"}), pytest.raises(StudyError, match="Invalid partition name"):
        table_of(tiny(2), here / "s", Engine("dask", 2, address="slurm"))


@pytest.mark.long
def test_jobs_that_end_before_they_work_end_the_sweep(queue, here, monkeypatch):
    monkeypatch.setattr(clusters, "ASKS", 1.0)
    monkeypatch.setattr(clusters, "PATIENCE", 3.0)
    told = pytest.raises(StudyError, match=r"have ended, and no worker is left.*slurm-\*\.out")
    with queue.set({"jobqueue.slurm.job-script-prologue": ["exit 1"]}), told:
        table_of(tiny(2), here / "s", Engine("dask", 2, address="slurm"))
