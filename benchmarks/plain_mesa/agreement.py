"""`python -m benchmarks.plain_mesa.agreement`: do this implementation and Elbowroom give the same measures?

Both live the same plans of posts under the same settings, with luck of their own, and each measure is compared over the
same windows with Welch's t. A difference is called clear when its p survives Holm's correction over all comparisons.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from benchmarks.plain_mesa.measures import over as plain_over
from benchmarks.plain_mesa.model import PlainOrganization
from sim.measures.frames import over
from sim.running import Run, Setup, burn_in, forked
from sim.settings import STATUS_QUO, OrganizationSpec, named

MONTHS = 60
BEFORE = {"last year before": (-12, 0)}
AFTER = {"months 0-12": (0, 12), "months 12-36": (12, 36), "months 36-60": (36, 60)}
ARMS = {
    "default": ["open_opps", "vacancies", "development"],
    "lively": ["open_opps", "form", "red_tape", "managers", "lists"],
}
CHANGED: dict[str, dict[str, Any]] = {  # arms that are no named policy: levers of open_opps that differ
    "form": {"market.permission": "form"},
    "managers": {
        "managers.export_reward": 1.0, "managers.backfill": 0.5, "leadership.target_emphasis": 1.0,
        "leadership.listening": 0.5, "leadership.priority": "gaps", "leadership.committee_every": 6,
    },
    "vacancies": {
        "vacancies.posted": 1.0, "vacancies.internal_first": 3, "vacancies.interview_all": True,
        "vacancies.min_time_in_role": 6, "managers.export_reward": 0.8, "managers.release_within": 1,
    },
    "development": {
        "development.upskilling": 0.04, "development.pathways": 0.8, "vacancies.rotation_every": 48,
        "leadership.priority": "vacancies", "leadership.committee_every": 6,
    },
    "lists": {"market.matching": "deferred_acceptance", "market.permission": "form"},
}  # fmt: skip
ALPHA = 0.05
MAIN = ("participation", "asks", "approval", "latency", "latent_desire", "rationalization", "stress", "belonging",
        "expected_support", "delivery", "ties_across", "needs_met", "mobility", "internal_fills", "applications",
        "resisted", "vacancy", "quits", "retirements")  # fmt: skip


class Job(NamedTuple):
    model: str
    behaviour: str
    seed: int
    size: int
    burn: int


def policy_of(name: str) -> Any:
    """A named policy, or the default one with some levers changed."""
    if name not in CHANGED:
        return named.policy(name)
    policy = named.policy("open_opps")
    for lever, value in CHANGED[name].items():
        policy = policy.changed(lever, value)
    return policy


def live(job: Job) -> list[dict[str, Any]]:
    """One organization of one model through all its arms: a row for each arm and window."""
    rows = lived_plainly(job) if job.model == "plain" else lived_in_elbowroom(job)
    return [{"model": job.model, "behaviour": job.behaviour, "seed": job.seed, **row} for row in rows]


def lived_in_elbowroom(job: Job) -> list[dict[str, Any]]:
    setup = Setup(OrganizationSpec(size=job.size, burn_in=job.burn), named.behaviour(job.behaviour))
    world = burn_in(setup, job.seed)
    before = over(Run(STATUS_QUO, 0, -job.burn, world.census, world.flow), BEFORE)
    rows = unrolled("before the fork", BEFORE, before)
    for name in ARMS[job.behaviour]:
        rows += unrolled(name, AFTER, over(forked(world, policy_of(name), MONTHS), AFTER))
    return rows


def unrolled(arm: str, windows: dict[str, Any], found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"policy": arm, "window": window, **{name: float(values[at]) for name, values in found.items()}}
        for at, window in enumerate(windows)
    ]


def lived_plainly(job: Job) -> list[dict[str, Any]]:
    start = PlainOrganization(job.size, STATUS_QUO, named.behaviour(job.behaviour), seed=job.seed, burn_in=job.burn)
    rows = [{"policy": "before the fork", "window": window, **plain_over(start, *BEFORE[window])} for window in BEFORE]
    for name in ARMS[job.behaviour]:
        model = copied(start)
        model.policy = policy_of(name)
        for _ in range(MONTHS):
            model.step()
        rows += [{"policy": name, "window": window, **plain_over(model, *AFTER[window])} for window in AFTER]
    return rows


def copied(model: PlainOrganization) -> PlainOrganization:
    """A copy that lives on by itself. People know people who know people, so copying goes deep."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        return deepcopy(model)
    finally:
        sys.setrecursionlimit(usual)


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Each measure that both have, arm and window: both means and Welch's interval for plain minus Elbowroom."""
    labels = ["behaviour", "policy", "window"]
    names = [name for name in rows.columns if name not in {*labels, "model", "seed"}]
    found = []
    for where, part in rows.groupby(labels, sort=False):
        both = [part.loc[part.model == model, names] for model in ("plain", "elbowroom")]
        found += [
            {**dict(zip(labels, where, strict=True)), "measure": name, **welch(*(side[name] for side in both))}
            for name in names
        ]
    table = pd.DataFrame(found).dropna(subset=["p"])
    table["holm"] = holm(table["p"].to_numpy())
    return table


