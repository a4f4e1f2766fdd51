"""A reorganization: units exchange their places in the tree, pair by pair, between departments.

A manager's post goes where the unit goes, with its holder, job family, grade and time; so a unit's seats go on lying
side by side, and the tree stays a tree.
"""

from sim.arriving import meets_new_manager
from sim.compiling import rule
from sim.draws import Decision, lasting
from sim.judging import has_manager, works_here
from sim.moving import keeps_acquaintances, relabels
from sim.records import NONE, Seat, Unit
from sim.ring import lines_up
from sim.world import World


@rule
def reorganizes(world: World) -> None:
    """Units that are to move, in a keyed order, exchange places with the next of another department."""
    waiting = NONE
    for place in range(len(world.ring)):
        row = world.seats[world.ring[place]].leads
        if row == NONE or not is_to_move(row, world):
            continue
        if waiting == NONE:
            waiting = row
        elif may_exchange(waiting, row, world):
            exchange(waiting, row, world)
            waiting = NONE
    finds_depths(world)
    for row in range(len(world.staff)):
        if works_here(world.staff[row]):
            relabels(row, world)
    lines_up(world)


@rule
def is_to_move(row: int, world: World) -> bool:
    """Whether a unit is among those that are moved; that of the head, and one without a manager, stay."""
    unit, now = world.units[row], world.now
    if unit.parent == row or not has_manager(unit):
        return False
    return lasting(unit.number, now, Decision.exchange, 0) < now.scenario.reorganization.share


@rule
def is_below(row: int, above: int, world: World) -> bool:
    """Whether a unit is another one, or hangs below it."""
    while row != above and world.units[row].parent != row:
        row = world.units[row].parent
    return row == above


@rule
def may_exchange(a: int, b: int, world: World) -> bool:
    """Whether two units are of two departments, and neither hangs below the other."""
    if world.units[a].department == world.units[b].department:
        return False
    return not is_below(a, b, world) and not is_below(b, a, world)


@rule
def exchange(a: int, b: int, world: World) -> None:
    """Two units take each other's places in the tree."""
    one, other = world.units[a], world.units[b]
    mine, theirs = world.staff[one.manager].seat, world.staff[other.manager].seat
    from_one, from_other = one.department, other.department
    swaps_posts(world.seats[mine], mine, world.seats[theirs], theirs, world)
    takes_post(one, theirs, world)
    takes_post(other, mine, world)
    is_renamed(a, from_one, from_other, world)
    is_renamed(b, from_other, from_one, world)
    meets_above(one, world)
    meets_above(other, world)


@rule
def swaps_posts(one: Seat, one_row: int, other: Seat, other_row: int, world: World) -> None:
    """Two managers' posts change places: what they lead, who holds them, and what kind of job they are."""
    keeps_acquaintances(one, one_row, other, other_row, world)
    one.leads, other.leads = other.leads, one.leads
    one.holder, other.holder = other.holder, one.holder
    one.family, other.family = other.family, one.family
    one.grade, other.grade = other.grade, one.grade
    one.fte, other.fte = other.fte, one.fte


@rule
def takes_post(unit: Unit, seat_row: int, world: World) -> None:
    """A unit hangs where its manager's post now is."""
    manager, seat = world.staff[unit.manager], world.seats[seat_row]
    manager.seat, manager.unit, manager.department = seat_row, seat.unit, seat.department
    unit.parent = seat.unit


@rule
def meets_above(unit: Unit, world: World) -> None:
    """A manager has a new manager."""
    above = world.units[unit.parent]
    if has_manager(above) and above.manager != unit.manager:
        meets_new_manager(world.staff[unit.manager], above, world.staff[above.manager], world.now)


@rule
def is_renamed(top: int, old: int, new: int, world: World) -> None:
    """What belonged to the old department, from a unit down, belongs to the new one."""
    for row in range(len(world.units)):
        unit = world.units[row]
        if unit.department == old and is_below(row, top, world):
            unit.department = new
            for seat_row in range(unit.first_seat, unit.first_seat + unit.seats):
                seat = world.seats[seat_row]
                seat.department = new if seat.department == old else seat.department
                if seat.holder != NONE:
                    world.staff[seat.holder].department = seat.department
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used:
            project.department = world.units[project.unit].department


@rule
def finds_depths(world: World) -> None:
    """How many steps each unit is below the head."""
    for row in range(len(world.units)):
        depth, at = 0, row
        while world.units[at].parent != at:
            at = world.units[at].parent
            depth += 1
        world.units[row].depth = depth
