"""The organization as a networkx graph."""

import networkx as nx
import numpy as np
import pytest
from organizations import SMALL, an_organization

from sim.organization import Organization
from sim.people.generate import generate
from sim.records import NONE
from sim.settings import Switches


@pytest.fixture(scope="module")
def lived():
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


@pytest.fixture(scope="module")
def full():
    """An organization in which every post is held."""
    return an_organization(months=3, switches=Switches(turnover=False))


def test_the_graph_is_of_everybody_here(lived):
    graph = lived.graph
    assert set(graph) == {person.unique_id for person in lived.agents}
    assert graph.graph["month"] == 8
    for person in lived.agents:
        node = graph.nodes[person.unique_id]
        assert node["stress"] == person.stress
        assert node["depth"] == person.own_unit.depth
        assert all(np.isscalar(value) for value in node.values())


def test_departments_in_the_graph_are_those_of_the_plan():
    """Whoever heads a department belongs to it, not to the one above."""
    roster = generate(80, 4)
    graph = Organization(SMALL, switches=Switches(turnover=False), roster=roster).graph
    told = {number: graph.nodes[number]["department"] for number in roster.number.tolist()}
    assert told == dict(zip(roster.number.tolist(), roster.department.tolist(), strict=True))


def test_ties_have_two_ends_and_one_edge(lived):
    graph = lived.graph
    ties = nx.Graph((a, b) for a, b, kind in graph.edges(data="kind") if kind != "reports")
    ties.add_nodes_from(graph)
    for person in lived.agents:
        known = person.acquaintances
        assert len(known) == person.tie_count == np.count_nonzero(person.circle.ties != NONE)
        assert {other.unique_id for other in known} == set(ties[person.unique_id])
        for other in known:
            strength = graph.edges[person.unique_id, other.unique_id]["strength"]
            assert strength == person.tie_with(other) == other.tie_with(person) > 0


def test_there_is_no_tie_with_strangers_nobody_and_those_who_left():
    organization = an_organization()
    everybody = list(organization.agents)
    one = everybody[0]
    stranger = next(other for other in everybody if other not in one.acquaintances and other is not one)
    assert one.tie_with(stranger) == one.tie_with(None) == 0
    organization.run_for(6)
    here, gone = ([person for person in everybody if person.is_here is wanted] for wanted in (True, False))
    assert here[0].tie_with(gone[0]) == 0


def test_kinds_of_ties_say_where_they_lead(lived):
    graph = lived.graph
    seen = set()
    for a, b, kind in graph.edges(data="kind"):
        one, other = graph.nodes[a], graph.nodes[b]
        together = one["unit"] in (other["unit"], other["leads"]) or other["unit"] == one["leads"]
        same = one["department"] == other["department"]
        assert kind == "reports" or kind == ("team" if together else "department" if same else "across")
        seen.add(kind)
    assert seen >= {"team", "department", "across"}


def test_reports_make_a_tree_under_the_head(full):
    graph = full.graph
    tree = nx.Graph((a, b) for a, b, reports in graph.edges(data="reports") if reports)
    assert set(tree) == set(graph)
    assert nx.is_tree(tree)
    head = next(person for person in full.agents if person.manager is person)
    depth = nx.shortest_path_length(tree, head.unique_id)
    for person in full.agents:
        if person is not head:
            assert tree.has_edge(person.unique_id, person.manager.unique_id)
            assert depth[person.unique_id] == person.own_unit.depth + 1


def test_a_graph_can_be_written(full, tmp_path):
    nx.write_graphml(full.graph, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml")
    assert read.number_of_edges() == full.graph.number_of_edges()


