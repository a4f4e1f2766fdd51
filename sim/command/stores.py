"""`elbowroom extend`, `merge`, `status` and `report`: what is done with stores of studies."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from sim.command.sweep import carried_out
from sim.errors import SettingsError, nearest
from sim.settings.study import SweepStudy
from sim.studies.files import StudyError
from sim.studies.merging import merge as merged
from sim.studies.merging import refuse_fewer
from sim.studies.store import Store

MAY_ASK = ("into", "measures", "against", "window", "group")
EXAMPLE = "against=policy.market.time_cap=0 measures=delivery,stress 'window=year 1'"
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
    usual = {"replicates": store.about["replicates"], **part_of(store)}
    study = SweepStudy.made({**usual, **values, "folder": folders[0]}, "study")
    refuse_fewer(store, study.replicates)
    carried_out(study, replace(store.plan(), replicates=study.replicates), store.folder)
    return 0


def part_of(store: Store) -> dict[str, str]:
    """The part of the study that a store holds, if it holds one."""
    parts = [f"{number}/{of}" for number, of in store.shards]
    return {"shard": parts[0]} if len(parts) == 1 else {}


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


def report(words: list[str]) -> int:
    """Table and figures of a study, on the screen and in a folder."""
    from sim.reporting.report import report as reported

    folders, given = separated(words)
    strange = [name for name in given if name not in MAY_ASK]
    if len(folders) != 1 or strange:
        hint = f"There is no {strange[0]!r}.{nearest(strange[0], MAY_ASK)} " if strange else ""
        raise StudyError(f"{hint}Name one study, and what to show: elbowroom report results/cap20-1a2b3c4d {EXAMPLE}")
    place = given.pop("into", str(Path(folders[0]) / "report"))
    if "measures" in given:
        given["measures"] = given["measures"].strip("[]").split(",")
    if "against" in given:
        given["against"] = {name: yaml.safe_load(value) for name, value in map(_pair, given["against"].split(","))}
    print(reported(folders[0], place, **given))
    print(f"Table and figures: {place}")
    return 0


def _pair(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals:
        raise StudyError(f"against={words}: expected what to compare with, as in {EXAMPLE}")
    return name, value


def separated(words: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Folders, and name=value."""
    given = dict(word.split("=", 1) for word in words if "=" in word)
    return [word for word in words if "=" not in word], given


def show(store: Store) -> None:
    console, about = Console(), store.about
    finished, failures = len(store.finished()), store.failures()
    table = Table(box=None, show_header=False, pad_edge=False)
    last = (store.journal.read() or [{}])[-1]
    parts = [f" (here: part {number} of {of})" for number, of in store.shards if of > 1]
    rows = {
        "study": str(store.folder), "points × replicates": f"{about['points']:,} × {about['replicates']:,}",
        "finished": f"{finished:,} of {store.runs_asked:,} runs{''.join(parts[:1])}", "failed": f"{len(failures):,}",
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
