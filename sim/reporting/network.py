"""Figure: an organization on one slide, whatever its size: who reports to whom, and who knows whom.

At the left an icicle of the reporting tree, coloured by anything that is known of people. In the middle the departments
by name. At the right how dense ties are within and between them.
"""

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import networkx as nx
import numpy as np

from sim.people.graph import reporting
from sim.people.graph import ties as ties_in
from sim.records import NONE
from sim.reporting.groups import Groups, Shown, densities, groups_of, shown
from sim.reporting.hues import NOBODY, NOTHING, OTHER, SIZE, STEP, even_steps, key, kinds, ladder, minus, wide_steps
from sim.reporting.icicle import LEVELS, Boxes, Tree, boxes_of, commonest, part_means, runs, tree_of
from sim.reporting.places import COUNT, GAP, NUMBER, STRIP, Page, most_rows, page_of, shortened, wide
from sim.reporting.style import GRID, SOFT, blank, style
from sim.rows import Floats, Ints

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST = 0.026  # inches: the lowest box, four pixels of a slide
PLAIN = ("#8c8c8c", "#b8b8b8")  # departments in turn, where colours tell something else


class Slide(NamedTuple):
    """What is drawn.

    Attributes
    ----------
    tree, boxes, groups, what : people in order, how they are drawn, their departments, what colours tell
    code : (n,) department of each person
    order : departments from top to bottom
    colours : of the departments, by their code
    """

    tree: Tree
    boxes: Boxes
    groups: Groups
    what: Shown
    code: Ints
    order: list[int]
    colours: list[str]


def draw(
    graph: nx.Graph, ax: "Axes | None" = None, color: str = "department", ties: bool = True, leads: bool = False
) -> "Figure":
    """Draw an organization: `draw(organization.graph, color="stress")`.

    Parameters
    ----------
    graph : an organization's graph, or any that `from_graph` takes
    ax : where to draw; a slide of its own if not given. It needs about 12 × 6 inches.
    color : an attribute of nodes. A box shows the mean of a number, or the share of a yes, over a person and everybody
        below; of words, such as grades, that of the person.
    ties : draw how dense ties are within and between departments, if the graph has any
    leads : for a graph of one's own, whether its directed edges run from managers to reports

    Returns
    -------
    Figure. The same graph gives the same figure. Boxes that would be lower than a few pixels are drawn together.
    """
    reports = reporting(graph, leads)
    known = ties_in(graph).subgraph(reports)
    # A tree alone has ties too, those of reporting lines: of who knows whom it tells nothing.
    with_ties = ties and any(a not in reports[b] and b not in reports[a] for a, b in known.edges)
    with style():
        figure = cast(Any, ax.figure) if ax is not None else blank("", "")
        place = ax if ax is not None else figure.add_axes((0.02, 0.02, 0.96, 0.81))
        width, height = (side / figure.dpi for side in place.get_window_extent().size)
        place.set(xlim=(0, width), ylim=(0, height))
        place.set_axis_off()
        groups = groups_of(reports, most_rows(place))
        tree = tree_of(reports, groups.code)
        what = shown(reports, tree.nodes, color, (tree.bottom - tree.top).tolist())
        page = page_of(place, groups.heading, groups.names, what.is_number, bool(what.kinds), with_ties)
        slide = _slide(tree, groups, what, page)
        _icicle(place, page, slide)
        _ways(place, page, slide)
        _rows(place, page, slide)
        if with_ties:
            _matrix(place, page, densities(known, groups, slide.order))
        if ax is None:
            _tell(figure, reports, page, slide, with_ties)
    return figure


def _slide(tree: Tree, groups: Groups, what: Shown, page: Page) -> Slide:
    code: Ints = np.array([groups.code[node] for node in tree.nodes])
    boxes = boxes_of(tree, code, LEAST * int(tree.bottom.max()) / (page.top - page.bottom))
    order = _order(code, tree, groups)
    row = np.argsort(order)
    above = np.where(tree.parent < 0, code, code[tree.parent])
    touching = {(a, b) for a, b in zip(row[code].tolist(), row[above].tolist(), strict=True) if a != b}

    def near(one: int) -> list[int]:
        return [one - 1, one - 2, *(b for a, b in touching if a == one), *(a for a, b in touching if b == one)]

    hues = kinds(len(order), near)
    colours = [hues[i] for i in row.tolist()]
    if not what.is_department:
        colours = [PLAIN[i % 2] for i in row.tolist()]
    elif groups.has_rest:
        colours[-1] = OTHER
    return Slide(tree, boxes, groups, what, code, order, colours)


