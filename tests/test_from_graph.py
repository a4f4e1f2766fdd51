"""Rosters from networkx graphs: three ways to say who leads, the same as from files, faults by node."""

import re

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from conftest import SHARED

from sim.errors import ElbowroomError, PeopleError
from sim.people.generate import generate
from sim.people.graph import reporting
from sim.people.nodes import from_graph
from sim.people.read import read

ARRAYS = ("number", "manager", "department", "family", "grade", "fte", "tenure", "in_post")


def lines(*pairs: str, **nodes: dict) -> nx.DiGraph:
    """`ba` is: b reports to a."""
    graph = nx.DiGraph([(pair[0], pair[1]) for pair in pairs])
    for node, known in nodes.items():
        graph.add_node(node, **known)
    return graph


def refusal(graph, **said) -> str:
    with pytest.raises(PeopleError) as caught:
        from_graph(graph, **said)
    return str(caught.value)


def reports_of(roster) -> dict[str, str]:
    return {name: roster.ids[boss] for name, boss in zip(roster.ids, roster.manager.tolist(), strict=True)}


def table(graph: nx.DiGraph) -> pd.DataFrame:
    boss = dict(list(graph.edges))
    return pd.DataFrame([{"employee_id": node, "manager_id": boss.get(node, ""), **known}
                         for node, known in graph.nodes(data=True)])  # fmt: skip


def test_a_graph_and_a_file_of_the_same_people_are_one_roster(tmp_path):
    plan = generate(90, 2)
    graph = nx.DiGraph()
    for row, boss in enumerate(plan.manager.tolist()):
        graph.add_node(f"p{row}", job_family=plan.families[plan.family[row]], fte=plan.fte[row], tenure_months=3 * row,
                       department=f"D{plan.department[row]}" if row % 7 else None)  # fmt: skip
        if row:
            graph.add_edge(f"p{row}", f"p{boss}")
    table(graph).to_csv(tmp_path / "people.csv", index=False)
    one, other = from_graph(graph), read(tmp_path / "people.csv")
    assert (one.ids, one.departments, one.families, one.grades) == (
        other.ids, other.departments, other.families, other.grades)  # fmt: skip
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)


@pytest.mark.parametrize("name", ["treasury", "energy"])
def test_a_published_organogram_is_the_same_as_frame_and_as_file(name):
    path = SHARED / "people" / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    frame = pd.read_csv(path)
    graph = nx.from_pandas_edgelist(frame, "employee_id", "manager_id", create_using=nx.DiGraph)
    nx.set_node_attributes(graph, frame.drop(columns="manager_id").set_index("employee_id").to_dict("index"))
    one, other = from_graph(graph), read(path)
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)
    assert any("no manager" in note for note in one.notes)


def test_who_leads_is_said_in_three_ways():
    expected = {"a": "a", "b": "a", "c": "a", "d": "b"}
    apart = nx.Graph([("c", "d")])
    apart.add_nodes_from([("a", {}), ("b", {"manager": "a"}), ("c", {"manager": "a"}), ("d", {"manager": "b"})])
    marked = lines("ba", "ca", "db", "dc")
    nx.set_edge_attributes(marked, {edge: edge != ("d", "c") for edge in marked.edges}, "reports")
    levels = nx.Graph(marked.edges(data=True))
    nx.set_node_attributes(levels, {"a": 0, "b": 1, "c": 1, "d": 2}, "level")
    for graph in (lines("ba", "ca", "db"), apart, marked, levels):
        assert reports_of(from_graph(graph)) == expected
        assert set(reporting(graph).edges) == {("a", "b"), ("a", "c"), ("b", "d")}
    turned = lines("ba", "ca", "db").reverse()
    assert reports_of(from_graph(turned, leads=True)) == expected
    assert set(reporting(turned, leads=True).edges) == set(turned.edges)


def test_a_graph_upside_down_is_told():
    good = lines("ba", "ca", "db", "eb")
    assert "from_graph(graph, leads=True)" in refusal(good.reverse())
    assert "from_graph(graph, leads=False)" in refusal(good, leads=True)
    assert "leads=True" in refusal(nx.bfs_tree(nx.random_labeled_rooted_tree(50, seed=3), 0), mend=True)


