"""Where things stand on the slide of an organization, in inches, and how wide texts are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.reporting.hues import SIZE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAD, FOOT = 0.5, 0.72  # inches above and below
ROW_LEAST, ROW_MOST = 0.205, 0.42  # inches: height of a department's row
STRIP, GAP, FLOW = 0.1, 0.05, 0.5  # inches: departments at the edge of the icicle, and the way to their rows
NUMBER, COUNT, NAME = 0.36, 0.62, 2.6  # inches: columns of a row; the widest name


class Page(NamedTuple):
    """Where things stand, in inches from the lower left.

    Attributes
    ----------
    icicle, rows, counts, matrix, right : right edge of the icicle, left edge of rows, of their numbers and of the
        matrix, right edge of all
    bottom, top : of the icicle
    first, row : top of the first row, and height of each
    """

    icicle: float
    rows: float
    counts: float
    matrix: float
    right: float
    bottom: float
    top: float
    first: float
    row: float


def most_rows(ax: "Axes") -> int:
    """Departments for which there is room."""
    return max(1, int((ax.get_ylim()[1] - HEAD - FOOT) / ROW_LEAST))


def page_of(
    ax: "Axes", heading: str, names: Sequence[str], is_number: bool, has_kinds: bool, with_ties: bool
) -> Page:
    """Ties need a square, names a line; the icicle takes what is left."""
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    bottom, top, rows = FOOT + 0.23 * has_kinds, height - HEAD, len(names)  # a key of kinds may take three lines
    row = min(ROW_MOST, (top - bottom) / rows)
    matrix = width - with_ties * row * rows
    counts = matrix - (1 + is_number) * COUNT - with_ties * 0.2
    left = counts - min(NAME, max(wide(name) for name in [*names, f"{heading}   "])) - NUMBER - 0.1
    first = top - max(0.0, top - bottom - row * rows) / 2
    return Page(left - FLOW - STRIP - GAP, left, counts, matrix, width, bottom, top, first, row)


def wide(text: str) -> float:
    """Width of a text in inches, with a little to spare; the same on whatever it is drawn later."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=SIZE), False)
    return float(width) / 72 + 0.04


def shortened(text: str, width: float) -> str:
    """A text that takes no more than so many inches."""
    cuts = (text[:length].rstrip() + "…" for length in range(len(text) - 1, 0, -1))
    return text if wide(text) <= width + 0.001 else next((cut for cut in cuts if wide(cut) <= width), "…")
