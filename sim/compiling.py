"""Rules: small functions on records that run compiled or as plain Python, and the cache that keeps compiled code.

Numba, left alone, judges its cache by the file a function stands in: after an edit to a rule in *another* file its
callers would go on running the old rule, silently. Here every rule's compiled code lies in a folder named by a hash of
the rule, of all that it calls, of the records' layout and of Numba's version and flags, so an edit recompiles what it
touches and nothing else. Where no folder can be written, code is compiled afresh, and said so.

With ``NUMBA_DISABLE_JIT=1`` a rule is the plain Python function itself: the reference, and how to set a breakpoint.
"""

import dis
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numba
import numpy as np
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _Cache, _CacheLocator

# Rules make no arrays, so none are counted: counting references (`_nrt`) cost two thirds of the time of a month.
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": True, "_nrt": False}
CONFIG: Any = numba.config
PLAIN = bool(CONFIG.DISABLE_JIT)
KEPT_DAYS = 30  # compiled code that nobody used for so long is dropped
LAYOUTS: dict[str, str] = {}  # layouts of a world's records, by name: `rows.record` fills it
KNOWN_MODULES = ("cmath", "math", "numba", "numpy", "operator", "sys")  # what they hold follows from their versions


class Unkeepable(TypeError):
    """Compiled code of this rule cannot be told from that of another: something it uses may change unseen."""


def rule(function: Callable[..., Any]) -> Any:
    """Make a rule of a function: compiled on first use, kept for the next time, plain Python on request."""
    return _compiled(function, OPTIONS)


def allocating(function: Callable[..., Any]) -> Any:
    """Make a rule that makes arrays of its own."""
    return _compiled(function, {**OPTIONS, "_nrt": True})


def _compiled(function: Callable[..., Any], options: dict[str, Any]) -> Any:
    compiled: Any = function if PLAIN else numba.njit(**options)(function)
    compiled.explain = partial(_explain, compiled)
    if not PLAIN:
        compiled._cache = RuleCache(compiled)
    return compiled


def _explain(rule: Any, about: Any, **given: Any) -> Any:
    """What the rule says of somebody, on paper: see `sim.explaining`, which stands above the rules."""
    return import_module("sim.explaining").explain(rule, about, **given)


def source(rule: Any) -> FunctionType:
    """The Python function behind a rule."""
    function: FunctionType = getattr(rule, "py_func", rule)
    return function


# ---------------------------------------------------------------------------------------------- what a rule rests on


def instructions(code: CodeType) -> Iterator[dis.Instruction]:
    """All instructions of a function, those of functions inside it included."""
    yield from dis.get_instructions(code)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from instructions(constant)


def outside(function: FunctionType) -> dict[str, Any]:
    """What a function uses of its module and of functions around it, by name (builtins left out)."""
    names = {i.argval for i in instructions(function.__code__) if i.opname == "LOAD_GLOBAL"}
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    found = {name: function.__globals__[name] for name in sorted(names) if name in function.__globals__}
    return found | {name: cell.cell_contents for name, cell in cells.items()}


def is_lean(rule: Any) -> bool:
    """Whether a rule makes no arrays."""
    return not getattr(rule, "targetoptions", OPTIONS)["_nrt"]


def calls(rule: Any) -> dict[str, Any]:
    """The rules that a rule calls, by the name it calls them."""
    return {name: value for name, value in outside(source(rule)).items() if is_rule(value)}


def is_rule(value: Any) -> bool:
    return hasattr(value, "py_func") or (PLAIN and isinstance(value, FunctionType))


def spelled(code: CodeType) -> str:
    """A function's code without its place in the file; sets are sorted, since their order changes from run to run."""
    parts = [code.co_code.hex(), repr(code.co_names), repr(code.co_varnames), repr(code.co_freevars)]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            parts.append(spelled(constant))
        elif isinstance(constant, frozenset):
            parts.append(repr(sorted(map(repr, constant))))
        else:
            parts.append(repr(constant))
    return "\n".join(parts)


