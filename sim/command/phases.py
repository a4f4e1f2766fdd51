"""`elbowroom phases`: what happens in a month, in which order, and what each part reads and changes."""

import inspect
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from sim.anatomy import Anatomy, Phase, anatomy, called, phases
from sim.compiling import calls, source
from sim.errors import nearest
from sim.month import PHASES

TALLIES = ("Census", "Flow")
BOOKKEEPING = (*TALLIES, "Counts", "Now", "World")
USAGE = "`elbowroom phases NAME` shows one phase or rule; with a field or a setting, where it is read and written."


def show_phases(words: list[str]) -> int:
    """Print all phases, or what is known about one phase, rule, field or setting."""
    console = Console()
    if not words:
        for phase in phases():
            console.print(overview(phase), highlight=False)
        console.print(USAGE, highlight=False)
        return 0
    for word in words:
        console.print(about(word), highlight=False)
    return 0


def about(word: str) -> Any:
    """One phase, one rule, or the places of a field or a setting."""
    for phase in phases():
        if word in (phase.name, str(phase.place)):
            return in_full(phase)
    rules = {source(rule).__name__: rule for phase in PHASES for rule in called(phase)}
    if word in rules:
        return one_rule(rules[word])
    places = places_of(word)
    if places.row_count:
        return places
    names = {column.partition(".")[2] for phase in phases() for column in phase.anatomy.reads | phase.anatomy.writes}
    settings = {path.rpartition(".")[2] for phase in phases() for path in phase.anatomy.settings}
    known = [*rules, *sorted(names | settings)]
    return f"No phase, rule, field or setting is called {word!r}.{nearest(word, known)} {USAGE}"


def overview(phase: Phase) -> Group:
    """A phase in a few lines."""
    levers = _paths(phase.anatomy, "policy.")
    groups = sorted({path.split(".")[1] for path in phase.anatomy.settings if path.startswith("behaviour.")})
    rows = {
        "levers": ", ".join(levers),
        "changes": _columns(phase.anatomy.writes, BOOKKEEPING),
        "chance": ", ".join(sorted(phase.anatomy.draws)),
        "parameters": f"{len(_paths(phase.anatomy, 'behaviour.'))} of {', '.join(groups)}" if groups else "",
        "rules": " ".join(source(rule).__name__ for rule in phase.rules[1:]),
    }
    return _listed(f"{phase.place:2} {phase.name}", phase.text, rows)


def in_full(phase: Phase) -> Group:
    """All about a phase: every column and parameter, and its rules, each with its place and its first sentence."""
    found = phase.anatomy
    rows = {
        "levers": ", ".join(_paths(found, "policy.")),
        "switches": ", ".join(_paths(found, "switches.")),
        "reads": _columns(found.reads, TALLIES),
        "changes": _columns(found.writes),
        "chance": ", ".join(sorted(found.draws)),
        "parameters": ", ".join(_paths(found, "behaviour.")),
        "": "",
        **{source(rule).__name__: _told(rule) for rule in phase.rules},
        "shared rules": " ".join(source(rule).__name__ for rule in phase.shared),
    }
    return _listed(f"{phase.place:2} {phase.name}", phase.text, rows)


def one_rule(rule: Any) -> Group:
    """All about a rule, and its source."""
    found, function = anatomy(rule), source(rule)
    callers = {source(r).__name__ for phase in PHASES for r in called(phase) if rule in calls(r).values()}
    rows = {
        "stands in": _place(rule),
        "phases": ", ".join(phase.name for phase in phases() if rule in phase.rules + phase.shared),
        "called by": " ".join(sorted(callers)),
        "calls": " ".join(source(callee).__name__ for callee in calls(rule).values()),
        "reads": _columns(found.reads),
        "changes": _columns(found.writes),
        "settings": ", ".join(sorted(found.settings)),
        "chance": ", ".join(sorted(found.draws)),
        "": "",
        "source": inspect.getsource(function).rstrip(),
    }
    return _listed(function.__name__, "", rows)


def places_of(word: str) -> Table:
    """Which phases read and write the fields and settings of this name."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("field or setting", "changed in", "read in"):
        table.add_column(column)
    columns = {column for phase in phases() for column in phase.anatomy.reads | phase.anatomy.writes}
    for column in sorted(c for c in columns if word in (c, c.partition(".")[2], c.partition(".")[0])):
        writers = [phase.name for phase in phases() if column in phase.anatomy.writes]
        readers = [phase.name for phase in phases() if column in phase.anatomy.reads]
        table.add_row(column, ", ".join(writers), ", ".join(readers))
    paths = {path for phase in phases() for path in phase.anatomy.settings}
    for path in sorted(p for p in paths if word in (p, *p.split("."))):
        table.add_row(path, "", ", ".join(phase.name for phase in phases() if path in phase.anatomy.settings))
    return table


def _listed(title: str, text: str, rows: dict[str, str]) -> Group:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for name, value in rows.items():
        if value or not name:
            table.add_row(f"   {name}", Text(value))
    return Group(Text(f"{title}  {text}", "bold"), table, "")


def _paths(found: Anatomy, start: str) -> list[str]:
    return sorted(path.removeprefix(start) for path in found.settings if path.startswith(start))


def _columns(columns: set[str], without: tuple[str, ...] = ()) -> str:
    """Columns by record; what is counted and not acted on comes last."""
    kinds: dict[str, list[str]] = {}
    for column in sorted(columns):
        record, _, name = column.partition(".")
        kinds.setdefault(record, []).append(name)
    shown = sorted(kinds.keys() - set(without), key=lambda record: (record in BOOKKEEPING, record))
    return "\n".join(f"{record}: {', '.join(kinds[record])}" for record in shown)


def _place(rule: Any) -> str:
    function = source(rule)
    file = Path(inspect.getfile(function))
    root = Path(__file__).resolve().parents[2]
    shown = file.relative_to(root) if file.is_relative_to(root) else file
    return f"{shown.as_posix()}:{function.__code__.co_firstlineno}"


def _told(rule: Any) -> str:
    text = (inspect.getdoc(source(rule)) or "").split("\n\n")[0].replace("\n", " ")
    return f"{text}  ({_place(rule)})" if text else f"({_place(rule)})"
