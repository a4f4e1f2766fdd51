"""Small studies for tests of sweeps, and what worker processes of these tests run."""

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sim.studies.engines import Engine, work_here
from sim.studies.plan import Plan
from sim.studies.store import Store
from sim.studies.sweep import Outcome, Sweep

CAP = "policy.market.time_cap"
TINY = {"org.size": 20, "org.burn_in": 6, "behaviour": "lively"}
POINTS = ({CAP: 0.0}, {CAP: 0.2}, {CAP: 0.2, "org.size": 25})


def tiny(replicates=4, points=POINTS, **known) -> Plan:
    """Three points, of which one needs an organization of its own; six months."""
    return Plan(points, TINY, months=6, replicates=replicates, **known)


def swept(plan: Plan, folder: Path, engine: Engine | None = None, **known) -> Outcome:
    return Sweep(engine or Engine("threads", 1), **known).run(plan, folder)


def table_of(plan: Plan, folder: Path, engine: Engine | None = None, **known):
    swept(plan, folder, engine, **known)
    return Store(folder).table()


class Deadly(Engine):
    """Processes, of which the first that works is killed."""

    @contextmanager
    def opened(self):
        with super().opened() as crew:
            yield replace(crew, work=dies_once)


class Poisoned(Engine):
    """Processes, of which all are killed that meet replicate 2."""

    @contextmanager
    def opened(self):
        with super().opened() as crew:
            yield replace(crew, work=dies_of_the_second)


def dies_of_the_second(tasks):
    if any(task.replicate == 2 for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return work_here(tasks)


def dies_once(tasks):
    try:
        os.close(os.open(os.environ["DIES_ONCE"], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return work_here(tasks)
    os.kill(os.getpid(), signal.SIGKILL)
    return []


if __name__ == "__main__":  # a sweep to be killed: folder, replicates
    import pandas  # noqa: F401  (slow to import, and not what is to be killed)
    import pyarrow.parquet  # noqa: F401

    from sim.replacing import OURS
    from sim.studies import identity, runner
    from sim.studies.engines import ready

    runner.CHUNK, runner.CHUNK_SECONDS = 7, 0.01
    ready(OURS)
    identity.model()
    print("go", flush=True)
    swept(tiny(int(sys.argv[2])), Path(sys.argv[1]), Engine("threads", 2))
