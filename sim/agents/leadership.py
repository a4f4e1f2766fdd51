"""The executives."""

from typing import Any

from sim.agents.column import columns_of
from sim.agents.face import Face
from sim.mechanisms.signalling import is_renewed, renews
from sim.records import Executive


@columns_of(Executive)
class Leadership(Face):
    """The leadership: `signal` as it now stands, and `renewals`."""

    @property
    def record(self) -> Any:
        return self.model.world.leadership[0]

    def cells(self, name: str) -> Any:
        return self.model.world.leadership[name]

    def is_renewed(self) -> bool:
        """Does the calendar call for a renewal of the signal this month?"""
        return bool(self.model.ask(is_renewed, self.model.world.now))

    def renews(self) -> float:
        """Leadership speaks up now, outside its calendar; returns the signal as it then stands."""
        self.model.ask(renews, self.record, self.model.world.now)
        return float(self.record.signal)

    def __repr__(self) -> str:
        return f"<Leadership: signal {self.record.signal:.2f}>"
