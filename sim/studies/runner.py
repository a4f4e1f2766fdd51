"""Keeping workers busy, and storing what they find."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait

from sim.studies.engines import Crew, Engine
from sim.studies.files import StudyError
from sim.studies.store import Store
from sim.studies.task import Done, Failure, Task, failed

Batch = tuple[Task, ...]
BATCH_MONTHS = 200_000  # employee-months, some tenths of a second: from then on a batch is long enough
AHEAD = 3  # batches that wait for each worker
CHUNK = 512  # runs in a chunk, at most about
CHUNK_SECONDS = 2.0  # so much work is lost at most when a process is killed, and what is being run
LOST = 3  # so often a task may lose its worker


def batches(tasks: Iterator[Task], most: int) -> Iterator[Batch]:
    """Short tasks go to a worker several at a time, with about `most` runs in all."""
    batch: list[Task] = []
    runs = months = 0
    for task in tasks:
        batch.append(task)
        spec = task.setup.organization
        runs += len(task.arms)
        months += spec.size * (spec.burn_in + task.months * len(task.arms))
        if runs >= most or months > BATCH_MONTHS:
            yield tuple(batch)
            batch, runs, months = [], 0, 0
    if batch:
        yield tuple(batch)


class Sink:
    """Takes what workers found, and stores it in chunks."""

    def __init__(
        self, store: Store, stop_on_error: bool, tell: Callable[[int], None], tell_failure: Callable[[Failure], None]
    ) -> None:
        self._store, self._stop_on_error, self._tell, self._tell_failure = store, stop_on_error, tell, tell_failure
        self._waiting: list[Done] = []
        self._count, self._last = 0, time.monotonic()
        self.runs = self.failed = 0
        self.has_any = False  # whether any worker has given anything

    def take(self, found: list[Done]) -> None:
        self._waiting += found
        self.has_any = self.has_any or any(done.arms for done in found)
        self._count += sum(len(done.arms) + len(done.failures) for done in found)
        failures = [failure for done in found for failure in done.failures]
        for failure in failures:
            self._tell_failure(failure)
        self._store.fail(failures)
        self.failed += len(failures)
        if self._count >= CHUNK or time.monotonic() - self._last > CHUNK_SECONDS:
            self.flush()
        if failures and self._stop_on_error:
            raise StudyError(
                f"A run failed ({failures[0].message}), and study.on_error=stop. What was finished is stored; its "
                f"traceback stands in {self._store.folder / 'failures.jsonl'}."
            )

    def flush(self) -> None:
        """Store what waits."""
        waiting, self._waiting, self._count = self._waiting, [], 0
        if waiting:
            stored = self._store.add(waiting)
            self.runs += stored
            self._tell(stored)
        self._last = time.monotonic()


class Runner:
    """Keeps workers busy; what a lost worker had is run again, one batch at a time."""

    def __init__(self, engine: Engine, sink: Sink) -> None:
        self._engine, self._sink = engine, sink
        self._suspects: deque[Batch] = deque()  # what was being run when a worker was lost
        self._lost: Counter[str] = Counter()

    def run(self, batches: Iterator[Batch]) -> None:
        unbroken = False
        while not unbroken:
            with self._engine.opened() as crew:
                try:
                    self._alone(crew)
                    self._all(crew, batches)
                    unbroken = True
                except BrokenExecutor:
                    self._refuse_to_go_on()

    def _refuse_to_go_on(self) -> None:
        if not self._sink.has_any and self._lost.total() >= LOST:
            raise StudyError(
                "Worker processes die before they have run anything. In a script, what starts a sweep must stand under "
                "`if __name__ == '__main__':`; study.engine=threads needs none."
            ) from None

    def _alone(self, crew: Crew) -> None:
        """One suspect at a time, so that it is known which it is that costs workers."""
        while self._suspects:
            batch = self._suspects.popleft()
            try:
                self._sink.take(crew.executor.submit(crew.work, batch).result())
            except BrokenExecutor as error:
                self._suspect(batch, error)
                raise

    def _suspect(self, batch: Batch, error: BaseException) -> None:
        """A batch whose worker was lost is tried again, a few times."""
        key = batch[0].arms[0].key
        self._lost[key] += 1
        if self._lost[key] < LOST:
            self._suspects.append(batch)
        else:
            self._sink.take(_given_up(batch, error))

    def _all(self, crew: Crew, batches: Iterator[Batch]) -> None:
        """All batches, a few at a time: neither tasks nor results pile up."""
        running: dict[Future[list[Done]], Batch] = {}
        try:
            while True:
                most = AHEAD * crew.workers()
                while len(running) < most and (batch := next(batches, None)):
                    self._submit(crew, batch, running)
                if not running:
                    return
                if wait(running, timeout=CHUNK_SECONDS, return_when=FIRST_COMPLETED).done:
                    self._take(running)
                else:
                    self._sink.flush()  # long runs: what was found before need not wait for them
                    crew.check()
        except BrokenExecutor:
            self._suspects.extend(running.values())
            raise
        except BaseException:
            for future in running:
                future.cancel()
            raise

    def _submit(self, crew: Crew, batch: Batch, running: dict[Future[list[Done]], Batch]) -> None:
        try:
            running[crew.executor.submit(crew.work, batch)] = batch
        except BrokenExecutor:
            self._suspects.append(batch)
            raise

    def _take(self, running: dict[Future[list[Done]], Batch]) -> None:
        """Store what is done; what a broken executor leaves behind stays among what was running."""
        broken: BaseException | None = None
        for future in [one for one in running if one.done()]:
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                broken = error
                continue
            batch = running.pop(future)
            if error is None:
                self._sink.take(future.result())
            elif type(error).__name__ == "KilledWorker":  # Dask has tried it on several workers
                self._sink.take(_given_up(batch, error))
            else:
                raise error
        if broken:
            raise broken


def _given_up(batch: Batch, error: BaseException) -> list[Done]:
    """Runs that cost several workers are failures."""
    why = RuntimeError(f"its worker process died several times (killed, or out of memory?): {error}")
    return [
        Done([], task.replicate, task.seed, None, None, [failed(task, arm, "worker", why) for arm in task.arms])
        for task in batch
    ]
