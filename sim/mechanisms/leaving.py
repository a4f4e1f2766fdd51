"""Phase 13. People leave, likelier in their first months: a hazard by tenure, the same under every policy."""

import math

from sim.codes import What
from sim.compiling import rule
from sim.draws import Decision, chance
from sim.judging import works_here
from sim.moving import cuts_ties, drops_projects, gives_up_goal, vacates
from sim.prefetching import fetch_ahead
from sim.records import NONE, Employee, Now, Seat
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
def departs(row: int, world: World) -> None:
    """Somebody is gone: the seat falls open, and keeps the row for whoever comes next."""
    employee = world.staff[row]
    tells_how(What.left, row, world)
    cuts_ties(row, world)
    drops_projects(row, employee, world)
    gives_up_goal(employee, world)
    vacates(employee, row, 0, world)
    world.flow[world.now.month - world.now.first].opened += 1.0
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
