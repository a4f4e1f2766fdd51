"""How measures are declared: a function that returns numerator and denominator, month by month.

A measure over a window is the sum of its numerators over the sum of its denominators, so rates have person-time
denominators, and a window is weighted by who was there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.rows import Floats

Counted = Callable[[Any, Any], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name, label, unit : its name in frames, in words, and its unit.
    definition : numerator, denominator and window, in words.
    by_group : whether it can be read for a group of people alone.
    better : +1 if more is better for those concerned, -1 if less is, 0 if that depends.
    counted : census (months,) and flow (months,) to numerator and denominator (months,).
    """

    name: str
    label: str
    unit: str
    definition: str
    by_group: bool
    better: int
    counted: Counted

    @property
    def is_share(self) -> bool:
        return self.unit.startswith("share")


MEASURES: dict[str, Measure] = {}


def measure(label: str, unit: str, by_group: bool = False, better: int = 0) -> Callable[[Counted], Counted]:
    """Declare a measure; its docstring is its definition."""

    def declare(function: Counted) -> Counted:
        definition = " ".join((function.__doc__ or "").split())
        MEASURES[function.__name__] = Measure(
            function.__name__, label, unit, definition, by_group, better, function
        )
        return function

    return declare
