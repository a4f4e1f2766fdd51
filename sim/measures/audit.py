"""The audit: five questions about an organization, as a survey hears the answers, and beside them what is so.

The playbook asks an organization five questions before it starts. Their wording is not in our sources, so this one is
ours: do people know of work elsewhere; would they like different work; would their manager support it; would they get a
fair chance; does the organization know what they can do.
"""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.auditing import Answer, audits
from sim.errors import ElbowroomError
from sim.judging import market_is_open, recruits
from sim.measures.intervals import wilson
from sim.records import NONE
from sim.replacing import OURS, Rules
from sim.settings.policy import Reach
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

YEAR = 12


class Question(NamedTuple):
    """One question, what a survey hears of it, and what is so.

    Attributes
    ----------
    number, text : its place and its words.
    heard : answers of those who responded, 1 for yes.
    is_so : what is so of everybody; `truth` says what that is.
    """

    number: str
    text: str
    heard: Any
    is_so: float
    truth: str


def audit(
    world: World, respondents: int | None = None, rate: float = 1.0, rules: Rules = OURS
) -> "pd.DataFrame":
    """Five questions, answered as a survey would be, and what is so.

    Parameters
    ----------
    world : at the end of a month, such as a finished run's
    respondents : how many people are asked, drawn at random; everybody by default
    rate : share of them who respond, at random
    rules : those of the run

    Returns
    -------
    DataFrame indexed by question, with the question's text; says_yes, the share of answers that are yes, with its 95 %
    interval (low, high) and n; is_so, what is so of everybody, and what_is_so in words; gap, what the survey hears
    beyond that; and a sentence. 2a and 2b are those of question 2 who have been in post for five years or more, and
    among these the resigned, as shares of all people.

    Notes
    -----
    Who wishes says so from an expressed wish of .3 on. Of a belief between 0 and 1 people say yes that often: whoever
    puts the manager's support at .6 says yes in six surveys of ten. Draws are keyed by person and month, so the same
    organization gives the same answers, and more respondents are the same ones and more.
    """
    import pandas as pd

    if respondents is not None and respondents < 1:
        raise ElbowroomError(f"respondents = {respondents}: expected 1 or more, or None for everybody.")
    if not 0 < rate <= 1:
        raise ElbowroomError(f"rate = {rate}: expected a share of those asked who respond, above 0 and at most 1.")
    answers = filled_in(world, rules)
    everybody = answers[answers["here"] > 0]
    asked = everybody[np.argsort(everybody["lot"], kind="stable")][:respondents]
    table = [line(one) for one in questions(world, everybody, asked[asked["response"] < rate], rules)]
    return pd.DataFrame(table).set_index("number")


def filled_in(world: World, rules: Rules) -> Any:
    """(staff,) everybody's answers; rows that nobody holds stay empty."""
    answers = Answer.rows(len(world.staff))
    rules.call(audits, world, answers)
    return answers


def questions(world: World, everybody: Any, heard: Any, rules: Rules) -> list[Question]:
    """The five, and two parts of the second."""
    def stays(people: Any) -> Any:
        return people["long_in_post"] * people["wishes"]

    def resigned(people: Any) -> Any:
        return stays(people) * people["resigned"]

    asks, hears = (people[people["asks_manager"] > 0] for people in (everybody, heard))
    chance, settled = fair_chance(world)
    return [
        Question("1", "Did you notice work elsewhere in the organization this month?", heard["noticed"],
                 within_reach(world, rules), "of people have some within reach"),
        Question("2", "Would you like different work?", heard["wishing"], mean(everybody["wishes"]),
                 "of people would, said or unsaid"),
        Question("2a", "The same, and five years or more in post (involuntary stayers):",
                 heard["long_in_post"] * heard["wishing"], mean(stays(everybody)), "of people are and would"),
        Question("2b", "The same, and half of the wish or more talked away (the resigned):",
                 resigned(heard) * heard["wishing"], mean(resigned(everybody)), "of people are"),
        Question("3", "Would your manager support it?", hears["trusts"], mean(asks["supported"]),
                 "of standard requests, one by each, would be granted now"),
        Question("4", "If you asked, would you get a fair chance?", heard["hopes"], chance,
                 f"of permitted requests settled in the last year got a place (n = {settled:,})"),
        Question("5", "Does the organization know what you can do?", heard["recognized"], mean(everybody["shown"]),
                 "of what people can do is there for others to see"),
    ]  # fmt: skip


def within_reach(world: World, rules: Rules) -> float:
    """Share of people within whose reach a posting of another unit stands open."""
    now, used = world.now, np.flatnonzero(world.projects["used"][: world.counts[0].projects])
    people = world.staff[world.staff["person"] != NONE]
    if not rules.call(market_is_open, now):
        return 0.0
    needs = world.needs
    open_ = [rules.call(recruits, world.projects[p], needs[world.projects["need"][p]], now) for p in used.tolist()]
    standing = world.projects[used[np.array(open_, bool)]]
    own = np.bincount(standing["unit"], minlength=len(world.units))[people["unit"]]
    reach = now.policy.market.reach
    if reach == Reach.organization:
        return mean(len(standing) > own)
    if reach == Reach.unit:
        return 0.0
    near = np.bincount(standing["department"], minlength=int(people["department"].max()) + 1)[people["department"]]
    return mean(near > own * (world.units["department"][people["unit"]] == people["department"]))


def fair_chance(world: World) -> tuple[float, int]:
    """Of permitted requests settled in the last year, the share that got a place, and how many were settled."""
    last = int(world.now.month - world.now.first)
    year = world.flow[max(0, last - YEAR) : last]
    joined, settled = year["joined"].sum(), year["joined"].sum() + year["rejected"].sum()
    return (float(joined / settled) if settled else math.nan), int(settled)


def mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else math.nan


def line(one: Question) -> dict[str, Any]:
    """One row of the table."""
    n, yes = len(one.heard), mean(one.heard)
    low, high = (float(limit) for limit in wilson(yes, n))
    return {
        "number": one.number, "question": one.text, "says_yes": yes, "low": low, "high": high, "n": n,
        "is_so": one.is_so, "what_is_so": one.truth, "gap": yes - one.is_so, "sentence": sentence(one, yes, low, high),
    }  # fmt: skip


def sentence(one: Question, yes: float, low: float, high: float) -> str:
    """What the survey hears, what is so, and how far they are apart."""
    if not len(one.heard):
        return f"{one.text} Nobody responded."
    said = f"{one.text} {100 * yes:.0f} % say yes ({100 * low:.0f} to {100 * high:.0f}, n = {len(one.heard):,})."
    if math.isnan(one.is_so):
        return f"{said} There is nothing to hold that against: no permitted request was settled in the last year."
    said += f" What is so: {100 * one.is_so:.0f} % {one.truth}."
    if low <= one.is_so <= high:
        return f"{said} The survey is right within its error."
    points, way = 100 * abs(yes - one.is_so), "more" if yes > one.is_so else "less"
    return f"{said} The survey hears {points:.0f} points {way} than there is."
