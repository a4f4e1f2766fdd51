"""`make bench`: the speed of a run, each figure the best of several in one process, written to benchmarks/RESULTS.md.

These are benchmarks, not tests: machines differ and are shared, so figures are to be read as ratios.
"""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sim.running import Setup, burn_in, forked
from sim.settings import OrganizationSpec, Policy, named
from sim.studies.replicates import compiled
from sim.world import World

HERE = Path(__file__).resolve().parent
MONTHS = 60
POLICY = Policy()


def best(task: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of several runs."""
    return min(_timed(task) for _ in range(times))


def _timed(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def world(size: int, behaviour: str = "default", burn: int = 24) -> World:
    return burn_in(Setup(OrganizationSpec(size=size, burn_in=burn), named.behaviour(behaviour)), 1)


def per_employee_month(size: int, policy: Policy, behaviour: str = "default", months: int = MONTHS) -> float:
    """Microseconds for one employee and month."""
    start = world(size, behaviour)
    return best(lambda: forked(start, policy, months)) / (size * months) * 1e6


def two_threads(size: int = 1000) -> float:
    """How many times as much two threads get done as one."""
    start = world(size)

    def run(_: object = None) -> None:
        forked(start, POLICY, 6 * MONTHS)

    with ThreadPoolExecutor(2) as pool:
        ratios = [2 * best(run, 1) / _timed(lambda: list(pool.map(run, range(2)))) for _ in range(5)]
    return max(ratios)


def plain_python(size: int = 120, months: int = 12) -> float:
    """How many times longer the same source takes as plain Python, in a process of its own."""
    code = (
        "import time; from benchmarks.__main__ import world, forked, POLICY; "
        f"w = world({size}, burn=0); t = time.perf_counter(); forked(w, POLICY, {months}); "
        "print(time.perf_counter() - t)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True,
        check=True, cwd=HERE.parent,
    )
    start = world(size, burn=0)
    return float(said.stdout) / best(lambda: forked(start, POLICY, months))


def seconds_of(words: list[str], **environment: str) -> float:
    """Wall time of a command in a process of its own."""
    command = [sys.executable, "-c", "import sys; from sim.command import main; sys.exit(main(sys.argv[1:]))", *words]
    place = {"env": {**os.environ, **environment}, "cwd": HERE.parent}
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True, **place))


def lines() -> list[str]:
    import tempfile

    small = ["run", "org=department", "study.replicates=2", "study.months=12"]
    open_, closed = POLICY, POLICY.changed("market.open", False)
    rows = [
        ("µs per employee and month, 1,000 people, closed market", f"{per_employee_month(1000, closed):.2f}"),
        ("µs per employee and month, 1,000 people, open_opps", f"{per_employee_month(1000, open_):.2f}"),
        ("the same, lively", f"{per_employee_month(1000, open_, 'lively'):.2f}"),
        ("the same, 10,000 people", f"{per_employee_month(10_000, open_, months=24):.2f}"),
        ("the same, 100,000 people", f"{per_employee_month(100_000, open_, months=6):.2f}"),
        ("plain Python over compiled, same source (ratio)", f"{plain_python():.0f}"),
        ("two threads over one (ratio, best of five)", f"{two_threads():.2f}"),
        ("`elbowroom --help`, s", f"{min(seconds_of(['--help']) for _ in range(3)):.2f}"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        run = [*small, f"hydra.run.dir={folder}/r"]
        cold = seconds_of(run, ELBOWROOM_CACHE=f"{folder}/c")
        warm = min(seconds_of(run, ELBOWROOM_CACHE=f"{folder}/c") for _ in range(3))
    rows += [("a small run with an empty cache, s", f"{cold:.1f}"), ("the same with a warm cache, s", f"{warm:.1f}")]
    rows.append(("peak memory of this process, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"))
    return [f"| {name} | {value} |" for name, value in rows]


def main() -> None:
    compiled()
    about = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    text = ["# Benchmarks", "", f"`make bench` on a shared machine: {about}, {time.strftime('%Y-%m-%d')}.", "",
            "| what | value |", "|---|---|", *lines()]
    (HERE / "RESULTS.md").write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
