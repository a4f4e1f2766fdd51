"""Generated organizations have the measured shape.

The seeds are fixed, so these tests never fail by chance. With fresh seeds the tolerances on 40 pooled organizations
would be missed in fewer than one run in a thousand: sums are fixed by design, and what varies (the share with one
report) has a standard error below .01.
"""

from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import SettingsError
from sim.people.generate import LARGEST, SENIOR_LARGEST, generate, split
from sim.people.roster import Roster

SEEDS = range(40)


def spans(roster: Roster) -> np.ndarray:
    return np.bincount(roster.manager[1:], minlength=len(roster))


def senior(roster: Roster) -> np.ndarray:
    """Managers who have managers below them."""
    found = np.zeros(len(roster), bool)
    found[roster.manager[1:][roster.leads[1:]]] = True
    return found


def depths(roster: Roster) -> np.ndarray:
    depth = np.zeros(len(roster), int)
    for row, manager in enumerate(roster.manager[1:], 1):
        depth[row] = depth[manager] + 1
    return depth


def managers_by_level(roster: Roster) -> np.ndarray:
    return np.bincount(depths(roster)[roster.leads])


@pytest.fixture(scope="module")
def agencies() -> list[Roster]:
    return [generate(1000, seed) for seed in SEEDS]


def test_span_of_control_is_seven_on_average_and_right_skewed(agencies: list[Roster]) -> None:
    span = np.concatenate([spans(one)[one.leads] for one in agencies])
    assert 6.6 <= span.mean() <= 7.2
    assert ((span - span.mean()) ** 3).mean() / span.std() ** 3 > 0.5
    assert np.median(span) < span.mean()
    assert span.max() <= LARGEST


def test_senior_tier_has_narrow_spans_and_many_with_one_report(agencies: list[Roster]) -> None:
    span = np.concatenate([spans(one)[senior(one)] for one in agencies])
    assert 3.9 <= span.mean() <= 4.5
    assert 0.14 <= (span == 1).mean() <= 0.22
    assert span.max() <= SENIOR_LARGEST


@pytest.mark.parametrize("size", [120, 1000, 10_000, 50_000])
def test_managers_shrink_from_level_to_level(size: int) -> None:
    level = np.sum([managers_by_level(generate(size, seed)) for seed in range(40 if size < 5000 else 3)], axis=0)
    assert all(3.5 <= lower / upper <= 4.8 for upper, lower in pairwise(level[1:]))
    assert 2 <= level[1] / level[0] <= 9


@pytest.mark.parametrize(("size", "slack"), [(120, 0.5), (1000, 0.2), (10_000, 0.1)])
def test_mean_span_holds_at_every_size_in_each_organization(size: int, slack: float) -> None:
    for seed in range(10):
        roster = generate(size, seed)
        assert abs(spans(roster)[roster.leads].mean() - 6.9) < slack


@given(size=st.integers(2, 3000), seed=st.integers(0, 2**32), departments=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_rows_stand_breadth_first_under_one_head(size: int, seed: int, departments: int) -> None:
    roster = generate(size, seed, departments)
    assert len(roster) == len(roster.ids) == size
    assert roster.manager[0] == 0
    assert (roster.manager[1:] < np.arange(1, size)).all()
    assert (np.diff(roster.manager) >= 0).all()
    assert spans(roster).max() <= LARGEST
    assert len(np.unique(roster.number)) == size
    assert ((roster.fte > 0) & (roster.fte <= 1)).all()
    for code, names in (
        (roster.department, roster.departments),
        (roster.family, roster.families),
        (roster.grade, roster.grades),
    ):
        assert code.min() >= 0
        assert code.max() < len(names) == len(set(names))


def test_nobody_outranks_the_own_manager() -> None:
    roster = generate(1000, 3)
    assert (roster.grade[1:] > roster.grade[roster.manager[1:]]).all()
    staff = ~roster.leads
    assert len(np.unique(roster.grade[staff])) in (2, 3)


@pytest.mark.parametrize(("size", "expected"), [(20, 2), (120, 10), (1000, 20), (10_000, 20)])
def test_departments_are_about_twenty_and_of_similar_size(size: int, expected: int) -> None:
    for seed in range(10):
        people = np.bincount(generate(size, seed).department)
        assert len(people) == expected
        assert people.max() <= 5 * people.mean()
        assert people.min() >= 0.15 * people.mean()


def test_departments_are_as_many_as_wanted() -> None:
    assert len(generate(1000, 0, 7).departments) == 7
    assert len(generate(1000, 0, 50).departments) == 50
    assert len(generate(1000, 0, 1).departments) == 1


def test_departments_are_connected() -> None:
    roster = generate(1000, 5)
    outside = roster.department != roster.department[roster.manager]
    heads = np.flatnonzero(outside)
    assert len(heads) == len(np.unique(roster.department[heads])) == len(roster.departments) - 1
    assert roster.leads[heads].all()


def test_split_leaves_a_team_whole() -> None:
    """A boss whose reports lead nobody cannot be divided."""
    assert not split(np.zeros(30, int), 4).any()


def test_departments_have_a_dominant_family() -> None:
    shares = []
    for roster in (generate(1000, seed) for seed in range(10)):
        counts = np.zeros((len(roster.departments), len(roster.families)))
        np.add.at(counts, (roster.department, roster.family), 1)
        shares.append(counts.max(axis=1).sum() / counts.sum())
    assert 0.55 <= np.mean(shares) <= 0.65


def test_same_seed_same_organization_and_another_seed_another() -> None:
    one, same, other = generate(1000, 1), generate(1000, 1), generate(1000, 2)
    for name in ("manager", "department", "family", "grade", "fte"):
        assert np.array_equal(getattr(one, name), getattr(same, name))
        assert not np.array_equal(getattr(one, name), getattr(other, name))


def test_one_person_is_no_organization() -> None:
    with pytest.raises(SettingsError, match="1 people"):
        generate(1, 0)


def test_large_organizations_take_less_than_a_second() -> None:
    start = perf_counter()
    generate(50_000, 0)
    assert perf_counter() - start < 1
