"""The log of careers as a tidy table: one row an event, people by their names."""

from typing import Any

import numpy as np
import pandas as pd

from sim.backing import Backing
from sim.codes import What
from sim.judging import Reasons
from sim.mechanisms.applying import Ambition
from sim.mechanisms.asking import Motives, Silencers
from sim.people.names import Names
from sim.records import NONE, SKILLS
from sim.restlessness import Restlessness
from sim.world import World

FULL_WEEK = 40.0  # hours
CHOICE = (What.silent, What.asked, What.ticked)
ANSWER = (What.permitted, What.denied)
APPLICATION = (What.applied,)
WORD = (What.backed, What.resisted)
COMING = (What.here, What.hired)
STANDING = (*COMING, What.moved, What.left)
VACANCY = (*APPLICATION, *WORD, What.vetoed, What.turned_down, What.chosen, What.blocked, What.moved)
CATEGORIES: Any = pd.Categorical.from_codes
DECIDED = (*CHOICE, *ANSWER, *APPLICATION, *WORD)
TERMS: dict[tuple[What, ...], tuple[str, ...]] = {
    CHOICE: Motives._fields,
    ANSWER: Reasons._fields,
    (What.quit,): Restlessness._fields,
    (What.retired,): ("age",),
    APPLICATION: Ambition._fields,
    WORD: Backing._fields,
    STANDING: tuple(f"skill_{k}" for k in range(SKILLS)),
}


def logged(world: World) -> Any:
    """The rows of the log that have been written."""
    return world.events[: int(world.log[0].events)]


def frame(events: Any, names: Names) -> pd.DataFrame:
    """Rows of the log with names for codes.

    Parameters
    ----------
    events : rows of `records.Event`
    names : what people are called

    Returns
    -------
    DataFrame with columns month, event, person, other (the manager or poster who had a part in it), need, vacancy (the
    key of either); family, department, unit (the post that leads it) and grade of the project, the vacancy or the
    person; step (grades from the own post up to the vacancy); hours (a week) and months of the project, joined (people
    so far), hired (of the person, in the rows that say who is here, came, moved or left), wish, talked_away, interest,
    barriers (each of which alone explains a silence, see `asking.Silencers`), p and luck (the answer was yes where luck
    is below p), one for each term of the decisions, in logits (of quitting: logarithms of factors of p), age in years
    of those who retire, and skills in the rows that have hired. What does not apply is missing, or empty where it is a
    name.
    """
    of_vacancy = np.isin(events["what"], VACANCY)
    with_project = (events["need"] != NONE) & ~of_vacancy
    found = pd.DataFrame({
        "month": events["month"].astype(int),
        "event": pd.Categorical([What(what).name for what in events["what"]], [what.name for what in What]),
        "person": _people(events["person"], names),
        "other": _people(events["other"], names),
        "need": _keys(events["need"], with_project),
        "vacancy": _keys(events["need"], of_vacancy),
        "family": _named(events["family"], names.roster.families),
        "department": _named(events["department"], names.roster.departments),
        "unit": _named(events["unit"], [names.roster.ids[row] for row in np.flatnonzero(names.roster.leads)]),
        "grade": _named(events["grade"], names.roster.grades),
        "step": np.where(of_vacancy, events["grade"][own(events)].astype(float) - events["grade"], np.nan),
        "hours": np.where(with_project, FULL_WEEK * events["share"].astype(float), np.nan),
        "months": np.where(with_project, events["months"], np.nan),
        "joined": np.where(with_project, events["count"], np.nan),
        "hired": np.where(np.isin(events["what"], STANDING), events["hired"], np.nan),
        "wish": events["latent"].astype(float),
        "talked_away": events["rationalization"].astype(float),
        "interest": np.where(np.isin(events["what"], CHOICE), events["interest"].astype(float), np.nan),
        "barriers": _barriers(events["reason"]),
    })  # fmt: skip
    return pd.concat([found, _weighed(events)], axis=1)


def own(events: Any) -> Any:
    """(events,) the row that says in which post a person was before each event: of being here, coming or moving."""
    order = np.argsort(events["person"], kind="stable")
    stands = np.isin(events["what"][order], (*COMING, What.moved))
    last = np.maximum.accumulate(np.where(stands, np.arange(len(order)), 0))
    before = np.concatenate([[0], last[:-1]])[: len(order)]
    found = np.empty(len(order), int)
    found[order] = order[np.where(np.isin(events["what"][order], COMING), np.arange(len(order)), before)]
    return found


def _keys(keys: Any, known: Any) -> Any:
    """Keys where they are known, else missing."""
    found = pd.array(np.where(known, keys, 0), "Int64")
    found[~known] = pd.NA
    return found


def _weighed(events: Any) -> pd.DataFrame:
    """Probability, draw and terms of each decision."""
    terms, decided = events["terms"].astype(float) + 0.0, np.isin(events["what"], DECIDED)
    quits, total = events["what"] == What.quit, terms.sum(axis=1)
    columns = {
        "p": np.where(decided, 1.0 / (1.0 + np.exp(-total)), np.where(quits, np.exp(np.minimum(0.0, total)), np.nan)),
        "luck": np.where(decided | quits, events["luck"].astype(float), np.nan),
    }
    for kinds, fields in TERMS.items():
        of_these = np.isin(events["what"], kinds)
        for place, name in enumerate(fields):
            known = columns.get(name, np.full(len(events), np.nan))
            columns[name] = np.where(of_these, terms[:, place], known)
    return pd.DataFrame(columns)


def _people(keys: Any, names: Names) -> Any:
    """People by their names; nobody is the empty name."""
    found, codes = np.unique(keys, return_inverse=True)
    called = ["" if key == NONE else names.of_person(int(key)) for key in found]
    return CATEGORIES(codes, called)


def _named(codes: Any, known: list[str]) -> Any:
    """Codes by their names, which need not differ."""
    distinct = list(dict.fromkeys(known))
    places = np.array([distinct.index(name) for name in known])
    return CATEGORIES(places[codes], distinct)


def barriers(reason: int) -> tuple[str, ...]:
    """The barriers that alone explain a silence."""
    return tuple(name for place, name in enumerate(Silencers._fields) if reason >> place & 1)


def _barriers(reasons: Any) -> Any:
    found, codes = np.unique(reasons, return_inverse=True)
    return CATEGORIES(codes, [", ".join(barriers(int(reason))) for reason in found])
