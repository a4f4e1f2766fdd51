"""Columns of a record as attributes of its face: with a description, and with an answer to what cannot be written."""

import math
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from sim.rows import Field, Rows


class Column:
    """One column of a record: reading and writing it reads and writes the organization.

    Parameters
    ----------
    name : of the column
    field : its meaning, unit and size
    kind : its layout
    kept : whether the organization keeps it in step with other tables, so that it is not set by hand
    """

    def __init__(self, name: str, field: Field, kind: Any, kept: bool) -> None:
        self.name, self.field, self.kept = name, field, kept
        self.letter, self.shape = kind.base.kind, kind.shape
        self.largest = int(np.iinfo(kind.base).max) if self.letter == "i" else 0
        self.__doc__ = str(self)

    def __str__(self) -> str:
        return f"{self.field.text} ({self.field.unit})" if self.field.unit else self.field.text

    def __get__(self, face: Any, owner: Any = None) -> Any:
        if face is None:
            return self
        if self.shape:
            return self._array(face)
        return face.cells(self.name).item(face.row)

    def _array(self, face: Any) -> Any:
        value = face.cells(self.name)[face.row]
        if self.kept:
            value.flags.writeable = False
        return value

    def __set__(self, face: Any, value: Any) -> None:
        cells = face.cells(self.name)
        if self.kept:
            raise AttributeError(
                f"{self.name} ({self.field.text}) cannot be set by hand: other tables of the organization must agree "
                "with it, and the rules keep them in step."
            )
        cells[face.row] = self._numbers(value) if self.shape else self._number(value)

    def _number(self, value: Any) -> float:
        """One number as the record holds it."""
        given = value.item() if isinstance(value, np.generic) else value
        if not isinstance(given, int | float) or not math.isfinite(given):
            raise self._refusal(value, "a number")
        if self.letter != "f" and given != int(given):
            raise self._refusal(value, "a whole number")
        if self.letter == "i" and abs(given) > self.largest:
            raise self._refusal(value, f"no more than {self.largest:,} either way")
        if self.letter == "b" and given not in (0, 1):
            raise self._refusal(value, "True or False")
        if self.field.unit == "0-1" and not 0 <= given <= 1:
            raise self._refusal(value, "0 to 1; `min(1.0, max(0.0, x))` keeps x there")
        if self.field.unit == "share of full time" and not 0 < given <= 1:
            raise self._refusal(value, "more than 0, and at most 1")
        return given

    def _numbers(self, value: Any) -> list[float]:
        """Several numbers as the record holds them."""
        given = list(value) if isinstance(value, list | tuple | np.ndarray) else []
        if len(given) != self.shape[0]:
            raise self._refusal(value, f"{self.shape[0]} numbers")
        return [self._number(one) for one in given]

    def _refusal(self, value: Any, expected: str) -> ValueError:
        return ValueError(f"{self.name} = {value!r}: expected {expected}. It is: {self}.")


def columns_of(record: type[Rows], kept: Collection[str] = ()) -> Callable[[type], type]:
    """Give a face an attribute for each column of its record."""

    def decorate(face: type) -> type:
        for name, field in record.fields.items():
            setattr(face, name, Column(name, field, record.dtype[name], name in kept))
        return face

    return decorate
