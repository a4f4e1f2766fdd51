"""Agility: how soon, and by whom, the time that a shock calls for is given, and what that costs the core work.

Months count from the onset of the shock. The rates are missing where no shock called for anybody.
"""

from typing import Any

from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import measure


def _staffed(flow: Any, month: int) -> Any:
    """Time given in one month of a shock, whoever gave it."""
    inside = flow.volunteers_after[..., month] + flow.called_after[..., month]
    return inside + flow.consultants_after[..., month]


@measure("staffed after a month", "share of what a shock calls for", better=1)
def staffed_1(people: Any, flow: Any) -> Pair:
    """FTE given by volunteers, by those who were named and by consultants in the first month of a shock, by FTE called
    for.
    """
    return _staffed(flow, 0), flow.needed_after[..., 0]


@measure("staffed after two months", "share of what a shock calls for", better=1)
def staffed_2(people: Any, flow: Any) -> Pair:
    """The same in the second month of a shock."""
    return _staffed(flow, 1), flow.needed_after[..., 1]


@measure("staffed after three months", "share of what a shock calls for", better=1)
def staffed_3(people: Any, flow: Any) -> Pair:
    """The same in the third month of a shock; by the default consultants have by then filled what was left."""
    return _staffed(flow, 2), flow.needed_after[..., 2]


@measure("staffed from inside after a month", "share of what a shock calls for", better=1)
def inside_1(people: Any, flow: Any) -> Pair:
    """FTE given by volunteers and those who were named in the first month of a shock, by FTE called for."""
    return flow.volunteers_after[..., 0] + flow.called_after[..., 0], flow.needed_after[..., 0]


@measure("staffed from inside after three months", "share of what a shock calls for", better=1)
def inside_3(people: Any, flow: Any) -> Pair:
    """The same in the third month of a shock."""
    return flow.volunteers_after[..., 2] + flow.called_after[..., 2], flow.needed_after[..., 2]


@measure("staffed by volunteers", "share of what a shock calls for")
def by_volunteers(people: Any, flow: Any) -> Pair:
    """FTE-months given by volunteers, by FTE-months called for."""
    return flow.volunteers_after.sum(-1), flow.needed_after.sum(-1)


@measure("staffed by call-up", "share of what a shock calls for")
def by_call_up(people: Any, flow: Any) -> Pair:
    """FTE-months given by people whom their managers named, by FTE-months called for."""
    return flow.called_after.sum(-1), flow.needed_after.sum(-1)


@measure("staffed by consultants", "share of what a shock calls for")
def by_consultants(people: Any, flow: Any) -> Pair:
    """FTE-months bought from consultants, by FTE-months called for."""
    return flow.consultants_after.sum(-1), flow.needed_after.sum(-1)


@measure("consultants in a shock", "FTE-months per 100 employee-years")
def shock_consultants(people: Any, flow: Any) -> Pair:
    """FTE-months bought from consultants for what shocks call for, by time in post."""
    return flow.consultants_after.sum(-1) * HUNDRED_YEARS, people.heads


@measure("core work lost to a call", "FTE-months of core work per FTE-month inside", better=-1)
def core_missed(people: Any, flow: Any) -> Pair:
    """Core work that those called would have delivered had their projects gone on instead, by FTE-months that they give
    to the shock.
    """
    return flow.missed, (flow.volunteers_after + flow.called_after).sum(-1)


@measure("projects paused by a call", "project-months per 100 FTE-months called for")
def paused(people: Any, flow: Any) -> Pair:
    """Months of projects all of whose members were called elsewhere, by FTE-months called for."""
    return flow.paused * 100.0, flow.needed_after.sum(-1)
