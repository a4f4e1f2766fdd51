"""`elbowroom laws`: which way levers and causes pull, and whether that hangs on what people are like."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from omegaconf import DictConfig

from sim.command.composing import launch, output_folder, plain, policy_of, setup_of
from sim.command.progress import introduced, progress, warmed
from sim.settings.study import LawStudy

if TYPE_CHECKING:
    from sim.laws.study import LawResults


def task(config: DictConfig) -> None:
    """Try, tell, write."""
    from rich.console import Console

    from sim.laws import study as laws
    from sim.laws import tables
    from sim.studies.record import origin, write_origin, writing

    values = plain(config)
    study = LawStudy.made(values["laws"], "laws")
    setup, policy = setup_of(values), policy_of(values)
    laws.chosen(study.match)
    introduced(setup.organization)
    warmed()
    began = time.perf_counter()
    with progress("trying", laws.jobs(study)) as tell:
        found = laws.run(study, setup, policy, tell)
    folder = Path(output_folder())
    rows = len(list(tables.rows(found)))
    with writing(folder):
        tables.write(found, folder)
        write_origin(folder, values, origin(values, time.perf_counter() - began, study.seed, found.seeds, rows))
    told(found)
    Console().print(f"Tables, configuration and manifest: {folder}", soft_wrap=True)


def told(found: "LawResults") -> None:
    """Every sentence, its claims below it, and what they come to."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sim.laws import tables

    console = Console()
    for sentence, claims in tables.by_law(found):
        console.print(Text(sentence, "bold"))
        grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
        for cells in claims:
            grid.add_row("", *cells)
        console.print(grid)
    console.print(Text(tables.in_words(found)))


def main(words: list[str] | None = None) -> int:
    import sys

    return launch(task, "laws", sys.argv[1:] if words is None else words)
