"""Designs: which points a study visits. A point maps dotted paths of settings to values."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from sim.errors import SettingsError, nearest

Point = dict[str, Any]
KINDS = ("grid", "zip", "list", "latin", "sobol", "morris")
MOST_POINTS = 1_000_000  # of any design; more would not be read by anybody, and take days
LEVELS = 8  # of a Morris trajectory


class DesignError(SettingsError):
    """A design cannot be made, or some of its points cannot be run."""


@dataclass(frozen=True)
class Interval:
    """Any number from `low` to `high` (any whole number), for designs that sample."""

    low: float
    high: float
    whole: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise DesignError(f"interval({self.low}, {self.high}) is empty: expected low < high, both finite.")


Axis = Interval | Sequence[Any]
Axes = Mapping[str, Axis]


def designed(kind: str, axes: Axes, samples: int = 0, seed: int = 1) -> list[Point]:
    """The points of a design.

    Parameters
    ----------
    kind : grid (every value with every other), zip (first with first), latin (hypercube), sobol (sequence) or morris
        (trajectories in which one setting changes at a time)
    axes : dotted path to values, or to an `Interval` for the designs that sample
    samples : points of latin and sobol, trajectories of morris
    seed : of the sampling; the same points come again
    """
    if kind not in KINDS or kind == "list":
        raise DesignError(f"design = {kind!r}: expected one of {', '.join(KINDS)}.{nearest(kind, KINDS)}")
    faults = [f"{path} has no values: nothing would run." for path, axis in axes.items() if _count(axis) == 0]
    if kind in ("grid", "zip"):
        faults += [
            f"{path}: an interval has no end of values; name them (0,0.1,0.2 or range(0,1,0.1)), or sample with "
            "study.design=latin or sobol and study.samples."
            for path, axis in axes.items() if isinstance(axis, Interval)
        ]  # fmt: skip
    if faults:
        raise DesignError("\n".join(faults))
    if kind == "grid":
        return grid(axes)
    if kind == "zip":
        return zipped(axes)
    return sampled(kind, axes, samples, seed)


def _count(axis: Axis) -> int:
    return 1 if isinstance(axis, Interval) else len(axis)


def refuse_too_many(count: int, how: str) -> None:
    if count > MOST_POINTS:
        raise DesignError(
            f"The design has {count:,} points ({how}), and at most {MOST_POINTS:,} can be asked for. Name fewer "
            "values, or sample: study.design=sobol study.samples=1024."
        )


def grid(axes: Axes) -> list[Point]:
    """Every value of each setting with every value of all others; the last setting changes fastest."""
    sizes = [_count(axis) for axis in axes.values()]
    refuse_too_many(math.prod(sizes), " × ".join(map(str, sizes)))
    lists = [list(axis) for axis in axes.values() if not isinstance(axis, Interval)]
    return [dict(zip(axes, values, strict=True)) for values in product(*lists)]


def zipped(axes: Axes) -> list[Point]:
    """The first values of all settings together, then the second, and so on."""
    sizes = {path: _count(axis) for path, axis in axes.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{path} has {n}" for path, n in sizes.items())
        raise DesignError(f"A zip pairs values, so all settings need as many: {told}.")
    refuse_too_many(max(sizes.values(), default=1), "zip")
    lists = [list(axis) for axis in axes.values() if not isinstance(axis, Interval)]
    return [dict(zip(axes, values, strict=True)) for values in zip(*lists, strict=True)] if lists else [{}]


def listed(file: str | Path) -> list[Point]:
    """Points from a CSV file: a column for each setting, a row for each point; values as in YAML."""
    path = Path(file)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(islice(csv.reader(opened), MOST_POINTS + 2))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise DesignError(f"The points in {file} cannot be read ({why}).") from error
    if len(rows) < 2:
        raise DesignError(f"{file} has no points: expected a row of settings' names, then a row for each point.")
    refuse_too_many(len(rows) - 1, f"rows of {file}")
    names = [name.strip() for name in rows[0]]
    faults = [f"{file}, line {line}: {len(row)} values for {len(names)} settings."
              for line, row in enumerate(rows[1:], 2) if len(row) != len(names)]  # fmt: skip
    if len(set(names)) < len(names):
        faults.append(f"{file}, line 1: each setting may stand there once.")
    if faults:
        raise DesignError("\n".join(some(faults)))
    return [dict(zip(names, map(_cell, row), strict=True)) for row in rows[1:]]


def _cell(words: str) -> Any:
    """A value as YAML reads it; what YAML cannot read is text, and refused where the settings are made."""
    try:
        return yaml.safe_load(words)
    except yaml.YAMLError:
        return words


def some(faults: Sequence[str], most: int = 20) -> list[str]:
    """As many faults as somebody reads, and how many more there are."""
    return [*faults[:most], *([f"... and {len(faults) - most:,} more."] if len(faults) > most else [])]


# ------------------------------------------------------------------------------------------------------------ sampling


def sampled(kind: str, axes: Axes, samples: int, seed: int) -> list[Point]:
    """Points spread over the space of all settings; a list of values is drawn from evenly."""
    if samples < 1 or not axes:
        what = "trajectories" if kind == "morris" else "points"
        raise DesignError(f"A {kind} design needs settings to vary, and study.samples: how many {what}.")
    refuse_too_many(samples * (len(axes) + 1 if kind == "morris" else 1), f"study.samples={samples}")
    makers = {"latin": _latin, "sobol": _sobol, "morris": _morris}
    table = makers[kind](len(axes), samples, seed)
    return [{path: _at(axis, share) for (path, axis), share in zip(axes.items(), row, strict=True)} for row in table]


def _at(axis: Axis, share: float) -> Any:
    """The value that stands at a share of the way along an axis."""
    if isinstance(axis, Interval):
        if axis.whole:
            return min(int(axis.low + share * (axis.high - axis.low + 1)), int(axis.high))
        return axis.low + float(share) * (axis.high - axis.low)
    return axis[min(int(share * len(axis)), len(axis) - 1)]


def _latin(dimensions: int, samples: int, seed: int) -> Any:
    """(samples, dimensions) shares: each setting takes each of so many equal stretches once (McKay et al. 1979)."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(samples)


def _sobol(dimensions: int, samples: int, seed: int) -> Any:
    """(samples, dimensions) shares of a scrambled Sobol sequence; it is balanced for powers of 2 only."""
    from scipy.stats import qmc

    if samples & (samples - 1):
        below, above = 1 << (samples.bit_length() - 1), 1 << samples.bit_length()
        raise DesignError(f"study.samples={samples}: a Sobol sequence is balanced for powers of 2: {below} or {above}.")
    if dimensions > qmc.Sobol.MAXDIM:
        raise DesignError(f"A Sobol sequence has at most {qmc.Sobol.MAXDIM:,} settings, and these are {dimensions:,}.")
    return qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random(samples)


def _morris(dimensions: int, samples: int, seed: int) -> Any:
    """(samples × (dimensions + 1), dimensions) shares: trajectories of single steps of 4/7 (Morris 1991)."""
    rng = np.random.default_rng(seed)
    step, rows = LEVELS // 2, []
    for _ in range(samples):
        at = rng.integers(0, LEVELS, dimensions)
        rows.append(at.copy())
        for setting in rng.permutation(dimensions):
            at[setting] += step if at[setting] < step else -step
            rows.append(at.copy())
    return np.array(rows) / (LEVELS - 1)


def spelled(point: Point) -> str:
    """A point in words, as on the command line."""
    return " ".join(f"{path}={value}" for path, value in point.items()) or "the only point"

