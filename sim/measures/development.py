"""Measures of development: training, what is short, rotation."""

from typing import Any

from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import measure


@measure("time in training", "share of contracted time", by_group=True)
def training_time(people: Any, flow: Any) -> Pair:
    """Time in training, as a share of contracted time, mean over people."""
    return people.trained, people.heads


@measure("skills in short supply that people show", "share of people and skills", by_group=True, better=1)
def gap_coverage(people: Any, flow: Any) -> Pair:
    """People whom others see at `posting.level` or above in a skill that is in short supply, counted for each such
    skill, by people in post times such skills: the two that leadership found in the last of its yearly counts, at month
    0, 12 and so on. What is short may differ between arms from the second year on.
    """
    return people.gaps_shown, people.gaps


@measure("seats filled of the family with most vacancies", "share of its seats", better=1)
def short_coverage(people: Any, flow: Any) -> Pair:
    """Seats that somebody holds, by seats, of the job family that had the largest share of vacant seats in the last of
    leadership's yearly counts.
    """
    return flow.short_filled, flow.short_seats


@measure("moves on rotation", "per 100 employee-years")
def rotations(people: Any, flow: Any) -> Pair:
    """People who were told to change places with somebody else, by time in post."""
    return flow.rotated * HUNDRED_YEARS, people.heads
