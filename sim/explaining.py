"""What a rule says of somebody: `rule.explain(person)` shows source, terms and numbers, and changes nothing."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from sim import records
from sim.anatomy import called, definition, whole
from sim.arguments import Binder
from sim.compiling import calls, source
from sim.errors import ElbowroomError
from sim.judging import sigma
from sim.month import PHASES
from sim.records import Now
from sim.rows import Rows
from sim.settings.parameters import parameters

KINDS = {
    kind.__name__: kind for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, Rows) and kind is not Rows
}  # fmt: skip


class Terms(NamedTuple):
    """The named terms of a decision in logits, how each is written in the rule, and whether they make a probability."""

    rule: str
    values: dict[str, float]
    written: dict[str, str]
    odds: bool


@dataclass(frozen=True, repr=False)
class Explanation:
    """A rule, applied to somebody.

    Attributes
    ----------
    rule, text, place, code : its name, first sentence, file and line, and source.
    answer : what it says; None if it only changes something.
    terms : of each decision that it weighs.
    reads : columns that it reads, as ``employee.stress``, with value, unit and meaning.
    settings : levers and behaviour that it reads, with value, unit and grade of evidence.
    changes : columns that it would change, with the values before and after.
    """

    rule: str
    text: str
    place: str
    code: str
    answer: Any
    terms: list[Terms]
    reads: dict[str, tuple[Any, str, str]]
    settings: dict[str, tuple[Any, str, str]]
    changes: dict[str, tuple[Any, Any]]

    def __str__(self) -> str:
        return "\n".join(self._lines()).rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _lines(self) -> Iterator[str]:
        yield from (f"{self.rule}  {self.text}", f"  {self.place}", "")
        if self.answer is not None:
            yield f"  answer  {_shown(self.answer)}"
        for name, (before, after) in self.changes.items():
            yield f"  changes {name}: {_shown(before)} → {_shown(after)}"
        for terms in self.terms:
            total = sum(terms.values.values())
            yield f"\n  {terms.rule} (logits)"
            for name, value in terms.values.items():
                yield f"    {name:12}{value:+9.3f}   {terms.written.get(name, '')}"
            yield f"    {'sum':12}{total:+9.3f}" + f"   as a probability {float(sigma(total)):.3f}" * terms.odds
        yield from _listed("reads", {name: (_shown(v), unit, text) for name, (v, unit, text) in self.reads.items()})
        graded = {n: (_shown(v), unit, f"grade {grade}") for n, (v, unit, grade) in self.settings.items()}
        yield from _listed("settings", graded)
        yield "\n" + "\n".join(f"  | {line}" for line in self.code.splitlines())


def explain(rule: Any, about: Any, **given: Any) -> Explanation:
    """Apply a rule to an agent, a request or the leadership, on copies of their records.

    Parameters
    ----------
    rule : any rule; the one that stands in for it in this organization is explained
    about : an employee, a manager (who stands for the unit led, unless the rule is about one person), a request, or
        the leadership
    given : arguments that do not follow from whom it is about, by name
    """
    if not hasattr(about, "model") or not hasattr(about.model, "world"):
        raise ElbowroomError(
            f"{source(rule).__name__}.explain({about!r}): expected somebody of an organization, such as "
            "organization.agents[0], organization.requests[0] or organization.leadership."
        )
    model = about.model
    binder = Binder(rule, about, given)
    arguments = binder.arguments()
    before = {name: _frozen(value) for name, value in arguments.items()}
    answer = model.ask(rule, *arguments.values())
    stands = model.setup.rules.replaced.get(source(rule), rule)
    function = source(stands)
    return Explanation(
        rule=source(rule).__name__ + (f", replaced by {function.__name__}" if stands is not rule else ""),
        text=(inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " "),
        place=f"{function.__module__.replace('.', '/')}.py, line {function.__code__.co_firstlineno}",
        code=inspect.getsource(function).rstrip(),
        answer=answer if not isinstance(answer, tuple) else None,
        terms=[_terms(found, values) for found, values in binder.terms()],
        reads=_reads(rule, before),
        settings=_settings(rule, model.world.now),
        changes=_changes(rule, before, arguments),
    )


def _terms(rule: Any, values: Any) -> Terms:
    """Named terms, with how each is written in the rule that finds them."""
    name, kind = source(rule).__name__, type(values)
    return Terms(name, {k: float(v) for k, v in values._asdict().items()}, _written(rule, kind), _are_odds(rule))


def _are_odds(rule: Any) -> bool:
    """Whether some rule adds these terms up and takes them for the log-odds of a yes."""
    users = (set(calls(user).values()) for phase in PHASES for user in called(phase))
    return any({rule, sigma} <= used for used in users)


def _written(rule: Any, kind: Any) -> dict[str, str]:
    for node in ast.walk(definition(rule)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind.__name__:
            return dict(zip(kind._fields, map(ast.unparse, node.args), strict=False))
    return {}


def _frozen(value: Any) -> Any:
    return value.copy() if isinstance(value, np.record | np.void) else value


def _columns(columns: set[str], arguments: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Argument, record and column of those columns that lie in a record among the arguments."""
    for name, value in arguments.items():
        for kind in KINDS.values():
            if getattr(value, "dtype", None) == kind.dtype and kind is not Now:
                yield from ((name, kind.__name__, c) for c in kind.fields if f"{kind.__name__}.{c}" in columns)


def _reads(rule: Any, before: Mapping[str, Any]) -> dict[str, tuple[Any, str, str]]:
    found = {}
    for name, kind, column in _columns(whole(rule).reads, before):
        about = KINDS[kind].fields[column]
        found[f"{name}.{column}"] = (_plain(before[name][column]), about.unit, about.text)
    return found


def _changes(rule: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for name, _, column in _columns(whole(rule).writes, before):
        one, other = _plain(before[name][column]), _plain(after[name][column])
        if one != other:
            found[f"{name}.{column}"] = (one, other)
    return found


def _settings(rule: Any, now: Any) -> dict[str, tuple[Any, str, str]]:
    """Levers and behaviour that the rule itself reads, and those of the rules that it calls."""
    known = parameters().set_index("name")
    found = {}
    for path in sorted(whole(rule).settings):
        value = now
        for part in path.split("."):
            value = value[part]
        row = known.loc[path]
        choices = str(row["choices"]).split(", ") if row["choices"] else []
        found[path] = (choices[int(value)] if choices else _plain(value), str(row["unit"]), str(row["grade"]))
    return found


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _listed(title: str, rows: Mapping[str, tuple[str, str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"\n  {title}"
    wide = [max(map(len, column)) for column in zip(*((name, *row) for name, row in rows.items()), strict=True)]
    for name, (value, unit, text) in rows.items():
        yield f"    {name:{wide[0]}}  {value:>{min(wide[1], 12)}}  {unit:{min(wide[2], 24)}}  {text}".rstrip()


