"""Measures of leadership and of managers: what is said, what is heard, and how managers stand to lending."""

from typing import Any

from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import measure


@measure("time of the committee", "FTE-months per 100 employee-years", better=-1)
def committee_time(people: Any, flow: Any) -> Pair:
    """Time that the committee which keeps the signal up takes of its members, by time in post."""
    return flow.committee * HUNDRED_YEARS, people.heads


@measure("signal of leadership", "0-1")
def signal(people: Any, flow: Any) -> Pair:
    """Leadership's signal as it stands at the top, mean over months."""
    return flow.signal, flow.months


@measure("signal that managers perceive", "0-1")
def perceived_signal(people: Any, flow: Any) -> Pair:
    """Leadership's signal as managers perceive it, mean over managers."""
    return flow.heard, flow.units


@measure("managers' support for development", "0-1", better=1)
def manager_support(people: Any, flow: Any) -> Pair:
    """Managers' support for the development of others, as it stands, mean over managers."""
    return flow.development, flow.units


@measure("managers' support for leaving", "0-1", better=1)
def manager_release(people: Any, flow: Any) -> Pair:
    """Managers' support for others' leaving the team, as it stands, mean over managers."""
    return flow.release, flow.units


@measure("managers' hoarding", "0-1", better=-1)
def manager_hoarding(people: Any, flow: Any) -> Pair:
    """Managers' tendency to hoard talent, as it stands, mean over managers."""
    return flow.hoarding, flow.units


@measure("target pressure", "0-1")
def target_pressure(people: Any, flow: Any) -> Pair:
    """Target pressure on managers, mean over managers."""
    return flow.pressure, flow.units


@measure("experience with lending", "-1 to 1")
def lending_experience(people: Any, flow: Any) -> Pair:
    """Managers' own experience with lending: what came back less what was missed, mean over managers."""
    return flow.experience, flow.units


@measure("P(yes) to a standard request", "probability")
def panel(people: Any, flow: Any) -> Pair:
    """Probability that a manager grants a standard request by somebody of average value, mean over managers: free of
    who asks whom.
    """
    return flow.panel, flow.units


@measure("hoarding index", "probability", better=1)
def hoarding_index(people: Any, flow: Any) -> Pair:
    """P(yes) to somebody of value +1 SD minus P(yes) to somebody of value -1 SD, mean over managers: below zero where
    the best are kept.
    """
    return flow.panel_high - flow.panel_low, flow.units
