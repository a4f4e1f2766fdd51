"""The organization as a networkx graph: names, both kinds of relations, there and back; and the page about it."""

import json

import networkx as nx
import numpy as np
import pytest
from conftest import same
from organizations import SMALL, an_organization

from sim.errors import PeopleError
from sim.organization import Organization
from sim.people.graph import positions, reporting, ties
from sim.people.nodes import from_graph
from sim.records import NONE
from sim.running import burn_in
from sim.settings import Switches

ARRAYS = ("number", "manager", "department", "family", "grade", "fte", "tenure", "in_post")


@pytest.fixture(scope="module")
def full():
    """An organization in which every post is held."""
    return an_organization(months=3, switches=Switches(turnover=False))


@pytest.fixture(scope="module")
def thinned():
    """Two years of much coming and going: posts of managers are vacant, the head's is not."""
    organization = an_organization(months=1)
    while organization.world.units["manager"][0] == NONE or (organization.world.units["manager"] != NONE).all():
        organization.step()
        assert organization.month < 100
    return organization


def reports_of(roster) -> dict[str, str]:
    return {name: roster.ids[boss] for name, boss in zip(roster.ids, roster.manager.tolist(), strict=True)}


# Out


def test_names_stand_beside_codes(full):
    for person, node in full.graph.nodes(data=True):
        face = next(one for one in full.agents if one.unique_id == person)
        for name in ("name", "department_name", "unit_name", "family_name", "grade_name", "department", "grade"):
            assert node[name] == getattr(face, name)
        assert node["tenure_months"] == face.tenure
        assert node["months_in_post"] == int(face.position) <= node["tenure_months"]
        assert node["level"] == (0 if face.manager is face else node["depth"] + 1)


def test_yes_and_no_are_counted_as_measures_count_them():
    organization = an_organization(months=6)
    nodes = [node for _, node in organization.graph.nodes(data=True)]
    for measure, name in (("participation", "on_project"), ("involuntary_stayers", "stayer")):
        assert np.mean([node[name] for node in nodes]) == pytest.approx(getattr(organization, measure))
    assert any(node["on_project"] for node in nodes)


def test_keys_are_the_same_from_month_to_month():
    organization = an_organization()
    before = {person.unique_id: person.name for person in organization.agents}
    organization.run_for(8)
    after = dict(organization.graph.nodes(data="name"))
    assert len(after.keys() & before.keys()) > len(before) / 2
    assert after.keys() - before.keys()
    assert all(after[key] == before[key] for key in after.keys() & before.keys())


def test_reporting_lines_and_ties_come_apart(full):
    graph, tree, known = full.graph, reporting(full.graph), ties(full.graph)
    assert nx.is_arborescence(tree)
    for person in full.agents:
        assert {other.unique_id for other in person.acquaintances} == set(known[person.unique_id])
        if person.manager is not person:
            assert list(tree.predecessors(person.unique_id)) == [person.manager.unique_id]
            assert not tree.edges[person.manager.unique_id, person.unique_id]["acting"]
    assert set(tree) == set(known) == set(graph)
    assert tree.nodes == known.nodes == graph.nodes
    assert {frozenset(edge) for edge in (*tree.edges, *known.edges)} == {frozenset(edge) for edge in graph.edges}


def test_the_next_above_stands_in_for_a_vacant_post(thinned):
    tree = reporting(thinned.graph)
    assert nx.is_arborescence(tree)
    acting = [edge for *edge, is_acting in tree.edges(data="acting") if is_acting]
    assert acting
    for manager, report in acting:
        unit = thinned.world.units[thinned.graph.nodes[report]["unit"]]
        assert unit.manager == NONE
        assert tree.nodes[manager]["level"] < tree.nodes[report]["level"] - 1 or unit.depth == 0


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json"])
def test_files_of_graphs_hold_everything(full, kind, tmp_path):
    path = tmp_path / f"graph.{kind}"
    if kind == "json":
        path.write_text(json.dumps(nx.node_link_data(full.graph, edges="edges")))
        back = nx.node_link_graph(json.loads(path.read_text()), edges="edges")
    else:
        getattr(nx, f"write_{kind}")(full.graph, path)
        back = getattr(nx, f"read_{kind}")(path)
    assert back.number_of_edges() == full.graph.number_of_edges()
    spelt = {str(node): known for node, known in full.graph.nodes(data=True)}
    for node, known in back.nodes(data=True):
        assert all(known[name] == value for name, value in spelt[str(node)].items())
    one, other = from_graph(back), from_graph(full.graph)
    assert one.ids == other.ids
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)


def test_places_are_a_tree_around_the_head_and_always_the_same(full):
    places = positions(full.graph)
    assert places == positions(full.graph)
    assert set(places) == set(full.graph)
    assert len(set(places.values())) == len(places)
    for node, (x, y) in places.items():
        assert np.hypot(x, y) == pytest.approx(full.graph.nodes[node]["level"])


# There and back


@pytest.mark.parametrize("given", ["full", "thinned"])
def test_an_organization_comes_back_from_its_graph(given, request):
    organization = request.getfixturevalue(given)
    graph = organization.graph
    roster = from_graph(graph)
    assert roster.lasting
    assert not roster.mends
    tree = reporting(graph)
    above = {str(report): str(manager) for manager, report in tree.edges}
    assert {one: boss for one, boss in reports_of(roster).items() if one != boss} == above
    for row, name in enumerate(roster.ids):
        node = graph.nodes[int(name)]
        assert roster.departments[roster.department[row]] == node["department_name"]
        assert roster.families[roster.family[row]] == node["family_name"]
        assert roster.grades[roster.grade[row]] == node["grade_name"]
        told = (roster.fte[row], roster.tenure[row], roster.in_post[row])
        assert told == (node["fte"], node["tenure_months"], node["months_in_post"])
    again = Organization(SMALL, roster=roster, switches=Switches(turnover=False)).graph
    months = {node["name"]: (node["tenure_months"], node["months_in_post"]) for _, node in again.nodes(data=True)}
    assert months == {str(key): (n["tenure_months"], n["months_in_post"]) for key, n in graph.nodes(data=True)}
    assert nx.is_isomorphic(reporting(again), tree)


def test_names_become_ids_by_relabelling(full):
    named = nx.relabel_nodes(full.graph, nx.get_node_attributes(full.graph, "name"))
    assert set(from_graph(named).ids) == set(full.roster.ids)


def test_relations_may_be_read_apart_or_both_ways(full):
    roster = from_graph(full.graph)
    for graph in (reporting(full.graph), full.graph.to_directed(), nx.MultiGraph(full.graph)):
        assert same(burn_in(full.setup, 3, from_graph(graph)), burn_in(full.setup, 3, roster))


def test_while_the_head_is_gone_somebody_is_made_head(full):
    graph = full.graph
    graph.remove_node(next(node for node, level in graph.nodes(data="level") if level == 0))
    with pytest.raises(PeopleError, match="several people have no manager"):
        from_graph(graph)
    assert len(from_graph(graph, mend=True)) == len(graph)


# The page


def test_the_page_for_networkx_users_shows_what_there_is(ran):
    names, printed, folder = ran("docs/networkx.md")
    assert names["graph"].graph["month"] == 12
    assert 0 < names["silos"] < 1
    assert (folder / "organization.png").stat().st_size > 10_000
    assert any(text.startswith("node ('ed'): reports to 'bo' and 'cy' → reports to 'bo'") for text in printed)
    assert set(names["again"].graph.nodes(data="name"))
