"""Phase 1. Leadership asks managers to lend their people; the signal fades, and fades again with each layer."""

import math

from sim.compiling import rule
from sim.judging import kept
from sim.records import Executive, Now, Unit
from sim.world import World


@rule
def is_renewed(now: Now) -> bool:
    """At the launch, and whenever the standing committee meets."""
    every = now.policy.leadership.committee_every
    return now.month == 0 or (every > 0 and now.month > 0 and now.month % every == 0)


@rule
def wears_off(executive: Executive, now: Now) -> None:
    """Both the signal and the fatigue that its renewals cause halve in their time."""
    b = now.behaviour.signalling
    executive.signal *= kept(b.half_life)
    executive.renewals *= kept(b.recovery)


@rule
def renews(executive: Executive, now: Now) -> None:
    """A renewal lifts the signal to its strength, less for each recent renewal."""
    strength = now.policy.leadership.signal
    tired = math.exp(math.log(now.behaviour.signalling.fatigue) * executive.renewals)
    executive.signal = max(executive.signal, strength * tired)
    executive.renewals += 1.0


@rule
def hears(unit: Unit, executive: Executive, now: Now) -> None:
    """What the manager of a unit perceives moves towards what arrives through the layers above."""
    b = now.behaviour.signalling
    arrives = executive.signal * math.exp(math.log(b.cascade) * unit.depth) * b.credibility
    unit.heard += b.hearing * (arrives - unit.heard)


@rule
def signalling(world: World) -> None:
    now, executive = world.now, world.leadership[0]
    if not now.switches.signal:
        return
    wears_off(executive, now)
    if is_renewed(now) and now.policy.leadership.signal > 0.0:
        renews(executive, now)
    for unit in world.units:
        hears(unit, executive, now)
