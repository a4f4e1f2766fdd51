"""From seat to seat: what somebody leaves behind, what opens, and what a move changes."""

from typing import NamedTuple

from sim.arriving import meets_new_manager, sits_down, takes_over, team_meets
from sim.codes import ACROSS
from sim.compiling import rule
from sim.judging import has_manager, kind_of_tie, tie_slot
from sim.records import NONE, PLACES, PROJECTS, SKILLS, TIES, Employee, Now, Seat, Unit
from sim.skills import distance, is_known, uses
from sim.tables import free_request
from sim.tallies import waited, waits
from sim.telling import tells_of_move
from sim.world import World

# ------------------------------------------------------------------------------------------------- what one leaves


@rule
def withdraws(employee: Employee, world: World) -> None:
    """A pending request for a project is withdrawn."""
    if employee.request == NONE:
        return
    flow, request = world.flow[world.now.month - world.now.first], world.requests[employee.request]
    flow.withdrawn += 1.0
    flow.overtaken_after[waited(request, world.now)] += 1.0 if waits(request) else 0.0
    free_request(world, employee.request)


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
    withdraws(employee, world)


@rule
def gives_up_goal(employee: Employee, world: World) -> None:
    """Somebody who had been chosen for a vacancy will not come: it is looked for others."""
    if employee.goal != NONE:
        world.seats[employee.goal].chosen = NONE
        employee.goal = NONE


@rule
def vacates(employee: Employee, row: int, chain: int, world: World) -> None:
    """A seat falls open. (`row`: that of nobody, for its next holder; `chain`: seats filled so far in its chain.)"""
    seat = world.seats[employee.seat]
    seat.holder, seat.spare = NONE, row
    seat.opening += 1
    seat.opened, seat.chain = world.now.month, chain
    seat.asked, seat.chosen, seat.first = False, NONE, NONE
    if employee.leads != NONE:
        world.units[employee.leads].manager = NONE


# -------------------------------------------------------------------------------------------------------------- a move


class Ways(NamedTuple):
    """What somebody has become as a manager."""

    leads: bool
    development: float
    hoarding: float
    release: float
    experience: float
    renown: float


@rule
def ways(employee: Employee, world: World) -> Ways:
    """The ways of somebody who leads a unit now, as they stand; of anybody else, none."""
    if employee.leads == NONE:
        return Ways(False, 0.0, 0.0, 0.0, 0.0, 0.0)
    unit = world.units[employee.leads]
    return Ways(True, unit.development, unit.hoarding, unit.release, unit.experience, unit.renown)


@rule
def brings_to_post(unit: Unit, manager: Employee, row: int, old: Ways, world: World) -> None:
    """A manager takes over a unit, and brings along what they have become in the last one."""
    takes_over(unit, manager, row)
    if old.leads:
        unit.development, unit.hoarding, unit.release = old.development, old.hoarding, old.release
        unit.experience, unit.renown = old.experience, old.renown
    team_meets(unit, world)


@rule
def relabels(row: int, world: World) -> None:
    """Ties lead elsewhere now that one of the two sits elsewhere."""
    circle, employee = world.circles[row], world.staff[row]
    employee.tie_across = 0
    for slot in range(TIES):
        other = circle.ties[slot]
        if other != NONE:
            friend, back = world.staff[other], world.circles[other]
            place, kind = tie_slot(back, row), kind_of_tie(employee, friend)
            friend.tie_across += (1 if kind == ACROSS else 0) - (1 if back.kinds[place] == ACROSS else 0)
            circle.kinds[slot] = back.kinds[place] = kind
            employee.tie_across += 1 if kind == ACROSS else 0


