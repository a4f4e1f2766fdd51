"""What a manager says to somebody of the team who wants to move on."""

from typing import NamedTuple

from sim.compiling import rule
from sim.judging import uncovered
from sim.records import Now, Unit


class Backing(NamedTuple):
    """The terms of a manager's answer to somebody who wants to move to another post, in logits."""

    habit: float
    support: float
    signal: float
    reward: float
    experience: float
    pressure: float
    hoarding: float
    away: float


@rule
def backing(unit: Unit, value: float, now: Now) -> Backing:
    """Why the manager of `unit` would back or resist the move of somebody of this value to the team (SD)."""
    b = now.behaviour.backing
    return Backing(
        b.habit,
        b.support * (unit.release - 0.5),
        b.signal * unit.heard,
        b.reward * now.policy.managers.export_reward,
        b.experience * unit.experience,
        b.pressure * unit.pressure,
        b.hoarding * unit.hoarding * value,
        b.away * uncovered(unit, now),
    )


@rule
def total(b: Backing) -> float:
    """All terms added up."""
    return b.habit + b.support + b.signal + b.reward + b.experience + b.pressure + b.hoarding + b.away
