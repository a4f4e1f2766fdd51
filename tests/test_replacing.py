"""Own rules: what a researcher replaces takes effect, and nothing else changes."""

import json
import math
import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, ROOT, python, same

from sim import abreast
from sim.command import main
from sim.compiling import PLAIN, fingerprint, source
from sim.judging import is_bought, sigma
from sim.mechanisms.asking import asks, courage, motives
from sim.mechanisms.noticing import noticing
from sim.mechanisms.permitting import approves, reasons
from sim.mechanisms.straining import straining
from sim.people.generate import generate
from sim.records import NONE
from sim.replacing import RuleError, Rules, RuleWarning
from sim.restlessness import by_tenure
from sim.running import Setup, burn_in, forked
from sim.settings import OrganizationSpec, Policy

compiles = pytest.mark.skipif(PLAIN, reason="nothing is compiled with NUMBA_DISABLE_JIT=1")


def lived(rules=None, policy=None):
    """A busy organization of forty after a year."""
    rules = rules or Rules()
    world = burn_in(Setup(OrganizationSpec(size=40, burn_in=6), BUSY, rules=rules), 5, generate(40, 5))
    return forked(world, policy or Policy(), 12, keep=True, rules=rules)


@pytest.fixture(scope="module")
def ours():
    return lived()


def added_up(motives):
    return (motives.habit + motives.desire + motives.efficacy + motives.support + motives.odds + motives.peers
            + motives.tape + motives.load + motives.stress)


def added_up_by_name(motives):  # Numba knows no getattr of a name in a variable
    total = 0.0
    for name in motives._fields:
        total = total + getattr(motives, name)
    return total


def unchanged(motives):
    return courage(motives)  # the rule that it replaces, as it was


def shy(motives):
    return courage(motives) - 3.0


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


def with_an_array(motives):
    return np.array([added_up(motives)])[0]


@pytest.mark.parametrize("equal", [added_up, unchanged, with_an_array])
def test_an_equal_replacement_changes_nothing(ours, equal):
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuleWarning)
        assert same(lived(Rules({courage: equal})).world, ours.world)


def test_a_rule_of_many_phases_and_of_the_start_may_be_replaced(ours):
    own = Rules({sigma: logistic, by_tenure: lambda tenure, executive: by_tenure(tenure, executive)})
    assert same(lived(own).world, ours.world)


def everybody_tired(world):
    straining(world)
    for employee in world.staff:
        employee.stress = 0.9


@pytest.mark.parametrize("large", [False, True])
def test_a_phase_of_ones_own_is_lived_also_where_processors_share_people_out(monkeypatch, large):
    monkeypatch.setattr(abreast, "LARGE", 0 if large else 1000)
    staff = lived(Rules({straining: everybody_tired})).world.staff
    assert (staff["stress"][staff["person"] != NONE] == 0.9).mean() > 0.9  # but for those who came after that phase


@compiles
def test_what_cannot_be_compiled_runs_as_plain_python_with_one_warning(ours):
    with pytest.warns(RuleWarning, match=r"added_up_by_name cannot be compiled.*\(asking\).*Numba says: \w") as told:
        run = lived(Rules({courage: added_up_by_name}))
    assert len(told) == 1
    assert same(run.world, ours.world)


def test_a_replacement_changes_the_run(ours):
    run = lived(Rules({courage: shy}))
    assert 0 < run.flow.asked.sum() < 0.6 * ours.flow.asked.sum()
    assert (run.world.seats.number == ours.world.seats.number).all()


@compiles
def test_months_as_a_whole_and_phase_by_phase_agree(ours):
    rules = Rules({courage: shy})
    by_phase = lived(rules)
    rules.in_one(ours.world)
    assert same(lived(rules).world, by_phase.world)
    assert not same(by_phase.world, ours.world)


@compiles
def test_plain_and_compiled_replacements_agree():
    def shy_by_name(motives):
        return added_up_by_name(motives) - 3.0

    with pytest.warns(RuleWarning):
        plain = lived(Rules({courage: shy_by_name}))
    assert same(plain.world, lived(Rules({courage: shy})).world)


