"""Who comes: what people are born with, their first day, and how a team and its new manager meet."""

from sim.ages import age_at_hire
from sim.compiling import rule
from sim.draws import Decision, beta, lasting_normal
from sim.judging import believed, has_manager
from sim.records import NEVER, NONE, PROJECTS, SKILLS, Employee, Now, Seat, Unit
from sim.skills import uses
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
        employee.shown[k], employee.overstated[k] = 1.0 if core else 0.0, 0.0
    employee.growth_need = beta(key, now, Decision.growth_need, b.growth_need, b.growth_need_sd)
    employee.efficacy_rest = beta(key, now, Decision.efficacy, b.efficacy, b.efficacy_sd)
    employee.development_trait = beta(key, now, Decision.development_trait, b.development, b.development_sd)
    employee.hoarding_trait = beta(key, now, Decision.hoarding_trait, b.hoarding, b.hoarding_sd)
    employee.release_trait = beta(key, now, Decision.release_trait, b.release, b.release_sd)


@rule
def starts_afresh(employee: Employee, now: Now) -> None:
    """The state of somebody on the first day."""
    b = now.behaviour.straining
    employee.profiled, employee.ticked, employee.answer = False, False, 0
    employee.position, employee.content = 0.0, 0.0
    employee.latent, employee.rationalization, employee.failures = 0.0, 0.0, 0.0
    employee.identity, employee.identity_family = 0.0, NONE
    employee.efficacy, employee.odds = employee.efficacy_rest, now.behaviour.learning.odds_rest
    employee.chances, employee.rejected, employee.turned = now.behaviour.applying.chances_rest, 0.0, NONE
    employee.goal = employee.applies = NONE
    employee.moved, employee.word, employee.pull = NEVER, 0, 0.0
    employee.stress, employee.belonging, employee.engagement = b.stress_rest, b.belonging_rest, 0.0
    employee.load, employee.core_done, employee.project_done, employee.trained = 0.0, 0.0, 0.0, 0.0
    employee.output, employee.grown, employee.conflict = 0.0, 0.0, 0
    employee.posts = employee.request = employee.option = employee.seeks = NONE
    employee.time_away, employee.given, employee.interest, employee.tie_sum = 0.0, 0.0, 0.0, 0.0
    employee.duty, employee.duty_done, employee.called, employee.volunteered = 0.0, 0.0, NEVER, False
    employee.seen, employee.served, employee.tie_count, employee.tie_across = 0, NEVER, 0, 0
    for slot in range(PROJECTS):
        employee.projects[slot] = NONE


@rule
def sits_down(employee: Employee, row: int, seat: Seat, seat_row: int) -> None:
    """Somebody holds a seat."""
    employee.seat, employee.unit, employee.leads = seat_row, seat.unit, seat.leads
    employee.department, employee.family = seat.department, seat.family
    seat.holder, seat.spare, seat.chosen, seat.first, seat.asked = row, NONE, NONE, NONE, False


@rule
def comes_from_outside(employee: Employee, now: Now) -> None:
    """Outsiders cost more, and take longer to find their feet."""
    employee.outsider, employee.premium = True, now.behaviour.filling.premium
    employee.since, employee.ramp_months = now.month, now.behaviour.working.ramp_months


@rule
def bound(seat: Seat, now: Now) -> int:
    """Months for which it is known that somebody new stays: people from a file do until the fork."""
    return -seat.due if seat.due == now.month else 0


@rule
def takes_seat(employee: Employee, row: int, seat: Seat, seat_row: int, now: Now) -> None:
    """Somebody new holds a seat."""
    employee.person, employee.hired, employee.fte = key_of_holder(seat), now.month, seat.fte
    sits_down(employee, row, seat, seat_row)
    comes_from_outside(employee, now)
    employee.born = now.month - age_at_hire(employee.person, bound(seat, now), now)
    is_born(employee, employee.person, now)
    starts_afresh(employee, now)


@rule
def takes_over(unit: Unit, manager: Employee, row: int) -> None:
    """A manager brings the traits they were born with to the post, and no experience with lending."""
    unit.manager = row
    unit.development, unit.hoarding = manager.development_trait, manager.hoarding_trait
    unit.release, unit.experience, unit.renown = manager.release_trait, 0.0, 0.0


@rule
def meets_new_manager(employee: Employee, unit: Unit, manager: Employee, now: Now) -> None:
    """A new manager resets part of what somebody expected of the old one."""
    reset = now.behaviour.learning.reset
    support = believed(unit.development, employee, manager, 0, now)
    release = believed(unit.release, employee, manager, 1, now)
    employee.expected_support += reset * (support - employee.expected_support)
    employee.expected_release += reset * (release - employee.expected_release)


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
        employee.expected_support = believed(answering.development, employee, manager, 0, world.now)
        employee.expected_release = believed(answering.release, employee, manager, 1, world.now)
    else:
        employee.expected_support, employee.expected_release = answering.development, answering.release
