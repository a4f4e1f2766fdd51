"""Measures in one unit: what needs met are worth, what teams deliver, and on whom lending falls."""

from typing import Any

from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import measure


@measure("worth of needs met", "FTE-months of core work per 100 employee-years", better=1)
def worth(people: Any, flow: Any) -> Pair:
    """Work done on needs that were met, at `posting.value` and as well as it was done, by time in post."""
    return flow.worth * HUNDRED_YEARS, people.heads


@measure("worth of an hour", "hours of core work per hour", better=1)
def quality(people: Any, flow: Any) -> Pair:
    """Worth of needs met, by the time that the members of those projects were to give."""
    return flow.worth, flow.work_met


@measure("core work delivered", "FTE-months of core work per 100 employee-years", better=1)
def core_work(people: Any, flow: Any) -> Pair:
    """Core work delivered, in FTE-months of a settled worker of usual competence, by time in post: in the unit of the
    worth of needs met.
    """
    return people.output * HUNDRED_YEARS, people.heads


@measure("core work and needs met together", "FTE-months of core work per 100 employee-years", better=1)
def work_and_worth(people: Any, flow: Any) -> Pair:
    """Core work delivered plus the worth of needs met, by time in post: what a market gives and takes in one unit."""
    return (people.output + flow.worth) * HUNDRED_YEARS, people.heads


@measure("people in teams that lend", "share of people")
def lending(people: Any, flow: Any) -> Pair:
    """People in a unit that had somebody on a project this month or in the eleven before, by people in post."""
    return people.lending, people.heads
