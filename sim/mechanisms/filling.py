"""Phase 12. Vacant seats are filled by outsiders after a delay."""

from sim.codes import What
from sim.compiling import rule
from sim.draws import Decision, beta, chance, lasting_normal
from sim.judging import believed_support, has_manager
from sim.records import NEVER, NONE, PROJECTS, SKILLS, Employee, Now, Seat, Unit
from sim.skills import uses
from sim.tallies import Flow
from sim.telling import tells_how
from sim.world import World


@rule
def key_of_holder(seat: Seat) -> int:
    """Who takes a seat follows from the seat and the number of its opening, under every policy."""
    return seat.number + (seat.opening << 32)


@rule
def is_born(employee: Employee, key: int, now: Now) -> None:
    """Skills and traits, drawn once for each person."""
    b = now.behaviour.people
    for k in range(SKILLS):
        core = uses(employee.family, k)
        level = (b.core_skill if core else b.other_skill) + lasting_normal(key, now, Decision.skill, k)
        employee.skills[k], employee.resting[k] = level, level
        employee.shown[k] = 1.0 if core else 0.0
    employee.claims = 0
    employee.growth_need = beta(key, now, Decision.growth_need, b.growth_need, b.growth_need_sd)
    employee.efficacy_rest = beta(key, now, Decision.efficacy, b.efficacy, b.efficacy_sd)
    employee.development_trait = beta(key, now, Decision.development_trait, b.development, b.development_sd)
    employee.hoarding_trait = beta(key, now, Decision.hoarding_trait, b.hoarding, b.hoarding_sd)


@rule
def starts_afresh(employee: Employee, now: Now) -> None:
    """The state of somebody on the first day."""
    b = now.behaviour.straining
    employee.profiled, employee.ticked, employee.answer = False, False, 0
    employee.position, employee.content = 0.0, 0.0
    employee.latent, employee.rationalization, employee.failures = 0.0, 0.0, 0.0
    employee.identity, employee.identity_family = 0.0, NONE
    employee.efficacy, employee.odds = employee.efficacy_rest, now.behaviour.learning.odds_rest
    employee.stress, employee.belonging, employee.engagement = b.stress_rest, b.belonging_rest, 0.0
    employee.load, employee.core_done, employee.project_done = 0.0, 0.0, 0.0
    employee.output, employee.grown, employee.conflict = 0.0, 0.0, 0
    employee.posts = employee.request = employee.option = employee.seeks = NONE
    employee.time_away, employee.given, employee.interest, employee.tie_sum = 0.0, 0.0, 0.0, 0.0
    employee.seen, employee.served, employee.tie_count, employee.tie_across = 0, NEVER, 0, 0
    for slot in range(PROJECTS):
        employee.projects[slot] = NONE


@rule
def takes_seat(employee: Employee, row: int, seat: Seat, seat_row: int, now: Now) -> None:
    """Somebody new holds a seat."""
    employee.person, employee.seat, employee.hired = key_of_holder(seat), seat_row, now.month
    employee.unit, employee.leads, employee.department = seat.unit, seat.leads, seat.department
    employee.family, employee.fte = seat.family, seat.fte
    seat.holder, seat.spare = row, NONE
    is_born(employee, employee.person, now)
    starts_afresh(employee, now)


@rule
def takes_over(unit: Unit, manager: Employee, row: int) -> None:
    """A manager brings the traits they were born with to the post, and no experience with lending."""
    unit.manager = row
    unit.development, unit.hoarding, unit.experience = manager.development_trait, manager.hoarding_trait, 0.0


@rule
def meets_new_manager(employee: Employee, unit: Unit, manager: Employee, now: Now) -> None:
    """A new manager resets part of what somebody expected of the old one."""
    reset = now.behaviour.learning.reset
    first = believed_support(employee, unit, manager, now)
    employee.expected_support += reset * (first - employee.expected_support)


@rule
def team_meets(unit: Unit, world: World) -> None:
    """The whole team has a new manager."""
    manager = world.staff[unit.manager]
    for seat in range(unit.first_seat, unit.first_seat + unit.seats):
        holder = world.seats[seat].holder
        if holder != NONE:
            meets_new_manager(world.staff[holder], unit, manager, world.now)


@rule
def expects_first(employee: Employee, world: World) -> None:
    """What a newcomer expects of the manager, or of the one above while the post is vacant."""
    unit = world.units[employee.unit]
    answering = unit if has_manager(unit) else world.units[unit.parent]
    if has_manager(answering):
        manager = world.staff[answering.manager]
        employee.expected_support = believed_support(employee, answering, manager, world.now)
    else:
        employee.expected_support = answering.development


@rule
def hires(seat_row: int, world: World) -> None:
    """Somebody new arrives."""
    seat = world.seats[seat_row]
    row = seat.spare
    employee = world.staff[row]
    if is_taken_up(seat, world.now):
        seat.opening = 0
    takes_seat(employee, row, seat, seat_row, world.now)
    if is_taken_up(seat, world.now):  # clocks are to end at the file's values
        employee.position, employee.content = -float(seat.lead), -float(seat.lead)
    if seat.leads != NONE:
        takes_over(world.units[seat.leads], employee, row)
        team_meets(world.units[seat.leads], world)
    expects_first(employee, world)
    tells_how(What.hired, row, world)


@rule
def is_taken_up(seat: Seat, now: Now) -> bool:
    """Whether this is the month in which somebody from a people file was hired."""
    return seat.due == now.month


@rule
def is_filled(seat: Seat, now: Now) -> bool:
    """Whether a vacancy finds somebody this month (geometric, with the mean time to fill)."""
    if is_taken_up(seat, now):
        return True
    return chance(key_of_holder(seat), now, Decision.filling, 1.0 / now.behaviour.leaving.fill_months)


@rule
def filling(world: World) -> None:
    now = world.now
    flow: Flow = world.flow[now.month - now.first]
    for row in range(len(world.seats)):
        seat = world.seats[row]
        if seat.holder == NONE and is_filled(seat, now):
            hires(row, world)
            flow.hired += 1.0
