"""The organization as a networkx graph."""

from typing import Any

import networkx as nx
import numpy as np

from sim.codes import ACROSS, DEPARTMENT, TEAM
from sim.records import NONE
from sim.world import World

KINDS = {TEAM: "team", DEPARTMENT: "department", ACROSS: "across"}


def graph_of(world: World) -> nx.Graph:
    """One graph of everybody who works here this month.

    Returns
    -------
    Graph whose nodes are people (`person`, the key of their draws) with every single-number column of their record,
    their grade and depth; and whose edges carry `reports` (whether one leads the other's unit), `strength` (of
    the tie, 0 without one) and `kind` (team, department, across, or reports alone). Memory is linear in people.
    """
    staff, graph = world.staff, nx.Graph(month=int(world.now.month))
    here = np.flatnonzero(staff["person"] != NONE).tolist()
    graph.add_nodes_from((int(staff["person"][row]), _attributes(world, row)) for row in here)
    present = set(here)
    graph.add_edges_from(_ties(world, here, present))
    for a, b in _reports(world, here, present):
        graph.add_edge(a, b, **{"strength": 0.0, "kind": "reports", **graph.get_edge_data(a, b, {}), "reports": True})
    return graph


def _attributes(world: World, row: int) -> dict[str, Any]:
    record, unit = world.staff[row], world.units[world.staff["unit"][row]]
    single = {name: record[name].item() for name in record.dtype.names if record[name].shape == ()}
    return {**single, "grade": int(world.seats["grade"][record["seat"]]), "depth": int(unit.depth)}


def _ties(world: World, here: Any, present: set[int]) -> Any:
    staff, circles = world.staff, world.circles
    for row in here:
        for slot in np.flatnonzero(circles["ties"][row] > row):  # every tie is held at both ends
            other = int(circles["ties"][row, slot])
            if other in present:
                yield (
                    int(staff["person"][row]),
                    int(staff["person"][other]),
                    {
                        "reports": False,
                        "strength": float(circles["strengths"][row, slot]),
                        "kind": KINDS[int(circles["kinds"][row, slot])],
                    },
                )


def _reports(world: World, here: Any, present: set[int]) -> Any:
    staff = world.staff
    for row in here:
        manager = int(world.units["manager"][staff["unit"][row]])
        if manager in present and manager != row:
            yield int(staff["person"][row]), int(staff["person"][manager])
