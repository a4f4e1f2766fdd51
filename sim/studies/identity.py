"""What a run is known by: a hash of the model, of everything that was set, and of the seed."""

import ast
import hashlib
import inspect
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

from sim import building
from sim.compiling import Unkeepable, fingerprint, is_rule, outside, source
from sim.month import months
from sim.replacing import Rules
from sim.ring import lines_up
from sim.settings.declare import Settings
from sim.teams import counts_teams
from sim.world import enlarged, needs_bound

RULES = (months, building.people_arrive, building.people_live_alone, building.survival, building.ring_points,
         building.get_to_know, lines_up, counts_teams, needs_bound)  # fmt: skip
# Plain Python that results rest on: from building an organization to reading the measures.
PLAIN = ("abreast", "assigning", "building", "running", "measures", "people", "tallies", "rows", "records", "world",
         "studies/at_end", "studies/drift", "studies/money", "studies/reading")  # fmt: skip


@cache
def model() -> str:
    """A hash of the model: of every rule of a month, and of the plain Python around them. Comments do not count."""
    digest = hashlib.sha256()
    for rule in RULES:
        digest.update(fingerprint(rule).encode())
    here = Path(inspect.getfile(enlarged)).parent
    for name in PLAIN:
        for file in sorted((here / name).glob("*.py")) if (here / name).is_dir() else [here / f"{name}.py"]:
            digest.update(_bare(file).encode())
    return digest.hexdigest()[:16]


def _bare(file: Path) -> str:
    """The source of a file without comments, docstrings and layout."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            first.value = ast.Constant("")
    return ast.dump(tree)


@cache
def replaced(rules: Rules) -> str:
    """A hash of the rules that stand in for those of the model; empty where there are none."""
    if not rules:
        return ""
    pairs = sorted((f"{old.__module__}.{old.__qualname__}", _deep(new)) for old, new in rules.replaced.items())
    return hashlib.sha256(repr(pairs).encode()).hexdigest()


def _deep(function: Any) -> str:
    """A hash of somebody's function and of the plain functions that it calls."""
    found, waiting, parts = set(), [source(function)], []
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            parts.append(_own(one))
            waiting += [v for v in outside(one).values() if isinstance(v, FunctionType) and not is_rule(v)]
    return repr(parts)


def _own(function: FunctionType) -> str:
    try:
        return fingerprint(function)
    except Unkeepable:
        return inspect.getsource(function)


def people(file: str) -> str:
    """A hash of what a people file holds."""
    return _held(file, *version(file))


def version(file: str) -> tuple[int, int]:
    """When a file was last written, and its size: while these stay, what was read of it holds."""
    found = Path(file).stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _held(file: str, *_: int) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def setup_key(settings: Mapping[str, Settings], rules: Rules) -> str:
    """A hash of all that holds from the first month of the burn-in on: all but policy, scenario and seed."""
    org = settings["org"].plain()
    del org["name"]  # a name changes nothing
    if org["people"]:
        org["people"] = people(org["people"])
    parts = [model(), org, settings["behaviour"].plain(), settings["switches"].plain(), replaced(rules)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def point_key(setup: str, policy: Settings, scenario: Settings, length: int) -> str:
    """A hash of all that makes a run but its seed."""
    parts = [setup, policy.plain(), scenario.plain(), length]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def run_key(point: str, seed: int) -> str:
    """What one run is known by."""
    return hashlib.blake2b(f"{point} {seed}".encode(), digest_size=10).hexdigest()
