"""What every world, policy and mechanism must pass: exact accounts, and laws written as sentences (see `sim.laws`)."""

from typing import Any

import numpy as np

from sim.codes import ASSIGNED, FREE, PERMITTED
from sim.laws.bench import Bench
from sim.laws.law import Law, adding, raising
from sim.records import NONE
from sim.running import Run
from sim.world import World

__all__ = ["Bench", "Law", "adding", "faults", "flow_faults", "raising"]

# ------------------------------------------------------------------------------------------------------- exact accounts


def faults(world: World) -> list[str]:
    """Whatever in a world contradicts the exact laws, in words; an empty list if nothing does."""
    checks = (_seats, _vacancies, _ring, _units, _projects, _requests, _backlog, _ties, _hours, _shock, _ranges)
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


def _vacancies(world: World) -> list[str]:
    """Vacant seats, those who were chosen for them, and seats out of the plan."""
    found, seats, staff, rows = [], world.seats, world.staff, _people(world)
    chosen = np.flatnonzero(seats["chosen"] != NONE)
    going = rows[staff["goal"][rows] != NONE]
    if sorted(seats["chosen"][chosen].tolist()) != going.tolist():
        found.append("somebody is chosen without knowing it, or for two seats")
    elif not (staff["goal"][seats["chosen"][chosen]] == chosen).all():
        found.append("a seat and the one who was chosen for it do not know each other")
    if (seats["holder"][chosen] != NONE).any():
        found.append("somebody is chosen for a seat that is not vacant")
    if (seats["closed"] & ((seats["holder"] != NONE) | (seats["chosen"] != NONE))).any():
        found.append("a seat out of the plan has a holder, or somebody is chosen for it")
    if (seats["closed"] & (seats["leads"] != NONE)).any():
        found.append("a manager's post is out of the plan")
    closed = np.bincount(seats["unit"][seats["closed"]], minlength=len(world.units))
    if not (world.units["closed"] == closed).all():
        found.append("a unit does not know how many of its seats are out of the plan")
    if (staff["applies"][rows] != NONE).any():
        found.append("an application was not settled in its month")
    return found


def _ring(world: World) -> list[str]:
    """Places on the ring of acquaintance."""
    rows = np.arange(len(world.seats))
    if not (world.ring[world.seats["place"]] == rows).all() or sorted(world.ring.tolist()) != rows.tolist():
        return ["the ring of acquaintance and the seats' places on it do not agree"]
    return []


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
    done = staff["core_done"] + staff["project_done"] + staff["duty_done"] + staff["trained"]
    most = 1.0 + float(world.now.behaviour.working.overtime)
    wrong = np.abs(done - np.minimum(staff["load"], most)) > 1e-9
    return ["hours worked are not the load, or full time and overtime"] if wrong.any() else []


def _shock(world: World) -> list[str]:
    """Nobody serves without a call; nobody gives more than their time; no more is given than is called for."""
    found, staff, head = [], world.staff[_people(world)], world.leadership[0]
    most = float(world.now.scenario.demand.time) * float(staff["fte"].max(initial=1.0))
    if (staff["duty"] > staff["fte"]).any() or (staff["duty"] < 0).any():
        found.append("somebody gives a shock more than their time")
    if head.needed == 0 and (staff["duty"].any() or head.consultants):
        found.append("somebody serves in a shock that is over")
    if head.needed and staff["duty"].sum() + head.consultants > head.needed + most + 1e-9:
        found.append("a shock gets more than it calls for")
    return found


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


def _exits(run: Run) -> int:
    """How many leaders a scenario may have taken away in the months of a run."""
    assert run.world is not None
    leader = run.world.now.scenario.exit
    return int(leader.happens and run.first <= leader.start < run.first + len(run.flow))


def flow_faults(run: Run, before: World) -> list[str]:
    """Whatever in the events of a run, forked from `before`, does not add up over its months."""
    assert run.world is not None
    total = {name: float(run.flow[name].sum()) for name in run.flow.dtype.names}
    after, found = run.world, []
    if len(_people(after)) != len(_people(before)) + total["hired"] - total["left"]:
        found.append("headcount is not start + hires - leavers")
    sums = run.census[:, 0]
    taken = total["left"] - sums["quits"].sum() - sums["retired"].sum()
    if not 0 <= taken <= _exits(run):
        found.append("leavers are not those who quit and those who retired, and the leader of a scenario")
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
    found += _moves(run, before, after)
    if (run.census["on_project"][:, 0] > run.census["heads"][:, 0]).any() or total["silent"] > total["able"]:
        found.append("a part is larger than its whole")
    return found


def _moves(run: Run, before: World, after: World) -> list[str]:
    """Whatever does not add up in how vacancies opened and ended, chain by chain."""
    total = {name: float(run.flow[name].sum()) for name in run.flow.dtype.names}
    found, inside = [], total["filled_inside_after"]
    opened = total["opened"] + inside
    if _open(before) + opened != total["filled_after"] + total["abolished"] + _open(after):
        found.append("seats that fell open are not those filled, abolished and open")
    if inside > total["moves"] or total["filled_after"] != inside + total["hired"]:
        found.append("seats filled are not moves and outsiders hired")
    if total["chains"] != total["hired"] + total["abolished"]:
        found.append("chains that ended are not outsiders hired and seats abolished")
    if _links(before) + total["filled_after"] != total["chain_fills"] + _links(after):
        found.append("seats filled are not those in chains that ended and in chains under way")
    chosen = (before.seats["chosen"] != NONE).sum() + total["chosen"]
    if chosen < inside + total["blocked"] + (after.seats["chosen"] != NONE).sum():
        found.append("more moved, are held or were blocked than were chosen")
    if total["applied"] + total["slot_taken"] > total["backed"] + total["resisted"]:
        found.append("a manager was not told of an application")
    if total["slot_taken"] > total["slotted"] or total["turned_down_unheard"] > total["turned_down"]:
        found.append("a part of what happened to vacancies is larger than its whole")
    return found


def _open(world: World) -> int:
    """Vacant seats of the plan."""
    return int(((world.seats["holder"] == NONE) & ~world.seats["closed"]).sum())


def _links(world: World) -> int:
    """Seats filled so far in chains that are under way."""
    return int(world.seats["chain"][(world.seats["holder"] == NONE) & ~world.seats["closed"]].sum())
