"""The time cap: how much time somebody may give to projects, and whether a project still fits in."""

from sim.compiling import rule
from sim.records import NONE, PROJECTS, Employee, Now


@rule
def room(employee: Employee, now: Now) -> float:
    """Time this person may still give to projects, in FTE."""
    return now.policy.market.time_cap * employee.fte - employee.time_away


@rule
def used_cap(employee: Employee, now: Now) -> float:
    """Share of the cap that projects already take."""
    return employee.time_away / max(1e-9, now.policy.market.time_cap * employee.fte)


@rule
def free_slot(employee: Employee) -> int:
    """The first free place in this person's list of projects, or NONE."""
    for slot in range(PROJECTS):
        if employee.projects[slot] == NONE:
            return slot
    return NONE


@rule
def is_on(employee: Employee, project: int) -> bool:
    """Whether this person works on the project in this row."""
    for slot in range(PROJECTS):
        if employee.projects[slot] == project:
            return True
    return False


@rule
def may_join(employee: Employee, share: float, now: Now) -> bool:
    """Nobody joins beyond the cap, nor a fourth project, nor while called elsewhere.

    (The margin forgives sums of shares their last bit.)
    """
    return employee.duty == 0.0 and share <= room(employee, now) + 1e-9 and free_slot(employee) != NONE


@rule
def has_projects(employee: Employee) -> bool:
    """Whether somebody is on a project, be it paused."""
    return employee.time_away > 0.0


@rule
def is_called(employee: Employee) -> bool:
    """Whether somebody follows the call of a shock."""
    return employee.duty > 0.0


@rule
def is_away(employee: Employee) -> bool:
    """Whether somebody works on projects this month: not while they are called elsewhere."""
    return employee.time_away > 0.0 and employee.duty == 0.0


@rule
def project_time(employee: Employee) -> float:
    """Time given to projects this month, in FTE."""
    return employee.time_away if employee.duty == 0.0 else 0.0
