"""The cache must not lie: an edit anywhere changes results at once, and recompiles no more than it touches."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, python

from sim import compiling, judging
from sim.compiling import calls, fingerprint
from sim.mechanisms import asking, leaving, permitting
from sim.month import PHASES, months

RUN = """
import numpy as np
from numba import typeof
from sim.draws import Decision
from sim.skills import competence
from sim.mechanisms.working import ramp, delivers
from sim.records import Employee, Now, Unit
from sim.settings import Behaviour
now = Now.rows(1)[0]
now.behaviour = Behaviour().row()
now.month = 1
someone, unit = Employee.rows(1)[0], Unit.rows(1)[0]
someone.core_done = someone.fte = 1.0
unit.heads = 1
print(delivers(someone, unit, now), sum(len(d.stats.cache_hits) for d in (delivers,)))
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the package with a cache of its own."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    return tmp_path


def said(copy: Path, **environment: str) -> list[str]:
    done = python(RUN, PYTHONPATH=str(copy), ELBOWROOM_CACHE=str(copy / "cache"), **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_an_edit_in_another_file_changes_results_at_once(copy):
    first, hits = said(copy)
    assert hits == "0"
    assert said(copy) == [first, "1"]  # from the cache, and the same
    file = copy / "sim" / "skills.py"
    text = file.read_text()
    assert text.count("return total / CORE - now.behaviour.people.core_skill") == 2
    file.write_text(text.replace("return total / CORE -", "return 7.0 + total / CORE -"))
    stat = (ROOT / "sim" / "skills.py").stat()
    os.utime(file, (stat.st_atime, stat.st_mtime))  # even where the clock does not tell
    edited, hits = said(copy)
    assert float(edited) == pytest.approx(float(first) * 2.718281828459045 ** (7 * 0.15))
    assert hits == "0"


def test_a_touched_or_reformatted_file_recompiles_nothing(copy):
    first, _ = said(copy)
    file = copy / "sim" / "mechanisms" / "working.py"
    file.write_text("# a comment more\n" + file.read_text())
    assert said(copy) == [first, "1"]


def test_bounds_checks_really_check(copy):
    code = """
import numpy as np
from sim.compiling import rule
from sim.draws import unit_interval
@rule
def beyond(x, i):
    return x[i]
print(beyond(np.arange(3.0), 1))
try:
    print(beyond(np.arange(3.0), 5) is not None)
except IndexError:
    print("caught")
"""
    (copy / "look.py").write_text(code)
    run = {"PYTHONPATH": str(copy), "ELBOWROOM_CACHE": str(copy / "cache")}
    unchecked = python("import look", NUMBA_BOUNDSCHECK="0", **run)
    assert unchecked.stdout.split() == ["1.0", "True"]  # kept without checks
    assert python("import look", NUMBA_BOUNDSCHECK="1", **run).stdout.split() == ["1.0", "caught"]


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").is_dir(), reason="needs a place that cannot be written to")
def test_without_a_place_to_write_code_is_compiled_afresh_and_said_so(copy):
    (copy / "file").write_text("")
    done = python(RUN, PYTHONPATH=str(copy), ELBOWROOM_CACHE=str(copy / "file" / "below"))
    assert done.returncode == 0, done.stderr
    assert "cannot write" in done.stderr
    assert "ELBOWROOM_CACHE" in done.stderr
    assert not list(copy.rglob("*.nbi"))


def test_an_edit_touches_its_callers_and_nobody_else():
    assert judging.expressed in calls(asking.motives).values()
    callers = {rule.__name__ for rule in (*PHASES, months) if reaches(rule, judging.expressed)}
    assert callers == {"applying", "asking", "counting", "learning", "leaving", "mobilizing", "months"}


def reaches(rule, target):
    return any(callee is target or reaches(callee, target) for callee in calls(rule).values())


def test_equal_rules_have_equal_fingerprints_and_others_do_not():
    assert fingerprint(leaving.hazard) == fingerprint.__wrapped__(leaving.hazard)
    assert fingerprint(leaving.hazard) != fingerprint(permitting.is_expired)


def test_a_rule_may_not_reach_through_a_module():
    def lost(x):
        return judging.sigma(x)

    with pytest.raises(TypeError, match="import what it needs by name"):
        fingerprint(lost)


def test_old_code_is_dropped(tmp_path, monkeypatch):
    monkeypatch.setenv("ELBOWROOM_CACHE", str(tmp_path))
    compiling.cache_folder.cache_clear()
    try:
        here = compiling.cache_folder()
        old, recent = tmp_path / "old", tmp_path / "recent"
        old.mkdir()
        recent.mkdir()
        os.utime(old, (0, 0))
        compiling.drop_old_code()
        assert not old.exists()
        assert recent.exists()
        assert here.exists()
    finally:
        monkeypatch.undo()
        compiling.cache_folder.cache_clear()


def test_what_else_is_imported_does_not_move_the_cache(tmp_path):
    """A process that has loaded everything finds what a bare one has compiled."""
    tell = "import sim.month; from sim.compiling import cache_folder; print(cache_folder().name)"
    everything = "import sim.organization, sim.auditing, sim.command.run, sim.studies.compare, sim.laws.study; "
    said = [python(code, ELBOWROOM_CACHE=str(tmp_path)).stdout for code in (tell, everything + tell)]
    assert said[0] == said[1] != ""
