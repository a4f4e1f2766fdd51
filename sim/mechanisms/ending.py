"""Phase 2. Projects whose months are up end, and those that nobody joined in time."""

from sim.codes import FREE
from sim.compiling import rule
from sim.judging import FULL_MONTH, is_bought, is_overdue
from sim.records import NONE, PROJECTS, Employee, Need, Now, Project
from sim.tables import free_project, free_request
from sim.tallies import Flow
from sim.time_cap import is_away
from sim.world import World


@rule
def is_over(project: Project, need: Need, now: Now) -> bool:
    """A project is over when its months are up, or when its need is overdue and nobody came."""
    if project.joined == 0:
        return is_overdue(need, now)
    return now.month >= project.started + need.months


@rule
def finishes(employee: Employee, slot: int, need: Need, now: Now) -> None:
    """Somebody returns from a project; long ones have made their work new again."""
    employee.projects[slot] = NONE
    employee.time_away -= need.share
    hours = need.share * FULL_MONTH * need.months
    b = now.behaviour.desiring
    employee.content = max(0.0, employee.content - b.staling * min(1.0, hours / b.fresh_hours))


@rule
def free_of_projects(employee: Employee) -> bool:
    for slot in range(PROJECTS):
        if employee.projects[slot] != NONE:
            return False
    return True


@rule
def goes_home(employee: Employee, world: World) -> None:
    """Leaves the projects that are over."""
    for slot in range(PROJECTS):
        if employee.projects[slot] != NONE:
            project = world.projects[employee.projects[slot]]
            if is_over(project, world.needs[project.need], world.now):
                finishes(employee, slot, world.needs[project.need], world.now)
    if free_of_projects(employee):
        employee.time_away, employee.ticked = 0.0, False  # no rounding error is carried over
    if employee.posts != NONE:
        project = world.projects[employee.posts]
        if is_over(project, world.needs[project.need], world.now):
            employee.posts = NONE


@rule
def ends(row: int, world: World, flow: Flow) -> None:
    """The need of a project that is over was met, unless nobody came or nobody stayed to the end."""
    project = world.projects[row]
    need = world.needs[project.need]
    if project.taken > 0:
        flow.met += 1.0
        flow.work_met += need.share * need.months * project.taken
    elif is_bought(need, world.now):
        flow.bought += 1.0
    else:
        flow.lapsed += 1.0
    free_project(world, row)


@rule
def withdraws_overtaken(world: World, flow: Flow) -> None:
    """Requests for projects that are over are overtaken by events."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != FREE:
            project = world.projects[request.project]
            if is_over(project, world.needs[project.need], world.now):
                flow.withdrawn += 1.0
                free_request(world, row)


@rule
def ending(world: World) -> None:
    flow = world.flow[world.now.month - world.now.first]
    withdraws_overtaken(world, flow)
    for employee in world.staff:
        if employee.person != NONE and (is_away(employee) or employee.posts != NONE):
            goes_home(employee, world)
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used and is_over(project, world.needs[project.need], world.now):
            ends(row, world, flow)
