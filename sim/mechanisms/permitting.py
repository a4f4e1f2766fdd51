"""Phase 7. Requests wait for a manager's answer: none, a tick box, a form, or a chain of approvers."""

from sim.choices import has_a_chance
from sim.codes import ABOVE, ASKED, FREE, PERMITTED, What
from sim.compiling import rule
from sim.draws import Decision, chance, uniform
from sim.judging import (
    Reasons,
    has_manager,
    is_turned_down,
    log_odds,
    market_is_open,
    reasons,
    sigma,
    value_to_team,
)
from sim.records import NONE, Employee, Now, Request, Unit
from sim.settings.policy import Permission
from sim.tables import free_request
from sim.tallies import Flow, waited
from sim.telling import because, tells
from sim.time_cap import is_away
from sim.world import World, keeps_log


@rule
def approves(unit: Unit, value: float, key: int, now: Now) -> bool:
    """Does the manager of `unit` let somebody of this value to the team join a project? (`key`: the request's.)"""
    terms = reasons(unit, value, now)
    return uniform(key, now, Decision.answer, 0) < sigma(log_odds(terms))


@rule
def reasons_above(above: Unit, own: Unit, asker: Employee, now: Now) -> Reasons:
    """Why the manager above would agree: own traits, less of the value, and (in habit) leaning on the yes below."""
    b = now.behaviour.permitting
    r = reasons(above, b.above_value * value_to_team(asker, own, now), now)
    return Reasons(
        r.habit + b.above_lean, r.support, r.signal, r.denied, r.burdened, r.hoarding, r.away, r.reward, r.experience,
        r.pressure,
    )


@rule
def approves_above(above: Unit, own: Unit, asker: Employee, request: Request, now: Now) -> bool:
    """Does the manager above agree?"""
    terms = reasons_above(above, own, asker, now)
    return uniform(request.key, now, Decision.answer_above, 0) < sigma(log_odds(terms))


@rule
def mean_delay(now: Now) -> float:
    """Months that a step takes on average: of the form or the approver, and of scattered tools."""
    b, permission = now.behaviour.permitting, now.policy.market.permission
    delay = 1.0 - now.policy.market.tools
    if permission == Permission.form:
        delay += b.delay_form
    elif permission == Permission.chain:
        delay += b.delay_approver
    return delay


@rule
def comes_through(request: Request, unit: Unit, now: Now) -> bool:
    """Is the next step taken this month? (Geometric, so that the delay has its mean; slower without a manager.)"""
    pace = 1.0 if has_manager(unit) else 1.0 / now.behaviour.leaving.unled
    return chance(request.key, now, Decision.delay, pace / (1.0 + mean_delay(now)))


@rule
def is_expired(request: Request, now: Now) -> bool:
    return now.month - request.asked >= now.behaviour.permitting.expiry


@rule
def hears_yes(asker: Employee, unit: Unit, now: Now) -> None:
    """An own answer counts most in what somebody expects of a manager."""
    unit.yes += 1.0
    asker.answer = 1
    if now.switches.beliefs:
        asker.expected_support += now.behaviour.learning.own * (1.0 - asker.expected_support)


@rule
def hears_no(asker: Employee, unit: Unit, now: Now) -> None:
    """A refusal counts more than a yes, is remembered as a failure, and is complained about."""
    b = now.behaviour.learning
    unit.no += 1.0
    asker.answer = -1
    if now.switches.complaints:
        unit.denied += now.behaviour.permitting.complaint
    if now.switches.beliefs:
        asker.expected_support -= min(1.0, b.own * b.refusal) * asker.expected_support
    is_turned_down(asker, 1.0, 1.0, now)


@rule
def needs_second_yes(unit: Unit, now: Now) -> bool:
    """In a chain the manager above decides too, unless the first answer was already theirs or there is none above."""
    return now.policy.market.permission == Permission.chain and unit.depth > 0 and has_manager(unit)


