"""One look for all figures, and how they are saved with their provenance."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SLIDE = (40 / 3, 7.5)  # inches, 16:9
DPI = 150
INK, SOFT, GRID = "#1a1a1a", "#595959", "#d9d9d9"
# Okabe and Ito (2008), a palette that colour-blind people tell apart; the two of the main job, blue and orange, also
# differ in lightness, so that they stay apart in grey print.
COLOURS = {"none": "#009E73", "tickbox": "#0072B2", "form": "#E69F00", "chain": "#CC79A7"}
LINES: tuple[Any, ...] = ((0, (1, 1.2)), (0, (5, 1.5)), "solid", (0, (5, 1.5, 1, 1.5)))
MARKERS = ("o", "^", "s", "D")
SEVERAL = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")  # Okabe and Ito, those that show on white
SEVERAL_MARKERS = (*MARKERS, "v", "P")
SEVERAL_LINES: tuple[Any, ...] = ("solid", *LINES[1::2], LINES[0], (0, (8, 2)), (0, (3, 1, 1, 1, 1, 1)))
STYLE: dict[str, Any] = {
    "figure.figsize": SLIDE, "figure.dpi": DPI, "figure.facecolor": "white", "font.family": "DejaVu Sans",
    "font.size": 12, "text.color": INK, "axes.titlesize": 12, "axes.labelsize": 12, "axes.labelcolor": INK,
    "axes.edgecolor": SOFT, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.8,
    "axes.grid": True, "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.7,
    "xtick.labelsize": 12, "ytick.labelsize": 12, "xtick.color": SOFT, "ytick.color": SOFT, "xtick.labelcolor": INK,
    "ytick.labelcolor": INK, "legend.fontsize": 12, "legend.frameon": False, "lines.linewidth": 2,
    "lines.markersize": 6, "axes.unicode_minus": True, "svg.fonttype": "path", "svg.hashsalt": "elbowroom",
}


@contextmanager
def style() -> Iterator[None]:
    """Inside, figures are made and drawn in the common look; settings outside are left as they were."""
    import matplotlib

    usual: Any = {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
    with matplotlib.rc_context(usual | STYLE):
        yield


def blank(title: str, note: str) -> "Figure":
    """An empty slide with a title above and a line below that says what is drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=SLIDE, dpi=DPI)
    FigureCanvasAgg(figure)
    figure.text(0.02, 0.965, title, size=20, weight="bold", va="top")
    figure.text(0.02, 0.905, note, size=13, color=SOFT, va="top", linespacing=1.3)
    return figure


def save(figure: "Figure", folder: str | Path, name: str, about: Mapping[str, str]) -> list[Path]:
    """Write the figure as PNG and SVG, both with its provenance inside.

    Parameters
    ----------
    figure : a figure made inside `style()`
    folder : made if it is not there
    name : the files' name, without ending
    about : what to write into the files, such as title, version, command and seed; text chunks of the PNG, and the
        description in the SVG's metadata

    Returns
    -------
    The two paths. The same figure and `about` give the same bytes: no date, no random names.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = [Path(folder) / f"{name}.{ending}" for ending in ("png", "svg")]
    title = about.get("title", name)
    described = "\n".join(f"{key}: {value}" for key, value in about.items())
    with style():
        figure.savefig(paths[0], dpi=DPI, metadata={"Software": "Elbowroom", "Title": title, **about})
        figure.savefig(paths[1], metadata={"Date": None, "Creator": "Elbowroom", "Title": title,
                                           "Description": described})
    return paths


def look(permissions: list[str], leaderships: list[str], permission: str, leadership: str) -> dict[str, Any]:
    """Colour by permission, line and marker by leadership: never by colour alone."""
    spare = [colour for name, colour in COLOURS.items() if name not in permissions]
    colour = COLOURS.get(permission) or spare[permissions.index(permission) % len(spare)]
    at = leaderships.index(leadership)
    return {"color": colour, "linestyle": LINES[at % len(LINES)], "marker": MARKERS[at % len(MARKERS)]}


def series(at: int) -> dict[str, Any]:
    """One of several lines: told apart by colour, marker and dashes; after six they begin anew."""
    kinds = {"color": SEVERAL, "marker": SEVERAL_MARKERS, "linestyle": SEVERAL_LINES}
    return {name: some[at % len(some)] for name, some in kinds.items()}
