"""Phase 15. Vacancies are filled: the best insider in line, once the manager lets go, or an outsider after a delay."""

from sim.arriving import expects_first, takes_over, takes_seat, team_meets
from sim.codes import What
from sim.compiling import rule
from sim.draws import Decision, chance
from sim.judging import is_served_first, is_turned_down, is_vacant, kept, tie_strength
from sim.moving import moves
from sim.records import NONE, Employee, Executive, Now, Seat, Unit
from sim.scenarios import hires_outsiders
from sim.skills import seen_competence
from sim.tallies import Flow
from sim.telling import tells_how, tells_of_seat
from sim.vacancies import (
    BACKED,
    RESISTED,
    answering,
    ends_chain,
    hiring,
    is_chosen,
    is_open,
    is_passed_over,
    key_of_vacancy,
    months_open,
    people_move,
)
from sim.world import World

RENOWN = 1.0  # what a backed move adds to a manager's name, in moves


# ------------------------------------------------------------------------------------------------------------- insiders


@rule
def commended(employee: Employee, unit: Unit, now: Now) -> float:
    """What the manager's word adds to how somebody is seen (SD): a cool word for those whom a manager would keep, and
    where exports are rewarded, a warm one for those who would not be missed.
    """
    b = now.behaviour.filling
    if employee.word == RESISTED:
        return -b.cool
    if employee.word == BACKED:
        weak = max(0.0, -seen_competence(employee, employee.family, now))
        return b.warm * now.policy.managers.export_reward * weak
    return 0.0


@rule
def standing(row: int, seat: Seat, world: World) -> float:
    """How well an applicant stands with the hiring manager: skills as they are seen, the word that is heard, the tie
    (SD).
    """
    now, employee, manager = world.now, world.staff[row], hiring(seat, world).manager
    tie = tie_strength(world.circles[row], manager)
    seen = seen_competence(employee, seat.family, now) + now.behaviour.filling.tie * tie
    return seen + commended(employee, world.units[employee.unit], now)


@rule
def are_judged(seat: Seat, world: World) -> None:
    """The hiring manager makes up their mind about all who applied."""
    row = seat.first
    while row != NONE:
        world.staff[row].stands = standing(row, seat, world)
        row = world.staff[row].rival


@rule
def is_before(one: Employee, other: Employee) -> bool:
    """Whether one applicant stands better than another. (Equals are told apart by their keys.)"""
    return one.stands > other.stands or (one.stands == other.stands and one.person > other.person)


@rule
def rank(employee: Employee, seat: Seat, world: World) -> int:
    """How many in line stand better."""
    count, row = 0, seat.first
    while row != NONE:
        count += 1 if is_before(world.staff[row], employee) else 0
        row = world.staff[row].rival
    return count


@rule
def invited(seat: Seat, executive: Executive, now: Now) -> int:
    """How many insiders are interviewed for a vacancy: all of them, where that is the rule or the priority."""
    all_of_them = now.policy.vacancies.interview_all or is_served_first(seat.family, executive, now)
    return 1 << 30 if all_of_them else now.behaviour.filling.interviews


@rule
def chooses(seat: Seat, seat_row: int, world: World, flow: Flow) -> None:
    """The hiring manager interviews the best in line and takes the best of them, if good enough; others are told no."""
    now, winner, row = world.now, NONE, seat.first
    are_judged(seat, world)
    while row != NONE:
        employee = world.staff[row]
        if employee.stands >= now.behaviour.filling.reservation and rank(employee, seat, world) == 0:
            winner = row
        row = employee.rival
    row, all_invited = seat.first, invited(seat, world.leadership[0], now)
    while row != NONE:
        employee = world.staff[row]
        interviewed = rank(employee, seat, world) < all_invited
        flow.interviewed += 1.0 if interviewed else 0.0
        if row != winner:
            tells_of_seat(What.turned_down, row, hiring(seat, world).manager, seat, world)
            is_passed_over(employee, seat, interviewed, winner != NONE, now, flow)
        row = employee.rival
    if winner != NONE:
        is_chosen(world.staff[winner], winner, seat, seat_row, world)
    seat.first = NONE


@rule
def is_lost(employee: Employee, seat: Seat, now: Now) -> bool:
    """Whether the offer lapses while a manager holds somebody back."""
    if employee.word != RESISTED or now.month >= employee.ready:
        return False
    return chance(key_of_vacancy(seat), now, Decision.lapse, now.behaviour.filling.lapse)


