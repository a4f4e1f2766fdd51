"""The figure of an organization: everything legible at any size, boxes that tell the truth, the same every time."""

import io
import re
from itertools import combinations, pairwise, product

import networkx as nx
import numpy as np
import pytest
from conftest import SHARED
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from organizations import an_organization

from sim.errors import ElbowroomError, PeopleError
from sim.organization import Organization
from sim.people.graph import reporting, ties
from sim.people.read import read
from sim.reporting.groups import densities, groups_of
from sim.reporting.hues import COLD, KINDS, MOST, WARM, even_steps, kinds, wide_steps
from sim.reporting.icicle import LEVELS, boxes_of, part_means, runs, tree_of
from sim.reporting.network import draw
from sim.reporting.style import SLIDE, style
from sim.settings import OrganizationSpec

LONG = "a_number_with_a_name_that_is_much_too_long_for_any_figure_on_any_slide_that_there_has_ever_been"
COLOURS = ("department", "rationalization", "on_project", "grade", "job_family", "tenure_months")


def a_graph(size: int, burn: int = 12) -> nx.Graph:
    organization = Organization(OrganizationSpec(size=size, burn_in=burn), rng=3)
    organization.run_for(2)
    return organization.graph


@pytest.fixture(scope="module")
def graphs() -> dict[int, nx.Graph]:
    return {size: a_graph(size) for size in (40, 120, 1000, 10_000)}


@pytest.fixture(scope="module")
def lived() -> nx.Graph:
    return an_organization(months=8).graph


def texts(figure: Figure) -> list[Text]:
    figure.canvas.draw()
    found = list(figure.texts)
    for axes in figure.axes:  # ticks and titles of axes that are switched off are not drawn
        found += [*axes.texts, *(text for legend in axes.artists for text in legend.findobj(Text))]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def told(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in texts(figure))


def judge(figure: Figure) -> None:
    """Every text is large enough, inside the slide, and apart from every other."""
    found = texts(figure)
    assert tuple(figure.get_size_inches()) == SLIDE
    boxes = [(text.get_text(), text.get_window_extent()) for text in found]
    for text, (words, box) in zip(found, boxes, strict=True):
        assert text.get_fontsize() >= 10
        assert words != "nan"
        assert min(box.x0, box.y0, figure.bbox.x1 - box.x1, figure.bbox.y1 - box.y1) >= 0, words
    for (one, a), (other, b) in combinations(boxes, 2):
        overlap = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(overlap) <= 2, f"{one!r} lies over {other!r}"


# Legible


@pytest.mark.parametrize(("size", "color"), [
    *product((40, 120, 1000), COLOURS), (10_000, "department"), (10_000, "on_project"), (10_000, "grade"),
])  # fmt: skip
def test_everything_can_be_read(graphs, size, color):
    graph = graphs[size]
    figure = draw(graph, color=color)
    judge(figure)
    said = told(figure)
    assert f"{len(graph):,} people, month 2" in said
    assert set(nx.get_node_attributes(graph, "department_name").values()) <= set(said.split("\n"))
    assert "Pairs of people who know each other (%)" in said


@pytest.mark.parametrize("name", ["treasury", "environment"])
@pytest.mark.parametrize("color", ["department", "job_family", "grade"])
def test_a_published_organogram_can_be_read(name, color):
    path = SHARED / "people" / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    roster = read(path, mend=True)
    judge(draw(Organization({"burn_in": 0}, roster=roster).graph, color=color))


def test_keys_have_words_units_and_numbers(graphs):
    assert "Stress (0-1)" in told(draw(graphs[120], color="stress"))
    assert "On a project (% of people)" in told(draw(graphs[120], color="on_project"))
    assert "Months in post" in told(draw(graphs[120], color="months_in_post"))
    grades = set(nx.get_node_attributes(graphs[120], "grade_name").values())
    assert grades <= set(told(draw(graphs[120], color="grade")).split("\n"))
    assert "a single person" in told(draw(graphs[120]))
    assert re.search("about 4[0-9] people", told(draw(graphs[10_000])))


def test_names_stay_apart_from_numbers_however_long_they_are(graphs):
    graph = graphs[120].copy()
    for i, node in enumerate(graph):
        graph.nodes[node]["department_name"] = f"{i % 30} Department of everything that nobody else would like to do"
        graph.nodes[node]["mood"] = ("extraordinarily cheerful " * 3) + str(i % 12)
        graph.nodes[node][LONG] = i
    for color in ("department", "mood", LONG):
        figure = draw(graph, color=color)
        judge(figure)
        assert "others" in told(figure)
        assert "…" in told(figure)


def test_odd_organizations_are_drawn():
    judge(draw(nx.DiGraph([("b", "a")])))
    chain = nx.path_graph(30, nx.DiGraph).reverse()
    judge(draw(chain))
    assert "(the last: and below)" in told(draw(chain))
    star = nx.DiGraph([(i, 0) for i in range(1, 400)])
    judge(draw(star))
    nx.set_node_attributes(star, {i: {"mood": None if i % 2 else -0.5 * i} for i in star})
    judge(draw(star, color="mood"))
    assert "not known" in told(draw(star, color="mood"))
    nx.set_node_attributes(star, 0.25, "mood")
    assert "the same everywhere" in told(draw(star, color="mood"))
    nx.set_node_attributes(star, False, "away")
    assert "nobody" in told(draw(star, color="away"))


