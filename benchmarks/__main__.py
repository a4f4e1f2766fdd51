"""`make bench`: how fast a run is, beside the same model written the ordinary Mesa way, written to RESULTS.md.

`python -m benchmarks answer sweeps` measures some parts anew.

These are benchmarks, not tests: machines differ and are shared, so what is compared is timed in turns, the best of
several counts, and figures are to be read as ratios.
"""

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mesa
import numba

from benchmarks import answer, sweeping
from benchmarks.plain_mesa import PlainOrganization, agreement
from sim import abreast
from sim.building import set_policy
from sim.running import Setup, burn_in, forked, live
from sim.settings import OrganizationSpec, Policy, named
from sim.settings.given import organization_given
from sim.studies.replicates import compiled
from sim.world import World, copied, with_tallies

HERE = Path(__file__).resolve().parent
POLICY = Policy()
BEFORE = 24  # months of burn-in
SETTLING = 12  # months of an open market before anything is timed
TIMES = 5


def seconds(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def lived(
    size: int, policy: Policy = POLICY, behaviour: str = "default", burn: int = BEFORE, ahead: int = 120
) -> World:
    """An organization in which the policy has held for a year, with room to count `ahead` more months."""
    world = burn_in(Setup(OrganizationSpec(size=size, burn_in=burn), named.behaviour(behaviour)), 1)
    set_policy(world, policy)
    return live(with_tallies(world, SETTLING + ahead, 0), SETTLING)


def of_a_copy(world: World, months: int) -> float:
    """Seconds for some more months."""
    copy = copied(world)
    return seconds(lambda: live(copy, SETTLING + months))


def per_month(world: World, months: int) -> float:
    """Microseconds for one employee and month, best of several."""
    return min(of_a_copy(world, months) for _ in range(TIMES)) / (len(world.staff) * months) * 1e6


def beside_mesa(size: int, behaviour: str) -> tuple[float, float]:
    """Microseconds for one employee and month of plain Mesa and of Elbowroom, timed in turns."""
    world = lived(size, behaviour=behaviour)
    model = PlainOrganization(size, POLICY, named.behaviour(behaviour), seed=1, burn_in=BEFORE)
    for _ in range(SETTLING):
        model.step()
    plain, ours = [], []
    for _ in range(TIMES):
        plain.append(seconds(lambda: [model.step() for _ in range(6)]) / 6)
        ours.append(min(of_a_copy(world, 60) for _ in range(3)) / 60)
    return min(plain) / size * 1e6, min(ours) / size * 1e6


def two_threads(size: int = 1000, months: int = 360) -> float:
    """How many times as much two threads get done as one, best of several."""
    world = lived(size, ahead=months)
    with ThreadPoolExecutor(2) as pool:
        return max(
            2 * of_a_copy(world, months) / seconds(lambda: list(pool.map(lambda _: of_a_copy(world, months), range(2))))
            for _ in range(TIMES)
        )


def apart(code: str, **environment: str) -> list[float]:
    """What some code prints in a process of its own."""
    said = subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True,
                          text=True, check=True, cwd=HERE.parent)
    return [float(word) for word in said.stdout.split()]


def plain_python(size: int = 120, months: int = 12) -> float:
    """How many times longer the same source takes as plain Python."""
    code = f"from benchmarks.__main__ import *; print(of_a_copy(lived({size}, burn=1), {months}))"
    return apart(code, NUMBA_DISABLE_JIT="1")[0] / min(of_a_copy(lived(size, burn=1), months) for _ in range(TIMES))


def large(size: int, months: int = 12) -> tuple[float, float, float]:
    """Microseconds for one employee and month of the second half of a year, on all processors and on one, and the peak
    of memory in MB.
    """
    code = (
        "from benchmarks.__main__ import *\n"
        "share_out({})\n"
        f"world = lived({size}, burn=6, ahead=12); world = live(world, SETTLING + 6)\n"
        f"took = seconds(lambda: live(world, SETTLING + {months}))\n"
        f"print(took / {size} / {months - 6} * 1e6, peak())"
    )
    found = [(*apart(code.format(True)), *apart(code.format(False))) for _ in range(2)]
    return min(row[0] for row in found), min(row[2] for row in found), max(row[1] for row in found)


def share_out(at_all: bool) -> None:
    """Whether months are shared out among processors."""
    abreast.LARGE = 0 if at_all else sys.maxsize


def government(months: int = 120) -> list[str]:
    """A whole government, from nothing to the end, in a process of its own."""
    spec = organization_given("government")
    took, memory = apart(f"from benchmarks.__main__ import *; print(whole('government', {months}), peak())")
    return [
        f"- `org=government`: {spec.size:,} people built, {spec.burn_in} months of burn-in and {months} under "
        f"`open_opps` take {took / 60:.1f} minutes and {memory / 1000:.1f} GB."
    ]


def whole(organization: str, months: int) -> float:
    """Seconds for an organization from nothing to the end of one policy."""
    setup = Setup(organization_given(organization))
    compiled()
    return seconds(lambda: forked(burn_in(setup, 1), POLICY, months, last=True))


def peak() -> float:
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def command(words: list[str], **environment: str) -> float:
    """Seconds of a command in a process of its own."""
    code = f"import sys; from sim.command import main; sys.exit(main({words!r}))"
    place = {"env": {**os.environ, **environment}, "cwd": HERE.parent}
    return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, **place))


