"""What is paid for, counted in kind: prices are put to it afterwards (`sim.measures.money`), since no rule reads one.

Pay is counted in months of the full pay of the lowest grade, so that it holds at any level of pay.
"""

import math

from sim.compiling import rule
from sim.judging import is_bought, market_is_open
from sim.records import NONE, Employee, Need, Now, Unit
from sim.tallies import Flow
from sim.world import World


@rule
def goes_unmet(need: Need, now: Now, flow: Flow) -> None:
    """Nobody met a need in time: a consultant does its work, as well as it calls for, or it lapses."""
    if is_bought(need, now):
        work = need.share * need.months * need.places
        flow.bought += 1.0
        flow.work_bought += work
        flow.worth_bought += now.behaviour.posting.value * work
    else:
        flow.lapsed += 1.0


@rule
def overtime(employee: Employee, now: Now) -> float:
    """Time worked beyond full time, as a share of it."""
    return max(0.0, min(employee.load, 1.0 + now.behaviour.working.overtime) - 1.0)


@rule
def pay_of(grade: int, now: Now) -> float:
    """Full pay of a grade, against that of the highest."""
    return math.exp(-now.behaviour.applying.pay_step * grade)


@rule
def sets_pay(world: World) -> None:
    """What each grade is paid: reckoned once a month, not once for everybody."""
    for grade in range(len(world.pays)):
        world.pays[grade] = pay_of(grade, world.now)


@rule
def counts_pay(flow: Flow, employee: Employee, pay: float, now: Now) -> None:
    """The pay and the work of somebody. Those who came this month have not worked in it and are paid from the next.
    (`pay`: of the grade.)
    """
    own = pay * employee.fte
    if employee.hired < now.month:
        flow.paid += own * (1.0 + employee.premium)
        flow.earned += pay * employee.output
        flow.overtime += own * overtime(employee, now)
        flow.training += employee.fte * employee.trained
    else:
        flow.hired_pay += own


@rule
def counts_plan(flow: Flow, world: World) -> None:
    """Pay of the plan, and of its vacant seats."""
    lowest, time, pay = 0, 0.0, 0.0  # summed up here: adding to a record has each seat wait for the last
    for seat in world.seats:
        lowest, own = max(lowest, seat.grade), world.pays[seat.grade] * seat.fte
        time += seat.fte
        pay += own
        if seat.holder == NONE and not seat.closed:
            flow.vacant_pay += own
    flow.plan_time, flow.plan_pay = time, pay
    against_lowest(flow, 1.0 / world.pays[lowest])


@rule
def against_lowest(flow: Flow, top: float) -> None:
    """The same against the pay of the lowest grade. (`top`: pay of the highest against it.)"""
    flow.plan_pay *= top
    flow.vacant_pay *= top
    flow.paid *= top
    flow.earned *= top
    flow.overtime *= top
    flow.hired_pay *= top


@rule
def counts_programmes(flow: Flow, heads: float, head_unit: Unit, now: Now) -> None:
    """How many people each programme serves this month."""
    if market_is_open(now):
        flow.served += heads * now.policy.market.tools
        flow.launched += heads if now.month == 0 else 0.0
    flow.guided += heads * now.policy.development.pathways
    flow.listened += heads if head_unit.listened != 0 else 0.0  # all units are heard at once


@rule
def counts_money(flow: Flow, heads: float, world: World) -> None:
    counts_plan(flow, world)
    counts_programmes(flow, heads, world.units[0], world.now)
    flow.meetings += 1.0 if world.leadership[0].meets else 0.0
