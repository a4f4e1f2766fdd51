"""`elbowroom compare`: policies beside a baseline, with the same people and the same luck."""

import sys
import time
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import HydraException
from omegaconf import DictConfig

from sim.command.cap import merged, nested
from sim.command.cap import told as origin
from sim.command.composing import check, launch, output_folder, plain, prices_of, set_by_hand, setup_of
from sim.command.progress import introduced, progress, told_drift, told_kept, warmed
from sim.errors import SettingsError, nearest
from sim.settings import Policy, Prices, named
from sim.settings.study import Study
from sim.studies.kept import Kept
from sim.studies.record import write

OWN: dict[str, Any] = {
    "baseline": "status_quo", "policy": ["open_opps"], "measures": None, "windows": "all", "groups": "everyone",
    "until": None, "half_width": None, "relative": None, "max_replicates": 400,
}  # fmt: skip


def main(words: list[str] | None = None) -> int:
    given = sys.argv[1:] if words is None else words
    if {"-m", "--multirun"} & set(given):
        raise SettingsError("several policies are compared in one run: policy=open_opps,red_tape, without -m.")
    own, by_hand, rest = sorted_out(given)
    baseline = _baseline(own["baseline"], by_hand)
    asked = _asked(own, baseline)  # what is misspelt is told before anything runs

    def task(config: DictConfig) -> None:
        """Run, tell, write."""
        from rich.console import Console

        from sim.reporting import comparison as report

        sys.argv = ["elbowroom compare", *given]  # as it is noted down; what Hydra had were the settings alone
        values = plain(config)
        study = Study.made({name: values["study"][name] for name in Study.fields()}, "study")
        setup, arms = setup_of(values), _policies(own["policy"], values["policy"])
        introduced(setup.organization)
        warmed()
        began = time.perf_counter()
        found = _run(setup, prices_of(values), (baseline, arms), study, asked, own["max_replicates"])
        folder = Path(output_folder())
        settings = {**values, "compare": _plain(own, by_hand)}
        about = write(folder, found.results, settings, time.perf_counter() - began)
        Console().print(report.shown(found))
        if drifted := told_drift(found.results.drift):
            Console().print(drifted)
        report.write(found, folder, origin(about))
        Console().print(f"Figures, data, configuration and manifest: {folder}", soft_wrap=True)

    return launch(task, "compare", [f"policy={own['policy'][0]}", *rest])


def _run(setup: Any, prices: Prices, policies: Any, study: Study, asked: dict[str, Any], most: int) -> Any:
    from sim.studies.compare import compare

    (name, baseline), arms = policies
    until = asked.get("until")
    total = (most if until else study.replicates) * (1 + len(arms))
    kept = Kept(study.keep)
    with progress(f"running, until {until}" if until else "running", total) as tell:
        found = compare({name: baseline}, arms, setup=setup, replicates=study.replicates, months=study.months,
                        seed=study.seed, max_replicates=most, threads=study.threads or None, tell=tell, keep=kept,
                        prices=prices, **asked)  # fmt: skip
    told_kept(kept)
    return found


# ----------------------------------------------------------------------------------------------------------- the words


def sorted_out(words: list[str]) -> tuple[dict[str, Any], list[str], list[str]]:
    """Words of this command by name; those that set levers of the baseline; and all others, which are settings."""
    own, by_hand = dict(OWN), []
    rest: list[str] = []
    faults: list[str] = []
    for word in words:
        name = word.split("=")[0]
        if name.startswith("baseline.") and "=" in word:
            by_hand.append(f"policy.{word.removeprefix('baseline.')}")
        elif name in OWN and "=" in word:
            own[name] = _value(word, faults)
        elif "." not in name and "=" in word and (near := nearest(name, OWN)) and not _is_setting(word):
            faults.append(f"There is no setting {name!r}.{near}")
        else:
            rest.append(word)
    own["policy"] = own["policy"] if isinstance(own["policy"], list) else str(own["policy"]).split(",")
    faults += _faults([*(f"policy={one}" for one in own["policy"]), *rest])
    faults += [fault.replace("policy", "baseline") for fault in _faults([f"policy={own['baseline']}", *by_hand])]
    if faults:
        raise SettingsError("\n".join(faults))
    return own, by_hand, rest