def starts() -> list[tuple[str, str]]:
    """How long it takes until something is there."""
    with tempfile.TemporaryDirectory() as folder:
        run = ["run", "org=department", "study.replicates=2", "study.months=12", f"hydra.run.dir={folder}/r"]
        cold = command(run, ELBOWROOM_CACHE=f"{folder}/c")
        warm = min(command(run, ELBOWROOM_CACHE=f"{folder}/c") for _ in range(3))
    return [
        ("a small run with an empty cache, s", f"{cold:.1f}"), ("the same with a warm cache, s", f"{warm:.1f}"),
        ("`elbowroom --help`, s", f"{min(command(['--help']) for _ in range(3)):.2f}"),
    ]  # fmt: skip


def beside() -> list[tuple[str, ...]]:
    rows = []
    for size, behaviour in ((1000, "default"), (1000, "lively"), (10_000, "default")):
        plain, ours = beside_mesa(size, behaviour)
        rows.append((f"{size:,}", behaviour, f"{plain:.1f}", f"{ours:.2f}", f"{plain / ours:.0f}"))
    return rows


def sizes() -> list[tuple[str, ...]]:
    small = per_month(lived(1000), 60)
    rows = [("1,000", "", f"{small:.2f}", "1.0", "")]
    for size in (100_000, 1_000_000):
        took, alone, memory = large(size)
        rows.append((f"{size:,}", f"{took:.2f}", f"{alone:.2f}", f"{alone / small:.1f}", f"{memory:,.0f}"))
    return rows


def others() -> list[tuple[str, str]]:
    closed = per_month(lived(1000, POLICY.changed("market.open", False)), 60)
    return [
        ("closed market, 1,000 people, µs", f"{closed:.2f}"),
        ("two threads over one (best of five)", f"{two_threads():.2f}"),
        ("plain Python over compiled, same source", f"{plain_python():,.0f}"),
        *starts(),
    ]


def spent() -> list[str]:
    """What a sweep costs beside the model itself."""
    tenth, whole = sweeping.memory()
    return [
        f"- Overhead of a run (1,000 runs of `department`, one thread; without building, burn-in, copying and months): "
        f"{sweeping.overhead():.2f} ms.",
        f"- Peak memory over 100,000 tiny runs: {tenth:,.0f} MB after a tenth of them, {whole:,.0f} MB after all.",
    ]


def table(header: str, rows: list[tuple[str, ...]]) -> list[str]:
    columns = header.split("|")
    return ["| " + " | ".join(line) + " |" for line in (columns, ["---"] * len(columns), *rows)]


def beside_text() -> list[str]:
    return [
        "`benchmarks/plain_mesa` is the same model with attributes, methods, `agents.do` and `shuffle_do`, written "
        "from [docs/model.md](../docs/model.md) alone by somebody who had not seen our rules; it leaves out central "
        "assignment and switches. Both are timed in turns.",
        "", *table("people|behaviour|plain Mesa, µs|Elbowroom, µs|ratio", beside()),
    ]  # fmt: skip


def sweeps_text() -> list[str]:
    return [
        "A department under one cap after another, two replicates, 60 months; milliseconds for one more run in one "
        "process, start-up left out. Our sweep burns in once for all caps of a replicate, as no job of the others can.",
        "", *table("what|ms a run|times ours", sweeping.rows()), "", *spent(),
    ]  # fmt: skip


def size_text() -> list[str]:
    return [
        "From 100,000 people on, what people do by themselves is shared out among the processors.", "",
        *table("people|µs|µs on one processor|times 1,000 people|peak memory of the process, MB", sizes()), "",
        *government(),
    ]  # fmt: skip


PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "beside": ("Beside ordinary Mesa", beside_text),
    "agreement": ("The same measures as ordinary Mesa", agreement.summary),
    "answer": ("Time to an answer", answer.text),
    "sweeps": ("Sweeps", sweeps_text),
    "size": ("Size", size_text),
    "else": ("Else", lambda: table("what|value", others())),
}
RESULTS = HERE / "RESULTS.md"


def header() -> str:
    return (
        "# Benchmarks\n\n`make bench` on shared machines. Each part says when it was measured, and on what: even "
        "ratios differ from one processor to another. Time is in µs for one employee and month under `open_opps`, a "
        "year after the market opened.\n"
    )


def measured_on() -> str:
    """The day, the machine and the versions."""
    versions = f"Python {platform.python_version()}, Mesa {mesa.__version__}, Numba {numba.__version__}"
    return f"*{time.strftime('%Y-%m-%d')}; {os.cpu_count()} cores of {processor()}; {versions}*"


def processor() -> str:
    """The processor, by the name and family that Linux tells; elsewhere what the platform says."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    known = dict([word.strip() for word in line.split(":", 1)] for line in lines if ":" in line)
    if "model name" not in known:
        return platform.processor() or platform.machine()
    return f"{known['model name']}, family {known['cpu family']}" if "cpu family" in known else known["model name"]


def kept() -> dict[str, str]:
    """What stands in the results by now, by title."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in text.split("\n## ")[1:]}


def main(names: list[str]) -> None:
    """Measures the parts that are named, or all, and leaves the others as they stand."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"benchmarks: there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    compiled()
    found = kept()
    for name in names or PARTS:
        title, measured = PARTS[name]
        found[title] = "\n".join([measured_on(), "", *measured()])
        texts = [f"## {title}\n\n{found[title]}\n" for title, _ in PARTS.values() if title in found]
        RESULTS.write_text("\n".join([header(), *texts]), encoding="utf-8")
        print(f"## {title}\n\n{found[title]}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
