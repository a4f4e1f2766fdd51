"""Phase 14. Insiders notice advertised vacancies; whom one draws enough may apply, and tells the manager."""

from typing import NamedTuple

from sim.codes import What
from sim.compiling import rule
from sim.drawing import draw, pull_of
from sim.draws import Decision, paired, poisson, two_uniforms, uniform
from sim.judging import expressed, is_turned_down, sigma
from sim.lots import draw_friends, pair_friends
from sim.prefetching import LINE, fetch, fetch_ahead
from sim.records import NONE, TIES, Employee, Now, Seat
from sim.ring import next_in_line
from sim.skills import other_family
from sim.tallies import Flow
from sim.telling import because, tells_of_seat
from sim.vacancies import (
    answering,
    asks_manager,
    hiring,
    is_open,
    is_vetoed,
    key_of_vacancy,
    may_move,
    people_move,
)
from sim.world import BY_DEPARTMENT, BY_FAMILY, World

NOTICED = 8 * LINE  # bytes of a record from which it follows how much a vacancy draws somebody


class Ambition(NamedTuple):
    """The terms of the decision to apply for a vacancy, in logits."""

    habit: float
    draw: float
    desire: float
    efficacy: float
    release: float
    chances: float


@rule
def ambition(employee: Employee, now: Now) -> Ambition:
    """Why somebody whom a vacancy draws would apply, or let it pass."""
    b = now.behaviour.applying
    return Ambition(
        b.habit,
        b.draw * (employee.draw - b.threshold),
        b.desire * expressed(employee),
        b.efficacy * employee.efficacy,
        b.release * employee.expected_release,
        b.chances * employee.chances,
    )


@rule
def applies(employee: Employee, seat: Seat, now: Now) -> bool:
    """Does somebody whom a vacancy draws apply for it?"""
    a = ambition(employee, now)
    return luck_in_applying(employee, seat, now) < sigma(
        a.habit + a.draw + a.desire + a.efficacy + a.release + a.chances
    )


@rule
def luck_in_applying(employee: Employee, seat: Seat, now: Now) -> float:
    """Somebody applies if the probability is above this."""
    return uniform(paired(now, employee.person, key_of_vacancy(seat)), now, Decision.application, 0)


# ------------------------------------------------------------------------------------------------------------- notice


@rule
def comes_to_notice(seat: Seat, seat_row: int, row: int, tie: float, world: World) -> None:
    """Somebody sees a vacancy; the one that draws most this month is remembered."""
    employee, now = world.staff[row], world.now
    if not may_move(employee, now) or employee.turned == key_of_vacancy(seat) or employee.applies == seat_row:
        return
    drawn = pull_of(draw(employee, world.seats[employee.seat], seat, world.units[seat.unit], tie, now))
    if drawn < now.behaviour.applying.threshold:
        return
    if employee.applies == NONE or drawn > employee.draw:
        employee.applies, employee.draw = seat_row, drawn


@rule
def reader(seat: Seat, index: int, world: World) -> int:
    """The row of somebody who sees a vacancy: of its department, or of the same job family anywhere, and the more of
    other families the clearer the pathways; NONE if that seat is vacant.

    People stand in line at keyed positions, and a keyed glance takes the next: one person more changes only the
    glances that fall to that person.
    """
    now = world.now
    which, place = two_uniforms(key_of_vacancy(seat), now, Decision.audience, 2 * index)
    near, clear = now.behaviour.applying.near, now.behaviour.applying.beyond * now.policy.development.pathways
    if which < near:
        return next_in_line(BY_DEPARTMENT, seat.department, place, world)
    rest = (which - near) / (1.0 - near)
    if rest < clear:  # each family as likely as it is frequent
        return next_in_line(BY_FAMILY, other_family(world.families, rest / clear), place, world)
    return next_in_line(BY_FAMILY, seat.family, place, world)


@rule
def is_read(seat: Seat, seat_row: int, world: World) -> None:
    """An advertisement finds its readers; friends of the hiring manager hear of it."""
    now = world.now
    key = key_of_vacancy(seat)
    count = poisson(uniform(key, now, Decision.audience, 1), now.behaviour.applying.audience)
    soon = reader(seat, 0, world)
    for index in range(count):
        row, soon = soon, reader(seat, index + 1, world)
        if soon != NONE:
            fetch(world.staff[soon], NOTICED)
        if row != NONE:
            comes_to_notice(seat, seat_row, row, 0.0, world)
    manager = hiring(seat, world).manager
    if manager != NONE:
        friends_hear(seat, seat_row, manager, world)


@rule
def friends_hear(seat: Seat, seat_row: int, manager: int, world: World) -> None:
    """Strong friends hear of a vacancy more often, and the tie draws them."""
    circle, grapevine = world.circles[manager], world.now.behaviour.applying.grapevine
    pair_friends(manager, key_of_vacancy(seat), world)
    draw_friends(Decision.grapevine, world)
    for slot in range(TIES):
        other, strength = circle.ties[slot], circle.strengths[slot]
        if other != NONE and world.friend_lots[slot] < grapevine * strength:
            comes_to_notice(seat, seat_row, other, strength, world)


# --------------------------------------------------------------------------------------------------------- applications


@rule
def stands_for(employee: Employee, row: int, seat: Seat, world: World, flow: Flow) -> None:
    """Somebody applies, and the manager backs, resists or forbids the move."""
    flow.applied += 1.0
    flow.applied_outside += 1.0 if seat.family != employee.family else 0.0
    tells_of_seat(What.applied, row, hiring(seat, world).manager, seat, world)
    because(ambition(employee, world.now), luck_in_applying(employee, seat, world.now), world)
    asks_manager(employee, row, seat, world)
    if is_vetoed(employee, seat, world.now):
        flow.vetoed += 1.0
        employee.turned = key_of_vacancy(seat)
        tells_of_seat(What.vetoed, row, answering(employee, world).manager, seat, world)
        is_turned_down(employee, 1.0, 1.0, world.now)
        return
    employee.rival, seat.first = seat.first, row


@rule
def applying(world: World) -> None:
    now = world.now
    if not people_move(now):
        return
    flow, any_open = world.flow[now.month - now.first], False
    for row in range(len(world.seats)):
        seat = world.seats[row]
        if seat.posted and is_open(seat):
            seat.first, any_open = NONE, True
            is_read(seat, row, world)
    if not any_open:
        return
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if employee.applies != NONE:
            seat = world.seats[employee.applies]
            employee.applies = NONE
            if employee.person != NONE and applies(employee, seat, now):
                stands_for(employee, row, seat, world, flow)
