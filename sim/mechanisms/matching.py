"""Phase 8. Places go to those who have permission: posters choose, both sides rank, or a central office assigns.

Under each of the three, requests first line up at projects (`queue_up`, `defers_acceptance`, `answer_offers`); then the
posters fill the places from their lines, and whoever stood in none of them, or is left over, is turned down.
"""

from typing import NamedTuple

from sim.choices import (
    choice,
    has_no_line,
    interest_in_choice,
    leaves_line,
    line_length,
    stands_in_line,
    takes_somebody,
)
from sim.codes import ASSIGNED, PERMITTED, What
from sim.compiling import rule
from sim.draws import Decision, uniform
from sim.judging import is_turned_down, market_is_open, recruits, sigma, tie_strength
from sim.records import CHOICES, NONE, Employee, Need, Now, Project, Request
from sim.settings.policy import Matching
from sim.skills import shown_fit, true_fit
from sim.tables import free_request
from sim.tallies import Flow
from sim.telling import tells
from sim.time_cap import free_slot, may_join
from sim.world import World


@rule
def suits(asker: Employee, need: Need, tie: float, now: Now) -> float:
    """How well an asker suits a poster: shown fit, and a bonus for the strength of their tie (SD)."""
    b = now.behaviour.matching
    return b.fit * (shown_fit(asker, need, now) + b.tie * tie)


@rule
def suits_poster(request: Request, project: Project, need: Need, world: World) -> float:
    """How well whoever makes a request suits the poster of one of the projects it names (SD)."""
    tie = tie_strength(world.circles[request.asker], project.poster)
    return suits(world.staff[request.asker], need, tie, world.now)


# ------------------------------------------------------------------------------------------------------ poster's choice


@rule
def queue_up(world: World) -> None:
    """Each project gets the list of its requests that have permission."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage == PERMITTED:
            stands_in_line(request, row, world.projects[request.project])


@rule
def best(project: Project, need: Need, world: World) -> int:
    """The row of the request that suits the poster best, or NONE. (Equals are told apart by their keys.)"""
    chosen, highest = NONE, 0.0
    row = project.first
    while row != NONE:
        request = world.requests[row]
        if request.stage == PERMITTED:
            score = suits_poster(request, project, need, world)
            better = chosen == NONE or score > highest
            if better or (score == highest and request.key > world.requests[chosen].key):
                chosen, highest = row, score
        row = request.rival
    return chosen


# -------------------------------------------------------------------------------------------------- deferred acceptance


@rule
def least(project: Project, need: Need, world: World) -> int:
    """The row of the request in line that suits the poster least. (Equals are told apart by their keys.)"""
    chosen, lowest = NONE, 0.0
    row = project.first
    while row != NONE:
        request = world.requests[row]
        score = suits_poster(request, project, need, world)
        worse = chosen == NONE or score < lowest
        if worse or (score == lowest and request.key < world.requests[chosen].key):
            chosen, lowest = row, score
        row = request.rival
    return chosen


@rule
def proposes(row: int, world: World) -> int:
    """A request proposes to the project that it has come to; returns who is now without a place: a row, or NONE.

    The project keeps as many as it has places, always those that suit its poster best.
    """
    request = world.requests[row]
    place = choice(request, request.turn)
    if place == NONE:
        return row
    project = world.projects[place]
    need = world.needs[project.need]
    if not recruits(project, need, world.now) or not may_join(world.staff[request.asker], need.share, world.now):
        return row
    stands_in_line(request, row, project)
    if line_length(project, world) <= need.places - project.joined:
        return NONE
    out = least(project, need, world)
    leaves_line(out, project, world)
    return out


@rule
def defers_acceptance(world: World) -> None:
    """Askers propose down their lists (Gale and Shapley 1962); the order in which they come does not matter.

    Each who is refused, or put out by a better one, goes on to the next on the own list. (McVitie and Wilson 1971.)
    """
    for row in range(world.counts[0].requests):
        world.requests[row].turn = 0
    for row in range(world.counts[0].requests):
        at = row if world.requests[row].stage == PERMITTED else NONE
        while at != NONE and world.requests[at].turn < CHOICES:
            out = proposes(at, world)
            if out != NONE:
                world.requests[out].turn += 1
            at = out


# --------------------------------------------------------------------------------------------------- central assignment


class Appeal(NamedTuple):
    """The terms of the answer to an offer that somebody did not ask for, in logits."""

    habit: float
    interest: float


@rule
def appeal(interest: float, now: Now) -> Appeal:
    """Why somebody who did not ask would take a place that is offered: more so with more interest in the project."""
    b = now.behaviour.matching
    return Appeal(b.offer, b.offer_interest * (interest - now.behaviour.noticing.threshold))


@rule
def takes_offer(request: Request, now: Now) -> bool:
    """Does somebody who did not ask take the place? (Keyed by the offer.)"""
    terms = appeal(request.interest, now)
    return uniform(request.key, now, Decision.offer, 0) < sigma(terms.habit + terms.interest)


@rule
def answer_offers(world: World, flow: Flow) -> None:
    """Whoever has been assigned a place stands in line for it, unless they did not ask and do not want it."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != ASSIGNED:
            continue
        if request.offered and not takes_offer(request, world.now):
            flow.declined += 1.0
            tells(What.declined, request.asker, world.projects[request.project].poster, request.project, world)
            free_request(world, row)
            continue
        request.stage = PERMITTED
        stands_in_line(request, row, world.projects[request.project])


