"""Who reports to whom in a networkx graph, whichever of three ways it says so."""

from collections.abc import Iterator
from typing import Any

import networkx as nx

from sim.errors import PeopleError

MANAGER = ("manager", "manager_id")  # attributes of nodes
NOBODY = {"", "na", "n/a", "none", "null", "nan", "<na>", "nat", "-", "xx"}  # ways to leave a cell blank


def is_blank(value: Any) -> bool:
    """Whether a cell or a key stands for nobody: None, NaN, `XX` and the like."""
    return str(value).strip().lower() in NOBODY


def nobody(graph: nx.Graph) -> set[Any]:
    """Nodes that frames leave behind where a head's manager is blank: called nan or XX, and with nothing known."""
    return {node for node, known in graph.nodes(data=True) if not known and is_blank(node) and graph.degree(node)}


def says_manager(graph: nx.Graph) -> bool:
    """Whether nodes name their manager in an attribute; edges then do not matter."""
    return any(name in node for _, node in graph.nodes(data=True) for name in MANAGER)


def is_marked(graph: nx.Graph) -> bool:
    """Whether edges say if they are reporting lines, as those of `Organization.graph` do."""
    return any(mark is not None for _, _, mark in graph.edges(data="reports"))


def is_levelled(graph: nx.Graph) -> bool:
    """Whether `level` tells which end of each marked edge is above, as in `Organization.graph`."""
    level = dict(graph.nodes(data="level"))
    edges = [(a, b) for a, b, mark in graph.edges(data="reports") if _yes(mark)]
    return bool(edges) and all(None not in (level[a], level[b]) and level[a] != level[b] for a, b in edges)


def lines_in(graph: nx.Graph, leads: bool = False) -> Iterator[tuple[Any, Any]]:
    """Each reporting line once: somebody, and whom they report to.

    Parameters
    ----------
    graph : with a node attribute `manager`; else with an edge attribute `reports` and a node attribute `level`; else
        directed
    leads : whether directed edges run from managers to reports, instead of the other way

    Returns
    -------
    Pairs of nodes; a manager who is no node of the graph is given as the attribute has it.

    Raises
    ------
    PeopleError
        If this is no graph, or says in none of these ways who leads whom.
    """
    if not isinstance(graph, nx.Graph):
        raise PeopleError(
            f"{type(graph).__name__}: expected a networkx graph. From a frame with one row per person: "
            "networkx.from_pandas_edgelist(frame, 'employee_id', 'manager_id', create_using=networkx.DiGraph). "
            "People files are read by sim.people.read.read(path)."
        )
    if not says_manager(graph) and not graph.is_directed() and not is_levelled(graph):
        raise PeopleError(
            f"{graph}: an undirected edge does not tell who leads whom. Take a networkx.DiGraph with edges from people "
            "to their managers, or give each node but the head the attribute manager: the key of the manager's node."
        )
    lines = _by_attribute(graph) if says_manager(graph) else dict.fromkeys(_by_edges(graph, leads))  # parallels once
    none = nobody(graph)
    yield from ((person, manager) for person, manager in lines if person not in none and manager not in none)


def _by_attribute(graph: nx.Graph) -> Iterator[tuple[Any, Any]]:
    spelt: dict[str, Any] = {}
    for person, node in graph.nodes(data=True):
        manager = next((node[name] for name in MANAGER if name in node), None)
        if manager in graph or not is_blank(manager):
            if manager not in graph and not spelt:  # files of graphs make keys words: 7 and "7" are the same person
                spelt = {str(one): one for one in graph}
            yield person, manager if manager in graph else spelt.get(str(manager), manager)


def _by_edges(graph: nx.Graph, leads: bool) -> Iterator[tuple[Any, Any]]:
    level = dict(graph.nodes(data="level")) if is_levelled(graph) else {}
    marked = is_marked(graph)
    for a, b, mark in graph.edges(data="reports"):
        if marked and not _yes(mark):
            continue
        above = level[a] < level[b] if level else leads
        yield (b, a) if above else (a, b)


def _yes(mark: Any) -> bool:
    return str(mark).lower() in ("true", "1", "1.0")  # files of graphs make marks words
