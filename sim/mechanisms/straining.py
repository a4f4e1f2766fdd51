"""Phase 12. What the month does to people: stress, belonging, engagement, efficacy."""

from sim.compiling import rule
from sim.judging import works_here
from sim.records import Employee, Now, Unit
from sim.skills import competence
from sim.time_cap import is_away
from sim.world import World


@rule
def hindrance(employee: Employee, unit: Unit, now: Now) -> float:
    """Time away under a manager who resists it, and among colleagues who stay; backed and released it is no strain."""
    b = now.behaviour.straining
    if not is_away(employee):
        return 0.0
    share = employee.time_away / employee.fte
    sceptics = 1.0 - unit.participants / max(1.0, float(unit.heads))
    return b.role_conflict * (1.0 - unit.development) * min(1.0, share / 0.1) + b.sceptics * sceptics


@rule
def strains(employee: Employee, unit: Unit, now: Now) -> None:
    """Stress moves towards what overload, role conflict and an identity without room make of it."""
    b = now.behaviour.straining
    target = b.stress_rest + b.overload * max(0.0, employee.load - 1.0) + hindrance(employee, unit, now)
    target += b.identity * employee.identity * unit.strictness
    if now.switches.targets:
        target += b.emphasis * now.policy.leadership.target_emphasis
    if employee.conflict > 0:
        target += b.found_out
        employee.conflict -= 1
    employee.stress += b.stress_pace * (min(1.0, target) - employee.stress)


@rule
def belongs(employee: Employee, now: Now) -> None:
    """Belonging follows the strength of ties, and how many of them lead elsewhere."""
    b = now.behaviour.straining
    target = b.belonging_rest + b.belonging_ties * min(1.0, employee.tie_sum / b.enough_ties)
    across = employee.tie_across / max(1.0, float(employee.tie_count))
    target += b.belonging_across * min(1.0, across / b.enough_across)
    employee.belonging += b.belonging_pace * (min(1.0, target) - employee.belonging)


@rule
def engages(employee: Employee, now: Now) -> None:
    """Engagement in fixed units: what was learned, belonging and fit against stress."""
    b = now.behaviour.straining
    target = b.growth * employee.grown / 0.05 + b.belonging * (employee.belonging - b.belonging_usual) / 0.15
    target += b.fit * competence(employee, now) + b.stress * (employee.stress - 0.3) / 0.2
    employee.engagement += b.engagement_pace * (target - employee.engagement)


@rule
def regains_efficacy(employee: Employee, now: Now) -> None:
    """Confidence returns to its resting level."""
    pace = now.behaviour.straining.efficacy_pace
    employee.efficacy += pace * (employee.efficacy_rest - employee.efficacy)


@rule
def people_strain(world: World, first: int, last: int) -> None:
    now = world.now
    if not now.switches.straining:
        return
    for row in range(first, last):
        employee = world.staff[row]
        if works_here(employee):
            strains(employee, world.units[employee.unit], now)
            belongs(employee, now)
            engages(employee, now)
            regains_efficacy(employee, now)


@rule
def straining(world: World) -> None:
    people_strain(world, 0, len(world.staff))
