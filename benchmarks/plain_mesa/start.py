"""How an organization begins: the plan of posts, tenures, the years before, and the first ties."""

from __future__ import annotations

from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks.plain_mesa.employee import Employee
from benchmarks.plain_mesa.leaving import lives_so_far
from benchmarks.plain_mesa.managing import Department
from benchmarks.plain_mesa.unit import Seat, Unit
from benchmarks.plain_mesa.vacancy import Line

if TYPE_CHECKING:
    from benchmarks.plain_mesa.model import PlainOrganization
    from sim.people.roster import Roster

ACQUAINTED = 0.88  # share of the nearest on the ring whom people know at the start
LONGEST = 47 * 12  # months of tenure: from the youngest age of newcomers to one at which hardly anybody is left


def staying(model: PlainOrganization) -> list[float]:
    """Share of people who have not quit after so many months, summed up over months."""
    stay = [1 - model.hazard(tenure) for tenure in range(LONGEST)]
    return list(accumulate(accumulate(stay, mul, initial=1.0)))


def plan(model: PlainOrganization, roster: Roster) -> tuple[nx.DiGraph, list[Unit], list[Seat]]:
    """The tree of posts, and its units and seats."""
    rows = range(len(roster))
    tree = nx.DiGraph()
    tree.add_nodes_from(rows)
    tree.add_edges_from((int(roster.manager[row]), row) for row in rows[1:])
    columns = [column.tolist() for column in (roster.department, roster.family, roster.grade, roster.fte)]
    seats = [Seat(*each) for each in zip(*columns, strict=True)]
    units: dict[int, Unit] = {}
    for row in nx.bfs_tree(tree, 0):
        above = units.get(int(roster.manager[row]))
        if tree.out_degree(row) or row == 0:
            units[row] = seats[row].leads = Unit(model, seats[row], above)
        seats[row].unit = above or units[0]
        seats[row].unit.seats.append(seats[row])
    for unit in units.values():
        unit.close()
    for seat in units[0].seats:
        seat.on_committee = seat.leads is not None  # the head and the managers who report to the head
    for seat in seats:
        team = [*seat.unit.seats, seat.unit.leading_seat, *(seat.leads.seats if seat.leads else [])]
        seat.team = [other for other in dict.fromkeys(team) if other is not seat]
    return tree, list(units.values()), seats


def departments(units: list[Unit]) -> list[Department]:
    of: dict[int, list[Unit]] = {}
    for unit in units:
        of.setdefault(unit.department, []).append(unit)
    return [Department(together) for together in of.values()]


def lines(model: PlainOrganization, by: str) -> dict[int, Line]:
    """Seats in line, by what they have in common."""
    of: dict[int, list[Seat]] = {}
    for seat in model.seats:
        of.setdefault(getattr(seat, by), []).append(seat)
    return {code: Line(model.random, model.random.sample(seats, len(seats))) for code, seats in of.items()}


def ring_of(model: PlainOrganization) -> list[Seat]:
    """Who is near whom on the ring of acquaintance."""
    ring = model.random.sample(model.seats, len(model.seats))
    for place, seat in enumerate(ring):
        seat.place = place
    return ring


def people_arrive(model: PlainOrganization) -> None:
    """Everybody takes the seat, has lived through the years before, and knows people."""
    people = [Employee(model, seat) for seat in model.seats]
    for person in people:
        if person.leads:
            person.leads.take_traits_of(person)
        if model.random.random() < model.behaviour.filling.from_outside:
            person.premium = model.behaviour.filling.premium
        else:
            person.is_outsider, person.ramp_months = False, model.behaviour.filling.ramp_inside
    for person in people:
        person.meet_manager()
        tenure, person.age = lives_so_far(model)
        for _ in range(tenure):
            person.desire()
            person.see_how_things_are()
        person.train_in_the_years_before(tenure)
    make_acquainted(model, people)


def make_acquainted(model: PlainOrganization, people: list) -> None:
    """Team-mates first, in the order of the plan, as far as there is room; then those near on the ring."""
    random = model.random
    for person in people:
        for seat in person.seat.team:
            if seat.holder not in person.ties:
                person.get_to_know(seat.holder, 1.0)
    for person in people:
        for step in range(1, model.circle + 1):
            other = model.at_place(person.seat.place + step)
            if other not in person.ties and random.random() < ACQUAINTED:
                person.get_to_know(other, random.random())
