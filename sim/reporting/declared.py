"""What is declared, as Markdown for the pages in docs/: measures, settings, and named settings."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from sim.anatomy import phases
from sim.measures import MEASURES, Measure
from sim.settings.declare import GRADES, KINDS, is_group
from sim.settings.named import about, contents, names
from sim.settings.parameters import GROUPS, limits, parameters

COUNTING = "counting"  # comes after the month, and changes nothing
GOOD = {1: "more", -1: "less", 0: ""}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; what would end a cell is escaped."""
    head = list(head)
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| |") for row in (head, ["---"] * len(head), *cells))


# ------------------------------------------------------------------------------------------------------------ measures


def measures() -> str:
    """All measures by topic: a table for each file in which they are declared."""
    parts = []
    by_file = sorted(MEASURES.values(), key=_file)  # those of one file as they stand in it
    for module, members in groupby(by_file, _file):
        text = _topic(module)
        file = f"{module.replace('.', '/')}.py"
        rows = (
            (f"`{m.name}`", m.label, m.unit, m.definition, "yes" if m.by_group else "", GOOD[m.better]) for m in members
        )
        head = f"### {module.rpartition('.')[2].capitalize()}\n{text} Declared in [`{file}`](../{file})."
        parts.append(f"{head}\n\n{table(('measure', 'in words', 'unit', 'definition', 'groups', 'better'), rows)}")
    return "\n\n".join(parts)


def _file(measure: Measure) -> str:
    return measure.counted.__module__


def _topic(module: str) -> str:
    """What the head of a module says of its measures."""
    return " ".join((sys.modules[module].__doc__ or "").split())


# ------------------------------------------------------------------------------------------------------------ settings


def settings(top: str) -> str:
    """All settings below a group such as ``behaviour``: a table for each group in it, in the order of declaration."""
    parts = []
    for group, rows in groupby(_below(top), lambda row: row["name"].rpartition(".")[0]):
        members = list(rows)
        shown = [f"{_heading(group)}\n\n"] if group != top else []
        parts.append("".join([*shown, settings_table(members)]))
    return "\n\n".join(parts)


def settings_table(rows: list[Mapping[Any, Any]]) -> str:
    """Name, default, range and unit, meaning and source, kind and grade; the phases of a month that read each."""
    read = [", ".join(map(str, read_in().get(row["name"], ()))) for row in rows]
    head = ["setting", "default", "range, unit", "what it means", "kind, grade", "read in phase"]
    cells = [
        [f"`{row['name']}`", f"`{typed(row['default'])}`", _range(row), _meaning(row),
         ", ".join(filter(None, (row["kind"], row["grade"]))), where]
        for row, where in zip(rows, read, strict=True)
    ]  # fmt: skip
    return table(head, cells) if any(read) else table(head[:-1], (row[:-1] for row in cells))


def _below(top: str) -> Iterator[Mapping[Any, Any]]:
    return (row for row in parameters().to_dict("records") if row["name"].startswith(f"{top}."))


def _heading(group: str) -> str:
    """The group's own words, with a link to the phase of its name."""
    top, name = group.split(".")
    kind: Any = GROUPS[top].fields()[name].type
    assert is_group(kind)
    links = [f" [Phase {phase.place}](model.md#{phase.place}-{name})." for phase in phases() if phase.name == name]
    return f"### {name.capitalize()}\n`{group}`: {kind.__doc__}{''.join(links)}"


def _range(row: Mapping[Any, Any]) -> str:
    """Choices, or limits with the unit where that says more than they do."""
    if row["choices"]:
        return ", ".join(f"`{name}`" for name in row["choices"].split(", "))
    unit = "" if row["unit"] == "0-1" else row["unit"]
    return f"{limits(row)} ({unit})" if limits(row) and unit else limits(row) or unit


def _meaning(row: Mapping[Any, Any]) -> str:
    sourced = row["source"] and row["source"] != "assumption"
    return f"{row['description']}. *{row['source']}*" if sourced else str(row["description"])


def typed(value: Any) -> str:
    """A value as it is typed on the command line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, tuple | list):
        return f"[{','.join(map(typed, value))}]"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


@cache
def read_in() -> Mapping[str, list[int]]:
    """Setting to the phases of a month in which a rule reads it."""
    found: dict[str, list[int]] = {}
    for phase in phases():
        for path in phase.anatomy.settings if phase.name != COUNTING else ():
            found.setdefault(path, []).append(phase.place)
    return found


def grades() -> str:
    """How many settings of each kind rest on what evidence."""
    frame = parameters()
    count = Counter(zip(frame.kind, frame.grade, strict=True))
    shown = [kind for kind in KINDS if any(count[kind, grade] for grade in GRADES if grade)]
    graded = [grade for grade in GRADES if grade]
    rows = [[kind, *(str(count[kind, grade] or "") for grade in graded)] for kind in shown]
    return table(["kind", *graded], rows)


# ------------------------------------------------------------------------------------------------------ named settings


def named(group: str) -> str:
    """All named settings of a group: what their files say, and what they set."""
    rows = (
        (f"`{name}`", about(group, name), ", ".join(_set(contents(group, name))) or "nothing") for name in names(group)
    )
    return table((group, "what it is", "sets"), rows)


def _set(values: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _set(value, f"{path}{name}.")
        else:
            yield f"`{path}{name}={typed(value)}`"