def named(owner: FunctionType, name: str, value: Any) -> str:
    """What a global means to compiled code, which freezes it."""
    if is_rule(value):
        return fingerprint(value)
    if isinstance(value, ModuleType):
        if value.__name__.split(".")[0] not in KNOWN_MODULES:
            raise Unkeepable(f"{owner.__qualname__} uses the module {value.__name__}; import what it needs by name")
        return f"{value.__name__} {getattr(value, '__version__', '')}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype!r} {value.shape} {hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()}"
    if isinstance(value, tuple | list):
        return f"{type(value).__name__} {[named(owner, name, part) for part in value]}"
    if isinstance(value, type) and issubclass(value, IntEnum):
        return repr([(member.name, int(member)) for member in value])
    if isinstance(value, type):
        return f"{value.__qualname__} {getattr(value, '_fields', '')}"
    if callable(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
    return f"{type(value).__name__} {value!r}"


@cache
def fingerprint(rule: Any) -> str:
    """A hash of all that a rule's compiled code depends on: its own code, what it uses and the rules it calls."""
    function = source(rule)
    digest = hashlib.sha256(spelled(function.__code__).encode())
    digest.update(repr(function.__defaults__).encode())
    for name, value in outside(function).items():
        digest.update(f"{name} = {named(function, name, value)}\n".encode())
    return digest.hexdigest()


@cache
def surroundings() -> str:
    """A hash of what is common to all rules: versions, flags and the layout of records."""
    flags = {name: value for name, value in os.environ.items() if name.startswith("NUMBA_")}
    parts = (sys.version, platform.machine(), numba.__version__, CONFIG.BOUNDSCHECK, CONFIG.OPT, flags)
    layouts = sorted(LAYOUTS.items())
    return hashlib.sha256(repr((parts, OPTIONS, layouts)).encode()).hexdigest()


# ----------------------------------------------------------------------------------------------------------- the cache


@cache
def cache_folder() -> Path | None:
    """Where compiled code is kept: ``ELBOWROOM_CACHE`` or the user's cache; None if nothing can be written."""
    base = os.environ.get("ELBOWROOM_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "elbowroom"
    )
    folder = Path(base) / surroundings()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        print(
            f"elbowroom: cannot write to {folder} ({error.strerror}), so rules are compiled afresh in every process. "
            "Set ELBOWROOM_CACHE to a folder that can be written to keep them.",
            file=sys.stderr,
        )
        return None
    os.utime(folder)
    return folder


def drop_old_code() -> int:
    """Delete compiled code that has not been used for `KEPT_DAYS` days; returns how many folders went."""
    here = cache_folder()
    if here is None:
        return 0
    oldest, dropped = time.time() - KEPT_DAYS * 86400, 0
    for folder in here.parent.iterdir():
        if folder.is_dir() and folder != here and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            dropped += 1
    for folder in here.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            dropped += 1
    return dropped


class RuleFolder(_CacheLocator):
    """The folder of one rule: its name is the hash, so what lies in it is never out of date."""

    def __init__(self, function: FunctionType, path: Path) -> None:
        self._py_file = function.__code__.co_filename
        self._path = path

    def get_cache_path(self) -> str:
        return str(self._path)

    def get_source_stamp(self) -> str:
        return self._path.name

    def get_disambiguator(self) -> str:
        return ""


class RuleCode(CompileResultCacheImpl):
    """How compiled code is written, with our folder in place of Numba's own choice of one."""

    def __init__(self, function: FunctionType) -> None:
        folder = cache_folder()
        assert folder is not None
        self._lineno = function.__code__.co_firstlineno
        self._locator = RuleFolder(function, folder / fingerprint(function)[:32])
        self._filename_base = function.__name__


class RuleFiles(FunctionCache):
    _impl_class = RuleCode


class RuleCache(_Cache):
    """Opens the rule's folder when it is first needed: by then all that the rule calls has been defined."""

    def __init__(self, rule: Any) -> None:
        self._rule = rule
        self._files: Any = None

    def _opened(self) -> Any:
        if self._files is None and cache_folder() is not None:
            files: Any = RuleFiles
            self._files = files(source(self._rule))
        return self._files

    @property
    def cache_path(self) -> str | None:
        files = self._opened()
        return files.cache_path if files else None

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        files = self._opened()
        try:
            found = files.load_overload(sig, target_context) if files else None
        except ImportError:  # of a user's rule, kept by a script that cannot be imported from here
            found = None
        if found is not None:
            os.utime(self.cache_path or ".")
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        if files := self._opened():
            files.save_overload(sig, data)

    def enable(self) -> None: ...

    def disable(self) -> None: ...

    def flush(self) -> None:
        if files := self._opened():
            files.flush()
