"""What a study leaves behind: tidy data, the resolved configuration, and a manifest of how it came about."""

import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sim.errors import ElbowroomError

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("elbowroom", "numpy", "numba", "pandas", "pyarrow", "networkx", "mesa", "matplotlib", "hydra-core", "scipy")


def write(folder: Path, frame: "pd.DataFrame", settings: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Write summary.parquet, config.yaml and manifest.json into a folder; returns the manifest.

    The frame has one row for each setup, replicate, arm, group and window, and one column for each measure.
    """
    about = manifest(frame, settings, seconds)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        frame.to_parquet(folder / "summary.parquet", index=False)
        (folder / "config.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ElbowroomError(
            f"cannot write results to {folder} ({error.strerror}). Name a folder that can be written to: "
            "hydra.run.dir=FOLDER."
        ) from error
    return about


def manifest(frame: "pd.DataFrame", settings: dict[str, Any], seconds: float) -> dict[str, Any]:
    """How the results came about: versions, commit, seeds, machine, time."""
    return {
        "written": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "seconds": round(seconds, 1),
        "command": " ".join(sys.argv),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "commit": commit(),
        "seed": settings.get("study", {}).get("seed"),
        "seeds of replicates": sorted({int(seed) for seed in frame.seed.unique()}),
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "rows": len(frame),
    }


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
