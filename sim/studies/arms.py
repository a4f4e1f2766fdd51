"""Which policies a comparison is about: what people give, and what each is called."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.errors import SettingsError
from sim.settings import Policy
from sim.settings.given import policy_given
from sim.studies.replicates import Arm


def arms_given(baseline: Any, policies: Any) -> list[Arm]:
    """The baseline and the policies, each with a name of its own."""
    named = [called(baseline, "baseline")]
    if _is_named(policies):
        named += [(str(name), policy_given(policy)) for name, policy in policies.items()]
    else:
        several = policies if isinstance(policies, Sequence) and not isinstance(policies, str) else [policies]
        named += [called(policy, f"policy {at}") for at, policy in enumerate(several, 1)]
    if len(named) < 2:
        raise SettingsError("there is no policy to compare with the baseline.")
    names = [name for name, _ in named]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise SettingsError(
            f"{twice[0]!r} is there twice. Give policies names: compare(baseline, {{'a name': policy, ...}})."
        )
    return [Arm({"policy": name}, policy) for name, policy in named]


def called(given: Any, otherwise: str) -> tuple[str, Policy]:
    """What a policy is called, and its levers."""
    if isinstance(given, str):
        return given, policy_given(given)
    if _is_named(given):
        (name, policy), *_ = given.items()
        return str(name), policy_given(policy)
    if isinstance(given, Mapping):
        return ", ".join(_told(given)) or "open_opps", policy_given(given)
    return otherwise, policy_given(given)


def _is_named(given: Any) -> bool:
    """Whether something is a dictionary of names to policies, and not one of levers."""
    return isinstance(given, Mapping) and bool(given) and not set(given) & set(Policy.fields())


def _told(given: Mapping[str, Any], path: str = "") -> list[str]:
    """``market.time_cap=0.1`` for nested dictionaries."""
    parts = []
    for name, value in given.items():
        parts += _told(value, f"{path}{name}.") if isinstance(value, Mapping) else [f"{path}{name}={value}"]
    return parts
