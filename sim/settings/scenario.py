"""What comes from outside: dated shocks, each a group of its own, so that several can be put together.

All months are counted from the fork; month 0 is the first after it. By default nothing happens.
"""

from typing import Any

from sim.errors import SettingsError
from sim.settings.declare import Settings, group, setting, settings


def dated(default: Any, text: str, **known: Any) -> Any:
    """A setting of a scenario."""
    return setting(default, text, kind="scenario", **known)


def onset(text: str, default: int = 12) -> Any:
    """The month in which something begins."""
    return dated(default, text, unit="months after the fork", low=0, high=600)


def skill(text: str) -> Any:
    """One of the eight skills; -1 lets the seed choose."""
    return dated(-1, f"{text}, 0 to 7; -1: drawn", unit="number of the skill", low=-1, high=7)


@settings
class Demand(Settings):
    """Part of the workforce is needed elsewhere for a while, as in contact tracing."""

    start: int = onset("month in which people are called up")
    months: int = dated(6, "how long they are needed", unit="months", low=1, high=60)
    share: float = dated(0.0, "part of the workforce that is needed; 0: nobody", unit="share of FTE", low=0, high=0.5)
    time: float = dated(1.0, "time of whoever is called", unit="share of own time", low=0.2, high=1)
    first: int = skill("a skill that is called for")
    second: int = skill("another skill that is called for")
    level: float = dated(0.5, "level called for of both", unit="SD", low=-1, high=2)


@settings
class Freeze(Settings):
    """Nobody is hired from outside, and no closed seat is opened again."""

    start: int = onset("month in which hiring stops")
    months: int = dated(0, "how long it stops; 0: not at all", unit="months", low=0, high=600)


@settings
class Exit(Settings):
    """The head leaves, and with the head the signal."""

    happens: bool = dated(False, "whether the head leaves")
    start: int = onset("month in which the head leaves")


@settings
class Shift(Settings):
    """Work comes to call for more of two skills than before."""

    start: int = onset("month in which it begins")
    months: int = dated(24, "how long it goes on", unit="months", low=1, high=240)
    rise: float = dated(0.0, "how much more of each skill is called for in the end; 0: none", unit="SD", low=0, high=3)
    first: int = skill("a skill of which more is called for")
    second: int = skill("another one")


@settings
class Reorganization(Settings):
    """Units change places between departments."""

    start: int = onset("month of the reorganization")
    share: float = dated(0.0, "units that get a place in another department; 0: none", unit="share of units", low=0,
                         high=0.5)


@settings
class Growth(Settings):
    """The plan of seats grows or shrinks."""

    start: int = onset("month from which on it does", default=0)
    yearly: float = dated(
        0.0, "growth of the plan of seats, as far as seats have been closed; below 0 it shrinks, as they fall vacant",
        unit="share a year", low=-0.2, high=0.2,
    )


@settings
class Scenario(Settings):
    """What comes from outside, from the fork on."""

    demand: Demand = group(Demand, "a demand for people with certain skills")
    freeze: Freeze = group(Freeze, "a stop to hiring")
    exit: Exit = group(Exit, "the leader's exit")
    shift: Shift = group(Shift, "a shift of the skills that are called for")
    reorganization: Reorganization = group(Reorganization, "a reorganization")
    growth: Growth = group(Growth, "growth or shrinkage")

    def within(self, months: int) -> "Scenario":
        """The scenario itself, if all of it begins within so many months; a `SettingsError` names what does not."""
        happens = {
            "demand": self.demand.share > 0, "freeze": self.freeze.months > 0, "exit": self.exit.happens,
            "shift": self.shift.rise > 0, "reorganization": self.reorganization.share > 0,
            "growth": self.growth.yearly != 0,
        }  # fmt: skip
        for name, is_on in happens.items():
            start = getattr(self, name).start
            if is_on and start >= months:
                raise SettingsError(
                    f"scenario.{name}.start = {start}: the run ends after {months} months (0 to {months - 1}), before "
                    f"this begins. Let it begin earlier, or run {start + 1} months or more."
                )
        return self


CALM = Scenario()
