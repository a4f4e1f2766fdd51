"""Phase 13. People leave, likelier in their first months: a hazard by tenure, the same under every policy."""

import math

from sim.codes import ACROSS, What
from sim.compiling import rule
from sim.draws import Decision, chance
from sim.judging import tie_slot, works_here
from sim.prefetching import fetch_ahead
from sim.records import NONE, PLACES, PROJECTS, TIES, Employee, Now, Seat
from sim.tables import free_request
from sim.tallies import waited, waits
from sim.telling import tells_how
from sim.world import World

KNOTS = (3.0, 24.0, 120.0)  # months of tenure at which the hazard is given


@rule
def between(x: float, x0: float, x1: float, y0: float, y1: float) -> float:
    """Straight in the logarithms of y."""
    return y0 * math.exp(math.log(y1 / y0) * (x - x0) / (x1 - x0))


@rule
def hazard(tenure: float, now: Now) -> float:
    """Hazard of leaving a month, at a tenure in months."""
    b = now.behaviour.leaving
    if tenure >= b.longest:
        return b.retiring
    if tenure <= KNOTS[0]:
        return b.early
    if tenure <= KNOTS[1]:
        return between(tenure, KNOTS[0], KNOTS[1], b.early, b.middle)
    if tenure <= KNOTS[2]:
        return between(tenure, KNOTS[1], KNOTS[2], b.middle, b.late)
    return b.late


@rule
def makes_way(seat: Seat, now: Now) -> bool:
    """Whether next month the person takes the seat whom a people file names."""
    return seat.due == now.month + 1


@rule
def leaves(employee: Employee, now: Now) -> bool:
    """Does somebody leave the organization this month?"""
    if not now.switches.turnover:
        return False
    return chance(employee.person, now, Decision.leaving, hazard(float(now.month - employee.hired), now))


@rule
def goes(employee: Employee, world: World) -> bool:
    """Whether somebody goes. Before the fork people from a people file stay, and predecessors make way for them."""
    now = world.now
    if now.month < now.settled:
        seat = world.seats[employee.seat]
        if makes_way(seat, now):
            return True
        if seat.due <= now.month:
            return False
    return leaves(employee, now)


@rule
def cuts_ties(row: int, world: World) -> None:
    """Nobody keeps a tie to somebody who is gone: the row will be another's."""
    circle = world.circles[row]
    for slot in range(TIES):
        other = circle.ties[slot]
        if other != NONE:
            world.circles[other].ties[tie_slot(world.circles[other], row)] = NONE
            friend = world.staff[other]
            friend.tie_count -= 1
            friend.tie_across -= 1 if circle.kinds[slot] == ACROSS else 0
            circle.ties[slot] = NONE


@rule
def drops_projects(row: int, employee: Employee, world: World) -> None:
    """Projects go on without those who left; one that lost its poster is chosen for by skills alone."""
    for slot in range(PROJECTS):
        if employee.projects[slot] != NONE:
            project = world.projects[employee.projects[slot]]
            project.taken -= 1
            for place in range(PLACES):
                if project.members[place] == row:
                    project.members[place] = NONE
    if employee.posts != NONE:
        world.projects[employee.posts].poster = NONE
    if employee.request != NONE:
        flow, request = world.flow[world.now.month - world.now.first], world.requests[employee.request]
        flow.withdrawn += 1.0
        flow.overtaken_after[waited(request, world.now)] += 1.0 if waits(request) else 0.0
        free_request(world, employee.request)


@rule
def departs(row: int, world: World) -> None:
    """Somebody is gone: the seat falls open, and keeps the row for whoever comes next."""
    employee = world.staff[row]
    tells_how(What.left, row, world)
    cuts_ties(row, world)
    drops_projects(row, employee, world)
    seat = world.seats[employee.seat]
    seat.holder, seat.spare = NONE, row
    seat.opening += 1
    if employee.leads != NONE:
        world.units[employee.leads].manager = NONE
    employee.person = NONE


@rule
def leaving(world: World) -> None:
    now = world.now
    flow = world.flow[now.month - now.first]
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if works_here(employee) and goes(employee, world):
            departs(row, world)
            flow.left += 1.0
