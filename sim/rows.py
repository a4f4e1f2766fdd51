"""How a kind of record is declared: from one class of annotations follow layout, columns and documentation."""

import dataclasses
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from sim.compiling import LAYOUTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Short = Annotated[int, "i4"]
Shorts = NDArray[np.int32]
Codes = NDArray[np.int8]
Kept = Annotated[float, "f4"]  # only of what no rule ever reads
Kepts = NDArray[np.float32]
KINDS: dict[Any, str] = {
    float: "f8", int: "i8", bool: "?", Floats: "f8", Ints: "i8", Short: "i4", Shorts: "i4", Codes: "i1",
    Kept: "f4", Kepts: "f4",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Field:
    """What is known about one column of a record."""

    text: str
    unit: str = ""
    size: int = 0


def field(text: str, unit: str = "", size: int = 0) -> Any:
    """Declare a column: what it means, its unit, and how many numbers it holds if more than one."""
    return Field(text, unit, size)


WORLDS = ("sim.records", "sim.tallies")  # the files whose records make up a world


def record(cls: Any) -> Any:
    """Give a class of annotations its layout (`dtype`), the list of its `fields` and a maker of empty `rows`."""
    fields = {name: vars(cls)[name] for name in cls.__annotations__}
    columns = []
    for name, kind in cls.__annotations__.items():
        base = KINDS.get(kind) or kind.dtype
        columns.append((name, base, (fields[name].size,)) if fields[name].size else (name, base))
        delattr(cls, name)
    cls.fields = fields
    cls.dtype = np.dtype(columns, align=True)
    _refuse_clashes(cls.__name__, cls.dtype)
    cls.rows = classmethod(lambda c, n: np.zeros(n, c.dtype).view(np.recarray))
    if cls.__module__ in WORLDS:  # a record of another file must not send compiled code to another place when imported
        LAYOUTS[cls.__name__] = repr(cls.dtype)
    return cls


def _refuse_clashes(name: str, dtype: Any) -> None:
    """In plain Python a column called `base` or `put` would be NumPy's own attribute of that name."""
    for column in dtype.names or ():
        if hasattr(np.record, column):
            raise TypeError(f"{name}.{column}: NumPy records have an attribute of that name; choose another")
        _refuse_clashes(f"{name}.{column}", dtype[column])


class Rows:
    """What `record` adds, for type checkers."""

    dtype: np.dtype[Any]
    fields: dict[str, Field]

    @classmethod
    def rows(cls, n: int) -> Any: ...
