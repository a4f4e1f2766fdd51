"""From what happened to somebody, month by month, to sentences; dull stretches are summed up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.careers.frame import APPLICATION, CHOICE
from sim.careers.teller import Teller
from sim.careers.wording import BARRIERS, capital, label, work
from sim.mechanisms.applying import Ambition
from sim.mechanisms.asking import Motives

STANDING = ("here", "hired")
LONG = 6  # months in which nothing happens that are worth a line


class Chapter(NamedTuple):
    """Some months of a career, in words."""

    first: int
    last: int
    text: str

    def __str__(self) -> str:
        return f"{label(self.first, self.last)}: {self.text}"


def usual(log: Any) -> dict[str, dict[str, float]]:
    """The motives of all who saw a project of interest, and those of all who applied for a vacancy, on average."""
    return {"asked": mean(log, CHOICE, Motives._fields), "applied": mean(log, APPLICATION, Ambition._fields)}


def mean(log: Any, kinds: Sequence[int], terms: Sequence[str]) -> dict[str, float]:
    """Mean of each term over all decisions of some kinds; empty if there was none."""
    decided = log[np.isin(log["what"], kinds)]
    if not len(decided):
        return {}
    return dict(zip(terms, decided["terms"].mean(axis=0, dtype=float).tolist(), strict=False))


def chapters(
    events: pd.DataFrame, others: Mapping[str, Mapping[str, float]], first: int, last: int, manager: str = ""
) -> list[Chapter]:
    """A career from month `first` to before month `last`.

    Parameters
    ----------
    events : those of one person, in the order in which they happened
    others : the usual motives, with which those of somebody who asks are compared
    manager : who has been named as the manager already
    """
    everything: Any = events.itertuples()
    rows = [row for row in everything if row.event not in STANDING]
    teller = Teller(others, manager)
    found: list[Chapter] = []
    silent, at = [], first
    for month, group in groupby(rows, key=lambda row: int(row.month)):
        here = list(group)
        kept = [row for row in here if row.event == "silent"]
        if len(kept) == len(here):
            silent += kept
            continue
        found += quiet(silent, at, month - 1, teller.is_idle)
        found.append(Chapter(month, month, teller.month([row for row in here if row.event != "silent"])))
        silent, at = kept, month + (not kept)
    if not any(row.event == "left" for row in rows):
        found += quiet(silent, at, last - 1, teller.is_idle)
    return merged(found)


def merged(found: Sequence[Chapter]) -> list[Chapter]:
    """Two chapters of one and the same month are one."""
    months: list[Chapter] = []
    for one in found:
        if months and months[-1][:2] == one[:2]:
            one = Chapter(one.first, one.last, f"{months.pop().text} {capital(one.text)}")
        months.append(one)
    return months


def quiet(silent: Sequence[Any], first: int, last: int, idle: bool) -> Iterator[Chapter]:
    """Months without a deed: what was seen, and why nobody was asked."""
    if not silent:
        if idle and last - first + 1 >= LONG:
            yield Chapter(first, last, "saw nothing of interest.")
    elif len(silent) == 1:
        row = silent[0]
        yield Chapter(int(row.month), int(row.month), f"saw a project of {row.department} ({work(row)}), was "
                      f"interested, and kept silent. {silence(silent)}")
    else:
        yield Chapter(first, last, f"saw {len(silent)} postings of interest, and kept silent each time. "
                      f"{silence(silent)}")


def silence(silent: Sequence[Any]) -> str:
    """Which barriers alone explain silence, the most frequent first."""
    count = Counter(name for row in silent for name in row.barriers.split(", ") if name)
    if not count:
        return "No single barrier explains it."
    if len(silent) == 1:
        return f"They would have asked {' or '.join(BARRIERS[name] for name, _ in count.most_common(2))}."
    parts = [f"{BARRIERS[name]} ({times(number, len(silent))})" for name, number in count.most_common(2)]
    return f"They would have asked {', or '.join(parts)}."


def times(number: int, of: int) -> str:
    return "each time" if number == of else {1: "once", 2: "twice"}.get(number, f"{number} times")
