"""Months of a large organization, in which several processors share what people do by themselves.

In most phases people act on one another, and their order matters. Some steps touch nothing but the records of one
person at a time: these are done for several parts of the people at once. What comes out is the same, bit for bit,
whatever the number of parts; and where many organizations are run at a time, each processor has one of its own anyway.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from sim.compiling import PLAIN, source
from sim.mechanisms.desiring import desiring, people_desire
from sim.mechanisms.learning import learning, managers_change, people_learn
from sim.mechanisms.leaving import leaving, people_decide_to_go, people_go
from sim.mechanisms.networking import networking, people_get_together, people_keep_up
from sim.mechanisms.noticing import noticing, people_look, word_spreads
from sim.mechanisms.straining import people_strain, straining
from sim.month import by_phase
from sim.replacing import OURS, Rules
from sim.restlessness import learns_what_is_usual
from sim.ring import postings
from sim.world import World

LARGE = 100_000  # people, from which on it is worth the trouble: a step takes longer than handing it out
PART = 32_768  # people whose step is handed out at a time: many more parts than processors, which may not be free alike

# The phases that have such steps, in the order in which each phase takes them; those of people by themselves are the
# ones that are told the first and the last row.
STEPS: dict[Any, tuple[Any, ...]] = {
    desiring: (people_desire,),
    noticing: (postings, people_look, word_spreads),
    networking: (people_get_together, people_keep_up),
    straining: (people_strain,),
    leaving: (learns_what_is_usual, people_decide_to_go, people_go),
    learning: (people_learn, managers_change),
}


@cache
def processors() -> ThreadPoolExecutor:
    """One thread for each processor, shared by all organizations of the process."""
    return ThreadPoolExecutor(os.cpu_count())


def is_large(world: World) -> bool:
    """Whether an organization is so large that its months are worth sharing out."""
    return len(world.staff) >= LARGE and (os.cpu_count() or 1) > 1 and not PLAIN


def of_people(step: Any) -> bool:
    """Whether a step is told for whom to take it."""
    return source(step).__code__.co_argcount == 3


def shared_out(step: Any, world: World, rules: Rules) -> None:
    """A step of people by themselves, for several parts of them at once."""
    people = len(world.staff)
    waiting = [
        processors().submit(rules.call, step, world, first, min(first + PART, people))
        for first in range(0, people, PART)
    ]
    for done in waiting:
        done.result()


def everybody(step: Any, world: World, rules: Rules = OURS) -> None:
    """A step of people by themselves, for all of them."""
    if is_large(world):
        shared_out(step, world, rules)
    else:
        rules.call(step, world, 0, len(world.staff))


def months_abreast(world: World, first: int, last: int, rules: Rules = OURS) -> int:
    """The same as `month.months`."""

    def lived(phase: Any) -> None:
        whole = source(phase) in rules.replaced  # a phase of somebody's own is lived as it is
        for step in (phase,) if whole else STEPS.get(phase, (phase,)):
            if of_people(step):
                shared_out(step, world, rules)
            else:
                rules.call(step, world)

    return by_phase(world, first, last, lived)
