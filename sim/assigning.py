"""Central assignment: between the managers' answers and matching, an office gives each open place to whoever fits best.

The office considers for each place those who asked and have permission, and the few who fit best of all others, whose
managers it asks itself. Which of these gets which place is solved exactly, by SciPy, outside compiled code; phase 8
then seats people. All that is decided here stands in requests, so nothing is kept from month to month.
"""

from typing import Any

import numpy as np

from sim.codes import ASSIGNED, PERMITTED, What
from sim.compiling import rule
from sim.draws import Decision, lasting, paired
from sim.errors import ElbowroomError
from sim.judging import has_manager, is_head, market_is_open, recruits, tie_strength, value_to_team, works_here
from sim.mechanisms.matching import matching
from sim.mechanisms.noticing import attraction, strength
from sim.mechanisms.permitting import approves, approves_above, needs_second_yes
from sim.month import by_phase
from sim.records import CHOICES, NONE, PLACES, SKILLS, Employee, Need, Now, Project, Request
from sim.replacing import Rules
from sim.ring import scope
from sim.rows import Floats, Ints
from sim.settings.policy import Matching, Permission
from sim.skills import is_known, seen_skill, shown_fit
from sim.tables import new_request
from sim.telling import tells
from sim.time_cap import free_slot, is_on, may_join, room
from sim.world import World

LARGEST = 100_000  # people; the office looks at everybody for every open place
TIE = 1e-9  # SD: less than any fit differs by, so that it only tells equals apart


def is_central(world: World) -> bool:
    """Whether places are given out by a central office."""
    return int(world.now.policy.market.matching) == Matching.central


def assigned_months(world: World, first: int, last: int, rules: Rules) -> int:
    """The same as `month.months`, phase by phase, with the office's work before matching."""
    if len(world.staff) > LARGEST:
        raise ElbowroomError(
            f"policy.market.matching = central: this organization has {len(world.staff):,} seats, and a central office "
            f"can assign at most {LARGEST:,}. Choose poster_choice or deferred_acceptance, or a smaller organization."
        )

    def live(phase: Any) -> None:
        if phase is matching and rules.call(market_is_open, world.now):
            assigns(world, rules)
        rules.call(phase, world)

    return by_phase(world, first, last, live)


def assigns(world: World, rules: Rules) -> None:
    """A month's work of the office: nominate, ask managers, solve, offer."""
    free = np.zeros(len(world.projects), np.int64)
    if not rules.call(open_places, world, free):
        return
    posted = np.flatnonzero(free)
    most = PLACES * int(world.now.behaviour.matching.candidates)
    who, fit = np.full((len(posted), most), NONE), np.full((len(posted), most), -np.inf)
    rules.call(nominates, world, posted, Employee.rows(1), who, fit)
    yes = np.zeros(len(world.staff), np.int64)
    rules.call(asks_managers, world, np.unique(who[who != NONE]), Request.rows(1)[0], yes)
    asking, fitting = np.empty(len(world.requests), np.int64), np.empty(len(world.requests))
    asking = asking[: rules.call(who_asked, world, asking, fitting)]
    place, column = np.nonzero((who != NONE) & (yes[who] > 0))
    edges = (
        np.concatenate([np.searchsorted(posted, world.requests["project"][asking]), place]),
        np.concatenate([world.requests["asker"][asking], who[place, column]]),
        np.concatenate([fitting[: len(asking)], fit[place, column]]),
    )
    chosen = best_assignment(*edges, free[posted])
    world.requests["stage"][asking[chosen[chosen < len(asking)]]] = ASSIGNED
    offers = chosen[chosen >= len(asking)]
    rules.call(offers_places, world, edges[1][offers], posted[edges[0][offers]])


