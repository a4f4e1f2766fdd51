"""Phase 14. People learn what to expect: of their manager, by answers to others and by how a manager is; of posters."""

from sim.compiling import rule
from sim.judging import is_head, works_here
from sim.records import Employee, Now, Unit
from sim.world import World


@rule
def watches(employee: Employee, unit: Unit, now: Now) -> None:
    """Answers to team-mates, other than one's own, and the signal that the manager passes on move expectations."""
    b = now.behaviour.learning
    yes = unit.yes - 1.0 if employee.answer > 0 else unit.yes
    no = unit.no - 1.0 if employee.answer < 0 else unit.no
    up, down = min(1.0, b.seen * yes + b.heard * unit.heard), min(1.0, b.seen * b.refusal * no)
    employee.expected_support += up * (1.0 - employee.expected_support) - down * employee.expected_support


@rule
def sees_how_things_are(employee: Employee, unit: Unit, now: Now) -> None:
    """Beliefs return to how a manager is, and to ordinary odds."""
    b = now.behaviour.learning
    employee.expected_support += b.pull * (unit.development - employee.expected_support)
    employee.odds += b.pull * (b.odds_rest - employee.odds)


@rule
def learning(world: World) -> None:
    now = world.now
    if not now.switches.beliefs:
        return
    for employee in world.staff:
        if works_here(employee):
            unit = world.units[employee.unit]
            if not is_head(employee):
                watches(employee, unit, now)
            sees_how_things_are(employee, unit, now)
            employee.answer = 0