def test_faults_are_told_with_their_nodes():
    graph = lines("ba", "ca", "db", "dc", "ef", "fe", c={"fte": 3}, d={"tenure_months": "long"}, z={})
    said = refusal(graph)
    assert said.startswith("DiGraph with 7 nodes and 6 edges: 5 faults. The graph itself was left as it is.")
    for told in (
        "node 'd' reports to 'b' and 'c'", "node 'a' and node 'z' have none", "node 'e' → node 'f' → node 'e'",
        "node 'c': 3", "node 'd': 'long' is not a number", "from_graph(graph, mend=True) mends all 5",
    ):  # fmt: skip
        assert told in said
    assert not re.search(r"\brow\b|employee_id|manager_id|\bfile\b|org\.mend|header", said)


def test_every_kind_of_fault_speaks_of_graphs():
    manager = nx.Graph()
    manager.add_nodes_from([("ann", {}), ("bob", {"manager": "ann"}), ("cy", {"manager": "anne"})])
    lost = nx.Graph()
    lost.add_nodes_from([(i, {"manager": f"0{i - 1}" if i else ""}) for i in range(6)])
    for graph, told in (
        (lines("ab", "ba"), "nobody is the head"), (nx.DiGraph(), "no nodes with people"),
        (lines(a={}), "1 node with people"), (manager, "node 'cy' reports to 'anne'. Did you mean 'ann'?"),
        (lost, "most people have no manager"), (lines("ba", "ca", **{" ": {"fte": 1}}), "a node has a blank key"),
        (lines("ba", "ca", a={"fte": 40}, b={"fte": 20}), "another scale"),
        (lines("ba", "ca", b={"tenure_months": 3, "months_in_post": 4}), "node 'b': 4 in post, 3 since hire"),
    ):  # fmt: skip
        said = refusal(graph)
        assert told in said
        assert not re.search(r"\brows?\b|employee_id|manager_id|\bfiles?\b|org\.mend|header", said)


def test_mends_are_those_of_files_and_name_the_node():
    graph = lines("ba", "ca", "db", "dc", "ed", "ec", c={"fte": "80%", "department": "Y"}, d={"department": "Y"}, z={})
    roster = from_graph(graph, mend=True)
    told = [str(mend) for mend in roster.mends]
    assert "node ('c'): '80%' is not a number → read as 0.8" in told
    assert "node ('d'): reports to 'b' and 'c' → reports to 'c', the manager in department 'Y'" in told
    assert "node ('e'): reports to 'd' and 'c' → reports to 'c', the first in the alphabet" in told
    assert "node ('z'): names no manager → reports to 'a', the head" in told
    assert reports_of(roster) == {"a": "a", "b": "a", "c": "a", "d": "c", "e": "c", "z": "a"}
    scaled = from_graph(lines("ba", a={"fte": 40}, b={"fte": 20}), mend=True)
    assert str(scaled.mends[0]).startswith("all nodes: all values lie between 20 and 40")
    assert graph.edges == lines("ba", "ca", "db", "dc", "ed", "ec").edges


def test_blanks_of_frames_are_no_people():
    frame = pd.DataFrame({"id": [1, 2, 3, 4], "boss": [None, 1, 1, 2], "grade": ["A", None, np.nan, "B"]})
    graph = nx.from_pandas_edgelist(frame, "id", "boss", create_using=nx.DiGraph)
    nx.set_node_attributes(graph, frame.set_index("id")[["grade"]].to_dict("index"))
    roster = from_graph(graph)
    assert reports_of(roster) == {"1": "1", "2": "1", "3": "1", "4": "2"}
    assert sorted(roster.grades) == ["(none)", "A", "B"]
    assert set(reporting(graph)) == {1, 2, 3, 4}


def test_keys_that_are_written_alike_stay_apart():
    roster = from_graph(nx.DiGraph([(7, "7"), ("x", 7)]))
    assert reports_of(roster) == {"'7'": "'7'", "7": "'7'", "'x'": "7"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(5, "int: expected a networkx graph"), (pd.DataFrame(), "from_pandas_edgelist"), ("people.csv", "read"),
     (nx.path_graph(4), "an undirected edge does not tell who leads whom")],
)  # fmt: skip
def test_what_is_no_graph_of_people_is_answered(wrong, told):
    with pytest.raises(ElbowroomError, match=told):
        from_graph(wrong)
    with pytest.raises(ElbowroomError, match=told):
        reporting(wrong)
