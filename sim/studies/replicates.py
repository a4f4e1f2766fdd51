"""Replicates: each an organization of its own with a burn-in of its own, from which all arms fork."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from sim.building import settled
from sim.measures.frames import columns
from sim.month import months
from sim.people.roster import Mend, Roster
from sim.running import Run, Setup, Stopped, Watch, burn_in, forked, nobody, roster_of, seed_of
from sim.settings import Policy
from sim.studies.at_end import at_end
from sim.studies.drift import of_burn_in
from sim.studies.kept import Kept, Piece, Shelf
from sim.studies.money import apart, in_kind

if TYPE_CHECKING:
    import pandas as pd

Tell = Callable[[int], None]
T = TypeVar("T")
Read = Callable[[Run], list[dict[str, Any]]]


@dataclass(frozen=True)
class Arm:
    """One policy of a study, and the labels that name it in frames."""

    labels: Mapping[str, Any]
    policy: Policy


class Results(NamedTuple):
    """What a study found.

    Attributes
    ----------
    summary : one row for each setup, replicate, arm, group and window; one column for each measure.
    drift : one row for each setup and replicate: main states in the last two years before the fork (see `drift`).
    at_end : one row for each setup, replicate and arm: how requests waited, and who got in (see `at_end`).
    mends : what was mended in the people file, if there is one.
    amounts : one row for each setup, replicate, arm and month: what prices are put to (see `money.accounts`).
    """

    summary: "pd.DataFrame"
    drift: "pd.DataFrame"
    at_end: "pd.DataFrame"
    mends: tuple[Mend, ...] = ()
    amounts: "pd.DataFrame | None" = None


def replicates(
    setups: Mapping[str, Setup],
    arms: Sequence[Arm],
    count: int,
    root: int = 1,
    length: int = 60,
    threads: int | None = None,
    tell: Tell = nobody,
    first: int = 0,
    read: Read = columns,
    reading: str = "",
    keep: Kept | str | Path | None = None,
) -> Results:
    """Every setup and arm in `count` replicates.

    Parameters
    ----------
    setups : name to setup, such as settings of behaviour to be shown side by side
    arms : policies
    count : replicates of each setup
    root : the seed from which those of the replicates follow
    length : months after the fork
    threads : how many replicates run at a time; by default as many as there are cores
    tell : called with the number of runs that have just been done, or were found to be kept
    first : number of the first replicate, so that more can be added to those that are there
    read : what is read off a run, by default every measure over each year and over all
    reading : what tells this `read` from others
    keep : a folder in which finished runs are kept, so that none is run again

    Returns
    -------
    Results, whose summary has columns setup, replicate, seed, the arms' labels, group, window, and one for each
    measure. Neither its rows nor their order depend on the number of threads.
    """
    stop = threading.Event()

    def watch(_: int) -> None:
        if stop.is_set():
            raise Stopped

    for setup in setups.values():
        setup.scenario.within(length)
    rosters = {name: read_once(setup) for name, setup in setups.items()}
    seeds = {number: seed_of(root, number) for number in range(first, first + count)}
    kept, policies = Kept.of(keep), [arm.policy for arm in arms]
    shelves = {name: kept.shelf(setup, policies, seeds.values(), length, reading) for name, setup in setups.items()}

    def one(name: str, number: int) -> list[Piece]:
        fork = Fork(setups[name], policies, length, read, shelves[name])
        return fork.lived(seeds[number], rosters[name], watch, tell)

    compiled(setups.values())
    jobs = [(name, number) for number in seeds for name in setups]
    try:
        found = in_threads(one, jobs, threads, stop)
    finally:
        for shelf in shelves.values():
            shelf.flush()
    labels = [{"setup": name, "replicate": number, "seed": seeds[number]} for name, number in jobs]
    mends = dict.fromkeys(mend for roster in rosters.values() if roster for mend in roster.mends)
    return _results(labels, arms, found, tuple(mends))


class Fork(NamedTuple):
    """All policies in organizations of one setup."""

    setup: Setup
    policies: Sequence[Policy]
    length: int
    read: Read
    shelf: Shelf

    def lived(self, seed: int, roster: Roster | None, watch: Watch, tell: Tell) -> list[Piece]:
        """One replicate; its organization is built if any of its runs is missing."""
        found = {at: piece for at in range(len(self.policies)) if (piece := self.shelf.get(at, seed))}
        if found:
            tell(len(found))
        missing = [at for at in range(len(self.policies)) if at not in found]
        if missing:
            world = burn_in(self.setup, seed, roster, watch)
            before = of_burn_in(world)
        for at in missing:
            run = forked(world, self.policies[at], self.length, watch, keep=True, rules=self.setup.rules,
                         scenario=self.setup.scenario, last=at == missing[-1])  # fmt: skip
            found[at] = Piece(tidy([*self.read(run), in_kind(run)]), at_end(run), before)
            self.shelf.put(at, seed, found[at])
            tell(1)
        return [found[at] for at in range(len(self.policies))]


def _results(
    labels: Sequence[dict[str, Any]], arms: Sequence[Arm], found: Sequence[Sequence[Piece]], mends: tuple[Mend, ...]
) -> Results:
    """Frames of all runs with their labels."""
    import pandas as pd

    runs = [({**label, **arm.labels}, piece) for label, pieces in zip(labels, found, strict=True)
            for arm, piece in zip(arms, pieces, strict=True)]  # fmt: skip
    drifted = [{**label, **pieces[0].drift} for label, pieces in zip(labels, found, strict=True)]
    ended = [{**label, **piece.at_end} for label, piece in runs]
    rows = tidy([{**label, **{str(n): piece.rows[n].to_numpy() for n in piece.rows}} for label, piece in runs])
    summary, amounts = apart(rows)
    return Results(summary, pd.DataFrame(drifted), pd.DataFrame(ended), mends, amounts)


def in_threads(
    one: Callable[..., T], jobs: Sequence[tuple[Any, ...]], threads: int | None, stop: threading.Event
) -> list[T]:
    """`one` of every job, several at a time, in the order of the jobs. On an error or Ctrl-C the others are stopped:
    `stop` is set, at which their watches are to raise `Stopped`.
    """
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        waiting = [pool.submit(one, *job) for job in jobs]
        try:
            wait(waiting, return_when=FIRST_EXCEPTION)
        except KeyboardInterrupt:
            stop.set()
            raise
        finally:
            if any(job.done() and job.exception() for job in waiting):
                stop.set()
            for job in waiting:
                job.cancel()
        failed = [error for job in waiting if not job.cancelled() and (error := job.exception())]
        if failed:  # the one that stopped the others
            raise next((error for error in failed if not isinstance(error, Stopped)), failed[0])
        return [job.result() for job in waiting]


def tidy(parts: list[dict[str, Any]]) -> "pd.DataFrame":
    """One frame from parts whose columns are lists of equal length or one value for all."""
    import pandas as pd

    lengths = [len(part["window"]) for part in parts]
    names = list(dict.fromkeys(name for part in parts for name in part))
    filled = {
        name: np.concatenate([np.resize(part.get(name, np.nan), n) for part, n in zip(parts, lengths, strict=True)])
        for name in names
    }
    return pd.DataFrame(filled)


def read_once(setup: Setup) -> Roster | None:
    """A people file is read once for all replicates; a generated organization differs from one to the next."""
    return roster_of(setup.organization, 0, warn=False) if setup.organization.people else None


def compiled(setups: Iterable[Setup] = (Setup(),)) -> None:
    """Everything compiled, before threads start: two threads would wait for each other."""
    from sim.people.generate import generate
    from sim.settings import Behaviour, Switches

    for rules in {setup.rules for setup in setups}:
        world = settled(generate(20, 0), 1, Behaviour(), Switches(), 1, capacity=1000, rules=rules)
        rules.in_one(world)
        rules.call(months, world, -1, 0)