def test_a_graph_without_its_head_is_drawn(lived):
    graph = lived.copy()
    graph.remove_nodes_from([node for node, level in lived.nodes(data="level") if level == 0])
    judge(draw(graph))


def test_ties_may_be_left_out(lived):
    figure = draw(lived, ties=False)
    judge(figure)
    assert "know" not in told(figure)
    assert "know" not in told(draw(reporting(lived)))


def test_it_draws_into_axes_of_ones_own(lived):
    figure = Figure(figsize=(14, 14))
    one, other = figure.subplots(2)
    assert draw(lived, ax=one) is figure
    assert draw(lived, other, color="stress") is figure
    assert not figure.texts


def test_the_same_graph_gives_the_same_figure(lived):
    def pixels(graph: nx.Graph) -> bytes:
        target = io.BytesIO()
        with style():
            draw(graph, color="stress").savefig(target, format="png", dpi=50)
        return target.getvalue()

    assert pixels(lived) == pixels(lived.copy())


# Colours


def lightness(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 116 * (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) ** (1 / 3) - 16


def test_kinds_have_colours_that_are_told_apart():
    found = kinds(MOST, lambda kind: [kind - 1, kind - 2])
    assert len(set(found)) == MOST
    apart = [np.linalg.norm(np.subtract(to_rgb(a), to_rgb(b))) for a, b in combinations(found, 2)]
    assert min(apart) > 0.12
    hue = {colour: i % len(KINDS) for i, colour in enumerate(found)}
    assert all(hue[a] != hue[b] for a, b in pairwise(found))


def test_neighbours_differ_in_hue():
    near = {0: [5], 5: [0], 6: [0, 1, 2, 3, 4, 5]}
    found = kinds(7, lambda kind: near.get(kind, []))
    assert found[0] != found[5]
    assert found[6] not in found[:6]


@pytest.mark.parametrize("scale", [WARM, COLD])
def test_steps_grow_darker_so_that_everybody_can_order_them(scale):
    light = [lightness(colour) for colour in scale]
    assert all(a - b > 5 for a, b in pairwise(light))


def test_steps_are_round_and_hold_every_value():
    values = np.array([0.11, 0.2, 0.28, 0.33, 0.47, np.nan])
    steps = even_steps(values)
    assert steps.bounds.tolist() == pytest.approx([0.2, 0.3, 0.4])
    assert len(set(steps.of(values))) == 5  # four steps, and grey
    wide = wide_steps(np.array([0.0, 0.12, 0.13, 0.3, 2.4]))
    assert wide.bounds.tolist() == [0.2, 0.5, 1, 2]
    assert wide.of(np.array([0.0, 0.2]), "#ffffff") == ["#ffffff", wide.colours[1]]


# True


@pytest.mark.parametrize("least", [0.5, 3, 20])
def test_boxes_of_a_level_lie_side_by_side_and_hold_the_right_people(least):
    graph = nx.bfs_tree(nx.random_labeled_rooted_tree(300, seed=5), 0)
    department = {node: node % 4 for node in graph}
    tree = tree_of(graph, department)
    code = np.array([department[node] for node in tree.nodes])
    values = np.random.default_rng(1).normal(size=len(graph))
    boxes = boxes_of(tree, code, least)
    means = part_means(tree, boxes, values)
    ends = sum(not graph.out_degree(node) for node in graph)
    taken = np.zeros((LEVELS, ends), int)
    for i in range(len(means)):
        people = [tree.nodes[row] for row in range(boxes.first[i], boxes.last[i])]
        if not boxes.merged[i]:
            assert set(people) == {people[0], *nx.descendants(graph, people[0])}
        assert means[i] == pytest.approx(np.mean([values[tree.nodes.index(one)] for one in people]))
        assert boxes.bottom[i] - boxes.top[i] == sum(not graph.out_degree(one) for one in people)
        assert boxes.merged[i] or boxes.bottom[i] - boxes.top[i] >= least
        taken[boxes.left[i] : boxes.right[i], boxes.top[i] : boxes.bottom[i]] += 1
    assert taken.max() == 1
    assert taken[0].min() == 1
    assert sum(stop - start for _, start, stop in runs(code, tree)) == ends


def test_densities_are_shares_of_pairs(lived):
    tree, known = reporting(lived), ties(lived)
    groups = groups_of(tree, 20)
    order = list(reversed(range(len(groups.names))))
    found = densities(known, groups, order)
    members = [[node for node in tree if groups.code[node] == group] for group in order]
    for a, b in combinations(range(len(order)), 2):
        share = np.mean([known.has_edge(x, y) for x in members[a] for y in members[b]])
        assert found[a, b] == found[b, a] == pytest.approx(100 * share)
        inside = [known.has_edge(*pair) for pair in combinations(members[a], 2)]
        assert found[a, a] == pytest.approx(100 * np.mean(inside))


# Answers


def test_what_cannot_be_drawn_is_answered(lived):
    with pytest.raises(ElbowroomError, match=r"color='stres': no node has this attribute. Did you mean 'stress'\?"):
        draw(lived, color="stres")
    for wrong in (nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a")]), nx.DiGraph([("c", "a"), ("c", "b")])):
        with pytest.raises(PeopleError, match="no tree of reporting lines.*from_graph"):
            draw(wrong)
    with pytest.raises(PeopleError, match="no people"):
        draw(nx.DiGraph())
    with pytest.raises(PeopleError, match="expected a networkx graph"):
        draw("organization")
