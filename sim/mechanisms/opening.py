"""Phase 13. Vacancies: some are abolished, some offered to people whom hiring managers know, the rest advertised."""

from sim.codes import What
from sim.compiling import rule
from sim.drawing import draw, pull_of
from sim.draws import Decision, lasting, lasting_normal, paired, uniform
from sim.judging import is_served_first, sigma
from sim.records import NONE, TIES, Circle, Employee, Executive, Now, Seat, Unit
from sim.scenarios import abolition, reopening, takes_stock_of_seats
from sim.skills import competence_in
from sim.tallies import Flow
from sim.telling import tells_of_seat
from sim.vacancies import (
    answering,
    asks_manager,
    ends_chain,
    hiring,
    is_chosen,
    is_open,
    is_vetoed,
    key_of_vacancy,
    may_move,
    months_open,
    people_move,
)
from sim.world import World

# ------------------------------------------------------------------------------------------------------------ the plan


@rule
def is_abolished(seat: Seat, now: Now) -> bool:
    """A vacancy may be taken out of the plan; a manager's post may not, and nothing before people come and go."""
    if seat.leads != NONE or now.month < now.settled:
        return False
    return lasting(key_of_vacancy(seat), now, Decision.abolition, 0) < abolition(now)


@rule
def is_added(seat: Seat, now: Now) -> bool:
    """A seat that was abolished may come back into the plan."""
    return uniform(seat.number, now, Decision.reopening, 0) < reopening(now)


@rule
def closes(seat: Seat, unit: Unit, now: Now, flow: Flow) -> None:
    """A vacant seat is abolished."""
    seat.closed = True
    unit.closed += 1
    flow.abolished += 1.0
    flow.abolished_after[months_open(seat, now)] += 1.0
    ends_chain(seat, 0, flow)


@rule
def reopens(seat: Seat, unit: Unit, now: Now, flow: Flow) -> None:
    """A seat comes back into the plan, vacant: a new chain begins."""
    seat.closed = False
    unit.closed -= 1
    seat.opening += 1
    seat.opened, seat.chain, seat.asked = now.month, 0, False
    flow.opened += 1.0


# -------------------------------------------------------------------------------------------------- whom one knows


@rule
def judged(employee: Employee, manager: Employee, seat: Seat, now: Now) -> float:
    """Competence of a friend for a job, as a hiring manager judges it: the truth with an error (SD)."""
    error = lasting_normal(paired(now, manager.person, employee.person), now, Decision.judgement, seat.family)
    return competence_in(employee, seat.family, now) + now.behaviour.filling.judgement * error


@rule
def best_friend(circle: Circle, manager: Employee, seat: Seat, world: World) -> int:
    """The row of the friend who suits best and well enough, or NONE."""
    b, chosen, highest = world.now.behaviour.filling, NONE, 0.0
    for slot in range(TIES):
        other = circle.ties[slot]
        if other != NONE and circle.strengths[slot] >= b.known and may_move(world.staff[other], world.now):
            score = judged(world.staff[other], manager, seat, world.now)
            if score >= b.reservation and (chosen == NONE or score > highest):
                chosen, highest = other, score
    return chosen


@rule
def accepts(employee: Employee, seat: Seat, tie: float, world: World) -> bool:
    """Does somebody who is offered a vacancy want it? The likelier, the more it draws."""
    unit = world.units[seat.unit]
    drawn = pull_of(draw(employee, world.seats[employee.seat], seat, unit, tie, world.now))
    key = paired(world.now, employee.person, key_of_vacancy(seat))
    return uniform(key, world.now, Decision.acceptance, 0) < sigma(drawn - world.now.behaviour.applying.threshold)


@rule
def asks_around(seat: Seat, seat_row: int, world: World, flow: Flow) -> bool:
    """A hiring manager offers a vacancy to whom they know; says whether somebody takes it."""
    row = hiring(seat, world).manager
    if row == NONE:
        return False
    circle, manager = world.circles[row], world.staff[row]
    other = best_friend(circle, manager, seat, world)
    if other == NONE:
        return False
    employee, tie = world.staff[other], 0.0
    for slot in range(TIES):
        tie = circle.strengths[slot] if circle.ties[slot] == other else tie
    if not accepts(employee, seat, tie, world):
        return False
    asks_manager(employee, other, seat, world)
    if is_vetoed(employee, seat, world.now):
        flow.vetoed += 1.0
        tells_of_seat(What.vetoed, other, answering(employee, world).manager, seat, world)
        return False
    is_chosen(employee, other, seat, seat_row, world)
    return True


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def is_advertised(seat: Seat, executive: Executive, now: Now) -> bool:
    """Whether a vacancy is advertised at once, as those are on which the priority lies."""
    if is_served_first(seat.family, executive, now):
        return True
    return lasting(key_of_vacancy(seat), now, Decision.advertising, 0) < now.policy.vacancies.posted


@rule
def is_urgent(seat: Seat, executive: Executive, now: Now) -> bool:
    """Whether a vacancy is urgent, as those are on which the priority lies."""
    if is_served_first(seat.family, executive, now):
        return True
    return lasting(key_of_vacancy(seat), now, Decision.urgency, 0) < now.behaviour.filling.urgent


@rule
def is_decided(seat: Seat, row: int, world: World, flow: Flow) -> None:
    """What is to become of a vacancy."""
    now = world.now
    seat.asked, seat.first = True, NONE
    if is_abolished(seat, now):
        closes(seat, world.units[seat.unit], now, flow)
        return
    seat.urgent = is_urgent(seat, world.leadership[0], now)
    seat.posted = not people_move(now) or is_advertised(seat, world.leadership[0], now)
    if not seat.posted:
        flow.slotted += 1.0
        if asks_around(seat, row, world, flow):
            flow.slot_taken += 1.0
            return
        seat.posted = seat.urgent = True  # inside and outside at once: the time for insiders has been spent on friends
    flow.advertised += 1.0 if people_move(now) else 0.0


@rule
def opening(world: World) -> None:
    now = world.now
    flow, vacated, closed = world.flow[now.month - now.first], 0, 0
    for row in range(len(world.seats)):
        seat = world.seats[row]
        if seat.holder != NONE:
            continue
        if seat.closed and is_added(seat, now):
            reopens(seat, world.units[seat.unit], now, flow)
        if is_open(seat) and not seat.asked:
            vacated += 1 if seat.leads == NONE else 0
            is_decided(seat, row, world, flow)
        closed += 1 if seat.closed else 0
    takes_stock_of_seats(vacated / len(world.seats), closed / len(world.seats), now)
