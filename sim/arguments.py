"""Finding the arguments of a rule, given whom it is about: records are copied, so that nothing is changed."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

from sim.compiling import calls, source
from sim.draws import Decision, uniform
from sim.errors import ElbowroomError, nearest
from sim.judging import tie_strength, value_to_team
from sim.records import NONE, Circle, Department, Employee, Executive, Need, Now, Project, Request, Seat, Unit
from sim.rows import Rows
from sim.tallies import Flow
from sim.world import World, copied

LUCK = "luck_in_"


class Binder:
    """Finds the arguments of a rule, given whom it is about."""

    def __init__(self, rule: Any, about: Any, given: Mapping[str, Any]) -> None:
        self.rule, self.about, self.given, self.model = rule, about, dict(given), about.model
        self.world: World = about.model.world
        self.hints = get_type_hints(source(rule))
        self.row = self._row()
        names = list(inspect.signature(source(rule)).parameters)
        if unknown := [name for name in given if name not in names]:
            hint = nearest(unknown[0], names)
            raise ElbowroomError(f"{source(rule).__name__} takes no {unknown[0]!r}.{hint} It takes {', '.join(names)}.")
        self.names = names

    def _row(self) -> int:
        """The row of the person it is about; NONE for the leadership."""
        if "Request" in type(self.about).__name__:
            return int(self.about.record.asker)
        return int(self.about.row) if "person" in (self.about.record.dtype.names or ()) else NONE

    def arguments(self) -> dict[str, Any]:
        found = {name: self.given[name] if name in self.given else self._found(name) for name in self.names}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            raise ElbowroomError(
                f"{source(self.rule).__name__}.explain({self.about!r}) cannot tell {' and '.join(missing)}: "
                f"give {', '.join(f'{name}=...' for name in missing)}."
            )
        return found

    def _found(self, name: str) -> Any:
        kind = self.hints.get(name)
        if kind is World:
            return copied(self.world)
        if kind is Now:
            return self.world.now
        if kind is Flow:
            return _copy(self.world.flow, self.world.now.month - self.world.now.first - 1)
        if kind is Executive:
            return _copy(self.world.leadership, 0)
        if is_terms(kind):
            return self._terms_of(kind)
        if self.row == NONE:
            return None
        if isinstance(kind, type) and issubclass(kind, Rows):
            return self._record(kind, name)
        return self._value(name)

    def _terms_of(self, kind: Any) -> Any:
        """Terms that another rule weighs."""
        other = finder(self.rule, kind)
        return other and self.model.ask(other, *Binder(other, self.about, {}).arguments().values())

    def _record(self, kind: type, name: str) -> Any:
        world, employee = self.world, self.world.staff[self.row]
        unit = self._unit()
        request = self._request()
        project = int(request.project) if request is not None else int(employee.option)
        if kind is Employee:
            row = int(world.units[unit].manager) if name == "manager" else self.row
            return None if row == NONE else _copy(world.staff, row)
        if kind is Unit:
            return _copy(world.units, int(world.units[unit].parent) if name == "above" else unit)
        if kind is Department:
            return _copy(world.departments, int(world.units[unit].department))
        rows = {Circle: (world.circles, self.row), Seat: (world.seats, int(employee.seat))}
        if project != NONE:
            rows |= {Project: (world.projects, project), Need: (world.needs, int(world.projects[project].need))}
        if kind is Request and request is not None:
            return request.copy()
        return _copy(*rows[kind]) if kind in rows else None

    def _unit(self) -> int:
        """The unit somebody works in; of a manager, that which is led, unless the rule is about one person."""
        employee = self.world.staff[self.row]
        about_one = Employee in self.hints.values() or "Request" in type(self.about).__name__
        return int(employee.unit) if about_one or employee.leads == NONE else int(employee.leads)

    def _request(self) -> Any:
        row = int(self.world.staff[self.row].request)
        return None if row == NONE else self.world.requests[row]

    def _value(self, name: str) -> Any:
        """Plain numbers that follow from who it is; `luck_in_leaving` is what this person draws for that decision."""
        world, employee = self.world, self.world.staff[self.row]
        if name.startswith(LUCK) and name.removeprefix(LUCK) in Decision.__members__:
            decision = int(Decision[name.removeprefix(LUCK)])
            return float(self.model.ask(uniform, int(employee.person), world.now, decision, 0))
        unit, now, request = world.units[employee.unit], world.now, self._request()
        project = int(request.project) if request is not None else int(employee.option)
        values = {
            "row": self.row, "family": int(employee.family), "tenure": float(now.month - employee.hired),
            "peers": float(unit.peers), "load": float(employee.load), "key": int(employee.person),
        }  # fmt: skip
        if name == "value":
            return float(self.model.ask(value_to_team, employee, unit, now))
        if request is not None:
            values |= {"key": int(request.key)}
        if project != NONE:
            posting = world.projects[project]
            elsewhere = posting.department != employee.department
            tie = self.model.ask(tie_strength, world.circles[self.row], int(posting.poster))
            values |= {"project": project, "elsewhere": bool(elsewhere), "tie": float(tie),
                       "share": float(world.needs[posting.need].share)}
        return values.get(name)

    def terms(self) -> Iterator[tuple[Any, Any]]:
        """Rules that find the named terms which this one weighs (returns, is handed, or asks for), and the terms."""
        for rule in {source(rule): rule for rule in (self.rule, *calls(self.rule).values(), *self._handed())}.values():
            if not is_terms(get_type_hints(source(rule)).get("return")):
                continue
            given = {k: v for k, v in self.given.items() if k in inspect.signature(source(rule)).parameters}
            try:
                yield rule, self.model.ask(rule, *Binder(rule, self.about, given).arguments().values())
            except ElbowroomError:  # it does not follow from whom it is about
                continue

    def _handed(self) -> list[Any]:
        """The rules that find the terms which this one is handed."""
        found = [finder(self.rule, kind) for name, kind in self.hints.items() if name != "return" and is_terms(kind)]
        return [rule for rule in found if rule]


def is_terms(kind: Any) -> bool:
    """Whether a type is that of named terms."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields") and kind is not World


def finder(rule: Any, kind: Any) -> Any:
    """The rule, of those that stand beside this one, that finds terms of this kind; None if there is none."""
    beside = vars(inspect.getmodule(source(rule)))
    for other in beside.values():
        if hasattr(other, "explain") and get_type_hints(source(other)).get("return") is kind:
            return other
    return None


def _copy(table: Any, row: int) -> Any:
    return table[row : row + 1].copy()[0]
