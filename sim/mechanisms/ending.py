"""Phase 2. Projects whose months are up end, and those that nobody joined in time."""

from sim.choices import moves_up
from sim.codes import FREE, What
from sim.compiling import rule
from sim.draws import Decision, lasting
from sim.judging import FULL_MONTH, calls_for_gap, finds_new_work, is_overdue
from sim.paying import goes_unmet
from sim.records import CHOICES, NONE, PLACES, PROJECTS, Employee, Need, Now, Project, Request
from sim.tables import free_project, free_request
from sim.tallies import Flow, waited, waits
from sim.telling import tells
from sim.time_cap import has_projects
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
    finds_new_work(employee, need.share * FULL_MONTH * need.months, now)


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
                tells(What.finished, world.seats[employee.seat].holder, project.poster, employee.projects[slot], world)
                finishes(employee, slot, world.needs[project.need], world.now)
    if free_of_projects(employee):
        employee.time_away, employee.ticked = 0.0, False  # no rounding error is carried over
    if employee.posts != NONE:
        project = world.projects[employee.posts]
        if is_over(project, world.needs[project.need], world.now):
            tells(What.closed, world.seats[employee.seat].holder, NONE, employee.posts, world)
            employee.posts = NONE


@rule
def mix(project: Project, world: World) -> float:
    """How far members and poster differ: share of their pairs in two departments times share of two job families."""
    pairs, departments, families = 0.0, 0.0, 0.0
    for i in range(-1, PLACES):
        one = project.poster if i < 0 else project.members[i]
        for j in range(i + 1, PLACES):
            other = project.members[j]
            if one != NONE and other != NONE:
                pairs += 1.0
                departments += 1.0 if world.staff[one].department != world.staff[other].department else 0.0
                families += 1.0 if world.staff[one].family != world.staff[other].family else 0.0
    return departments * families / (pairs * pairs) if pairs > 0.0 else 0.0


@rule
def innovates(project: Project, need: Need, world: World) -> bool:
    """Whether something new comes of a project: likelier, the more departments and job families it mixes."""
    p = world.now.behaviour.posting.innovation * mix(project, world)
    return lasting(need.key, world.now, Decision.innovation, 0) < p


@rule
def ends(row: int, world: World, flow: Flow) -> None:
    """The need of a project that is over was met, unless nobody came or nobody stayed to the end."""
    project = world.projects[row]
    need = world.needs[project.need]
    gap = calls_for_gap(need, world.leadership[0])
    flow.closed_gap += 1.0 if gap else 0.0
    if project.taken > 0:
        flow.met += 1.0
        flow.met_gap += 1.0 if gap else 0.0
        flow.work_met += need.share * need.months * project.taken
        flow.worth += project.worth
        flow.innovations += 1.0 if innovates(project, need, world) else 0.0
    else:
        goes_unmet(need, world.now, flow)
    free_project(world, row)


@rule
def has_ended(row: int, world: World) -> bool:
    """Whether there is a project in this row (or NONE) that is over."""
    return row != NONE and is_over(world.projects[row], world.needs[world.projects[row].need], world.now)


@rule
def drops_what_is_over(request: Request, world: World) -> None:
    """A request is for those of its projects that are still there."""
    for i in range(CHOICES - 1):
        if has_ended(request.others[i], world):
            request.others[i] = NONE
    if has_ended(request.project, world):
        moves_up(request)


@rule
def withdraws_overtaken(world: World, flow: Flow) -> None:
    """Requests for projects that are over are overtaken by events."""
    for row in range(world.counts[0].requests):
        request = world.requests[row]
        if request.stage != FREE:
            last = request.project
            drops_what_is_over(request, world)
            if request.project == NONE:
                tells(What.overtaken, request.asker, world.projects[last].poster, last, world)
                flow.withdrawn += 1.0
                flow.overtaken_after[waited(request, world.now)] += 1.0 if waits(request) else 0.0
                free_request(world, row)


@rule
def ending(world: World) -> None:
    flow = world.flow[world.now.month - world.now.first]
    withdraws_overtaken(world, flow)
    for employee in world.staff:
        if employee.person != NONE and (has_projects(employee) or employee.posts != NONE):
            goes_home(employee, world)
    for row in range(world.counts[0].projects):
        project = world.projects[row]
        if project.used and is_over(project, world.needs[project.need], world.now):
            ends(row, world, flow)
