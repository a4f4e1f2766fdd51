"""A comparison as tables: for the terminal and as Markdown, with its figures."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.reporting import money
from sim.reporting.forest import forest
from sim.reporting.months import by_month
from sim.reporting.style import save
from sim.reporting.tables import MISSING, Cell, cell
from sim.studies.record import writing
from sim.studies.telling import estimate_of, is_told, sentences
from sim.studies.wording import number, runs, wording

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import Group

    from sim.studies.compare import Comparison

ALONE = "°"  # told apart alone, but not among all that is shown
NOTE = f"{ALONE} told apart by its own interval, but not among all effects that were read (Holm, 5 %)."
Row = tuple[str, str, str, tuple[Cell, ...]]


def rows(found: "Comparison", window: str, group: str) -> Iterator[Row]:
    """A row for each measure: label, unit, level under the baseline, and a cell for each policy."""
    here = found.effects[(found.effects.window == window) & (found.effects.group == group)]
    for measure, some in here.groupby("measure", sort=False):
        words, by_policy = wording(str(measure)), {row.policy: row for row in some.itertuples()}
        level = some.level.mean() * words.scale
        cells = tuple(_cell(by_policy.get(name), found.replicates) for name in found.policies)
        yield words.label, words.change, _level(level, some), cells


def _level(level: float, some: Any) -> str:
    """To the digits that the effects have."""
    places = 2 if abs(level) < 10 else 1 if abs(level) < 100 else 0
    return number(level, places) if some.n.max() else MISSING


def _cell(row: Any, replicates: int) -> Cell:
    if row is None:
        return Cell(MISSING, is_unclear=True)
    drawn = cell(estimate_of(row), replicates)
    return drawn if drawn.is_unclear or is_told(row) else Cell(f"{drawn.text}{ALONE}", is_unclear=True)


def places(found: "Comparison") -> list[tuple[str, str]]:
    """Window and group of each table."""
    return list(found.effects[["window", "group"]].drop_duplicates().itertuples(index=False, name=None))


def title(found: "Comparison", window: str, group: str) -> str:
    """``Effects against open_opps: all 60 months, everyone``."""
    when = f"all {found.months} months" if window == "all" else window
    return f"Effects against {found.baseline}: {when}, {group.replace('_', ' ')}"


def shown(found: "Comparison") -> "Group":
    """For a terminal."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[Any] = []
    for window, group in places(found):
        table = Table(title=title(found, window, group), title_justify="left", title_style="bold", pad_edge=False,
                      box=box.SIMPLE_HEAD)
        table.add_column("")
        for name in (found.baseline, *found.policies):
            table.add_column(name, justify="right", overflow="fold")
        for label, unit, level, cells in rows(found, window, group):
            drawn = (Text(one.text, style="dim italic" if one.is_unclear else "") for one in cells)
            table.add_row(Text.assemble(label, (f", {unit}", "dim")), Text(level, style="dim"), *drawn)
        parts.append(table)
    parts.append(Text("\n".join([*said(found), *_note(found), ""]), style="dim"))
    return Group(*parts, money.shown(found.money, found.turns, found.prices, found.baseline))


def said(found: "Comparison") -> list[str]:
    """What stands below the tables: how sure, how it ended, what the same luck saved."""
    return [line for line in sentences(found) if not line.startswith("  ")]


def _note(found: "Comparison") -> list[str]:
    alone = (found.effects.p < 0.05) & (found.effects.p_adjusted >= 0.05)
    return [NOTE] if alone.any() else []


def markdown(found: "Comparison") -> str:
    """The same with the sentences."""
    parts = [f"# {', '.join(found.policies)} against {found.baseline}",
             "\n".join(f"- {line.strip()}" for line in sentences(found))]
    for window, group in places(found):
        lines = [["", found.baseline, *found.policies], ["---", *["---:"] * (1 + len(found.policies))]]
        for label, unit, level, cells in rows(found, window, group):
            lines.append([f"{label}, {unit}", level, *(f"*{c.text}*" if c.is_unclear else c.text for c in cells)])
        parts += [f"## {title(found, window, group)}", "\n".join(_line(line) for line in lines)]
    account = money.markdown(found.money, found.turns, found.prices, found.baseline)
    return "\n\n".join([*parts, *_note(found), account]) + "\n"


def _line(texts: list[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def counted(found: "Comparison") -> str:
    """``n = 16 organizations``."""
    return runs(str(found.replicates), None, found.is_one)


def write(found: "Comparison", folder: Path, about: Mapping[str, str]) -> list[Path]:
    """Tables (effects, by month, certificate, partings), the answer, and figures; returns their paths."""
    with writing(folder):
        found.effects.to_csv(folder / "effects.csv", index=False)
        found.effects.to_parquet(folder / "effects.parquet", index=False)
        found.by_month.to_parquet(folder / "by-month.parquet", index=False)
        found.money.to_csv(folder / "money.csv", index=False)
        found.certificate.to_csv(folder / "certificate.csv", index=False)
        found.partings.to_csv(folder / "partings.csv", index=False)
        text, origin = folder / "answer.md", "\n".join(f"- {key}: {value}" for key, value in about.items())
        text.write_text(f"{markdown(found)}\n## Where this comes from\n\n{origin}\n", encoding="utf-8")
        drawn = figures(found)
        paths = [path for name, one in drawn.items() for path in save(one, folder, name, {"title": name, **about})]
    return [text, *paths]


def figures(found: "Comparison") -> "dict[str, Figure]":
    """Effects with their intervals, and month by month, by the name of their files."""
    count = counted(found)
    return {"effects": forest(found.effects, found.baseline, count),
            "months": by_month(found.by_month, found.baseline, count)}  # fmt: skip
