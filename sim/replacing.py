"""Own rules: any rule of the model replaced by a function of one's own, without touching the package.

Only what calls a replaced rule is built anew; all else stays compiled. Where Numba cannot compile the replacement, the
phases that call it run as plain Python, which is slower and gives the same results.
"""

import inspect
import runpy
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import CellType, FunctionType
from typing import Any

import numba
from numba.core.errors import NumbaError

from sim.compiling import PLAIN, Unkeepable, allocating, calls, is_lean, is_rule, outside, rule, source
from sim.errors import ElbowroomError
from sim.month import PHASES, by_phase, months
from sim.world import World

Maker = Callable[[FunctionType], Any]
MAKERS: tuple[Maker, ...] = (rule, allocating)  # rules that make no arrays are the faster ones


class RuleError(ElbowroomError):
    """A rule cannot be replaced in this way."""


class RuleWarning(UserWarning):
    """A replaced rule works, at a price."""


class Rules:
    """The rules of a run: the package's own, and replacements for some of them.

    Parameters
    ----------
    replaced : what is replaced (a rule of the package), and by what: a function of as many arguments. It may call any
        rule; where it calls the one that it replaces, that one is meant as it was.

    Examples
    --------
    >>> from sim import Rules
    >>> from sim.mechanisms.asking import courage
    >>> def shy(motives):
    ...     return courage(motives) - 1.0
    >>> rules = Rules({courage: shy})
    """

    def __init__(self, replaced: Mapping[Any, Callable[..., Any]] | None = None) -> None:
        self.replaced = {source(old): new for old, new in (replaced or {}).items()}
        for old, new in self.replaced.items():
            _refuse_misfit(old, new)
        self.file = ""  # that they come from, if they come from one
        self._built: dict[Any, Any] = {}
        self._twins = {maker: Twins(self.replaced, maker) for maker in (*MAKERS, None)}
        self._building = threading.RLock()
        self._warned = False

    def __reduce__(self) -> Any:
        """Other processes get the model's own rules, or read the same file."""
        if self.replaced and not self.file:
            raise RuleError(
                "Rules that stand in no file cannot be sent to other processes: write them to a file that defines "
                "`rules = Rules({theirs: yours})` and name it, or use threads."
            )
        return _kept_rules, (self.file,)

    def __bool__(self) -> bool:
        return bool(self.replaced)

    def __repr__(self) -> str:
        return f"Rules({', '.join(f'{old.__name__}: {_name(new)}' for old, new in self.replaced.items())})"

    def call(self, ours: Any, *arguments: Any) -> Any:
        """What one of the package's rules gives when it and all that it calls are as they are here."""
        if not self.replaced:
            return ours(*arguments)
        with self._building:
            if ours not in self._built:
                self._built[ours] = self._by_phase(arguments[0]) if ours is months else self._best(ours, arguments)
        return self._built[ours](*arguments)

    def in_one(self, world: World) -> None:
        """Compile months as a whole, which takes some seconds and makes many runs faster by half."""
        if self.replaced and not PLAIN:
            with self._building:
                if all(is_rule(self._best(phase, (world,))) for phase in PHASES):
                    self._built[months] = self._best(months, (world, 0, 1))

    def touches(self, ours: Any) -> bool:
        """Whether a rule, or one that it calls, is replaced."""
        return _reaches(ours, self.replaced)

    def _best(self, ours: Any, arguments: tuple[Any, ...]) -> Any:
        """The rule with its replacements: compiled if that can be done, else plain."""
        if not self.touches(ours):
            return ours
        if not PLAIN:
            reason = ""
            for maker in MAKERS:
                try:
                    return self._compiled(ours, maker, arguments)
                except (NumbaError, Unkeepable) as error:
                    reason = _in_a_line(error)
            self._warn(ours, reason)
        return self._twins[None].of(ours)

    def _compiled(self, ours: Any, maker: Maker, arguments: tuple[Any, ...]) -> Any:
        twin = self._twins[maker].of(ours)
        typeof: Any = numba.typeof
        twin.compile(tuple(typeof(argument) for argument in arguments))
        return twin

    def _warn(self, ours: Any, reason: str) -> None:
        """Once, although several phases may call what cannot be compiled."""
        if not self._warned:
            names = ", ".join(_name(new) for old, new in self.replaced.items() if _reaches(ours, {old: new}))
            warnings.warn(
                f"{names} cannot be compiled, so all that calls it ({', '.join(self.phases()) or _name(ours)}) runs as "
                f"plain Python, hundreds of times slower. Numba says: {reason}", RuleWarning, stacklevel=6,
            )
            self._warned = True

    def phases(self) -> list[str]:
        """The phases of a month that a replacement touches."""
        return [_name(phase) for phase in PHASES if self.touches(phase)]

    def _by_phase(self, world: World) -> Callable[[World, int, int], int]:
        """Months phase by phase, of which only those that a replacement touches are built anew."""
        phases = {phase: self._best(phase, (world,)) for phase in PHASES}
        return lambda world, first, last: by_phase(world, first, last, lambda phase: phases[phase](world))


