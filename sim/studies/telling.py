"""A comparison in plain sentences."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.studies.estimates import CONFIDENCE, Estimate
from sim.studies.wording import NOT_TOLD, runs, scaled, short, size, with_interval, wording

if TYPE_CHECKING:
    from sim.studies.compare import Comparison

ALPHA = 1 - CONFIDENCE


def sentences(found: "Comparison") -> Iterator[str]:
    """What was compared, what differs, what could not be told, and how sure that is."""
    count = runs(str(found.replicates), None, found.is_one)
    first = found.effects.iloc[0]
    window = "" if first.window == "all" else f", {first.window}"
    of = "" if first.group == "everyone" else f", {first.group.replace('_', ' ')}"
    yield f"Against {found.baseline} ({found.organization}, {found.months} months{window}{of}; {count}):"
    for policy in found.policies:
        here = found.effects[found.effects.policy == policy]
        yield from _of_policy(policy, here[(here.window == first.window) & (here.group == first.group)])
    yield family(found)
    if found.stopped:
        yield str(found.stopped)
    yield saved(found)


def _of_policy(policy: str, rows: Any) -> Iterator[str]:
    """Effects that are told apart, first those for the better, and names of the others."""
    known = [row for row in rows.itertuples() if is_told(row)]
    for heading, sign in (("better", 1), ("worse", -1), ("different", 0)):
        some = [_effect(row) for row in known if sign_of(row) == sign]
        if some:
            yield f"  {policy}, {heading}: {'; '.join(some)}."
    unknown = [_unknown(row) for row in rows.itertuples() if not is_told(row)]
    if unknown:
        yield f"  {policy}, {NOT_TOLD}: {'; '.join(unknown)}."


def is_told(row: Any) -> bool:
    """Whether an effect stays clear when it is held against all that is shown beside it."""
    return bool(row.p_adjusted < ALPHA)


def sign_of(row: Any) -> int:
    """+1 where the effect is for the better, −1 for the worse, 0 where that depends."""
    better = wording(row.measure).better
    return 0 if better == 0 else 1 if row.effect * better > 0 else -1


def estimate_of(row: Any) -> Estimate:
    """A row of effects in the unit in which it is told."""
    return scaled(Estimate(row.effect, row.low, row.high, int(row.n)), wording(row.measure).scale)


def _effect(row: Any) -> str:
    words = wording(row.measure)
    return f"{words.label} {with_interval(estimate_of(row), unit=words.change)}"


def _unknown(row: Any) -> str:
    words = wording(row.measure)
    if row.n == 0:
        return f"{words.label} (no value)"
    if row.effect == row.low == row.high == 0:
        return f"{words.label} (the same in every pair)"
    if math.isnan(row.detectable):
        return words.label
    return f"{words.label} ({short(words.scale * row.effect)}; found would be {size(words.scale * row.detectable)})"


def family(found: "Comparison") -> str:
    """How many effects were looked at, and what was done about that."""
    number = int(found.effects.p.notna().sum())
    kind = "intervals that hold at every look (confidence sequences)" if found.stopped else "Student's t"
    return (
        f"95 % intervals of each effect alone ({kind}). Told apart is what stays so among all {number} effects that "
        f"were read (Holm, {100 * ALPHA:.0f} %); what would be found four times in five stands behind the others."
    )


def saved(found: "Comparison") -> str:
    """What common random numbers saved, and when pairs part."""
    rows = found.certificate
    times = rows.times[rows.times.notna()].median() if len(rows) else math.nan
    months = found.partings.month
    alike = int(months.isna().sum())
    never = f"; {alike} of {len(months)} pairs never part" if alike else ""
    parted = f"the runs of a pair part in month {months.median():.0f} in the median" if alike < len(months) else ""
    if math.isinf(times):
        return f"Same luck: most measures are the same in every pair{never}."
    return (
        f"Same luck: differences vary {times:.1f} times less than with independent seeds, in the median of measures"
        f"{'; ' * bool(parted)}{parted}{never}."
    )
