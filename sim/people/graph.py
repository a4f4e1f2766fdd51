"""The organization as a networkx graph: who reports to whom, and who knows whom.

`from_graph` (`sim.people.nodes`) goes the other way. docs/networkx.md has examples of both.
"""

import math
from collections.abc import Iterator
from typing import Any, Protocol

import networkx as nx
import numpy as np

from sim.codes import ACROSS, DEPARTMENT, TEAM
from sim.counting import STAYER_MONTHS
from sim.judging import WISH
from sim.people.edges import lines_in, nobody
from sim.people.roster import Roster
from sim.records import NONE
from sim.rows import Ints
from sim.world import World

KINDS = {TEAM: "team", DEPARTMENT: "department", ACROSS: "across"}


class Names(Protocol):
    """What people are called, and the names behind codes."""

    roster: Roster

    def of_person(self, person: int) -> str: ...


def graph_of(world: World, names: Names | None = None) -> nx.Graph:
    """One graph of everybody who works here this month.

    A node is a person; its key is the key of the person's draws, the same in every month. A person who leaves takes the
    node away, and the successor is another node.

    Parameters
    ----------
    world : the records
    names : for the attributes that are names

    Returns
    -------
    Graph. Nodes carry every single-number column of the record of a person, and

    - `grade` (a code as `department` and `family` are; 0 is the highest), `depth` (of the person's unit) and `level`
      (steps below the head, who stands at 0)
    - `tenure_months` and `months_in_post`, whole months
    - `on_project`, and `stayer`: 60 months or more in post with a wish for new work of .3 or more
    - with names: `name`, `department_name`, `unit_name`, `family_name`, `grade_name`.

    Edges carry `strength` (of the tie, 0 to 1; 0 without one), `kind` (team, department, across, or reports alone),
    `reports` (whether one leads the other) and `acting` (whether one does so because the manager's post is vacant: the
    next above who is there). Where the head's post is vacant, nobody stands in. Memory is linear in people.
    """
    graph = nx.Graph(month=int(world.now.month))
    here = np.flatnonzero(world.staff["person"] != NONE)
    key = world.staff["person"]
    columns = _columns(world, here) | (_named(world, here, names) if names else {})
    rows = zip(*columns.values(), strict=True)
    graph.add_nodes_from((person, dict(zip(columns, row, strict=True)))
                         for person, row in zip(key[here].tolist(), rows, strict=True))  # fmt: skip
    graph.add_edges_from(_ties(world, here))
    for person, manager, acting in _reports(world, here):
        tie = graph.get_edge_data(person, manager, {"strength": 0.0, "kind": "reports"})
        graph.add_edge(person, manager, **{**tie, "reports": True, "acting": acting})
    return graph


def reporting(graph: nx.Graph, leads: bool = False) -> nx.DiGraph:
    """Only who reports to whom: a tree whose edges run from managers to their reports.

    Parameters
    ----------
    graph : an organization's graph, or any that `from_graph` takes
    leads : for a graph of one's own, whether its directed edges run from managers to reports already

    Returns
    -------
    DiGraph with all people, and the attributes of nodes and edges. `nx.descendants(tree, manager)` are all below one.
    """
    lines = list(lines_in(graph, leads))
    tree = nx.DiGraph(**graph.graph)
    none = nobody(graph)
    tree.add_nodes_from((node, known) for node, known in graph.nodes(data=True) if node not in none)
    for person, manager in lines:
        if manager in tree and manager != person:
            edge = graph.get_edge_data(person, manager) or graph.get_edge_data(manager, person) or {}
            tree.add_edge(manager, person, **(edge if not graph.is_multigraph() else {}))
    return tree


def ties(graph: nx.Graph) -> nx.Graph:
    """Only who knows whom: all people, and edges that have a `strength` above 0."""
    known = nx.Graph(**graph.graph)
    known.add_nodes_from(graph.nodes(data=True))
    known.add_edges_from((a, b, edge) for a, b, edge in graph.edges(data=True) if edge.get("strength", 0) > 0)
    return known


