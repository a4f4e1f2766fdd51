"""Runs that are kept: what was finished before a kill is not run again, and frames are as if nothing had been."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pandas as pd
import pytest
from conftest import ALL, BUSY, ROOT

import sim
from sim.command import main
from sim.running import Setup
from sim.settings import STATUS_QUO, OrganizationSpec, Policy
from sim.studies import files, identity, kept
from sim.studies import replicates as running
from sim.studies.files import StudyError
from sim.studies.kept import Kept
from sim.studies.replicates import Arm, replicates

SETUP = Setup(OrganizationSpec(size=20, burn_in=24), BUSY)
ARMS = [Arm({"policy": "status quo"}, STATUS_QUO), Arm({"policy": "open"}, Policy())]
KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_kept import lived
from sim.studies import kept
lived(None)
kept.SECONDS = .01
print("go", flush=True)
lived(sys.argv[2], int(sys.argv[3]))
"""


def lived(keep, count=3, setup=SETUP, arms=ARMS, **known):
    return replicates({"run": setup}, arms, count, 1, 12, 2, keep=keep, **known)


@pytest.fixture
def counted(monkeypatch):
    """How many organizations were built and how many runs were done."""
    done = {"burn_in": 0, "forked": 0}

    def counting(name):
        does = getattr(running, name)

        def one_more(*given, **known):
            done[name] += 1
            return does(*given, **known)

        monkeypatch.setattr(running, name, one_more)

    for name in done:
        counting(name)
    return done


