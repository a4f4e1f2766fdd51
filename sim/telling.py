"""The log of careers: one row for each thing that happens to somebody, written only while a log is kept.

Rules note what happened in one line, and what was weighed in another. Nothing is drawn and no state is changed, so a
run is the same with and without a log.
"""

from typing import Any

from sim.codes import What
from sim.compiling import rule
from sim.judging import works_here
from sim.records import NONE, SKILLS, Event, Seat
from sim.world import World, events_bound, keeps_log


@rule
def tells(what: int, row: int, other: int, project: int, world: World) -> None:
    """Notes what happened to somebody; `other` is the row of the manager or poster who had a part in it, or NONE."""
    if not keeps_log(world):
        return
    event, employee = world.events[world.log[0].events], world.staff[row]
    world.log[0].events += 1
    event.month, event.what, event.person, event.hired = world.now.month, what, employee.person, employee.hired
    event.other = world.staff[other].person if other != NONE else NONE
    event.latent, event.rationalization, event.luck = employee.latent, employee.rationalization, -1.0
    event.family, event.department, event.need = employee.family, employee.department, NONE
    event.unit, event.grade = employee.unit, world.seats[employee.seat].grade
    if project != NONE:
        describes(event, project, world)


@rule
def tells_of_seat(what: int, row: int, other: int, seat: Seat, world: World) -> None:
    """Notes what happened to somebody with a vacancy."""
    if not keeps_log(world):
        return
    tells(what, row, other, NONE, world)
    event = world.events[world.log[0].events - 1]
    event.family, event.department, event.need = seat.family, seat.department, seat.number + (seat.opening << 32)
    event.unit, event.grade = seat.unit, seat.grade


@rule
def describes(event: Event, row: int, world: World) -> None:
    """Notes which project it is."""
    project = world.projects[row]
    need = world.needs[project.need]
    event.need, event.family, event.department = need.key, need.family, project.department
    event.share, event.months, event.count = need.share, need.months, project.joined


@rule
def because(terms: Any, luck: float, world: World) -> None:
    """Adds to what was told last the terms of the decision in logits, and the draw."""
    if not keeps_log(world):
        return
    event = world.events[world.log[0].events - 1]
    for i in range(len(terms)):
        event.terms[i] = terms[i]
    event.luck = luck


@rule
def tells_how(what: int, row: int, world: World) -> None:
    """Notes that somebody is here, came or leaves, under whom, and with which skills."""
    if not keeps_log(world):
        return
    employee = world.staff[row]
    tells(what, row, world.units[employee.unit].manager, NONE, world)
    event = world.events[world.log[0].events - 1]
    for k in range(SKILLS):
        event.terms[k] = employee.skills[k]


@rule
def tells_of_move(row: int, world: World) -> None:
    """Notes that somebody has taken another seat."""
    if not keeps_log(world):
        return
    seat = world.seats[world.staff[row].seat]
    tells_how(What.moved, row, world)
    world.events[world.log[0].events - 1].need = seat.number + (seat.opening << 32)


@rule
def begins(world: World) -> None:
    """A log begins with everybody who is here."""
    for row in range(len(world.staff)):
        if works_here(world.staff[row]):
            tells_how(What.here, row, world)


def with_log(world: World) -> World:
    """The same state, from now on with a log of careers; one that is kept already goes on."""
    if keeps_log(world):
        return world
    logged = world._replace(events=Event.rows(3 * int(events_bound(world))))
    begins(logged)
    return logged
