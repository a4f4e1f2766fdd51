"""What a figure of an organization tells: its departments, what is known of people, and how dense ties are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from sim.errors import ElbowroomError, nearest
from sim.records import Employee
from sim.reporting.hues import KINDS, MOST, OTHER
from sim.rows import Floats, Ints

LISTED = len(KINDS)  # kinds with a colour of their own, one of each hue
NONE_GIVEN = "(none)"
LABELS = {
    "on_project": "on a project", "stayer": "60 months or more in post, and wishing to move",
    "level": "steps below the head", "grade": "grade", "job_family": "job family", "family": "job family",
    "unit": "unit", "tenure_months": "months since hire", "months_in_post": "months in post",
}  # fmt: skip
NAMES = {"job_family": "family_name"}  # attributes whose names stand under another name in our own graph


class Groups(NamedTuple):
    """Departments, or what stands for them.

    Attributes
    ----------
    heading : what the groups are
    names : of the groups
    code : group of each node
    has_rest : whether the last group is all the small ones together
    """

    heading: str
    names: list[str]
    code: dict[Any, int]
    has_rest: bool


class Shown(NamedTuple):
    """What colours tell.

    Attributes
    ----------
    label : in plain words, with the unit
    values : (n,) numbers, shares in percent, or codes of kinds; of the people in the order of the tree
    kinds : names behind codes; none if values are numbers
    colours : of the kinds
    is_share, is_department : whether values are percentages; whether departments are shown, which have their own names
    """

    label: str
    values: Floats
    kinds: list[str]
    colours: list[str]
    is_share: bool = False
    is_department: bool = False

    @property
    def is_number(self) -> bool:
        """Whether means can be told."""
        return not self.kinds and not self.is_department


def groups_of(reports: nx.DiGraph, most: int) -> Groups:
    """Departments; without any, the parts of the tree under each of the head's reports.

    Parameters
    ----------
    reports : people, with edges from managers to reports
    most : groups for which there is room; beyond it the smallest become one
    """
    name = next((one for one in ("department_name", "department") if _has(reports, one)), "")
    label = {node: _told(known.get(name)) for node, known in reports.nodes(data=True)} if name else _branches(reports)
    count = Counter(label.values())
    most = min(most, MOST)
    stay = {one for one, _ in count.most_common(most if len(count) <= most else most - 1)}
    names = [one for one in dict.fromkeys(label.values()) if one in stay]
    has_rest = len(stay) < len(count)
    if has_rest:
        names.append(f"{len(count) - len(stay):,} others")
    place = {one: i for i, one in enumerate(names)}
    code = {node: place.get(one, len(names) - 1) for node, one in label.items()}
    return Groups("department" if name else "reports of the head", names, code, has_rest)


def _branches(reports: nx.DiGraph) -> dict[Any, str]:
    label = {}
    for top in (node for node, above in reports.in_degree() if not above):
        label[top] = _called(reports, top)
        for report in reports[top]:
            label |= dict.fromkeys({report, *nx.descendants(reports, report)}, f"under {_called(reports, report)}")
    return {node: label.get(node, NONE_GIVEN) for node in reports}


def shown(graph: nx.Graph, nodes: Sequence[Any], color: str, room: Sequence[int]) -> Shown:
    """Values of an attribute, and what kind of values they are.

    Parameters
    ----------
    graph : people; nodes : in the order of the tree
    color : name of the attribute
    room : (n,) how much of the figure each of them takes
    """
    if color in ("department", "department_name"):
        return Shown("department", np.zeros(len(nodes)), [], [], is_department=True)
    name = next((one for one in (NAMES.get(color, ""), f"{color}_name", color) if _has(graph, one)), "")
    if not name:
        known = dict.fromkeys(str(one) for node in nodes for one in graph.nodes[node])
        raise ElbowroomError(
            f"color={color!r}: no node has this attribute.{nearest(color, known)} There are: {', '.join(known)}."
        )
    field = Employee.fields.get(color)
    label = LABELS.get(color) or (field.text if field and color == name else color.replace("_", " "))
    found = [graph.nodes[node].get(name) for node in nodes]
    given = [value for value in found if value is not None]
    if all(isinstance(value, bool | np.bool_) for value in given):
        return Shown(f"{label} (% of people)", 100 * _numbers(found), [], [], is_share=True)
    if all(isinstance(value, int | float | np.number) for value in given):
        unit = f" ({field.unit})" if field and field.unit else ""
        return Shown(f"{label}{unit}", _numbers(found), [], [])
    codes = [str(graph.nodes[node].get(color, "")) for node in nodes]
    return _of_kinds(label, [_told(value) for value in found], codes, room)


def _of_kinds(label: str, found: list[str], codes: list[str], room: Sequence[int]) -> Shown:
    """Kinds in the order of their codes, or of the alphabet; those that take little room are grey."""
    count = Counter[str]()
    for one, taken in zip(found, room, strict=True):
        count[one] += taken
    often = [one for one, _ in count.most_common(LISTED)]
    code = dict(zip(found, codes, strict=True))
    names = sorted(often, key=lambda one: (len(code[one]), code[one]) if code[one].isdigit() else (0, one))
    names += ["others"] * (len(set(found)) > len(often))
    place = {one: i for i, one in enumerate(names)}
    colours = [*KINDS[: len(often)], OTHER][: len(names)]
    return Shown(label, np.array([float(place.get(one, len(names) - 1)) for one in found]), names, colours)


def densities(known: nx.Graph, groups: Groups, order: Sequence[int]) -> Floats:
    """Pairs of people with a tie, in percent of all pairs, within and between groups; NaN where there is no pair."""
    number = len(order)
    place = np.argsort(order)
    code: Ints = np.array([place[groups.code[node]] for node in known])
    row = {node: i for i, node in enumerate(known)}
    ends = np.array([(row[a], row[b]) for a, b in known.edges if a != b], np.int64).reshape(-1, 2)
    flat = code[ends] @ np.array([number, 1])
    ties = np.bincount(flat, minlength=number * number).reshape(number, number)
    ties = ties + ties.T - np.diag(np.diag(ties))
    people = np.bincount(code, minlength=number)
    pairs = np.outer(people, people) - np.diag(people * (people + 1) // 2)
    density: Floats = np.divide(100.0 * ties, pairs, out=np.full(ties.shape, np.nan), where=pairs > 0)
    return density


def _has(graph: nx.Graph, name: str) -> bool:
    return any(node.get(name) is not None for _, node in graph.nodes(data=True))


def _told(value: Any) -> str:
    text = str(value).strip()
    return NONE_GIVEN if text.lower() in ("", "none", "nan", "<na>") else text


def _called(graph: nx.Graph, node: Any) -> str:
    return str(graph.nodes[node].get("name", node))


def _numbers(found: Sequence[Any]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in found])
