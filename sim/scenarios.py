"""What a scenario says of a month: who is needed, whether anybody is hired, how the plan of seats changes."""

from typing import NamedTuple

from sim.compiling import rule
from sim.draws import Decision, lasting
from sim.judging import FULL_MONTH
from sim.records import GAPS, SKILLS, Employee, Executive, Now
from sim.skills import comes_to_light, practice, practises, seen_skill

EVERYBODY = 0  # the key of what concerns the whole organization
YEAR, MEMORY = 12.0, 24.0


class Pair(NamedTuple):
    """Two skills."""

    first: int
    second: int


@rule
def two_skills(first: int, second: int, decision: int, now: Now) -> Pair:
    """Two different skills; those below 0 are drawn."""
    one, other = lasting(EVERYBODY, now, decision, 0), lasting(EVERYBODY, now, decision, 1)
    if first < 0:
        first = int(SKILLS * one) if second < 0 else (second + 1 + int((SKILLS - 1) * one)) % SKILLS
    if second < 0:
        second = (first + 1 + int((SKILLS - 1) * other)) % SKILLS
    return Pair(first, second)


# -------------------------------------------------------------------------------------------------------------- demand


@rule
def is_needed(now: Now) -> bool:
    """Whether a shock needs people elsewhere this month."""
    s = now.scenario.demand
    return s.share > 0.0 and s.start <= now.month < s.start + s.months


@rule
def months_needed(now: Now) -> int:
    """Months since people were first needed."""
    return now.month - now.scenario.demand.start


@rule
def shown_for_call(employee: Employee, executive: Executive, now: Now) -> float:
    """How well the skills that others see come up to what a shock calls for, in SD above it (at most 1 each)."""
    total = 0.0
    for i in range(GAPS):
        total += min(1.0, seen_skill(employee, executive.calls_for[i], now) - now.scenario.demand.level)
    return total / GAPS


@rule
def serves(employee: Employee, executive: Executive, now: Now) -> None:
    """A month of what a shock calls for: its skills are practised and seen."""
    taught = practice(employee.duty_done * employee.fte * FULL_MONTH, now)
    for i in range(GAPS):
        if now.switches.learning:
            practises(employee, executive.calls_for[i], now.scenario.demand.level, taught)
        comes_to_light(employee, executive.calls_for[i], now)


# --------------------------------------------------------------------------------------------------- skills and leader


@rule
def rises_by(now: Now) -> float:
    """How much more of two skills work calls for by now (SD): the rise is even, month by month."""
    s = now.scenario.shift
    return s.rise * min(1.0, max(0.0, (now.month - s.start + 1.0) / s.months))


@rule
def shifts(now: Now) -> None:
    """What work calls for of each skill rises as the scenario has it."""
    if now.scenario.shift.rise > 0.0:
        skills = two_skills(now.scenario.shift.first, now.scenario.shift.second, Decision.shifted, now)
        now.rises[skills.first] = now.rises[skills.second] = rises_by(now)


@rule
def leader_leaves(now: Now) -> bool:
    """Whether this is the month in which the head leaves."""
    return now.scenario.exit.happens and now.month == now.scenario.exit.start


@rule
def is_reorganized(now: Now) -> bool:
    """Whether this is the month of a reorganization."""
    return now.scenario.reorganization.share > 0.0 and now.month == now.scenario.reorganization.start


# --------------------------------------------------------------------------------------------------------------- seats


@rule
def is_frozen(now: Now) -> bool:
    """Whether hiring has stopped."""
    s = now.scenario.freeze
    return s.start <= now.month < s.start + s.months


@rule
def hires_outsiders(now: Now) -> bool:
    """Whether anybody may be hired from outside."""
    return not is_frozen(now)


@rule
def growth(now: Now) -> float:
    """Growth of the plan of seats, as a share a year; below 0 it shrinks."""
    s = now.scenario.growth
    return s.yearly if now.month >= s.start else 0.0


@rule
def abolition(now: Now) -> float:
    """Share of vacancies that are taken out of the plan: in a shrinking one so many as shrink it, net of reopenings."""
    b, shrinks = now.behaviour.filling, -growth(now)
    if shrinks <= 0.0:
        return b.abolished
    wanted = (shrinks + YEAR * now.closed / b.reopening) / max(1e-9, now.vacated)
    return min(1.0, max(b.abolished, wanted))


@rule
def reopening(now: Now) -> float:
    """Chance a month that a closed seat is opened again: in a growing plan what makes it grow, net of abolitions."""
    b, grows = now.behaviour.filling, growth(now)
    if is_frozen(now):
        return 0.0
    if grows <= 0.0:
        return 1.0 / b.reopening
    wanted = (grows + b.abolished * now.vacated) / YEAR / max(1e-9, now.closed)
    return min(1.0, max(1.0 / b.reopening, wanted))


@rule
def takes_stock_of_seats(vacated: float, closed: float, now: Now) -> None:
    """How many seats fall vacant and are closed. (Both as shares of the plan; `vacated`: this month.)"""
    now.vacated += (YEAR * vacated - now.vacated) / MEMORY
    now.closed = closed
