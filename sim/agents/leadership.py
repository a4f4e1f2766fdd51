"""The executives."""

from typing import Any

from sim.agents.face import Face
from sim.mechanisms.signalling import renews


class Leadership(Face):
    """The leadership: `signal` as it now stands, and `renewals`."""

    @property
    def record(self) -> Any:
        return self.model.world.leadership[0]

    def renews(self) -> float:
        """Leadership speaks up now, outside its calendar; returns the signal as it then stands."""
        renews(self.record, self.model.world.now)
        return float(self.record.signal)
