"""How settings are declared: once, with unit, range, source and grade, for validation, records, tables and docs alike.

A group of settings is a frozen dataclass whose fields come from `setting`; `@settings` checks every value when the
group is made and derives the NumPy layout under which rules read it. Choices are `IntEnum`s: text outside, integers
in records.
"""

import dataclasses
import math
from collections.abc import Iterator, Mapping
from enum import IntEnum
from types import UnionType
from typing import TYPE_CHECKING, Any, Self, TypeVar, get_args, get_origin

import numpy as np

from sim.errors import SettingsError, nearest

KINDS = ("lever", "fixed", "calibrated", "swept", "switch", "spec", "scenario")
GRADES = ("A", "B", "C", "D", "")
T = TypeVar("T")
NUMPY = {float: "f8", int: "i8", bool: "?"}


@dataclasses.dataclass(frozen=True)
class Declared:
    """What is known about one setting."""

    text: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    source: str = ""
    grade: str = "D"
    kind: str = "swept"


def setting(default: Any, text: str, **known: Any) -> Any:
    """Declare one setting: its default, what it means, and unit, low, high, source, grade, kind."""
    declared = Declared(text, **known)
    assert declared.kind in KINDS, text
    assert declared.grade in GRADES, text
    if isinstance(default, type):
        return dataclasses.field(default_factory=default, metadata={"declared": declared})
    return dataclasses.field(default=default, metadata={"declared": declared})


def group(kind: type, text: str) -> Any:
    """Declare a group of settings inside another."""
    return dataclasses.field(default_factory=kind, metadata={"declared": Declared(text, grade="", kind="spec")})


def settings(cls: type[T]) -> type[T]:
    """Turn a class of declarations into a frozen, validated dataclass with a record layout (`dtype`)."""
    cls.__post_init__ = _check  # type: ignore[attr-defined]
    made: Any = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    columns = [(f.name, layout) for f in dataclasses.fields(made) if (layout := _layout(f.type)) is not None]
    made.dtype = np.dtype(columns, align=True) if columns else None
    return made  # type: ignore[no-any-return]


class Settings:
    """What every group of settings can do."""

    dtype: Any

    if TYPE_CHECKING:  # values are checked when they are given, by their declarations

        def __init__(self, **values: Any) -> None: ...

    @classmethod
    def fields(cls) -> dict[str, dataclasses.Field[Any]]:
        return {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]

    @classmethod
    def made(cls, values: Mapping[str, Any], where: str = "") -> Self:
        """Make the group from nested mappings; one message names every unknown name and every bad value."""
        faults: list[str] = []
        result = cls._gather(values, where or cls.__name__.lower(), faults)
        if faults or result is None:
            raise SettingsError("\n".join(faults))
        return result

    @classmethod
    def _gather(cls, values: Mapping[str, Any], where: str, faults: list[str]) -> Self | None:
        known, given = cls.fields(), {}
        if not isinstance(values, Mapping):
            faults.append(f"{where} is a group of settings ({', '.join(known)}), not {values!r}.")
            return None
        for name, value in values.items():
            if name not in known:
                faults.append(f"{where} has no setting {name!r}.{nearest(str(name), known)} It has {', '.join(known)}.")
            elif is_group(known[name].type):
                given[name] = (
                    value
                    if isinstance(value, known[name].type)  # type: ignore[arg-type]
                    else known[name].type._gather(value, f"{where}.{name}", faults)  # type: ignore[union-attr]
                )
            else:
                try:
                    given[name] = value_of(known[name], value, f"{where}.{name}")
                except SettingsError as fault:
                    faults.append(str(fault))
        return None if faults else cls(**given)

    def changed(self, path: str, value: Any) -> Self:
        """A copy with one setting changed, named by its dotted path inside the group: ``market.time_cap``."""
        head, _, rest = path.partition(".")
        if head not in self.fields():
            raise SettingsError(
                f"{type(self).__name__.lower()} has no setting {head!r}.{nearest(head, self.fields())} "
                f"It has {', '.join(self.fields())}."
            )
        held = getattr(self, head)
        if rest and not isinstance(held, Settings):
            raise SettingsError(f"{head} is a single setting and has none inside it, so there is no {path!r}.")
        inner = held.changed(rest, value) if rest else value
        return dataclasses.replace(self, **{head: inner})  # type: ignore[type-var]

    def at(self, path: str) -> Any:
        """The value of one setting, named by its dotted path inside the group."""
        head, _, rest = path.partition(".")
        value = getattr(self, head)
        return value.at(rest) if rest else value

    def plain(self) -> dict[str, Any]:
        """Nested dictionaries of plain values, as they stand in a configuration file."""
        return {name: _plain(getattr(self, name)) for name in self.fields()}

    def row(self) -> tuple[Any, ...]:
        """The values in the order of `dtype`, nested as it is."""
        values = (getattr(self, name) for name in self.dtype.names)
        return tuple(value.row() if isinstance(value, Settings) else value for value in values)

    @classmethod
    def walk(cls, where: str = "") -> Iterator[tuple[str, dataclasses.Field[Any], Declared]]:
        """Every single setting below this group: dotted path, field, declaration."""
        for name, field in cls.fields().items():
            path = f"{where}.{name}" if where else name
            if is_group(field.type):
                yield from field.type.walk(path)  # type: ignore[union-attr]
            else:
                yield path, field, field.metadata["declared"]


