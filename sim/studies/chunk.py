"""The rows of some finished runs, as they stand in a file of a store."""

from typing import Any

import numpy as np

from sim.measures.frames import read
from sim.studies.plan import Plan
from sim.studies.task import Done

LABELS = ("key", "point_key", "replicate", "seed", "group", "window")
WRITTEN: dict[str, Any] = {"compression": "zstd", "use_dictionary": list(LABELS), "write_statistics": list(LABELS)}


def table_of(found: list[Done], about: dict[str, Any]) -> Any:
    """The rows of some runs as an Arrow table."""
    import pyarrow as pa

    groups = list(about["groups"])
    windows = list(Plan(({},), months=about["months"], window=about["window"]).windows)
    measures = read(np.concatenate([d.census for d in found]), np.concatenate([d.flow for d in found]), groups)
    runs = [(arm, done) for done in found for arm in done.arms]
    each = len(groups) * len(windows)

    def words(values: list[str], indices: Any) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), pa.array(values))

    run = np.repeat(np.arange(len(runs)), each)
    points = {key: number for number, key in enumerate(dict.fromkeys(arm.point for arm, _ in runs))}
    labels = {
        "key": words([arm.key for arm, _ in runs], run),
        "point_key": words(list(points), np.array([points[arm.point] for arm, _ in runs])[run]),
        "replicate": pa.array(np.array([done.replicate for _, done in runs])[run], pa.int32()),
        "seed": pa.array(np.array([done.seed for _, done in runs])[run], pa.int64()),
        "group": words(groups, np.tile(np.repeat(np.arange(len(groups)), len(windows)), len(runs))),
        "window": words(windows, np.tile(np.arange(len(windows)), len(groups) * len(runs))),
    }
    return pa.table({**labels, **{name: pa.array(column) for name, column in measures.items()}})
