"""Our sweep beside Hydra's own launcher and Mesa's batch_run, on the same points."""

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import mesa

from benchmarks.plain_mesa import PlainOrganization
from sim.running import burn_in, forked, seed_of
from sim.settings import Policy
from sim.studies.design import grid
from sim.studies.engines import Engine, ready
from sim.studies.plan import Plan
from sim.studies.sweep import Sweep

CAP = "policy.market.time_cap"
SIZE, MONTHS, REPLICATES = 120, 60, 2
FEW, MANY = 2, 22  # points; the difference is free of what it takes to start
BASIC = """
import sys
from pathlib import Path
import hydra
from hydra.core.config_store import ConfigStore
from sim.command.composing import output_folder, plain, policy_of, setup_of
from sim.measures import summary
from sim.running import burn_in, forked, seed_of
from sim.settings.named import config_dir
from sim.settings.parameters import defaults

ConfigStore.instance().store(name="declared", node=defaults("run"))

@hydra.main(version_base="1.3", config_path=str(config_dir()), config_name="run")
def job(config):
    values = plain(config)
    for replicate in range(values["study"]["replicates"]):
        run = forked(burn_in(setup_of(values), seed_of(1, replicate)), policy_of(values), values["study"]["months"])
        summary(run).to_parquet(Path(output_folder()) / f"{replicate}.parquet")

job()
"""


TINY = """
import resource, sys, tempfile
from pathlib import Path
from sim.studies.engines import Engine
from sim.studies.plan import Plan
from sim.studies.sweep import Sweep

runs, done, peaks = int(sys.argv[1]), 0, []
points = tuple({"policy.market.time_cap": number / 100} for number in range(50))
fixed = {"org.size": 20, "org.burn_in": 0}
plan = Plan(points, fixed, months=3, replicates=runs // 50, window=0, groups=("everyone",))

def tell(count):
    global done
    done += count
    if done >= runs / 10 and not peaks:
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

with tempfile.TemporaryDirectory() as folder:
    Sweep(Engine("threads", 2), tell=tell).run(plan, Path(folder) / "s")
print(peaks[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def caps(count: int) -> list[float]:
    return [round(0.01 * number, 2) for number in range(count)]


def of_sweep(count: int) -> float:
    """Seconds of our sweep, on one thread."""
    plan = Plan(tuple(grid({CAP: caps(count)})), {"org": "department"}, months=MONTHS, replicates=REPLICATES)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        Sweep(Engine("threads", 1)).run(plan, Path(folder) / "s")
        return time.perf_counter() - began


def of_basic(count: int) -> float:
    """Seconds of the same runs as jobs of Hydra's basic launcher, one process."""
    with tempfile.TemporaryDirectory() as folder:
        words = [f"{CAP}={','.join(map(str, caps(count)))}", "org=department", f"study.replicates={REPLICATES}",
                 f"study.months={MONTHS}", f"hydra.sweep.dir={folder}", "-m"]  # fmt: skip
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", BASIC, *words], check=True, capture_output=True)
        return time.perf_counter() - began


class Department(PlainOrganization):
    """The plain port, with its cap as a parameter, as batch_run wants it."""

    def __init__(self, cap: float, rng: int = 1) -> None:
        super().__init__(SIZE, Policy().changed("market.time_cap", cap), seed=rng)
        self.datacollector = mesa.DataCollector({"month": "month"})  # batch_run asks for one

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def of_mesa(count: int) -> float:
    """Seconds of the same runs of the plain port under Mesa's batch_run, one process."""
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mesa.batch_run(
            Department, {"cap": caps(count), "rng": list(range(REPLICATES))}, number_processes=1, max_steps=MONTHS,
            display_progress=False,
        )  # fmt: skip
    return time.perf_counter() - began


def rows() -> list[tuple[str, ...]]:
    """Milliseconds for one more run, each the best of three (Mesa: of one)."""
    from sim.replacing import OURS

    ready(OURS)
    runs = (MANY - FEW) * REPLICATES
    found = {}
    for name, timed, times in (("Elbowroom", of_sweep, 3), ("Hydra's basic launcher", of_basic, 3)):
        found[name] = (min(timed(MANY) for _ in range(times)) - min(timed(FEW) for _ in range(times))) / runs * 1e3
    found["Mesa's batch_run of the plain port"] = of_mesa(1) / REPLICATES * 1e3
    return [(name, f"{took:.1f}", f"{took / found['Elbowroom']:.0f}") for name, took in found.items()]


def overhead(points: int = 20, replicates: int = 50) -> float:
    """Milliseconds that a sweep takes for a run beyond building, burning in, copying and living, on one thread."""
    plan = Plan(tuple(grid({CAP: caps(points)})), {"org": "department"}, months=MONTHS, replicates=replicates)
    resolved = plan.resolved()

    def alone() -> None:
        for replicate in range(replicates):
            world = burn_in(resolved[0].setup, seed_of(1, replicate))
            for point in resolved:
                forked(world, point.policy, MONTHS)

    def swept() -> None:
        with tempfile.TemporaryDirectory() as folder:
            Sweep(Engine("threads", 1)).run(plan, Path(folder) / "s")

    took = [(_seconds(swept), _seconds(alone)) for _ in range(3)]
    return (min(sweep for sweep, _ in took) - min(bare for _, bare in took)) / plan.runs * 1e3


def _seconds(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def memory(runs: int = 100_000) -> tuple[float, float]:
    """Peak memory of a process, in MB, after a tenth of so many tiny runs and after all."""
    done = subprocess.run([sys.executable, "-c", TINY, str(runs)], check=True, capture_output=True, text=True)
    tenth, whole = done.stdout.split()
    return float(tenth), float(whole)


if __name__ == "__main__":
    print(f"overhead {overhead():.2f} ms a run; memory {memory()} MB")
    for row in rows():
        print(*row)
