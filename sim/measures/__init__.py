"""What is read off a run: one function for each measure."""

from sim.measures.frames import monthly, over, summary
from sim.measures.measure import MEASURES, Measure

__all__ = ["MEASURES", "Measure", "monthly", "over", "summary"]
