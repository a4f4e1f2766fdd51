"""From a plan of posts to an organization of people, as it stands when the burn-in begins."""

import math

import numpy as np

from sim.abreast import everybody
from sim.ages import age_at_hire, age_when_hired, still_here
from sim.arriving import expects_first, takes_over, takes_seat
from sim.compiling import allocating, rule
from sim.draws import Decision, beta, lasting
from sim.judging import kept, works_here
from sim.mechanisms.desiring import lives_a_month
from sim.mechanisms.networking import get_acquainted, keeps_up
from sim.people.roster import UNKNOWN, Roster
from sim.records import BEFORE, NEVER, NONE, Employee, Executive, Now, Unit
from sim.replacing import OURS, Rules
from sim.restlessness import by_tenure, draws_curve
from sim.ring import lines_up
from sim.rows import Floats
from sim.settings import CALM, STATUS_QUO, Behaviour, Policy, Scenario, Switches
from sim.teams import counts_teams
from sim.training import was_trained
from sim.world import World, empty

LONGEST = 900  # months of tenure that are told apart; nearly everybody has retired long before
AGES = 100  # quantiles that stand for the ages of those who come


def settled(
    roster: Roster, seed: int, behaviour: Behaviour, switches: Switches, burn_in: int, capacity: int = 64,
    rules: Rules = OURS,
) -> World:
    """A world with everybody in place, `burn_in` months before the fork, under the status quo.

    People do not start from nothing: wish and rationalization, which take decades to settle, are lived through alone,
    by the same rules, for the tenure that each has already had.
    """
    codes = len(roster.departments), len(roster.families), len(roster.grades)
    world = empty(len(roster), int(roster.leads.sum()), *codes, burn_in, capacity)
    _set_now(world, seed, behaviour, switches, burn_in)
    world.now.settled = 0 if roster.lasting else NEVER
    _set_seats(world, roster, rules)
    shares = rules.call(survival, world.leadership[0], world.now)
    rules.call(people_arrive, world, roster.tenure, roster.in_post, shares)
    everybody(people_live_alone, world, rules)
    rules.call(get_to_know, world)
    rules.call(counts_teams, world)
    return world


def _set_now(world: World, seed: int, behaviour: Behaviour, switches: Switches, burn_in: int) -> None:
    now = world.now
    now.seed, now.month, now.first, now.stays = seed, -burn_in, -burn_in, NONE
    set_policy(world, STATUS_QUO)
    set_scenario(world, CALM)
    now.behaviour, now.switches = behaviour.row(), switches.row()


def set_policy(world: World, policy: Policy) -> None:
    """What leadership sets holds from now on."""
    world.now.policy = policy.row()


def set_scenario(world: World, scenario: Scenario) -> None:
    """What comes from outside is as it is in this scenario from now on."""
    world.now.scenario = scenario.row()


def _set_seats(world: World, roster: Roster, rules: Rules) -> None:
    """Seats and units of the plan; a unit is the reports of one manager, side by side."""
    units, seats, rows = world.units, world.seats, np.arange(len(roster))
    leads = np.where(roster.leads, np.cumsum(roster.leads) - 1, NONE)
    seats.number, seats.family, seats.grade, seats.fte = roster.number, roster.family, roster.grade, roster.fte
    seats.department = roster.department
    seats.leads, seats.unit, seats.holder, seats.spare = leads, leads[roster.manager], NONE, rows
    world.staff.person = NONE
    managers = rows[roster.leads]
    units.number, units.department = roster.number[managers], roster.department[managers]
    units.parent, units.manager = seats.unit[managers], NONE
    first = np.full(len(units), len(roster))
    np.minimum.at(first, seats.unit, rows)
    units.first_seat, units.seats = first, np.bincount(seats.unit, minlength=len(units))
    units.oldest = units.newest = NONE
    world.leadership.gaps = world.leadership.calls_for = world.leadership.short_family = NONE
    world.circles.ties = NONE
    units.lent = NEVER
    for row in range(1, len(units)):  # managers stand before their reports
        units.depth[row] = units.depth[units.parent[row]] + 1
    units.family = [np.bincount(roster.family[a : a + n]).argmax() for a, n in zip(first, units.seats, strict=True)]
    world.families[:] = np.bincount(roster.family, minlength=len(world.families)).cumsum() / len(roster)
    place_on_ring(world, rules)


def place_on_ring(world: World, rules: Rules) -> None:
    """Everybody's seat has a place on the ring of acquaintance, in the order of a keyed number."""
    points = rules.call(ring_points, world)
    world.ring[:] = np.argsort(points, kind="stable")
    world.seats.place[world.ring] = np.arange(len(points))
    rules.call(lines_up, world)


@allocating
def ring_points(world: World) -> Floats:
    """(seats,) keyed position of each seat on the ring of acquaintance, in [0, 1)."""
    points = np.empty(len(world.seats))
    for row in range(len(world.seats)):
        points[row] = lasting(world.seats[row].number, world.now, Decision.place, 0)
    return points


