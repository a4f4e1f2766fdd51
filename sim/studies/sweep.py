"""A sweep: a plan, a store, an engine; what is finished is never run again."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from sim.errors import SettingsError
from sim.running import nobody
from sim.studies.design import DesignError
from sim.studies.engines import Engine, ready
from sim.studies.files import ASIDE, StudyError, alone, set_aside, told
from sim.studies.plan import Plan, Resolved
from sim.studies.runner import Runner, Sink, batches
from sim.studies.store import Store
from sim.studies.task import Failure, Task, people

BATCH = 32  # runs that go to a worker at once, if each is short; fewer where workers would idle
ROOM = 50 << 20  # bytes that stay free


class Shard(NamedTuple):
    """One part of a study: number out of so many."""

    number: int = 1
    of: int = 1

    @classmethod
    def parsed(cls, words: str | None) -> "Shard":
        try:
            number, of = map(int, (words or "1/1").split("/"))
        except ValueError:
            number = of = 0
        if not 1 <= number <= of:
            raise SettingsError(f"study.shard = {words!r}: expected a part and how many there are, such as 3/16.")
        return cls(number, of)


class Outcome(NamedTuple):
    """What a call has done: runs finished before, finished now, failed now."""

    before: int
    runs: int
    failed: int


@dataclass
class Sweep:
    """How a plan is carried out.

    Attributes
    ----------
    engine : where runs happen
    shard : the part that is done here
    stop_on_error : whether the first failure ends the sweep
    begin : called once with the number of runs of this shard, and how many of them are finished already
    tell : called with the number of runs that have just been stored or have failed
    tell_failure : called with each failure at once
    """

    engine: Engine = field(default_factory=Engine)
    shard: Shard = Shard()
    stop_on_error: bool = False
    begin: Callable[[int, int], None] = lambda runs, finished: None
    tell: Callable[[int], None] = nobody
    tell_failure: Callable[[Failure], None] = lambda failure: None

    def run(self, plan: Plan, folder: Path, fresh: bool = False) -> Outcome:
        """Run what is missing of a plan; its store is made if there is none."""
        resolved = checked(plan)
        if not (folder / "study.yaml").exists():
            refuse_too_large(plan, plan.runs // self.shard.of, folder)
        store = opened(folder, plan, resolved, fresh)
        with told(folder, "writing to"), alone(folder):
            store.sweep_up()
            most = max(plan.replicates, store.about["replicates"])
            return self._run(replace(plan, replicates=most), resolved, store)

    def _run(self, plan: Plan, resolved: list[Resolved], store: Store) -> Outcome:
        finished = store.finished()
        tasks = self._tasks(plan, resolved, finished)
        left = sum(len(task.arms) for task in self._tasks(plan, resolved, finished))
        refuse_too_large(plan, left, store.folder)
        store.extend(plan.replicates)
        before = sum(len(task.arms) for task in self._tasks(plan, resolved, set())) - left
        self.begin(before + left, before)
        if not left:
            return Outcome(before, 0, 0)
        for rules in {one.setup.rules for one in resolved}:
            ready(rules)  # before threads start: two would wait for each other; processes read what is kept then
        store.note("started", engine=self.engine.name, workers=self.engine.count, shard=list(self.shard), left=left)
        sink = Sink(store, self.stop_on_error, self.tell, self.tell_failure)
        how = "broken off"
        try:
            Runner(self.engine, sink).run(batches(tasks, min(BATCH, left // (4 * self.engine.count))))
            how = "ended"
        finally:
            sink.flush()
            store.note(how, runs=sink.runs, failed=sink.failed)
        return Outcome(before, sink.runs, sink.failed)

    def _tasks(self, plan: Plan, resolved: list[Resolved], finished: set[str]) -> Iterator[Task]:
        """The tasks of this shard that have something left to do; how they are cut does not depend on what is."""
        pieces = 4 * self.shard.of if self.shard.of > 1 else 2 * self.engine.count
        for number, task in enumerate(plan.tasks(resolved, finished, pieces)):
            if number % self.shard.of == self.shard.number - 1 and task.arms:
                yield task


def checked(plan: Plan) -> list[Resolved]:
    """Every point with its settings; whatever is wrong with any of them is told before anything runs."""
    if not plan.points:
        raise DesignError("The design has no points: name what to vary, such as policy.market.time_cap=0,0.1,0.2.")
    resolved = plan.resolved()
    for spec in {one.setup.organization for one in resolved}:
        if spec.people:
            people(spec)
    return resolved


def opened(folder: Path, plan: Plan, resolved: list[Resolved], fresh: bool = False) -> Store:
    """The store of a plan: the one that stands there, if it is of this study and this model, else a new one."""
    if not (folder / "study.yaml").exists():
        if folder.exists() and not _is_begun(folder):
            raise StudyError(f"{folder} holds other files and no study: name another with study.folder=FOLDER.")
        return Store.create(folder, plan, resolved)
    if fresh:
        set_aside(folder)
        return Store.create(folder, plan, resolved)
    store = Store(folder)
    if differences := store.is_of(plan):
        raise StudyError(
            f"{folder} holds another study: it differs in {', '.join(differences)}. Name another folder with "
            "study.folder=FOLDER, or start anew with study.fresh=true; what is there is kept beside."
        )
    store.resolved(plan)
    return store


def _is_begun(folder: Path) -> bool:
    """Whether a folder holds nothing but the beginnings of a store, from before a crash."""
    ours = ("chunks", "ends", "lock", "design.parquet")
    with told(folder, "looking into"):
        return all(file.name in ours or file.suffix == ASIDE for file in folder.iterdir())


def refuse_too_large(plan: Plan, runs: int, folder: Path) -> None:
    """Disk space is reckoned before anything runs."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
    needed, free = runs * plan.bytes_a_run, shutil.disk_usage(there).free
    if needed > max(0, free - ROOM):
        raise StudyError(
            f"{runs:,} runs may take {_size(needed)}, and {folder} has {_size(free)} left, of which {_size(ROOM)} stay "
            "free. Keep less of each run (study.window=0 for the whole alone, study.groups=[everyone]), run "
            "fewer, or name a folder elsewhere with study.folder=FOLDER."
        )


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            break
        count /= 1000
        unit = "TB" if unit == "GB" else unit
    return f"{count:,.3g} {unit}"
