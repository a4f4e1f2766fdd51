"""Runs that are kept: a command that was broken off goes on, and another that needs the same runs has them already."""

import hashlib
import json
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.running import Setup
from sim.settings import Policy
from sim.studies import identity
from sim.studies.files import ASIDE, Names, rows_of, text, told, write_aside

if TYPE_CHECKING:
    import pandas as pd

SECONDS = 2.0  # so much work is lost at most when a process is killed, and what is being run
STALE = 3600.0  # seconds after which a file that was begun is nobody's
SETTING = "study.keep"
ABOUT = """\
Finished runs of `elbowroom run`, `cap` and `compare`: given again, a command goes on where it was broken off, and
baselines serve again. All of this may be deleted at any time; that costs time only.
"""


class Piece(NamedTuple):
    """What is read off one run: rows of measures, how it ended, and how its organization drifted before the fork."""

    rows: "pd.DataFrame"
    at_end: dict[str, Any]
    drift: dict[str, Any]


class Kept:
    """A folder of finished runs, or none.

    Attributes
    ----------
    folder : None keeps nothing
    found : how many runs were there already
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = Path(folder) if folder else None
        self.found = 0

    @classmethod
    def of(cls, keep: "Kept | str | Path | None") -> "Kept":
        return keep if isinstance(keep, Kept) else cls(keep)

    def shelf(
        self, setup: Setup, policies: Iterable[Policy], seeds: Iterable[int], length: int, reading: str
    ) -> "Shelf":
        """The runs of one setup, as far as they are wanted and there."""
        if self.folder is None:
            return Shelf(None, [])
        parts = {"org": setup.organization, "behaviour": setup.behaviour, "switches": setup.switches}
        world = identity.setup_key(parts, setup.rules)
        name = hashlib.sha256(f"{world} {reading}".encode()).hexdigest()[:16]
        with told(self.folder, "writing to", SETTING):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            if not (self.folder / "about.txt").exists():
                text(self.folder / "about.txt", ABOUT)
        keys = [identity.point_key(world, policy, setup.scenario, length) for policy in policies]
        shelf = Shelf(self.folder / name, keys)
        shelf.load(seeds)
        self.found += len(shelf)
        return shelf


class Shelf:
    """The kept runs of one setup, read in one way; several threads may put some there.

    Parameters
    ----------
    folder : None keeps nothing
    points : keys of the policies
    """

    def __init__(self, folder: Path | None, points: Sequence[str]) -> None:
        self._folder, self._points = folder, points
        self._there: dict[str, Piece] = {}
        self._waiting: list[tuple[str, Piece]] = []
        self._names, self._lock, self._last = Names(), threading.Lock(), time.monotonic()

    def __len__(self) -> int:
        return len(self._there)

    def get(self, at: int, seed: int) -> Piece | None:
        """The run of a policy in a replicate, if it is there."""
        return self._there.get(identity.run_key(self._points[at], seed)) if self._there else None

    def put(self, at: int, seed: int, piece: Piece) -> None:
        """Keep a run; it is on the disk some seconds later, or after `flush`."""
        if self._folder is None:
            return
        with self._lock:
            self._waiting.append((identity.run_key(self._points[at], seed), piece))
            is_time = time.monotonic() - self._last > SECONDS
        if is_time:
            self.flush()

    def flush(self) -> None:
        """Write what waits, as one file that is whole or absent."""
        with self._lock:
            waiting, self._waiting, self._last = self._waiting, [], time.monotonic()
        if waiting and self._folder:
            write = partial(_table(waiting).to_parquet, index=False, compression="zstd")
            with told(self._folder, "writing to", SETTING):
                write_aside(self._folder / f"{self._names.next()}.parquet", write)

    def load(self, seeds: Iterable[int]) -> None:
        """Read those runs of these seeds that are there."""
        assert self._folder
        wanted = {identity.run_key(point, seed) for seed in seeds for point in self._points}
        for file in self._folder.glob(f"*{ASIDE}"):
            if time.time() - file.stat().st_mtime > STALE:  # left by a process that was killed
                file.unlink(missing_ok=True)
        for file in sorted(self._folder.glob("*.parquet")):
            if wanted & set(rows_of(file, ["key"])["key"].unique().to_pylist()):
                self._there |= {key: piece for key, piece in _pieces(rows_of(file).to_pandas()) if key in wanted}


def _table(waiting: Sequence[tuple[str, Piece]]) -> "pd.DataFrame":
    import pandas as pd

    parts = [
        piece.rows.assign(key=key, beside=json.dumps([piece.at_end, piece.drift])) for key, piece in waiting
    ]
    return pd.concat(parts, ignore_index=True)


def _pieces(table: "pd.DataFrame") -> Iterable[tuple[str, Piece]]:
    for key, rows in table.groupby("key", sort=False):
        beside = json.loads(rows["beside"].iloc[0])
        yield str(key), Piece(rows.drop(columns=["key", "beside"]).reset_index(drop=True), *beside)
