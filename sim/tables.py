"""Rows of the tables that grow: taken, given back, used again. `world.fits` says when there is room for a month."""

from sim.codes import FREE
from sim.records import NONE
from sim.rules import rule
from sim.world import World


@rule
def next_row(table, free: int, used: int):
    """A row to use, the first free one after it, and how many rows have been used: a returned one before a new one."""
    if free != NONE:
        return free, table[free].next, used
    return used, NONE, used + 1


@rule
def new_need(world: World) -> int:
    counts = world.counts[0]
    row, counts.free_need, counts.needs = next_row(world.needs, counts.free_need, counts.needs)
    return row


@rule
def new_project(world: World) -> int:
    counts = world.counts[0]
    row, counts.free_project, counts.projects = next_row(world.projects, counts.free_project, counts.projects)
    return row


@rule
def new_request(world: World) -> int:
    counts = world.counts[0]
    row, counts.free_request, counts.requests = next_row(world.requests, counts.free_request, counts.requests)
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
