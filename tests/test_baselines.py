"""The whole model as it stands: every measure of a few runs, renewed on purpose (`make baselines`)."""

import os
import warnings

import numpy as np
import pandas as pd
from conftest import ROOT

from sim.measures.frames import over
from sim.running import Setup, burn_in, forked, seed_of
from sim.settings import STATUS_QUO, OrganizationSpec, Policy, named

FILE = ROOT / "tests" / "baselines" / "measures.csv"
RENEW = "make baselines"
WINDOWS = {"months 0-12": (0, 12), "months 12-36": (12, 36)}
MANAGED = (
    Policy()
    .changed("managers.export_reward", 1.0).changed("managers.backfill", 0.5)
    .changed("leadership.target_emphasis", 1.0).changed("leadership.listening", 0.5)
    .changed("leadership.priority", "gaps").changed("leadership.committee_every", 6)
)
RUNS = {
    ("default", "closed"): STATUS_QUO,
    ("default", "open_opps"): Policy(),
    ("lively", "open_opps"): Policy(),
    ("lively", "red_tape"): named.policy("red_tape"),
    ("lively", "managed"): MANAGED,
    ("lively", "deferred acceptance"): Policy().changed("market.matching", "deferred_acceptance"),
    ("lively", "central"): Policy().changed("market.matching", "central"),
}


def found() -> pd.DataFrame:
    """behaviour, policy, window, measure, value: of one organization of 200 people."""
    rows = []
    worlds = {
        name: burn_in(Setup(OrganizationSpec(size=200, burn_in=36), named.behaviour(name)), seed_of(77, 0))
        for name in ("default", "lively")
    }
    for (behaviour, name), policy in RUNS.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            values = over(forked(worlds[behaviour], policy, 36), WINDOWS)
        for measure, by_window in values.items():
            rows += [(behaviour, name, window, measure, float(v)) for window, v in zip(WINDOWS, by_window, strict=True)]
    return pd.DataFrame(rows, columns=["behaviour", "policy", "window", "measure", "value"])


def moved(now: pd.DataFrame, before: pd.DataFrame) -> list[str]:
    """Which measures are not what they were, by how much and where most; those that came or went."""
    keys = ["behaviour", "policy", "window", "measure"]
    both = now.merge(before, on=keys, suffixes=("", "_before"), how="outer", indicator="where")
    lone = {"left_only": "is new", "right_only": "is gone"}
    said = [f"{name} {lone[str(where)]}" for (name, where), _ in
            both[both["where"] != "both"].groupby(["measure", "where"], observed=True)]
    pairs = both[both["where"] == "both"]
    same = np.isclose(pairs.value, pairs.value_before, rtol=1e-9, atol=1e-12, equal_nan=True)
    for name, rows in pairs[~same].groupby("measure"):
        most = rows.loc[(rows.value - rows.value_before).abs().fillna(np.inf).idxmax()]
        said.append(f"{name}: {most.value_before:.6g} → {most.value:.6g} ({most.behaviour}, {most.policy}, "
                    f"{most.window}); {len(rows)} of {(pairs.measure == name).sum()} values moved")
    return said


def test_every_measure_is_what_it_was():
    now = found()
    if os.environ.get("ELBOWROOM_BASELINES"):
        now.to_csv(FILE, index=False, float_format="%.17g", lineterminator="\n")
    changes = moved(now, pd.read_csv(FILE))
    listed = "\n".join(changes)
    assert not changes, f"the model has changed. If that was meant, look at what moved, then renew ({RENEW}):\n{listed}"


def test_a_change_says_which_measure_moved_and_by_how_much():
    values = {"stress": 0.30, "asks": 2.0, "old": 1.0}
    before = pd.DataFrame(
        [("lively", "open", "w", measure, value) for measure, value in values.items()],
        columns=["behaviour", "policy", "window", "measure", "value"],
    )
    now = before[before.measure != "old"].copy()
    now.loc[now.measure == "stress", "value"] = 0.33
    said = moved(now, before)
    assert said == ["old is gone", "stress: 0.3 → 0.33 (lively, open, w); 1 of 1 values moved"]
