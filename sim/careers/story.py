"""One person's story, in plain sentences with months and with what decided."""

import html
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.careers.chapters import Chapter, chapters, usual
from sim.careers.frame import ANSWER, STANDING, WORD, frame, logged
from sim.careers.wording import called, capital, counted, label, span, wish
from sim.codes import What
from sim.errors import ElbowroomError
from sim.people.names import OPENING, Names
from sim.records import CORE, NONE, SKILLS, Event
from sim.skills import core_skill
from sim.world import World

WIDTH = 110
LEARNED = 0.05  # SD of skill below which nothing has changed


@dataclass(frozen=True, repr=False)
class Career:
    """What somebody went through. ``print`` tells it.

    Attributes
    ----------
    name : of the person.
    opening, closing : how the story begins and how it ends.
    chapters : the months in between.
    events : what happened to the person, one row an event (see `careers.frame`).
    """

    name: str
    opening: str
    chapters: list[Chapter]
    closing: str
    events: pd.DataFrame

    def __str__(self) -> str:
        paragraphs = [self.opening, *map(str, self.chapters), self.closing]
        return "\n".join(textwrap.fill(text, WIDTH, subsequent_indent="    ") for text in paragraphs)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        """For notebooks."""
        months = "".join(
            f"<dt>{html.escape(label(one.first, one.last))}</dt><dd>{html.escape(one.text)}</dd>"
            for one in self.chapters
        )
        return f"<p>{html.escape(self.opening)}</p><dl>{months}</dl><p>{html.escape(self.closing)}</p>"


def career(person: Any, world: World, names: Names) -> Career:
    """The story of one person, from the log of a world.

    Parameters
    ----------
    person : name, key (as in `employee.unique_id`), or agent
    """
    log = logged(world)
    key = key_of(person, log, names)
    own, name = log[log["person"] == key], names.of_person(key)
    events, end = frame(own, names), int(world.now.month)
    first = max(0, int(own["month"][0]))
    told = chapters(events, usual(log), first, end, events.other.iloc[0])
    return Career(name, opening(events, name), told, " ".join(closing(key, own, events, world, log)), events)


def key_of(person: Any, log: Any, names: Names) -> int:
    """The key of somebody who is in the log."""
    key = getattr(person, "unique_id", person)
    if isinstance(key, str):
        return _called(key, log, names)
    if isinstance(key, int | np.integer) and not isinstance(key, bool) and (log["person"] == key).any():
        return int(key)
    raise ElbowroomError(
        f"{person!r}: nobody of that key has been here since the log began. Expected a name, as in "
        "organization.agents.get('name'), or a key, as in unique_id."
    )


def _called(name: str, log: Any, names: Names) -> int:
    """The key of somebody of that name; who was hired for the same post is told if there is no such person."""
    number = int(names.roster.number[names.post_of(name)])
    keys = np.unique(log["person"][(log["person"] & ((1 << OPENING) - 1)) == number])
    held = {names.of_person(int(key)): int(key) for key in keys}
    if name not in held:
        others = f"; hired for that post were {', '.join(held)}"
        told = others if held else ", nor anybody else who was hired for that post"
        raise ElbowroomError(f"there has been nobody called {name!r} since the log began{told}.")
    return held[name]


# -------------------------------------------------------------------------------------------------- beginning and end


def opening(events: pd.DataFrame, name: str) -> str:
    """Who it is, since when, under whom, and with which wish."""
    row: Any = next(events.itertuples())
    who, post = capital(called(name), name), f"{row.department} ({row.family})"
    under = f"under {called(row.other)}" if row.other and row.other != name else ""
    if row.event == "hired":
        return " ".join(f"{who} came to {post} in month {row.month}{', ' * bool(under)}{under}.".split())
    tenure = int(row.month - row.hired)
    return (f"{who} has worked in {post} for {span(tenure)} when the story begins{', ' * bool(under)}{under}: "
            f"{wish(row.wish, row.talked_away)}.")


def closing(key: int, own: Any, events: pd.DataFrame, world: World, log: Any) -> Iterator[str]:
    """What it came to."""
    count = events.event.value_counts()
    last = own[-1] if own["what"][-1] == What.left else as_of_now(key, world)
    when = "At the end" if last["what"] == What.left else f"Now, in month {int(world.now.month)}"
    yield f"{when}: {wish(float(last['latent']), float(last['rationalization']))}."
    asked = int(count["asked"] + count["ticked"])
    seen = asked + int(count["silent"])
    if seen:
        yield (f"In all, {counted(seen, 'posting')} of interest, {counted(asked, 'request')}, "
               f"{counted(int(count['started']), 'project')}.")
    applied, moved = int(count["applied"]), int(count["moved"])
    if applied or moved:
        up = int((events.step[events.event == "moved"] > 0).sum())
        yield (f"{counted(applied, 'application').capitalize()} for a post, {counted(moved, 'move')}"
               f"{f', {up} of them up' if up else ''}.")
    yield learned(own[np.isin(own["what"], STANDING)][0], last)
    yield from as_manager(log[log["other"] == key]["what"])


def as_manager(answers: Any) -> Iterator[str]:
    """What somebody said to the requests and moves of others."""
    count = {what: int((answers == what).sum()) for what in (*ANSWER, *WORD)}
    asked, told = (sum(count[what] for what in kinds) for kinds in (ANSWER, WORD))
    if asked:
        yes = count[What.permitted]
        yield f"As a manager, they answered {counted(asked, 'request')}, {yes or 'none'} of them with a yes."
    if told:
        backed = count[What.backed]
        they = "They also" if asked else "As a manager, they"
        yield f"{they} heard of {counted(told, 'move')} that others wanted, and backed {backed or 'none'}."


def as_of_now(key: int, world: World) -> Any:
    """How somebody stands who is still here, in the form in which the log says it of those who left."""
    employee = world.staff[np.flatnonzero(world.staff["person"] == key)[0]]
    state = Event.rows(1)[0]
    state.what, state.person, state.family, state.other = What.here, key, employee.family, NONE
    state.latent, state.rationalization = employee.latent, employee.rationalization
    state.terms[:SKILLS] = employee.skills
    return state


def learned(first: Any, last: Any) -> str:
    """Skill gained and lost between two states, in the job that they have at the end and beyond it."""
    change = (last["terms"] - first["terms"])[:SKILLS].astype(float)
    core = [core_skill(int(last["family"]), i) for i in range(CORE)]
    job, beyond = float(change[core].sum()), float(np.delete(change, core).sum())
    if max(abs(job), abs(beyond)) < LEARNED:
        return "Nothing was learned that lasted."
    return f"Skills of the job {_moved(job)}, others {_moved(beyond)}."


def _moved(change: float) -> str:
    if abs(change) < LEARNED:
        return "are what they were"
    return f"have {'grown' if change > 0 else 'faded'} by {abs(change):.1f} standard deviations"
