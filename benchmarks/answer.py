"""What common random numbers save, and the time to an answer, beside plain Mesa.

A cap of .15 against .20 under `open_opps`, in lively agencies of 1,000; twelve measures in months 12 and 60.
Wall time to bring its 95 % interval under a tenth of its size is estimated as (seconds a run) × (runs needed), with
n = (1.96·SD/(effect/10))² for pairs of ours, whose SD is that of paired differences, and as many runs for each policy
in plain Mesa with independent seeds, where SD² is the sum of both policies' variances. The effect is ours in both: a
few Mesa runs cannot tell it. A pair of ours costs a burn-in and two policies; Mesa's two runs have a burn-in each.
Seconds are processor time over two cores, since both keep two busy and the machine may be shared.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.plain_mesa import PlainOrganization
from benchmarks.plain_mesa.measures import over
from sim.settings import Policy, named
from sim.studies.certificate import certificate
from sim.studies.compare import Comparison, compare

TWELVE = (
    "participation", "approval", "silence", "time_away", "delivery", "stress", "engagement", "expressed_desire",
    "ties_across", "mobility", "quits", "net_value",
)  # fmt: skip
WINDOWS = {"month 12": (11, 12), "month 60": (59, 60), "year 1": (0, 12), "year 5": (48, 60)}
CAPS = (0.20, 0.15)
SIZE, BURN, MONTHS = 1000, 120, 60
CORES = 2
SURE = 1.96 * 10  # standard errors in ten intervals' half-widths


def policies() -> dict[str, Policy]:
    return {f"cap {cap:.2f}": named.policy("open_opps").changed("market.time_cap", cap) for cap in CAPS}


def ours(pairs: int) -> tuple[Comparison, float]:
    """The comparison, and the seconds that a pair took."""
    baseline, *rest = ({name: policy} for name, policy in policies().items())
    began = time.process_time()
    found = compare(baseline, rest[0], "agency", "lively", pairs, TWELVE, WINDOWS, months=MONTHS)
    return found, (time.process_time() - began) / pairs / CORES


def plainly(seed: int) -> list[dict[str, Any]]:
    """Both policies in plain Mesa, each from the same seed of the one stream that the model has."""
    rows = []
    for name, policy in policies().items():
        began = time.process_time()
        model = PlainOrganization(SIZE, policy, named.behaviour("lively"), seed=seed, burn_in=BURN)
        for _ in range(MONTHS):
            model.step()
        found = {window: over(model, *span) for window, span in WINDOWS.items()}
        took = time.process_time() - began
        rows += [{"setup": "plain", "replicate": seed, "seed": seed, "policy": name, "group": "everyone",
                  "window": window, "seconds": took, **{m: found[window].get(m, np.nan) for m in TWELVE}}
                 for window in WINDOWS]
    return rows


def plain(pairs: int) -> tuple[pd.DataFrame, float]:
    """Runs of plain Mesa as a summary frame, and the seconds that one took, both cores being used."""
    with ProcessPoolExecutor(CORES) as pool:
        frame = pd.DataFrame([row for part in pool.map(plainly, range(1, pairs + 1)) for row in part])
    return frame.drop(columns="seconds"), float(frame.seconds.mean()) / CORES


def saved(found: Comparison, frame: pd.DataFrame) -> pd.DataFrame:
    """Variance reduction of both, side by side."""
    base = {"policy": next(iter(policies()))}
    keys = ["window", "measure"]
    both = [certificate(each, base, TWELVE).set_index(keys) for each in (found.runs, frame)]
    return both[0].join(both[1][["n", "times", "low", "high", "same"]].add_suffix("_mesa")).reset_index()


def needed(found: Comparison, frame: pd.DataFrame, pair: float, run: float) -> pd.DataFrame:
    """Seconds to an interval of a tenth of the effect, for every effect that is told apart."""
    rows = []
    for row in found.effects[found.effects.p_adjusted < 0.05].itertuples():
        here, there = (
            runs[runs.window == row.window].pivot(index="replicate", columns="policy", values=row.measure)
            for runs in (found.runs, frame)
        )
        if there.isna().all(axis=None):  # plain Mesa keeps no account of money
            continue
        half = SURE / abs(float(row.effect))
        paired = max(2.0, half**2 * float(here.diff(axis=1).iloc[:, 1].var()))
        apart = max(2.0, half**2 * float(there.var().sum()))
        rows.append({"window": row.window, "measure": row.measure, "effect": row.effect, "pairs": paired,
                     "seconds": paired * pair, "runs_mesa": 2 * apart, "seconds_mesa": 2 * apart * run,
                     "ratio": 2 * apart * run / (paired * pair)})  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--mesa", type=int, default=12, help="pairs of plain Mesa, some seconds each")
    asked = parser.parse_args()
    print("\n".join(text(asked.pairs, asked.mesa)))


def text(pairs: int = 200, mesa: int = 12) -> list[str]:
    """Both tables, in Markdown."""
    found, pair = ours(pairs)
    frame, run = plain(mesa)
    spared, answer = saved(found, frame), needed(found, frame, pair, run)
    lines = [
        f"Cap .15 against .20, `open_opps`, lively agencies of {SIZE:,}; {pairs} pairs of ours ({pair:.2f} s a pair), "
        f"{mesa} of plain Mesa ({run:.1f} s a run); processor time over {CORES} cores, which both use.", "",
        "| window | measure | n | times | 95 % | same pairs | plain Mesa, same seed | 95 % | n |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {r.window} | {r.measure} | {r.n} | {r.times:.1f} | {r.low:.1f} to {r.high:.1f} | {r.same} | "
        + (f"{r.times_mesa:.1f} | {r.low_mesa:.1f} to {r.high_mesa:.1f} | {r.n_mesa:.0f} |" if r.n_mesa > 0 else
           "not counted | | |") for r in spared.itertuples()
    ]
    middle = spared.groupby("window", sort=False)[["times", "times_mesa"]].median()
    lines += ["", *(f"- Median in {at}: {r.times:.1f}; plain Mesa, one stream, same seed: {r.times_mesa:.1f}."
                    for at, r in middle.iterrows())]
    lines += ["", "| window | measure | effect | pairs | s | runs of plain Mesa | s | ratio |",
              "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    lines += [
        f"| {r.window} | {r.measure} | {r.effect:.3g} | {r.pairs:,.0f} | {r.seconds:,.0f} | {r.runs_mesa:,.0f} | "
        f"{r.seconds_mesa:,.0f} | {r.ratio:,.0f} |" for r in answer.itertuples()
    ]
    return [*lines, "", f"Ratio, median of effects that are told apart: {answer.ratio.median():,.0f}."]


if __name__ == "__main__":
    main()