@rule
def starts_in_post(employee: Employee, far: bool, now: Now) -> None:
    """Both clocks begin anew; the job's skills are seen; a second identity that the job has room for is one no more."""
    employee.position, employee.content, employee.since, employee.moved = 0.0, 0.0, now.month, now.month
    employee.outsider, employee.premium = False, 0.0
    employee.ramp_months = now.behaviour.working.ramp_months if far else now.behaviour.filling.ramp_inside
    employee.ticked, employee.conflict, employee.answer, employee.word = False, 0, 0, 0
    for k in range(SKILLS):
        if uses(employee.family, k):
            is_known(employee, k)
    if employee.identity_family == employee.family:
        employee.identity, employee.identity_family = 0.0, NONE


@rule
def is_far(employee: Employee, seat: Seat, now: Now) -> bool:
    """Whether a seat is far from somebody's skills."""
    return bool(distance(employee, seat.family, now) >= now.behaviour.filling.far)


@rule
def settles(row: int, old: Ways, far: bool, world: World) -> None:
    """Somebody has sat down in another seat."""
    employee = world.staff[row]
    starts_in_post(employee, far, world.now)
    world.flow[world.now.month - world.now.first].ramp_ahead += employee.ramp_months
    if employee.leads != NONE:
        brings_to_post(world.units[employee.leads], employee, row, old, world)
    relabels(row, world)
    unit = world.units[employee.unit]
    answering = unit if has_manager(unit) else world.units[unit.parent]
    if has_manager(answering) and answering.manager != row:
        meets_new_manager(employee, answering, world.staff[answering.manager], world.now)
    tells_of_move(row, world)


@rule
def keeps_acquaintances(one: Seat, one_row: int, other: Seat, other_row: int, world: World) -> None:
    """Places on the ring of acquaintance go with people: one goes on meeting the same."""
    one.place, other.place = other.place, one.place
    world.ring[one.place], world.ring[other.place] = one_row, other_row


@rule
def counts_move(old: Seat, new: Seat, far: bool, world: World) -> None:
    """Which way a move goes."""
    flow = world.flow[world.now.month - world.now.first]
    flow.moves += 1.0
    flow.upward += 1.0 if new.grade < old.grade else 0.0
    flow.lateral += 1.0 if new.grade == old.grade else 0.0
    flow.across += 1.0 if new.unit != old.unit else 0.0
    flow.across_departments += 1.0 if new.department != old.department else 0.0
    flow.far += 1.0 if far else 0.0


@rule
def moves(row: int, seat_row: int, world: World) -> None:
    """Somebody takes a vacant seat, and the own one opens: the next link of a chain of vacancies."""
    employee, seat = world.staff[row], world.seats[seat_row]
    old, far = ways(employee, world), is_far(employee, seat, world.now)
    withdraws(employee, world)
    employee.goal = NONE
    counts_move(world.seats[employee.seat], seat, far, world)
    keeps_acquaintances(world.seats[employee.seat], employee.seat, seat, seat_row, world)
    vacates(employee, seat.spare, seat.chain + 1, world)
    sits_down(employee, row, seat, seat_row)
    settles(row, old, far, world)


@rule
def change_places(a: int, b: int, world: World) -> None:
    """Two people take each other's seats; neither falls open."""
    one, other = world.staff[a], world.staff[b]
    mine, theirs = world.seats[one.seat], world.seats[other.seat]
    seat_of_one, seat_of_other = one.seat, other.seat
    old, old_of_other = ways(one, world), ways(other, world)
    far, far_for_other = is_far(one, theirs, world.now), is_far(other, mine, world.now)
    withdraws(one, world)
    withdraws(other, world)
    gives_up_goal(one, world)
    gives_up_goal(other, world)
    counts_move(mine, theirs, far, world)
    counts_move(theirs, mine, far_for_other, world)
    keeps_acquaintances(mine, seat_of_one, theirs, seat_of_other, world)
    sits_down(one, a, theirs, seat_of_other)
    sits_down(other, b, mine, seat_of_one)
    settles(a, old, far, world)
    settles(b, old_of_other, far_for_other, world)
