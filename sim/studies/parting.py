"""Why pairs part, and how far: the first decisions that differ, whether the luck was the same, and whose lives part."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.building import set_policy, set_scenario
from sim.careers.fork import SAME
from sim.careers.frame import ANSWER, CHOICE, frame, logged
from sim.codes import What
from sim.people.names import Names
from sim.records import NONE
from sim.running import Setup, burn_in, forked, live, roster_of, seed_of
from sim.settings import Policy
from sim.telling import with_log
from sim.world import World, copied, with_tallies

WHO = ["month", "person"]
ASKED = [*WHO, "need"]
NOTHING = "–"


def partings_told(
    setup: Setup, baseline: Policy, policy: Policy, count: int = 10, seed: int = 1, months: int = 12
) -> pd.DataFrame:
    """The first decision that differs in each of some pairs.

    Parameters
    ----------
    setup, baseline, policy : what is compared
    count, seed, months : as for `replicates`

    Returns
    -------
    DataFrame with one row for each pair that parts: replicate, month (1 is the first), differing (people who decide
    otherwise in that month), person, and of both sides event and hours (a week, of the project); luck, that of the
    baseline's decision; alike and unlike: decisions that both runs take about the same thing in all months, by whether
    their luck is the same.
    """
    rows = []
    for number in range(count):
        logs = lived_through(setup, (baseline, policy), seed_of(seed, number), months)
        first = first_difference(*logs)
        if first:
            alike, unlike = luck(*logs)
            rows.append({"replicate": number, **first, "alike": alike, "unlike": unlike})
    return pd.DataFrame(rows)


def lived_through(
    setup: Setup, policies: Sequence[Policy], seed: int, months: int, luck: int | None = None
) -> list[pd.DataFrame]:
    """What people went through under each policy, from one shared past: tables as `Organization.careers` gives them.

    Parameters
    ----------
    luck : another seed for all that is drawn from month 0 on. It is what a simulation with a single stream of random
        numbers comes to, once it has drawn one number more or fewer than the run with which it is compared.
    """
    plan = roster_of(setup.organization, seed, warn=False)
    past, names = burn_in(setup, seed, plan), Names(plan)
    past.now.seed = seed if luck is None else luck
    given: dict[str, Any] = {"keep": True, "rules": setup.rules, "log": True, "scenario": setup.scenario}
    runs = [forked(past, policy, months, **given) for policy in policies]
    return [frame(logged(run.world), names) for run in runs if run.world is not None]


def months_apart(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """When the two lives of each person part: of all who are here at month 0, the month (from 0) in which something is
    first decided in one that is not decided in the other, as `sim.fork` has it; missing if nothing ever is.
    """
    decided = [_decided(log) for log in (one, other)]
    apart = pd.concat([log[~log.what.isin(beside.what)] for log, beside in (decided, decided[::-1])])
    here = one.person[one.event == "here"].astype(str)
    return apart.month.groupby(apart.person.astype(str)).min().reindex(here).astype("Int64")


def more_of(event: str, one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """How often something happened to each person of month 0 in the other life, less how often in the one."""
    here = one.person[one.event == "here"].astype(str)
    counts = [log.person[log.event == event].astype(str).value_counts() for log in (one, other)]
    return counts[1].reindex(here, fill_value=0) - counts[0].reindex(here, fill_value=0)


def same_choices(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Choices that both lives put before somebody: the same person in the same month before the same project.

    Returns
    -------
    DataFrame with columns month, person, luck, p (of asking, in the one), p_other, asks and asks_other (whether they
    did), luck_other.
    """
    sides = []
    for log in (one, other):
        some = log[log.event.isin([kind.name for kind in CHOICE])].astype({"person": str})
        sides.append(some.assign(asks=some.event != What.silent.name)[[*ASKED, "luck", "p", "asks"]])
    return sides[0].merge(sides[1], on=ASKED, suffixes=("", "_other")).drop(columns="need")


def _decided(log: pd.DataFrame) -> pd.DataFrame:
    """Events but for silence; whoever leaves, leaves, under whichever manager."""
    deeds = log[log.event != "silent"]
    deeds = deeds.assign(other=deeds.other.astype(str).where(deeds.event != "left", ""))
    return deeds.assign(what=_what(deeds, (*SAME, "person")))


