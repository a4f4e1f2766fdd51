"""The tables of one organization, and how they grow and are copied."""

from typing import Annotated, Any, NamedTuple

import numpy as np

from sim import records
from sim.compiling import rule
from sim.records import (
    Circle,
    Counts,
    Department,
    Employee,
    Event,
    Executive,
    Log,
    Need,
    Now,
    Project,
    Ranking,
    Request,
    Seat,
    Unit,
)
from sim.rows import Floats, Ints, Shorts
from sim.tallies import GROUPS, Census, Flow

BY_FAMILY, BY_DEPARTMENT = 0, 1  # how seats stand in line
STRETCHES = 4  # for each thing on a ring or in a line, which are cut into them: so few hold more than one thing


class World(NamedTuple):
    """All state of one organization. Only phases see it whole; rules see the records they concern."""

    staff: Annotated[Any, Employee]  # as many rows as seats
    circles: Annotated[Any, Circle]  # the ties of the person in the same row of `staff`
    rankings: Annotated[Any, Ranking]  # what the person in the same row of `staff` ranks second and third
    units: Annotated[Any, Unit]
    departments: Annotated[Any, Department]
    seats: Annotated[Any, Seat]
    needs: Annotated[Any, Need]  # grows
    projects: Annotated[Any, Project]  # grows
    requests: Annotated[Any, Request]  # grows
    points: Floats  # where postings stand on their rings, sorted: see `ring.postings`; room for all projects
    posted: Ints  # rows of the projects that stand there
    starts: Ints  # first point of each stretch of each ring; room for all rings and all points
    leadership: Annotated[Any, Executive]  # one row
    counts: Annotated[Any, Counts]  # one row
    families: Floats  # share of seats whose job family has at most this code
    ring: Ints  # rows of seats in the order of their place on the ring of acquaintance
    census: Annotated[Any, Census]  # months × groups
    flow: Annotated[Any, Flow]  # months
    events: Annotated[Any, Event]  # grows; without a row while no log of careers is kept
    log: Annotated[Any, Log]  # one row
    lines: Ints  # (2, seats) rows of seats by job family, and by department, and within it at keyed positions
    marks: Floats  # (2, seats) of each in that order, family or department + position in [0, 1)
    firsts: Ints  # (2, groups + 1) where each family and each department begins in line
    begins: Shorts  # (2, stretches + 1) the first place in line of each stretch of it: where looking begins
    pays: Floats  # full pay of each grade, against that of the highest
    lots: Floats  # what was drawn last for the person in the same row of `staff`: see `lots.draw_lots`
    more_lots: Floats  # the second of two such draws
    keys: Ints  # one for each tie of the person looked at last: see `lots.pair_friends`
    friend_lots: Floats  # what was drawn for each of these
    now: Annotated[Any, Now]  # a single record


def empty(people: int, units: int, departments: int, families: int, grades: int, months: int, capacity: int) -> World:
    """A world with nobody in it, with room for `months` of tallies and `capacity` needs, projects and requests."""
    counts = Counts.rows(1)
    counts.free_need = counts.free_project = counts.free_request = records.NONE
    return World(
        staff=Employee.rows(people),
        circles=Circle.rows(people),
        rankings=Ranking.rows(people),
        units=Unit.rows(units),
        departments=Department.rows(departments),
        seats=Seat.rows(people),
        needs=Need.rows(capacity),
        projects=Project.rows(capacity),
        requests=Request.rows(capacity),
        points=np.zeros(records.CORE * capacity),
        posted=np.zeros(records.CORE * capacity, np.int64),
        starts=np.zeros(records.SKILLS * people + STRETCHES * records.CORE * capacity, np.int64),
        leadership=Executive.rows(1),
        counts=counts,
        families=np.zeros(families),
        ring=np.zeros(people, np.int64),
        census=Census.rows(months * GROUPS).reshape(months, GROUPS),
        flow=Flow.rows(months),
        lines=np.zeros((2, people), np.int64),
        marks=np.zeros((2, people)),
        firsts=np.zeros((2, max(departments, families) + 1), np.int64),
        begins=np.zeros((2, STRETCHES * people + 1), np.int32),
        pays=np.zeros(grades),
        events=Event.rows(0),
        log=Log.rows(1),
        lots=np.zeros(people),
        more_lots=np.zeros(people),
        keys=np.zeros(records.TIES, np.int64),
        friend_lots=np.zeros(records.TIES),
        now=Now.rows(1)[0],
    )


