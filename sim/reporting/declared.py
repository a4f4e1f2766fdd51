"""What is declared, as Markdown for the pages in docs/: measures, settings, and named settings."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from sim.anatomy import phases
from sim.measures import MEASURES
from sim.settings.declare import GRADES, KINDS, is_group
from sim.settings.named import about, contents, names
from sim.settings.parameters import GROUPS, limits, parameters

COUNTING = "counting"  # comes after the month, and changes nothing
GOOD = {1: "more", -1: "less", 0: ""}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table, without columns in which nothing stands; what would end a cell is escaped."""
    columns = [column for column in zip(head, *rows, strict=True) if any(column[1:])]
    first, *others = ([cell.replace("|", "\\|") for cell in row] for row in zip(*columns, strict=True))
    return "\n".join(f"| {' | '.join(row)} |" for row in (first, ["---"] * len(columns), *others))


# ------------------------------------------------------------------------------------------------------------ measures

TOPICS = dict.fromkeys(measure.counted.__module__.rpartition(".")[2] for measure in MEASURES.values())


def measures(topic: str) -> str:
    """The measures of one file: what its head says, and a table."""
    file = f"sim/measures/{topic}.py"
    module = sys.modules[f"sim.measures.{topic}"]
    rows = (
        (f"`{m.name}`", m.label, m.unit, m.definition, "yes" if m.by_group else "", GOOD[m.better])
        for m in MEASURES.values() if m.counted.__module__ == module.__name__
    )  # fmt: skip
    text = " ".join((module.__doc__ or "").split())
    shown = table(("measure", "in words", "unit", "definition", "groups", "better"), rows)
    return f"{text} Declared in [`{file}`](../{file}).\n\n{shown}"


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
    cells = (
        (f"`{row['name']}`", f"`{typed(row['default'])}`", _range(row), _meaning(row),
         ", ".join(filter(None, (row["kind"], row["grade"]))), _spans(read_in().get(row["name"], [])))
        for row in rows
    )  # fmt: skip
    return table(("setting", "default", "range, unit", "what it means", "kind, grade", "read in phase"), cells)


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


def _spans(places: list[int]) -> str:
    """``3-9, 17``."""
    runs = groupby(enumerate(places), lambda pair: pair[1] - pair[0])
    ends = ([place for _, place in run] for _, run in runs)
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in ends)


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
