"""Engines: where tasks run. Each gives an executor of `concurrent.futures`, how many workers, and a way to stop."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sim.errors import SettingsError, nearest
from sim.replacing import Rules
from sim.studies.files import StudyError
from sim.studies.replicates import compiled
from sim.studies.task import WORLDS, Done, Task, work

SLURM = "slurm"
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
            _dask()
            if self.address == SLURM:
                _jobqueue()
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
    workers: int
    stop: Callable[[], None]


@contextmanager
def _threads(engine: Engine) -> Iterator[Crew]:
    stop = threading.Event()
    WORLDS.limit = engine.count + 1
    with ThreadPoolExecutor(engine.count) as pool:
        yield Crew(pool, lambda tasks: work(tasks, stop.is_set), engine.count, stop.set)


@contextmanager
def _processes(engine: Engine) -> Iterator[Crew]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(engine.count, context, _begin, (stop,))
    try:
        yield Crew(pool, work_here, engine.count, stop.set)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_STOP: Any = None


def _begin(stop: Any) -> None:
    """A worker process: Ctrl-C is heard by the one that started it."""
    global _STOP
    _STOP = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work_here(tasks: tuple[Task, ...]) -> list[Done]:
    """Run tasks in this worker process."""
    for rules in {task.setup.rules for task in tasks}:
        ready(rules)
    return work(tasks, _STOP.is_set) if _STOP is not None else work(tasks)


_READY: set[Rules] = set()


def ready(rules: Rules) -> None:
    """Everything compiled, or read from where compiled code is kept, once for each worker."""
    if rules not in _READY:
        from sim.running import Setup

        compiled([Setup(rules=rules)])
        _READY.add(rules)


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise StudyError(
            f"study.engine=dask needs Dask distributed ({error}): pip install 'elbowroom[dask]'. Without it: "
            "study.engine=processes on one machine, or study.shard=1/4 and so on, on several."
        ) from None
    return distributed


@contextmanager
def _on_dask(engine: Engine) -> Iterator[Crew]:
    distributed = _dask()
    if engine.client is not None:
        yield _crew(engine.client)
        return
    if engine.address == SLURM:
        with _jobqueue().SLURMCluster() as cluster, distributed.Client(cluster) as client:
            cluster.scale(engine.workers)
            client.wait_for_workers(1)  # however long the queue is; others join as they come
            yield _crew(client, engine.workers)
        return
    if engine.address:
        try:
            client = distributed.Client(engine.address, timeout="10s")
        except (OSError, ValueError) as error:
            where = f"study.address = {engine.address!r}"
            raise StudyError(f"{where}: no Dask scheduler answers there ({error}).") from error
        with client:
            yield _crew(client)
        return
    here = {"n_workers": engine.count, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(**here) as cluster, distributed.Client(cluster) as client:
        yield _crew(client)


def _jobqueue() -> Any:
    try:
        import dask_jobqueue
    except ImportError as error:
        raise StudyError(
            f"study.address=slurm needs dask-jobqueue ({error}): pip install dask-jobqueue. Without it: an array of "
            "jobs, each of which runs a part (experiments/slurm.sh), or study.address=tcp://... of a scheduler."
        ) from None
    return dask_jobqueue


def _crew(client: Any, expected: int = 1) -> Crew:
    executor = client.get_executor(pure=False, retries=3)
    count = max(expected, sum(client.nthreads().values()))
    return Crew(executor, work_here, count, lambda: executor.shutdown(wait=False, cancel_futures=True))
