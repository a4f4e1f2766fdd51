"""All laws tried: on organizations as they are, on draws of behaviour, on models with a wrong sign."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import SettingsError
from sim.laws.bench import Bench, Claim
from sim.laws.draws import Drawn, drawn, over_draws
from sim.laws.law import Law
from sim.laws.laws import LAWS
from sim.laws.mutation import Catch, mutants, terms
from sim.running import Setup, nobody
from sim.settings import Policy
from sim.settings.study import LawStudy
from sim.studies.estimates import Estimate
from sim.studies.replicates import Tell

PER_MUTANT = 6  # organizations on which a wrong sign is looked for


class LawResults(NamedTuple):
    """What was found.

    Attributes
    ----------
    laws : those that were tried.
    effects : for each of them, effects by measure and group.
    drawn : what draws of behaviour say, or None without any.
    mutants : term to the law that catches its wrong sign, or None without the check.
    seeds : of the organizations.
    """

    laws: list[Law]
    effects: list[dict[Claim, Estimate]]
    drawn: Drawn | None
    mutants: dict[str, list[Catch] | None] | None
    seeds: list[int]


def chosen(match: str | None) -> list[Law]:
    """The laws whose sentence contains a word, or all."""
    found = [law for law in LAWS if match is None or match.lower() in str(law).lower()]
    if not found:
        raise SettingsError(
            f"laws.match = {match!r}: none of the {len(LAWS)} laws contains that. Their sentences name levers, "
            "settings and measures, such as market.permission, silence or stress."
        )
    return found


def jobs(study: LawStudy) -> int:
    """How often `run` tells of progress."""
    bench = sum(study.organizations * times for times in {law.times for law in chosen(study.match)})
    return bench + study.draws * study.per_draw + (len(terms()) if study.mutations else 0)


def run(study: LawStudy, setup: Setup, base: Policy, tell: Tell = nobody) -> LawResults:
    """Everything that the study asks for."""
    laws, threads = chosen(study.match), study.threads or None
    bench = Bench(setup, study.organizations, study.seed, base=base, threads=threads)
    effects = bench.all_effects(laws, tell)
    found = None
    if study.draws:
        behaviours = drawn(study.draws, study.seed)
        found = over_draws(setup, laws, behaviours, study.per_draw, study.seed, base=base, threads=threads, tell=tell)
    caught = None
    if study.mutations:
        caught = mutants(setup, quickest(laws), terms(), PER_MUTANT, study.seed, threads=threads, tell=tell)
    return LawResults(laws, effects, found, caught, [trial.seed for trial in bench.trials])


def quickest(laws: Sequence[Law]) -> list[Law]:
    """Laws with short runs first."""
    return sorted(laws, key=lambda law: law.length)
