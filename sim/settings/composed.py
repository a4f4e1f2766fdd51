"""From words to settings, as the command line composes them: named choices first, then single values.

Words are a flat mapping: ``{"org": "department", "policy": "red_tape", "policy.market.time_cap": 0.1}``.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sim.errors import SettingsError, nearest
from sim.settings.behaviour import Behaviour
from sim.settings.declare import Settings
from sim.settings.named import config_dir, contents, stacked
from sim.settings.organization import OrganizationSpec
from sim.settings.policy import Policy
from sim.settings.prices import Prices
from sim.settings.scenario import Scenario
from sim.settings.switches import Switches

KINDS: dict[str, type[Settings]] = {
    "org": OrganizationSpec, "policy": Policy, "behaviour": Behaviour, "switches": Switches, "scenario": Scenario,
    "prices": Prices,
}  # fmt: skip
CHOICES = ("org", "policy", "behaviour", "sector", "scenario", "prices")
PACKAGE = re.compile(r"^# @package (\S+)$", re.MULTILINE)
Words = Mapping[str, Any]
Own = Mapping[str, Mapping[str, Mapping[str, Any]]]  # choices of one's own: group, name, nested values


def composed(words: Words, own: Own | None = None) -> dict[str, Settings]:
    """Settings of each kind; one message names everything that is wrong with the words."""
    parts: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    faults = []
    for word, value in words.items():
        kind = home(word)
        if kind in parts:
            parts[kind][word] = value
        else:
            faults.append(f"There is no setting {word!r}.{nearest(word, [*KINDS, 'sector'])}")
    found: dict[str, Settings] = {}
    for kind, part in parts.items():
        try:
            found[kind] = _kept(kind, json.dumps(part, default=str), json.dumps((own or {}).get(kind, {})))
        except SettingsError as error:
            faults.append(str(error))
    if faults:
        raise SettingsError("\n".join(faults))
    return found


def home(word: str) -> str:
    """The kind of settings to which a word belongs; a sector is a matter of behaviour."""
    return "behaviour" if word == "sector" else word.partition(".")[0]


@lru_cache(maxsize=4096)
def _kept(kind: str, words: str, own: str) -> Settings:
    """Settings of one kind: most points of a design differ in one kind only."""
    return _settings(kind, json.loads(words), json.loads(own))


def _settings(kind: str, words: dict[str, Any], own: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    if kind in words:
        name = words[kind]
        merge(values, _chosen(kind, name, own))
    if "sector" in words:
        name = str(words["sector"])
        merge(values, nested(_package("sector", name), contents("sector", name), "behaviour"))
    for word, value in words.items():
        if word not in CHOICES:
            merge(values, nested(word, value, kind))
    found = KINDS[kind].made(values, kind)
    if isinstance(found, OrganizationSpec) and found.people:
        found = found.changed("name", found.people.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    return found


def _chosen(kind: str, name: Any, own: dict[str, Any]) -> Mapping[str, Any]:
    """What stands in a named choice: one of one's own, or a file; of scenarios several may be named."""
    if kind == "scenario":
        name = "+".join(map(str, name)) if isinstance(name, list) else str(name)
        return own[name] if name in own else stacked(name)  # type: ignore[no-any-return]
    return own[name] if name in own else contents(kind, str(name))


def _package(group: str, name: str) -> str:
    """Where the contents of a named choice belong, as its first line tells Hydra."""
    contents(group, name)  # tells whoever misspelt it
    found = PACKAGE.search((config_dir() / group / f"{name}.yaml").read_text(encoding="utf-8"))
    return found[1] if found else group


def nested(path: str, value: Any, below: str) -> dict[str, Any]:
    """The value in dictionaries of one entry each, down a dotted path below a kind of settings."""
    for name in reversed(path.split(".")[1:]):
        value = {name: value}
    if not isinstance(value, dict):
        raise SettingsError(f"{below} = {value!r}: expected a name or settings.")
    return value


def merge(values: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Nested settings, in place, of which those in `more` hold."""
    for name, value in more.items():
        if isinstance(value, Mapping) and isinstance(values.get(name), dict):
            merge(values[name], value)
        else:
            values[name] = dict(value) if isinstance(value, Mapping) else value
