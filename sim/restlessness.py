"""What makes people quit: tenure, what they live through, and what draws them elsewhere."""

import math
from typing import NamedTuple

from sim.compiling import rule
from sim.judging import LN2, expressed, market_is_open, works_here
from sim.records import BANDS, CORE, NEVER, SKILLS, Employee, Executive, Now, Unit
from sim.skills import core_skill
from sim.world import World

KNOTS = (3.0, 24.0, 120.0)  # months of tenure at which the usual hazard is given
STARTS = (0.0, *KNOTS)  # of the parts of its curve
LENGTHS = (KNOTS[0], KNOTS[1] - KNOTS[0], KNOTS[2] - KNOTS[1], 1.0)  # of these; the last has no end, and is flat
EDGES = (12, 24, 60)  # months of tenure at which another band of tenure begins
MEMORY = 6.0  # months that tell how restless people usually are


class Restlessness(NamedTuple):
    """The terms of the decision to quit: logarithms of factors of the hazard, which is exp of their sum."""

    tenure: float
    engagement: float
    stress: float
    thwarted: float
    rejected: float
    honeymoon: float
    outside: float
    support: float
    outsider: float
    usual: float


@rule
def draws_curve(executive: Executive, now: Now) -> None:
    """The curve of the usual hazard by tenure, straight in logarithms from knot to knot: once a month for everybody."""
    b = now.behaviour.leaving
    hazards = (b.early, b.early, b.middle, b.late)
    for part in range(len(STARTS)):
        after = hazards[min(part + 1, len(STARTS) - 1)]
        executive.hazards[part], executive.rises[part] = math.log(hazards[part]), math.log(after / hazards[part])


@rule
def by_tenure(tenure: float, executive: Executive) -> float:
    """Logarithm of the usual hazard of quitting a month, at a tenure in months."""
    part = 0
    for knot in KNOTS:  # without branches, which processors guess wrong
        part += tenure > knot
    level: float = executive.hazards[part] + executive.rises[part] * (tenure - STARTS[part]) / LENGTHS[part]
    return level


@rule
def band(tenure: int) -> int:
    """Which band of tenure somebody is in."""
    place = 0
    for edge in EDGES:
        place += 1 if tenure >= edge else 0
    return place


@rule
def outside_pull(employee: Employee, now: Now) -> float:
    """What other employers see of somebody: skills shown beyond the job, and a second identity if it is published."""
    published = 0.0
    for k in range(SKILLS):
        published += employee.shown[k] * max(0.0, employee.skills[k] - now.behaviour.matching.unseen)
    for i in range(CORE):
        k = core_skill(employee.family, i)
        published -= employee.shown[k] * max(0.0, employee.skills[k] - now.behaviour.matching.unseen)
    identity = employee.identity if employee.profiled and market_is_open(now) else 0.0
    return now.behaviour.leaving.heat * (published + identity)


@rule
def thwarted(employee: Employee, now: Now) -> float:
    """The wish that somebody would tell of, unless a project or a move has served it not long ago."""
    served = now.month - max(employee.served, employee.moved) < now.behaviour.leaving.serving
    return 0.0 if served else expressed(employee)


@rule
def honeymoon(employee: Employee, now: Now) -> float:
    """What is left of the gladness after a move inside; that of newcomers is in the hazard by tenure."""
    if employee.moved == NEVER:
        return 0.0
    return math.exp(-LN2 * (now.month - employee.moved) / now.behaviour.leaving.honeymoon_months)


@rule
def restlessness(employee: Employee, unit: Unit, executive: Executive, now: Now) -> Restlessness:
    """Why somebody would quit this month, or would not."""
    b, tenure = now.behaviour.leaving, now.month - employee.hired
    usual = by_tenure(float(tenure), executive)
    if not now.switches.restlessness:
        return Restlessness(usual, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return Restlessness(
        usual,
        b.engagement * employee.engagement,
        b.stress * (employee.stress - 0.3) / 0.2,
        b.thwarted * thwarted(employee, now),
        b.rejected * employee.rejected,
        b.honeymoon * honeymoon(employee, now),
        b.outside * employee.pull,
        b.support * unit.heard * unit.development,
        b.outsider if employee.outsider else 0.0,
        -executive.usual[band(tenure)],
    )


@rule
def of_state(r: Restlessness) -> float:
    """All that somebody's state adds."""
    lived = r.engagement + r.stress + r.thwarted + r.rejected + r.honeymoon
    return lived + r.outside + r.support + r.outsider


@rule
def likelihood(r: Restlessness) -> float:
    """Probability of quitting a month: never more than 1."""
    return math.exp(min(0.0, r.tenure + of_state(r) + r.usual))


@rule
def hazard(employee: Employee, unit: Unit, executive: Executive, now: Now) -> float:
    """Probability that somebody quits this month."""
    return float(likelihood(restlessness(employee, unit, executive, now)))


@rule
def learns_for(place: int, executive: Executive, world: World) -> None:
    """What state usually adds in one band of tenure: so much that in the burn-in as many quit as by tenure alone."""
    now, by_state, alone = world.now, 0.0, 0.0
    for employee in world.staff:
        if works_here(employee) and band(now.month - employee.hired) == place:
            r = restlessness(employee, world.units[employee.unit], executive, now)
            by_state += math.exp(r.tenure + of_state(r))
            alone += math.exp(r.tenure)
    if alone > 0.0:
        pace = max(1.0 / MEMORY, 1.0 / (executive.known[place] + 1.0))
        known = math.exp(executive.usual[place])
        executive.usual[place] = math.log(known + pace * (by_state / alone - known))
        executive.known[place] += 1
    elif executive.known[place] == 0 and place < BANDS - 1:
        executive.usual[place] = executive.usual[place + 1]


@rule
def learns_what_is_usual(world: World) -> None:
    """In the burn-in, or the first month of a run without one, it is learned how restless people usually are."""
    executive = world.leadership[0]
    draws_curve(executive, world.now)
    if not world.now.switches.restlessness:
        return
    if world.now.month < 0 or max(executive.known[0], executive.known[BANDS - 1]) == 0:
        for place in range(BANDS - 1, -1, -1):
            learns_for(place, executive, world)