class Twins:
    """Copies of rules that call one another's copies wherever something they call is replaced.

    Parameters
    ----------
    replaced : Python functions of the package, and what replaces them
    maker : makes a compiled rule of a replacement; None to leave everything that calls one plain
    """

    def __init__(self, replaced: Mapping[FunctionType, Callable[..., Any]], maker: Maker | None) -> None:
        self.replaced, self.maker = replaced, maker
        self._made: dict[FunctionType, Any] = {}
        self._making: list[str] = []

    def of(self, ours: Any) -> Any:
        """The rule itself, if nothing that it calls is replaced; else its copy, or its replacement."""
        function = source(ours)
        if function not in self._made:
            if function.__name__ in self._making:
                raise RuleError(f"Replaced rules call one another in a circle: {' -> '.join(self._making)}.")
            self._making.append(function.__name__)
            self._made[function] = self._replacement(ours) if function in self.replaced else self._rebuilt(ours)
            self._making.pop()
        return self._made[function]

    def _rebuilt(self, ours: Any) -> Any:
        called = calls(ours)
        twins = {name: self.of(callee) for name, callee in called.items()}
        if all(twins[name] is called[name] for name in called):
            return ours
        copy = _copy(source(ours), twins)
        return copy if self.maker is None else rule(copy) if is_lean(ours) else allocating(copy)

    def _replacement(self, ours: Any) -> Any:
        """The user's function, in which the rule that it replaces is meant as it was."""
        before = {source(ours): self._rebuilt(ours)}
        return self._theirs(source(self.replaced[source(ours)]), before)

    def _theirs(self, function: FunctionType, meant: Mapping[FunctionType, Any]) -> Any:
        """A function of the user, and its own helpers, with what each rule that they call means."""
        rules = {name: meant.get(source(callee)) or self.of(callee) for name, callee in calls(function).items()}
        helpers = {
            name: self._theirs(value, meant) for name, value in outside(function).items()
            if is_plain(value) and value is not function
        }  # fmt: skip
        copy = _copy(function, rules | helpers)
        return copy if self.maker is None else self.maker(copy)


def is_plain(value: Any) -> bool:
    """Whether a global of the user's function is a plain function of theirs."""
    return isinstance(value, FunctionType) and not PLAIN


def _copy(function: FunctionType, names: Mapping[str, Any]) -> FunctionType:
    """The same code with other meanings for some names."""
    closure = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    cells = tuple(CellType(names[name]) if name in names else cell for name, cell in closure)
    known = {**function.__globals__, **names, "__name__": __name__}  # kept code is read back by way of this module
    copy = FunctionType(function.__code__, known, function.__name__, function.__defaults__, cells)
    copy.__doc__, copy.__qualname__ = function.__doc__, function.__qualname__
    copy.__module__ = function.__module__ if function.__module__ in sys.modules else __name__  # kept code names it too
    return copy


def _reaches(ours: Any, functions: Mapping[FunctionType, Any]) -> bool:
    return source(ours) in functions or any(_reaches(callee, functions) for callee in calls(ours).values())


def _refuse_misfit(old: Any, new: Any) -> None:
    """A replacement is known for one before anything runs."""
    if not isinstance(source(old), FunctionType) or not source(old).__module__.startswith("sim."):
        raise RuleError(f"{old!r} is no rule of the model: those are listed by `elbowroom phases`.")
    if not isinstance(source(new), FunctionType):
        raise RuleError(f"{old.__name__} cannot be replaced by {new!r}: expected a function.")
    ours, theirs = (inspect.signature(source(one)) for one in (old, new))
    try:
        theirs.bind(*ours.parameters)
    except TypeError:
        raise RuleError(
            f"{_name(new)}{theirs} cannot stand in for {old.__name__}: it is called with {len(ours.parameters)} "
            f"arguments, {old.__name__}{ours}."
        ) from None


def _name(function: Any) -> str:
    return str(source(function).__name__)


def _in_a_line(error: Exception) -> str:
    """Numba's reason, without the pages around it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("Failed in", "During", "File", "This error", "-"))]
    return (telling or lines)[0][:300]


OURS = Rules()


def rules_from(file: str | Path) -> Rules:
    """The rules that a Python file defines under the name `rules`; the file is run."""
    path = Path(file)
    if not path.is_file():
        raise RuleError(f"There is no file {str(file)!r} with rules: expected Python with `rules = Rules(...)` in it.")
    try:
        found = runpy.run_path(str(path)).get("rules")
    except RuleError:
        raise
    except Exception as error:  # whatever is wrong in somebody's file is theirs to be told
        line = traceback.extract_tb(error.__traceback__)[-1]
        where = f", line {line.lineno}" if line.filename == str(path) else ""
        raise RuleError(f"{file}{where}: {type(error).__name__}: {error}") from error
    if not isinstance(found, Rules):
        raise RuleError(f"{file} defines no `rules = Rules({{theirs: yours}})`: see docs/rules.md.")
    found.file = str(path.resolve())
    return found


@cache
def _kept_rules(file: str) -> Rules:
    """The rules of a file, read and compiled once in each process."""
    return rules_from(file) if file else OURS
