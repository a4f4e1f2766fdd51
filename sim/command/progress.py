"""What people see while they wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from sim.people.mending import told
from sim.running import roster_of
from sim.settings import OrganizationSpec

if TYPE_CHECKING:
    import pandas as pd

    from sim.studies.kept import Kept

console = Console(stderr=True)


def introduced(spec: OrganizationSpec) -> int:
    """Say which organization it is, and return its size; a file that cannot be read is told before all else."""
    roster = roster_of(spec, 0, warn=False)  # told below
    source = Path(spec.people).name if spec.people else "generated anew in each replicate"
    console.print(
        f"{spec.name}: {len(roster):,} people under {int(roster.leads.sum()):,} managers in "
        f"{len(roster.departments)} departments, {source}.", markup=False,
    )
    mends = told(roster.mends, source) if spec.people and spec.mend else []
    for line in [*roster.notes, *mends]:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)  # ids may hold brackets
    if roster.mends:
        console.print("  All of them will stand in mends.csv, next to the results.")
    return len(roster)


def warmed() -> None:
    """Compile everything, and say so, unless it has been compiled before."""
    from sim.warming import is_warm, warm

    if is_warm():
        return
    began = time.perf_counter()
    console.print("Compiling the model's rules; this happens once and takes a minute or two ...")
    warm()
    console.print(f"Compiled in {time.perf_counter() - began:.0f} s.")


def told_drift(rows: "pd.DataFrame") -> str:
    """A sentence on drift at the fork; nothing where the burn-in was too short to tell."""
    from sim.studies.drift import STEADY, drift, sentence

    if f"{STEADY[0]} last" not in rows:
        return ""
    tables = [drift(part) for _, part in rows.groupby("setup", sort=False)]
    return sentence(max(tables, key=lambda table: table.change.abs().max()))


def told_kept(kept: "Kept") -> None:
    """How many runs need not be done, if any."""
    if kept.found:
        console.print(f"{kept.found:,} runs were finished before and kept in {kept.folder}.", highlight=False)


class Bar:
    """A bar that is moved on by calling it."""

    def __init__(self, bar: Progress, what: str, total: int) -> None:
        self._bar, self._task = bar, bar.add_task(what, total=total)

    def begin(self, runs: int, done: int) -> None:
        """Show the bar, and how many runs there are in all and are done already."""
        self._bar.start()
        self._bar.update(self._task, total=runs, completed=done)

    def __call__(self, done: int) -> None:
        self._bar.advance(self._task, done)


@contextmanager
def progress(what: str, total: int = 0) -> Iterator[Bar]:
    """A bar with the time left; gives the function that moves it on. Without a total it is shown when it begins."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("runs ·"), TimeElapsedColumn(),
        TextColumn("gone ·"), TimeRemainingColumn(), TextColumn("left"),
    )
    bar = Progress(*columns, console=console)
    try:
        if total:
            bar.start()
        yield Bar(bar, what, total)
    finally:
        if bar.live.is_started:
            bar.stop()


def warm_up(_: list[str]) -> int:
    """The command `warm`."""
    warmed()
    return 0
