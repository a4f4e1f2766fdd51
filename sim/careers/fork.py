"""The same person under two policies, from one shared past."""

import html
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from sim.careers.chapters import Chapter
from sim.careers.frame import ANSWER, CHOICE, VACANCY, WORD, logged
from sim.careers.story import Career, career, key_of
from sim.careers.teller import Teller
from sim.careers.wording import PLAIN, PLAIN_MOVES, both_odds, called, capital, chance, differing, of_ten
from sim.codes import What
from sim.errors import ElbowroomError
from sim.judging import market_is_open
from sim.people.names import Names
from sim.people.roster import Roster
from sim.replacing import OURS, Rules
from sim.running import Setup, burn_in, forked, roster_of
from sim.settings import AGENCY, Behaviour, OrganizationSpec, Policy, Scenario, Switches
from sim.settings.given import behaviour_given, organization_given, policy_given, scenario_given, seed_given
from sim.world import World

WIDTH = 56  # of a column
SAME = ("month", "event", "need", "vacancy", "other")  # in which two events agree that are one


@dataclass(frozen=True, repr=False)
class Fork:
    """One person's careers under two policies. ``print`` shows them side by side.

    Attributes
    ----------
    name : of the person.
    policies : what the two policies are called.
    careers : under each.
    month : in which the first thing is decided under one that is not decided under the other, or None.
    parting : that, in words.
    """

    name: str
    policies: tuple[str, str]
    careers: tuple[Career, Career]
    month: int | None
    parting: str

    @property
    def events(self) -> pd.DataFrame:
        """What happened under each policy, one row an event."""
        return pd.concat([one.events.assign(policy=policy) for policy, one in zip(self.policies, self.careers,
                                                                                 strict=True)], ignore_index=True)

    def __str__(self) -> str:
        lines = [textwrap.fill(text, 2 * WIDTH + 3) for text in (self.careers[0].opening, self.parting)]
        return "\n".join([*lines, "", *self._columns()])

    def __repr__(self) -> str:
        return str(self)

    def _columns(self) -> Iterator[str]:
        for one, other in [self.policies, *self.rows()]:
            for left, right in zip_longest(*(textwrap.wrap(text, WIDTH, subsequent_indent="  ")
                                             for text in (one, other)), fillvalue=""):
                yield f"{left:{WIDTH}} │ {right}".rstrip()
            yield f"{'─' * WIDTH}─┼─{'─' * WIDTH}"

    def rows(self) -> Iterator[tuple[str, str]]:
        """Chapters of both, those beside each other that begin in one month."""
        one, other = (_by_month(each.chapters) for each in self.careers)
        for month in sorted(one.keys() | other.keys()):
            yield " ".join(map(str, one.get(month, []))), " ".join(map(str, other.get(month, [])))
        yield self.careers[0].closing, self.careers[1].closing

    def _repr_html_(self) -> str:
        """For notebooks."""
        rows = [*self.rows()]
        head = "".join(f'<th style="text-align: left">{html.escape(policy)}</th>' for policy in self.policies)
        cell = '<td style="text-align: left; vertical-align: top">'  # notebooks would set it to the right
        body = "".join(f"<tr>{cell}{html.escape(one)}</td>{cell}{html.escape(other)}</td></tr>" for one, other in rows)
        said = "".join(f"<p>{html.escape(text)}</p>" for text in (self.careers[0].opening, self.parting))
        return f"{said}<table><tr>{head}</tr>{body}</table>"


def fork(
    policy_a: Policy | str | Mapping[str, Any],
    policy_b: Policy | str | Mapping[str, Any],
    person: Any,
    organization: OrganizationSpec | str | Mapping[str, Any] = AGENCY,
    behaviour: Behaviour | str | Mapping[str, Any] = "default",
    months: int = 60,
    rng: int = 1,
    switches: Switches | None = None,
    rules: Rules = OURS,
    roster: Roster | None = None,
    labels: tuple[str, str] | None = None,
    scenario: Scenario | str | Sequence[str] | Mapping[str, Any] = "none",
) -> Fork:
    """The same person under two policies, with the same past, the same people and the same luck.

    Parameters
    ----------
    policy_a, policy_b : levers, names of policies, or nested dictionaries, as for `Organization`
    person : name or key of somebody who is here at month 0 or comes later
    organization, behaviour, switches, rng, rules, roster, scenario : as for `Organization`
    months : how long to follow them
    labels : what to call the policies, if not by their names

    Examples
    --------
    >>> from sim import fork
    >>> print(fork("open_opps", "red_tape", "24", organization="department", behaviour="lively", months=24).month)
    """
    arms = policy_given(policy_a), policy_given(policy_b)
    setup = Setup(organization_given(organization), behaviour_given(behaviour), switches or Switches(), rules,
                  scenario_given(scenario))  # fmt: skip
    names, worlds = _lived(arms, setup, months, seed_given(rng), roster)
    return compared(arms, labels or _labels(policy_a, policy_b), person, worlds, names)


def lived(policy: Policy, person: Any, setup: Setup, months: int, rng: int) -> Career:
    """The story of one person under one policy."""
    names, worlds = _lived((policy,), setup, months, rng, None)
    return career(person, worlds[0], names)


def _lived(
    arms: tuple[Policy, ...], setup: Setup, months: int, seed: int, roster: Roster | None
) -> tuple[Names, list[World]]:
    """One organization under each of some policies, from one shared past, with logs."""
    plan = roster if roster is not None else roster_of(setup.organization, seed)
    past = burn_in(setup, seed, plan)
    runs = [forked(past, arm, months, keep=True, rules=setup.rules, log=True, scenario=setup.scenario) for arm in arms]
    return Names(plan), [run.world for run in runs if run.world is not None]


