"""Joining the shards of a study."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.studies.files import StudyError, told
from sim.studies.store import Store

if TYPE_CHECKING:
    import pandas as pd

RUNS = 5000  # in a chunk
FIRST = "merged-000000.parquet"
WHOSE = ["key", "group", "window"]  # what a row is known by


def merge(sources: Sequence[str | Path], target: str | Path) -> Store:
    """Join stores of one study in a new one; each run stands there once. Sources stay as they are.

    Stores that were asked different things, come from different versions of the model, or hold different rows for the
    same run are refused.
    """
    stores, target = [Store(source) for source in sources], Path(target)
    if not stores:
        raise StudyError("Nothing to merge: name the folders of a study's parts.")
    if target.exists():
        raise StudyError(f"{target} exists already: name a new folder for what is joined.")
    first = stores[0]
    for store in stores[1:]:
        _refuse_other(first, store)
    aside = target.with_name(f"{target.name}.part")
    with told(target, "writing to", "into"):
        shutil.rmtree(aside, ignore_errors=True)
        (aside / "chunks").mkdir(parents=True)
        try:
            _join(stores, aside)
            aside.rename(target)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    joined = Store(target)
    joined.note("merged", sources=[str(source) for source in sources])
    return joined


def _refuse_other(one: Store, other: Store) -> None:
    if one.about["model"] != other.about["model"]:
        raise StudyError(
            f"{one.folder} comes from {one.version()} and {other.folder} from {other.version()}: they answer with "
            "different models and cannot be joined."
        )
    if differences := other.is_of(one.plan()):
        both = f"{one.folder} and {other.folder}"
        raise StudyError(f"{both} are different studies: they differ in {', '.join(differences)}.")
    if list(one.design()["key"]) != list(other.design()["key"]):
        raise StudyError(f"{one.folder} and {other.folder} mean different settings by the same names.")


def _join(stores: Sequence[Store], folder: Path) -> None:
    """Rows of all stores in a few chunks, each run once, and their failures."""
    import pandas as pd

    parts = [part for store in stores if len(part := store.rows())]
    rows = pd.concat(parts or [stores[0].rows()], ignore_index=True).drop_duplicates()
    _refuse_contradictions(rows, stores)
    codes = pd.factorize(rows["key"])[0]
    for number in range(0, int(codes.max(initial=-1)) + 1, RUNS):
        chunk = rows[(codes >= number) & (codes < number + RUNS)]
        chunk.to_parquet(folder / "chunks" / f"merged-{number // RUNS:06d}.parquet", index=False, compression="zstd")
    _join_ends([ended for store in stores if len(ended := store.ended())], folder)
    for name in ("design.parquet", "study.yaml"):
        shutil.copyfile(stores[0].folder / name, folder / name)
    joined = Store(folder)
    for store in stores:
        joined.copy_failures(store)
    joined.extend(max(store.about["replicates"] for store in stores))


def _join_ends(parts: "list[pd.DataFrame]", folder: Path) -> None:
    """How runs ended, beside the first chunk."""
    import pandas as pd

    if parts:
        (folder / "ends").mkdir()
        ended = pd.concat(parts, ignore_index=True).drop_duplicates("key")
        ended.to_parquet(folder / "ends" / FIRST, index=False, compression="zstd")


def _refuse_contradictions(rows: "pd.DataFrame", stores: Sequence[Store]) -> None:
    """The same run must say the same wherever it was run."""
    twins = rows[rows.duplicated(WHOSE, keep=False)]
    if len(twins):
        first = twins.iloc[0]
        both = twins[(twins[WHOSE] == first[WHOSE]).all(axis=1)]
        differing = [str(name) for name in both if both[name].nunique(dropna=False) > 1]
        raise StudyError(
            f"Of {', '.join(str(store.folder) for store in stores)} one contradicts another: "
            f"run {first['key']} (replicate {first['replicate']}) differs in {', '.join(differing[:3])}. One of them "
            "has been changed, or was run on another machine whose arithmetic differs."
        )


def refuse_fewer(store: Store, replicates: int) -> None:
    if replicates < store.about["replicates"]:
        raise StudyError(
            f"{store.folder} was asked for {store.about['replicates']:,} replicates already; extending goes to more "
            f"than that, not to {replicates:,}. Nothing was taken away."
        )


def extended(store: Store, replicates: int) -> Store:
    """Ask a store for more replicates."""
    refuse_fewer(store, replicates)
    store.resolved(replace(store.plan(), replicates=replicates))
    store.extend(replicates)
    return store
