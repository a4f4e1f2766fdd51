"""Phase 6. Who is interested asks, or stays silent; silence is recorded with the barriers that alone explain it."""

import math
from typing import NamedTuple

from sim.codes import ASKED, PERMITTED, TICKED, What
from sim.compiling import rule
from sim.draws import Decision, paired, uniform
from sim.judging import WISH, expressed, has_manager, is_head, market_is_open, red_tape, sigma, works_here
from sim.prefetching import fetch_ahead
from sim.records import CHOICES, NONE, Employee, Need, Now, Ranking, Request, Unit
from sim.settings.policy import Matching, Permission
from sim.tables import new_request
from sim.tallies import Flow
from sim.telling import because, tells
from sim.time_cap import used_cap
from sim.world import World, keeps_log


class Motives(NamedTuple):
    """The terms of the decision to ask, in logits."""

    habit: float
    desire: float
    efficacy: float
    support: float
    odds: float
    peers: float
    tape: float
    load: float
    stress: float


@rule
def motives(employee: Employee, unit: Unit, now: Now) -> Motives:
    """Why somebody who is interested would ask or keep silent."""
    b = now.behaviour.asking
    return Motives(
        b.habit,
        b.desire * expressed(employee),
        b.efficacy * employee.efficacy,
        b.support * employee.expected_support,
        b.odds * employee.odds,
        b.peers * unit.peers,
        b.tape * red_tape(now),
        b.load * used_cap(employee, now),
        b.stress * max(0.0, employee.stress - now.behaviour.straining.stress_rest),
    )


@rule
def courage(m: Motives) -> float:
    """All motives added up."""
    return m.habit + m.desire + m.efficacy + m.support + m.odds + m.peers + m.tape + m.load + m.stress


@rule
def is_interested(employee: Employee, now: Now) -> bool:
    """Whether something seen this month is worth asking for. (One request at a time.)"""
    return (
        employee.option != NONE
        and employee.request == NONE
        and employee.interest >= now.behaviour.noticing.threshold
    )


@rule
def asks(employee: Employee, unit: Unit, now: Now) -> bool:
    """Does somebody who is interested ask?"""
    return dared(employee, now) < sigma(courage(motives(employee, unit, now)))


@rule
def dared(employee: Employee, now: Now) -> float:
    """How lucky somebody who might ask must be: they ask if the probability is above this."""
    return uniform(employee.person, now, Decision.asking, 0)


# ------------------------------------------------------------------------------------------------------------- silence


class Silencers(NamedTuple):
    """What each barrier takes off the courage to ask, in logits: so much more would there be without it alone."""

    rationalized: float
    refusal: float
    rejection: float
    tape: float
    strain: float


@rule
def silencers(employee: Employee, unit: Unit, now: Now) -> Silencers:
    """A wish talked away; a manager's no and a poster's no as they are expected; red tape; too much on one's plate."""
    b, m = now.behaviour.asking, motives(employee, unit, now)
    return Silencers(
        b.desire * employee.latent - m.desire,
        b.support - m.support,
        b.odds - m.odds,
        -m.tape,
        -m.load - m.stress,
    )


@rule
def missing(employee: Employee, unit: Unit, now: Now) -> float:
    """By how many logits courage falls short this month."""
    luck = dared(employee, now)
    return math.log(max(1e-300, luck) / (1.0 - luck)) - courage(motives(employee, unit, now))


@rule
def stays_silent(employee: Employee, unit: Unit, now: Now, flow: Flow) -> None:
    """Counts which barriers, switched off one at a time, would have made somebody ask."""
    lacking, s = missing(employee, unit, now), silencers(employee, unit, now)
    flow.silent += 1.0
    flow.silent_rationalized += 1.0 if s.rationalized > lacking else 0.0
    flow.silent_refusal += 1.0 if s.refusal > lacking else 0.0
    flow.silent_rejection += 1.0 if s.rejection > lacking else 0.0
    flow.silent_tape += 1.0 if s.tape > lacking else 0.0
    flow.silent_strain += 1.0 if s.strain > lacking else 0.0
    flow.silent_anyway += 1.0 if max(s.rationalized, s.refusal, s.rejection, s.tape, s.strain) <= lacking else 0.0


