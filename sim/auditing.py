"""What everybody would answer in an audit, and what is so: a rule beside the month, which changes nothing."""

from typing import Any

from sim.compiling import rule
from sim.counting import RESIGNED, STAYER_MONTHS
from sim.draws import uniform
from sim.judging import (
    WISH,
    expressed,
    has_manager,
    is_head,
    log_odds,
    market_is_open,
    reasons,
    sigma,
    value_to_team,
    works_here,
)
from sim.records import SKILLS, Employee, Now, Unit
from sim.rows import Rows, field, record
from sim.world import World

SURVEY = 255  # what a survey draws is none of the model's decisions, so that no audit changes what happens


@record
class Answer(Rows):
    """What one person would answer, and what is so of this person."""

    here: float = field("works here")
    lot: float = field("place in the draw of those who are asked", "0-1")
    response: float = field("readiness to respond", "0-1")
    asks_manager: float = field("has a manager to ask: all but the head")
    noticed: float = field("says: I noticed a piece of work on the market this month")
    wishing: float = field("says: I would like different work")
    wishes: float = field("would like different work, said or unsaid")
    long_in_post: float = field("has been in post for five years or more")
    resigned: float = field("has talked half of the wish or more away")
    trusts: float = field("says: my manager would support it")
    supported: float = field("the manager's P(yes) to a standard request by this person", "probability")
    hopes: float = field("says: I would get a fair chance")
    recognized: float = field("says: the organization knows what I can do")
    shown: float = field("share of what this person can do that others can see", "share")


@rule
def says(employee: Employee, belief: float, question: int, now: Now) -> float:
    """A yes, as likely as the belief is strong: somebody who puts it at .6 says yes in six surveys of ten."""
    return 1.0 if uniform(employee.person, now, SURVEY, question) < belief else 0.0


@rule
def visible_share(employee: Employee, confidence: float, now: Now) -> float:
    """Share of skill, above what others suppose anyway, that is shown; 1 without such skill. (`confidence`: SD added.)

    Skill is that of somebody as it is or, with confidence, as they feel it.
    """
    seen, all_ = 0.0, 0.0
    for k in range(SKILLS):
        above = max(0.0, employee.skills[k] + confidence - now.behaviour.matching.unseen)
        seen += employee.shown[k] * above
        all_ += above
    return seen / all_ if all_ > 0.0 else 1.0


@rule
def answers_audit(answer: Answer, employee: Employee, unit: Unit, answering: Unit, now: Now) -> None:
    """One person fills in the form. (`answering`: the unit whose manager answers this person's requests.)"""
    answer.here = 1.0
    answer.lot, answer.response = uniform(employee.person, now, SURVEY, 0), uniform(employee.person, now, SURVEY, 1)
    answer.noticed = 1.0 if market_is_open(now) and employee.seen > 0 else 0.0
    answer.wishing = 1.0 if expressed(employee) >= WISH else 0.0
    answer.wishes = 1.0 if employee.latent >= WISH else 0.0
    answer.long_in_post = 1.0 if employee.position >= STAYER_MONTHS else 0.0
    answer.resigned = 1.0 if employee.rationalization >= RESIGNED else 0.0
    answer.asks_manager = 0.0 if is_head(employee) else 1.0
    answer.trusts = says(employee, employee.expected_support, 3, now)
    answer.supported = sigma(log_odds(reasons(answering, value_to_team(employee, unit, now), now)))
    answer.hopes = says(employee, employee.odds, 4, now)
    answer.recognized = says(employee, visible_share(employee, employee.efficacy - 0.5, now), 5, now)
    answer.shown = visible_share(employee, 0.0, now)


@rule
def audits(world: World, answers: Any) -> None:
    """Everybody who works here fills in the form; `answers` has a row for each row of the staff."""
    for row in range(len(world.staff)):
        employee = world.staff[row]
        if works_here(employee):
            unit = world.units[employee.unit]
            answering = unit if has_manager(unit) else world.units[unit.parent]
            answers_audit(answers[row], employee, unit, answering, world.now)