def assert_same(one, other):
    for name in ("summary", "drift", "at_end"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


def test_what_is_kept_is_not_run_again_and_changes_nothing(tmp_path, counted):
    whole = lived(None)
    assert_same(lived(tmp_path), whole)
    assert counted == {"burn_in": 6, "forked": 12}
    keep, told = Kept(tmp_path), []
    assert_same(lived(keep, tell=told.append), whole)
    assert counted == {"burn_in": 6, "forked": 12}
    assert (keep.found, sum(told)) == (6, 6)


def test_only_what_is_missing_is_run(tmp_path, counted):
    lived(tmp_path, 2)
    three = [*ARMS, Arm({"policy": "form"}, Policy().changed("market.permission", "form"))]
    found = lived(tmp_path, 3, arms=three)
    assert counted["forked"] == 4 + (9 - 4)
    assert_same(found, lived(None, 3, arms=three))


def test_nothing_is_taken_for_what_it_is_not(tmp_path, counted, monkeypatch):
    """Other people, another behaviour, other months, another reading, another model: all are run anew."""
    lived(tmp_path)
    for other in ({"setup": replace(SETUP, organization=OrganizationSpec(size=21, burn_in=24))},
                  {"setup": replace(SETUP, behaviour=BUSY.changed("asking.habit", -2.0))}, {"reading": "otherwise"}):
        counted["forked"] = 0
        lived(tmp_path, **other)
        assert counted["forked"] == 6
    counted["forked"] = 0
    replicates({"run": SETUP}, ARMS, 3, 1, 13, 2, keep=tmp_path)
    monkeypatch.setattr(identity, "model", lambda: "another")
    lived(tmp_path)
    assert counted["forked"] == 12


def test_a_comparison_has_the_runs_of_its_baseline_from_the_one_before(tmp_path, counted):
    known = {"organization": {"size": 20, "burn_in": 6}, "behaviour": BUSY, "months": 12, "keep": tmp_path}
    sim.compare("open_opps", "red_tape", replicates=4, **known)
    counted["forked"] = 0
    found = sim.compare("open_opps", ["red_tape", "committee"], replicates=6, **known)
    assert counted["forked"] == 18 - 8
    whole = sim.compare("open_opps", ["red_tape", "committee"], replicates=6, **{**known, "keep": None})
    pd.testing.assert_frame_equal(found.effects, whole.effects, check_exact=True)


def test_a_comparison_that_goes_on_until_it_knows_takes_up_where_it_was(tmp_path, counted):
    known = {"organization": {"size": 20, "burn_in": 6}, "behaviour": BUSY, "months": 12, "keep": tmp_path,
             "until": {"measure": "stress", "half_width": 1e-9}, "replicates": 8}
    sim.compare("open_opps", "red_tape", max_replicates=12, **known)
    counted["forked"] = 0
    assert sim.compare("open_opps", "red_tape", max_replicates=16, **known).replicates == 16
    assert counted["forked"] == 8


def test_killed_at_any_moment_nothing_kept_is_lost_or_half_written(tmp_path):
    moments, kills, count = random.Random(6), 12 if ALL else 3, 4000
    sizes = [0]
    for _ in range(kills):
        command = [sys.executable, "-P", "-c", KILLED, str(ROOT / "tests"), str(tmp_path / "kept"), str(count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
            assert process.stdout.readline() == b"go\n"
            while process.poll() is None and not list(tmp_path.glob("kept/*/*.parquet")):
                time.sleep(0.01)
            time.sleep(moments.uniform(0.05, 0.5))
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        shelf = Kept(tmp_path / "kept").shelf(SETUP, [arm.policy for arm in ARMS],
                                              [running.seed_of(1, n) for n in range(count)], 12, "")
        sizes.append(len(shelf))
        assert sizes[-1] >= sizes[-2]
    assert 0 < sizes[-1] < 2 * count
    few = min(100, 1 + sizes[-1] // 4)
    assert_same(lived(tmp_path / "kept", few), lived(None, few))


def test_runs_that_were_finished_are_kept_when_another_fails(tmp_path, counted, monkeypatch):
    reads = iter(range(100))

    def fails_late(run):
        if next(reads) == 5:
            raise ZeroDivisionError
        return running.columns(run)

    with pytest.raises(ZeroDivisionError):
        replicates({"run": SETUP}, ARMS, 3, 1, 12, 1, read=fails_late, keep=tmp_path)
    keep = Kept(tmp_path)
    lived(keep)
    assert keep.found == 5


def test_a_full_disk_is_told_and_spoils_nothing(tmp_path, monkeypatch):
    lived(tmp_path, 2)
    fsync = os.fsync

    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    monkeypatch.setattr(kept, "SECONDS", 0.0)
    with pytest.raises(StudyError, match="The disk is full"):
        lived(tmp_path, 3)
    monkeypatch.setattr(files.os, "fsync", fsync)
    assert not list(tmp_path.rglob("*.part"))
    keep = Kept(tmp_path)
    lived(keep, 3)
    assert keep.found == 4


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StudyError, match=r"study\.keep=FOLDER"):
        lived(tmp_path / "file" / "kept")


def test_the_command_goes_on_where_it_was_killed(tmp_path, monkeypatch, capsys):
    """The same words again give the same as if nobody had killed it, and do nothing twice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.reporting.cap.figures", lambda findings: {})  # they take seconds
    words = ["cap", "org.size=60", "org.burn_in=12", "study.months=12", "study.caps=[0.0,0.2]", "study.replicates=80",
             "study.permissions=[form]", "study.behaviours=[lively]"]  # fmt: skip
    code = "import sys; from sim.studies import kept; kept.SECONDS = .05; from sim.command import main; main()"
    with subprocess.Popen([sys.executable, "-P", "-c", code, *words], cwd=tmp_path, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        while process.poll() is None and not list(tmp_path.rglob("kept/*/*.parquet")):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert main([*words, "hydra.run.dir=resumed"]) == 0
    assert "runs were finished before" in capsys.readouterr().err
    assert main([*words, "hydra.run.dir=whole", "study.keep=null"]) == 0
    for name in ("summary", "at_end", "drift"):
        one, other = (pd.read_parquet(f"{folder}/{name}.parquet") for folder in ("resumed", "whole"))
        pd.testing.assert_frame_equal(one, other, check_exact=True)
