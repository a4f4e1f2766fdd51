"""Dask's clusters: on this machine, behind a scheduler's address, or as jobs on Slurm."""

import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.studies.files import StudyError

SLURM = "slurm"
PAGE = "127.0.0.1:0"  # schedulers and workers show pages: on their own machine alone, on any port that is free
ASKS = 20.0  # seconds between two questions to Slurm
PATIENCE = 60.0  # seconds without a worker and without a job, after which nobody is waited for
JOBS = "Queue, memory and time of jobs stand in ~/.config/dask/jobqueue.yaml."


class Cluster(NamedTuple):
    """A client, how many tasks run at a time, and what tells that none ever will again."""

    client: Any
    workers: Callable[[], int]
    check: Callable[[], None] = lambda: None


def joined(client: Any) -> Cluster:
    """A client of somebody's own: workers may come and go, but they must know what to do (else they die of it)."""
    try:
        client.run(exec, "import sim")
    except ImportError as error:
        raise StudyError(
            f"A Dask worker cannot import elbowroom ({error}): install it where workers run, and start them again."
        ) from error
    return Cluster(client, lambda: max(1, sum(client.nthreads().values())))


@contextmanager
def on_this_machine(count: int) -> Iterator[Cluster]:
    """So many processes, on loopback."""
    library = distributed()
    here = {"n_workers": count, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": PAGE}
    with library.LocalCluster(**here) as cluster, library.Client(cluster) as client:
        yield Cluster(client, lambda: count)


@contextmanager
def at(address: str) -> Iterator[Cluster]:
    """The workers of a scheduler that runs already."""
    try:
        client = distributed().Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise StudyError(f"study.address = {address!r}: no Dask scheduler answers there ({error}).") from error
    with client:
        yield joined(client)


@contextmanager
def on_slurm(jobs: int) -> Iterator[Cluster]:
    """So many jobs, a worker in each; one that is lost is followed by another."""
    name, queue, library = f"elbowroom-{secrets.token_hex(3)}", jobqueue(), distributed()
    theirs: Any = queue.SLURMCluster.job_cls

    class Job(theirs):
        async def close(self) -> None:  # the cluster asks at its end whether all are closed, lost and refused ones too
            await super().close()
            self.status = library.Status.closed

    asked = _asked()
    with queue.SLURMCluster(job_cls=Job, job_name=name, **asked) as cluster, library.Client(cluster) as client:
        cluster.sync(_handed_in, cluster, jobs)
        cluster.adapt(minimum=jobs, maximum=jobs)
        yield Cluster(client, lambda: jobs * asked["cores"], Watch(client, name))


def _asked() -> dict[str, Any]:
    """Jobs as they are configured, else small; of one process each, or Dask would not notice that a job is lost."""
    from dask import config

    cores, memory = (config.get(f"jobqueue.slurm.{name}") for name in ("cores", "memory"))
    pages = {"dashboard_address": PAGE, **config.get("jobqueue.slurm.scheduler-options")}
    extra = ["--dashboard-address", PAGE, *config.get("jobqueue.slurm.worker-extra-args")]
    return {"cores": cores or 1, "memory": memory or "2GB", "processes": 1, "scheduler_options": pages,
            "worker_extra_args": extra, "silence_logs": "critical"}  # fmt: skip


async def _handed_in(cluster: Any, jobs: int) -> None:
    """Ask for jobs; what Slurm refuses is raised here (`scale` would log it, and wait for workers for ever)."""
    for _ in range(jobs):
        cluster.worker_spec.update(cluster.new_worker_spec())
    try:
        await cluster
    except RuntimeError as error:
        said = [line for line in str(error).splitlines() if line.startswith("sbatch: ")] or [str(error)]
        raise StudyError(f"study.address=slurm: Slurm takes no jobs ({said[-1]}). {JOBS}") from error


class Watch:
    """Ends a sweep that has neither a worker nor a job that might become one."""

    def __init__(self, client: Any, name: str) -> None:
        self._client, self._name = client, name
        self._asked = self._alive = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._asked < ASKS:
            return
        self._asked = now
        if self._client.nthreads() or self._has_jobs():
            self._alive = now
        elif now - self._alive >= PATIENCE:
            raise StudyError(
                f"study.address=slurm: the jobs of this sweep ({self._name}) have ended, and no worker is left. Their "
                f"output (slurm-*.out) tells why. What was finished is stored, and the same command goes on. {JOBS}"
            )

    def _has_jobs(self) -> bool:
        asked = ["squeue", "--noheader", "--name", self._name]
        try:
            return bool(subprocess.run(asked, capture_output=True, check=True, timeout=ASKS).stdout.strip())
        except (OSError, subprocess.SubprocessError):
            return True  # a controller that does not answer has lost nothing yet


def distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise StudyError(
            f"study.engine=dask needs Dask distributed ({error}): pip install 'elbowroom[dask]'. Without it: "
            "study.engine=processes on one machine, or study.shard=1/4 and so on, on several."
        ) from None
    return distributed


def jobqueue() -> Any:
    """dask-jobqueue; its version 0.9.0 takes Ctrl-C for itself as it is imported, which is undone."""
    heard = signal.getsignal(signal.SIGINT)
    try:
        import dask_jobqueue
    except ImportError as error:
        raise StudyError(
            f"study.address=slurm needs dask-jobqueue ({error}): pip install dask-jobqueue. Without it: an array of "
            "jobs, each of which runs a part (experiments/slurm.sh), or study.address=tcp://... of a scheduler."
        ) from None
    if signal.getsignal(signal.SIGINT) is not heard:
        signal.signal(signal.SIGINT, heard)
    if shutil.which("sbatch") is None:
        raise StudyError(
            "study.address=slurm: Slurm is not here (no sbatch is found). Start the sweep on a machine from which jobs "
            "are given to Slurm, or name a Dask scheduler with study.address=tcp://..."
        )
    return dask_jobqueue
