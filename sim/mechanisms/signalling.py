"""Phase 1. Leadership asks managers to lend their people, and the signal fades; it listens, and looks for gaps."""

import math

from sim.compiling import rule
from sim.draws import Decision, chance
from sim.judging import kept, market_is_open, works_here
from sim.records import GAPS, NONE, SKILLS, Executive, Now, Unit
from sim.scenarios import leader_leaves
from sim.skills import seen_skill
from sim.world import World

HALF_YEAR = 6
YEAR = 12


# -------------------------------------------------------------------------------------------------------------- signal


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
def speaks(world: World) -> None:
    """Leadership's signal, from the top down; what a leader said who leaves counts no more."""
    now, executive = world.now, world.leadership[0]
    wears_off(executive, now)
    if leader_leaves(now):
        executive.signal = 0.0
    if is_renewed(now) and now.policy.leadership.signal > 0.0:
        renews(executive, now)
    for unit in world.units:
        hears(unit, executive, now)


# ----------------------------------------------------------------------------------------------------------- listening


@rule
def is_survey_month(now: Now) -> bool:
    """Whether people are heard this month: twice a year, if leadership listens at all."""
    return now.policy.leadership.listening > 0.0 and now.month > 0 and now.month % HALF_YEAR == 0


@rule
def is_heard(unit: Unit, now: Now) -> None:
    """A unit is heard; either complaints are settled and the manager is spoken to, or nothing follows."""
    acted = chance(unit.number, now, Decision.listening, now.policy.leadership.listening)
    unit.listened = 1 if acted else -1
    if acted:
        relief = now.behaviour.signalling.relief
        unit.denied *= 1.0 - relief
        unit.burdened *= 1.0 - relief


# ---------------------------------------------------------------------------------------------------------------- gaps


@rule
def called_for(skill: int, world: World) -> float:
    """How many needs that wait or are worked on call for a skill."""
    count = 0.0
    for row in range(world.counts[0].needs):
        need = world.needs[row]
        if need.used:
            for i in range(need.calls):
                count += 1.0 if need.skills[i] == skill else 0.0
    return count


@rule
def offered(skill: int, world: World) -> float:
    """How many people show a skill at the level that needs usually call for."""
    now, count = world.now, 0.0
    for employee in world.staff:
        if works_here(employee):
            count += 1.0 if seen_skill(employee, skill, now) >= now.behaviour.posting.level else 0.0
    return count


@rule
def finds_gaps(executive: Executive, world: World) -> None:
    """The skills most called for, against those who show them."""
    for place in range(GAPS):
        executive.gaps[place] = NONE
        highest = 0.0
        for skill in range(SKILLS):
            if not is_gap(executive, skill):
                shortage = called_for(skill, world) / (1.0 + offered(skill, world))
                if shortage > highest:
                    executive.gaps[place], highest = skill, shortage


@rule
def is_gap(executive: Executive, skill: int) -> bool:
    for place in range(GAPS):
        if executive.gaps[place] == skill:
            return True
    return False


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def signalling(world: World) -> None:
    now, executive = world.now, world.leadership[0]
    executive.meets = False
    if now.switches.signal:
        speaks(world)
        executive.meets = now.month > 0 and now.policy.leadership.signal > 0.0 and is_renewed(now)
    listens = is_survey_month(now)
    for unit in world.units:
        unit.listened = 0
        if listens:
            is_heard(unit, now)
    if now.month % YEAR == 0 and market_is_open(now):
        finds_gaps(executive, world)
