"""Completion: what may follow the words typed so far. `eval "$(elbowroom completion)"` teaches it to bash and zsh."""

import os
from enum import IntEnum

from sim.command import COMMANDS
from sim.settings.named import names
from sim.settings.parameters import known

SCRIPT = """\
[ -z "$ZSH_VERSION" ] || { autoload -U +X bashcompinit && bashcompinit; }
complete -o nospace -o default -C 'elbowroom completion' elbowroom
"""
NAMED = ("org", "policy", "behaviour", "sector", "scenario", "prices")
OWN = {"career": ("person=", "versus="), "compare": ("baseline=", "measures=", "windows=", "groups=", "until=")}
WITHOUT_SETTINGS = ("extend", "merge", "status", "report", "parameters", "phases", "warm", "completion")


def main(rest: list[str]) -> int:
    """The script; or, when a shell asks (it then sets COMP_LINE), what may come next, one a line."""
    if "COMP_LINE" not in os.environ:
        print(SCRIPT, end="")
        return 0
    line = os.environ["COMP_LINE"]
    *before, typed = line[: int(os.environ.get("COMP_POINT", len(line)))].split(" ")
    found = candidates(before[1:], typed)
    cut = typed.rfind("=") + 1  # shells take what follows "=" for a word of its own
    print("\n".join(word[cut:] for word in found))
    return 0


def candidates(before: list[str], typed: str) -> list[str]:
    """Words that may stand where `typed` has been begun, after the words before it."""
    if not before:
        return [f"{name} " for name in COMMANDS if name.startswith(typed)]
    if before[0] in WITHOUT_SETTINGS or before[0] not in COMMANDS:
        return []
    name, equals, _ = typed.partition("=")
    if equals:
        return [f"{name}={value} " for value in values(name) if f"{name}={value}".startswith(typed)]
    settings = [f"{group}=" for group in NAMED] + [*OWN.get(before[0], ())] + [f"{path}=" for path in known(before[0])]
    return [setting for setting in settings if setting.startswith(typed)]


def values(name: str) -> list[str]:
    """What a setting may be, if that can be listed."""
    if name in NAMED:
        return names(name)
    if name in ("versus", "baseline"):
        return names("policy")
    kind = known()[name].type if name in known() else None
    if kind is bool:
        return ["true", "false"]
    return [choice.name for choice in kind] if isinstance(kind, type) and issubclass(kind, IntEnum) else []
