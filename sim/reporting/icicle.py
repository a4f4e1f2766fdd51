"""Where everybody stands in an icicle: the head at the left, each level right of the one above, reports side by side.

A manager's box is as high as all those below who lead nobody. What would be too low to see is drawn as one box with its
neighbours of the same department.
"""

from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from sim.errors import PeopleError
from sim.rows import Floats, Ints

LEVELS = 10  # columns; people further down are drawn in the last


class Tree(NamedTuple):
    """People in the order in which a depth-first walk meets them, so that everybody below somebody is a slice.

    Attributes
    ----------
    nodes : keys in the graph
    parent : (n,) row of the manager, −1 at the top
    level : (n,) steps below the top
    end : (n,) first row behind everybody below
    top, bottom : (n,) where each begins and ends among the people who lead nobody, counted from the head down
    """

    nodes: list[Any]
    parent: Ints
    level: Ints
    end: Ints
    top: Ints
    bottom: Ints


class Boxes(NamedTuple):
    """What is drawn: rows `first` to `last` of the tree as one box.

    Attributes
    ----------
    first, last : (boxes,) slice of the tree
    left, right : (boxes,) columns
    top, bottom : (boxes,) people who lead nobody, from the head down
    merged : (boxes,) whether it stands for several people side by side, instead of one and those below
    """

    first: Ints
    last: Ints
    left: Ints
    right: Ints
    top: Ints
    bottom: Ints
    merged: "np.ndarray"


def tree_of(reports: nx.DiGraph, department: dict[Any, int]) -> Tree:
    """Order a tree of managers and reports: next to a manager the own department, then others, large parts first.

    Parameters
    ----------
    reports : edges run from managers to reports
    department : code of each node

    Raises
    ------
    PeopleError
        If this is no tree: `from_graph` then names what is wrong.
    """
    if not len(reports):
        raise PeopleError(f"{reports}: there are no people to draw.")
    seniors = [node for node, above in reports.in_degree() if not above]
    walk = list(_walk(reports, seniors, lambda node: list(reports[node])))
    if len(walk) != len(reports) or reports.number_of_edges() != len(reports) - len(seniors):
        raise PeopleError(
            f"{reports}: no tree of reporting lines, as somebody has several managers or people report in a circle. "
            "sim.people.nodes.from_graph(graph) says who, and reads it if you mend it or say leads=True."
        )
    ends: dict[Any, int] = {}
    for node in reversed(walk):
        ends[node] = sum(ends[report] for report in reports[node]) or 1

    def ordered(node: Any) -> list[Any]:
        own = department[node]
        return sorted(reports[node], key=lambda one: (department[one] != own, department[one], -ends[one]))

    nodes = list(_walk(reports, seniors, ordered))
    row = {node: i for i, node in enumerate(nodes)}
    boss = {report: manager for manager, report in reports.edges}
    parent = np.array([row[boss[node]] if node in boss else -1 for node in nodes])
    level, size = np.zeros(len(nodes), np.int64), np.ones(len(nodes), np.int64)
    for i, above in enumerate(parent.tolist()):
        level[i] = level[above] + 1 if above >= 0 else 0
    for i in range(len(nodes) - 1, -1, -1):
        if parent[i] >= 0:
            size[parent[i]] += size[i]
    is_end = np.array([not reports.out_degree(node) for node in nodes])
    before = np.concatenate([[0], np.cumsum(is_end)])
    end = np.arange(len(nodes)) + size
    return Tree(nodes, parent, level, end, before[:-1], before[end])


def _walk(reports: nx.DiGraph, seniors: list[Any], below: Any) -> Any:
    """Depth first, managers before their reports; nobody twice."""
    stack, met = seniors[::-1], set[Any]()
    while stack:
        node = stack.pop()
        if node not in met:
            met.add(node)
            yield node
            stack += below(node)[::-1]


def boxes_of(tree: Tree, department: Ints, least: float) -> Boxes:
    """Boxes at least as high as `least` people who lead nobody; lower ones share a box with their neighbours."""
    last = min(int(tree.level.max()), LEVELS - 1)
    high = (tree.bottom - tree.top >= least) & (tree.level <= last)
    high |= tree.parent < 0
    alone = np.flatnonzero(high)
    low = np.flatnonzero(~high & high[tree.parent] & (tree.level <= last))
    # Neighbours in the order of the walk, of one manager and one department, make one box.
    breaks = np.flatnonzero(np.diff(tree.parent[low]) | np.diff(department[low]) | (low[1:] != tree.end[low[:-1]])) + 1
    groups = np.split(low, breaks) if len(low) else []
    first = np.array([*alone, *(group[0] for group in groups)], np.int64)
    end = np.array([*tree.end[alone], *(tree.end[group[-1]] for group in groups)], np.int64)
    left = np.minimum(tree.level[first], last)
    deepest = [left[i] if i < len(alone) else tree.level[first[i] : end[i]].max() for i in range(len(first))]
    right = np.minimum(deepest, last) + 1
    return Boxes(first, end, left, right, tree.top[first], tree.bottom[end - 1], np.arange(len(first)) >= len(alone))


def runs(department: Ints, tree: Tree) -> list[tuple[int, int, int]]:
    """Department, top and bottom of each stretch of people who lead nobody and stand side by side."""
    ends = department[tree.end == np.arange(len(department)) + 1]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(ends) != 0]))
    stops = [*starts[1:].tolist(), len(ends)]
    return [(int(ends[a]), a, b) for a, b in zip(starts.tolist(), stops, strict=True)]


def part_means(tree: Tree, boxes: Boxes, values: Floats) -> Floats:
    """(boxes,) mean over all people of each box; NaN where nobody has a value."""
    known = np.isfinite(values)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))])
    count = np.concatenate([[0], np.cumsum(known)])
    number = count[boxes.last] - count[boxes.first]
    sums = total[boxes.last] - total[boxes.first]
    means: Floats = np.divide(sums, number, out=np.full(len(number), np.nan), where=number > 0)
    return means


def commonest(boxes: Boxes, codes: Ints) -> Ints:
    """(boxes,) code of the person who leads the box, or the commonest among those side by side in it."""
    found = codes[boxes.first].copy()
    for i in np.flatnonzero(boxes.merged).tolist():
        found[i] = np.bincount(codes[boxes.first[i] : boxes.last[i]]).argmax()
    return found
