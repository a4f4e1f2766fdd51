"""What one worker does: an organization is built and burnt in once, and every policy of the task forks from it."""

import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from sim.measures.frames import sums
from sim.people.roster import Roster
from sim.running import Setup, Stopped, burn_in, forked, roster_of
from sim.settings import CALM, OrganizationSpec, Policy, Scenario
from sim.studies.at_end import at_end
from sim.studies.identity import version
from sim.world import World

Window = tuple[int, int]
Asked = Callable[[], bool]


class Arm(NamedTuple):
    """One run: its key, that of its point, its policy and its scenario."""

    key: str
    point: str
    policy: Policy
    scenario: Scenario = CALM


@dataclass(frozen=True)
class Task:
    """Runs that share one organization after its burn-in."""

    world: str  # key of setup and seed
    setup: Setup
    replicate: int
    seed: int
    arms: tuple[Arm, ...]
    months: int
    windows: tuple[Window, ...]
    is_part: bool = False  # other tasks want the same organization
    at_end: bool = False  # whether it is read how runs end


class Failure(NamedTuple):
    """A run that could not be finished."""

    key: str
    point: str  # key of the point
    replicate: int
    stage: str
    message: str
    traceback: str


class Done(NamedTuple):
    """What became of a task: sums of tallies for each finished run, and failures."""

    arms: list[Arm]
    replicate: int
    seed: int
    census: Any  # (runs, windows, groups)
    flow: Any  # (runs, windows)
    failures: list[Failure]
    ends: Sequence[dict[str, Any]] = ()  # how each run ended, if asked


Found = tuple[Arm, Any, Any, dict[str, Any]]  # a run, its sums of census and flow, and how it ended


def never() -> bool:
    """Nobody asks to stop."""
    return False


def work(tasks: tuple[Task, ...], stopping: Asked = never) -> list[Done]:
    """Run some tasks, one after the other."""
    return [_work(task, stopping) for task in tasks]


def _work(task: Task, stopping: Asked) -> Done:
    def watch(_: int) -> None:
        if stopping():
            raise Stopped

    found: list[Found] = []
    failures = []
    try:
        world = WORLDS.get(task, watch)
    except Exception as error:
        if isinstance(error, Stopped):
            raise
        return _done(task, [], [failed(task, arm, "build", error) for arm in task.arms])
    for arm in task.arms:
        stage = "run"
        try:
            run = forked(world, arm.policy, task.months, watch, task.at_end, task.setup.rules, scenario=arm.scenario)
            stage = "measure"
            ended = at_end(run) if task.at_end else {}
            found.append((arm, *sums(run, list(task.windows)), ended))
        except Stopped:
            raise
        except Exception as error:  # told as a row, with all that is known
            failures.append(failed(task, arm, stage, error))
    if not task.is_part:
        WORLDS.drop(task)
    return _done(task, found, failures)


def _done(task: Task, found: list[Found], failures: list[Failure]) -> Done:
    sums_of = [np.stack(part) for part in zip(*(row[1:3] for row in found), strict=True)] or [np.empty(0)] * 2
    ends = [row[3] for row in found] if task.at_end else []
    return Done([row[0] for row in found], task.replicate, task.seed, sums_of[0], sums_of[1], failures, ends)


def failed(task: Task, arm: Arm, stage: str, error: BaseException) -> Failure:
    told = "".join(traceback.format_exception(error))
    return Failure(arm.key, arm.point, task.replicate, stage, f"{type(error).__name__}: {error}", told)


class Worlds:
    """Organizations after their burn-in, of which the few used last are kept: arms copy them."""

    def __init__(self) -> None:
        self.limit = 2
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, task: Task, watch: Callable[[int], None]) -> World:
        """The organization that a task forks from; two threads that want the same do not both build it."""
        with self._lock:
            entry = self._kept.setdefault(task.world, [threading.Lock(), None])
            self._kept.move_to_end(task.world)
            while len(self._kept) > self.limit:
                self._kept.popitem(last=False)
        with entry[0]:
            if entry[1] is None:
                entry[1] = _built(task, watch)
        world: World = entry[1]
        return world

    def drop(self, task: Task) -> None:
        with self._lock:
            self._kept.pop(task.world, None)


WORLDS = Worlds()


def _built(task: Task, watch: Callable[[int], None]) -> World:
    spec = task.setup.organization
    roster = people(spec) if spec.people else None
    return burn_in(task.setup, task.seed, roster, watch)


def people(spec: OrganizationSpec) -> Roster:
    """A people file is read once for all replicates, and again if it has changed."""
    assert spec.people
    return _people(spec, *version(spec.people))


@lru_cache(maxsize=8)
def _people(spec: OrganizationSpec, *_: int) -> Roster:
    return roster_of(spec, 0, warn=False)
