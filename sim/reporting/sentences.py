"""The answer in plain sentences, made from the numbers: what is not told apart is called so."""

from collections.abc import Callable, Iterable, Iterator

from sim.reporting.findings import Arm, Findings, counted
from sim.reporting.tables import compared, stays_clear
from sim.studies.estimates import Estimate, smallest_detectable
from sim.studies.wording import (
    A_PERMISSION,
    BALANCE,
    COSTS,
    FTE_MONTHS,
    GIVES,
    NOT_TOLD,
    Wording,
    percent,
    size,
    with_interval,
    wording,
)

SAID = (
    "participation", "needs_met", "expressed_desire", "ties_across", "delivery", "overloaded", "stress",
    "expected_support", "rejections", "silence", "belonging", "skills_beyond",
)
REASONS = (
    "silence_rationalized", "silence_refusal", "silence_rejection", "silence_tape", "silence_strain", "silence_anyway",
)
BY_PERMISSION = ("participation", "needs_met", "silence", "rejections", "delivery", "stress", "work_and_worth")
BY_LEADERSHIP = ("participation", "needs_met", "expressed_desire", "resigned_stayers", "delivery", "work_and_worth")
BY_CAP = (
    "participation", "needs_met", "expressed_desire", "skills_beyond", "ties_across", "overloaded", "stress",
    "rejections", "worth", "core_work", "work_and_worth",
)
NOTHING = "nothing that can be told apart"
Found = tuple[Wording, Estimate]


def sentences(findings: Findings, setup: str) -> list[str]:
    """What the market gives and costs in one setting, and what permission, leadership and cap change in that."""
    return [
        *gives_and_costs(findings, setup),
        *in_one_unit(findings, setup),
        *silence(findings, setup),
        *permission(findings, setup),
        *leadership(findings, setup),
        *caps(findings, setup),
        runs(findings, setup),
    ]


def headline(findings: Findings) -> str:
    """Participation and the work delivered, in each setting."""
    parts = [f"{_market(findings.first)}, against a closed market:"]
    for setup in findings.setups:
        joined = with_interval(findings.level(setup, "participation", findings.first), signed=False, unit="%")
        found = findings.gain(setup, "delivery", findings.first)
        work = with_interval(found, unit="percentage points") if found.is_clear else NOT_TOLD
        found = findings.gain(setup, "work_and_worth", findings.first)
        both = with_interval(found, unit=FTE_MONTHS) if found.is_clear else NOT_TOLD
        parts.append(
            f"{setup}: {joined} of people on a project in any month; work delivered by teams {work}; that and the "
            f"worth of needs met, together: {both}."
        )
    return "\n".join(parts)


def gives_and_costs(findings: Findings, setup: str) -> Iterator[str]:
    """Effects of the first arm, sorted by the way they went and not by what was expected.

    The longest of it is left to the table, but whatever is not told apart is named.
    """
    told = [(words, findings.told(setup, words.measure, findings.first)) for words in (*GIVES, *COSTS)]
    levels = [one for one in told if findings.is_missing_when_closed(setup, one[0].measure) and one[1].n]
    effects = [one for one in told if not findings.is_missing_when_closed(setup, one[0].measure)]
    gains, losses = (_clear(effects, sign) for sign in (1, -1))

    def shown(words: Wording, found: Estimate) -> str:
        is_effect = findings.has_effect(setup, words.measure)
        return with_interval(found, is_effect, words.change if is_effect else words.unit)

    yield f"{_market(findings.first)} gives: {_listed(gains, shown) or NOTHING}."
    yield f"It costs: {_listed(losses, shown) or NOTHING}." + (
        f" A closed market has no such thing, so this is a level: {_listed(levels, shown)}." if levels else ""
    )
    if unclear := [one for one in effects if not one[1].is_clear and one[1].n]:
        yield f"{_unclear(unclear, 'Not told apart from a closed market')}."


def in_one_unit(findings: Findings, setup: str) -> Iterator[str]:
    """What needs met are worth against what teams deliver less, and on whom that falls."""
    found = {words.measure: findings.gain(setup, words.measure, findings.first) for words in BALANCE}
    worth, work, both = (with_interval(found[words.measure], unit="FTE-months") for words in BALANCE)
    verdict = f"together {both}" if found["work_and_worth"].is_clear else f"the two together are {NOT_TOLD} from 0"
    yield (
        f"In one unit, core work per 100 employee-years: the needs met are worth {worth}; teams deliver {work}; "
        f"{verdict}. {_break_even(findings, setup)}Neither stress and rejections nor skills and ties are in that."
    )
    lent = findings.level(setup, "lending", findings.first)
    if lent.n and lent.mean > 0:
        loss = with_interval(findings.loss_of_lenders(setup, findings.first), unit="percentage points")
        yield (
            f"Where that falls: {with_interval(lent, signed=False, unit='%')} of people are in a team that has lent "
            f"somebody within a year. If all of the change in work delivered is theirs, it is {loss} there."
        )


def _break_even(findings: Findings, setup: str) -> str:
    """What the needs would have to be worth, where teams deliver less."""
    found = {name: findings.gain(setup, name, findings.first) for name in ("worth", "core_work")}
    if not (found["worth"].low > 0 and found["core_work"].high < 0):
        return ""
    times = with_interval(findings.break_even(setup, findings.first), signed=False, unit="times")
    return f"To make up for what teams deliver less, needs would have to be worth {times} what is assumed. "


