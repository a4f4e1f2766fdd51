"""The main job: what the time cap does, under which permission and with which leadership."""

from collections.abc import Mapping
from typing import Any

from sim.errors import SettingsError
from sim.running import Setup, nobody
from sim.settings import LeadershipPolicy, Market, Policy
from sim.settings.study import CapStudy
from sim.studies.kept import Kept
from sim.studies.replicates import Arm, Results, Tell, replicates

LABELS = ("permission", "leadership", "cap")


def arms(study: CapStudy, base: Policy) -> list[Arm]:
    """Every cap under every permission with every leadership; the other levers are those of `base`."""
    check(study)
    return [
        Arm(dict(zip(LABELS, (permission, name, cap), strict=True)), _policy(base, permission, signal, cap))
        for permission in study.permissions
        for name, signal in study.signals.items()
        for cap in study.caps
    ]


def check(study: CapStudy) -> None:
    """Refuse a design that has nothing to compare."""
    if 0.0 not in study.caps or len(study.caps) < 2:
        raise SettingsError(
            f"study.caps = {list(study.caps)}: 0 must be among them, as effects are read against it, and another cap."
        )
    for name in ("caps", "permissions", "behaviours", "signals"):
        values = list(getattr(study, name))
        if not values or len(set(values)) < len(values):
            raise SettingsError(f"study.{name} = {values}: expected one or more, each of them once.")
    for name, signal in study.signals.items():
        if not isinstance(signal, Mapping):
            raise SettingsError(f"study.signals.{name} = {signal!r}: expected {{signal: 0.8, committee_every: 6}}.")


def _policy(base: Policy, permission: str, signal: Mapping[str, Any], cap: float) -> Policy:
    market = Market.made({**base.market.plain(), "permission": permission, "time_cap": cap, "open": True}, "market")
    leadership = LeadershipPolicy.made({**base.leadership.plain(), **signal}, "study.signals")
    return Policy(market=market, leadership=leadership)


def run(
    study: CapStudy, setups: Mapping[str, Setup], base: Policy, tell: Tell = nobody, keep: Kept | None = None
) -> Results:
    """The whole study: see `replicates`."""
    return replicates(
        setups, arms(study, base), study.replicates, study.seed, study.months, study.threads or None, tell, keep=keep
    )
