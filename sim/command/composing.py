"""From words on the command line to settings, checked before Hydra sees them, so that answers name names."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hydra import main as hydra_main
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, Override
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from sim.errors import ElbowroomError, SettingsError, nearest
from sim.people.read import read
from sim.replacing import OURS, Rules, rules_from
from sim.running import Setup
from sim.settings import Behaviour, OrganizationSpec, Policy, Prices, Scenario, Switches
from sim.settings.declare import value_of
from sim.settings.named import config_dir, contents, names, stacked
from sim.settings.parameters import GROUPS, defaults, known

COMMON = ("org", "policy", "behaviour", "sector", "scenario", "prices")
INSTEAD = {("cap", "behaviour"): "the main job shows several settings of behaviour: study.behaviours=[default,lively]"}

Task = Callable[[DictConfig], None]


def choices(command: str) -> tuple[str, ...]:
    """The groups of named choices that a command has."""
    return (*COMMON, "study") if command == "sweep" else COMMON


def launch(task: Task, name: str, words: list[str]) -> int:
    """Compose the configuration called `name` with the overrides in `words` and run the task with it."""
    checked = check(words, name)
    _read_files(checked)
    ConfigStore.instance().store(name="declared", node=defaults(name))

    failures: list[ElbowroomError] = []

    def job(config: DictConfig) -> None:
        try:
            task(config)
        except ElbowroomError as error:  # told once, in words, after Hydra has let go
            failures.append(error)
        finally:
            _leave_nothing(Path(output_folder()))

    before, full = sys.argv, os.environ.get("HYDRA_FULL_ERROR")
    sys.argv, os.environ["HYDRA_FULL_ERROR"] = [f"elbowroom {name}", *checked], "1"  # errors reach us as they are
    try:
        hydra_main(version_base="1.3", config_path=str(config_dir()), config_name=name)(job)()
    except HydraException as error:
        raise ElbowroomError(str(error).split("\n")[0]) from error
    except OSError as error:
        raise ElbowroomError(
            f"cannot write results to {error.filename} ({error.strerror}). Name a folder that can be written to: "
            "hydra.run.dir=FOLDER."
        ) from error
    finally:
        sys.argv = before
        os.environ.pop("HYDRA_FULL_ERROR")
        if full is not None:
            os.environ["HYDRA_FULL_ERROR"] = full
    if failures:
        raise failures[0]
    return 0


def _read_files(words: list[str]) -> None:
    """A people file, or rules, that cannot be read are told before Hydra has made a folder."""
    overrides = OverridesParser.create().parse_overrides([word for word in words if not word.startswith("-")])
    given = {override.key_or_group: _values(override) for override in overrides}
    for people in filter(None, given.get("org.people", [])):
        for mend in given.get("org.mend", [False]):
            read(str(people), mend=mend)
    for file in filter(None, given.get("study.rules", [])):
        rules_from(str(file))


def _leave_nothing(folder: Path) -> None:
    """A run that did not happen leaves no empty folder."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


# ------------------------------------------------------------------------------------------------------------ checking


def check(words: Iterable[str], command: str = "run") -> list[str]:
    """The words as Hydra may have them; one message names everything that is wrong with them."""
    given = list(words)
    flags = [word for word in given if word.startswith("-")]
    sweeping = any(flag in ("-m", "--multirun") for flag in flags)
    unknown = [flag for flag in flags if flag not in ("-m", "--multirun")]
    faults = [f"There is no option {flag!r}; there is -m, to run several values." for flag in unknown]
    checked = [part for word in given if not word.startswith("-") for part in _checked(word, command, sweeping, faults)]
    if faults:
        raise SettingsError("\n".join(faults))
    return [*flags, *checked]


def _checked(word: str, command: str, sweeping: bool, faults: list[str]) -> list[str]:
    try:
        override = OverridesParser.create().parse_override(word)
    except HydraException:
        faults.append(f"{word!r} cannot be read: expected name=value, such as policy.market.time_cap=0.1.")
        return [word]
    name = override.key_or_group
    if name.startswith("hydra"):
        if instead := _instead(command, name):
            faults.append(f"{word!r}: {instead}.")
        return [word]
    if override.is_delete():
        faults.append(f"{word!r}: settings cannot be taken away, only set.")
    elif override.is_sweep_override() and not sweeping:
        faults.append(f"{word!r} names several values: put -m before it to run each.")
    elif instead := _instead(command, name):
        faults.append(f"{word!r}: {instead}.")
    elif name == "scenario":
        faults += [fault for value in _values(override) if (fault := _bad_stack(value))]
        return [word if command == "sweep" and override.is_sweep_override() else _listed(override, word)]
    elif name in choices(command):
        faults += [fault for value in _values(override) if (fault := _unknown_choice(name, value))]
    elif name in (fields := known(command)):
        faults += [fault for value in _values(override) if (fault := _bad_value(fields[name], value, name))]
    else:
        faults.append(_unknown_name(name, command))
    plain_word = word.lstrip("+")  # what exists is set, not added
    if name in known(command) and known(command)[name].default_factory is dict:
        return [f"~{name}", f"+{plain_word}"]  # named values are replaced, where Hydra would add to them
    return [plain_word]


