"""What is read off a run: one function for each measure."""

from sim.measures.audit import audit
from sim.measures.fairness import fairness
from sim.measures.filling import filling, time_to_fill
from sim.measures.frames import monthly, over, summary
from sim.measures.measure import MEASURES, Measure
from sim.measures.waiting import cohorts, waiting

__all__ = [
    "MEASURES", "Measure", "audit", "cohorts", "fairness", "filling", "monthly", "over", "summary", "time_to_fill",
    "waiting",
]
