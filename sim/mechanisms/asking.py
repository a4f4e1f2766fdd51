"""Phase 6. Who is interested asks, or stays silent."""

from typing import NamedTuple

from sim.codes import ASKED, PERMITTED, TICKED
from sim.compiling import rule
from sim.draws import Decision, chance, paired, uniform
from sim.judging import WISH, expressed, is_head, market_is_open, red_tape, sigma, works_here
from sim.prefetching import fetch_ahead
from sim.records import NONE, Employee, Need, Now, Request, Unit
from sim.settings.policy import Permission
from sim.tables import new_request
from sim.time_cap import used_cap
from sim.world import World


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
    )


@rule
def courage(m: Motives) -> float:
    """All motives added up."""
    return m.habit + m.desire + m.efficacy + m.support + m.odds + m.peers + m.tape + m.load


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
    return chance(employee.person, now, Decision.asking, sigma(courage(motives(employee, unit, now))))


@rule
def tells_manager(employee: Employee, now: Now) -> bool:
    """Under a tick box: does somebody talk to the manager before ticking it?"""
    b = now.behaviour.permitting
    p = sigma(b.informal + b.informal_support * (employee.expected_support - 0.5))
    return uniform(employee.person, now, Decision.telling, 0) < p


@rule
def ticks_unasked(employee: Employee, now: Now) -> bool:
    """Whether somebody ticks the box without a word to the manager."""
    return now.policy.market.permission == Permission.tickbox and not tells_manager(employee, now)


@rule
def is_made(request: Request, employee: Employee, row: int, need: Need, now: Now) -> None:
    """A request starts on its way."""
    request.key = paired(now, paired(now, employee.person, need.key), now.month + 4096)
    request.asker, request.project, request.asked = row, employee.option, now.month
    request.unasked = not is_head(employee) and ticks_unasked(employee, now)
    if is_head(employee):  # who needs nobody's yes
        request.stage = PERMITTED
    else:
        free = request.unasked or now.policy.market.permission == Permission.none
        request.stage = TICKED if free else ASKED
    request.rival = NONE


@rule
def asking(world: World) -> None:
    now = world.now
    if not market_is_open(now):
        return
    flow = world.flow[now.month - now.first]
    for row in range(len(world.staff)):
        fetch_ahead(world.staff, row)
        employee = world.staff[row]
        if not works_here(employee) or not is_interested(employee, now):
            continue
        wishing = employee.latent >= WISH
        flow.able += 1.0 if wishing else 0.0
        if not asks(employee, world.units[employee.unit], now):
            flow.silent += 1.0 if wishing else 0.0
            continue
        employee.request = new_request(world)
        need = world.needs[world.projects[employee.option].need]
        is_made(world.requests[employee.request], employee, row, need, now)
        flow.asked += 1.0
        flow.asked_outside += 1.0 if need.family != employee.family else 0.0