@rule
def hindered_by(employee: Employee, unit: Unit, now: Now) -> int:
    """Which barriers alone explain somebody's silence, in bits, in the order of `Silencers`."""
    lacking, s = missing(employee, unit, now), silencers(employee, unit, now)
    bits = 0
    for i in range(len(s)):
        bits += 1 << i if s[i] > lacking else 0
    return bits


# ------------------------------------------------------------------------------------------------------------ requests


class Frankness(NamedTuple):
    """The terms of the decision to talk to the manager before ticking a box, in logits."""

    habit: float
    support: float


@rule
def frankness(employee: Employee, now: Now) -> Frankness:
    """Why somebody would tell the manager: the more so, the more support they expect."""
    b = now.behaviour.permitting
    return Frankness(b.informal, b.informal_support * (employee.expected_support - 0.5))


@rule
def tells_manager(employee: Employee, now: Now) -> bool:
    """Under a tick box: does somebody talk to the manager before ticking it?"""
    f = frankness(employee, now)
    return uniform(employee.person, now, Decision.telling, 0) < sigma(f.habit + f.support)


@rule
def ticks_unasked(employee: Employee, now: Now) -> bool:
    """Whether somebody ticks the box without a word to the manager."""
    market = now.policy.market  # where a central office gives out places, it asks the manager itself
    if market.permission != Permission.tickbox or market.matching == Matching.central:
        return False
    return not tells_manager(employee, now)


@rule
def is_made(request: Request, employee: Employee, row: int, need: Need, now: Now) -> None:
    """A request starts on its way."""
    request.key = paired(now, employee.person, need.key)
    request.asker, request.project, request.asked = row, employee.option, now.month
    request.unasked = not is_head(employee) and ticks_unasked(employee, now)
    if is_head(employee):  # who needs nobody's yes
        request.stage = PERMITTED
    else:
        free = request.unasked or now.policy.market.permission == Permission.none
        request.stage = TICKED if free else ASKED
    request.rival = NONE
    request.interest, request.passed, request.offered = employee.interest, False, False
    for i in range(CHOICES - 1):
        request.others[i] = NONE


@rule
def names_others(request: Request, ranking: Ranking, now: Now) -> None:
    """Under deferred acceptance a request also names what comes second and third, if that is worth asking for."""
    for i in range(CHOICES - 1):
        if ranking.options[i] != NONE and ranking.interests[i] >= now.behaviour.noticing.threshold:
            request.others[i], request.other_interests[i] = ranking.options[i], ranking.interests[i]


@rule
def tells_choice(what: int, row: int, world: World) -> None:
    """Notes who asked (and whom, if somebody has to agree) or kept silent, and why, for the log of careers."""
    if not keeps_log(world):
        return
    now, employee = world.now, world.staff[row]
    unit = world.units[employee.unit]
    to = NONE
    if what == What.asked and world.requests[employee.request].stage == ASKED:
        to = (unit if has_manager(unit) else world.units[unit.parent]).manager
    tells(what, row, to, employee.option, world)
    event = world.events[world.log[0].events - 1]
    event.interest = employee.interest
    event.reason = hindered_by(employee, unit, now) if what == What.silent else 0
    because(motives(employee, unit, now), dared(employee, now), world)


@rule
def asking(world: World) -> None:
    now = world.now
    if not market_is_open(now):
        return
    flow = world.flow[now.month - now.first]
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if not works_here(employee):
            continue
        flow.seen += 1.0 if employee.seen > 0 else 0.0
        if not is_interested(employee, now):
            continue
        wishing = employee.latent >= WISH
        flow.able += 1.0 if wishing else 0.0
        unit = world.units[employee.unit]
        if not asks(employee, unit, now):
            if wishing:
                stays_silent(employee, unit, now, flow)
            tells_choice(What.silent, row, world)
            continue
        employee.request = new_request(world)
        need = world.needs[world.projects[employee.option].need]
        is_made(world.requests[employee.request], employee, row, need, now)
        if now.policy.market.matching == Matching.deferred_acceptance:
            names_others(world.requests[employee.request], world.rankings[row], now)
        tells_choice(What.ticked if world.requests[employee.request].unasked else What.asked, row, world)
        flow.asked += 1.0
        flow.asked_outside += 1.0 if need.family != employee.family else 0.0
