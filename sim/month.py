"""The month: its phases in order, and runs of months."""

from collections.abc import Callable
from typing import Any

from sim.compiling import rule, source
from sim.counting import counting
from sim.mechanisms.applying import applying
from sim.mechanisms.asking import asking
from sim.mechanisms.desiring import desiring
from sim.mechanisms.ending import ending
from sim.mechanisms.filling import filling
from sim.mechanisms.learning import learning
from sim.mechanisms.leaving import leaving
from sim.mechanisms.matching import matching
from sim.mechanisms.mobilizing import mobilizing
from sim.mechanisms.networking import networking
from sim.mechanisms.noticing import noticing
from sim.mechanisms.opening import opening
from sim.mechanisms.permitting import permitting
from sim.mechanisms.posting import posting
from sim.mechanisms.rotating import rotating
from sim.mechanisms.signalling import signalling
from sim.mechanisms.straining import straining
from sim.mechanisms.working import working
from sim.world import World, fits


@rule
def month(world: World) -> None:
    """One month, phase by phase."""
    signalling(world)
    ending(world)
    posting(world)
    desiring(world)
    noticing(world)
    asking(world)
    permitting(world)
    matching(world)
    mobilizing(world)
    working(world)
    networking(world)
    straining(world)
    opening(world)
    applying(world)
    filling(world)
    rotating(world)
    leaving(world)
    learning(world)
    counting(world)


PHASES = tuple(globals()[name] for name in source(month).__code__.co_names)  # in the order in which they are called


@rule
def months(world: World, first: int, last: int) -> int:
    """Months from `first` up to `last`; returns the month reached: earlier if the next might not fit the tables."""
    for number in range(first, last):
        if not fits(world):
            return number
        world.now.month = number
        month(world)
    return last


def by_phase(world: World, first: int, last: int, live: Callable[[Any], None]) -> int:
    """The same as `months` for whoever has each phase lived in a way of their own."""
    for number in range(first, last):
        if not fits(world):
            return number
        world.now.month = number
        for phase in PHASES:
            live(phase)
    return last