def test_a_replacement_may_keep_parameters_of_its_own():
    """The same source with another number is another rule: compiled code must not be mistaken for it."""

    def shyer(by):
        def shy_by(motives):
            return courage(motives) - by
        return Rules({courage: shy_by})

    asked = [lived(shyer(by)).flow.asked.sum() for by in (0.0, 2.0, 4.0)]
    assert asked[0] > asked[1] > asked[2]


def test_tables_in_a_replacement_are_part_of_it():
    """NumPy shortens what it shows of long arrays; two that differ in the middle only must not be taken for one."""
    long, other = np.zeros(5000), np.zeros(5000)
    other[2500] = 1.0

    def one():
        return long[2500]

    def two():
        return other[2500]

    two.__code__ = one.__code__.replace(co_freevars=("other",))
    assert fingerprint(one) != fingerprint(two)


def test_several_rules_may_be_replaced_together(ours):
    def strict(unit, value, key, now):
        return approves(unit, value, key, now) and reasons(unit, value, now).support > 0.5

    def bought(need, now):
        return True

    both = lived(Rules({approves: strict, is_bought: bought}))
    assert both.flow.lapsed.sum() == 0 < ours.flow.lapsed.sum()
    one = lived(Rules({approves: strict}))
    assert one.flow.approved.sum() / one.flow.decided.sum() < ours.flow.approved.sum() / ours.flow.decided.sum()
    assert one.flow.approved.sum() == both.flow.approved.sum()  # what is bought touches no answer


def test_a_replacement_sees_the_other_replacements():
    """`asks` as it was calls `courage` as it is now."""

    def as_before(employee, unit, now):
        return asks(employee, unit, now)

    assert same(lived(Rules({asks: as_before, courage: shy})).world, lived(Rules({courage: shy})).world)


def test_a_phase_may_be_replaced():
    def nobody_looks(world):
        pass

    run = lived(Rules({noticing: nobody_looks}))
    assert run.flow.asked.sum() == 0 < run.flow.posted.sum()


def test_what_does_not_fit_is_told_before_anything_runs():
    with pytest.raises(RuleError, match=r"lonely\(\) cannot stand in for courage: it is called with 1 argument"):
        Rules({courage: _lonely})
    with pytest.raises(RuleError, match="expected a function"):
        Rules({courage: 3})
    with pytest.raises(RuleError, match="no rule of the model"):
        Rules({math.exp: shy})


def _lonely():
    return 0.0


_lonely.__name__ = "lonely"


def test_helpers_of_a_replacement_see_the_other_replacements():
    def daring(motives):
        return _by_way_of(motives)

    def never(motives):
        return -50.0

    assert lived(Rules({asks: _asks_by_helper})).flow.asked.sum() > 0
    assert lived(Rules({asks: _asks_by_helper, courage: never})).flow.asked.sum() == 0
    assert lived(Rules({courage: daring})).flow.asked.sum() > 0  # in a helper too the replaced rule is as it was


def _by_way_of(motives):
    return courage(motives)


def _dares(employee, unit, now):
    return sigma(courage(motives(employee, unit, now))) > 0.02


def _asks_by_helper(employee, unit, now):
    return _dares(employee, unit, now)


def test_rules_that_call_one_another_in_a_circle_are_refused():
    with pytest.raises(RuleError, match="in a circle"):
        lived(Rules({reasons: _calls_approves, approves: _calls_reasons}))


def _calls_approves(unit, value, now):
    if approves(unit, value, 1, now):
        return reasons(unit, value, now)
    return reasons(unit, 0.0, now)


def _calls_reasons(unit, value, key, now):
    return reasons(unit, value, now).habit > 0.0


def test_the_package_itself_is_left_as_it_was(ours):
    before = source(courage).__code__
    lived(Rules({courage: shy}))
    assert source(courage).__code__ is before
    assert same(lived().world, ours.world)