def _value(word: str, faults: list[str]) -> Any:
    """The value of a word; ``a,b`` is a list here."""
    name, _, text = word.partition("=")
    try:
        is_list = "," in text and text[0] not in "[{"
        given = OverridesParser.create().parse_override(f"{name}=[{text}]" if is_list else word)
    except HydraException:
        faults.append(f"{word!r} cannot be read: expected {name}=value or {name}=[value,value].")
        return OWN[name]
    return given.value()


def _is_setting(word: str) -> bool:
    return not _faults([word])


def _faults(words: list[str]) -> list[str]:
    """What is wrong with settings."""
    try:
        check(words, "compare")
    except SettingsError as error:
        return str(error).split("\n")
    return []


def _baseline(name: str, by_hand: list[str]) -> tuple[str, Policy]:
    """What the baseline is called, and its levers."""
    levers = named.contents("policy", str(name))
    for override in OverridesParser.create().parse_overrides(by_hand):
        path = override.key_or_group.split(".")[1:]
        levers = merged(levers, _deep(path, override.value()))
    return _called(name, by_hand), Policy.made(levers, "baseline")


def _policies(names: list[str], composed: dict[str, Any]) -> dict[str, Policy]:
    """Every policy with the levers that were set by hand, which hold in all of them."""
    paths = [name.split(".")[1:] for name in set_by_hand() if name.startswith("policy.")]
    by_hand: dict[str, Any] = {}
    for path in paths:
        by_hand = merged(by_hand, nested(path, composed))
    words = [f"policy.{'.'.join(path)}={_at(composed, path)}" for path in paths]
    levers = {_called(name, words): merged(named.contents("policy", name), by_hand) for name in names}
    return {name: Policy.made(some, "policy") for name, some in levers.items()}


def _called(name: str, by_hand: list[str]) -> str:
    """``open_opps, market.time_cap=0.1``."""
    return ", ".join([str(name), *(word.removeprefix("policy.") for word in by_hand)])


def _deep(path: list[str], value: Any) -> Any:
    return {path[0]: _deep(path[1:], value)} if path else value


def _at(values: Any, path: list[str]) -> Any:
    return _at(values[path[0]], path[1:]) if path else values


def _asked(own: dict[str, Any], baseline: tuple[str, Policy]) -> dict[str, Any]:
    """What is read and waited for, as `compare` takes it; measures, groups and sizes are checked."""
    from sim.studies.compare import SHOWN
    from sim.studies.reading import groups_given, listed, measures_given
    from sim.studies.stopping import Until

    measures = measures_given(own["measures"] or SHOWN)
    until = None
    if own["until"]:
        measures = tuple(dict.fromkeys([*measures, *measures_given(own["until"])]))
        until = Until.given({"measure": own["until"], **{n: own[n] for n in ("half_width", "relative") if own[n]}})
    elif own["half_width"] or own["relative"]:
        raise SettingsError("half_width and relative say how narrow an interval shall be: of what? until=delivery.")
    most = own["max_replicates"]
    if isinstance(most, bool) or not isinstance(most, int) or most < 2:
        raise SettingsError(f"max_replicates = {most!r}: expected a whole number, 2 or more.")
    windows = own["windows"] if isinstance(own["windows"], dict) else listed(own["windows"])
    return {"measures": measures, "windows": windows, "groups": groups_given(own["groups"]), "until": until}


def _plain(own: dict[str, Any], by_hand: list[str]) -> dict[str, Any]:
    """What this command was given, for config.yaml."""
    levers = [word.replace("policy.", "baseline.", 1) for word in by_hand]
    return {**{name: value for name, value in own.items() if value is not None}, "levers of the baseline": levers}
