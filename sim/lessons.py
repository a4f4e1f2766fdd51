"""What the lessons in notebooks/ share: a rule as it stands in the source, figures of what many runs gave, a slider."""

import inspect
import io
import os
import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.compiling import source
from sim.errors import ElbowroomError
from sim.reporting.style import INK, SOFT, series, style
from sim.settings.parameters import parameters
from sim.studies.compare import Comparison
from sim.studies.estimates import Estimate, estimate
from sim.studies.wording import MINUS, wording

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TINY = "ELBOWROOM_TINY"  # set by tests that only see whether a lesson runs: two organizations, and no claim is held to
WIDTH, DPI, SHOWN = 9.0, 110, 800  # inches, dots an inch, pixels on the page
ROW, BEYOND_ROWS = 0.62, 1.35  # inches
COLOURS = 128  # in the palette of a picture
BINS = 20
LABEL = 30  # letters in a line of a label
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
            usual = f"{row['default']:.4g}" if isinstance(row["default"], float) else row["default"]
            usual = usual if row["choices"] or row["unit"] == "0-1" else f"{usual} {row['unit']}"
            lines.append(f"| `{row['name']}` | {usual} | {swept} | {row['description']} | {known} |")
    return Markdown("\n".join(lines))


def told(found: Estimate, unit: str = "", digits: int = 1) -> str:
    """A mean with its 95 % interval and n."""
    mean, low, high = (f"{round(value, digits) + 0.0:.{digits}f}".replace("-", MINUS)  # no minus before a nought
                       for value in (found.mean, found.low, found.high))  # fmt: skip
    return f"{mean}{f' {unit}' if unit else ''} ({low} to {high}, n = {found.n})"


def levels(found: Comparison, measure: str) -> dict[str, Any]:
    """A measure in each organization, in the unit it is told in: policy to numbers, the baseline among them."""
    table = _first(found).pivot(index="replicate", columns="policy", values=measure)
    return {name: wording(measure).scale * table[name] for name in (found.baseline, *found.policies)}


def changes(found: Comparison, *measures: str, policy: str = "") -> dict[str, Any]:
    """What a policy changes in each organization, in the unit it is told in: label of a measure to differences.

    The first policy unless another is named.
    """
    rows = {wording(measure).label: levels(found, measure) for measure in measures}
    return {label: each[policy or found.policies[0]] - each[found.baseline] for label, each in rows.items()}


def _first(found: Comparison) -> Any:
    """The runs in the first group and window of a comparison."""
    group, window = found.runs.group.iloc[0], found.runs.window.iloc[0]
    return found.runs[(found.runs.group == group) & (found.runs.window == window)]


def spread(
    values: Mapping[str, Any], title: str, axis: str, mine: float | None = None, digits: int = 1,
    limits: tuple[float, float] | None = None,
) -> Any:
    """What each organization gave, a dot for each, in a row for each label; and the mean with its 95 % interval.

    Parameters
    ----------
    values : label to one number for each organization
    axis : what the numbers are, with their unit
    mine : somebody's prediction, drawn as a line
    limits : of the axis, so that figures can be compared; by default what the numbers need
    """
    with style():
        figure, panel = _panel(BEYOND_ROWS + ROW * len(values), title)
        for at, given in enumerate(values.values()):
            numbers, look = np.asarray(given, float), series(at)
            sway = 0.24 * np.sin(2.4 * np.arange(len(numbers)))  # dots of equal values stay apart
            panel.plot(numbers, -at + sway, look["marker"], color=look["color"], alpha=0.45, markersize=5, linestyle="",
                       clip_on=False)
            found = estimate(numbers)
            panel.plot([found.low, found.high], [-at, -at], color=INK, linewidth=3, solid_capstyle="butt")
            panel.plot([found.mean], [-at], "|", color=INK, markersize=20, markeredgewidth=2.5)
            panel.annotate(told(found, digits=digits), (1.01, -at), xycoords=("axes fraction", "data"), va="center")
        panel.set(yticks=[-at for at in range(len(values))], ylim=(0.6 - len(values), 0.6), xlabel=axis)
        panel.set_yticklabels([textwrap.fill(label, LABEL) for label in values])
        panel.grid(visible=False, axis="y")
        panel.margins(x=0.08)
        if limits:
            panel.set_xlim(min(limits[0], mine or limits[0]), max(limits[1], 1.1 * (mine or 0)))
        if panel.get_xlim()[0] < 0 < panel.get_xlim()[1]:
            panel.axvline(0, color=SOFT, linewidth=1)
        _prediction(panel, mine)
    return picture(figure, f"{title}: " + "; ".join(f"{k}: {told(estimate(v), digits=digits)}"
                                                     for k, v in values.items()))  # fmt: skip


def shares(values: Mapping[str, Any], title: str, axis: str, mine: float | None = None) -> Any:
    """How a state from 0 to 1 is spread among people: the share of people at each level.

    Lines are means over organizations, bands their 95 % intervals.

    Parameters
    ----------
    values : label to a list that holds, for each organization, one number for each person
    mine : somebody's prediction, drawn as a line
    """
    with style():
        figure, panel = _panel(3.4, title)
        edges = np.linspace(0, 1, BINS + 1)
        for at, (label, given) in enumerate(values.items()):
            look = series(at)
            each = np.array([100 * np.histogram(people, edges)[0] / len(people) for people in given])
            found = [estimate(level) for level in each.T]
            panel.stairs([one.mean for one in found], edges, color=look["color"], linewidth=2.2, label=label,
                         linestyle=look["linestyle"])
            panel.stairs([one.high for one in found], edges, baseline=[one.low for one in found], fill=True,
                         color=look["color"], alpha=0.25)
        people = sum(map(len, given))
        panel.set(xlim=(0, 1), xlabel=axis, ylabel="% of people", ylim=(0, None))
        _prediction(panel, mine)
        panel.legend(title=f"n = {len(given)} organizations, {people:,} people", alignment="left")
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


def _panel(height: float, title: str) -> tuple["Figure", Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
    panel = figure.add_subplot()
    panel.set_title(title, loc="left", weight="bold", size=13)
    return figure, panel


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