@rule
def comes_to_nothing(employee: Employee, seat: Seat) -> None:
    """Somebody who was chosen will not come: others are looked for, and for this person it is over."""
    employee.goal, seat.chosen, seat.posted = NONE, NONE, True
    employee.turned = key_of_vacancy(seat)


@rule
def is_blocked(row: int, seat: Seat, world: World) -> None:
    """A move that the manager held up until it was too late."""
    employee, now = world.staff[row], world.now
    comes_to_nothing(employee, seat)
    world.flow[now.month - now.first].blocked += 1.0
    tells_of_seat(What.blocked, row, answering(employee, world).manager, seat, world)
    is_turned_down(employee, 1.0, 1.0, now)


@rule
def lets_go(employee: Employee, world: World) -> None:
    """A manager who backs a move makes a name as one from whom people get on."""
    unit = answering(employee, world)
    if employee.word == BACKED:
        unit.renown += RENOWN / max(1.0, float(unit.heads))


@rule
def comes_in(row: int, seat: Seat, seat_row: int, world: World, flow: Flow) -> None:
    """Somebody who was chosen takes the seat."""
    counts_fill(seat, True, world.now, flow)
    lets_go(world.staff[row], world)
    moves(row, seat_row, world)


@rule
def counts_fill(seat: Seat, inside: bool, now: Now, flow: Flow) -> None:
    """How long a vacancy was open."""
    flow.filled_after[months_open(seat, now)] += 1.0
    flow.filled_inside_after[months_open(seat, now)] += 1.0 if inside else 0.0
    flow.filled_slotted += 1.0 if inside and not seat.posted else 0.0


# ------------------------------------------------------------------------------------------------------------ outsiders


@rule
def is_taken_up(seat: Seat, now: Now) -> bool:
    """Whether this is the month in which somebody from a people file was hired."""
    return seat.due == now.month


@rule
def looks_outside(seat: Seat, now: Now) -> bool:
    """Insiders first, unless it is urgent; nobody in a hiring freeze, nor once somebody has been chosen."""
    first = now.policy.vacancies.internal_first if people_move(now) else 0
    return hires_outsiders(now) and is_open(seat) and seat.asked and (seat.urgent or now.month - seat.opened > first)


@rule
def is_filled(seat: Seat, now: Now) -> bool:
    """Whether a vacancy finds an outsider this month (geometric, with the mean time to fill)."""
    if is_taken_up(seat, now):
        return True
    if not looks_outside(seat, now):
        return False
    return chance(key_of_vacancy(seat), now, Decision.filling, 1.0 / now.behaviour.filling.outside_months)


@rule
def hires(seat_row: int, world: World, flow: Flow) -> None:
    """Somebody new arrives."""
    seat, now = world.seats[seat_row], world.now
    row = seat.spare
    employee = world.staff[row]
    counts_fill(seat, False, now, flow)
    ends_chain(seat, 1, flow)
    flow.hired += 1.0
    if is_taken_up(seat, now):
        seat.opening = 0
    takes_seat(employee, row, seat, seat_row, now)
    flow.ramp_ahead += employee.ramp_months
    if is_taken_up(seat, now):  # clocks are to end at the file's values
        employee.position, employee.content = -float(seat.lead), -float(seat.lead)
        employee.since = now.month + seat.lead
    if seat.leads != NONE:
        takes_over(world.units[seat.leads], employee, row)
        team_meets(world.units[seat.leads], world)
    expects_first(employee, world)
    tells_how(What.hired, row, world)


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def goes_on(seat: Seat, row: int, world: World, flow: Flow) -> None:
    """One month of a vacancy."""
    if seat.first != NONE and is_open(seat):
        chooses(seat, row, world, flow)
    if seat.chosen != NONE:
        employee = world.staff[seat.chosen]
        if is_lost(employee, seat, world.now):
            is_blocked(seat.chosen, seat, world)
        elif world.now.month >= employee.ready and employee.person == world.now.stays:
            comes_to_nothing(employee, seat)
        elif world.now.month >= employee.ready:
            comes_in(seat.chosen, seat, row, world, flow)
            return
    if is_filled(seat, world.now):
        hires(row, world, flow)


@rule
def filling(world: World) -> None:
    now = world.now
    flow: Flow = world.flow[now.month - now.first]
    left = kept(now.behaviour.applying.renown_months)
    for unit in world.units:
        unit.renown *= left
    for row in range(len(world.seats)):
        seat = world.seats[row]
        if is_vacant(seat):
            goes_on(seat, row, world, flow)