def best_assignment(place: Any, person: Any, fit: Any, free: Any) -> Any:
    """Which pairs of project and person fill as many places as can be filled, and among these fit best in total.

    Parameters
    ----------
    place, person, fit : (pairs,) project from 0 on, person, and fit of each pair that may be; nobody twice with one
        project.
    free : (projects,) how many people each project still takes.

    Returns
    -------
    (chosen,) the pairs, as positions in `place`: nobody in two of them, no project beyond its places.

    Notes
    -----
    Each place is a row of a sparse matrix of costs, each person a column; so that a full matching exists, each place
    has a column more that stands for leaving it open, at a cost above all that fit could make up for.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    if not len(place):
        return np.zeros(0, np.int64)
    people, column = np.unique(person, return_inverse=True)
    copies = free[place]
    pair = np.repeat(np.arange(len(place)), copies)
    seats, first = int(free.sum()), np.cumsum(free) - free
    seat = first[place[pair]] + np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    cost = 1.0 + fit.max() - fit  # zeros would count as no pairs
    open_seats = np.arange(seats)
    costs = np.concatenate([cost[pair], np.full(seats, 1.0 + seats * cost.max())])
    rows = np.concatenate([seat, open_seats])
    columns = np.concatenate([column[pair], len(people) + open_seats])
    matrix = coo_array((costs, (rows, columns)), shape=(seats, len(people) + seats)).tocsr()
    taken, by = min_weight_full_bipartite_matching(matrix)
    filled = by < len(people)
    project = np.repeat(np.arange(len(free)), free)[taken[filled]]
    found = set(zip(project.tolist(), by[filled].tolist(), strict=True))
    return np.array([i for i, one in enumerate(zip(place.tolist(), column.tolist(), strict=True)) if one in found],
                    np.int64)


# ---------------------------------------------------------------------------------------------------- who is considered


@rule
def open_places(world: World, free: Ints) -> int:
    """How many people each project still takes; returns their sum."""
    total = 0
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used and recruits(project, world.needs[project.need], world.now):
            free[row] = world.needs[project.need].places - project.joined
            total += free[row]
    return total


@rule
def is_free(employee: Employee, now: Now) -> bool:
    """Whether the office may think of somebody: without a request of their own, and with time for something."""
    has_time = free_slot(employee) != NONE and room(employee, now) > 0.0
    return works_here(employee) and employee.request == NONE and has_time


@rule
def may_be_offered(employee: Employee, row: int, project: Project, place: int, need: Need, now: Now) -> bool:
    """Whether somebody could be offered a place: within reach and time, and neither on the project nor its poster."""
    if scope(employee.department, employee.unit, now) != scope(project.department, project.unit, now):
        return False
    return project.poster != row and may_join(employee, need.share, now) and not is_on(employee, place)


@rule
def told_apart(employee: Employee, need: Need, fit: float, now: Now) -> float:
    """A fit by which no two people are equal: a keyed trifle more."""
    return fit + TIE * lasting(paired(now, employee.person, need.key), now, Decision.preference, 0)


@rule
def is_inserted(row: int, fit: float, rows: Ints, values: Floats, count: int) -> None:
    """Into a list of the best, in descending order, which keeps so many."""
    at = count - 1
    while at > 0 and values[at - 1] < fit:
        rows[at], values[at] = rows[at - 1], values[at - 1]
        at -= 1
    rows[at], values[at] = row, fit


@rule
def is_considered(picture: Employee, row: int, posted: Ints, who: Ints, fit: Floats, world: World) -> None:
    """Somebody enters the list of the best for each project, if they are among them."""
    now = world.now
    for i in range(len(posted)):
        project = world.projects[posted[i]]
        need = world.needs[project.need]
        if may_be_offered(picture, row, project, posted[i], need, now):
            count = now.behaviour.matching.candidates * (need.places - project.joined)
            seen = shown_fit(picture, need, now)
            if seen + TIE > fit[i, count - 1]:
                exact = told_apart(picture, need, seen, now)
                if exact > fit[i, count - 1]:
                    is_inserted(row, exact, who[i], fit[i], count)


@rule
def is_pictured(picture: Employee, now: Now) -> None:
    """Skills become what others see of them: reckoned once for somebody, instead of once for each project."""
    for k in range(SKILLS):
        picture.skills[k] = seen_skill(picture, k, now)
        is_known(picture, k)


@rule
def nominates(world: World, posted: Ints, pictures: Any, who: Ints, fit: Floats) -> None:
    """For each project the rows of those who did not ask and fit best, and their fit. (`pictures`: room for one.)"""
    for row in range(len(world.staff)):
        if is_free(world.staff[row], world.now):
            pictures[0] = world.staff[row]
            is_pictured(pictures[0], world.now)
            is_considered(pictures[0], row, posted, who, fit, world)


@rule
def who_asked(world: World, rows: Ints, fit: Floats) -> int:
    """Requests with permission that can still be met, and their askers' fit; returns how many there are."""
    count = 0
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != PERMITTED:
            continue
        project, asker = world.projects[request.project], world.staff[request.asker]
        need = world.needs[project.need]
        if recruits(project, need, world.now) and may_join(asker, need.share, world.now):
            rows[count] = row
            fit[count] = told_apart(asker, need, shown_fit(asker, need, world.now), world.now)
            count += 1
    return count


# ----------------------------------------------------------------------------------------------- managers and offers


@rule
def is_cleared(employee: Employee, question: Request, world: World) -> bool:
    """The managers' answer to the office: by the same reasons as to somebody who asks, in the same month."""
    now = world.now
    flow, unit = world.flow[now.month - now.first], world.units[employee.unit]
    answering = unit if has_manager(unit) else world.units[unit.parent]
    flow.nominated += 1.0
    flow.decided += 1.0
    if not approves(answering, value_to_team(employee, unit, now), question.key, now):
        return False
    flow.approved += 1.0
    if needs_second_yes(unit, now):
        flow.decided += 1.0
        if not approves_above(world.units[unit.parent], unit, employee, question, now):
            return False
        flow.approved += 1.0
    flow.cleared += 1.0
    return True


@rule
def asks_managers(world: World, rows: Ints, question: Request, yes: Ints) -> None:
    """The office asks about each person once, whatever the number of places; of the head and without rules, nobody."""
    for row in rows:
        employee = world.staff[row]
        question.key = employee.person
        free = is_head(employee) or world.now.policy.market.permission == Permission.none
        yes[row] = 1 if free or is_cleared(employee, question, world) else 0


@rule
def is_offered(request: Request, employee: Employee, row: int, place: int, world: World) -> None:
    """A place is offered to somebody who did not ask, and who now learns what it would be."""
    now, project = world.now, world.projects[place]
    need = world.needs[project.need]
    tie, elsewhere = tie_strength(world.circles[row], project.poster), project.department != employee.department
    terms = attraction(employee, need, tie, elsewhere, world.units[employee.unit].peers, now)
    request.key = paired(now, employee.person, need.key)
    request.asker, request.project, request.asked, request.stage = row, place, now.month, ASSIGNED
    request.unasked, request.offered, request.rival = False, True, NONE
    request.interest, request.passed = strength(terms), employee.option != place
    for i in range(CHOICES - 1):
        request.others[i] = NONE


@rule
def offers_places(world: World, rows: Ints, places: Ints) -> None:
    """Offers go out to those of the best assignment who did not ask."""
    for i in range(len(rows)):
        employee = world.staff[rows[i]]
        employee.request = new_request(world)
        is_offered(world.requests[employee.request], employee, rows[i], places[i], world)
        tells(What.offered, rows[i], world.projects[places[i]].poster, places[i], world)
        world.flow[world.now.month - world.now.first].offered += 1.0
