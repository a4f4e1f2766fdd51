"""What a sweep runs: points, replicates, and everything that holds at all of them; checked before anything runs."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from sim.errors import SettingsError, nearest
from sim.measures.measure import MEASURES
from sim.replacing import OURS, Rules
from sim.running import EMPLOYEE_MONTHS_A_SECOND, Setup, seed_of
from sim.settings import OrganizationSpec, Policy, Prices, Scenario
from sim.settings.composed import composed, home
from sim.settings.declare import Settings
from sim.studies import identity
from sim.studies.design import DesignError, Point, some, spelled
from sim.studies.task import Arm, Task, Window
from sim.tallies import Group

PIECE_SECONDS = 10.0  # a task is not cut shorter, nor where it would spend more than a fifth of its time on burn-ins
MOST_RUNS = 10_000_000


class Resolved(NamedTuple):
    """A point with its settings made: keys of its setup and of itself."""

    world: str
    key: str
    setup: Setup
    policy: Policy
    scenario: Scenario


@dataclass(frozen=True)
class Plan:
    """A study as asked.

    Attributes
    ----------
    points : dotted path to value, for each point
    fixed : words that hold at every point: named choices and dotted paths
    own : choices of one's own: group, name, nested values
    months, replicates, seed : as in `Study`
    window : months summed up in a row, beside all of them; 0 for all alone
    groups : whose measures are kept
    at_end : whether it is kept how each run ended
    rules : rules of one's own, and the file they come from
    """

    points: tuple[Point, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    months: int = 60
    replicates: int = 16
    seed: int = 1
    window: int = 12
    groups: tuple[str, ...] = tuple(Group.__members__)
    rules: Rules = OURS
    rules_file: str | None = None
    at_end: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple({path: plain(v) for path, v in p.items()} for p in self.points))
        object.__setattr__(self, "fixed", {path: plain(value) for path, value in self.fixed.items()})
        strange = [group for group in self.groups if group not in Group.__members__]
        if strange or not self.groups:
            found = strange[0] if strange else "[]"
            raise SettingsError(f"study.groups = {found!r}: expected some of {', '.join(Group.__members__)}."
                                f"{nearest(found, Group.__members__)}")  # fmt: skip
        if self.runs > MOST_RUNS:
            raise DesignError(
                f"{len(self.points):,} points × {self.replicates:,} replicates are {self.runs:,} runs, and at most "
                f"{MOST_RUNS:,} can be asked for: name fewer points or replicates."
            )

    @property
    def runs(self) -> int:
        return len(self.points) * self.replicates

    @property
    def windows(self) -> dict[str, Window]:
        """Name to first month and month after the last: all, and each full window."""
        size, word = self.window, "year" if self.window == 12 else "month" if self.window == 1 else "window"
        each = {f"{word} {i + 1}": (size * i, size * i + size) for i in range(self.months // size)} if size else {}
        return {"all": (0, self.months), **each}

    @property
    def bytes_a_run(self) -> int:
        """At most so much disk space for the rows of one run."""
        return len(self.windows) * len(self.groups) * (8 * len(MEASURES) + 24) + (500 if self.at_end else 0)

    @property
    def paths(self) -> list[str]:
        """What is varied."""
        return list(dict.fromkeys(path for point in self.points for path in point))

    def plain(self) -> dict[str, Any]:
        """Everything but the points, as it stands in study.yaml."""
        return {
            "months": self.months, "replicates": self.replicates, "seed": self.seed, "window": self.window,
            "groups": list(self.groups), "rules": self.rules_file, "at_end": self.at_end,
            "fixed": dict(self.fixed), "own": dict(self.own),
        }  # fmt: skip

    def name(self) -> str:
        """A short hash of what was asked, replicates left out: more of them are the same study."""
        asked = {**self.plain(), "replicates": 0, "points": list(self.points)}
        return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()[:8]

    def resolved(self) -> list[Resolved]:
        """Every point with its settings; one message names every fault and where it stands."""
        found, faults = [], Faults()
        for number, point in enumerate(self.points):
            if strays := [path for path in point if path.partition(".")[0] == "study"]:
                faults.add(number, point, f"{', '.join(strays)}: a study's own settings hold at all of its points.")
                continue
            try:
                found.append(self._resolved(composed({**self.fixed, **point}, self.own)))
            except (SettingsError, OSError) as error:
                faults.add(number, point, str(error))
        faults.tell(len(self.points))
        return found

    def _resolved(self, settings: Mapping[str, Settings]) -> Resolved:
        org, behaviour, switches, policy, scenario = (
            settings[kind] for kind in ("org", "behaviour", "switches", "policy", "scenario")
        )
        assert isinstance(org, OrganizationSpec)
        assert isinstance(policy, Policy)
        assert isinstance(scenario, Scenario)
        world = identity.setup_key(settings, self.rules)
        setup = Setup(org, behaviour, switches, self.rules)  # type: ignore[arg-type]
        key = identity.point_key(world, policy, scenario.within(self.months), self.months)
        return Resolved(world, key, setup, policy, scenario)

    def prices(self) -> list[Prices]:
        """The prices at each point: of all settings, the only ones that no run depends on."""
        named = [{word: value for word, value in {**self.fixed, **point}.items() if home(word) == "prices"}
                 for point in self.points]  # fmt: skip
        return [composed(words, self.own)["prices"] for words in named]  # type: ignore[misc]

    def tasks(self, resolved: Sequence[Resolved], finished: set[str], pieces: int) -> Iterator[Task]:
        """What is left to do: one task for each setup and replicate, or several where that makes too few `pieces`."""
        by_world: dict[str, dict[str, Resolved]] = {}
        for one in resolved:
            by_world.setdefault(one.world, {})[one.key] = one
        cuts = -(-pieces // max(1, len(by_world) * self.replicates))
        for replicate in range(self.replicates):
            seed = seed_of(self.seed, replicate)
            for world, points in by_world.items():
                yield from self._pieces(world, list(points.values()), replicate, seed, finished, cuts)

    def _pieces(
        self, world: str, points: list[Resolved], replicate: int, seed: int, finished: set[str], cuts: int
    ) -> Iterator[Task]:
        """The runs of one organization, in one task or in a few."""
        setup, windows = points[0].setup, tuple(self.windows.values())
        size = self._piece(setup.organization, len(points), cuts)
        for start in range(0, len(points), size):
            keyed = [(identity.run_key(point.key, seed), point) for point in points[start : start + size]]
            arms = tuple(Arm(key, p.key, p.policy, p.scenario) for key, p in keyed if key not in finished)
            is_part = size < len(points)
            yield Task(f"{world} {seed}", setup, replicate, seed, arms, self.months, windows, is_part, self.at_end)

    def _piece(self, spec: OrganizationSpec, arms: int, cuts: int) -> int:
        """Arms of a task: all, unless workers would idle, or a task take long beside the burn-in that it repeats."""
        long = max(PIECE_SECONDS * EMPLOYEE_MONTHS_A_SECOND, 4.0 * spec.size * spec.burn_in)
        return max(1, min(-(-arms // cuts), int(long / (spec.size * self.months)), arms))


class Faults:
    """What is wrong with points: the same fault at many is told once."""

    def __init__(self) -> None:
        self._at: dict[str, list[str]] = {}

    def add(self, number: int, point: Point, fault: str) -> None:
        self._at.setdefault(fault, []).append(f"point {number} ({spelled(point)})")

    def tell(self, of: int) -> None:
        if self._at:
            raise DesignError("\n".join(some([_at_points(fault, at, of) for fault, at in self._at.items()])))


def _at_points(fault: str, at: list[str], of: int) -> str:
    where = f"all {of:,} points" if len(at) == of > 1 else at[0]
    return f"{where}{f' and {len(at) - 1:,} more' if 1 < len(at) < of else ''}: {fault}"


def plain(value: Any) -> Any:
    """A value as it stands in files."""
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Settings):
        return value.plain()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    return value
