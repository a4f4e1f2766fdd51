"""Phase 17. People retire by age, and quit by tenure and by what they live through."""

from sim.ages import FIRST, age, retirement
from sim.codes import QUITS, REPLACED, RETIRES, STAYS, What
from sim.compiling import rule
from sim.draws import Decision, chance, uniform
from sim.judging import is_head, kept, works_here
from sim.lots import TOGETHER, draw_lots
from sim.moving import cuts_ties, drops_projects, gives_up_goal, vacates
from sim.prefetching import fetch_ahead
from sim.records import NONE, Employee, Now, Seat
from sim.restlessness import hazard, learns_what_is_usual, outside_pull, restlessness
from sim.scenarios import leader_leaves
from sim.tallies import Census, Group, lends, takes_part, was_here
from sim.telling import because, tells, tells_how
from sim.world import World, keeps_log


@rule
def makes_way(seat: Seat, now: Now) -> bool:
    """Whether next month the person takes the seat whom a people file names."""
    return seat.due == now.month + 1


@rule
def retires(employee: Employee, now: Now) -> bool:
    """Does somebody retire this month?"""
    months = age(employee, now)
    return months >= FIRST and chance(employee.person, now, Decision.retiring, retirement(months, now))


@rule
def way_out(employee: Employee, luck_in_leaving: float, world: World) -> int:
    """Whether and how somebody goes, who quits if the hazard is above `luck_in_leaving`.

    Before the fork people from a people file stay, and predecessors make way.
    """
    now = world.now
    if leader_leaves(now) and is_head(employee):
        return REPLACED
    if now.month < now.settled:
        seat = world.seats[employee.seat]
        if makes_way(seat, now):
            return REPLACED
        if seat.due <= now.month:
            return STAYS
    if not now.switches.turnover:
        return STAYS
    if retires(employee, now):
        return RETIRES
    return QUITS if luck_in_leaving < hazard(employee, world.units[employee.unit], world.leadership[0], now) else STAYS


@rule
def counts_leaver(sums: Census, way: int) -> None:
    """Somebody goes of their own accord, or retires."""
    sums.quits += 1.0 if way == QUITS else 0.0
    sums.retired += 1.0 if way == RETIRES else 0.0


@rule
def counts_departure(employee: Employee, way: int, world: World) -> None:
    """Somebody leaves whom the month's census will not find any more."""
    now = world.now
    sums = world.census[now.month - now.first]
    counts_leaver(sums[Group.everyone], way)
    if takes_part(employee, now):
        counts_leaver(sums[Group.participants], way)
    if lends(world.units[employee.unit], now):
        counts_leaver(sums[Group.lending_teams], way)
    if was_here(employee):
        counts_leaver(sums[Group.cohort], way)


@rule
def tells_why(row: int, way: int, world: World) -> None:
    """Notes how somebody came to leave, for the log of careers."""
    if not keeps_log(world):
        return
    now, employee = world.now, world.staff[row]
    unit = world.units[employee.unit]
    if way == QUITS:
        tells(What.quit, row, unit.manager, NONE, world)
        terms = restlessness(employee, unit, world.leadership[0], now)
        because(terms, uniform(employee.person, now, Decision.leaving, 0), world)
    elif way == RETIRES:
        tells(What.retired, row, unit.manager, NONE, world)
        because((age(employee, now) / 12.0,), uniform(employee.person, now, Decision.retiring, 0), world)


@rule
def departs(row: int, way: int, world: World) -> None:
    """Somebody is gone: the seat falls open, and keeps the row for whoever comes next."""
    employee = world.staff[row]
    counts_departure(employee, way, world)
    tells_why(row, way, world)
    tells_how(What.left, row, world)
    cuts_ties(row, world)
    drops_projects(row, employee, world)
    gives_up_goal(employee, world)
    vacates(employee, row, 0, world)
    world.flow[world.now.month - world.now.first].opened += 1.0
    employee.person = NONE


@rule
def some_decide_to_go(first: int, last: int, world: World) -> None:
    draw_lots(Decision.leaving, first, last, world)
    for row in range(first, last):
        employee = world.staff[row]
        employee.way = STAYS
        if works_here(employee):
            employee.pull = outside_pull(employee, world.now)
            employee.way = way_out(employee, world.lots[row], world)


@rule
def people_decide_to_go(world: World, first: int, last: int) -> None:
    for row in range(first, last, TOGETHER):
        some_decide_to_go(row, min(row + TOGETHER, last), world)


@rule
def people_go(world: World) -> None:
    now = world.now
    flow = world.flow[now.month - now.first]
    left = kept(now.behaviour.leaving.rejected_months)
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if works_here(employee):
            if employee.way != STAYS:
                departs(row, employee.way, world)
                flow.left += 1.0
            employee.rejected *= left


@rule
def leaving(world: World) -> None:
    learns_what_is_usual(world)
    people_decide_to_go(world, 0, len(world.staff))
    people_go(world)
