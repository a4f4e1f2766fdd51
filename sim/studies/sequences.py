"""Intervals that hold however often one looks: for stopping when it is known well enough."""

import math
from typing import Any

import numpy as np

from sim.studies.estimates import CONFIDENCE, Estimate


def spread_of_effects(planned: float, confidence: float = CONFIDENCE) -> float:
    """Variance of the standardized effects that the sequence weighs, so that it is narrowest near `planned` values.

    The best for a mixture over normal effects (Robbins 1970; Howard and others 2021, proposition 3), approximately.
    """
    twice = -2 * math.log(1 - confidence)
    return (twice + math.log(1 + twice)) / planned


def sequence(values: Any, planned: float, confidence: float = CONFIDENCE) -> Estimate:
    """Mean of independent values with an interval that may be looked at after each of them.

    The probability that the interval ever fails to hold the true mean, at however many looks, is at most
    1 − `confidence` for normal values of unknown variance; docs/compare.md tells what it is for others.

    Parameters
    ----------
    values : in the order in which they came; missing values are left out of n
    planned : number of values at which the interval shall be narrowest, chosen before the first look

    Notes
    -----
    The Bayes factor of a mean that differs against a mean of m, with standardized effects N(0, g) and the right Haar
    prior on the scale, depends on the values through t² only and is a martingale if the mean is m. With q = t²/(n − 1)
    and k = (sqrt(1 + g·n)/α)^(2/n), it stays below 1/α (Ville 1939) where (1 + q)/(1 + q/(1 + g·n)) < k.

    References
    ----------
    Lai (1976), Annals of Statistics 4; Wang and Ramdas (2025), Anytime-valid t-tests and confidence sequences for
    Gaussian means with unknown variance, Sequential Analysis 44.
    """
    present = _present(values)
    n = len(present)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(present.mean())
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    wide = 1 + spread_of_effects(planned, confidence) * n
    k = math.exp(2 / n * (math.log(wide) / 2 - math.log(1 - confidence)))
    squares = float(((present - mean) ** 2).sum())
    half = math.sqrt((k - 1) / (1 - k / wide) * squares / n) if k < wide else math.inf
    return Estimate(mean, mean - half, mean + half, n)


def chance_of_none(values: Any, planned: float) -> float:
    """A p-value for a mean of 0 that holds at any look: 1 over the Bayes factor behind `sequence`, at most 1."""
    present = _present(values)
    n = len(present)
    squares = float(((present - present.mean()) ** 2).sum()) if n else 0.0
    if n < 2 or not present.any():
        return 1.0
    if squares == 0:
        return 0.0
    q = n * float(present.mean()) ** 2 / squares
    wide = 1 + spread_of_effects(planned) * n
    log_factor = n / 2 * (math.log1p(q) - math.log1p(q / wide)) - math.log(wide) / 2
    return math.exp(-max(0.0, log_factor))


def _present(values: Any) -> Any:
    present = np.asarray(values, float)
    return present[~np.isnan(present)]
