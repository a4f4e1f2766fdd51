"""The verb `report`: figures and a table for what `run`, `sweep` and `compare` return."""

import base64
import html
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__
from sim.errors import SettingsError
from sim.reporting import comparison
from sim.reporting.courses import courses
from sim.reporting.style import save
from sim.reporting.summaries import told, when
from sim.reporting.visited import figures, narrowed, parts, tables
from sim.running import Run
from sim.studies.compare import SHOWN, Comparison
from sim.studies.estimates import Estimate
from sim.studies.reading import measures_given
from sim.studies.record import commit, writing
from sim.studies.store import Store
from sim.studies.telling import sentences
from sim.studies.wording import decimals, number, runs, scaled, wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WIDTH = 900  # pixels of a figure in a notebook


@dataclass(frozen=True, repr=False)
class Report:
    """A table and figures. A notebook shows both; ``print`` the table; ``write`` puts all into a folder.

    Attributes
    ----------
    title : what was found out about what
    table : numbers, tidy
    shown : the same in words, to be read
    notes : sentences below the table
    figures : by the name of their files
    """

    title: str
    table: "pd.DataFrame"
    shown: "pd.DataFrame"
    notes: tuple[str, ...] = ()
    figures: "Mapping[str, Figure]" = field(default_factory=dict)

    def write(self, folder: str | Path) -> list[Path]:
        """Write ``table.csv``, and each figure as PNG and SVG; returns their paths."""
        place = Path(folder)
        about = {"version": f"elbowroom {__version__}", "commit": commit()}
        with writing(place, instead=""):
            self.table.to_csv(place / "table.csv", index=False)
            drawn = [save(one, place, name, {"title": self.title, **about}) for name, one in self.figures.items()]
        return [place / "table.csv", *(path for paths in drawn for path in paths)]

    def __str__(self) -> str:
        return "\n".join([self.title, "", self.shown.to_string(), "", *self.notes]).rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        drawn = "".join(_image(name, one) for name, one in self.figures.items())
        return f"<h3>{html.escape(self.title)}</h3>{self.shown.to_html()}{said}{drawn}"


def _image(name: str, figure: "Figure") -> str:
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=WIDTH / figure.get_figwidth())
    return f'<p><img alt="{name}" src="data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"></p>'


def report(
    found: Any, folder: str | Path | None = None, measures: Sequence[str] | str = SHOWN,
    against: Mapping[str, Any] | None = None, window: str = "all", group: str = "everyone",
) -> Report:
    """Figures and a table for what `run`, `sweep` or `compare` returned.

    Parameters
    ----------
    found : a run, or several by name; the frame of a sweep, its store or folder; or a comparison
    folder : where to write the table (CSV) and the figures (PNG and SVG); without one nothing is written
    measures : which are shown, for runs and sweeps; a comparison has its own
    against : values of what a sweep varies, such as ``{"policy.market.time_cap": 0}``: then differences from these
        points are shown, paired inside replicates; else levels
    window, group : when and of whom, for sweeps

    Examples
    --------
    >>> import sim
    >>> world = sim.build({"size": 60, "burn_in": 12}, "lively")
    >>> found = sim.report({name: sim.run(name, world, months=12) for name in ("open_opps", "red_tape")})
    >>> list(found.figures)
    ['months']
    """
    names = measures_given(measures)
    if isinstance(found, Comparison):
        made = _of_comparison(found)
    elif isinstance(found, Run):
        made = _of_runs({"run": found}, names, group)
    elif isinstance(found, Mapping) and found and all(isinstance(one, Run) for one in found.values()):
        made = _of_runs(found, names, group)
    else:
        made = _of_study(_frame(found), names, against, {"window": window, "group": group})
    if folder is not None:
        made.write(folder)
    return made


def _frame(found: Any) -> "pd.DataFrame":
    """The rows of a study."""
    import pandas as pd

    if isinstance(found, str | Path):
        file = Path(found) / "summary.parquet"  # as `elbowroom run` and `cap` leave it
        found = pd.read_parquet(file) if file.is_file() else Store(found)
    if isinstance(found, Store):
        found = found.table()
    if not isinstance(found, pd.DataFrame) or not {"replicate", "group", "window"} <= set(found.columns):
        raise SettingsError(
            f"report was given {type(found).__name__}: expected what sim.run, sim.sweep or sim.compare returned, or a "
            "study's folder."
        )
    return found


def _of_comparison(found: Comparison) -> Report:
    import pandas as pd

    rows = []
    for window, group in comparison.places(found):
        for label, unit, level, cells in comparison.rows(found, window, group):
            texts = dict(zip(found.policies, (cell.text for cell in cells), strict=True))
            rows.append({"": f"{label}, {unit}", "window": window, "group": group, found.baseline: level, **texts})
    shown = pd.DataFrame(rows).set_index("")
    some = shown.drop(columns=[name for name in ("window", "group") if shown[name].nunique() == 1])
    title = f"{', '.join(found.policies)} against {found.baseline}"
    said = tuple(line.strip() for line in sentences(found))
    return Report(title, found.effects, some, said, comparison.figures(found))


def _of_study(
    frame: "pd.DataFrame", measures: Sequence[str], against: Mapping[str, Any] | None, cut: Mapping[str, str]
) -> Report:
    """A row for each point: levels, or differences from some of them."""
    rows = narrowed(frame, measures, **cut)
    table, shown = tables(rows, against)
    levers, _ = parts(rows)
    kind = f"differences from {told(against)}, paired inside replicates" if against else "levels"
    note = f"{when(**cut).capitalize()}; {kind}; {runs(str(rows.replicate.nunique()), None)}; ± 95 % of each alone."
    title = f"Response to {', '.join(levers)}" if levers else "One point"
    return Report(title, table, shown, (note,), dict(figures(rows, against, cut)))


def _of_runs(found: Mapping[str, Run], measures: Sequence[str], group: str) -> Report:
    """Measures over all months and each year of single runs: what happened once, without intervals."""
    import pandas as pd

    from sim.measures.frames import summary

    frame = pd.concat([summary(run).assign(run=name) for name, run in found.items()], ignore_index=True)
    frame = frame[frame.group == group]
    table = frame.melt(["run", "group", "window"], [name for name in measures if name in frame], "measure")
    whole = table[table.window == "all"].pivot(index="measure", columns="run", values="value")
    whole = whole.loc[[name for name in measures if name in whole.index], list(found)]
    shown = whole.apply(lambda row: row.map(lambda value: _told(value, str(row.name))), axis=1)
    shown.index = pd.Index([f"{wording(name).label}, {wording(name).unit}" for name in whole.index], name="")
    months = max(len(run.flow) for run in found.values())
    note = "One run each: what happened once, luck included. Compare replicates to tell what a policy does."
    title = f"{', '.join(found)}: {months} months, {group.replace('_', ' ')}"
    return Report(title, table, shown.rename_axis(columns=None), (note,), {"months": courses(found, measures, group)})


def _told(value: float, measure: str) -> str:
    found = scaled(Estimate(value, math.nan, math.nan, 1), wording(measure).scale)
    return number(found.mean, decimals(found)) if not math.isnan(value) else "–"
