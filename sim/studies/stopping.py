"""When to stop adding replicates: at an interval that is narrow enough, and holds although one has looked before."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import SettingsError, nearest
from sim.studies.estimates import Estimate

FEWEST = 8  # before the first look, since the few might be alike by chance
GROWTH = 4  # each batch adds a quarter of what is there, so that looks are few


@dataclass(frozen=True)
class Until:
    """How well one effect is to be known.

    Attributes
    ----------
    measure : whose effect.
    half_width : of the interval, in the measure's own unit; or
    relative : of the interval, as a share of the effect.
    window, group : where it is read; empty for the first that is shown.
    """

    measure: str
    half_width: float | None = None
    relative: float | None = None
    window: str = ""
    group: str = ""

    @classmethod
    def given(cls, given: Any) -> "Until":
        """From a dictionary such as ``{"measure": "delivery", "half_width": 0.001}``."""
        if isinstance(given, Until):
            return given
        asked = ("until = {}: expected a measure, and half_width or relative, such as "
                 "{{'measure': 'delivery', 'relative': 0.1}}")
        if not isinstance(given, Mapping) or "measure" not in given:
            raise SettingsError(asked.format(repr(given)) + ".")
        fields = list(cls.__dataclass_fields__)
        for name in given:
            if name not in fields:
                raise SettingsError(f"until has no {name!r}.{nearest(str(name), fields)} It has {', '.join(fields)}.")
        sizes = [given.get(name) for name in ("half_width", "relative")]
        if sum(size is not None for size in sizes) != 1 or not all(size is None or _is_above_0(size) for size in sizes):
            raise SettingsError(asked.format(dict(given)) + "; one of the two, above 0.")
        return cls(**given)

    def is_reached(self, found: Estimate) -> bool:
        """Whether an interval is narrow enough; never while all pairs differ by the same, which tells nothing."""
        half = (found.high - found.low) / 2
        return found.n >= FEWEST and 0 < half < math.inf and half <= self.wanted(found)

    def wanted(self, found: Estimate) -> float:
        """The half-width that is asked for."""
        return self.half_width if self.half_width is not None else (self.relative or 0.0) * abs(found.mean)

    def __str__(self) -> str:
        if self.half_width is not None:
            return f"the interval of {self.measure} is within ±{self.half_width:g}"
        return f"the interval of {self.measure} is within {100 * (self.relative or 0):g} % of the effect"


@dataclass(frozen=True)
class Stopped:
    """How a sequential comparison ended.

    Attributes
    ----------
    until : what was asked for.
    looks : numbers of replicates at which was looked.
    planned : the number for which the intervals were to be narrowest.
    reached : whether every policy's interval was narrow enough.
    missing : where it was not reached, what the widest interval was and what was wanted, in words.
    """

    until: Until
    looks: tuple[int, ...]
    planned: float
    reached: bool
    missing: str = ""

    def __str__(self) -> str:
        times = f"{len(self.looks)} look{'s' if len(self.looks) > 1 else ''}"
        if self.reached:
            return f"Stopped at {self.looks[-1]} replicates, after {times}: {self.until}."
        most = f"with {self.looks[-1]} replicates, the most that were allowed"
        return f"Not reached {most}: that {self.until}; {self.missing}."


def next_batch(there: int, first: int, most: int) -> int:
    """How many replicates to add."""
    return min(most - there, max(first if not there else 2, there // GROWTH))


def planned_for(first: int, most: int) -> float:
    """Where intervals shall be narrowest: between the first look and the last, by ratio."""
    return math.sqrt(first * most)


def _is_above_0(size: Any) -> bool:
    return isinstance(size, int | float) and not isinstance(size, bool) and 0 < size < math.inf
