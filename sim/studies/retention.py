"""Do people who move inside stay longer? Three ways of asking: as reports quote it, matched, and with twins.

*Naive*: of everybody here at some month, who moved within the time looked at, and who did not; how many of each are
still here at its end. *Matched*: each mover against people who at the start of the month of the move were alike in what
a personnel department may know, and did not move in that month; both are followed from there. *True*: the same person
with the move called off (`Now.stays`), in the same organization with the same luck; all else goes by the rules, so that
others come into the post, and the person may move another time. See docs/retention.md.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.careers.frame import logged
from sim.codes import What
from sim.compiling import source
from sim.judging import expressed
from sim.records import NONE
from sim.running import Setup, burn_in, live, seed_of
from sim.settings import Policy
from sim.studies.estimates import CONFIDENCE
from sim.studies.replicates import compiled, in_threads, read_once
from sim.telling import with_log
from sim.world import World, copied, with_tallies

if TYPE_CHECKING:
    import pandas as pd

WAYS = ("naive", "matched", "true")
TENURES = (12, 24, 60, 120, 240)  # months at which bands of tenure begin
AGES = (480, 660, 720, 780)  # of age
WISHES = (0.1, 0.2, 0.3)  # of the wish that a survey would hear
LATELY = 12  # months in which an application counts as recent


class Counted(NamedTuple):
    """Of one organization: how many moved and how many of these are still here; the same of those compared with."""

    moved: float
    moved_here: float
    others: float
    others_here: float


@dataclass
class Lived:
    """What one organization lived through, as far as the three ways ask for it.

    Attributes
    ----------
    present : month to the keys of who was here when it began.
    movers : (key, month) of each move.
    kinds : month to what each of these people was like, one whole number for each kind.
    twins : (key, month) of each move to the months after which the person is still here where it is called off.
    """

    present: dict[int, Any] = field(default_factory=dict)
    movers: list[tuple[int, int]] = field(default_factory=list)
    kinds: dict[int, Any] = field(default_factory=dict)
    twins: dict[tuple[int, int], set[int]] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------------ what is lived


def here(world: World) -> Any:
    """Rows of everybody who works here."""
    return np.flatnonzero(world.staff["person"] != NONE)


def kinds(world: World, applied: set[int]) -> Any:
    """(people,) one number for all who are alike in tenure, age, grade, stated wish, and recent applications."""
    rows, month = here(world), int(world.now.month)
    staff = world.staff[rows]
    parts = (
        np.searchsorted(TENURES, month - staff["hired"], "right"),
        np.searchsorted(AGES, month - staff["born"], "right"),
        world.seats["grade"][staff["seat"]], np.searchsorted(WISHES, source(expressed)(staff), "right"),
        np.isin(staff["person"], list(applied)),
        month - staff["since"] >= world.now.policy.vacancies.min_time_in_role,
    )  # fmt: skip
    found = np.zeros(len(rows), int)
    for part in parts:
        found = found * 64 + np.asarray(part, int)
    return found


def lived(world: World, policy: Policy, months: int, horizons: Sequence[int], for_good: bool, setup: Setup) -> Lived:
    """An organization month by month: `months` in which moves are looked at, then those of following people."""
    found, last = Lived(), max(horizons)
    world = with_log(with_tallies(copied(world), months + last, 0))
    world.now.policy = policy.row()
    applications: list[tuple[int, int]] = []
    told = int(world.log[0].events)
    for month in range(months + last):
        found.present[month] = world.staff["person"][here(world)].copy()
        if month < months:
            recent = {person for person, when in applications if month - when <= LATELY}
            found.kinds[month] = kinds(world, recent)
            before = copied(world._replace(events=world.events[:0]))
        world = live(world, month + 1, rules=setup.rules)
        log = logged(world)[told:]
        told = int(world.log[0].events)
        applications += [(int(person), month) for person in log["person"][log["what"] == What.applied]]
        if month < months:
            movers = [(int(person), month) for person in log["person"][log["what"] == What.moved]]
            found.movers += movers
            found.twins |= {mover: twin(before, mover[0], horizons, for_good, setup) for mover in movers}
    found.present[months + last] = world.staff["person"][here(world)].copy()
    return found


def twin(before: World, person: int, horizons: Sequence[int], for_good: bool, setup: Setup) -> set[int]:
    """The months after which somebody is still here whose move of the coming month is called off, or every move."""
    first = int(before.now.month)
    world = with_tallies(copied(before), max(horizons), first)
    world.now.stays = person
    world = live(world, first + 1, rules=setup.rules)
    world.now.stays = person if for_good else NONE
    stayed = set()
    for months in sorted(horizons):
        world = live(world, first + months, rules=setup.rules)
        if (world.staff["person"] == person).any():
            stayed.add(months)
    return stayed


# ---------------------------------------------------------------------------------------------------------- three ways


def naive(found: Lived, months: int, horizon: int) -> Counted:
    """Everybody who was here at the start of a year: who moved within the time, and who is still here at its end."""
    total = np.zeros(4)
    for start in range(0, months, 12):
        moved = {person for person, when in found.movers if start <= when < start + horizon}
        cohort, after = found.present[start], set(found.present[start + horizon].tolist())
        is_mover = np.array([int(person) in moved for person in cohort])
        stays = np.array([int(person) in after for person in cohort])
        total += (is_mover.sum(), (is_mover & stays).sum(), (~is_mover).sum(), (~is_mover & stays).sum())
    return Counted(*total.tolist())


def matched(found: Lived, horizon: int) -> Counted:
    """Each mover, and the mean of those of the same kind who did not move that month; who has no match is left out."""
    total = np.zeros(4)
    for month in sorted({when for _, when in found.movers}):
        people, kind = found.present[month], found.kinds[month]
        stays = np.isin(people, found.present[month + horizon])
        moving = np.isin(people, [person for person, when in found.movers if when == month])
        for row in np.flatnonzero(moving).tolist():
            alike = (kind == kind[row]) & ~moving
            if alike.any():
                total += (1, stays[row], 1, stays[alike].mean())
    return Counted(*total.tolist())


def true(found: Lived, horizon: int) -> Counted:
    """Each mover, and the same person with the move called off."""
    total = np.zeros(4)
    after = {month: set(found.present[month + horizon].tolist()) for month in {when for _, when in found.movers}}
    for person, month in found.movers:
        total += (1, person in after[month], 1, horizon in found.twins[person, month])
    return Counted(*total.tolist())


# ------------------------------------------------------------------------------------------------------------ estimates


def retention(
    setup: Setup,
    policy: Policy,
    count: int = 24,
    root: int = 1,
    months: int = 36,
    horizons: Sequence[int] = (12, 24),
    for_good: bool = False,
    threads: int | None = None,
) -> "pd.DataFrame":
    """How much longer movers stay, estimated in three ways.

    Parameters
    ----------
    setup, policy : what is run
    count, root : organizations, each with a burn-in of its own, and the seed from which theirs follow
    months : after the fork in which moves are looked at
    horizons : months after which it is asked who is still here
    for_good : whether a twin never moves, instead of not making this one move
    threads : organizations at a time; by default as many as there are cores

    Returns
    -------
    DataFrame with a row for each way and horizon: way, months, moved and others (share still here), difference with its
    95 % interval (low, high), n (moves; of the naive way people who moved), organizations. Intervals are Student's t of
    the linearized difference over organizations, which are independent; the people in one are not.
    """
    import pandas as pd

    compiled((setup,))
    roster, stop = read_once(setup), threading.Event()

    def one(number: int) -> dict[tuple[str, int], Counted]:
        world = burn_in(setup, seed_of(root, number), roster)
        found = lived(world, policy, months, horizons, for_good, setup)
        return {(way, horizon): {"naive": naive(found, months, horizon), "matched": matched(found, horizon),
                                 "true": true(found, horizon)}[way]
                for way in WAYS for horizon in horizons}  # fmt: skip

    found = in_threads(one, [(number,) for number in range(count)], threads, stop)
    rows = [{"way": way, "months": horizon, **difference([each[way, horizon] for each in found])}
            for horizon in horizons for way in WAYS]  # fmt: skip
    return pd.DataFrame(rows)


def difference(counted: Sequence[Counted]) -> dict[str, float]:
    """Share still here of those who moved minus that of the others, with its interval over organizations."""
    from scipy.special import stdtrit

    moved, moved_here, others, others_here = np.array(counted, float).T
    if not moved.sum() or not others.sum():
        return dict.fromkeys(("moved", "others", "difference", "low", "high"), math.nan) | {"n": 0, "organizations": 0}
    of_moved, of_others = moved_here.sum() / moved.sum(), others_here.sum() / others.sum()
    parts = (moved_here - of_moved * moved) / moved.sum() - (others_here - of_others * others) / others.sum()
    count, apart = len(counted), of_moved - of_others
    half = math.nan
    if count > 1:
        half = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(count / (count - 1) * (parts**2).sum())
    return {"moved": of_moved, "others": of_others, "difference": apart, "low": apart - half, "high": apart + half,
            "n": int(moved.sum()), "organizations": count}  # fmt: skip
