"""Phase 16. Rotation from above: people who have been in post long enough are told to change places."""

import numpy as np

from sim.compiling import allocating, rule
from sim.draws import Decision, uniform
from sim.judging import in_post, works_here
from sim.moving import change_places
from sim.records import NONE, Employee, Now
from sim.vacancies import people_move
from sim.world import World


@rule
def is_due(employee: Employee, now: Now) -> bool:
    """Long enough in post, and not about to move anyway. Managers stay."""
    if not works_here(employee) or employee.leads != NONE or employee.goal != NONE or employee.person == now.stays:
        return False
    return in_post(employee, now) >= now.policy.vacancies.rotation_every


@rule
def place_in_line(employee: Employee, now: Now) -> float:
    """Keyed number of somebody due for rotation; below 1 if it is their turn this month."""
    return uniform(employee.person, now, Decision.rotation, 0) * now.behaviour.filling.rotation_months


@rule
def exchanges(one: int, other: int, world: World) -> bool:
    """Two people of different units change places; says whether they do."""
    if world.staff[one].unit == world.staff[other].unit:
        return False
    change_places(one, other, world)
    world.flow[world.now.month - world.now.first].rotated += 2.0
    return True


@allocating
def pairs_up(alike: bool, world: World) -> None:
    """Whoever's turn it is changes places with the next in line of the same grade and, if `alike`, job family."""
    now, count = world.now, 0
    rows, places = np.empty(len(world.staff), np.int64), np.empty(len(world.staff))
    for row in range(len(world.staff)):
        employee = world.staff[row]
        if is_due(employee, now) and place_in_line(employee, now) < 1.0:
            kind = world.seats[employee.seat].grade * len(world.families) + (employee.family if alike else 0)
            rows[count], places[count] = row, kind + place_in_line(employee, now)
            count += 1
    order, i = np.argsort(places[:count]), 0
    while i + 1 < count:
        one, other = order[i], order[i + 1]
        changed = int(places[one]) == int(places[other]) and exchanges(rows[one], rows[other], world)
        i += 2 if changed else 1


@rule
def rotating(world: World) -> None:
    if world.now.policy.vacancies.rotation_every > 0 and people_move(world.now):
        pairs_up(True, world)
        pairs_up(False, world)
