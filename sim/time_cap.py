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
    """Nobody joins beyond the cap, nor a fourth project. (The margin forgives sums of shares their last bit.)"""
    return share <= room(employee, now) + 1e-9 and free_slot(employee) != NONE


@rule
def is_away(employee: Employee) -> bool:
    return employee.time_away > 0.0