@allocating
def survival(executive: Executive, now: Now) -> Floats:
    """(LONGEST,) share of people whose tenure is at most so many months when hazards have long been at work."""
    draws_curve(executive, now)
    shares, alive, total, ages = np.empty(LONGEST), 1.0, 0.0, np.empty(AGES)
    for i in range(AGES):
        ages[i] = age_when_hired((i + 0.5) / AGES, now)
    for tenure in range(LONGEST):
        total += alive * still_here(ages, tenure, now)
        shares[tenure] = total
        alive *= 1.0 - math.exp(by_tenure(float(tenure), executive))
    return shares / total


@rule
def is_set_up(unit: Unit, now: Now) -> None:
    """How strictly jobs are defined in a unit, once and for all."""
    b = now.behaviour.people
    unit.strictness = beta(unit.number, now, Decision.strictness, b.strictness, b.strictness_sd)


@rule
def tenure_at_fork(number: int, given: float, shares: Floats, now: Now) -> int:
    """Tenure in months when the burn-in starts if people come and go in it, else at the fork; drawn if not given."""
    if given != UNKNOWN:
        return int(given)
    return np.searchsorted(shares, lasting(number, now, Decision.tenure, 0))


@rule
def people_arrive(world: World, tenures: Floats, in_post: Floats, shares: Floats) -> None:
    """Every seat gets its holder, every unit its manager.

    Somebody from a people file who was hired less than a burn-in ago takes the seat in that month; until then it is
    held by a predecessor, so that the organization is as full, and as well acquainted, as it is at the fork.
    """
    now = world.now
    for unit in world.units:
        is_set_up(unit, now)
    for row in range(len(world.seats)):
        seat = world.seats[row]
        seat.due = NEVER
        tenure = tenure_at_fork(seat.number, tenures[row], shares, now)
        if now.settled == 0:
            post = int(min(float(tenure), in_post[row])) if in_post[row] != UNKNOWN else tenure
            seat.lead = tenure - post
            if tenure < -now.month:
                seat.due, seat.opening = -tenure, BEFORE
        is_installed(row, tenure, shares, world)


@rule
def is_installed(row: int, tenure: int, shares: Floats, world: World) -> None:
    """The first holder of a seat, with the tenure that this person has when the burn-in starts."""
    now, seat, employee = world.now, world.seats[row], world.staff[row]
    takes_seat(employee, row, seat, row, now)
    if seat.leads != NONE:
        takes_over(world.units[seat.leads], employee, row)
    if seat.opening == BEFORE:
        so_far = np.searchsorted(shares, lasting(employee.person, now, Decision.tenure, 0))
    else:
        so_far = tenure + now.month if now.settled == 0 else tenure
    employee.hired = now.month - so_far
    employee.born = employee.hired - age_at_hire(employee.person, so_far if seat.opening == BEFORE else tenure, now)
    employee.position = -float(seat.lead) if seat.opening != BEFORE else 0.0  # negative until this post is taken up
    employee.content = employee.position
    employee.since = employee.hired + (seat.lead if seat.opening != BEFORE else 0)
    if lasting(employee.person, now, Decision.origin, 0) >= now.behaviour.filling.from_outside:
        employee.outsider, employee.premium = False, 0.0


@rule
def people_live_alone(world: World, first: int, last: int) -> None:
    for row in range(first, last):
        expects_first(world.staff[row], world)
        lives_alone(world.staff[row], world)


@rule
def lives_alone(employee: Employee, world: World) -> None:
    """The years before the burn-in: training, and wish and rationalization by their own rules, without anybody else."""
    months = world.now.month - employee.hired
    if world.now.switches.learning:
        was_trained(employee, months, world.now)
    left = kept(world.now.behaviour.desiring.forgetting)
    for _ in range(months):
        lives_a_month(employee, world.units[employee.unit], left, world.now)


@rule
def get_to_know(world: World) -> None:
    """Ties as they are after years: whole teams, and most of those near on the ring of acquaintance."""
    now = world.now
    for row in range(len(world.staff)):
        if works_here(world.staff[row]):
            knows_team(row, world)
    for row in range(len(world.staff)):
        if works_here(world.staff[row]):
            knows_circle(row, world)
    for row in range(len(world.staff)):
        keeps_up(world.staff[row], world.circles[row], 1.0, 1.0, now)


@rule
def knows_team(row: int, world: World) -> None:
    employee = world.staff[row]
    unit = world.units[employee.unit]
    befriend(row, unit.manager, 1.0, world)
    for other in range(unit.first_seat, unit.first_seat + unit.seats):
        befriend(row, other, 1.0, world)


@rule
def knows_circle(row: int, world: World) -> None:
    """Each of the nearest on the ring with probability .88, at any strength."""
    n = len(world.ring)
    place = world.seats[world.staff[row].seat].place
    for step in range(1, min(world.now.behaviour.working.circle, (n - 1) // 2) + 1):
        key = world.seats[row].number
        if lasting(key, world.now, Decision.acquaintance, 2 * step) < 0.88:
            befriend(row, world.ring[(place + step) % n], lasting(key, world.now, Decision.acquaintance, 2 * step + 1),
                     world)


@rule
def befriend(a: int, b: int, strength: float, world: World) -> None:
    """A tie between two people who are both here and have none yet."""
    if b != NONE and b != a and works_here(world.staff[b]):
        for other in world.circles[a].ties:
            if other == b:
                return
        get_acquainted(a, b, max(strength, world.now.behaviour.working.tie_forgotten), world)
