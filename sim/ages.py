"""How old people are when they come, and when they retire: the one thing about leaving that no policy touches."""

import math

from sim.compiling import rule
from sim.draws import Decision, bell, lasting
from sim.records import Employee, Now
from sim.rows import Floats

FIRST, SECOND, THIRD = 55 * 12, 60 * 12, 65 * 12  # months of age from which on people retire, and do so sooner
TRIES = 1000  # at an age, before somebody with a very long tenure is taken to have come as young as may be


@rule
def age(employee: Employee, now: Now) -> int:
    """Age in months."""
    return now.month - employee.born


@rule
def retirement(months: int, now: Now) -> float:
    """Hazard of retiring a month, at an age in months."""
    b = now.behaviour.leaving
    if months < FIRST:
        return 0.0
    if months < SECOND:
        return b.retiring_55
    return b.retiring_60 if months < THIRD else b.retiring_65


@rule
def unretired(months: int, tenure: int, now: Now) -> float:
    """Share of those hired at an age in months who have not retired after a tenure in months."""
    b, last = now.behaviour.leaving, months + tenure
    if last <= FIRST:
        return 1.0
    first = max(0, min(last, SECOND) - max(months, FIRST))
    second = max(0, min(last, THIRD) - max(months, SECOND))
    third = max(0, last - max(months, THIRD))
    return math.exp(
        first * math.log(1.0 - b.retiring_55) + second * math.log(1.0 - b.retiring_60)
        + third * math.log(1.0 - b.retiring_65)
    )


@rule
def below(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


@rule
def age_when_hired(quantile: float, now: Now) -> int:
    """Age in months at a quantile of those who come: a normal distribution, cut off at both ends."""
    b = now.behaviour.people
    low, high = below((b.youngest - b.age) / b.age_sd), below((b.oldest - b.age) / b.age_sd)
    years = b.age + b.age_sd * bell(low + quantile * (high - low))
    return int(12.0 * min(max(years, float(b.youngest)), float(b.oldest)))


@rule
def age_at_hire(person: int, tenure: int, now: Now) -> int:
    """Age in months at which somebody came who has not retired after this tenure, drawn once for each person.

    Ages are drawn until somebody of that age would still be here; whoever has just come is here at any age.
    """
    for i in range(TRIES):
        months: int = age_when_hired(lasting(person, now, Decision.age, 2 * i), now)
        chance = unretired(months, tenure, now)
        if chance == 1.0 or lasting(person, now, Decision.age, 2 * i + 1) < chance:
            return months
    return 12 * now.behaviour.people.youngest


@rule
def still_here(ages: Floats, tenure: int, now: Now) -> float:
    """Share of those hired at these ages in months who have not retired after a tenure in months."""
    total = 0.0
    for months in ages:
        total += unretired(int(months), tenure, now)
    return total / len(ages)