def _order(code: Ints, tree: Tree, groups: Groups) -> list[int]:
    """Departments by where most of their people stand in the icicle; the small ones together come last."""
    number = len(groups.names)
    last = number - 1 if groups.has_rest else NONE
    middle = (tree.top + tree.bottom) / 2
    best = {group: (start + stop) / 2 for group, start, stop in
            sorted(runs(code, tree), key=lambda run: run[2] - run[1])}  # fmt: skip
    return sorted(range(number), key=lambda group: (group == last, best.get(group, middle[code == group].min())))


# Drawing


def _icicle(ax: "Axes", page: Page, slide: Slide) -> None:
    """Boxes, with white between them where they are high enough, and how many people stand on each level."""
    from matplotlib.collections import PolyCollection

    boxes, what = slide.boxes, slide.what
    label = shortened(_capital(what.label), 0.58 * page.right)
    if what.is_department:
        fills = [slide.colours[one] for one in commonest(boxes, slide.code).tolist()]
    elif what.kinds:
        fills = [what.colours[one] for one in commonest(boxes, what.values.astype(np.int64)).tolist()]
        names = [shortened(name, 2.2) for name in what.kinds]
        key(ax, label, list(zip(what.colours, names, strict=True)), 0.6 * page.right,
            loc="upper left", bbox_to_anchor=(0, page.bottom - 0.12), bbox_transform=ax.transData)  # fmt: skip
    else:
        means = part_means(slide.tree, boxes, what.values)
        steps = even_steps(means)
        fills = steps.of(means, NOBODY if what.is_share else "")
        extra = [(NOBODY, "nobody")] * (what.is_share and bool((means == 0).any()))
        extra += [(OTHER, "not known")] * bool(np.isnan(means).any())
        if not len(steps.bounds) and np.nanmax(means, initial=0.0) > 0:
            extra = [(steps.colours[0], "the same everywhere"), *extra]
        ladder(ax, label, steps, 0, page.bottom - 0.12, extra)
    columns = int(boxes.right.max())
    width, high = page.icicle / columns, _height(page, slide)
    corners = [_corners(left * width, right * width, page.top - top * high, page.top - bottom * high)
               for left, right, top, bottom in zip(boxes.left, boxes.right, boxes.top, boxes.bottom, strict=True)]
    lines = np.clip(0.1 * 72 * high * (boxes.bottom - boxes.top), 0.0, 0.7)
    ax.add_collection(PolyCollection(corners, facecolors=fills, edgecolors="white", linewidths=lines))
    level = np.minimum(slide.tree.level, columns - 1)
    for column, people in enumerate(np.bincount(level).tolist()):
        number = f"{people:,}" if wide(f"{people:,}") < 0.95 * width else f"{people / 1000:.2g}k"
        ax.text((column + 0.5) * width, page.top + 0.06, number, ha="center", va="bottom", size=SIZE, color=SOFT)
    deep = " (the last: and below)" if slide.tree.level.max() >= LEVELS else ""
    ax.text(0, page.top + 0.28, f"People on each level{deep}", va="bottom", size=SIZE, color=SOFT)


def _height(page: Page, slide: Slide) -> float:
    """Inches for each person who leads nobody."""
    return (page.top - page.bottom) / int(slide.tree.bottom.max())


