"""The words in which a career is told. Nobody's gender is guessed: people are named, or are 'they'."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from sim.careers.frame import FULL_WEEK
from sim.judging import FULL_MONTH

MOTIVES = {  # what somebody has more of than others who are interested
    "desire": "wanted something new",
    "efficacy": "trusted themselves to do it",
    "support": "counted on the manager's support",
    "odds": "expected to be chosen",
    "peers": "had team-mates on projects",
    "tape": "had little red tape before them",
    "load": "had time left",
    "stress": "were free of stress",
}
AMBITIONS = {  # what somebody who applies has more of than other applicants
    "draw": "were drawn by the post",
    "desire": "wanted something new",
    "efficacy": "trusted themselves to do it",
    "release": "counted on the manager to back the move",
    "chances": "expected to be chosen",
}
WEIGHTS = {  # a manager's reasons: in favour, and against
    "support": ("the manager's belief in letting people develop", "the manager's doubts about letting people develop"),
    "signal": ("leadership's call to lend people", "leadership's call to lend people"),
    "denied": ("complaints of those who were refused before", "complaints of those who were refused before"),
    "burdened": ("colleagues' complaints about the work left to them", "colleagues' complaints about the work left to "
                 "them"),
    "hoarding": ("how little the team would miss", "the value to the team"),
    "away": ("how few of the team were away", "how much of the team was away already"),
    "reward": ("what evaluations give for lending people", "what evaluations give for keeping people"),
    "experience": ("good experience with lending people", "bad experience with lending people"),
    "pressure": ("targets that were in no danger", "the pressure of targets"),
}  # fmt: skip
BACKINGS = {  # a manager's reasons where somebody wants to move on: in favour, and against
    **{name: WEIGHTS[name] for name in ("signal", "hoarding", "away", "experience", "pressure")},
    "support": ("the manager's belief in letting people go", "the manager's doubts about letting people go"),
    "reward": ("what evaluations give for people who move on", "what evaluations give for keeping people"),
}
PLAIN = {  # terms of either decision, by their names
    "desire": "the wish that was left", "efficacy": "belief in their own ability",
    "support": "support for development, expected or real", "odds": "the hope of being chosen",
    "peers": "team-mates on projects", "tape": "red tape", "load": "time taken up already", "stress": "stress",
    "signal": "leadership's call to lend people", "denied": "complaints of those refused before",
    "burdened": "complaints of those left with the work", "hoarding": "the value to the team",
    "away": "how much of the team was away", "reward": "what evaluations give for lending",
    "experience": "experience with lending", "pressure": "the pressure of targets",
}  # fmt: skip
DRIVING = {  # what makes people quit
    "engagement": "how little the work engaged them", "stress": "stress",
    "thwarted": "a wish for other work that nothing had served", "rejected": "having been turned down for a post",
    "outside": "what other employers saw in them", "outsider": "that they had come to the post from outside",
}  # fmt: skip
PLAIN_MOVES = {  # terms of what decides about moves, by their names
    "draw": "how much the post drew", "desire": "the wish that was left", "efficacy": "belief in their own ability",
    "release": "the backing that they expected", "chances": "the hope of being chosen",
    "support": "the manager's support for leaving", "signal": "leadership's call to let people go",
    "reward": "what evaluations give for people who move on", "experience": "experience with lending",
    "pressure": "the pressure of targets", "hoarding": "the value to the team", "away": "how much of the team was away",
}  # fmt: skip
BARRIERS = {  # what would have to be otherwise for somebody to ask
    "rationalized": "had they not talked part of the wish away",
    "refusal": "had they been sure of the manager's yes",
    "rejection": "had they been sure of being chosen",
    "tape": "had there been no red tape",
    "strain": "had they been rested and on no other project",
}
SHARES = (
    (0.05, "none"), (0.2, "a little"), (0.3, "about a quarter"), (0.42, "about a third"), (0.58, "about half"),
    (0.71, "about two thirds"), (0.85, "about three quarters"), (0.95, "most"), (2.0, "nearly all"),
)  # fmt: skip
WISHES = (
    (0.1, "hardly any wish for other work"), (0.2, "a slight wish for other work"), (0.3, "some wish for other work"),
    (0.45, "a clear wish for other work"), (2.0, "a strong wish for other work"),
)  # fmt: skip
NOTHING_WEIGHED = 0.05  # logits below which a term is not worth a word


def called(name: str) -> str:
    """Somebody by name; those who only have a number are employees of that number."""
    return f"employee {name}" if name[:1].isdigit() else name


def capital(text: str, name: str = "") -> str:
    """A text as a sentence begins; a name with which it begins stays as it is."""
    return text if name and text.startswith(name) else text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def span(months: int) -> str:
    """``3 years and 2 months``."""
    years, rest = divmod(months, 12)
    parts = [counted(years, "year")] * (years > 0) + [counted(rest, "month")] * (rest > 0)
    return " and ".join(parts) or "less than a month"


def label(first: int, last: int) -> str:
    return f"Month {first}" if first == last else f"Months {first} {'and' if last == first + 1 else 'to'} {last}"


def work(row: Any) -> str:
    """``Finance; 8 hours a week for 4 months``, or how many hours in all where they are few."""
    if row.hours >= 2:
        return f"{row.family}; {row.hours:.0f} hours a week for {span(int(row.months))}"
    total = row.hours * FULL_MONTH / FULL_WEEK * row.months
    return f"{row.family}; {'an hour' if total < 1.5 else f'{total:.0f} hours'} in all"


def post(row: Any) -> str:
    """``Budget 2 (Finance; a grade higher)``."""
    return f"{row.department} ({'; '.join(filter(None, (str(row.family), higher(row.step))))})"


def higher(step: float) -> str:
    """Grades from the own post up to another."""
    if step != step or not step:  # unknown, or none
        return ""
    return f"{'a grade' if abs(step) == 1 else f'{abs(step):.0f} grades'} {'higher' if step > 0 else 'lower'}"


def chance(p: float) -> str:
    """``3 in 10`` or ``1 in 25``."""
    if p >= 0.95:
        return "nearly certain"
    return f"{10 * p:.0f} in 10" if p >= 0.15 else f"1 in {1 / max(p, 1e-6):.0f}"


def of_ten(p: float) -> str:
    """``in 3 of 10 cases``."""
    return "nearly always" if p >= 0.95 else "hardly ever" if p < 0.05 else f"in {10 * p:.0f} of 10 cases"


def both_odds(p: float, other: float, words: Callable[[float], str]) -> tuple[str, str]:
    """Two odds that are to be told apart: in words, or where these are the same, in percent as exactly as need be."""
    told = words(p), words(other)
    for digits in range(6):
        if told[0] != told[1] or p == other:
            break
        told = f"{100 * p:.{digits}f} %", f"{100 * other:.{digits}f} %"
    return told


def wish(latent: float, talked_away: float) -> str:
    """How much somebody would like other work, and how far they have talked themselves out of it."""
    strength = next(text for limit, text in WISHES if latent < limit)
    if latent < WISHES[0][0]:
        return strength
    share = next(text for limit, text in SHARES if talked_away < limit)
    return f"{strength}, {share} of it talked away"


def logits(value: float) -> str:
    return f"{value:+.1f} logits".replace("-", "−")


def heaviest(terms: Mapping[str, float], sign: int, reasons: Mapping[str, tuple[str, str]] = WEIGHTS) -> str:
    """The reason of a manager that weighed most for (+1) or against (−1) it."""
    known = {name: sign * terms[name] for name in reasons if name in terms}
    name = max(known, key=lambda one: known[one])
    if known[name] < NOTHING_WEIGHED:
        return "nothing spoke clearly " + ("for it" if sign > 0 else "against it")
    words = reasons[name][0 if sign > 0 else 1]
    return f"most {'in favour' if sign > 0 else 'against it'}: {words} ({logits(terms[name])})"


def restless(terms: Mapping[str, float]) -> str:
    """What weighed most in somebody who quit, and how many times likelier it made that."""
    name = max(DRIVING, key=lambda one: terms[one])
    if terms[name] < NOTHING_WEIGHED:
        return "nothing in particular had driven them"
    return f"what weighed most was {DRIVING[name]} ({math.exp(terms[name]):.1f} times as likely for it)"


def driven(terms: Mapping[str, float], usual: Mapping[str, float], words: Mapping[str, str] = MOTIVES) -> str:
    """What sets somebody who asks apart from others who are interested, or who applies from other applicants."""
    above = {name: terms[name] - usual[name] for name in words if name in usual and name in terms}
    name = max(above, key=lambda one: above[one], default="")
    if not name or above[name] < 2 * NOTHING_WEIGHED:
        return ""
    return f"more than others, they {words[name]} ({logits(above[name])})"


def differing(one: Mapping[str, float], other: Mapping[str, float], words: Mapping[str, str] = PLAIN) -> str:
    """Which term of a decision differs most between two policies, and by how much."""
    apart = {name: abs(one[name] - other[name]) for name in words if one[name] == one[name]}
    name = max(apart, key=lambda each: apart[each])
    if apart[name] < NOTHING_WEIGHED:
        return ""
    return f"What differs most is {words[name]} ({logits(one[name])} against {logits(other[name])})."