# --------------------------------------------------------------------------------------------------------------- places


@rule
def joins(asker: Employee, row: int, place: int, project: Project, need: Need, now: Now) -> None:
    """Somebody takes a place on a project."""
    asker.projects[free_slot(asker)] = place
    asker.time_away += need.share
    if now.switches.beliefs:
        asker.odds += now.behaviour.learning.own * (1.0 - asker.odds)
    if now.switches.straining:
        asker.efficacy += now.behaviour.straining.efficacy_success * (1.0 - asker.efficacy)
    project.members[project.joined] = row
    project.taken += 1
    project.joined += 1
    if project.joined == 1:
        project.started = now.month


@rule
def brings_along(asker: Employee, request: Request, now: Now) -> None:
    """What follows from how somebody came: a tick without a word, or a place that was not asked for."""
    asker.ticked = asker.ticked or request.unasked
    if request.offered and now.switches.straining:
        asker.engagement -= now.behaviour.matching.drafted


@rule
def counts_match(request: Request, place: int, asker: Employee, need: Need, now: Now, flow: Flow) -> None:
    """How good a match is, for the work and in the eyes of who joins."""
    flow.joined += 1.0
    flow.fit_shown += shown_fit(asker, need, now)
    flow.fit_true += true_fit(asker, need)
    flow.first_choice += 1.0 if place == request.project and not request.passed else 0.0
    flow.liked += interest_in_choice(request, place)


@rule
def is_rejected(asker: Employee, now: Now) -> None:
    """A poster's rejection hurts less than a manager's denial, and lowers the odds that people see."""
    b = now.behaviour.learning
    if now.switches.beliefs:
        asker.odds -= min(1.0, b.own * b.refusal) * asker.odds
    is_turned_down(asker, now.behaviour.desiring.rejection_weight, now.behaviour.straining.efficacy_rejection, now)


@rule
def fills_places(place: int, world: World, flow: Flow) -> None:
    """The poster takes the best, place by place; somebody whose time is spent by now drops out."""
    now, project = world.now, world.projects[place]
    need = world.needs[project.need]
    while recruits(project, need, now):
        row = best(project, need, world)
        if row == NONE:
            return
        request = world.requests[row]
        asker = world.staff[request.asker]
        if may_join(asker, need.share, now):
            flow.started += 1.0 if project.joined == 0 else 0.0
            brings_along(asker, request, now)
            joins(asker, request.asker, place, project, need, now)
            counts_match(request, place, asker, need, now, flow)
            tells(What.started, request.asker, project.poster, place, world)
        else:
            tells(What.withdrew, request.asker, project.poster, place, world)
            flow.withdrawn += 1.0
        free_request(world, row)


@rule
def is_too_busy(request: Request, world: World) -> bool:
    """Whether a project that a request names still takes people, and none of these fits into the asker's time."""
    too_long = False
    for i in range(CHOICES):
        place = choice(request, i)
        if takes_somebody(place, world):
            too_long = True
            if may_join(world.staff[request.asker], world.needs[world.projects[place].need].share, world.now):
                return False
    return too_long


@rule
def turns_down(world: World, flow: Flow) -> None:
    """Those who had permission and got no place are rejected, or drop out for want of time."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != PERMITTED:
            continue
        poster = world.projects[request.project].poster
        if is_too_busy(request, world):
            flow.withdrawn += 1.0
            tells(What.withdrew, request.asker, poster, request.project, world)
        else:
            flow.rejected += 1.0
            tells(What.rejected, request.asker, poster, request.project, world)
            is_rejected(world.staff[request.asker], world.now)
        free_request(world, row)


@rule
def matching(world: World) -> None:
    if not market_is_open(world.now):
        return
    flow = world.flow[world.now.month - world.now.first]
    how = world.now.policy.market.matching
    has_no_line(world)
    if how == Matching.deferred_acceptance:
        defers_acceptance(world)
    elif how == Matching.central:
        answer_offers(world, flow)
    else:
        queue_up(world)
    for place in range(world.counts[0].projects):
        if world.projects[place].used and world.projects[place].first != NONE:
            fills_places(place, world, flow)
    turns_down(world, flow)
