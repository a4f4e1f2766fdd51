"""Phase 1. Leadership asks managers to lend their people, and the signal fades; it listens, and looks for gaps."""

import math

from sim.compiling import rule
from sim.draws import Decision, chance
from sim.judging import is_served_first, is_vacant, kept, works_here
from sim.records import CORE, GAPS, NONE, SKILLS, Executive, Now, Unit
from sim.scenarios import leader_leaves
from sim.skills import core_skill, shows
from sim.training import share_near
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
def meets(now: Now) -> bool:
    """Whether the standing committee meets: for every renewal after the launch."""
    return now.switches.signal and now.month > 0 and now.policy.leadership.signal > 0.0 and is_renewed(now)


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
    """What the manager of a unit perceives moves towards what arrives through the layers above. A committee speaks
    itself to the managers of roles on which the priority lies.
    """
    b = now.behaviour.signalling
    depth = 0 if executive.meets and is_served_first(unit.family, executive, now) else unit.depth
    arrives = executive.signal * math.exp(math.log(b.cascade) * depth) * b.credibility
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
def counts_calls(executive: Executive, world: World) -> None:
    """How many needs that wait or are worked on, and how many vacant seats, call for each skill."""
    for skill in range(SKILLS):
        executive.called[skill] = 0.0
    for row in range(world.counts[0].needs):
        need = world.needs[row]
        if need.used:
            for i in range(need.calls):
                executive.called[need.skills[i]] += 1.0
    for seat in world.seats:
        if is_vacant(seat):
            for i in range(CORE):
                executive.called[core_skill(seat.family, i)] += 1.0


@rule
def counts_offers(executive: Executive, world: World) -> None:
    """How many people show each skill at the level that needs usually call for."""
    for skill in range(SKILLS):
        executive.offered[skill] = 0.0
    for employee in world.staff:
        if works_here(employee):
            for skill in range(SKILLS):
                executive.offered[skill] += 1.0 if shows(employee, skill, world.now) else 0.0


@rule
def finds_gaps(executive: Executive) -> None:
    """The skills most called for, against those who show them."""
    for place in range(GAPS):
        executive.gaps[place] = NONE
    for place in range(GAPS):
        highest = 0.0
        for skill in range(SKILLS):
            shortage = executive.called[skill] / (1.0 + executive.offered[skill])
            if shortage > highest and not is_gap(skill, executive):
                executive.gaps[place], highest = skill, shortage


@rule
def is_gap(skill: int, executive: Executive) -> bool:
    """Whether a skill is among the gaps."""
    for place in range(GAPS):
        if executive.gaps[place] == skill:
            return True
    return False


@rule
def share_vacant(family: int, world: World) -> float:
    """Share of a job family's seats that nobody holds."""
    vacant, seats = 0.0, 0.0
    for seat in world.seats:
        if seat.family == family and not seat.closed:
            seats += 1.0
            vacant += 1.0 if is_vacant(seat) else 0.0
    return vacant / max(1.0, seats)


@rule
def finds_short_family(executive: Executive, world: World) -> None:
    """The job family with the largest share of vacant seats."""
    executive.short_family, highest = NONE, 0.0
    for family in range(len(world.families)):
        share = share_vacant(family, world)
        if share > highest:
            executive.short_family, highest = family, share


@rule
def looks_for_shortages(executive: Executive, world: World) -> None:
    """Once a year leadership looks for what is short: skills, and people in a job family."""
    counts_calls(executive, world)
    counts_offers(executive, world)
    finds_gaps(executive)
    finds_short_family(executive, world)
    executive.near = share_near(executive, world)


# ------------------------------------------------------------------------------------------------------------- a month


@rule
def signalling(world: World) -> None:
    now, executive = world.now, world.leadership[0]
    executive.meets = meets(now)
    if now.switches.signal:
        speaks(world)
    listens = is_survey_month(now)
    for unit in world.units:
        unit.listened = 0
        if listens:
            is_heard(unit, now)
    if now.month % YEAR == 0 or executive.gaps[0] == NONE:
        looks_for_shortages(executive, world)
