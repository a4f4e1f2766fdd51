"""Named settings: the small deltas that stand as files in `configs/`."""

from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from sim.errors import SettingsError, nearest
from sim.settings.behaviour import Behaviour
from sim.settings.organization import OrganizationSpec
from sim.settings.policy import Policy
from sim.settings.prices import Prices
from sim.settings.scenario import Scenario


def config_dir() -> Path:
    """The configuration files: inside the package when it is installed, beside it in a clone."""
    inside = Path(__file__).resolve().parents[1] / "configs"
    return inside if inside.is_dir() else inside.parents[1] / "configs"


def names(group: str) -> list[str]:
    """The names that a group of configurations has."""
    return sorted(file.stem for file in (config_dir() / group).glob("*.yaml"))


def contents(group: str, name: str) -> dict[str, Any]:
    """What stands in a named configuration; an unknown name is answered with the nearest."""
    file = config_dir() / group / f"{name}.yaml"
    if not file.is_file():
        raise SettingsError(
            f"{group} = {name!r}: there is no such {group}.{nearest(name, names(group))} "
            f"There are {', '.join(names(group))}."
        )
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}


def about(group: str, name: str) -> str:
    """What the file of a named configuration says of it: the comment at its head, without the command that uses it."""
    contents(group, name)  # tells whoever misspelt it
    lines = (config_dir() / group / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    comment = [line.lstrip("# ") for line in takewhile(lambda line: line.startswith("#"), lines)]
    return " ".join(line for line in comment if not line.startswith(("elbowroom ", "@package ")))


def policy(name: str) -> Policy:
    """A named policy, such as ``open_opps``."""
    return Policy.made(contents("policy", name), f"policy {name}")


def behaviour(name: str) -> Behaviour:
    """A named setting of behaviour: ``default`` or ``lively``."""
    return Behaviour.made(contents("behaviour", name), f"behaviour {name}")


def scenario(name: str) -> Scenario:
    """A named scenario, such as ``pandemic``, or several: ``pandemic+hiring_freeze``."""
    return Scenario.made(stacked(name), f"scenario {name}")


def stacked(name: str) -> dict[str, Any]:
    """What stands in one or several named scenarios together; no two of them may be about the same."""
    found: dict[str, Any] = {}
    whose: dict[str, str] = {}
    for one in name.split("+"):
        for group, values in contents("scenario", one.strip()).items():
            if group in whose:
                raise SettingsError(
                    f"scenario = {name!r}: {whose[group]} and {one} both set {group}, and only one of them can hold."
                )
            found[group], whose[group] = values, one
    return found


def organization(name: str) -> OrganizationSpec:
    """A named organization, such as ``agency``."""
    return OrganizationSpec.made(contents("org", name), f"org {name}")


def prices(name: str) -> Prices:
    """Named prices, such as ``default`` or ``at_cost``."""
    return Prices.made(contents("prices", name), f"prices {name}")