def _corners(left: float, right: float, top: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def _ways(ax: "Axes", page: Page, slide: Slide) -> None:
    """From where the people of a department stand to its row."""
    from matplotlib.collections import PolyCollection

    high, row = _height(page, slide), {group: i for i, group in enumerate(slide.order)}
    stretches = runs(slide.code, slide.tree)
    people, used, left = np.zeros(len(row)), np.zeros(len(row)), page.icicle + GAP
    for group, start, stop in stretches:
        people[group] += stop - start
    t = np.linspace(0, 1, 24)
    x, ease = left + STRIP + t * (page.rows - left - STRIP), t * t * (3 - 2 * t)
    strips, ways = [], []
    for group, start, stop in stretches:
        top, bottom = page.top - start * high, page.top - stop * high
        strips.append(_corners(left, left + STRIP, top, bottom))
        share = 0.8 * page.row / people[group]
        end = page.first - (row[group] + 0.1) * page.row - used[group] * share
        used[group] += stop - start
        upper, lower = top + ease * (end - top), bottom + ease * (end - share * (stop - start) - bottom)
        ways.append([*zip(x, upper, strict=True), *zip(x[::-1], lower[::-1], strict=True)])
    colours = [slide.colours[group] for group, _, _ in stretches]
    ax.add_collection(PolyCollection(strips, facecolors=colours, linewidths=0))
    ax.add_collection(PolyCollection(ways, facecolors=colours, alpha=0.3, linewidths=0))


def _rows(ax: "Axes", page: Page, slide: Slide) -> None:
    """Number, name and people of each department, and its mean or share."""
    what, groups, known = slide.what, slide.groups, np.isfinite(slide.what.values)
    look: dict[str, Any] = {"va": "center_baseline", "size": SIZE}
    for i, group in enumerate(slide.order):
        y, inside = page.first - (i + 0.5) * page.row, slide.code == group
        ax.add_patch(_square(page.rows, y - 0.4 * page.row, 0.08, 0.8 * page.row, slide.colours[group]))
        ax.text(page.rows + NUMBER, y, str(i + 1), ha="right", color=SOFT, **look)
        name = shortened(groups.names[group], page.counts - page.rows - NUMBER - 0.1)
        ax.text(page.rows + NUMBER + 0.1, y, name, **look)
        ax.text(page.counts + COUNT, y, f"{inside.sum():,}", ha="right", **look)
        if what.is_number and (inside & known).any():
            mean = what.values[inside & known].mean()
            ax.text(page.counts + 2 * COUNT, y, _short(mean, what), ha="right", **look)
    y = page.first + 0.06
    look = {"va": "bottom", "size": SIZE, "color": SOFT}
    ax.text(page.rows + NUMBER + 0.1, y, _capital(groups.heading), **look)
    ax.text(page.counts + COUNT, y, "people", ha="right", **look)
    if what.is_number:
        ax.text(page.counts + 2 * COUNT, y, "%" if what.is_share else "mean", ha="right", **look)


def _matrix(ax: "Axes", page: Page, density: Floats) -> None:
    """A square for each pair of departments, numbered as the rows are."""
    from matplotlib.collections import PolyCollection

    side, number = page.row, len(density)
    steps = wide_steps(density)
    squares = [_corners(page.matrix + b * side, page.matrix + (b + 1) * side, page.first - a * side,
                        page.first - (a + 1) * side) for a in range(number) for b in range(number)]  # fmt: skip
    fills = steps.of(density.ravel(), NOTHING)
    ax.add_collection(PolyCollection(squares, facecolors=fills, edgecolors=GRID, linewidths=0.6))
    for i in range(number):
        ax.text(page.matrix + (i + 0.5) * side, page.first + 0.06, str(i + 1), ha="center", va="bottom",
                size=10 if number > 9 else SIZE, color=SOFT)  # fmt: skip
    extra = [(NOTHING, "none")] * bool((density == 0).any()) + [(OTHER, "no pair")] * bool(np.isnan(density).any())
    title = "Pairs of people who know each other (%)"
    left = page.right - max(len(steps.colours) * STEP + 1.1 * len(extra), wide(title))
    ladder(ax, title, steps, min(page.matrix, left), page.bottom - 0.12, extra)


def _tell(figure: "Figure", graph: nx.DiGraph, page: Page, slide: Slide, with_ties: bool) -> None:
    """Title, and how to read the figure."""
    what, month = slide.what, graph.graph.get("month")
    least = LEAST / _height(page, slide)
    lowest = "a single person" if least <= 1 else f"about {least:.0f} people" if least > 1.5 else "one or two people"
    title = "Who reports to whom, and who knows whom" if with_ties else "Who reports to whom"
    when = f", month {month}" if month is not None else ""
    if what.is_department:
        colour = "Colours: as named beside."
    elif what.kinds:
        colour = "Colours: of who leads the box, or of most in it."
    else:
        colour = f"Colours: {'share' if what.is_share else 'mean'} over everybody in the box."
    right = " Right: who knows whom, within and between rows (columns have the rows' numbers)." if with_ties else ""
    figure.texts[0].set_text(f"{title}: {graph.number_of_nodes():,} people{when}")
    figure.texts[1].set_text(
        f"Left: a box is a person and everybody below, who stand to the right of it. Lowest boxes: {lowest}.\n"
        f"{colour}{right}"
    )


def _square(x: float, y: float, width: float, height: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, facecolor=colour, linewidth=0)


def _short(mean: float, what: Shown) -> str:
    digits = 0 if abs(mean) >= 100 else 1 if what.is_share or abs(mean) >= 10 else 2
    return minus(f"{mean:.{digits}f}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
