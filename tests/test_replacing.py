"""Own rules: what a researcher replaces takes effect, and nothing else changes."""

import math
import warnings

import numpy as np
import pytest
from conftest import BUSY, same

from sim.judging import is_bought, sigma
from sim.mechanisms.asking import asks, courage
from sim.mechanisms.leaving import hazard
from sim.mechanisms.noticing import noticing
from sim.mechanisms.permitting import approves, reasons
from sim.people.generate import generate
from sim.replacing import RuleError, Rules, RuleWarning
from sim.rules import PLAIN, fingerprint, source
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
            + motives.tape + motives.load)


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
    assert same(lived(Rules({sigma: logistic, hazard: lambda tenure, now: hazard(tenure, now)})).world, ours.world)


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
        return approves(unit, value, key, now) and reasons(unit, value, now).support > 0.0

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


def test_rules_that_call_one_another_in_a_circle_are_refused():
    def round_and_round(motives):
        return sigma(courage_again(motives))

    def courage_again(motives):
        return courage(motives)

    rules = Rules({sigma: lambda x: logistic(x) if x < 9 else float(asks is None), courage: round_and_round})
    assert rules  # no circle: helpers and rules that are not replaced may be called at will
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
