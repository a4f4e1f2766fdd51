"""Would the laws notice a wrong sign? Every term of every decision is turned round in turn, and the laws tried.

A term is a setting of behaviour that enters one of the rules in `DECISIONS` with a sign. Which ones there are follows
from the rules' source, so a term that is added to a rule is in the check at once.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from sim.anatomy import anatomy
from sim.backing import backing
from sim.drawing import draw
from sim.judging import is_turned_down, reasons
from sim.laws.bench import Bench, Claim, holds
from sim.laws.law import Law
from sim.mechanisms.applying import ambition
from sim.mechanisms.asking import frankness, motives
from sim.mechanisms.desiring import barriers, crafted, encouragement, rationalizes
from sim.mechanisms.filling import commended, standing
from sim.mechanisms.learning import is_listened_to, on_hoarding, on_release, on_support, watches
from sim.mechanisms.matching import appeal, brings_along, is_rejected, joins, suits
from sim.mechanisms.mobilizing import calling, parting
from sim.mechanisms.networking import fade, work_together
from sim.mechanisms.noticing import attraction, pull
from sim.mechanisms.permitting import hears_no, mean_delay, reasons_above
from sim.mechanisms.posting import initiative, leave
from sim.mechanisms.signalling import hears, is_heard
from sim.mechanisms.straining import belongs, engages, hindrance, strains
from sim.mechanisms.working import (
    builds_identity,
    core_load,
    delivers,
    handover,
    market_time,
    stands_in,
)
from sim.restlessness import outside_pull, restlessness
from sim.running import Setup, nobody
from sim.settings import Behaviour
from sim.skills import practice
from sim.studies.estimates import Estimate
from sim.studies.replicates import Tell, in_threads
from sim.teams import feels_pressure, gains_experience, released
from sim.vacancies import is_passed_over

DECISIONS = (
    hears, is_heard, initiative, leave, crafted, barriers, encouragement, rationalizes, pull, attraction, motives,
    frankness, reasons, reasons_above, hears_no, is_turned_down, mean_delay, suits, appeal, brings_along, joins,
    is_rejected, core_load, market_time, released, stands_in, handover, delivers, feels_pressure, gains_experience,
    practice, builds_identity, work_together, fade, strains, hindrance, belongs, engages, watches, is_listened_to,
    on_support, on_hoarding, on_release, restlessness, outside_pull, draw, ambition, backing, commended, standing,
    is_passed_over, calling, parting,
)
NO_SIGN = {
    "a level: what is left when all else is zero": (
        "applying.habit", "backing.habit", "mobilizing.habit", "posting.habit", "asking.habit", "permitting.habit",
        "permitting.informal", "matching.offer",
        "straining.stress_rest",
        "straining.belonging_rest", "straining.belonging_usual", "matching.unseen",
    ),
    "a spread, the same either way": ("noticing.taste", "working.demand_sd"),
    "a pace, a chance or a share that is kept": (
        "signalling.hearing", "signalling.cascade", "straining.stress_pace", "straining.belonging_pace",
        "straining.engagement_pace", "targets.pace", "culture.experience_pace", "working.tie_project",
        "working.tie_start",
    ),
    "a scale or a threshold": (
        "applying.threshold", "noticing.threshold", "straining.enough_ties", "straining.enough_across",
        "working.gain_hours",
        "working.tie_forgotten",
    ),
}  # fmt: skip
SURE = 3.0  # a law counts if its effect is so many times as far from 0 as its interval is wide to one side


def terms() -> list[str]:
    """Every term with a sign: paths inside `Behaviour`."""
    read = {path.partition(".")[2]: None for rule in DECISIONS for path in sorted(anatomy(rule).settings)
            if path.startswith("behaviour.")}  # fmt: skip
    without = {path for paths in NO_SIGN.values() for path in paths}
    return [path for path in read if path not in without]


@dataclass(frozen=True)
class Flipped:
    """Behaviour with the sign of one number turned round, which its range need not allow."""

    behaviour: Behaviour
    path: str

    def changed(self, path: str, value: Any) -> "Flipped":
        return replace(self, behaviour=self.behaviour.changed(path, value))

    def row(self) -> tuple[Any, ...]:
        group, _, name = self.path.partition(".")
        rows = list(self.behaviour.row())
        at = self.behaviour.dtype.names.index(group)
        place = self.behaviour.dtype[group].names.index(name)
        rows[at] = tuple(-value if i == place else value for i, value in enumerate(rows[at]))
        return tuple(rows)

    @property
    def is_change(self) -> bool:
        return self.row() != self.behaviour.row()


class Catch(NamedTuple):
    """What a law says and a model with a wrong sign does not do."""

    law: Law
    measure: str
    group: str
    usual: Estimate
    found: Estimate


Sure = list[dict[Claim, Estimate]]


def sure(bench: Bench, laws: Sequence[Law]) -> Sure:
    """What each law says and the model as it is does beyond doubt."""
    signs = [{(m, g): sign for m, g, sign in law.claims} for law in laws]
    return [
        {claim: e for claim, e in effects.items() if is_sure(e, sign[claim])}
        for effects, sign in zip(bench.all_effects(laws), signs, strict=True)
    ]


def is_sure(found: Estimate, sign: int) -> bool:
    """Whether an effect lies so far on its side that luck would not undo it."""
    return found.n > 1 and sign * found.mean > SURE * (found.high - found.low) / 2


def catches(bench: Bench, laws: Sequence[Law], usual: Sure, path: str) -> Iterator[Catch]:
    """Where a bench of a model with a wrong sign breaks laws that are `usual` in the model as it is.

    A law about the very term is tried first.
    """
    pairs = zip(laws, usual, strict=True)
    for law, sound in sorted(pairs, key=lambda pair: pair[0].lever != f"behaviour.{path}"):
        found = bench.effects(law) if sound else {}
        for m, g, sign in law.claims:
            if (m, g) in sound and not holds(found[m, g], sign):
                yield Catch(law, m, g, sound[m, g], found[m, g])


def mutants(
    setup: Setup, laws: Sequence[Law], paths: Sequence[str], organizations: int = 6, root: int = 1, first: bool = True,
    threads: int | None = None, tell: Tell = nobody,
) -> dict[str, list[Catch] | None]:
    """Each term to what catches its wrong sign, or to None where the term is 0 and has none.

    Parameters
    ----------
    setup : the model as it is
    laws : laws to try, in this order
    paths : terms to turn round
    organizations : on which the laws are tried
    first : whether the first law that catches a term is enough
    tell : called with 1 for each term that is done
    """
    stop = threading.Event()
    usual = sure(Bench(setup, organizations, root, threads=threads, stop=stop), laws)

    def one(path: str) -> list[Catch] | None:
        flipped: Any = Flipped(setup.behaviour, path)
        if not flipped.is_change:
            return None
        bench = Bench(replace(setup, behaviour=flipped), organizations, root, threads=1, stop=stop)
        found = list(islice(catches(bench, laws, usual, path), 1 if first else None))
        tell(1)
        return found

    found = in_threads(one, [(path,) for path in paths], threads, stop)
    return dict(zip(paths, found, strict=True))