def silence(findings: Findings, setup: str) -> Iterator[str]:
    """Why people who could ask did not."""
    told = [(wording(name), findings.level(setup, name, findings.first)) for name in REASONS]
    if all(found.n for _, found in told):
        *reasons, anyway = [
            (words.label.removeprefix("silence explained by "), with_interval(found, signed=False, unit="%"))
            for words, found in told
        ]
        listed = "; ".join(f"without {label} {share}" for label, share in reasons)
        yield f"Of those who could ask and did not, so many would have, this month: {listed}. Nothing of that alone " \
              f"would have been enough for {anyway[1]}."


def _clear(effects: Iterable[Found], sign: int) -> list[Found]:
    """Those to be said that are told apart and went the better (1) or the worse way (-1)."""
    return [
        (words, found) for words, found in effects
        if words.measure in SAID and found.is_clear and found.mean * words.better * sign > 0
    ]


def permission(findings: Findings, setup: str) -> Iterator[str]:
    """Each further permission against the first, paired."""
    start = findings.first
    for name in findings.permissions[1:]:
        intro = f"{capital(_a(name))} instead of {_a(start.permission)} ({_said(start)}, cap {percent(start.cap)})"
        yield _change(findings, setup, intro, BY_PERMISSION, start.but(permission=name), start)


def leadership(findings: Findings, setup: str) -> Iterator[str]:
    """The loudest leadership against the quietest, under the same market and without one."""
    start, loud = findings.first, findings.first.but(leadership=findings.quiet_and_loud[-1])
    if loud == start:
        return
    intro = f"Leadership “{loud.leadership}” instead of “{start.leadership}” ({_a(start.permission)}, " \
            f"cap {percent(start.cap)})"
    open_ = _change(findings, setup, intro, BY_LEADERSHIP, loud, start)
    measures = [measure for measure in BY_LEADERSHIP if findings.has_effect(setup, measure)]
    yield open_ + " " + _change(
        findings, setup, "In a closed market the same", measures, loud.but(cap=0.0), start.but(cap=0.0)
    )


def caps(findings: Findings, setup: str) -> Iterator[str]:
    """The reference cap against a lower one, and the largest against the reference."""
    start, below = findings.first, [cap for cap in findings.caps if 0 < cap < findings.reference]
    half = findings.reference / 2
    steps = [(min(below, key=lambda cap: abs(cap - half)), start.cap)] if below else []
    if findings.caps[-1] > start.cap:
        steps.append((start.cap, findings.caps[-1]))
    for low, high in steps:
        intro = f"Going from a cap of {percent(low)} to {percent(high)} ({_a(start.permission)}, {_said(start)})"
        yield _change(findings, setup, intro, BY_CAP, start.but(cap=high), start.but(cap=low))


def runs(findings: Findings, setup: str) -> str:
    """How many organizations, of what size, over how long."""
    return (
        f"{counted(findings, [setup])}, each with a past of its own from which all its markets start; means over "
        f"{findings.study.months} months. In brackets: 95 % intervals, of differences inside each organization where "
        "two markets are compared."
    )


def notes(findings: Findings) -> list[str]:
    """How to read all of it."""
    found = list(compared(findings))
    clear = sum(one.is_clear for one in found)
    stay = sum(stays_clear(one, len(found)) for one in found)
    return [
        f"The tables hold {len(found)} comparisons that could have gone either way. Their intervals are not adjusted "
        f"for that: were there no effect at all, about {size(len(found) / 20)} would look clear by chance. {clear} are "
        f"clear, and {stay} stay so after Bonferroni's adjustment.",
        "That a difference is told apart does not make it large: more replicates tell ever smaller ones apart. Judge "
        "its size.",
        "Measures are of everyone. Teams that lend people are other teams in each market, so that comparing those "
        "would mix the effect with who lends.",
        f"The closed market is that of leadership “{findings.leaderships[0]}”; effects are against a closed market "
        "with the leadership of their own column. ± is half of a 95 % interval.",
        "Effects on percentages are percentage points; points of 100 are a state between 0 and 1, times 100; SD is the "
        "spread of a skill among people.",
    ]


def _change(findings: Findings, setup: str, intro: str, measures: Iterable[str], arm: Arm, other: Arm) -> str:
    told = [(wording(name), findings.contrast(setup, name, arm, other)) for name in measures]
    clear = [one for one in told if one[1].is_clear]
    unclear = [one for one in told if not one[1].is_clear and one[1].n]
    changes = _listed(clear, lambda words, found: with_interval(found, unit=words.change))
    return f"{intro}: {changes or NOTHING}." + (f" {_unclear(unclear)}." if unclear else "")


def _listed(found: Iterable[Found], shown: Callable[[Wording, Estimate], str]) -> str:
    return "; ".join(f"{words.label} {shown(words, one)}" for words, one in found)


def _unclear(found: Iterable[Found], intro: str = NOT_TOLD.capitalize()) -> str:
    """``Not told apart: stress (0.3 points of 100 would be found four times in five)``."""
    parts = [f"{words.label} ({_least(one, words.change)})" for words, one in found]
    return f"{intro}: {'; '.join(parts)}"


def _least(found: Estimate, unit: str) -> str:
    """The smallest effect that this many replicates would show."""
    least = smallest_detectable(found)
    if found.n < 2:
        return "one organization alone tells nothing"
    return f"{size(least, unit)} would be found four times in five" if least > 0 else "exactly 0 in every organization"


def _market(arm: Arm) -> str:
    return f"A cap of {percent(arm.cap)} under {_a(arm.permission)}, {_said(arm)}"


def _said(arm: Arm) -> str:
    return f"leadership “{arm.leadership}”"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _a(permission: str) -> str:
    return A_PERMISSION.get(permission, permission)
