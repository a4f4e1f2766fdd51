"""Money in studies: amounts of each month ride with what is read off a run; prices are put to them at the end."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import ElbowroomError
from sim.measures.amounts import AMOUNTS
from sim.measures.measure import MEASURES
from sim.measures.money import MEMOS, NET, PARTS, RATIOS, by_month, money, weights
from sim.settings.prices import Prices
from sim.studies.effects import effects

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run
    from sim.studies.replicates import Results
    from sim.studies.stopping import Stopped

IN_KIND = "in kind "  # what windows of rows of amounts begin with
TOLD = (*PARTS, NET, *MEMOS, *RATIOS)


def in_kind(run: "Run") -> dict[str, Any]:
    """Amounts of each month, and seats, as rows beside those of measures."""
    amounts = by_month(run)
    return {"group": "everyone", "window": [f"{IN_KIND}{month}" for month in amounts.pop("month")], **amounts}


def apart(rows: "pd.DataFrame") -> tuple["pd.DataFrame", "pd.DataFrame"]:
    """Rows of measures, and amounts: labels of runs, month, seats, and a column for each amount."""
    is_amount = rows.window.str.startswith(IN_KIND)
    measures, amounts = rows[~is_amount].reset_index(drop=True), rows[is_amount].reset_index(drop=True)
    unread = [name for name in ("seats", *AMOUNTS) if name in measures and measures[name].isna().all()]
    months = amounts.window.str.removeprefix(IN_KIND).astype(int)
    others = [name for name in amounts if name in (*MEASURES, "group", "window", "fingerprint") and name not in AMOUNTS]
    return measures.drop(columns=unread), amounts.drop(columns=others).assign(month=months)


def accounts(amounts: "pd.DataFrame", prices: Prices) -> "pd.DataFrame":
    """Net value, its parts, memo items and costs of each fill: one row for each run, over all its months, discounted.

    Parameters
    ----------
    amounts : as `Results.amounts` has them
    prices : what things cost

    Returns
    -------
    DataFrame in the form of a summary (group everyone, window all): money per 100 seats and year, as an even yearly sum
    that has the same present value.
    """
    return _priced(_means(amounts, prices.discount), prices)


def _means(amounts: "pd.DataFrame", discount: float) -> "pd.DataFrame":
    """Amounts of each run over all its months, discounted; runs are told apart by the index."""
    import pandas as pd

    labels = [name for name in amounts.columns if name not in ("month", "seats", *AMOUNTS)]
    weight = weights(amounts.month.to_numpy(), amounts.seats.to_numpy(), discount)
    weighted = amounts[list(AMOUNTS)].mul(weight, axis=0)
    of_run = [amounts[name] for name in labels]
    return weighted.groupby(of_run, sort=False).sum().div(pd.Series(weight).groupby(of_run, sort=False).sum(), axis=0)


def _priced(means: "pd.DataFrame", prices: Prices) -> "pd.DataFrame":
    """Prices put to the amounts of each run."""
    found = money({name: means[name].to_numpy() for name in AMOUNTS}, prices)
    return means.index.to_frame(index=False).assign(group="everyone", window="all", **found)


def money_effects(
    found: "Results", baseline: Mapping[str, Any], prices: Prices, stopped: "Stopped | None" = None
) -> "pd.DataFrame":
    """Effects on money against a baseline, as `effects` gives them."""
    if found.amounts is None:
        raise ElbowroomError("these results hold no amounts to which prices could be put.")
    table = accounts(found.amounts, prices)
    return effects(table, baseline, TOLD, stopped.planned if stopped else None)


# -------------------------------------------------------------------------------------------------------- what decides


class Turn(NamedTuple):
    """What it would take for the effect on net value to be nothing.

    Attributes
    ----------
    policy : whose effect.
    price : name of a price, or `NEEDS`, the worth of needs as a multiple of what it is.
    now, turn : what it is, and at which value the effect would be 0.
    """

    policy: str
    price: str
    now: float
    turn: float


NEEDS = "worth of needs"
MOST = 10.0  # times their worth that the worth of needs is thought of as being


def turns(found: "Results", baseline: Mapping[str, Any], prices: Prices) -> list[Turn]:
    """For each policy the prices that decide whether it wins: those of which another value in their range would make
    the mean effect on net value 0, and by how much needs would have to be worth more or less. (Net value is linear in
    each price but the discount, which is left out.)
    """
    assert found.amounts is not None
    means = _means(found.amounts, prices.discount)
    found_turns = list(_of_needs(means, baseline, prices))
    for name, _, declared in Prices.walk():
        if declared.low is None or declared.high is None or name == "discount":
            continue
        low, high = (_net(means, baseline, prices.changed(name, end)) for end in (declared.low, declared.high))
        for policy in low:
            if low[policy] * high[policy] < 0.0:
                share = low[policy] / (low[policy] - high[policy])
                turn = declared.low + share * (declared.high - declared.low)
                found_turns.append(Turn(policy, name, float(prices.at(name)), turn))
    return found_turns


def _net(means: "pd.DataFrame", baseline: Mapping[str, Any], prices: Prices) -> dict[str, float]:
    table = effects(_priced(means, prices), baseline, [NET])
    return dict(table[["policy", "effect"]].itertuples(index=False, name=None))


def _of_needs(means: "pd.DataFrame", baseline: Mapping[str, Any], prices: Prices) -> Iterator[Turn]:
    """How many times its worth the work on needs would have to be worth."""
    without = means.assign(needs_at_pay=0.0, bought_worth_at_pay=0.0)
    usual, rest = _net(means, baseline, prices), _net(without, baseline, prices)
    for policy, net in usual.items():
        turn = -rest[policy] / (net - rest[policy]) if net != rest[policy] else 0.0
        if 0.0 < turn <= MOST:
            yield Turn(policy, NEEDS, 1.0, turn)
