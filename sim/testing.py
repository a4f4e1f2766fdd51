"""What every world, policy and mechanism must pass: exact accounts, and laws written as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from sim.codes import ASSIGNED, FREE, PERMITTED
from sim.measures.frames import over
from sim.records import NONE
from sim.running import Run, forked
from sim.settings import Policy
from sim.studies.estimates import Estimate, estimate
from sim.world import World

# ------------------------------------------------------------------------------------------------------- exact accounts


def faults(world: World) -> list[str]:
    """Whatever in a world contradicts the exact laws, in words; an empty list if nothing does."""
    checks = (_seats, _units, _projects, _requests, _backlog, _ties, _hours, _ranges)
    return [fault for check in checks for fault in check(world)]


def _people(world: World) -> Any:
    return np.flatnonzero(world.staff["person"] != NONE)


def _seats(world: World) -> list[str]:
    found, rows = [], _people(world)
    seats = world.staff["seat"][rows]
    if len(set(seats.tolist())) != len(rows):
        found.append("somebody shares a seat")
    if not (world.seats["holder"][seats] == rows).all():
        found.append("a seat does not know its holder")
    vacant = world.seats["holder"] == NONE
    if vacant.sum() + len(rows) != len(world.seats):
        found.append("seats and people do not add up")
    if len(set(world.seats["spare"][vacant].tolist()) | set(rows.tolist())) != len(world.seats):
        found.append("a vacant seat keeps a row that is somebody's")
    if len(set(world.staff["person"][rows].tolist())) != len(rows):
        found.append("two people bear one key")
    return found


def _units(world: World) -> list[str]:
    found = []
    for row in range(len(world.units)):
        at, steps = row, 0
        while world.units["parent"][at] != at and steps <= len(world.units):
            at, steps = int(world.units["parent"][at]), steps + 1
        if at != 0:
            found.append(f"unit {row} does not hang on the tree")
        manager = int(world.units["manager"][row])
        if manager != NONE and (world.staff["leads"][manager] != row or world.staff["person"][manager] == NONE):
            found.append(f"unit {row} and its manager do not know each other")
    return found


def _projects(world: World) -> list[str]:
    found, now = [], world.now
    cap = now.policy.market.time_cap
    for row in _people(world):
        person = world.staff[row]
        on = [int(p) for p in person.projects if p != NONE]
        spent = sum(world.needs["share"][world.projects["need"][p]] for p in on)
        if abs(spent - person.time_away) > 1e-9:
            found.append(f"time away of row {row} is not that of its projects")
        if person.time_away > cap * person.fte + 1e-9:
            found.append(f"row {row} is beyond the cap")
        for p in on:
            if row not in world.projects["members"][p] or not world.projects["used"][p]:
                found.append(f"project {p} does not know its member {row}")
        if person.posts != NONE and world.projects["poster"][person.posts] != row:
            found.append(f"project {person.posts} does not know its poster {row}")
    for p in np.flatnonzero(world.projects["used"]).tolist():
        project, need = world.projects[p], world.needs[world.projects["need"][p]]
        members = [int(m) for m in project.members if m != NONE]
        if len(members) != project.taken or project.joined > need.places or not need.used:
            found.append(f"the places of project {p} do not add up")
        if any(p not in world.staff["projects"][m] for m in members):
            found.append(f"somebody counts as a member of project {p} and is not on it")
    return found


def _requests(world: World) -> list[str]:
    found = []
    pending = np.flatnonzero(world.requests["stage"][: world.counts[0].requests] != FREE)
    for row in pending:
        request = world.requests[row]
        person = world.staff[request.asker]
        if world.staff["request"][request.asker] != row or world.staff["person"][request.asker] == NONE:
            found.append(f"request {row} and its asker do not know each other")
        named = [int(p) for p in (request.project, *request.others) if p != NONE]
        if not world.projects["used"][named].all():
            found.append(f"request {row} is for a project that is gone")
        if request.project == NONE or len(set(named)) != len(named):
            found.append(f"request {row} names no project first, or one of them twice")
        if any(world.projects["poster"][p] == request.asker or p in person.projects for p in named):
            found.append(f"request {row} is for a project that is the asker's already")
        if request.stage in (PERMITTED, ASSIGNED):
            found.append(f"request {row} was not settled in the month of its permission")
    if len(pending) != (world.staff["request"][_people(world)] != NONE).sum():
        found.append("requests and askers do not add up")
    return found


def _backlog(world: World) -> list[str]:
    waiting: list[int] = []
    for unit in world.units:
        row = int(unit.oldest)
        while row != NONE and len(waiting) <= len(world.needs):
            waiting.append(row)
            row = int(world.needs["next"][row])
    posted = world.projects["need"][np.flatnonzero(world.projects["used"])].tolist()
    if sorted(waiting + posted) != np.flatnonzero(world.needs["used"]).tolist():
        return ["needs are lost, or stand in two places"]
    return []


def _ties(world: World) -> list[str]:
    staff, circles, held = world.staff, world.circles, {}
    for row in _people(world):
        for other, strength in zip(circles["ties"][row].tolist(), circles["strengths"][row].tolist(), strict=True):
            if other != NONE:
                if other == row or staff["person"][other] == NONE or (row, other) in held:
                    return [f"row {row} holds a tie to nobody, to itself, or twice"]
                held[int(row), other] = strength
    return [f"the tie {a}-{b} differs at its ends" for (a, b), s in held.items() if held.get((b, a)) != s]


def _hours(world: World) -> list[str]:
    rows = _people(world)
    rows = rows[world.staff["hired"][rows] < world.now.month - 1]
    staff = world.staff[rows]
    done = staff["core_done"] + staff["project_done"]
    most = 1.0 + float(world.now.behaviour.working.overtime)
    wrong = np.abs(done - np.minimum(staff["load"], most)) > 1e-9
    return ["hours worked are not the load, or full time and overtime"] if wrong.any() else []


SHARES = (
    "latent", "rationalization", "identity", "efficacy", "expected_support", "odds", "stress", "belonging", "shown",
    "growth_need", "development_trait", "hoarding_trait",
)


def _ranges(world: World) -> list[str]:
    found, rows = [], _people(world)
    for name in SHARES:
        values = world.staff[name][rows]
        if not ((values >= 0) & (values <= 1)).all():
            found.append(f"{name} is outside 0 to 1")
    for name in world.staff.dtype.names:
        if not np.isfinite(world.staff[name][rows]).all():
            found.append(f"{name} is not a number")
    return found


def flow_faults(run: Run, before: World) -> list[str]:
    """Whatever in the events of a run, forked from `before`, does not add up over its months."""
    assert run.world is not None
    total = {name: float(run.flow[name].sum()) for name in run.flow.dtype.names}
    after, found = run.world, []
    if len(_people(after)) != len(_people(before)) + total["hired"] - total["left"]:
        found.append("headcount is not start + hires - leavers")
    open_before, open_after = before.needs["used"].sum(), after.needs["used"].sum()
    if open_before + total["arrived"] != total["met"] + total["bought"] + total["lapsed"] + open_after:
        found.append("needs that arrived are not those met, bought, lapsed and open")
    pending = (after.requests["stage"] != FREE).sum() - (before.requests["stage"] != FREE).sum()
    denied = total["decided"] - total["approved"] - (total["nominated"] - total["cleared"])
    ended = sum(total[name] for name in ("joined", "rejected", "expired", "withdrawn", "declined"))
    if total["asked"] + total["offered"] != ended + denied + pending:
        found.append("requests made are not those that ended or wait")
    if total["declined"] > total["offered"] or total["first_choice"] > total["joined"]:
        found.append("more offers declined than made, or more first choices than joins")
    if (run.census["on_project"][:, 0] > run.census["heads"][:, 0]).any() or total["silent"] > total["able"]:
        found.append("a part is larger than its whole")
    return found


# ----------------------------------------------------------------------------------------------------------------- laws


@dataclass(frozen=True)
class Law:
    """One lever, raised, and the measures that rise or fall with it, all else equal."""

    lever: str
    low: Any
    high: Any
    signs: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    group: str = "everyone"
    window: tuple[int, int] = (0, 60)

    def raises(self, *measures: str) -> "Law":
        return replace(self, signs={**self.signs, **dict.fromkeys(measures, 1)})

    def lowers(self, *measures: str) -> "Law":
        return replace(self, signs={**self.signs, **dict.fromkeys(measures, -1)})

    def among(self, group: str) -> "Law":
        """Measured for this group alone."""
        return replace(self, group=group)

    def between(self, first: int, last: int) -> "Law":
        """Measured over the months from `first` up to `last`."""
        return replace(self, window=(first, last))

    def when(self, **levers: Any) -> "Law":
        """With other levers set: ``market_time_cap=.4`` is ``market.time_cap``."""
        return replace(self, given={**self.given, **{n.replace("_", ".", 1): v for n, v in levers.items()}})

    def policies(self) -> tuple[Policy, Policy]:
        """The policy with the lever low, and with it high."""
        base = Policy()
        for lever, value in self.given.items():
            base = base.changed(lever, value)
        return base.changed(self.lever, self.low), base.changed(self.lever, self.high)

    def __str__(self) -> str:
        up = ", ".join(m for m, sign in self.signs.items() if sign > 0)
        down = ", ".join(m for m, sign in self.signs.items() if sign < 0)
        effect = " and ".join(p for p in (f"raises {up}" if up else "", f"lowers {down}" if down else "") if p)
        who = "" if self.group == "everyone" else f" of {self.group.replace('_', ' ')}"
        return f"{self.lever} from {self.low} to {self.high} {effect}{who}, months {self.window[0]}-{self.window[1]}"


def raising(lever: str, low: Any, high: Any) -> Law:
    """The start of a law: ``raising("market.permission", "tickbox", "form").raises("latency")``."""
    return Law(lever, low, high)


class Bench:
    """Worlds at the fork, and the runs that have been made from them: a law asks only for what is new."""

    def __init__(self, worlds: Sequence[World], length: int = 60) -> None:
        self.worlds, self.length = list(worlds), length
        self._runs: dict[Policy, list[Run]] = {}

    def runs(self, policy: Policy) -> list[Run]:
        if policy not in self._runs:
            self._runs[policy] = [forked(world, policy, self.length) for world in self.worlds]
        return self._runs[policy]

    def values(self, policy: Policy, measure: str, group: str, window: tuple[int, int]) -> Any:
        """(worlds,) a measure over a window."""
        return np.array([over(run, {"": window}, group)[measure][0] for run in self.runs(policy)])

    def effects(self, law: Law) -> dict[str, Estimate]:
        """The paired effect of the lever on each measure that the law speaks of."""
        low, high = law.policies()
        return {
            m: estimate(self.values(high, m, law.group, law.window) - self.values(low, m, law.group, law.window))
            for m in law.signs
        }

    def violations(self, law: Law) -> list[str]:
        """Measures whose 95 % interval does not lie on the side that the law says."""
        return [
            f"{m}: expected {'a rise' if law.signs[m] > 0 else 'a fall'}, found {e.mean:+.4g} "
            f"({e.low:+.4g} to {e.high:+.4g}, n = {e.n})"
            for m, e in self.effects(law).items()
            if not (e.low > 0 if law.signs[m] > 0 else e.high < 0)
        ]