def compared(
    arms: tuple[Policy, Policy], labels: tuple[str, str], person: Any, worlds: list[World], names: Names
) -> Fork:
    """Two worlds with logs, as one person lived through them."""
    key = key_of(person, logged(worlds[0]), names)
    if not (logged(worlds[1])["person"] == key).any():
        raise ElbowroomError(f"{names.of_person(key)!r} is here under {labels[0]} only: there is nothing to compare.")
    one, other = (career(key, world, names) for world in worlds)
    month, parting = parts(arms, labels, (one, other), worlds)
    return Fork(one.name, labels, (one, other), month, parting)


def _labels(*given: Any) -> tuple[str, str]:
    """What the two policies are called; two that are called the same are told apart."""
    one, other = (each if isinstance(each, str) else _told(each) or f"policy {place}"
                  for each, place in zip(given, "ab", strict=True))
    return (one, other) if one != other else (one, f"{other} (again)")


def _told(given: Any, path: str = "") -> str:
    """``market.time_cap=0.1`` for nested dictionaries."""
    if not isinstance(given, Mapping):
        return f"{path}={given}" if path else ""
    return ", ".join(_told(value, f"{path}.{name}".lstrip(".")) for name, value in given.items())


def _by_month(chapters: list[Chapter]) -> dict[int, list[Chapter]]:
    found: dict[int, list[Chapter]] = {}
    for one in chapters:
        found.setdefault(one.first, []).append(one)
    return found


# ------------------------------------------------------------------------------------------------------------- parting


def parts(
    arms: tuple[Policy, Policy], labels: tuple[str, str], careers: tuple[Career, Career], worlds: list[World]
) -> tuple[int | None, str]:
    """The month in which something is decided under one policy and not under the other, and how."""
    lists: list[Any] = [[*each.events.itertuples()] for each in careers]
    decided = [[row for row in rows if row.event != "silent"] for rows in lists]
    for one, other in zip_longest(*decided):
        if one is None or other is None or _what(one) != _what(other):
            month = min(int(row.month) for row in (one, other) if row is not None)
            rows = [_in_month(row, month, seen) for row, seen in zip((one, other), lists, strict=True)]
            moves = any(each is not None and each.event in _names(VACANCY) for each in rows)
            states = [_state(seen, month, world, moves) for seen, world in zip(lists, worlds, strict=True)]
            told = [_said(row, state) for row, state in zip(rows, states, strict=True)]
            return month, _parting(month, rows, labels, told)
    who = capital(called(careers[0].name), careers[0].name)
    if arms[0] == arms[1]:
        return None, f"Both are the same policy: {who}'s careers never part, in no event and no number."
    return None, f"{who}'s careers do not part in these months: all that is decided under one is under the other too."


def _in_month(row: Any, month: int, seen: list[Any]) -> Any:
    """What happened in a month; if nothing was decided, what was seen in silence; None if nothing was."""
    if row is not None and int(row.month) == month:
        return row
    return next((each for each in seen if int(each.month) == month and each.event == "silent"), None)


def _what(row: Any) -> tuple[Any, ...]:
    """An event, as far as it has to agree: whoever leaves, leaves, under whichever manager."""
    return tuple(str(getattr(row, name)) for name in SAME if (row.event, name) != ("left", "other"))


def _state(seen: list[Any], month: int, world: World, moves: bool) -> str:
    """How it stands with somebody to whom nothing happens in a month; `moves`: in which the other decides on a move."""
    if moves:
        return "they decided nothing in that month."
    if not market_is_open(world.now):
        return "there was no market."
    teller = Teller({})
    for row in seen:
        if row.month < month and hasattr(teller, f"_{row.event}"):
            list(teller.tell(row))
    return "their request was still under way." if teller.waiting else "they decided nothing in that month."


def _parting(month: int, rows: list[Any], labels: tuple[str, str], told: list[str]) -> str:
    """What is decided under one policy at the first difference, and what under the other."""
    one, other = rows
    parts = [f"They part in month {month}: under {labels[0]}, {told[0]} Under {labels[1]}, {told[1]}"]
    if one is not None and other is not None and _one_decision(one, other):
        odds, others = both_odds(one.p, other.p, chance if one.event in _names(CHOICE) else of_ten)
        parts.append(f"The luck was the same, the odds were not: {odds} against {others}.")
        words = PLAIN_MOVES if one.event in _names(WORD) else PLAIN
        parts.append(differing(one._asdict(), other._asdict(), words))
    return " ".join(filter(None, parts))


def _one_decision(one: Any, other: Any) -> bool:
    """Whether two events of a month are answers to one question, and have one draw."""
    if {one.event, other.event} <= _names(ANSWER):
        return bool(one.need == other.need)
    if {one.event, other.event} <= _names(WORD):
        return bool(one.vacancy == other.vacancy)
    return "silent" in (one.event, other.event) and {one.event, other.event} <= _names(CHOICE)


def _names(kinds: tuple[What, ...]) -> set[str]:
    return {what.name for what in kinds}


def _said(row: Any, otherwise: str) -> str:
    """An event in a sentence of its own, or what is said if there is none."""
    if row is None:
        return otherwise
    deeds = {
        "silent": "saw a project of {} and kept silent", "asked": "asked to join a project of {}",
        "ticked": "ticked the box for a project of {} without a word to the manager",
    }  # fmt: skip
    if row.event in deeds:
        return f"they {deeds[row.event].format(row.department)}."
    teller = Teller({})
    teller.drawn = row.vacancy  # what they were told of before is no part of this decision
    sentence = next(iter(teller.tell(row)))
    return f"they {sentence}" if row.event in ("posted", "quit", "retired", "applied", "moved") else sentence
