"""Colours of kinds and of amounts, for figures with many of them, and the keys that explain them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.rows import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito (2008) without black; once more darker, and once more lighter, where there are more than seven kinds.
KINDS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
SHADES = (0.0, -0.35, 0.5)
OTHER = "#b3b3b3"
MOST = len(KINDS) * len(SHADES)
# ColorBrewer: steps that differ in lightness above all, so that everybody can order them.
WARM = ("#fee391", "#fec44f", "#fe9929", "#d95f0e", "#7f2704")
COLD = ("#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c", "#08264d")
NOTHING = "#ffffff"
NOBODY = "#e4e4e4"  # among warm steps, on white
EDGE = "#8c8c8c"
SIZE = 11  # points
STEP = 0.56  # inches: a step in a key


class Steps(NamedTuple):
    """Amounts in steps, each with its colour.

    Attributes
    ----------
    bounds : where each step but the first begins
    colours : one more than bounds
    """

    bounds: Floats
    colours: tuple[str, ...]

    def of(self, values: Floats, nothing: str = "") -> list[str]:
        """The colour of each value; grey where there is none, `nothing` (if given) at 0."""
        step = np.searchsorted(self.bounds, values, side="right").tolist()
        colours = [self.colours[i] if known else OTHER for i, known in zip(step, np.isfinite(values), strict=True)]
        return [nothing if nothing and value == 0 else one for one, value in zip(colours, values, strict=True)]


def kinds(number: int, near: Callable[[int], Sequence[int]]) -> list[str]:
    """A colour for each of several kinds, all different; those near each other differ in hue.

    Parameters
    ----------
    number : at most `MOST`
    near : numbers of the kinds next to one
    """
    hue: list[int] = []
    for kind in range(number):
        around = [hue[other] for other in near(kind) if 0 <= other < kind]
        free = [h for h in range(len(KINDS)) if hue.count(h) < len(SHADES)]
        hue.append(min(free, key=lambda h: (around.count(h), hue.count(h), h)))
    return [_shade(KINDS[h], SHADES[hue[:kind].count(h)]) for kind, h in enumerate(hue)]


def even_steps(values: Floats) -> Steps:
    """At most five steps of the same round width, over nearly all of the values."""
    from matplotlib.ticker import MaxNLocator

    known = values[np.isfinite(values)]
    if not len(known):
        return Steps(np.zeros(0), (OTHER,))
    low, high = np.quantile(known, [0.02, 0.98])
    ticks = MaxNLocator(len(WARM), steps=[1, 2, 2.5, 5, 10]).tick_values(low, high) if high > low else []
    bounds = np.array([tick for tick in ticks if low < tick < high])
    return Steps(bounds, _spread(WARM, len(bounds) + 1))


def wide_steps(values: Floats) -> Steps:
    """Steps that about double, at 1, 2 and 5 times a power of ten, for amounts that differ many times over."""
    some = values[np.isfinite(values) & (values > 0)]
    if not len(some):
        return Steps(np.zeros(0), (NOTHING,))
    powers = range(int(np.floor(np.log10(some.min()))), int(np.ceil(np.log10(some.max()))) + 1)
    ladder = np.array([float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5)])
    bounds = ladder[(ladder > np.quantile(some, 0.03)) & (ladder < some.max())][-(len(COLD) - 1):]
    return Steps(bounds, _spread(COLD, len(bounds) + 1))


def key(ax: "Axes", title: str, kinds: Sequence[tuple[str, str]], width: float, **place: Any) -> None:
    """A key of kinds, each with its colour and name, in as few rows as fit into `width` inches."""
    from matplotlib.legend import Legend
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=colour, edgecolor=EDGE, linewidth=0.5) for colour, _ in kinds]
    look: dict[str, Any] = {
        "alignment": "left", "borderpad": 0, "fontsize": SIZE, "title_fontsize": SIZE, "handlelength": 1,
        "frameon": False, "handletextpad": 0.4, "columnspacing": 0.9, "borderaxespad": 0, "labelspacing": 0.3,
    }  # fmt: skip
    figure: Any = ax.figure
    for columns in range(len(handles), 0, -1):
        legend = Legend(ax, handles, [label for _, label in kinds], title=title, ncols=columns, **look, **place)
        legend.set_figure(figure)
        if legend.get_window_extent().width <= width * figure.dpi:
            break
    ax.add_artist(legend)


def ladder(ax: "Axes", title: str, steps: Steps, x: float, top: float, extra: Sequence[tuple[str, str]] = ()) -> None:
    """A key of amounts: a row of squares with numbers at the bounds, and kinds such as *not known* behind it.

    Parameters
    ----------
    x, top : of the left end, in the units of the axes, inches
    """
    from matplotlib.patches import Rectangle

    ax.text(x, top, title, va="top", size=SIZE)
    y = top - 0.36
    colours = steps.colours if len(steps.bounds) else ()  # one colour alone is told among the kinds
    for i, colour in enumerate(colours):
        ax.add_patch(Rectangle((x + i * STEP, y), STEP, 0.14, facecolor=colour, edgecolor=EDGE, linewidth=0.5))
    for i, bound in enumerate(steps.bounds.tolist()):
        ax.text(x + (i + 1) * STEP, y - 0.03, minus(f"{bound:.10g}"), ha="center", va="top", size=SIZE)
    x += len(colours) * STEP + 0.2 * bool(colours)
    for colour, label in extra:
        ax.add_patch(Rectangle((x, y), 0.14, 0.14, facecolor=colour, edgecolor=EDGE, linewidth=0.5))
        ax.text(x + 0.2, y + 0.07, label, va="center_baseline", size=SIZE)
        x += 0.35 + 0.09 * len(label)


def minus(number: str) -> str:
    """A number with a minus sign instead of a hyphen."""
    return number.replace("-", "−")


def _spread(scale: Sequence[str], number: int) -> tuple[str, ...]:
    """So many colours of a scale, evenly from its light to its dark end."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    colours = LinearSegmentedColormap.from_list("", scale)
    return tuple(to_hex(colours(at)) for at in (np.linspace(0, 1, number) if number > 1 else [0.5]))


def _shade(colour: str, by: float) -> str:
    """Lighter for a positive share of the way to white, darker for a negative one to black."""
    from matplotlib.colors import to_hex, to_rgb

    end = 1.0 if by > 0 else 0.0
    red, green, blue = (part + (end - part) * abs(by) for part in to_rgb(colour))
    return to_hex((red, green, blue))
