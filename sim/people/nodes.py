"""A roster from a networkx graph: the table of a people file made of nodes instead of rows.

Faults are found and mended as in people files (`checks`, `mending`); errors name the node. docs/networkx.md says what a
graph may hold.
"""

from typing import Any

import networkx as nx

from sim.errors import PeopleError
from sim.people.edges import MANAGER, is_levelled, is_marked, lines_in, nobody, says_manager
from sim.people.fault_texts import OPTIONAL, REQUIRED, SHOWN, What, Words, enumerated
from sim.people.read import roster_in
from sim.people.roster import Mend, Roster
from sim.people.table import Table, header_name

WORDS = Words("graph", "node", "attribute", "from_graph(graph, mend=True)", "", {
    What.FEW: "an organization has at least two people, one node each",
    What.NO_ID: "a node has a blank key; give everybody a key (networkx.relabel_nodes)",
    What.SAME_ID: "several nodes are written alike; give each person a key of their own (networkx.relabel_nodes)",
    What.UNKNOWN: "the manager of a node is no node; correct the attribute manager, or add the manager",
    What.ROOTS: "several people have no manager; give all but the head an edge to theirs, or the attribute manager",
    What.LOST: "most people have no manager in this graph; write managers and keys of nodes alike, or add the managers",
    What.NO_ROOT: "nobody is the head; take away the line upward of the one person to whom all others report",
    What.CIRCLE: "people report to each other in a circle; take away or turn the line of one of them",
})  # fmt: skip
SPELLINGS = {name: (f"{name}_name", name) for name in OPTIONAL} | {
    "job_family": ("family_name", "job_family_name", "job_family", "family")
}  # names go before codes, which our own graph has too


class Nodes(Table):
    """The nodes of a graph, one row for each."""

    def where(self, i: int) -> str:
        """The node."""
        name = self.cells["employee_id"][i]
        return f"node {name!r}" if name else self.place(i)

    def mended(self, i: int, column: str, found: str, done: str) -> Mend:
        """What was done to a node."""
        return Mend(0, self.cells["employee_id"][i], column, found, done)

    def mended_all(self, column: str, found: str, done: str) -> Mend:
        """What was done to an attribute of all nodes."""
        return Mend(0, "", column, found, done)


def from_graph(graph: nx.Graph, *, leads: bool = False, departments: int = 0, mend: bool = False) -> Roster:
    """The organization in a graph: `Organization(roster=from_graph(graph))`.

    Parameters
    ----------
    graph : who reports to whom, said in one of three ways, the first that is there:
        a node attribute `manager`, the key of another node, blank or absent for the head;
        an edge attribute `reports` and a node attribute `level`, as in `Organization.graph`;
        directed edges from people to their managers. If any edge has `reports`, only those count where it is true.
        Further attributes of nodes are the columns of people files: `unit`, `department`, `grade`, `job_family`,
        `fte`, `tenure_months`, `months_in_post`.
    leads : directed edges run from managers to their reports instead.
    departments : how many to form if no node has a department; 0 for about twenty, fewer where people are few.
    mend : mend faults by the defaults in docs/people-files.md; `mends` of the roster tell each.

    Returns
    -------
    Roster
        `lasting`, with keys of nodes as `ids`; `notes` say what was ignored, filled in or derived. Edges that are no
        reporting lines are not read: ties come from the model.

    Raises
    ------
    PeopleError
        With all faults at once and the nodes that have them; with `mend`, those that no default can mend.
    """
    _refuse_turned(graph, leads)
    return roster_in(_table(graph, leads), str(graph), departments, mend)


def _refuse_turned(graph: nx.Graph, leads: bool) -> None:
    """A tree upside down: nobody means that most people are heads and the others have many managers."""
    lines = list(lines_in(graph, leads))
    if says_manager(graph) or is_levelled(graph):
        return
    people, managers = {one for one, _ in lines}, {manager for _, manager in lines}
    if len(people) < 0.9 * len(lines) and len(managers) > 0.9 * len(lines):
        ways = ["from reports to managers", "from managers to reports"]
        raise PeopleError(
            f"{graph}: its edges were read as running {ways[leads]}, and most who have a manager then have several. "
            f"They seem to run {ways[not leads]}. Say so: from_graph(graph, leads={not leads})"
        )


# The table


def _table(graph: nx.Graph, leads: bool) -> Nodes:
    bosses: dict[Any, list[Any]] = {}
    for person, manager in lines_in(graph, leads):
        bosses.setdefault(person, []).append(manager)
    known = _known(graph)
    none = nobody(graph)
    people = [node for node in graph if node not in none]
    name = _names(people)
    managers = {person: [name.get(boss) or _cell(boss) for boss in some if boss != person or len(some) == 1]
                for person, some in bosses.items()}  # fmt: skip  # oneself among other managers means nothing
    cells = {"employee_id": [name[node] for node in people],
             "manager_id": [min(managers.get(node, []), default="") for node in people]}  # fmt: skip
    for column, spelt in known.items():
        cells[column] = [_first(graph.nodes[node], spelt) for node in people]
    rows = list(range(1, len(people) + 1))
    rivals = {name[person]: some for person, some in managers.items() if len(some) > 1}
    return Nodes([*cells], rows, [len(cells)] * len(people), cells, _notes(graph, known, len(none)), rivals, WORDS)


def _known(graph: nx.Graph) -> dict[str, list[str]]:
    """Columns of people files, and the attributes that hold them, the better ones first."""
    seen = dict.fromkeys(name for _, node in graph.nodes(data=True) for name in node)
    found = {column: [name for wanted in spelt for name in seen if header_name(str(name)) == wanted]
             for column, spelt in SPELLINGS.items()}  # fmt: skip
    return {column: names for column, names in found.items() if names}


def _names(people: list[Any]) -> dict[Any, str]:
    """How each node is written; with quotes if 7 and "7" are two people."""
    plain = {node: _written(node) for node in people}
    return plain if len(set(plain.values())) == len(plain) else {node: repr(node) for node in people}


def _first(node: dict[str, Any], spelt: list[str]) -> str:
    return next((cell for name in spelt if (cell := _cell(node.get(name)))), "")


def _cell(value: Any) -> str:
    """What a file would hold."""
    return "" if str(value).lower() in ("none", "nan", "<na>", "nat") else _written(value)


def _written(value: Any) -> str:
    """Frames with gaps make whole numbers floats."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _notes(graph: nx.Graph, known: dict[str, list[str]], blanks: int) -> list[str]:
    used = {name for names in known.values() for name in names} | {*MANAGER, "level"} | {*REQUIRED}
    ignored = list(dict.fromkeys(str(name) for _, node in graph.nodes(data=True) for name in node if name not in used))
    rest = [f"{len(ignored) - SHOWN:,} more"] * (len(ignored) > SHOWN)
    notes = [f"Attributes ignored: {enumerated(ignored[:SHOWN] + rest)}."] if ignored else []
    if blanks:
        notes.append("A node called nan, None, XX or the like was read as: no manager.")
    if is_marked(graph):
        notes.append("Edges without reports=True were not read: ties come from the model.")
    return notes
