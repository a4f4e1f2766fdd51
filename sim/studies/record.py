"""What a study leaves behind: tidy data, the resolved configuration, and a manifest of how it came about."""

import csv
import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import yaml

from sim import __version__
from sim.errors import ElbowroomError
from sim.people.roster import Mend
from sim.studies.replicates import Results

PACKAGES = ("numpy", "numba", "pandas", "pyarrow", "networkx", "mesa", "matplotlib", "hydra-core", "scipy")
MENDS = "mends.csv"


def write(folder: Path, found: Results, settings: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Write summary, drift, at_end and amounts (Parquet), config.yaml and manifest.json into a folder, and
    return the manifest.

    If a people file was mended, mends.csv lists every mend; rules of one's own are copied to rules.py.
    """
    about = manifest(found, settings, seconds)
    with writing(folder):
        found.summary.to_parquet(folder / "summary.parquet", index=False)
        found.drift.to_parquet(folder / "drift.parquet", index=False)
        found.at_end.to_parquet(folder / "at_end.parquet", index=False)
        if found.amounts is not None:
            found.amounts.to_parquet(folder / "amounts.parquet", index=False)
        if found.mends:
            write_mends(folder / MENDS, found.mends)
        write_origin(folder, settings, about)
    return about


@contextmanager
def writing(folder: Path, instead: str = ": hydra.run.dir=FOLDER") -> Iterator[None]:
    """A folder for results; one that cannot be written to is told in words."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ElbowroomError(
            f"cannot write results to {folder} ({error.strerror}). Name a folder that can be written to{instead}."
        ) from error


def write_origin(folder: Path, settings: dict[str, Any], about: dict[str, Any]) -> None:
    """Where results come from: rules of one's own, the resolved configuration, the manifest."""
    if rules := settings.get("study", {}).get("rules"):
        shutil.copyfile(rules, folder / "rules.py")
    (folder / "config.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def write_mends(file: Path, mends: Iterable[Mend]) -> None:
    """One row for each mend: line of the people file, id, column, what was found and what was done."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(Mend._fields)
        rows.writerows(mends)


def manifest(found: Results, settings: dict[str, Any], seconds: float) -> dict[str, Any]:
    """How the results of a study came about."""
    seeds = sorted({int(seed) for seed in found.summary.seed.unique()})
    return origin(settings, seconds, settings.get("study", {}).get("seed"), seeds, len(found.summary), len(found.mends))


def origin(
    settings: dict[str, Any], seconds: float, seed: int | None, seeds: list[int], rows: int, mends: int = 0
) -> dict[str, Any]:
    """How results came about: versions, commit, seeds, machine, time."""
    installed = {name: _version(name) for name in PACKAGES}
    return {
        "written": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "seconds": round(seconds, 1),
        "command": " ".join([sys.argv[0], shlex.join(sys.argv[1:])]),
        "versions": {"python": platform.python_version(), "elbowroom": __version__, **installed},
        "commit": commit(),
        "people": people_file(settings, mends),
        "rules": hashed(settings.get("study", {}).get("rules")),
        "seed": seed,
        "seeds of replicates": seeds,
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "rows": rows,
    }


def people_file(settings: dict[str, Any], mends: int) -> dict[str, str | int]:
    """Where the people file stands, a hash of what it held, and how many mends; empty for a generated organization."""
    found = hashed(settings.get("org", {}).get("people"))
    return {**found, "mends": mends} if found else {}


def hashed(name: str | None) -> dict[str, str | int]:
    """Where a file stands, and a hash of what it holds; empty if none was named."""
    if not name:
        return {}
    file = Path(name).resolve()
    return {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def commit() -> str:
    """The commit of the source, with a note if files have been changed since; empty outside a clone."""
    here = Path(__file__).resolve().parent
    try:
        said = subprocess.run(
            ["git", "-C", str(here), "describe", "--always", "--dirty", "--abbrev=12"],
            capture_output=True, text=True, timeout=10, check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()
