"""Engines: where tasks run. Each gives an executor of `concurrent.futures`, how many workers, and a way to stop."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from sim.errors import SettingsError, nearest
from sim.replacing import Rules
from sim.studies import clusters, identity
from sim.studies.files import StudyError
from sim.studies.replicates import compiled
from sim.studies.task import WORLDS, Done, Task, work

ENGINES = ("threads", "processes", "dask")
Work = Callable[[tuple[Task, ...]], list[Done]]


@dataclass(frozen=True)
class Engine:
    """Where tasks run.

    Attributes
    ----------
    name : threads, processes or dask
    workers : tasks run at a time; 0 for as many as there are cores
    address : of a Dask scheduler; ``slurm`` for jobs of dask-jobqueue's; None for a cluster on this machine alone
    client : a Dask client of one's own, such as one of dask-jobqueue's
    """

    name: str = "threads"
    workers: int = 0
    address: str | None = None
    client: Any = None

    def __post_init__(self) -> None:
        if self.name not in ENGINES:
            raise SettingsError(f"study.engine = {self.name!r}: expected one of {', '.join(ENGINES)}."
                                f"{nearest(self.name, ENGINES)}")  # fmt: skip
        if self.name == "dask":
            clusters.distributed()
            if self.address == clusters.SLURM:
                clusters.jobqueue()
                if not self.workers:
                    raise SettingsError("study.address=slurm needs study.threads: how many workers Slurm shall start.")

    @property
    def count(self) -> int:
        """Workers, or the cores of this machine."""
        return self.workers or os.cpu_count() or 1

    @contextmanager
    def opened(self) -> Iterator["Crew"]:
        """The executor, ready to take tasks; it is closed at the end, and what runs is stopped on the way out."""
        openers = {"threads": _threads, "processes": _processes, "dask": _on_dask}
        with openers[self.name](self) as crew:
            try:
                yield crew
            except BaseException:
                crew.stop()
                raise


@dataclass(frozen=True)
class Crew:
    """An executor at work."""

    executor: Executor
    work: Work
    workers: Callable[[], int]
    stop: Callable[[], None]
    check: Callable[[], None] = lambda: None  # called while nothing comes; raises where nothing will


@contextmanager
def _threads(engine: Engine) -> Iterator[Crew]:
    stop = threading.Event()
    WORLDS.limit = engine.count + 1
    with ThreadPoolExecutor(engine.count) as pool:
        yield Crew(pool, lambda tasks: work(tasks, stop.is_set), lambda: engine.count, stop.set)


@contextmanager
def _processes(engine: Engine) -> Iterator[Crew]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(engine.count, context, _begin, (stop,))
    try:
        yield Crew(pool, _elsewhere(), lambda: engine.count, stop.set)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_STOP: Any = None


def _begin(stop: Any) -> None:
    """A worker process: Ctrl-C is heard by the one that started it."""
    global _STOP
    _STOP = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _elsewhere() -> Work:
    """What other processes are to do: with this model, and no other."""
    return partial(work_here, model=identity.model())


def work_here(tasks: tuple[Task, ...], model: str | None = None) -> list[Done]:
    """Run tasks in this worker process, if its model is the one that is asked for."""
    if model not in (None, identity.model()):
        raise StudyError(
            f"A worker on {socket.gethostname()} has another version of the model ({identity.model()}) than the sweep "
            f"({model}). Give it the same elbowroom and the same Python, and start it again."
        )
    for rules in {task.setup.rules for task in tasks}:
        ready(rules)
    return work(tasks, _STOP.is_set) if _STOP is not None else work(tasks)


_READY: set[Rules] = set()
_ONE = threading.Lock()  # a Dask worker may have several threads


def ready(rules: Rules) -> None:
    """Everything compiled, or read from where compiled code is kept, once for each worker."""
    with _ONE:
        if rules not in _READY:
            from sim.running import Setup

            compiled([Setup(rules=rules)])
            _READY.add(rules)


@contextmanager
def _on_dask(engine: Engine) -> Iterator[Crew]:
    with _cluster(engine) as (client, workers, check):
        executor = client.get_executor(pure=False, retries=3)

        def stop() -> None:
            if client.status == "running":
                executor.shutdown(wait=False)

        try:
            yield Crew(executor, _elsewhere(), workers, stop, check)
        except Exception as error:
            if isinstance(error, CancelledError) or (client.status != "running" and not isinstance(error, StudyError)):
                raise StudyError(
                    "The Dask scheduler was lost. What was finished is stored, and the same command goes on where "
                    "this one ended."
                ) from error
            raise


def _cluster(engine: Engine) -> AbstractContextManager[clusters.Cluster]:
    if engine.client is not None:
        return nullcontext(clusters.joined(engine.client))
    if engine.address == clusters.SLURM:
        return clusters.on_slurm(engine.workers)
    return clusters.at(engine.address) if engine.address else clusters.on_this_machine(engine.count)
