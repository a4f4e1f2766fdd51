"""What the lessons in notebooks/ share: a rule as it stands in the source, figures of what many runs gave, a slider."""

import inspect
import io
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.compiling import source
from sim.errors import ElbowroomError
from sim.reporting.style import INK, SOFT, series, style
from sim.settings.parameters import parameters
from sim.studies.estimates import Estimate, estimate
from sim.studies.wording import MINUS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TINY = "ELBOWROOM_TINY"  # set by tests that only see whether a lesson runs: two organizations, and no claim is held to
WIDTH, DPI, SHOWN = 9.0, 110, 800  # inches, dots an inch, pixels on the page
ROW, BEYOND_ROWS = 0.62, 1.35  # inches
COLOURS = 128  # in the palette of a picture
BINS = 20
GRADES = {"A": "field experiment", "B": "measured", "C": "survey or single case", "D": "assumption"}


def replicates(number: int) -> int:
    """How many organizations a lesson takes: the number given."""
    return 2 if os.environ.get(TINY) else number


def claim(sentence: str, holds: Any) -> None:
    """The lesson's claim: an error where it does not hold."""
    if not holds and not os.environ.get(TINY):
        raise AssertionError(f"does not hold: {sentence}")
    print(f"{'Holds' if holds else 'Does not hold'}: {sentence}")


def show(*rules: Any) -> Any:
    """Rules as they stand in the source, with file and line."""
    from IPython.display import Markdown

    written = []
    for function in map(source, rules):
        place = f"{function.__module__.replace('.', '/')}.py, line {function.__code__.co_firstlineno}"
        written.append(f"`{place}`\n```python\n{inspect.getsource(function).rstrip()}\n```\n")
    return Markdown("\n".join(written))


def evidence(*names: str) -> Any:
    """Parameters, by the end of their names, with default, range, and how surely each is known."""
    from IPython.display import Markdown

    table = parameters()
    lines = ["| parameter | default | swept over | what it is | evidence |", "|---|---|---|---|---|"]
    for name in names:
        rows = table[table.name.str.endswith(f".{name}") | (table.name == name)]
        if not len(rows):
            raise ElbowroomError(f"{name}: no parameter has a name that ends so; sim.parameters() lists them all.")
        for row in rows.to_dict("records"):
            grade = f"{row['grade']}, {GRADES[row['grade']]}" if row["grade"] in GRADES else ""
            known = grade if row["source"] in ("", "assumption") else f"{grade} ({row['source']})"
            swept = row["choices"] or f"{row['low']:g} to {row['high']:g}"
            usual = row["default"] if row["choices"] else f"{row['default']} {row['unit']}"
            lines.append(f"| `{row['name']}` | {usual} | {swept} | {row['description']} | {known} |")
    return Markdown("\n".join(lines))


def told(found: Estimate, unit: str = "", digits: int = 1) -> str:
    """A mean with its 95 % interval and n."""
    mean, low, high = (f"{value:.{digits}f}".replace("-", MINUS) for value in (found.mean, found.low, found.high))
    return f"{mean}{f' {unit}' if unit else ''} ({low} to {high}, n = {found.n})"