@rule
def answers(request: Request, row: int, world: World, flow: Flow) -> None:
    """The manager, or whoever stands in for one, says yes or no."""
    now, asker = world.now, world.staff[request.asker]
    unit = world.units[asker.unit]
    answering = unit if has_manager(unit) else world.units[unit.parent]
    flow.decided += 1.0
    if approves(answering, value_to_team(asker, unit, now), request.key, now):
        tells_answer(What.permitted, request, unit, world)
        flow.approved += 1.0
        hears_yes(asker, unit, now)
        request.stage = ABOVE if needs_second_yes(unit, now) else PERMITTED
        flow.pending += 1.0 if request.stage == ABOVE else 0.0
        flow.answered += 1.0 if request.stage == PERMITTED else 0.0
        flow.granted_after[waited(request, now)] += 1.0 if request.stage == PERMITTED else 0.0
    else:
        tells_answer(What.denied, request, unit, world)
        hears_no(asker, unit, now)
        flow.answered += 1.0
        flow.denied_after[waited(request, now)] += 1.0
        free_request(world, row)


@rule
def answers_above(request: Request, row: int, world: World, flow: Flow) -> None:
    """The second answer of a chain."""
    now, asker = world.now, world.staff[request.asker]
    unit = world.units[asker.unit]
    flow.decided += 1.0
    flow.answered += 1.0
    if approves_above(world.units[unit.parent], unit, asker, request, now):
        tells_answer(What.permitted, request, unit, world)
        flow.approved += 1.0
        flow.granted_after[waited(request, now)] += 1.0
        request.stage = PERMITTED
    else:
        tells_answer(What.denied, request, unit, world)
        flow.denied_after[waited(request, now)] += 1.0
        hears_no(asker, unit, now)
        free_request(world, row)


@rule
def tells_answer(what: int, request: Request, unit: Unit, world: World) -> None:
    """Notes a manager's answer and what was weighed, for the log of careers. (`unit`: the asker's.)"""
    if not keeps_log(world):
        return
    now, asker = world.now, world.staff[request.asker]
    if request.stage == ABOVE:
        above = world.units[unit.parent]
        tells(what, request.asker, above.manager, request.project, world)
        because(reasons_above(above, unit, asker, now), uniform(request.key, now, Decision.answer_above, 0), world)
    else:
        answering = unit if has_manager(unit) else world.units[unit.parent]
        tells(what, request.asker, answering.manager, request.project, world)
        terms = reasons(answering, value_to_team(asker, unit, now), now)
        because(terms, uniform(request.key, now, Decision.answer, 0), world)


@rule
def asked(request: Request, unit: Unit, world: World) -> Unit:
    """The unit whose manager is to answer next: the asker's own, or the one above it."""
    return world.units[unit.parent] if request.stage == ABOVE else unit


@rule
def moves_on(request: Request, row: int, world: World, flow: Flow) -> None:
    """One month of a request that is still on its way."""
    now, asker = world.now, world.staff[request.asker]
    if not has_a_chance(request, world):
        tells(What.overtaken, request.asker, world.projects[request.project].poster, request.project, world)
        flow.withdrawn += 1.0
        flow.overtaken_after[waited(request, now)] += 1.0
        free_request(world, row)
    elif is_expired(request, now):
        answering = asked(request, world.units[asker.unit], world)
        tells(What.expired, request.asker, answering.manager, request.project, world)
        flow.expired += 1.0
        flow.expired_after[waited(request, now)] += 1.0
        is_turned_down(asker, 1.0, 0.0, now)
        free_request(world, row)
    elif not comes_through(request, asked(request, world.units[asker.unit], world), now):
        flow.pending += 1.0
    else:
        if request.stage == ASKED:
            answers(request, row, world, flow)
        elif request.stage == ABOVE:
            answers_above(request, row, world, flow)
        else:
            flow.ticked += 1.0 if request.unasked else 0.0
            flow.answered += 1.0
            flow.passed_after[waited(request, now)] += 1.0
            request.stage = PERMITTED


@rule
def is_found_out(employee: Employee, now: Now) -> bool:
    """Somebody on a project who never asked the manager comes to light."""
    b = now.behaviour.permitting
    return employee.ticked and is_away(employee) and chance(employee.person, now, Decision.discovery, b.discovery)


@rule
def permitting(world: World) -> None:
    now = world.now
    flow = world.flow[now.month - now.first]
    for unit in world.units:
        unit.yes = unit.no = 0.0
    if not market_is_open(now):
        return
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != FREE and request.stage != PERMITTED:
            moves_on(request, row, world, flow)
    for employee in world.staff:
        if employee.person != NONE and is_found_out(employee, now):
            employee.ticked, employee.conflict = False, now.behaviour.permitting.held_against
            flow.found_out += 1.0
            tells(What.found_out, world.seats[employee.seat].holder, world.units[employee.unit].manager, NONE, world)
