"""Rows of the tables that grow: taken, given back, used again. `world.fits` says when there is room for a month."""

from sim.codes import FREE
from sim.compiling import rule
from sim.records import NONE
from sim.world import World


@rule
def new_need(world: World) -> int:
    counts = world.counts[0]
    row = counts.free_need
    if row == NONE:
        row = counts.needs
        counts.needs += 1
    else:
        counts.free_need = world.needs[row].next
    return row


@rule
def new_project(world: World) -> int:
    counts = world.counts[0]
    row = counts.free_project
    if row == NONE:
        row = counts.projects
        counts.projects += 1
    else:
        counts.free_project = world.projects[row].next
    return row


@rule
def new_request(world: World) -> int:
    counts = world.counts[0]
    row = counts.free_request
    if row == NONE:
        row = counts.requests
        counts.requests += 1
    else:
        counts.free_request = world.requests[row].next
    return row


@rule
def free_need(world: World, row: int) -> None:
    counts, need = world.counts[0], world.needs[row]
    need.used = False
    need.next, counts.free_need = counts.free_need, row


@rule
def free_project(world: World, row: int) -> None:
    """Give back a project's row and that of its need."""
    counts, project = world.counts[0], world.projects[row]
    free_need(world, project.need)
    project.used = False
    project.next, counts.free_project = counts.free_project, row


@rule
def free_request(world: World, row: int) -> None:
    """Give back a request's row; the asker may ask again."""
    counts, request = world.counts[0], world.requests[row]
    world.staff[request.asker].request = NONE
    request.stage = FREE
    request.next, counts.free_request = counts.free_request, row