def welch(plain: pd.Series, ours: pd.Series) -> dict[str, float]:
    """Difference of two means with its interval, in percent of the level and in SDs between replicates."""
    plain, ours = plain.dropna(), ours.dropna()
    spread = np.hypot(plain.std(), ours.std()) / np.sqrt(2)
    if min(len(plain), len(ours)) < 2 or not spread > 1e-9 * abs(ours.mean()):  # the same in all
        return {"p": np.nan}
    test = stats.ttest_ind(plain, ours, equal_var=False)
    interval = test.confidence_interval(1 - ALPHA)
    difference, level = plain.mean() - ours.mean(), ours.mean()
    return {
        "plain": plain.mean(), "elbowroom": level, "n": len(plain),
        "difference": difference, "low": interval.low, "high": interval.high,
        "percent": 100 * difference / abs(level) if level else np.nan, "sds": difference / spread,
        "p": float(test.pvalue),
    }


def holm(p: np.ndarray) -> np.ndarray:
    """P values corrected for their number (Holm 1979)."""
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(1, stepped)
    return corrected


def summary(replicates: int = 24, size: int = 600) -> list[str]:
    """The agreement in a few lines."""
    table = compared(rows_of(replicates, size))
    main = table[table.measure.isin(MAIN) & (table.window != next(iter(BEFORE)))]
    largest = main.loc[main.percent.abs().idxmax()]
    return [
        f"- {verdict(table)}",
        f"- {replicates} organizations of {size} people for each; burn-in of 120 months, then 60 under "
        f"{', '.join(f'{p} ({b})' for b, names in ARMS.items() for p in names)}.",
        f"- Of these are open_opps with other levers: {'; '.join(changes(name) for name in CHANGED)}.",
        f"- Main measures ({', '.join(MAIN)}): differences are {main.percent.abs().median():.1f} % of the level in the "
        f"median and {largest.percent:+.1f} % at most ({largest.measure}, {largest.policy}, {largest.window}).",
    ]


def changes(arm: str) -> str:
    return f"{arm} ({', '.join(f'{lever} {value}' for lever, value in CHANGED[arm].items())})"


def verdict(table: pd.DataFrame) -> str:
    clear, chance = int((table.holm < ALPHA).sum()), ALPHA * len(table)
    return (f"Of {len(table)} comparisons {clear} differ beyond chance (Welch's t, Holm, {ALPHA:.0%}); "
            f"{int((table.p < ALPHA).sum())} have p < {ALPHA}, where chance gives about {chance:.0f}.")


def rows_of(
    replicates: int, size: int, burn: int = 120, first: int = 1, behaviours: tuple[str, ...] = tuple(ARMS),
    processes: int = 2,
) -> pd.DataFrame:
    """Both models in so many organizations each: a row for each organization, arm and window."""
    jobs = [
        Job(model, behaviour, seed, size, burn)
        for behaviour in behaviours for seed in range(first, first + replicates) for model in ("plain", "elbowroom")
    ]  # fmt: skip
    with ProcessPoolExecutor(processes) as pool:
        return pd.DataFrame([row for part in pool.map(live, jobs) for row in part])


def report(table: pd.DataFrame, shown: int) -> str:
    columns = ["behaviour", "policy", "window", "measure", "plain", "elbowroom", "difference", "low", "high", "percent",
               "sds", "p", "holm"]
    clear = table[table.holm < ALPHA]
    near = table.sort_values("p").head(max(shown, len(clear)))
    text = near[columns].to_string(index=False, float_format=lambda x: f"{x:.4g}")
    n = int(table.n.max())
    return "\n".join([f"{n} organizations of each model; smallest p first:", text, verdict(table)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=24)
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--burn-in", type=int, default=120)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the first replicate")
    parser.add_argument("--behaviour", nargs="*", default=list(ARMS), choices=list(ARMS))
    parser.add_argument("--shown", type=int, default=40, help="rows to print at least")
    parser.add_argument("--save", help="a Parquet file for the rows of all runs")
    asked = parser.parse_args()
    rows = rows_of(asked.replicates, asked.size, asked.burn_in, asked.seed, tuple(asked.behaviour), asked.processes)
    if asked.save:
        rows.to_parquet(asked.save)
    print(report(compared(rows), asked.shown))


if __name__ == "__main__":
    main()