def first_difference(one: pd.DataFrame, other: pd.DataFrame) -> dict[str, Any]:
    """In the first month in which events differ, those of the first person; of deeds if there are any, else silence."""
    events = [log.assign(what=_what(log)) for log in (one, other)]
    apart = [log[~log.what.isin(beside.what)] for log, beside in (events, events[::-1])]
    both = pd.concat(apart)
    if both.empty:
        return {}
    now = both[both.month == both.month.min()]
    deeds = now[now.event != "silent"]
    person = (deeds if len(deeds) else now).person.iloc[0]
    sides = [log[(log.month == now.month.iloc[0]) & (log.person == person)] for log in apart]
    seen: Any = [next(side.itertuples(), None) for side in sides]
    told = {"month": int(now.month.iloc[0]) + 1, "differing": int(now.person.nunique()), "person": person}
    for name, row in zip(("baseline", "policy"), seen, strict=True):
        told |= {f"{name}_event": row.event if row else NOTHING, f"{name}_hours": row.hours if row else np.nan}
    return {**told, "luck": next(row.luck for row in seen if row)}


def luck(one: pd.DataFrame, other: pd.DataFrame) -> tuple[int, int]:
    """Decisions about the same thing in the same month that both runs take: with the same luck, and with another.

    Whether to ask is decided by person and month, whatever the project; an answer is given to a person and a project.
    """
    counts = np.zeros(2, int)
    for kinds, key in ((CHOICE, WHO), (ANSWER, ASKED)):
        names = [kind.name for kind in kinds]
        sides = [log[log.event.isin(names)].drop_duplicates(key).set_index(key).luck for log in (one, other)]
        both = pd.concat(sides, axis=1, join="inner").to_numpy(float)
        same = both[:, 0] == both[:, 1]
        counts += (int(same.sum()), int((~same).sum()))
    return int(counts[0]), int(counts[1])


def _what(log: pd.DataFrame, names: Sequence[str] = ("month", "person", "event", "need", "other")) -> pd.Series:
    """What tells events apart, in one key."""
    parts = (log[name].astype(str) for name in names)
    return pd.Series(list(zip(*parts, strict=True)), index=log.index)


# --------------------------------------------------------------------------------------------------------------- lives


def lives_parted(
    setup: Setup, baseline: Policy, policy: Policy, count: int = 20, seed: int = 1, months: int = 60
) -> pd.DataFrame:
    """How many of those here at the fork live another life under another policy by the end of each month.

    Parameters
    ----------
    setup, baseline, policy : what is compared
    count, seed, months : as for `replicates`

    Returns
    -------
    DataFrame with columns replicate, month (1 is the first), otherwise (share to whom something has happened under one
    policy that did not happen under the other: asking, an answer, a move, leaving, or interest in another project),
    and elsewhere (share who sit in another seat, or have left under one of the two only).
    """
    tables = []
    for number in range(count):
        past = burn_in(setup, seed_of(seed, number))
        people = past.staff["person"][past.staff["person"] != NONE]
        sides = [_lived(past, setup, one, months) for one in (baseline, policy)]
        first = _first_apart(people, *(happened for happened, _ in sides))
        seats = [np.array([[at.get(one, NONE) for one in people.tolist()] for at in held]) for _, held in sides]
        tables.append(pd.DataFrame({
            "replicate": number, "month": np.arange(1, months + 1),
            "otherwise": [float((first < month).mean()) for month in range(1, months + 1)],
            "elsewhere": (seats[0] != seats[1]).mean(axis=1),
        }))  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def _lived(past: World, setup: Setup, policy: Policy, months: int) -> tuple[set[tuple[int, ...]], list[dict[int, int]]]:
    """What happened to whom, and who held which seat at the end of each month."""
    world, held = with_log(with_tallies(copied(past), months, 0)), []
    set_policy(world, policy)
    set_scenario(world, setup.scenario)
    for month in range(months):
        world = live(world, month + 1, rules=setup.rules)
        here = world.staff[world.staff["person"] != NONE]
        held.append(dict(zip(here["person"].tolist(), here["seat"].tolist(), strict=True)))
    told = logged(world)
    return set(zip(*(told[name].tolist() for name in ("person", "month", "what", "need", "other")), strict=True)), held


def _first_apart(people: Any, one: set[tuple[int, ...]], other: set[tuple[int, ...]]) -> Any:
    """(people,) the first month in which something happened to each on one side alone; infinite if nothing ever did."""
    first: dict[int, float] = {}
    for person, month, *_ in one ^ other:
        first[person] = min(month, first.get(person, np.inf))
    return np.array([first.get(person, np.inf) for person in people.tolist()])
