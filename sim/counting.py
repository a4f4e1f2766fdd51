"""The month's end: people are counted, the panel of standard requests is put to every manager.

Four groups are counted: everyone; participants (on a project this month or in the eleven before); lending teams (with
somebody on a project this month or in the eleven before); and the cohort hired before the fork.
"""

from typing import NamedTuple

from sim.ages import age
from sim.backing import backing, total
from sim.compiling import rule
from sim.judging import WISH, expressed, has_manager, is_vacant, log_odds, reasons, sigma, works_here
from sim.paying import counts_money, counts_pay, sets_pay
from sim.records import CORE, GAPS, NONE, SKILLS, Employee, Executive, Now, Unit
from sim.skills import competence, core_skill, shows
from sim.tallies import Census, Flow, Group, lends, takes_part, waited, waits, was_here
from sim.time_cap import is_away, project_time
from sim.vacancies import months_open
from sim.world import World

STAYER_MONTHS = 60.0  # months in post from which on somebody with a wish counts as an involuntary stayer
RESIGNED = 0.5


@rule
def counts_state(sums: Census, employee: Employee, now: Now) -> None:
    """How somebody is."""
    sums.heads += 1.0
    sums.contracted += employee.fte
    sums.on_project += 1.0 if is_away(employee) else 0.0
    sums.away += project_time(employee)
    sums.stress += employee.stress
    sums.load += employee.load
    sums.core_done += employee.core_done
    sums.project_done += employee.project_done
    sums.trained += employee.trained
    sums.overloaded += 1.0 if employee.load > 1.0 + now.behaviour.working.overtime else 0.0
    sums.belonging += employee.belonging
    sums.engagement += employee.engagement
    sums.efficacy += employee.efficacy
    sums.support += employee.expected_support
    sums.odds += employee.odds
    sums.output += employee.output
    sums.ties += employee.tie_count
    sums.ties_across += employee.tie_across
    sums.ties_inside += employee.tie_count - employee.tie_across


@rule
def counts_wish(sums: Census, employee: Employee) -> None:
    """What somebody wants, and what is left of it."""
    sums.latent += employee.latent
    sums.expressed += expressed(employee)
    sums.rationalization += employee.rationalization
    stays = employee.position >= STAYER_MONTHS  # with & instead of `and`: no branches, which processors guess wrong
    wishing = stays & (employee.latent >= WISH)
    sums.stayers += 1.0 if wishing else 0.0
    sums.resigned += 1.0 if wishing & (employee.rationalization >= RESIGNED) else 0.0
    sums.surveyed += 1.0 if stays & (expressed(employee) >= WISH) else 0.0


class Talent(NamedTuple):
    """What somebody can do, in SD: in the role, beyond the job, and unseen by others; and how many skills are short,
    and how many of these are shown as well as needs call for them.
    """

    competence: float
    beyond: float
    hidden: float
    gaps: float
    gaps_shown: float


@rule
def talent(employee: Employee, executive: Executive, now: Now) -> Talent:
    beyond, hidden = 0.0, 0.0
    for k in range(SKILLS):
        beyond += employee.skills[k] - employee.resting[k]
        hidden += (1.0 - employee.shown[k]) * max(0.0, employee.skills[k] - now.behaviour.matching.unseen)
    for i in range(CORE):
        k = core_skill(employee.family, i)
        beyond -= employee.skills[k] - employee.resting[k]
    gaps, gaps_shown = 0.0, 0.0
    for place in range(GAPS):
        if executive.gaps[place] != NONE:
            gaps += 1.0
            gaps_shown += 1.0 if shows(employee, executive.gaps[place], now) else 0.0
    return Talent(competence(employee, now), beyond, hidden, gaps, gaps_shown)


@rule
def counts(sums: Census, employee: Employee, found: Talent, now: Now) -> None:
    counts_state(sums, employee, now)
    counts_wish(sums, employee)
    sums.competence += found.competence
    sums.beyond += found.beyond
    sums.hidden += found.hidden
    sums.outside_pull += employee.pull
    sums.age += age(employee, now)
    sums.gaps += found.gaps
    sums.gaps_shown += found.gaps_shown


@rule
def counts_people(world: World) -> None:
    now = world.now
    sums, flow = world.census[now.month - now.first], world.flow[now.month - now.first]
    for employee in world.staff:
        if works_here(employee):
            counts_pay(flow, employee, world.pays[world.seats[employee.seat].grade], now)
            found = talent(employee, world.leadership[0], now)
            counts(sums[Group.everyone], employee, found, now)
            if takes_part(employee, now):
                counts(sums[Group.participants], employee, found, now)
            if lends(world.units[employee.unit], now):
                sums[Group.everyone].lending += 1.0
                counts(sums[Group.lending_teams], employee, found, now)
            if was_here(employee):
                counts(sums[Group.cohort], employee, found, now)


@rule
def asks_panel(flow: Flow, unit: Unit, now: Now) -> None:
    """The same three requests, put to every manager: no choice of asker, manager or month enters."""
    flow.units += 1.0
    flow.heard += unit.heard
    flow.development += unit.development
    flow.hoarding += unit.hoarding
    flow.pressure += unit.pressure
    flow.experience += unit.experience
    flow.panel_low += sigma(log_odds(reasons(unit, -1.0, now)))
    flow.panel += sigma(log_odds(reasons(unit, 0.0, now)))
    flow.panel_high += sigma(log_odds(reasons(unit, 1.0, now)))
    flow.release += unit.release
    flow.back_low += sigma(total(backing(unit, -1.0, now)))
    flow.back += sigma(total(backing(unit, 0.0, now)))
    flow.back_high += sigma(total(backing(unit, 1.0, now)))


@rule
def counts_coverage(flow: Flow, world: World) -> None:
    """Seats of the job family that was short when last counted."""
    executive = world.leadership[0]
    for seat in world.seats:
        if seat.family == executive.short_family and not seat.closed:
            flow.short_seats += 1.0
            flow.short_filled += 0.0 if is_vacant(seat) else 1.0


@rule
def counting(world: World) -> None:
    sets_pay(world)
    counts_people(world)
    flow = world.flow[world.now.month - world.now.first]
    flow.signal, flow.months = world.leadership[0].signal, 1.0
    for unit in world.units:
        if has_manager(unit):
            asks_panel(flow, unit, world.now)
    for row in range(world.counts[0].needs):
        flow.backlog += 1.0 if world.needs[row].used else 0.0
    for row in range(world.counts[0].requests):
        if waits(world.requests[row]):
            flow.waiting_after[waited(world.requests[row], world.now)] += 1.0
    seats = 0.0  # summed up here: adding to a record has each seat wait for the last
    for seat in world.seats:
        seats += 0.0 if seat.closed else 1.0
        if is_vacant(seat):
            flow.vacant += 1.0
            flow.open_after[months_open(seat, world.now)] += 1.0
    flow.seats = seats
    counts_coverage(flow, world)
    counts_money(flow, world.census[world.now.month - world.now.first][Group.everyone].heads, world)
