"""Lists of requests and projects.

A request names one project, or under deferred acceptance up to three, best first; and at a project requests stand in
line while its places are given out.
"""

from sim.compiling import rule
from sim.judging import recruits
from sim.records import CHOICES, NONE, Project, Request
from sim.world import World


@rule
def choice(request: Request, place: int) -> int:
    """The row of the project in this place of a request's list, 0 for the first; NONE if there is none."""
    return request.project if place == 0 else request.others[place - 1]


@rule
def interest_in_choice(request: Request, project: int) -> float:
    """The asker's interest in one of the projects that a request names."""
    for i in range(CHOICES - 1):
        if request.others[i] == project:
            return request.other_interests[i]
    return request.interest


@rule
def takes_somebody(row: int, world: World) -> bool:
    """Whether there is a project in this row (or NONE) that still takes people."""
    return row != NONE and recruits(world.projects[row], world.needs[world.projects[row].need], world.now)


@rule
def has_a_chance(request: Request, world: World) -> bool:
    """Whether at least one of the projects that a request names still takes people."""
    for i in range(CHOICES):
        if takes_somebody(choice(request, i), world):
            return True
    return False


@rule
def moves_up(request: Request) -> None:
    """The first project of a request is over: the next best takes its place; without one there is none."""
    request.project, request.passed = NONE, True
    for i in range(CHOICES - 1):
        if request.project == NONE and request.others[i] != NONE:
            request.project, request.interest = request.others[i], request.other_interests[i]
            request.others[i] = NONE


@rule
def has_no_line(world: World) -> None:
    """Nobody stands in line anywhere."""
    for row in range(world.counts[0].projects):
        world.projects[row].first = NONE


@rule
def stands_in_line(request: Request, row: int, project: Project) -> None:
    """A request stands in line, before all who came earlier."""
    request.rival, project.first = project.first, row


@rule
def line_length(project: Project, world: World) -> int:
    """How many requests stand in line."""
    count, row = 0, project.first
    while row != NONE:
        count, row = count + 1, world.requests[row].rival
    return count


@rule
def leaves_line(gone: int, project: Project, world: World) -> None:
    """One request is taken out of a project's line."""
    if project.first == gone:
        project.first = world.requests[gone].rival
        return
    row = project.first
    while world.requests[row].rival != gone:
        row = world.requests[row].rival
    world.requests[row].rival = world.requests[gone].rival
