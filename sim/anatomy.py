"""What each rule and phase calls, reads, writes and draws, derived from its source.

Types are followed from annotations and from `World`: an attribute of something of unknown type is an error, so what is
derived is complete.
"""

import ast
import inspect
import textwrap
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, NamedTuple, get_args, get_type_hints

from sim.compiling import calls, outside, source
from sim.draws import Decision
from sim.rows import Rows
from sim.settings.declare import Settings
from sim.world import World

LOG = "sim.telling"  # whose rules read to note, and nothing follows from that


class Table(NamedTuple):
    """Rows of one kind of record."""

    record: type


class Group(NamedTuple):
    """A group of settings, and its dotted path."""

    settings: type
    path: str


@dataclass(frozen=True)
class Anatomy:
    """What one rule does by itself.

    Attributes
    ----------
    reads, writes : columns such as ``Employee.stress``, and tables such as ``World.ring``.
    settings : dotted paths of levers, behaviour and switches that are read.
    draws : decisions for which there is a random number.
    """

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    settings: set[str] = field(default_factory=set)
    draws: set[str] = field(default_factory=set)

    def __or__(self, other: "Anatomy") -> "Anatomy":
        return Anatomy(self.reads | other.reads, self.writes | other.writes, self.settings | other.settings,
                       self.draws | other.draws)


class Unread(TypeError):
    """Something in a rule that cannot be followed."""


def whole(rule: Any) -> Anatomy:
    """What a rule does together with all that it calls; what is merely noted for the log of careers left out."""
    found = Anatomy()
    for each in called(rule):
        if source(each).__module__ != LOG:
            found = found | anatomy(each)
    return found


def called(rule: Any) -> list[Any]:
    """The rule and all that it calls, directly or not, in the order of first mention."""
    found: dict[Any, None] = {}

    def visit(one: Any) -> None:
        if one not in found:
            found[one] = None
            names = calls(one)
            for name in source(one).__code__.co_names + source(one).__code__.co_freevars:
                if name in names:
                    visit(names[name])

    visit(rule)
    return list(found)


@cache
def anatomy(rule: Any, strict: bool = True) -> Anatomy:
    """What one rule does by itself; with `strict=False`, as far as can be told, what an ordinary function does."""
    reader = Reader(source(rule), strict)
    for statement in definition(rule).body:
        reader.visit(statement)
    return reader.found


@cache
def definition(rule: Any) -> ast.FunctionDef:
    """The rule's source as a syntax tree."""
    node = ast.parse(textwrap.dedent(inspect.getsource(source(rule)))).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


class Reader(ast.NodeVisitor):
    """Follows the types of names through one function, and notes what is read and written."""

    def __init__(self, function: Any, strict: bool) -> None:
        self.function, self.strict = function, strict
        self.names, self.found = get_type_hints(function), Anatomy()
        self.globals = outside(function)

    # ------------------------------------------------------------------------------------------------------ types

    def typed(self, node: ast.AST) -> Any:
        """What an expression is: a record, a table, a group of settings, a named tuple; None for a plain value."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            return self._member(self.typed(node.value), node)
        if isinstance(node, ast.Subscript):
            inner = self.typed(node.value)
            return inner.record if isinstance(inner, Table) and not isinstance(node.slice, ast.Slice) else inner
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = source(self.globals.get(node.func.id))
            return get_type_hints(function).get("return") if isinstance(function, FunctionType) else None
        if isinstance(node, ast.IfExp):
            return self.typed(node.body)
        return None

    def _member(self, owner: Any, node: ast.Attribute) -> Any:
        name = node.attr
        if isinstance(owner, Table):
            owner = owner.record
        if isinstance(owner, Group):
            return _setting(owner.settings.fields()[name].type, f"{owner.path}.{name}")  # type: ignore[attr-defined]
        if isinstance(owner, type) and issubclass(owner, World):
            return _table(get_type_hints(World, include_extras=True).get(name))
        if isinstance(owner, type) and issubclass(owner, Rows):
            return _setting(owner.__annotations__[name], name)
        base = node.value
        if isinstance(base, ast.Name) and isinstance(self.globals.get(base.id), ModuleType | type):
            return None
        if isinstance(owner, type) or not self.strict:
            return None
        raise Unread(f"{self.function.__qualname__}, line {node.lineno}: {ast.unparse(node)}")

    # ------------------------------------------------------------------------------------------------------ visits

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        self._note(node, isinstance(node.ctx, ast.Store))

    def _note(self, node: ast.Attribute, written: bool) -> None:
        owner, kind = self.typed(node.value), self.typed(node)
        if isinstance(owner, Table):
            owner = owner.record
        if isinstance(node.value, ast.Name) and self.globals.get(node.value.id) is Decision:
            self.found.draws.add(node.attr)
        elif isinstance(owner, Group):
            if not isinstance(kind, Group):
                self.found.settings.add(f"{owner.path}.{node.attr}")
        elif isinstance(owner, type) and issubclass(owner, World) and isinstance(kind, Table | type):
            pass  # its columns tell
        elif isinstance(owner, type) and issubclass(owner, World | Rows) and not isinstance(kind, Group):
            (self.found.writes if written else self.found.reads).add(f"{owner.__name__}.{node.attr}")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.slice)
        if isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Attribute):
            self.visit(node.value.value)
            self._note(node.value, written=True)
        else:
            self.visit(node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        self.visit(node.target)
        target = node.target.value if isinstance(node.target, ast.Subscript) else node.target
        if isinstance(target, ast.Attribute):
            self._note(target, written=False)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                self._bind(name, self.typed(value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
            self._bind(node.target, self.typed(node.value))

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        over = self.typed(node.iter)
        self._bind(node.target, over.record if isinstance(over, Table) else None)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def _bind(self, target: ast.AST, kind: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = kind


def _setting(kind: Any, path: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, Settings):
        return Group(kind, path)
    return None


def _table(hint: Any) -> Any:
    """What a table of the world holds: World's annotations say so."""
    records = [part for part in get_args(hint) if isinstance(part, type) and issubclass(part, Rows)]
    if not records:
        return None
    return records[0] if records[0].__name__ == "Now" else Table(records[0])


# ------------------------------------------------------------------------------------------------------------- phases


class Phase(NamedTuple):
    """One phase of the month.

    Attributes
    ----------
    place, name, text : where it stands, what it is called, what it is about.
    rules : the rules that only this phase calls, and `shared`: those that others call too.
    anatomy : what it does together with all that it calls.
    """

    place: int
    name: str
    text: str
    rules: list[Any]
    shared: list[Any]
    anatomy: Anatomy


@cache
def phases() -> list[Phase]:
    """The phases of a month in their order, with all that belongs to them."""
    from sim.month import PHASES

    below = [called(phase) for phase in PHASES]
    users = {rule: sum(rule in rules for rules in below) for rules in below for rule in rules}
    found = []
    for place, (phase, rules) in enumerate(zip(PHASES, below, strict=True), 1):
        module = inspect.getmodule(source(phase))
        text = (inspect.getdoc(module) or "").split("\n\n")[0].replace("\n", " ").removeprefix(f"Phase {place}. ")
        found.append(Phase(place, source(phase).__name__, text, [r for r in rules if users[r] == 1],
                           [r for r in rules if users[r] > 1], whole(phase)))
    return found