def spread(
    values: Mapping[str, Any], title: str, axis: str, mine: float | None = None, digits: int = 1, zero: bool = False
) -> Any:
    """What each organization gave, a dot for each, in a row for each label; and the mean with its 95 % interval.

    Parameters
    ----------
    values : label to one number for each organization
    axis : what the numbers are, with their unit
    mine : somebody's prediction, drawn as a line
    zero : whether 0 stands for no difference and is marked
    """
    from matplotlib.figure import Figure

    with style():
        figure = Figure(figsize=(WIDTH, BEYOND_ROWS + ROW * len(values)), dpi=DPI, layout="constrained")
        panel = figure.add_subplot()
        for at, given in enumerate(values.values()):
            numbers, look = np.asarray(given, float), series(at)
            sway = 0.24 * np.sin(2.4 * np.arange(len(numbers)))  # dots of equal values stay apart
            panel.plot(numbers, -at + sway, look["marker"], color=look["color"], alpha=0.45, markersize=5, linestyle="")
            found = estimate(numbers)
            panel.plot([found.low, found.high], [-at, -at], color=INK, linewidth=3, solid_capstyle="butt")
            panel.plot([found.mean], [-at], "|", color=INK, markersize=20, markeredgewidth=2.5)
            panel.annotate(told(found, digits=digits), (1.01, -at), xycoords=("axes fraction", "data"), va="center")
        panel.set(yticks=[-at for at in range(len(values))], ylim=(0.6 - len(values), 0.6), xlabel=axis)
        panel.set_yticklabels(list(values))
        panel.grid(visible=False, axis="y")
        panel.margins(x=0.08)
        if zero:
            panel.axvline(0, color=SOFT, linewidth=1)
        _prediction(panel, mine)
        panel.set_title(title, loc="left", weight="bold", size=13)
    return picture(figure, f"{title}: " + "; ".join(f"{k}: {told(estimate(v), digits=digits)}"
                                                     for k, v in values.items()))  # fmt: skip


def shares(values: Mapping[str, Any], title: str, axis: str, who: str = "people", mine: float | None = None) -> Any:
    """How a state from 0 to 1 is spread among people: of each label, the share of people at each level.

    Parameters
    ----------
    values : label to one number for each person
    mine : somebody's prediction, drawn as a line
    """
    from matplotlib.figure import Figure

    with style():
        figure = Figure(figsize=(WIDTH, 3.4), dpi=DPI, layout="constrained")
        panel = figure.add_subplot()
        for at, (label, given) in enumerate(values.items()):
            numbers, look = np.asarray(given, float), series(at)
            count, edges = np.histogram(numbers, BINS, (0, 1))
            name = f"{label} (n = {len(numbers):,})"
            panel.stairs(100 * count / len(numbers), edges, color=look["color"], linewidth=2.2, label=name,
                         linestyle=look["linestyle"], fill=False)
        panel.set(xlim=(0, 1), xlabel=axis, ylabel=f"% of {who}", ylim=(0, None))
        _prediction(panel, mine)
        panel.legend()
        panel.set_title(title, loc="left", weight="bold", size=13)
    return picture(figure, title)


def slider(name: str, value: float, low: float, high: float, step: float) -> Any:
    """A slider that tells its value when it is let go, since each value takes a run."""
    widgets = _widgets()
    kind = widgets.IntSlider if isinstance(step, int) else widgets.FloatSlider
    return kind(
        value=value, min=low, max=high, step=step, description=name, continuous_update=False,
        style={"description_width": "initial"}, layout=widgets.Layout(width="520px"),
    )  # fmt: skip


def try_out(function: Callable[..., Any], **sliders: Any) -> None:
    """Sliders above what a function of them shows, which is made anew when one is let go."""
    _widgets().interact(function, **sliders)


def _widgets() -> Any:
    try:
        import ipywidgets
    except ImportError:
        raise ElbowroomError("sliders need ipywidgets: pip install 'elbowroom[lessons]'") from None
    return ipywidgets


def _prediction(panel: Any, mine: float | None) -> None:
    if mine is not None:
        panel.axvline(mine, color=INK, linestyle=(0, (4, 3)), linewidth=1.5)
        panel.annotate("your prediction", (mine, 1), xycoords=("data", "axes fraction"), xytext=(4, -2),
                       textcoords="offset points", va="top", size=11)  # fmt: skip


def picture(figure: "Figure", alt: str) -> Any:
    """A figure as a small PNG that every viewer of notebooks shows: its few colours are listed once."""
    from IPython.display import Image
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image as Pixels

    out = io.BytesIO()
    with style():
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    pixels = Pixels.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    pixels.quantize(COLOURS, dither=Pixels.Dither.NONE).save(out, "PNG", optimize=True)
    return Image(out.getvalue(), width=SHOWN, alt=alt)