def test_the_page_about_rules_works_as_it_is_written(ran, tmp_path, monkeypatch):
    names, [printed], folder = ran("docs/rules.md")
    assert names["timid"].measures().asks.mean() < names["bold"].measures().asks.mean()
    assert "habit" in printed
    monkeypatch.chdir(tmp_path)
    file = (folder / "shy.py").read_text()
    Path("shy.py").write_text(file)
    small = ["org.size=40", "org.burn_in=6", "study.replicates=2", "study.months=12", "behaviour=lively"]
    assert main(["run", "study.rules=shy.py", *small, "hydra.run.dir=own"]) == 0
    assert main(["run", *small, "hydra.run.dir=ours"]) == 0
    assert Path("own/rules.py").read_text() == file
    asked = [pd.read_parquet(f"{folder}/summary.parquet").asks.mean() for folder in ("own", "ours")]
    assert asked[0] < asked[1]
    assert len(json.loads(Path("own/manifest.json").read_text())["rules"]["sha256"]) == 64


BRAVE = """\
from sim import Rules
from sim.mechanisms.asking import courage


def brave(motives):
    return courage(motives) + 0.5


rules = Rules({courage: brave})
"""
CALLS_BRAVE = """\
import sys
from pathlib import Path
from sim import compiling
from sim.mechanisms.asking import Motives, courage
from sim.replacing import rules_from

compiling.cache_folder = lambda: Path(sys.argv[1])
rules = rules_from(sys.argv[2])
assert rules.call(courage, Motives(*[0.0] * len(Motives._fields))) == 0.5
print(sum(rules._built[courage].stats.cache_hits.values()), "found")
"""


@compiles
def test_rules_from_a_file_are_compiled_once(tmp_path):
    """Another process finds them among the compiled code that is kept."""
    (tmp_path / "brave.py").write_text(BRAVE)
    told = [python(CALLS_BRAVE, str(tmp_path), str(tmp_path / "brave.py")).stdout for _ in range(2)]
    assert told == ["0 found\n", "1 found\n"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "There is no file 'mine.py' with rules"),
        ("x = 1\n", "mine.py defines no `rules = Rules({theirs: yours})`"),
        ("x = 1\ny = z\n", "mine.py, line 2: NameError: name 'z' is not defined"),
        ("def f(:\n", "mine.py: SyntaxError"),
        ("from sim import Rules\nrules = Rules({abs: abs})\n", "is no rule of the model"),
    ],
)
def test_a_file_of_rules_with_faults_is_told_in_words(tmp_path, monkeypatch, capsys, text, told):
    monkeypatch.chdir(tmp_path)
    if text is not None:
        Path("mine.py").write_text(text)
    assert main(["run", "study.rules=mine.py", "org.size=40", "study.replicates=2"]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said
    assert not (tmp_path / "results").exists()


@compiles
def test_kept_code_of_a_module_that_is_gone_is_compiled_anew(tmp_path):
    """The same rule in two scripts is one rule on disk; what the first one is called must not matter to the second."""
    run = (
        "from {module} import mine\nfrom sim.mechanisms.asking import courage\nfrom sim.replacing import Rules\n"
        "from sim.mechanisms.asking import Motives\n"
        "print(Rules({{courage: mine}}).call(courage, Motives(*([0.25] * 8), 0.0)))\n"
    )
    rule = (
        "from sim.compiling import rule\nfrom sim.mechanisms.asking import courage\n"
        "@rule\ndef mine(motives):\n    return courage(motives) - 1.5\n"
    )
    said = []
    for module in ("first", "second"):
        (tmp_path / f"{module}.py").write_text(rule)
        place = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)]), "ELBOWROOM_CACHE": str(tmp_path / "cache")}
        said.append(python(run.format(module=module), **place))
        (tmp_path / f"{module}.py").unlink()
    assert [done.stdout.strip() for done in said] == ["0.5", "0.5"], said[-1].stderr