def _instead(command: str, name: str) -> str:
    """What to set instead of something that this command does not read; empty if it does."""
    if command == "sweep" and name.startswith(("hydra.sweep", "hydra.run")):
        return "a study has one folder, with a store in it: study.folder=FOLDER"
    if command == "sweep" and name.startswith(("hydra/launcher", "hydra.launcher")):
        return "a study has engines of its own: study.engine=threads, processes or dask"
    if name.startswith("laws.") and command != "laws":
        return "only `elbowroom laws` reads this"
    if name.startswith("study.") and name != "study.rules" and command == "laws":
        return "laws have settings of their own: laws.organizations, laws.draws, laws.seed"
    return INSTEAD.get((command, name), "")


def _values(override: Override) -> list[Any]:
    """The values of an override, each of a sweep's if it lists them."""
    value = override.value()
    if not override.is_sweep_override():
        return [value]
    if isinstance(value, ChoiceSweep):
        return list(value.list)
    return []


def _unknown_choice(group: str, value: Any) -> str:
    if isinstance(value, str) and value in names(group):
        return ""
    try:
        contents(group, str(value))
    except SettingsError as error:
        return str(error)
    return ""


def _bad_stack(value: Any) -> str:
    """What is wrong with one scenario, or with several that are put together."""
    try:
        stacked(_stack(value))
    except SettingsError as error:
        return str(error)
    return ""


def _stack(value: Any) -> str:
    """Several scenarios in one word: ``pandemic+hiring_freeze``."""
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed(override: Override, word: str) -> str:
    """Several scenarios as a list, which is how Hydra puts choices together."""
    stacks = [_stack(value) for value in _values(override)]
    if not stacks:
        return word
    return f"scenario={','.join(f'[{stack}]'.replace('+', ',') if '+' in stack else stack for stack in stacks)}"


def _bad_value(field: Any, value: Any, name: str) -> str:
    try:
        value_of(field, str(value) if _is_quoted(value) else value, name)
    except SettingsError as error:
        return str(error)
    return ""


def _is_quoted(value: Any) -> bool:
    return type(value).__name__ == "QuotedString"


def _unknown_name(name: str, command: str = "") -> str:
    """Nearest by the whole path, or by its last word: time_cap is policy.market.time_cap."""
    paths = [*known(command), *choices(command)]
    tail = name.rpartition(".")[2]
    same = [path for path in paths if path.rpartition(".")[2] == tail]
    hint = f" Did you mean {' or '.join(map(repr, same[:3]))}?" if same else nearest(name, paths)
    if not hint:
        tails = {path.rpartition(".")[2]: path for path in paths}
        hint = nearest(tail, tails)
        hint = f" Did you mean {tails[hint.split(chr(39))[1]]!r}?" if hint else ""
    return f"There is no setting {name!r}.{hint} `elbowroom parameters` lists all of them."


# ------------------------------------------------------------------------------------------------------------- reading


def plain(config: DictConfig) -> dict[str, Any]:
    """The composed configuration as nested dictionaries; one message names every bad value."""
    result = OmegaConf.to_container(config, resolve=True)
    assert isinstance(result, dict)
    return {str(name): value for name, value in result.items() if name in GROUPS}


def organization_of(values: dict[str, Any]) -> OrganizationSpec:
    """The organization; one from a people file bears the file's name."""
    spec = OrganizationSpec.made(values["org"], "org")
    return spec.changed("name", Path(spec.people).stem) if spec.people else spec


def setup_of(values: dict[str, Any]) -> Setup:
    return Setup(
        organization_of(values),
        Behaviour.made(values["behaviour"], "behaviour"),
        Switches.made(values["switches"], "switches"),
        rules_of(values),
        Scenario.made(values["scenario"], "scenario"),
    )


def rules_of(values: dict[str, Any]) -> Rules:
    """The model's rules, or those of the file that is named."""
    file = values["study"].get("rules")
    return rules_from(file) if file else OURS


def policy_of(values: dict[str, Any]) -> Policy:
    return Policy.made(values["policy"], "policy")


def prices_of(values: dict[str, Any]) -> Prices:
    return Prices.made(values["prices"], "prices")


def output_folder() -> str:
    from hydra.core.hydra_config import HydraConfig

    return str(HydraConfig.get().runtime.output_dir)


def set_by_hand() -> list[str]:
    """The dotted names that were set on the command line."""
    from hydra.core.hydra_config import HydraConfig

    words = OverridesParser.create().parse_overrides(list(HydraConfig.get().overrides.task))
    return [word.key_or_group for word in words]
