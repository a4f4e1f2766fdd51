"""Faces of people: they read and write the record, stay the same, tell who left, and are made only when asked for."""

import gc
from copy import deepcopy

import numpy as np
import pytest
from conftest import same
from organizations import FORM, an_organization, first

from sim.agents import Employee, HasLeft, MiddleManager
from sim.codes import QUITS
from sim.errors import ElbowroomError
from sim.mechanisms.leaving import departs
from sim.records import NONE


@pytest.fixture(scope="module")
def lived():
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


def left_behind(months=6):
    """An organization, and the faces of those who were there some months ago."""
    organization = an_organization()
    before = list(organization.agents)
    organization.run_for(months)
    return organization, before


# Made when asked for


def test_no_faces_are_made_before_somebody_looks():
    organization = an_organization(months=1)
    organization.step()
    organization.policy = FORM.changed("market.time_cap", 0.1)
    organization.run_for(2)
    assert organization.measures().stress.notna().all()
    assert organization.stress > 0
    assert len(organization.graph) > 50
    assert len(organization.requests) + len(organization.projects) > 0

    def made():
        return [t for t in gc.get_objects() if issubclass(type(t), Employee) and t.model is organization]

    assert made() == []
    face = organization.face(5)
    assert made() == [face]
    organization.step()
    assert made() == [face]
    assert len(made()) < len(organization.agents) == len(made())


def test_a_row_without_anybody_has_no_face(lived):
    vacant = np.flatnonzero(lived.world.staff["person"] == NONE)
    with pytest.raises(ElbowroomError, match="the post is vacant"):
        lived.face(vacant[0])
    for row in (-1, 80, 2.5, "3", True):
        with pytest.raises(ElbowroomError, match="0 to 79"):
            lived.face(row)


# The same for as long as the person is here


def test_a_face_stays_the_same_as_long_as_its_person_is_here():
    organization, before = left_behind()
    before = {person.unique_id: person for person in before}
    after = {person.unique_id: person for person in organization.agents}
    stayed = set(before) & set(after)
    assert stayed
    assert stayed != set(before)
    assert all(before[number] is after[number] for number in stayed)
    assert all(before[number].is_here == (number in stayed) for number in before)
    assert all(organization.face(person.row) is person for person in after.values())


def test_faces_of_those_who_left_are_let_go():
    organization = an_organization()
    keys = {person.unique_id for person in organization.agents}
    organization.run_for(6)
    gc.collect()
    held = {t.unique_id for t in gc.get_objects() if issubclass(type(t), Employee) and t.model is organization}
    assert held == {person.unique_id for person in organization.agents}
    assert keys - held


def test_a_seat_filled_anew_has_another_face():
    organization, before = left_behind(12)
    before, after = ({person.row: person for person in people} for people in (before, organization.agents))
    renewed = [row for row in before if row in after and before[row].unique_id != after[row].unique_id]
    assert renewed
    assert all(after[row] is not before[row] and after[row].hired >= 0 and not before[row].is_here for row in renewed)


def test_a_face_of_somebody_who_left_says_so():
    _, before = left_behind()
    gone = next(person for person in before if not person.is_here)
    told = f"person {gone.unique_id} has left the organization .{gone.name}, in month {gone.left}"
    looks = [lambda name=name: getattr(gone, name) for name in ("tenure", "manager", "record", "grade_name", "circle",
             *Employee.columns())]  # fmt: skip
    verbs = [lambda name=name: getattr(gone, name)() for name in ("p_asks", "asks", "room", "leaves", "expresses")]
    for look in (*looks, *verbs, lambda: setattr(gone, "stress", 0.5), lambda: setattr(gone, "unit", 0)):
        with pytest.raises(HasLeft, match=told):
            look()
    assert repr(gone) == f"<{type(gone).__name__} {gone.name}, who left in month {gone.left}>"


def test_the_month_of_leaving_is_told():
    organization = an_organization()
    everybody, months = list(organization.agents), {}
    for month in range(6):
        here = {person for person in everybody if person.is_here}
        organization.step()
        months |= {person: month for person in here if not person.is_here}
    assert len(set(months.values())) > 1
    assert {person: person.left for person in everybody} == {person: months.get(person) for person in everybody}


def test_where_the_month_of_leaving_is_unknown_the_rest_is_said():
    organization = an_organization()
    person = organization.face(30)
    departs(person.row, QUITS, organization.world)
    assert repr(person) == f"<Employee {person.name}, who has left>"
    with pytest.raises(HasLeft, match=rf"has left the organization \({person.name}\);"):
        _ = person.stress


def test_those_who_left_may_be_passed_over():
    _, before = left_behind()
    gone = next(person for person in before if not person.is_here)
    assert getattr(gone, "stress", None) is None
    assert not hasattr(gone, "stress")


# Attributes


