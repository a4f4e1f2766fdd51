"""`elbowroom extend`, `merge` and `status`: what is done with stores of studies."""

from dataclasses import replace
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from sim.command.sweep import carried_out
from sim.errors import SettingsError, nearest
from sim.settings.study import SweepStudy
from sim.studies.files import StudyError
from sim.studies.merging import extended
from sim.studies.merging import merge as merged
from sim.studies.store import Store

MAY_CHANGE = ("replicates", "engine", "threads", "address", "on_error", "shard")


def extend(words: list[str]) -> int:
    """More replicates of a study, or what is missing of it."""
    folders, given = separated(words)
    if len(folders) != 1:
        raise StudyError("Name one study to extend: elbowroom extend results/cap20-1a2b3c4d replicates=200")
    values = {name.removeprefix("study."): yaml.safe_load(value) for name, value in given.items()}
    strange = [name for name in values if name not in MAY_CHANGE]
    if strange:
        raise SettingsError(
            f"{strange[0]} cannot change in a study that has begun.{nearest(strange[0], MAY_CHANGE)} "
            f"What can is {', '.join(MAY_CHANGE)}."
        )
    store = Store(folders[0])
    study = SweepStudy.made({"replicates": store.about["replicates"], **values, "folder": folders[0]}, "study")
    extended(store, study.replicates)
    carried_out(study, replace(store.plan(), replicates=study.replicates), store.folder)
    return 0


def merge(words: list[str]) -> int:
    """Join the shards of a study."""
    folders, given = separated(words)
    if len(folders) < 2 or list(given) != ["into"]:
        raise StudyError("Name the parts and where to: elbowroom merge PART PART ... into=STUDY")
    store = merged(folders, given["into"])
    print(f"{len(store.finished()):,} runs of {store.runs_asked:,} joined: {store.folder}")
    return 0


def status(words: list[str]) -> int:
    """What is finished, what failed and why."""
    folders, given = separated(words)
    if not folders or given:
        raise StudyError("Name one or more studies: elbowroom status results/cap20-1a2b3c4d")
    for folder in folders:
        show(Store(folder))
    return 0


def separated(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Folders, and name=value."""
    given = dict(word.split("=", 1) for word in words if "=" in word)
    return [word for word in words if "=" not in word], given


def show(store: Store) -> None:
    console, about = Console(), store.about
    finished, failures = len(store.finished()), store.failures()
    table = Table(box=None, show_header=False, pad_edge=False)
    last = (store.journal.read() or [{}])[-1]
    rows = {
        "study": str(store.folder), "points × replicates": f"{about['points']:,} × {about['replicates']:,}",
        "finished": f"{finished:,} of {store.runs_asked:,} runs", "failed": f"{len(failures):,}",
        "model": f"{store.version()}{'' if store.is_current else ' (not the one that is installed)'}",
        "on disk": f"{sum(f.stat().st_size for f in store.files()) / 1e6:,.1f} MB in {len(store.files()):,} chunks",
        "last": f"{last.get('what', 'nothing')} {last.get('at', '')}",
    }  # fmt: skip
    for name, value in rows.items():
        table.add_row(name, value)
    console.print(table)
    for failure in failures.head(10).itertuples():
        told = f"  point {failure.point}, replicate {failure.replicate} ({failure.stage}): {failure.message}"
        console.print(told, markup=False, highlight=False, soft_wrap=True)
    if len(failures):
        console.print(f"  Tracebacks: {Path(store.folder) / 'failures.jsonl'}", markup=False, soft_wrap=True)