def is_group(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Settings)


def _layout(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return "i8"
    return kind.dtype if is_group(kind) else NUMPY.get(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, Settings):
        return value.plain()
    return value.name if isinstance(value, IntEnum) else value


def _check(group: Settings) -> None:
    for name, field in group.fields().items():
        where, value = f"{type(group).__name__.lower()}.{name}", getattr(group, name)
        if not is_group(field.type):
            object.__setattr__(group, name, value_of(field, value, where))
        elif not isinstance(value, field.type):  # type: ignore[arg-type]
            raise SettingsError(f"{where} = {value!r}: expected a group of settings, not a single value.")


def value_of(field: dataclasses.Field[Any], value: Any, where: str) -> Any:
    """The value in its own type, or a `SettingsError` that says what was expected."""
    declared: Declared = field.metadata["declared"]
    kind: Any = field.type
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return _choice(kind, value, where)
    if kind is bool:
        if not isinstance(value, bool):
            raise SettingsError(f"{where} = {value!r}: expected true or false.")
        return value
    if kind in (int, float):
        return _number(kind, declared, value, where)
    return _words(kind, value, where)


def _words(kind: Any, value: Any, where: str) -> Any:
    """Text, a list, or named values: whatever is no number and no choice."""
    allowed = get_args(kind) if isinstance(kind, UnionType) else (get_origin(kind) or kind,)
    if tuple in allowed and isinstance(value, list | tuple):
        return tuple(value)
    if (value is None and type(None) in allowed) or (isinstance(value, str) and str in allowed):
        return value
    if dict in allowed and isinstance(value, Mapping):
        return dict(value)
    expected = "a list" if tuple in allowed else "named values" if dict in allowed else "text"
    raise SettingsError(f"{where} = {value!r}: expected {expected}.")


def _choice(kind: type[IntEnum], value: Any, where: str) -> IntEnum:
    if isinstance(value, kind):
        return value
    names = [member.name for member in kind]
    if value is None:  # YAML reads an unquoted `null` so; `none` is a word and arrives as text
        value = "none"
    if value in names:
        return kind[value]
    raise SettingsError(f"{where} = {value!r}: expected one of {', '.join(names)}.{nearest(str(value), names)}")


def _number(kind: type, declared: Declared, value: Any, where: str) -> Any:
    unit = f" ({declared.unit})" if declared.unit else ""
    low, high = declared.low, declared.high
    limits = f"{'any number' if low is None else f'{low:g}'}{'' if high is None else f' to {spelled(high)}'}{unit}"
    number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    finite = number and value not in (math.inf, -math.inf) and value == value
    if not finite or (kind is int and value != int(value)):
        raise SettingsError(f"{where} = {value!r}: expected a {'whole ' if kind is int else ''}number, {limits}.")
    if (low is not None and value < low) or (high is not None and value > high):
        raise SettingsError(f"{where} = {value!r}: outside its range, {limits}.")
    return kind(value)


def spelled(limit: float) -> str:
    """A limit of a range, as people write it."""
    return f"{limit:,.0f}" if limit >= 10_000 else f"{limit:g}"
