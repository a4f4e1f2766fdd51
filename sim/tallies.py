"""What is counted every month: the raw material of all measures."""

from enum import IntEnum

from sim.codes import FREE, PERMITTED
from sim.compiling import rule
from sim.records import Employee, Now, Request, Unit
from sim.rows import Floats, Rows, field, record

PAY = "months of the lowest grade's pay"
OPEN = 25  # months that a vacancy may have been open: 0 to 23, and longer
SHOCK = 4  # months since a shock that are told apart: 0 to 2, and later
YEAR = 12
WAITED = 13  # months that a request may have waited: 0 to 12, the longest that one may be let wait


class Group(IntEnum):
    """Whose sums a census row holds."""

    everyone = 0
    participants = 1
    lending_teams = 2
    cohort = 3


GROUPS = len(Group)


@record
class Census(Rows):
    """Sums over the people of one group in one month."""

    heads: float = field("people in post", "people")
    contracted: float = field("contracted time", "FTE")
    on_project: float = field("people on a project", "people")
    away: float = field("time given to projects", "FTE")
    lending: float = field("people in a team that has lent somebody within a year", "people")
    latent: float = field("latent desire", "0-1")
    expressed: float = field("expressed desire", "0-1")
    rationalization: float = field("rationalization", "0-1")
    stayers: float = field("involuntary stayers", "people")
    resigned: float = field("involuntary stayers who have talked most of the wish away", "people")
    surveyed: float = field("people with five years in post whose expressed desire is .3 or more", "people")
    stress: float = field("stress", "0-1")
    load: float = field("load", "share of contracted time")
    core_done: float = field("time worked in the job", "share of contracted time")
    project_done: float = field("time worked on projects and postings", "share of contracted time")
    trained: float = field("time in training", "share of contracted time")
    gaps: float = field("skills that count as gaps, counted for each of the people", "skills")
    gaps_shown: float = field("gap skills that people show as well as needs call for them", "skills")
    overloaded: float = field("people with a load above 1.1", "people")
    belonging: float = field("belonging", "0-1")
    engagement: float = field("engagement", "SD")
    efficacy: float = field("self-efficacy", "0-1")
    support: float = field("expected support for development", "0-1")
    odds: float = field("expected odds of being chosen", "0-1")
    output: float = field("core work delivered", "FTE")
    competence: float = field("competence in the role", "SD")
    beyond: float = field("skills beyond the job, above their resting level", "SD, summed over skills")
    hidden: float = field("hidden talent: skill above what others suppose, as far as it is not shown", "SD")
    outside_pull: float = field("what other employers see of somebody", "SD")
    age: float = field("age", "months")
    quits: float = field("people who quit this month, and are not counted as in post", "people")
    retired: float = field("people who retired this month, and are not counted as in post", "people")
    ties: float = field("ties", "ties")
    ties_across: float = field("ties to other departments", "ties")
    ties_inside: float = field("ties inside the own department", "ties")


