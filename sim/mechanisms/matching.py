"""Phase 8. Posters choose among those who have permission, by the skills they can see."""

from sim.codes import PERMITTED, What
from sim.compiling import rule
from sim.judging import is_turned_down, market_is_open, recruits, shown_fit, tie_strength
from sim.records import NONE, Employee, Need, Now, Project
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
def queue_up(world: World) -> None:
    """Each project gets the list of its requests that have permission."""
    for row in range(world.counts[0].projects):
        world.projects[row].first = NONE
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage == PERMITTED:
            request.rival = world.projects[request.project].first
            world.projects[request.project].first = row


@rule
def best(project: Project, need: Need, world: World) -> int:
    """The row of the request that suits the poster best, or NONE. (Equals are told apart by their keys.)"""
    chosen, highest = NONE, 0.0
    row = project.first
    while row != NONE:
        request = world.requests[row]
        if request.stage == PERMITTED:
            tie = tie_strength(world.circles[request.asker], project.poster)
            score = suits(world.staff[request.asker], need, tie, world.now)
            better = chosen == NONE or score > highest
            if better or (score == highest and request.key > world.requests[chosen].key):
                chosen, highest = row, score
        row = request.rival
    return chosen


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
        who = world.requests[row].asker
        asker = world.staff[who]
        if may_join(asker, need.share, now):
            flow.started += 1.0 if project.joined == 0 else 0.0
            asker.ticked = asker.ticked or world.requests[row].unasked
            joins(asker, who, place, project, need, now)
            flow.joined += 1.0
            tells(What.started, who, project.poster, place, world)
        else:
            tells(What.withdrew, who, project.poster, place, world)
            flow.withdrawn += 1.0
        free_request(world, row)


@rule
def turns_down(world: World, flow: Flow) -> None:
    """Where all places are taken, those who had permission are rejected."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != PERMITTED:
            continue
        project = world.projects[request.project]
        if not recruits(project, world.needs[project.need], world.now):
            flow.rejected += 1.0
            tells(What.rejected, request.asker, project.poster, request.project, world)
            is_rejected(world.staff[request.asker], world.now)
            free_request(world, row)


@rule
def matching(world: World) -> None:
    if not market_is_open(world.now):
        return
    flow = world.flow[world.now.month - world.now.first]
    queue_up(world)
    for place in range(world.counts[0].projects):
        if world.projects[place].used and world.projects[place].first != NONE:
            fills_places(place, world, flow)
    turns_down(world, flow)
