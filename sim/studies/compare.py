"""Policies beside a baseline, in the same organizations with the same luck: effects, intervals, and a certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import SettingsError
from sim.measures.money import MONEY
from sim.running import Setup, nobody
from sim.settings import AGENCY, Behaviour, OrganizationSpec, Policy, Prices, Scenario
from sim.settings.given import behaviour_given, organization_given, prices_given, scenario_given
from sim.studies.arms import arms_given
from sim.studies.certificate import certificate, partings
from sim.studies.effects import effects
from sim.studies.estimates import Estimate
from sim.studies.kept import Kept
from sim.studies.money import Turn, money_effects, turns
from sim.studies.reading import FINGERPRINT, MONTH, groups_given, measures_given, reader, windows_given
from sim.studies.replicates import Arm, Results, Tell, replicates
from sim.studies.stopping import Stopped, Until, next_batch, planned_for
from sim.studies.telling import sentences

if TYPE_CHECKING:
    import pandas as pd

SHOWN = (
    "participation", "time_away", "needs_met", "approval", "silence", "rejections", "expressed_desire", "engagement",
    "ties_across", "stress", "overloaded", "delivery",
)  # fmt: skip
NAME = "run"  # of the one setup


@dataclass(frozen=True, repr=False)
class Comparison:
    """Policies beside a baseline. ``print`` says what it comes to.

    Attributes
    ----------
    baseline, policies : what they are called; the column `policy` of all frames.
    effects : tidy: one row for each policy, group, window and measure (see `effects.effects`).
    results : what `replicates` returns; `runs` is its summary, and `monthly` the same for each month.
    organization : what it is called.
    is_one : whether the replicates are of one organization (from a file), and not each of one of its own.
    stopped : how it ended, if it went on until something was known well enough.
    prices : what things cost.
    """

    baseline: str
    policies: tuple[str, ...]
    effects: "pd.DataFrame"
    results: Results
    monthly: "pd.DataFrame"
    organization: str
    is_one: bool
    stopped: Stopped | None = None
    prices: Prices = field(default_factory=Prices)

    @property
    def runs(self) -> "pd.DataFrame":
        """What was read off each run over windows."""
        return self.results.summary

    @property
    def replicates(self) -> int:
        return int(self.runs.replicate.nunique())

    @property
    def months(self) -> int:
        return int(self.monthly.month.max())

    @cached_property
    def by_month(self) -> "pd.DataFrame":
        """Effects in each month, with the column month (1 is the first after the fork); a family of their own."""
        cut = self.monthly.drop(columns=[FINGERPRINT, "month"])
        found = effects(cut, self._base, planned=self.stopped.planned if self.stopped else None)
        return found.assign(month=found.window.str.removeprefix(MONTH).astype(int))

    @cached_property
    def money(self) -> "pd.DataFrame":
        """Effects on net value, its parts, memo items and costs of each fill, discounted; a family of their own."""
        return self.money_at(self.prices)

    def money_at(self, prices: Prices | str | Mapping[str, Any]) -> "pd.DataFrame":
        """The same at other prices; nothing is run anew."""
        return money_effects(self.results, self._base, prices_given(prices), self.stopped)

    @cached_property
    def turns(self) -> list[Turn]:
        """Which prices decide whether a policy wins on net value."""
        return turns(self.results, self._base, self.prices)

    @cached_property
    def certificate(self) -> "pd.DataFrame":
        """How many times smaller the variance of each effect is than with independent seeds (see `certificate`)."""
        return certificate(self.runs, self._base)

    @cached_property
    def partings(self) -> "pd.DataFrame":
        """The first month in which anything that is counted differs, for each policy and replicate."""
        return partings(self.monthly, self._base)

    @property
    def _base(self) -> dict[str, str]:
        return {"policy": self.baseline}

    def estimate(self, measure: str, policy: str = "", window: str = "", group: str = "") -> Estimate:
        """One effect; of the first policy, window and group unless others are named."""
        rows = self.effects[self.effects.measure == measure]
        for name, value in (("policy", policy), ("window", window), ("group", group)):
            rows = rows[rows[name] == (value or self.effects[name].iloc[0])]
        if not len(rows):
            raise SettingsError(f"there is no effect on {measure!r} there; the frame `effects` lists those there are.")
        row = rows.iloc[0]
        return Estimate(float(row.effect), float(row.low), float(row.high), int(row.n))

    def __str__(self) -> str:
        return "\n".join(sentences(self))

    def __repr__(self) -> str:
        return str(self)


def compare(
    baseline: Policy | str | Mapping[str, Any],
    policies: Any,
    organization: OrganizationSpec | str | Mapping[str, Any] = AGENCY,
    behaviour: Behaviour | str | Mapping[str, Any] = "default",
    replicates: int = 30,
    measures: Sequence[str] | str = SHOWN,
    windows: Any = "all",
    groups: Sequence[str] | str = "everyone",
    months: int = 60,
    seed: int = 1,
    until: Until | Mapping[str, Any] | None = None,
    max_replicates: int = 400,
    setup: Setup | None = None,
    threads: int | None = None,
    tell: Tell = nobody,
    scenario: Scenario | str | Sequence[str] | Mapping[str, Any] = "none",
    keep: Kept | str | Path | None = None,
    prices: Prices | str | Mapping[str, Any] = "default",
) -> Comparison:
    """Policies beside a baseline, on common random numbers.

    Parameters
    ----------
    baseline : levers, the name of a policy, or nested dictionaries, as for `Organization`; or {name: any of these}
    policies : one, several, or a dictionary of names to policies
    organization, behaviour : as for `Organization`
    replicates : organizations, each lived through under all policies; with `until`, those before the first look
    measures, groups : what is read, and of whom
    windows : names of windows ("all", "year 1", "month 12"), or names to (first month, month after the last)
    months : after the fork
    seed : from which those of the replicates follow
    until : add replicates until an interval is narrow enough, for every policy: a measure and half_width (in its unit)
        or relative (as a share of the effect), and, if not the first, window and group
    max_replicates : the most that `until` may take
    scenario : what comes from outside in all runs: a name, a list of names, settings, or nested dictionaries
    setup : instead of organization, behaviour and scenario, with switches or replaced rules
    threads, tell : as for `replicates`
    keep : a folder in which finished runs are kept, so that none is run again, for this or for another comparison
    prices : what things cost; `Comparison.money_at` puts others to the same runs

    Returns
    -------
    Comparison, whose `effects` are a tidy frame.

    Examples
    --------
    >>> from sim import compare
    >>> found = compare("open_opps", "red_tape", organization="department", replicates=8, months=12)
    >>> bool(found.estimate("participation").mean < 0)
    True
    """
    arms, chosen = arms_given(baseline, policies), setup or _setup(organization, behaviour, scenario)
    asked = Asked(chosen, arms, measures_given(measures), windows_given(windows, months), groups_given(groups), months,
                  seed, threads, tell, Kept.of(keep), prices_given(prices))  # fmt: skip
    if until is None:
        return asked.told(asked.run(_at_least_2(replicates)))
    return asked.until(_checked(Until.given(until), asked), _at_least_2(replicates), max_replicates)


@dataclass(frozen=True)
class Asked:
    """What is to be compared, and how it is read."""

    setup: Setup
    arms: Sequence[Arm]
    measures: tuple[str, ...]
    windows: dict[str, tuple[int, int]]
    groups: tuple[str, ...]
    months: int
    seed: int
    threads: int | None
    tell: Tell
    keep: Kept
    prices: Prices

    @property
    def reading(self) -> str:
        """What tells runs that are read in this way from others; prices count where money is among the measures."""
        prices = self.prices if set(self.measures) & set(MONEY) else None
        return repr((self.measures, self.groups, self.windows, prices))

    def run(self, count: int, before: Results | None = None) -> Results:
        """So many replicates more."""
        import pandas as pd

        first = int(before.summary.replicate.max()) + 1 if before else 0
        read = reader(self.measures, self.groups, self.windows, self.prices)
        found = replicates({NAME: self.setup}, self.arms, count, self.seed, self.months, self.threads, self.tell,
                           first, read, self.reading, self.keep)  # fmt: skip
        if before is None:
            return found
        names = ("summary", "drift", "at_end", "amounts")
        both = {name: pd.concat([getattr(before, name), getattr(found, name)], ignore_index=True) for name in names}
        return found._replace(**both)

    def told(self, found: Results, stopped: Stopped | None = None) -> Comparison:
        """The comparison of what has been run."""
        is_month = found.summary[FINGERPRINT].notna()
        runs = found.summary[~is_month].drop(columns=FINGERPRINT).reset_index(drop=True)
        monthly = found.summary[is_month].reset_index(drop=True)
        monthly["month"] = monthly.window.str.removeprefix(MONTH).astype(int)
        names = [str(arm.labels["policy"]) for arm in self.arms]
        table = effects(runs, self.arms[0].labels, self.measures, stopped.planned if stopped else None)
        spec = self.setup.organization
        rest = found._replace(summary=runs)
        return Comparison(names[0], tuple(names[1:]), table, rest, monthly, spec.name, bool(spec.people), stopped,
                          self.prices)  # fmt: skip

    def until(self, until: Until, first: int, most: int) -> Comparison:
        """Batch by batch, until every policy's interval is narrow enough."""
        found: Results | None = None
        looks: tuple[int, ...] = ()
        planned = planned_for(first, most)
        while True:
            found = self.run(next_batch(looks[-1] if looks else 0, first, most), found)
            looks = (*looks, int(found.summary.replicate.max()) + 1)
            seen = self.told(found, Stopped(until, looks, planned, reached=True))
            short = [one for one in self._intervals(seen, until) if not until.is_reached(one)]
            if not short:
                return seen
            if looks[-1] >= most:
                half, wanted = max(((one.high - one.low) / 2, until.wanted(one)) for one in short)
                missing = f"it is ±{half:.3g}, where ±{wanted:.3g} was wanted"
                return self.told(found, Stopped(until, looks, planned, reached=False, missing=missing))

    def _intervals(self, seen: Comparison, until: Until) -> list[Estimate]:
        return [seen.estimate(until.measure, name, until.window, until.group) for name in seen.policies]


# -------------------------------------------------------------------------------------------------------------- given


def _setup(organization: Any, behaviour: Any, scenario: Any) -> Setup:
    return Setup(organization_given(organization), behaviour_given(behaviour), scenario=scenario_given(scenario))


def _at_least_2(count: Any) -> int:
    if isinstance(count, bool) or not isinstance(count, int) or count < 2:
        raise SettingsError(f"replicates = {count!r}: expected a whole number, 2 or more.")
    return count


def _checked(until: Until, asked: Asked) -> Until:
    """What is waited for must be among what is read."""
    for name, has in (("measure", asked.measures), ("window", asked.windows), ("group", asked.groups)):
        if getattr(until, name) and getattr(until, name) not in has:
            waits = f"until waits for {name} {getattr(until, name)!r}"
            raise SettingsError(f"{waits}, which is not read: {', '.join(has)}.")
    return until
