"""What is read off the main job's frame: levels, effects against a closed market, and contrasts of two arms."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.errors import SettingsError
from sim.settings.study import CapStudy
from sim.studies.estimates import Estimate, chosen, effect, estimate
from sim.studies.wording import runs, scaled, wording

if TYPE_CHECKING:
    import pandas as pd

NIL = 1e-9  # smaller numbers are what is left of rounding
REFERENCE = 0.20  # the cap of Open Opportunities, which the main job asks about


@dataclass(frozen=True)
class Arm:
    """One market: its permission, what leadership says, its cap."""

    permission: str
    leadership: str
    cap: float

    def labels(self) -> dict[str, Any]:
        return {"permission": self.permission, "leadership": self.leadership, "cap": self.cap}

    def but(self, **changes: Any) -> "Arm":
        return replace(self, **changes)


@dataclass(frozen=True)
class Findings:
    """The study's frame, and what was asked.

    Attributes
    ----------
    frame : as `sim.studies.cap.run` returns it.
    study : the design.
    size : people in each organization, None if that is not known.
    window : over which months measures are read.
    is_one : whether the replicates are of one organization (from a file), and not each of one of its own.

    Notes
    -----
    Measures are of everyone. Those who take part and teams that lend are other people in each arm, so that a
    difference between arms within these groups would mix the effect with who is in them.
    """

    frame: "pd.DataFrame"
    study: CapStudy
    size: int | None = None
    window: str = "all"
    is_one: bool = False

    @cached_property
    def parts(self) -> "dict[str, pd.DataFrame]":
        """For each setting of behaviour, one row for each replicate and arm."""
        cut = chosen(self.frame, {"group": "everyone", "window": self.window})
        return {str(name): part for name, part in cut.groupby("setup", sort=False)}

    @cached_property
    def _runs(self) -> "dict[tuple[str, Arm], pd.DataFrame]":
        """Runs by setting and arm, since figures ask for a thousand of them."""
        runs: dict[tuple[str, Arm], Any] = {}
        for setup, part in self.parts.items():
            arms: Any = part.groupby(["permission", "leadership", "cap"])
            runs |= {(setup, Arm(*labels)): rows for labels, rows in arms}
        return runs

    @property
    def setups(self) -> list[str]:
        return list(self.parts)

    @property
    def permissions(self) -> list[str]:
        return list(dict.fromkeys(self.study.permissions))

    @cached_property
    def leaderships(self) -> list[str]:
        """From quiet to loud: by strength, then by renewals; as listed where that does not tell them apart."""

        def loudness(item: tuple[str, Mapping[str, Any]]) -> tuple[float, float]:
            every = item[1].get("committee_every", 0)
            return item[1].get("signal", 0.5), 1 / every if every else 0.0

        return [name for name, _ in sorted(self.study.signals.items(), key=loudness)]

    @property
    def quiet_and_loud(self) -> list[str]:
        """The first and the last of `leaderships`, or the only one."""
        return list(dict.fromkeys([self.leaderships[0], self.leaderships[-1]]))

    @cached_property
    def caps(self) -> list[float]:
        caps = sorted(set(self.study.caps))
        if not caps or caps[0] != 0 or len(caps) < 2:
            raise SettingsError(f"study.caps = {list(self.study.caps)}: expected 0 and at least one cap above 0.")
        return caps

    @cached_property
    def reference(self) -> float:
        """The cap that is told in words: 20 % if it is among them, else the largest."""
        return next((cap for cap in self.caps if math.isclose(cap, REFERENCE)), self.caps[-1])

    @property
    def first(self) -> Arm:
        """The arm from which words start: the first permission, the quietest leadership, the reference cap."""
        return Arm(self.permissions[0], self.leaderships[0], self.reference)

    @property
    def told_arms(self) -> list[Arm]:
        """The arms of tables: every permission, with a quiet and with a loud leadership, at the reference cap."""
        return [Arm(name, said, self.reference) for name in self.permissions for said in self.quiet_and_loud]

    def replicates(self, setup: str) -> int:
        return int(self.parts[setup]["replicate"].nunique())

    def level(self, setup: str, measure: str, arm: Arm) -> Estimate:
        """Level of a measure in one arm, in the unit of its wording."""
        return scaled(estimate(self._runs[setup, arm][measure]), wording(measure).scale)

    def contrast(self, setup: str, measure: str, arm: Arm, other: Arm) -> Estimate:
        """Paired difference of two arms, in the unit of its wording."""
        import pandas as pd

        if arm == other:
            return scaled(effect(self._runs[setup, arm], measure, {}, {}), wording(measure).scale)
        both = pd.concat([self._runs[setup, arm], self._runs[setup, other]])
        one, two = arm.labels(), other.labels()
        differ = [name for name in one if one[name] != two[name]]  # fewer labels to look for: half of the time
        found = effect(both, measure, {name: one[name] for name in differ}, {name: two[name] for name in differ})
        return scaled(found, wording(measure).scale)

    def gain(self, setup: str, measure: str, arm: Arm) -> Estimate:
        """What the arm adds to a closed market under the same leadership."""
        return self.contrast(setup, measure, arm, arm.but(cap=0.0))

    def loss_of_lenders(self, setup: str, arm: Arm) -> Estimate:
        """Change in the work delivered by teams that lend, if all of the change against a closed market is theirs.

        Which teams lend differs between markets, so they cannot be compared themselves. Replicates in which nobody
        lends are left out.
        """
        open_, shut = self._open_and_shut(setup, arm)
        lending = open_["lending"].where(open_["lending"] > 0)
        return scaled(estimate((open_["delivery"] - shut["delivery"]) / lending), wording("delivery").scale)

    def break_even(self, setup: str, arm: Arm) -> Estimate:
        """How many times what they are worth needs met would have to be worth to make up for the core work lost."""
        open_, shut = self._open_and_shut(setup, arm)
        worth = open_["worth"] - shut["worth"]
        return estimate((shut["core_work"] - open_["core_work"]) / worth.where(worth > 0))

    def _open_and_shut(self, setup: str, arm: Arm) -> "tuple[pd.DataFrame, pd.DataFrame]":
        """The runs of an arm, and those of a closed market under the same leadership, by replicate."""
        open_, shut = (self._runs[setup, one].set_index("replicate") for one in (arm, arm.but(cap=0.0)))
        return open_, shut

    def closed(self, setup: str, measure: str) -> Estimate:
        """Level in a closed market under the quietest leadership."""
        return self.level(setup, measure, self.first.but(cap=0.0))

    def is_missing_when_closed(self, setup: str, measure: str) -> bool:
        """Whether a closed market has no such thing, so that there is no effect against it, only a level."""
        return self.closed(setup, measure).n == 0

    def is_nil_when_closed(self, setup: str, measure: str) -> bool:
        """Whether it is 0 in every closed market, so that to be above 0 is no finding."""
        found = self.closed(setup, measure)
        return found.n > 1 and max(abs(found.low), abs(found.high)) < NIL

    def has_effect(self, setup: str, measure: str) -> bool:
        """Whether a difference from a closed market could go either way."""
        return not (self.is_missing_when_closed(setup, measure) or self.is_nil_when_closed(setup, measure))

    def told(self, setup: str, measure: str, arm: Arm) -> Estimate:
        """The effect against a closed market, or the level where there is no effect to speak of."""
        return (self.level if self.is_missing_when_closed(setup, measure) else self.gain)(setup, measure, arm)


def counted(findings: Findings, setups: Iterable[str]) -> str:
    """``n = 16 organizations of 1,000 people``."""
    counts = dict.fromkeys(str(findings.replicates(setup)) for setup in setups)
    return runs(" and ".join(counts), findings.size, findings.is_one)
