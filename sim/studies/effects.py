"""Effects against a baseline, paired inside each replicate, in one tidy frame."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.errors import ElbowroomError
from sim.measures import MEASURES
from sim.studies.estimates import estimate, smallest_detectable
from sim.studies.sequences import chance_of_none, sequence
from sim.studies.wording import wording

if TYPE_CHECKING:
    import pandas as pd

OF_RUNS = ("setup", "point", "replicate", "seed", "group", "window", "month", "fingerprint")  # they label no policy
CELL = ["setup", "group", "window"]


class Pairs(NamedTuple):
    """One measure under a policy and under the baseline, replicate by replicate.

    Attributes
    ----------
    labels : setup, labels of the policy, group, window, measure.
    arm, baseline : values of the replicates that both have, in their order.
    """

    labels: dict[str, Any]
    arm: Any
    baseline: Any

    @property
    def differences(self) -> Any:
        return self.arm - self.baseline


def labels_of(frame: "pd.DataFrame") -> list[str]:
    """The columns of a summary frame that name its policies."""
    return [name for name in frame.columns if name not in OF_RUNS and name not in MEASURES]


def pairs(
    frame: "pd.DataFrame", baseline: Mapping[str, Any], measures: Sequence[str] | None = None
) -> Iterator[Pairs]:
    """Every policy, group, window and measure of a summary frame beside the baseline; without those that nobody has.

    Parameters
    ----------
    frame : as `replicates` returns it
    baseline : values of the labels that name the policy to compare with
    measures : by default all that the frame has
    """
    labels = labels_of(frame)
    wanted = [name for name in measures or frame.columns if name in frame.columns and name in MEASURES]
    cells = [name for name in CELL if name in frame]
    for cell, part in frame.groupby(cells, sort=False):
        arms: Any = {key: rows.set_index("replicate")[wanted]
                     for key, rows in part.groupby(labels, sort=False, dropna=False)}  # fmt: skip
        base = _the(arms, tuple(baseline.get(name) for name in labels), labels)
        for key, arm in arms.items():
            for name in wanted:
                one, other = arm[name].align(base[name], join="inner")
                if not (one.isna() | other.isna()).all():
                    found = {**dict(zip(cells, cell, strict=True)), **dict(zip(labels, key, strict=True))}
                    yield Pairs({**found, "measure": name}, one.to_numpy(), other.to_numpy())


def _the(arms: Any, key: tuple[Any, ...], labels: list[str]) -> Any:
    """The rows of the baseline, taken out of the arms; refused where replicates cannot be told apart."""
    if key not in arms:
        has = "; ".join(str(dict(zip(labels, one, strict=True))) for one in list(arms)[:8])
        raise ElbowroomError(f"there are no runs of a baseline {dict(zip(labels, key, strict=True))}; there are {has}.")
    if any(not rows.index.is_unique for rows in arms.values()):
        raise ElbowroomError(f"the columns {', '.join(labels)} do not single out one run in each replicate.")
    return arms.pop(key)


def effects(
    frame: "pd.DataFrame", baseline: Mapping[str, Any], measures: Sequence[str] | None = None,
    planned: float | None = None,
) -> "pd.DataFrame":
    """Effects of every policy of a frame against the baseline.

    Parameters
    ----------
    frame, baseline, measures : as for `pairs`
    planned : give it if more replicates were run depending on what was found: the number for which intervals that
        hold at every look shall be narrowest (see `sequence`)

    Returns
    -------
    DataFrame with columns setup, group, window, labels of the policy, measure; level (mean of the baseline), effect
    (mean of the differences inside each replicate), low and high (95 % interval), n; p (no effect) and p_adjusted
    (Holm 1979, over all rows); more and better (the probability that the effect is above 0, and on the better side;
    missing where that depends) and detectable (the effect that so many replicates find four times in five). With
    `planned`, low, high and p are those that hold at every look; fixed_low and fixed_high those of one look.
    """
    import pandas as pd

    rows = []
    for found in pairs(frame, baseline, measures):
        apart = ~np.isnan(found.differences)
        better = wording(found.labels["measure"]).better
        rows.append({**found.labels, "level": float(found.baseline[apart].mean()),
                     **told(found.differences[apart], better, planned)})
    table = pd.DataFrame(rows)
    if len(table):
        table.insert(list(table).index("p") + 1, "p_adjusted", holm(table.p.to_numpy()))
    return table


def told(differences: Any, better: int = 0, planned: float | None = None) -> dict[str, Any]:
    """What differences of pairs say: see `effects`."""
    fixed = estimate(differences)
    shown = sequence(differences, planned) if planned else fixed
    more = probability_of_more(differences)
    return {
        "effect": fixed.mean, "low": shown.low, "high": shown.high, "n": fixed.n,
        "p": chance_of_none(differences, planned) if planned else p_value(differences),
        "more": more, "better": {1: more, -1: 1 - more}.get(better, math.nan),
        "detectable": smallest_detectable(fixed),
        **({"fixed_low": fixed.low, "fixed_high": fixed.high} if planned else {}),
    }


def probability_of_more(differences: Any) -> float:
    """Posterior probability that the mean is above 0, by Student's t: flat prior on mean and log standard deviation."""
    from scipy.special import stdtr

    t, n = _t(differences)
    return float(stdtr(n - 1, t)) if n > 1 else math.nan


def p_value(differences: Any) -> float:
    """Two-sided, of a t test that the mean is 0."""
    from scipy.special import stdtr

    t, n = _t(differences)
    return float(2 * stdtr(n - 1, -abs(t))) if n > 1 else math.nan


def _t(values: Any) -> tuple[float, int]:
    """Student's t and n; 0 where all values are 0, infinite where all are another."""
    n = len(values)
    error = float(values.std(ddof=1)) / math.sqrt(n) if n > 1 else 0.0
    mean = float(values.mean()) if n else math.nan
    return (mean / error if error else math.copysign(math.inf, mean) if mean else 0.0), n


def holm(p: Any) -> Any:
    """P-values corrected for their number (Holm 1979); missing ones are not counted."""
    given = np.asarray(p, float)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    stepped = np.maximum.accumulate(given[order] * np.arange(len(order), 0, -1)) if len(order) else given[order]
    corrected = np.full(len(given), np.nan)
    corrected[order] = np.minimum(1, stepped)
    return corrected
