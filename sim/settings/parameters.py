"""Everything that may be set, as one table."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from sim.settings.behaviour import Behaviour
from sim.settings.declare import Declared, Settings, spelled
from sim.settings.organization import OrganizationSpec
from sim.settings.policy import Policy
from sim.settings.prices import Prices
from sim.settings.scenario import Scenario
from sim.settings.study import CapStudy, LawStudy, SweepStudy
from sim.settings.switches import Switches

if TYPE_CHECKING:
    import pandas as pd

GROUPS: dict[str, type[Settings]] = {
    "policy": Policy,
    "behaviour": Behaviour,
    "switches": Switches,
    "scenario": Scenario,
    "org": OrganizationSpec,
    "prices": Prices,
    "study": CapStudy,
    "laws": LawStudy,
}
STUDIES: dict[str, type[Settings]] = {"sweep": SweepStudy}  # studies of commands that have more to ask


def groups(command: str = "") -> dict[str, type[Settings]]:
    """The groups of settings of a command."""
    return {**GROUPS, "study": STUDIES.get(command, CapStudy)}


def defaults(command: str = "") -> dict[str, Any]:
    """Every setting at its default, as nested dictionaries of plain values."""
    return {name: group().plain() for name, group in groups(command).items()}


def known(command: str = "") -> dict[str, Any]:
    """Dotted path to declared field, for every setting of a command, or of all."""
    return {path: field for path, field, _ in _walk(command)}


def _walk(command: str = "") -> Iterator[tuple[str, Any, Declared]]:
    """Every setting of a command, or of all: what several studies share stands there once."""
    here = {row[0]: row for name, group in groups(command).items() for row in group.walk(name)}
    more = () if command else (row for study in STUDIES.values() for row in study.walk("study"))
    yield from here.values()
    yield from (row for row in more if row[0] not in here)


def parameters() -> "pd.DataFrame":
    """Everything that may be set.

    Returns
    -------
    DataFrame with one row for each setting: name (dotted path), kind (lever, fixed, calibrated, swept, switch, spec,
    scenario),
    default, unit, low, high, choices, source, grade (A field experiment, B data, C survey or single case, D
    assumption) and description.
    """
    import pandas as pd

    return pd.DataFrame([_row(*row) for row in _walk()])


def _row(path: str, field: Any, declared: Declared) -> dict[str, Any]:
    choices = ", ".join(m.name for m in field.type) if _is_choice(field.type) else ""
    default = field.default if not callable(field.default_factory) else field.default_factory()
    return {
        "name": path,
        "kind": declared.kind,
        "default": default.name if isinstance(default, IntEnum) else default,
        "unit": declared.unit or ("choice" if choices else "yes or no" if field.type is bool else ""),
        "low": declared.low,
        "high": declared.high,
        "choices": choices,
        "source": declared.source or ("assumption" if declared.grade == "D" else ""),
        "grade": declared.grade,
        "description": declared.text,
    }


def limits(row: Mapping[Any, Any]) -> str:
    """The choices of a setting, or the limits of its number."""
    limited = row["high"] is not None and row["high"] == row["high"]
    return row["choices"] or (f"{spelled(row['low'])} to {spelled(row['high'])}" if limited else "")


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, IntEnum)
