"""A study in a folder: what was asked, its points, and what has been found so far.

::

    study.yaml       what was asked, and the version of the model that answers
    design.parquet   one row for each point: its number, its key, and what it varies
    chunks/          the rows of finished runs, some hundred runs to a file; a file is whole or absent
    ends/            where it was asked for: how the runs of each chunk ended, written before the chunk
    failures.jsonl   runs that failed: point, replicate, stage, message, traceback
    journal.jsonl    what happened when: started, stored, ended

A run counts as finished when its rows stand in a chunk, and only then. Chunks know runs, the design knows points.
"""

import json
import time
import warnings
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from sim import __version__
from sim.measures.measure import MEASURES
from sim.replacing import OURS, rules_from
from sim.studies import identity
from sim.studies.chunk import LABELS, WRITTEN, table_of
from sim.studies.files import ASIDE, Lines, Names, StudyError, rows_of, text, told, write_aside
from sim.studies.plan import Plan, Resolved
from sim.studies.task import Done, Failure

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
WORDS = ("key", "point_key", "group", "window")


class OldModelWarning(UserWarning):
    """Results come from another version of the model."""


class Store:
    """One study's folder. Made by `create` or found by its path."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.chunks, self.ends = self.folder / "chunks", self.folder / "ends"
        self.journal = Lines(self.folder / "journal.jsonl")
        self._failures = Lines(self.folder / "failures.jsonl")
        self._names = Names()
        self.about = self._about()

    def _about(self) -> dict[str, Any]:
        file = self.folder / "study.yaml"
        try:
            about = yaml.safe_load(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise StudyError(f"{self.folder} is no study: there is no study.yaml in it.") from None
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise StudyError(f"{file} cannot be read: {error}") from error
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            version = about.get("elbowroom", "unknown") if isinstance(about, dict) else "unknown"
            raise StudyError(
                f"{self.folder} was written by version {version} of elbowroom, in a form that this version "
                f"({__version__}) does not read: use that version, or newer."
            )
        return about

    @classmethod
    def create(cls, folder: Path, plan: Plan, resolved: list[Resolved]) -> "Store":
        """A new store; study.yaml comes last, so that what has one is whole."""
        with told(folder, "writing to"):
            (folder / "chunks").mkdir(parents=True, exist_ok=True)
            write_aside(folder / "design.parquet", lambda aside: _design(plan, resolved).to_parquet(aside, index=False))
            _write_about(folder, plan)
        return cls(folder)

    # --------------------------------------------------------------------------------------------------------- asking

    def plan(self) -> Plan:
        """What was asked."""
        file = self.about["rules"]
        names = ("fixed", "own", "months", "replicates", "seed", "window", "at_end")
        points = tuple(json.loads(words) for words in self.design()["words"])
        known = {name: self.about[name] for name in names if name in self.about}  # older ones ask for less
        rules = rules_from(file) if file and Path(file).is_file() else OURS
        return Plan(points, groups=tuple(self.about["groups"]), rules=rules, rules_file=file, **known)

    def design(self) -> "pd.DataFrame":
        """One row for each point."""
        mend = "Rows of finished runs stand in chunks/ still; study.fresh=true starts anew and keeps them beside."
        found: pd.DataFrame = rows_of(self.folder / "design.parquet", mend=mend).to_pandas()
        return found

    def is_of(self, plan: Plan) -> list[str]:
        """In what this store's study differs from a plan; more or fewer replicates are no difference."""
        ours, theirs = self.plan(), plan
        parts = {**ours.plain(), "points": list(ours.points)}
        others = {**theirs.plain(), "points": list(theirs.points)}
        return [name for name in parts if name != "replicates" and parts[name] != others[name]]

    @property
    def runs_asked(self) -> int:
        """Runs of all points, each counted once."""
        return int(self.design()["key"].nunique()) * int(self.about["replicates"])

    @property
    def shards(self) -> set[tuple[int, int]]:
        """The parts of the study that were run here: number, and of how many."""
        return {tuple(line["shard"]) for line in self.journal.read() if line.get("what") == "started"}

    @property
    def is_current(self) -> bool:
        """Whether the results come from the model as it is now."""
        return bool(self.about["model"] == identity.model())

    def resolved(self, plan: Plan) -> list[Resolved]:
        """The points with settings made, if they still mean what they meant when the study began."""
        if not self.is_current:
            raise StudyError(
                f"{self.folder} holds results of another version of the model: {self.version()}; now it is elbowroom "
                f"{__version__}, model {identity.model()}. Mixing them would compare what differs in more than "
                "was asked. What is there can still be read. study.fresh=true starts anew and keeps it beside."
            )
        resolved = plan.resolved()
        keys = zip(resolved, self.design()["key"], strict=True)
        changed = [str(number) for number, (one, key) in enumerate(keys) if one.key != key]
        if changed:
            raise StudyError(
                f"{self.folder}: a named choice, a people file or rules of one's own have changed since the study "
                f"began (point {', '.join(changed[:5])}{' and more' if len(changed) > 5 else ''}). Put them back, or "
                "start anew with study.fresh=true; what is there is kept beside."
            )
        return resolved

    def version(self) -> str:
        return f"elbowroom {self.about['elbowroom']}, model {self.about['model']}"

    def extend(self, replicates: int) -> None:
        """Ask for more replicates."""
        if replicates > self.about["replicates"]:
            with told(self.folder, "writing to"):
                _write_about(self.folder, replace(self.plan(), replicates=replicates))
            self.about = self._about()

    # -------------------------------------------------------------------------------------------------------- writing

    def sweep_up(self) -> None:
        """Delete what a killed process left half-written."""
        for file in self.folder.rglob(f"*{ASIDE}"):
            file.unlink(missing_ok=True)

    def add(self, found: list[Done]) -> int:
        """Store the rows of finished runs as one chunk; returns how many runs."""
        import pyarrow.parquet

        runs = sum(len(done.arms) for done in found)
        if runs:
            table, name = table_of([done for done in found if done.arms], self.about), f"{self._names.next()}.parquet"
            write = partial(pyarrow.parquet.write_table, table, **WRITTEN)
            with told(self.folder, "writing to"):
                self._add_ends(found, name)
                write_aside(self.chunks / name, write)
                self.note("stored", chunk=name, runs=runs)
        return runs

    def _add_ends(self, found: list[Done], name: str) -> None:
        """How runs ended: on the disk before the chunk that tells that they are finished."""
        import pandas as pd

        ended = [{"key": arm.key, "point_key": arm.point, "replicate": done.replicate, "seed": done.seed, **end}
                 for done in found for arm, end in zip(done.arms, done.ends, strict=False)]  # fmt: skip
        if ended:
            self.ends.mkdir(exist_ok=True)
            write_aside(self.ends / name, partial(pd.DataFrame(ended).to_parquet, index=False, compression="zstd"))

    def fail(self, failures: list[Failure]) -> None:
        """Note runs that failed."""
        with told(self.folder, "writing to"):
            for failure in failures:
                self._failures.add(failure._asdict())

    def copy_failures(self, other: "Store") -> None:
        """Note the failures of another store."""
        for line in other._failures.read():
            self._failures.add(line)

    def note(self, what: str, **known: Any) -> None:
        """A line in the journal."""
        self.journal.add({"at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "what": what, **known})

    # -------------------------------------------------------------------------------------------------------- reading

    def files(self) -> list[Path]:
        """Chunks that are whole, in an order that does not change."""
        return sorted(self.chunks.glob("*.parquet"))

    def finished(self) -> set[str]:
        """Keys of the runs that need not be done again."""
        import pyarrow.compute

        unique = pyarrow.compute.unique
        return {key for file in self.files() for key in unique(rows_of(file, ["key"])["key"]).to_pylist()}

    def failures(self) -> "pd.DataFrame":
        """Runs that failed and have not succeeded since: key, point, replicate, stage, message, traceback."""
        import pandas as pd

        done, points = self.finished(), self.design()
        numbers = points.drop_duplicates("key").set_index("key")["point"]
        last = {line["key"]: line for line in self._failures.read() if line.get("key") not in done}
        frame = pd.DataFrame(list(last.values()), columns=list(Failure._fields))
        frame["point"] = frame["point"].map(numbers)
        return frame.sort_values(["point", "replicate"], ignore_index=True)

    def table(self) -> "pd.DataFrame":
        """All rows of finished runs, tidy.

        Returns
        -------
        DataFrame with columns point, what is varied, replicate, seed, group, window, and one for each measure, sorted
        by point, replicate, group and window: neither order nor content depends on how the study was run.
        """
        if not self.is_current:
            warnings.warn(f"{self.folder} holds results of {self.version()}; now it is {__version__}, model "
                          f"{identity.model()}", OldModelWarning, stacklevel=2)  # fmt: skip
        from sim.studies.tidying import tidy

        return tidy(self.rows(), self.design(), self.plan())

    def at_end(self) -> "pd.DataFrame":
        """How requests waited and who got in, a row for each finished run (see `at_end`); if that was asked for."""
        from sim.studies.tidying import ends

        if not self.plan().at_end:
            raise StudyError(
                f"{self.folder} has not kept how its runs ended: ask for it with study.at_end=true from the beginning."
            )
        return ends(self.ended(), self.design())

    def ended(self) -> "pd.DataFrame":
        """How runs of whole chunks ended, each once, as it stands in files."""
        import pandas as pd

        files = [self.ends / file.name for file in self.files() if (self.ends / file.name).exists()]
        parts = [rows_of(file).to_pandas() for file in files]
        return pd.concat(parts, ignore_index=True).drop_duplicates("key") if parts else pd.DataFrame()

    def rows(self) -> "pd.DataFrame":
        """The rows of all runs as they stand in chunks, each run once."""
        import pandas as pd

        seen: set[str] = set()
        parts = []
        for file in self.files():
            part = rows_of(file).to_pandas().astype(dict.fromkeys(WORDS, "str"))
            fresh = part[~part["key"].isin(seen)] if seen else part
            seen.update(fresh["key"].unique())
            parts.append(fresh)
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*LABELS, *MEASURES])


def _write_about(folder: Path, plan: Plan) -> None:
    about = {"format": FORMAT, "elbowroom": __version__, "model": identity.model(), "points": len(plan.points)}
    text(folder / "study.yaml", yaml.safe_dump({**about, **plan.plain()}, sort_keys=False))


def _design(plan: Plan, resolved: list[Resolved]) -> "pd.DataFrame":
    import pandas as pd

    columns = {path: [point.get(path) for point in plan.points] for path in plan.paths}
    for path, values in columns.items():  # a column has one kind of values, lists and mixtures are told as text
        kinds = {type(value) for value in values} - {type(None)}
        if not kinds <= {int, float} and kinds not in ({str}, {bool}):
            columns[path] = [value if value is None else str(value) for value in values]
    return pd.DataFrame({"point": np.arange(len(plan.points)), "key": [one.key for one in resolved], **columns,
                         "words": [json.dumps(point, default=str) for point in plan.points]})  # fmt: skip
