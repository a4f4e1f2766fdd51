"""The main job: what the time cap does, under which permission and with which leadership."""

from collections.abc import Mapping
from typing import Any

from sim.errors import SettingsError
from sim.running import Setup, nobody
from sim.settings import LeadershipPolicy, Market, Policy
from sim.settings.study import CapStudy
from sim.studies.replicates import Arm, Results, Tell, replicates

LABELS = ("permission", "leadership", "cap")


def arms(study: CapStudy, base: Policy) -> list[Arm]:
    """Every cap under every permission with every leadership; the other levers are those of `base`."""
    if 0.0 not in study.caps:
        raise SettingsError(f"study.caps = {list(study.caps)}: 0 must be among them; effects are read against it.")
    return [
        Arm(dict(zip(LABELS, (permission, name, cap), strict=True)), _policy(base, permission, signal, cap))
        for permission in study.permissions
        for name, signal in study.signals.items()
        for cap in study.caps
    ]


def _policy(base: Policy, permission: str, signal: Mapping[str, Any], cap: float) -> Policy:
    market = Market.made({**base.market.plain(), "permission": permission, "time_cap": cap, "open": True}, "market")
    leadership = LeadershipPolicy.made({**base.leadership.plain(), **signal}, "study.signals")
    return Policy(market=market, leadership=leadership)


def run(study: CapStudy, setups: Mapping[str, Setup], base: Policy, tell: Tell = nobody) -> Results:
    """The whole study: see `replicates`."""
    return replicates(
        setups, arms(study, base), study.replicates, study.seed, study.months, study.threads or None, tell
    )
