"""What a study reads at the end of each run, beside its measures: how requests waited, and who got in."""

from typing import Any

import numpy as np

from sim.measures.fairness import shares_of
from sim.measures.waiting import shares
from sim.running import Run


def at_end(run: Run) -> dict[str, Any]:
    """One row: cumulative incidences of requests by months waited (``answered by month 1``), and who got in.

    ``gini`` is that of project time over people, ``took part: grade, lower third`` a share of people, as in
    `sim.measures.fairness`. Missing where there was no request, or no time given.
    """
    assert run.world is not None
    last = int(run.world.now.behaviour.permitting.expiry) + 1
    rows: dict[str, Any] = {}
    for end, values in shares(run.flow).items():
        padded = np.pad(values, (0, max(0, last - len(values))), "edge") if len(values) else np.full(last, np.nan)
        rows |= {f"{end} by month {month}": float(padded[month]) for month in range(last)}
    return {**rows, **shares_of(run.world)}