@record
class Flow(Rows):
    """What happened in the organization in one month."""

    seen: float = field("people who noticed a posting", "people")
    able: float = field("people with a latent wish, spare time and something of interest seen", "people")
    silent: float = field("of these, people who did not ask", "people")
    silent_rationalized: float = field("silent people who would have asked had they not talked the wish away", "people")
    silent_refusal: float = field("silent people who would have asked, had they been sure of the manager", "people")
    silent_rejection: float = field("silent people who would have asked, had they been sure of the poster", "people")
    silent_tape: float = field("silent people who would have asked without red tape", "people")
    silent_strain: float = field("silent people who would have asked without stress and other projects", "people")
    silent_anyway: float = field("silent people whom no barrier alone kept from asking", "people")
    asked: float = field("requests made", "requests")
    asked_outside: float = field("requests made outside the own job family", "requests")
    decided: float = field("requests that a manager answered", "requests")
    approved: float = field("of these, granted", "requests")
    ticked: float = field("requests ticked without asking the manager", "requests")
    found_out: float = field("people found out after ticking", "people")
    pending: float = field("requests still without an answer at the end of the month", "requests")
    answered: float = field("requests that got their last answer, from a manager or by the rules", "requests")
    expired: float = field("requests that expired", "requests")
    withdrawn: float = field("requests overtaken by events", "requests")
    granted_after: Floats = field("requests that got their last yes, by months waited", "requests", WAITED)
    denied_after: Floats = field("requests that got a no, by months waited", "requests", WAITED)
    passed_after: Floats = field("requests that needed no answer and went on, by months waited", "requests", WAITED)
    expired_after: Floats = field("requests that expired, by months waited", "requests", WAITED)
    overtaken_after: Floats = field("requests overtaken while they waited, by months waited", "requests", WAITED)
    waiting_after: Floats = field("requests that wait on at the end of the month, by months waited", "requests", WAITED)
    rejected: float = field("permitted requests that the poster turned down", "requests")
    joined: float = field("people who joined a project", "people")
    fit_shown: float = field("of these, how well the skills that others see came up to the need", "SD")
    fit_true: float = field("of these, how well the true skills came up to the need", "SD")
    first_choice: float = field("of these, people who joined what they liked best", "people")
    liked: float = field("of these, interest in what they joined, when they asked or were offered it", "logits")
    nominated: float = field("answers of managers to a central office about people who had not asked", "people")
    cleared: float = field("of these, yeses", "people")
    offered: float = field("places offered to people who had not asked", "people")
    declined: float = field("of these, offers turned down", "people")
    arrived: float = field("needs that arose", "needs")
    posted: float = field("needs posted", "needs")
    met: float = field("needs met by a project", "needs")
    bought: float = field("needs bought from a consultant", "needs")
    lapsed: float = field("needs that lapsed", "needs")
    backlog: float = field("needs open or posted at the end of the month", "needs")
    started: float = field("projects whose first member joined", "projects")
    work_met: float = field("work of the needs met", "FTE-months")
    worth: float = field("worth of the needs met", "FTE-months of core work")
    closed_gap: float = field("needs closed that call for a skill in short supply", "needs")
    met_gap: float = field("of these, met by a project", "needs")
    short_seats: float = field("seats of the job family that was short when last counted", "seats")
    short_filled: float = field("of these, seats that somebody holds", "seats")
    innovations: float = field("innovations that came of projects", "innovations")
    light: float = field("hidden talent brought to light by use", "SD")
    ties_new: float = field("new ties across departments", "ties")
    left: float = field("people who left", "people")
    hired: float = field("outsiders hired", "people")
    opened: float = field("seats that fell open because somebody left, or were added to the plan", "seats")
    abolished: float = field("vacant seats taken out of the plan", "seats")
    slotted: float = field("vacancies for which the hiring manager asked somebody known", "seats")
    slot_taken: float = field("of these, taken by whoever was asked", "seats")
    advertised: float = field("vacancies newly advertised to all insiders", "seats")
    applied: float = field("applications of insiders", "applications")
    applied_outside: float = field("of these, beyond the own job family", "applications")
    backed: float = field("moves that a manager was told of and backed", "applications")
    resisted: float = field("moves that a manager was told of and resisted", "applications")
    vetoed: float = field("moves that a manager forbade", "applications")
    interviewed: float = field("insiders interviewed", "people")
    turned_down: float = field("insiders rejected for a vacancy", "people")
    turned_down_unheard: float = field("of these, without an interview", "people")
    chosen: float = field("insiders chosen for a vacancy", "people")
    chosen_fit: float = field("of these, true competence for the new seat", "SD")
    held: float = field("months for which people who were chosen are held back", "months")
    blocked: float = field("offers that lapsed while a manager held somebody back", "moves")
    moves: float = field("moves inside", "moves")
    upward: float = field("of these, to a higher grade", "moves")
    lateral: float = field("of these, in the same grade", "moves")
    across: float = field("of these, to another unit", "moves")
    across_departments: float = field("of these, to another department", "moves")
    far: float = field("of these, far from the own skills", "moves")
    ramp_ahead: float = field("months until people who took up a post are fully productive there", "months")
    rotated: float = field("of these, on rotation", "moves")
    chains: float = field("chains of vacancies that ended", "chains")
    chain_fills: float = field("seats filled in them", "seats")
    filled_after: Floats = field("vacancies filled, by months open", "seats", OPEN)
    filled_inside_after: Floats = field("of these, from inside, by months open", "seats", OPEN)
    abolished_after: Floats = field("vacancies abolished, by months open", "seats", OPEN)
    open_after: Floats = field("vacancies still open at the end of the month, by months open", "seats", OPEN)
    covered: float = field("vacant seats' work done by consultants", "FTE-months")
    ramp_lost: float = field("core work that is missing because people are new to their posts", "FTE-months")
    back_low: float = field("P(back) the move of somebody of value -1 SD", "probability")
    back: float = field("P(back) the move of somebody of average value", "probability")
    back_high: float = field("P(back) the move of somebody of value +1 SD", "probability")
    filled_slotted: float = field("vacancies filled by somebody who was asked, without being advertised", "seats")
    paid: float = field("pay of people at work", PAY)
    earned: float = field("core work delivered, at the pay of the grade", PAY)
    overtime: float = field("pay for as much time as was worked beyond full time", PAY)
    training: float = field("time in training", "FTE-months")
    hired_pay: float = field("a month's pay of the seats to which outsiders came", PAY)
    vacant_pay: float = field("pay of vacant seats", PAY)
    plan_pay: float = field("pay of all seats, abolished ones among them", PAY)
    plan_time: float = field("time of these seats", "FTE-months")
    cover_done: float = field("what consultants delivered on vacant seats", "FTE-months of core work")
    backfilled: float = field("time of temps who stand in for people on projects", "FTE-months")
    work_bought: float = field("work of the needs bought", "FTE-months")
    worth_bought: float = field("worth of the needs bought", "FTE-months of core work")
    served: float = field("people whom the market's platform serves, times the share of postings in it", "people")
    launched: float = field("people for whom a market was opened", "people")
    guided: float = field("people who are shown where jobs lead, times how clearly", "people")
    listened: float = field("people who were heard", "people")
    meetings: float = field("meetings of the committee", "meetings")
    release: float = field("managers' support for leaving, as it stands", "0-1")
    vacant: float = field("vacant seats at the end of the month", "seats")
    seats: float = field("seats", "seats")
    units: float = field("units with a manager", "units")
    heard: float = field("signal as managers perceive it", "0-1")
    development: float = field("managers' support for development, as it stands", "0-1")
    hoarding: float = field("managers' hoarding, as it stands", "0-1")
    pressure: float = field("target pressure on managers", "0-1")
    experience: float = field("managers' own experience with lending", "-1 to 1")
    committee: float = field("time that the committee takes", "FTE-months")
    panel_low: float = field("P(yes) to a standard request of somebody of value -1 SD", "probability")
    panel: float = field("P(yes) to a standard request of somebody of average value", "probability")
    panel_high: float = field("P(yes) to a standard request of somebody of value +1 SD", "probability")
    signal: float = field("signal of leadership", "0-1")
    needed_after: Floats = field("time that a shock calls for, by months since it came", "FTE-months", SHOCK)
    volunteers_after: Floats = field("of this, given by volunteers", "FTE-months", SHOCK)
    called_after: Floats = field("of this, given by people whom their managers named", "FTE-months", SHOCK)
    consultants_after: Floats = field("of this, bought from consultants", "FTE-months", SHOCK)
    missed: float = field("core work that those called would have delivered", "FTE-months of core work")
    paused: float = field("projects that pause because all their members are called", "project-months")
    months: float = field("months counted: 1", "months")


@rule
def takes_part(employee: Employee, now: Now) -> bool:
    """Whether somebody is a participant: on a project this month or in the eleven before."""
    return now.month - employee.served < YEAR


@rule
def lends(unit: Unit, now: Now) -> bool:
    """Whether a team lends: somebody of it was on a project this month or in the eleven before."""
    return now.month - unit.lent < YEAR


@rule
def was_here(employee: Employee) -> bool:
    """Whether somebody was hired before the fork."""
    return employee.hired < 0


@rule
def waited(request: Request, now: Now) -> int:
    """Months since somebody asked."""
    return min(now.month - request.asked, WAITED - 1)


@rule
def waits(request: Request) -> bool:
    """Whether a request still waits for its last answer."""
    return request.stage != FREE and request.stage != PERMITTED
