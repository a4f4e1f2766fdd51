"""Figure: measures of single runs month by month."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.measures.frames import monthly
from sim.reporting.months import MOST, below, name, panels
from sim.reporting.style import blank, series, style
from sim.running import Run
from sim.studies.wording import wording

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def courses(runs: Mapping[str, Run], measures: Sequence[str], group: str = "everyone", title: str = "") -> "Figure":
    """Measures month by month, a small panel for each, a line for each run."""
    frames = {label: monthly(run, group) for label, run in runs.items()}
    shown = [one for one in measures if all(one in frame for frame in frames.values())][:MOST]
    note = f"{group.replace('_', ' ').capitalize()}; one run each, luck included."
    with style():
        figure = blank(title or "Month by month", note)
        for panel, measure in zip(panels(figure, len(shown)), shown, strict=True):
            for place, (label, frame) in enumerate(frames.items()):
                drawn = {**series(place), "marker": "", "linewidth": 1.5}
                panel.plot(frame.index + 1, wording(measure).scale * frame[measure], label=label, **drawn)
            name(panel, measure, wording(measure).unit)
        below(figure, "months after the fork")
    return figure
