"""What is counted at the end of a month, under the names that sim.measures gives to numerators and denominators."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.plain_mesa.formulas import sigmoid
from benchmarks.plain_mesa.market import LATENT
from benchmarks.plain_mesa.vacancy import LONGEST
from sim.measures import MEASURES

if TYPE_CHECKING:
    from benchmarks.plain_mesa.model import PlainOrganization

YEAR = 12
LONG_IN_POST = 60
RESIGNED = 0.5


def census(model: PlainOrganization) -> Counter:
    """Sums over everybody in post; what belongs to units and seats joins the month's flow."""
    total = Counter()
    agents = model.agents
    total["heads"] = len(agents)
    columns = zip(*agents.get(list(SUMMED.values())), strict=True)
    total.update({name: sum(column) for name, column in zip(SUMMED, columns, strict=True)})
    agents.do(count_person, total)
    total["quits"], total["retired"] = model.flow["quits"], model.flow["retired"]
    lenders = [unit for unit in model.units if model.month - unit.lent < YEAR]
    total["lending"] = sum(len(unit.members) for unit in lenders)
    gaps, level = model.shortages.gaps, model.behaviour.posting.level
    total["gaps"] = len(gaps) * len(agents)
    total["gaps_shown"] = sum([person.seen_skill(skill) >= level for person in agents for skill in gaps])
    count_units(model)
    return total


SUMMED = {
    "away": "away", "contracted": "fte", "latent": "latent", "rationalization": "rationalization", "stress": "stress",
    "load": "load", "core_done": "core_done", "project_done": "project_done", "overloaded": "overloaded",
    "belonging": "belonging", "engagement": "engagement", "efficacy": "efficacy", "support": "expected_support",
    "odds": "expected_odds", "output": "output", "competence": "competence", "ties_across": "ties_across",
    "age": "age", "trained": "trained",
}


def count_person(person, total: Counter) -> None:
    """What takes more than an attribute to count."""
    expressed = person.expressed
    total["on_project"] += bool(person.projects)
    total["expressed"] += expressed
    if person.position >= LONG_IN_POST and person.latent >= LATENT:
        total["stayers"] += 1
        total["resigned"] += person.rationalization >= RESIGNED
        total["surveyed"] += expressed >= LATENT
    unseen = person.model.behaviour.matching.unseen
    beyond = hidden = 0.0
    for skill in person.other_skills:  # those of the job neither fade nor hide
        level, rest = person.skills[skill], person.resting[skill]
        if level > rest:
            beyond += level - rest
        if level > unseen:
            hidden += (1 - person.shown[skill]) * (level - unseen)
    total["beyond"] += beyond
    total["hidden"] += hidden
    total["outside_pull"] += person.outside_pull
    total["ties"] += len(person.ties)
    total["ties_inside"] += len(person.ties) - person.ties_across


AS_THEY_STAND = ("heard", "development", "hoarding", "release", "pressure", "experience")


def count_units(model: PlainOrganization) -> None:
    """Managers count while they are in post."""
    flow = model.flow
    flow["months"], flow["signal"] = 1, model.signal
    flow["seats"] = len(model.seats) - len(model.abolished)
    flow["vacant"] = flow["seats"] - len(model.agents)
    short = [seat for seat in model.seats if seat.family == model.shortages.family and not seat.abolished]
    flow["short_seats"], flow["short_filled"] = len(short), sum([seat.holder is not None for seat in short])
    for vacancy in model.vacancies:
        vacancy.count("open_after")
    flow["backlog"] = len(model.projects) + sum(len(unit.backlog) for unit in model.units)
    for unit in model.units:
        if unit.manager is None:
            continue
        flow["units"] += 1
        for name in AS_THEY_STAND:
            flow[name] += getattr(unit, name)
        flow["panel"] += sigmoid(unit.leaning(0))
        flow["panel_high"] += sigmoid(unit.leaning(1))
        flow["panel_low"] += sigmoid(unit.leaning(-1))
        flow["back"] += sigmoid(unit.leaning_to_back(0))
        flow["back_high"] += sigmoid(unit.leaning_to_back(1))
        flow["back_low"] += sigmoid(unit.leaning_to_back(-1))


EVENTS = (
    "seen", "able", "silent", "silent_rationalized", "silent_refusal", "silent_rejection", "silent_tape",
    "silent_strain", "silent_anyway", "asked", "asked_outside", "approved", "decided", "answered", "ticked",
    "found_out", "pending", "expired", "withdrawn", "rejected", "arrived", "posted", "started", "joined",
    "fit_shown", "fit_true", "first_choice", "liked", "met",
    "bought", "lapsed", "work_met", "worth", "met_gap", "closed_gap", "innovations", "committee", "light", "ties_new",
    "hired", "left", "opened", "abolished", "slotted", "slot_taken", "advertised", "applied", "applied_outside",
    "backed", "resisted", "vetoed", "interviewed", "turned_down", "turned_down_unheard", "chosen", "chosen_fit",
    "held", "blocked", "moves", "upward", "lateral", "across", "across_departments", "far", "chains", "chain_fills",
    "covered", "ramp_lost", "ramp_ahead", "rotated",
)  # what may not happen at all in a month
BY_MONTHS_OPEN = ("filled_after", "filled_inside_after", "abolished_after", "open_after")


def over(model: PlainOrganization, first: int, last: int) -> dict[str, float]:
    """Every measure over a window of months: the sum of its numerators over the sum of its denominators.

    A measure of something that is not counted here is left out.
    """
    begin = model.month - len(model.flows)
    window = slice(first - begin, last - begin)
    everyone, flow = summed(model.censuses[window]), summed(model.flows[window], EVENTS)
    found = {}
    for measure in MEASURES.values():
        try:
            above, below = measure.counted(everyone, flow)
        except AttributeError:
            continue
        found[measure.name] = above / below if below > 0 else np.nan
    return found


def summed(months: list[Counter], names: tuple[str, ...] = ()) -> SimpleNamespace:
    """Sums by name over months."""
    every = {*names, *(name for month in months for name in month)}
    sums = {name: sum(month[name] for month in months) for name in every}
    by_age = {name: sum((month[name] for month in months), np.zeros(LONGEST + 1)) for name in BY_MONTHS_OPEN}
    return SimpleNamespace(**sums | by_age)
