"""Chains of vacancies one by one: somebody leaves, somebody moves into the seat and leaves another, and so on."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.building import set_policy, set_scenario
from sim.careers.frame import logged
from sim.codes import What
from sim.records import NONE
from sim.running import live
from sim.settings import CALM, Policy, Scenario
from sim.settings.given import policy_given
from sim.telling import with_log
from sim.world import World, copied, with_tallies

if TYPE_CHECKING:
    import pandas as pd

SEAT = (1 << 32) - 1  # the part of a newcomer's key that is the seat's number
OUTSIDE, ABOLISHED = "outside", "abolished"


def chains(past: World, policy: Policy | str, months: int = 60, scenario: Scenario = CALM) -> "pd.DataFrame":
    """The chains of vacancies that end in an organization under a policy.

    Parameters
    ----------
    past : an organization at month 0, as `sim.build` gives it; it stays as it is
    policy : levers, or the name of a policy
    months : how long to follow them

    Returns
    -------
    DataFrame with one row for each chain, in the order in which they end: month, fills (seats filled in it, also
    before month 0), and end: `outside` (an outsider took the last seat) or `abolished` (it was taken out of the plan).
    """
    import pandas as pd

    world = with_log(with_tallies(copied(past), months, 0))
    set_policy(world, policy_given(policy))
    set_scenario(world, scenario)
    rows: list[tuple[int, int, str]] = []
    for month in range(months):
        before, told = world.seats.copy(), int(world.log[0].events)
        world = live(world, month + 1)
        came = logged(world)[told:]
        rows += [(month, fills + 1, OUTSIDE) for fills in _so_far(before, _taken(came[came["what"] == What.hired]))]
        rows += [(month, fills, ABOLISHED) for fills in _so_far(before, _given_up(before, world.seats))]
    return pd.DataFrame(rows, columns=["month", "fills", "end"])


def _taken(hired: Any) -> Any:
    """Numbers of the seats that newcomers took: a newcomer's key is that of the vacancy."""
    return hired["person"] & SEAT


def _given_up(before: Any, after: Any) -> Any:
    """Numbers of the seats that were abolished, also of those that came back and were abolished at once."""
    anew = after["closed"] & (~before["closed"] | (after["opening"] > before["opening"]))
    return after["number"][anew]


def _so_far(before: Any, numbers: Any) -> list[int]:
    """Seats filled in the chains that had led to these seats, when the month began; 0 where it came back since then."""
    open_ = (before["holder"] == NONE) & ~before["closed"]
    chain = np.where(open_, before["chain"], 0)[np.isin(before["number"], numbers)]
    return [int(fills) for fills in chain]
