"""How requests fare: how long they wait for their last answer, and what becomes of those made in one period.

An answer, expiry and being overtaken compete: each keeps the others from happening. So their shares are cumulative
incidences (Aalen and Johansen 1978), counted from the requests that still waited at each age. Those that wait on at
the end of a run count with the months that they waited.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.measures.intervals import wilson

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run

ENDS = {
    "answered": ("granted_after", "denied_after", "passed_after"),
    "expired": ("expired_after",),
    "overtaken": ("overtaken_after",),
}


def events(flow: Any) -> dict[str, Any]:
    """(months waited,) how often each end came."""
    return {end: sum(flow[name].sum(axis=0) for name in names) for end, names in ENDS.items()}


def waiting(*runs: "Run") -> "pd.DataFrame":
    """What became of requests, by months waited.

    Parameters
    ----------
    runs : one or more, whose requests are taken together

    Returns
    -------
    DataFrame with columns months (waited, at most), end (answered, expired or overtaken), share of all requests, its 95
    % interval (low, high), n (requests), and at_risk (those still without an answer before that month's). The head's
    own requests, which need nobody, are left out. Intervals take requests as independent of one another.
    """
    import pandas as pd

    ends = {end: sum(events(run.flow)[end] for run in runs) for end in ENDS}
    ended: Any = sum(ends.values())
    at_risk = ended + sum(run.flow["waiting_after"].sum(axis=0) for run in runs)
    last = int(np.flatnonzero(at_risk).max(initial=-1)) + 1
    parts = []
    for end, came in ends.items():
        share, variance = incidence(came[:last], ended[:last], at_risk[:last])
        low, high = limits(share, variance, at_risk[:last])
        parts.append(pd.DataFrame({
            "months": np.arange(last), "end": end, "share": share, "low": low, "high": high,
            "n": int(at_risk[:1].sum()), "at_risk": at_risk[:last].astype(int),
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def shares(flow: Any) -> dict[str, Any]:
    """(months waited,) cumulative incidence of each end; empty if nobody asked."""
    ends = events(flow)
    ended: Any = sum(ends.values())
    at_risk = ended + flow["waiting_after"].sum(axis=0)
    last = int(np.flatnonzero(at_risk).max(initial=-1)) + 1
    return {end: incidence(came[:last], ended[:last], at_risk[:last])[0] for end, came in ends.items()}


def incidence(came: Any, ended: Any, at_risk: Any) -> tuple[Any, Any]:
    """Cumulative incidence of one end by months waited, and its variance (delta method; Marubini, Valsecchi 1995).

    Where no request waits on at the end of the run, they are a plain share p and p(1 − p)/n.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        before = np.concatenate([[1.0], np.cumprod(1 - ended / at_risk)[:-1]])
        share = np.cumsum(before * came / at_risk)
        leaving = np.where(at_risk > ended, ended / (at_risk * (at_risk - ended)), 0.0)
    own = before**2 * came * (at_risk - came) / at_risk**3
    both = before * came / at_risk**2
    rise = share[:, None] - share[None, :]  # from each age (columns) to a later one (rows)
    terms = rise**2 * leaving + own - 2 * rise * both
    return share, np.tril(terms).sum(axis=1)


def limits(share: Any, variance: Any, at_risk: Any) -> tuple[Any, Any]:
    """Wilson's limits, for as many requests as would give this variance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(variance > 0, share * (1 - share) / variance, at_risk[:1].sum())
    return wilson(share, n)


COLUMNS = ("granted", "denied", "passed", "expired", "overtaken")


def cohorts(run: "Run", every: int = 12) -> "pd.DataFrame":
    """What became of the requests of each period of asking.

    Parameters
    ----------
    run : Run
    every : months in a period

    Returns
    -------
    DataFrame indexed by the first month of each period (the last may be shorter): asked; of these granted, denied,
    passed (by the rules, without an answer), expired, overtaken, and waiting at the end of the run; and approval: those
    granted by those granted or denied, with its 95 % interval (low, high; n is granted + denied).
    """
    import pandas as pd

    months = np.arange(len(run.flow))
    ends = {name: by_month_of_asking(run.flow[f"{name}_after"]) for name in COLUMNS}
    ends["waiting"] = run.flow["waiting_after"][-1][::-1][-len(months):]  # the age 0 was asked in the last month
    ends["waiting"] = np.concatenate([np.zeros(len(months) - len(ends["waiting"])), ends["waiting"]])
    table = pd.DataFrame(ends, index=pd.Index(run.first + months // every * every, name="asked in the months from"))
    table = table.groupby(level=0).sum().astype(int)
    table.insert(0, "asked", table.sum(axis=1))
    n = (table.granted + table.denied).to_numpy()
    with np.errstate(invalid="ignore"):
        approval = table.granted.to_numpy() / n
    low, high = wilson(approval, n)
    return table.assign(approval=approval, low=low, high=high, n=n)


def by_month_of_asking(after: Any) -> Any:
    """(months,) ends of requests by the month in which they were made, from ends by month and months waited."""
    months, ages = after.shape
    found = np.zeros(months)
    for age in range(min(ages, months)):
        found[: months - age] += after[age:, age]
    return found
