"""What several mechanisms ask: who is here, red tape, needs, ties, a manager's answer."""

import math
from typing import NamedTuple

from sim.codes import ACROSS, DEPARTMENT, TEAM
from sim.compiling import rule
from sim.draws import Decision, lasting, lasting_normal, paired
from sim.records import GAPS, NONE, TIES, Circle, Employee, Executive, Need, Now, Project, Seat, Unit
from sim.settings.policy import Permission, Priority
from sim.skills import competence, uses

LN2 = math.log(2.0)
WISH = 0.3  # a latent or expressed desire from which on somebody counts as wishing to move
FULL_MONTH = 160.0  # hours of full-time work in a month


@rule
def sigma(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-x))


@rule
def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


@rule
def kept(half_life: float) -> float:
    """What is left after a month of something with this half-life in months."""
    return math.exp(-LN2 / half_life)


# ------------------------------------------------------------------------------------------------------ who and where


@rule
def works_here(employee: Employee) -> bool:
    """Whether this row holds somebody."""
    return employee.person != NONE


@rule
def in_post(employee: Employee, now: Now) -> int:
    """Months since somebody took up the present post."""
    return max(0, now.month - employee.since)


@rule
def is_head(employee: Employee) -> bool:
    """The head of all reports to nobody else."""
    return employee.leads == employee.unit


@rule
def has_manager(unit: Unit) -> bool:
    return unit.manager != NONE


@rule
def is_vacant(seat: Seat) -> bool:
    """Whether nobody holds a seat of the plan."""
    return seat.holder == NONE and not seat.closed


@rule
def market_is_open(now: Now) -> bool:
    """A market in which nobody may spend time is a closed market."""
    return now.policy.market.open and now.policy.market.time_cap > 0.0


@rule
def red_tape(now: Now) -> float:
    """Red tape between wanting and doing, 0 to 1; that of a closed market is 1."""
    b, permission = now.behaviour.asking, now.policy.market.permission
    if not market_is_open(now):
        return 1.0
    if permission == Permission.none:
        return 0.0
    if permission == Permission.tickbox:
        return b.tape_tickbox
    if permission == Permission.form:
        return b.tape_form
    return b.tape_chain


@rule
def expressed(employee: Employee) -> float:
    """The wish for new work as a survey would hear it."""
    return employee.latent * (1.0 - employee.rationalization)


@rule
def finds_new_work(employee: Employee, hours: float, now: Now) -> None:
    """So many hours at something else make the own work new again to a degree."""
    b = now.behaviour.desiring
    employee.content = max(0.0, employee.content - b.staling * min(1.0, hours / b.fresh_hours))


# -------------------------------------------------------------------------------------------------------------- needs


@rule
def is_bought(need: Need, now: Now) -> bool:
    """Whether the unit's budget stretches to a consultant for a need that nobody met."""
    return lasting(need.key, now, Decision.purchase, 0) < now.behaviour.posting.bought


@rule
def calls_for_gap(need: Need, executive: Executive) -> bool:
    """Whether a need calls for a skill that is in short supply."""
    for place in range(GAPS):
        for i in range(need.calls):
            if need.skills[i] == executive.gaps[place]:
                return True
    return False


@rule
def is_served_first(family: int, executive: Executive, now: Now) -> bool:
    """Whether leadership's priority lies on the roles of a job family: those that use the scarcest skill, under
    `gaps`; under `vacancies` those of the family with the largest share of vacant seats.
    """
    if now.policy.leadership.priority == Priority.gaps:
        return executive.gaps[0] != NONE and uses(family, executive.gaps[0])
    return now.policy.leadership.priority == Priority.vacancies and family == executive.short_family


@rule
def is_overdue(need: Need, now: Now) -> bool:
    return now.month - need.arrived >= now.behaviour.posting.lapse


@rule
def recruits(project: Project, need: Need, now: Now) -> bool:
    """A project takes people until its places are taken, its need is overdue, or it has been under way for a while."""
    if project.joined >= need.places or is_overdue(need, now):
        return False
    return project.joined == 0 or now.month - project.started < now.behaviour.posting.recruiting


# ---------------------------------------------------------------------------------------------------------------- ties


@rule
def kind_of_tie(one: Employee, other: Employee) -> int:
    """Whether two people are in one team (or one leads the other's), in one department, or in two."""
    if one.unit == other.unit or one.leads == other.unit or other.leads == one.unit:
        return TEAM
    return DEPARTMENT if one.department == other.department else ACROSS


@rule
def tie_slot(circle: Circle, other: int) -> int:
    """Where in a circle the person in row `other` stands, or NONE. (No early return: so it is vectorized.)"""
    found = NONE
    for slot in range(TIES):
        if circle.ties[slot] == other:
            found = slot
    return found


@rule
def tie_strength(circle: Circle, other: int) -> float:
    """Strength of the tie with the person in row `other`; 0 without one, or with nobody."""
    if other == NONE:
        return 0.0
    slot = tie_slot(circle, other)
    return circle.strengths[slot] if slot != NONE else 0.0


# ------------------------------------------------------------------------------------------------- a manager's answer


class Reasons(NamedTuple):
    """The terms of a manager's answer to somebody who wants to join a project, in logits."""

    habit: float
    support: float
    signal: float
    denied: float
    burdened: float
    hoarding: float
    away: float
    reward: float
    experience: float
    pressure: float


@rule
def value_to_team(employee: Employee, unit: Unit, now: Now) -> float:
    """What a manager would miss: competence in the role, more so in a small team (SD)."""
    size = now.behaviour.permitting.team_size
    return competence(employee, now) * 2.0 * size / (size + unit.seats)


@rule
def uncovered(unit: Unit, now: Now) -> float:
    """Time that the team gives to projects and does not get back, for each of its people (FTE)."""
    return (1.0 - now.policy.managers.backfill) * unit.away / max(1.0, float(unit.heads))


@rule
def reasons(unit: Unit, value: float, now: Now) -> Reasons:
    """Why the manager of `unit` would say yes or no to somebody of this value to the team (SD)."""
    b = now.behaviour.permitting
    return Reasons(
        b.habit,
        b.support * (unit.development - 0.5),
        b.signal * unit.heard,
        b.denied * unit.denied,
        b.burdened * unit.burdened,
        b.hoarding * unit.hoarding * value,
        b.away * uncovered(unit, now),
        b.reward * now.policy.managers.export_reward,
        b.experience * unit.experience,
        b.pressure * unit.pressure,
    )


@rule
def log_odds(r: Reasons) -> float:
    """All reasons of a manager added up."""
    bonds = r.support + r.signal + r.reward + r.experience
    return r.habit + bonds + r.denied + r.burdened + r.hoarding + r.away + r.pressure


@rule
def believed(trait: float, employee: Employee, manager: Employee, which: int, now: Now) -> float:
    """What somebody who does not know a manager yet takes a trait of theirs to be: the truth with an error, 0 to 1."""
    key = paired(now, employee.person, manager.person)
    return clip(trait + now.behaviour.learning.noise * lasting_normal(key, now, Decision.belief, which), 0.0, 1.0)


# -------------------------------------------------------------------------------------------------- being turned down


@rule
def is_turned_down(employee: Employee, failure: float, blow: float, now: Now) -> None:
    """A denial (weights 1), an expiry or a poster's rejection leaves its mark."""
    employee.failures += failure
    if now.switches.straining:
        employee.efficacy -= now.behaviour.straining.efficacy_denial * blow * employee.efficacy