def test_attributes_are_the_record(lived):
    for person in lived.agents:
        record = lived.world.staff[person.row]
        for name in person.columns():
            value = getattr(person, name)
            assert np.array_equal(value, record[name])
            assert isinstance(value, int | float | bool | np.ndarray)


def test_attributes_say_what_they_are():
    assert set(Employee.columns()) <= set(dir(Employee))
    assert Employee.stress.__doc__ == "stress (0-1)"
    assert "months" in Employee.hired.__doc__


def test_writing_an_attribute_changes_the_organization():
    organization = an_organization()
    person = first(organization.agents)
    person.stress, person.latent, person.profiled, person.hired = 0.75, np.float32(0.5), True, -7.0
    person.skills[2] = 1.5
    record = organization.world.staff[person.row]
    assert (record.stress, record.latent, record.skills[2], record.profiled, record.hired) == (0.75, 0.5, 1.5, 1, -7)
    person.skills = range_of_skills = [0.1 * i for i in range(8)]
    assert record.skills.tolist() == range_of_skills
    assert person.tenure == 7


def test_what_is_written_has_its_effect():
    """A wish put into everybody's record is one on which they act."""
    wishing, listless = an_organization(), an_organization()
    for organization, wish in ((wishing, 1.0), (listless, 0.0)):
        organization.agents.do(lambda person, wish=wish: setattr(person, "latent", wish))
        organization.agents.do(lambda person: setattr(person, "rationalization", 0.0))
    eager, tired = (np.mean([p.p_asks() for p in o.agents]) for o in (wishing, listless))
    assert eager > tired + 0.1


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("stress", "high", "expected a number"), ("stress", None, "expected a number"),
        ("stress", float("nan"), "expected a number"), ("stress", [0.5], "expected a number"),
        ("stress", 1.5, "0 to 1"), ("latent", -0.1, "0 to 1"), ("fte", 0, "more than 0"), ("hired", 2.5, "whole"),
        ("conflict", 10**12, "either way"),
        ("profiled", 2, "True or False"), ("skills", 1.0, "8 numbers"), ("skills", [1, 2], "8 numbers"),
        ("skills", ["a"] * 8, "expected a number"), ("shown", [2.0] * 8, "0 to 1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(lived, name, value, told):
    person = lived.face(40)
    before = lived.world.staff.copy()
    with pytest.raises(ValueError, match=rf"{name} = .*{told}"):
        setattr(person, name, value)
    assert np.array_equal(lived.world.staff, before)


@pytest.mark.parametrize("name", ["unit", "seat", "person", "projects", "request", "tie_count", "time_away"])
def test_what_other_tables_must_agree_with_cannot_be_set(lived, name):
    person = lived.face(40)
    with pytest.raises(AttributeError, match=f"{name} .* cannot be set by hand"):
        setattr(person, name, getattr(person, name))
    if name == "projects":
        with pytest.raises(ValueError, match="read-only"):
            person.projects[0] = 3


def test_an_unknown_attribute_is_answered_with_the_nearest(lived):
    person = lived.face(40)
    with pytest.raises(AttributeError, match=r"has no 'strees'. Did you mean 'stress'.*columns\(\)"):
        _ = person.strees
    with pytest.raises(AttributeError, match=r"has no 'strees'. Did you mean 'stress'.*dictionary"):
        person.strees = 0.5
    with pytest.raises(AttributeError, match="tenure cannot be set: it follows"):
        person.tenure = 3
    with pytest.raises(AttributeError, match="asks cannot be set"):
        person.asks = True
    assert not hasattr(person, "strees")


def test_tenure_counts_months_since_hire():
    organization = an_organization()
    before = {person.unique_id: person.tenure for person in organization.agents}
    organization.step()
    assert all(p.tenure == before.get(p.unique_id, 0) + 1 for p in organization.agents)


def test_teams_are_those_who_report_to_a_manager(lived):
    managers = list(lived.agents_by_type[MiddleManager])
    for manager in managers:
        assert manager.post.manager == manager.row
        assert all(person.manager is manager for person in manager.team)
        assert manager not in manager.team
    led = {person.unique_id for manager in managers for person in manager.team}
    orphans = {person.unique_id for person in lived.agents if person.manager is None}
    head = {manager.unique_id for manager in managers if manager.manager is manager}  # nobody, if the post is vacant
    assert led | orphans | head == {person.unique_id for person in lived.agents}
    assert not led & orphans


# A copy


def test_a_copy_lives_on_with_the_same_luck_and_apart():
    organization = an_organization(months=3)
    person = first(organization.agents)
    twin = deepcopy(organization)
    assert first(twin.agents).name == person.name
    assert first(twin.agents) is not person
    organization.run_for(4), twin.run_for(4)
    assert same(organization.world, twin.world)
    assert twin.month == twin.steps == 7
    before = organization.agents.agg("stress", np.mean)
    twin.agents.set("stress", 1.0)
    assert organization.agents.agg("stress", np.mean) == before
    twin.leadership.signal = 0.9
    assert organization.leadership.signal < 0.9