def copied(world: World) -> World:
    """An independent copy of all state."""
    counts, now = world.counts[0], Now.rows(1)
    now[0] = world.now
    used = {"needs": counts.needs, "projects": counts.projects, "requests": counts.requests,
            "events": world.log[0].events}  # fmt: skip
    tables = {name: table.copy() for name, table in world._asdict().items() if name not in (*used, "now")}
    growing = {name: _longer(getattr(world, name), n, len(getattr(world, name))) for name, n in used.items()}
    return World(**tables, **growing, now=now[0])


def with_tallies(world: World, months: int, first: int) -> World:
    """The same state with fresh tallies, whose first row stands for month `first`."""
    world.now.first = first
    return world._replace(
        census=Census.rows(months * GROUPS).reshape(months, GROUPS), flow=Flow.rows(months)
    )


def with_longer_tallies(world: World, months: int) -> World:
    """The same state and tallies, with room for `months` months."""
    longer = with_tallies(world, months, int(world.now.first))
    longer.census[: len(world.census)] = world.census
    longer.flow[: len(world.flow)] = world.flow
    return longer


@rule
def needs_bound(world: World) -> int:
    """As many needs as may arise in one month: see `posting.needs_arise`."""
    return len(world.seats) + 4 * len(world.units)


@rule
def keeps_log(world: World) -> bool:
    """Whether careers are noted."""
    return len(world.events) > 0


@rule
def events_bound(world: World) -> int:
    """As many events as may happen in one month: to each seat twelve on the market, and six more with vacancies (to its
    holder applying, the manager's word, being chosen and moving, quitting and leaving; while it is vacant fewer).
    """
    return 18 * len(world.seats)


@rule
def fits(world: World) -> bool:
    """Whether whatever one month may add to the tables finds room in them."""
    counts, people = world.counts[0], len(world.staff)
    if counts.needs + needs_bound(world) > len(world.needs):
        return False
    if counts.projects + people > len(world.projects):
        return False
    if keeps_log(world) and world.log[0].events + events_bound(world) > len(world.events):
        return False
    return bool(counts.requests + people <= len(world.requests))


def enlarged(world: World) -> World:
    """The same state in tables with room for at least one more month, and half as much again."""
    counts, people = world.counts[0], len(world.staff)
    projects = _longer(world.projects, counts.projects, _room(world.projects, counts.projects + people))
    return world._replace(
        needs=_longer(world.needs, counts.needs, _room(world.needs, counts.needs + int(needs_bound(world)))),
        projects=projects,
        points=np.zeros(records.CORE * len(projects)),
        posted=np.zeros(records.CORE * len(projects), np.int64),
        starts=np.zeros(records.SKILLS * people + STRETCHES * records.CORE * len(projects), np.int64),
        requests=_longer(world.requests, counts.requests, _room(world.requests, counts.requests + people)),
        events=_with_room(world) if keeps_log(world) else world.events,
    )


def _with_room(world: World) -> Any:
    """The log, with room for at least one more month."""
    used = int(world.log[0].events)
    return _longer(world.events, used, _room(world.events, used + int(events_bound(world))))


def _room(table: Any, needed: int) -> int:
    return len(table) if needed <= len(table) else needed + needed // 2


def _longer(table: Any, used: int, length: int) -> Any:
    """The used rows of a table in one of this length. (Rows that nobody touches take no memory.)"""
    longer = np.zeros(length, table.dtype).view(np.recarray)
    longer[:used] = table[:used]
    return longer
