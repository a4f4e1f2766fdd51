"""Formulas that several parts of the model use."""

from __future__ import annotations

import math


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def kept(half_life: float) -> float:
    """What a month leaves of something."""
    return 2 ** (-1 / half_life)


def beta(random, mean: float, sd: float) -> float:
    """A draw from the Beta distribution with this mean and standard deviation."""
    size = mean * (1 - mean) / sd**2 - 1
    return random.betavariate(mean * size, (1 - mean) * size)