def positions(graph: nx.Graph, leads: bool = False) -> dict[Any, tuple[float, float]]:
    """Where to draw each person: the head in the middle, each level on a circle, reports side by side.

    For `nx.draw(reporting(graph), positions(graph))`. The same graph always gets the same places, in linear time.

    Returns
    -------
    Node to x and y; one unit is a level.
    """
    tree = reporting(graph, leads)
    tops = [node for node, above in tree.in_degree() if not above]
    radius, angle = dict.fromkeys(tops, int(len(tops) > 1)), dict[Any, float]()
    order, stack = [], tops[::-1]
    while stack:
        order.append(node := stack.pop())
        below = [report for report in tree[node] if report not in radius]
        radius.update(dict.fromkeys(below, radius[node] + 1))
        stack += below[::-1]
    ends = [node for node in order if not tree.out_degree(node)]
    angle.update((node, 2 * math.pi * place / len(ends)) for place, node in enumerate(ends))
    for node in reversed(order):
        if node not in angle:
            around = [angle[report] for report in tree[node] if report in angle] or [0.0]
            angle[node] = (min(around) + max(around)) / 2
    return {node: (radius[node] * math.cos(angle[node]), radius[node] * math.sin(angle[node])) for node in order}


# Nodes


def _columns(world: World, here: Ints) -> dict[str, list[Any]]:
    """Numbers of people, by the name of the attribute."""
    staff = world.staff[here]
    columns = {name: staff[name] for name in staff.dtype.names if staff[name].ndim == 1}
    depth = world.units["depth"][staff["unit"]]
    tenure = int(world.now.month) - staff["hired"]
    post = np.clip(staff["position"].astype(np.int64), 0, tenure)
    columns |= {
        "grade": world.seats["grade"][staff["seat"]],
        "depth": depth,
        "level": np.where(_is_head(world, here), 0, depth + 1),
        "tenure_months": tenure,
        "months_in_post": np.where(post == tenure - 1, tenure, post),  # the month of hire is not lived in the post
        "on_project": (staff["time_away"] > 0) & (staff["duty"] == 0),
        "stayer": (staff["position"] >= STAYER_MONTHS) & (staff["latent"] >= WISH),
    }
    return {name: column.tolist() for name, column in columns.items()}


def _named(world: World, here: Ints, names: Names) -> dict[str, list[str]]:
    """Names of people and of what they belong to."""
    roster, staff = names.roster, world.staff[here]
    units = [f"reports of {names.of_person(number)}" for number in world.units["number"].tolist()]
    return {
        "name": [names.of_person(person) for person in staff["person"].tolist()],
        "department_name": [str(roster.departments[code]) for code in staff["department"].tolist()],
        "unit_name": [units[row] for row in staff["unit"].tolist()],
        "family_name": [str(roster.families[code]) for code in staff["family"].tolist()],
        "grade_name": [str(roster.grades[code]) for code in world.seats["grade"][staff["seat"]].tolist()],
    }


def _is_head(world: World, here: Ints) -> "np.ndarray":
    """Whether each holds the head's seat: the only one that leads its own unit."""
    seats = world.seats[world.staff["seat"][here]]
    return np.asarray(seats["leads"] == seats["unit"])


# Edges


def _ties(world: World, here: Ints) -> Iterator[tuple[int, int, dict[str, Any]]]:
    staff, circles = world.staff, world.circles
    place, slot = np.nonzero(circles["ties"][here] > here[:, None])  # every tie is held at both ends
    row = here[place]
    other = circles["ties"][row, slot]
    both = staff["person"][other] != NONE
    row, slot, other = row[both], slot[both], other[both]
    strengths, kinds = circles["strengths"][row, slot].tolist(), circles["kinds"][row, slot].tolist()
    people = zip(staff["person"][row].tolist(), staff["person"][other].tolist(), strengths, kinds, strict=True)
    for one, another, strength, kind in people:
        yield one, another, {"reports": False, "acting": False, "strength": strength, "kind": KINDS[kind]}


def _reports(world: World, here: Ints) -> Iterator[tuple[int, int, bool]]:
    """Everybody but the head, who leads them, and whether only for now."""
    staff, units = world.staff, world.units
    leader: list[int] = []
    for manager, parent in zip(units["manager"].tolist(), units["parent"].tolist(), strict=True):
        leader.append(manager if manager != NONE or parent == len(leader) else leader[parent])  # units above come first
    people, unit = staff["person"], staff["unit"]
    for row in here.tolist():
        manager = leader[unit[row]]
        if manager not in (NONE, row):
            yield int(people[row]), int(people[manager]), bool(units["manager"][unit[row]] == NONE)
