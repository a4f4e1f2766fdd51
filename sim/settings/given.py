"""What people give from Python: settings themselves, a name for them, or nested dictionaries; and a seed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.errors import SettingsError
from sim.settings import named
from sim.settings.behaviour import Behaviour
from sim.settings.organization import OrganizationSpec
from sim.settings.policy import Policy
from sim.settings.prices import Prices
from sim.settings.scenario import Scenario


def organization_given(given: Any) -> OrganizationSpec:
    spec: OrganizationSpec = _settings(given, OrganizationSpec, named.organization, "organization")
    return spec


def behaviour_given(given: Any) -> Behaviour:
    behaviour: Behaviour = _settings(given, Behaviour, named.behaviour, "behaviour")
    return behaviour


def policy_given(given: Any) -> Policy:
    policy: Policy = _settings(given, Policy, named.policy, "policy")
    return policy


def scenario_given(given: Any) -> Scenario:
    """A scenario; a list of names stands for all of these together."""
    several = isinstance(given, Sequence) and not isinstance(given, str)
    name = "+".join(str(one) for one in given) or "none" if several else given
    scenario: Scenario = _settings(name, Scenario, named.scenario, "scenario")
    return scenario


def prices_given(given: Any) -> Prices:
    prices: Prices = _settings(given, Prices, named.prices, "prices")
    return prices


def _settings(given: Any, kind: Any, by_name: Any, what: str) -> Any:
    """Settings themselves, or those that a name or nested dictionaries stand for."""
    if isinstance(given, kind):
        return given
    if isinstance(given, str):
        return by_name(given)
    if isinstance(given, Mapping):
        return kind.made(given, what)
    raise SettingsError(f"{what} = {given!r}: expected a name, a {kind.__name__}, or nested dictionaries of settings.")


def seed_given(rng: Any) -> int:
    """The key of all draws."""
    if isinstance(rng, bool) or not isinstance(rng, int | np.integer) or not 0 <= rng < 1 << 62:
        raise SettingsError(
            f"rng = {rng!r}: expected a whole number from 0 to 2^62 - 1: the seed of all draws. (mesa.batch_run gives "
            "each run its own with rng=[1, 2, 3], or, where it has no rng, with parameters={'rng': [1, 2, 3]}.)"
        )
    return int(rng)
