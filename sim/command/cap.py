"""`elbowroom cap`: the main job."""

import time
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from sim.command.composing import launch, organization_of, output_folder, plain, policy_of, rules_of, set_by_hand
from sim.command.progress import introduced, progress, told_drift, told_kept, warmed
from sim.running import Setup
from sim.settings import Behaviour, Scenario, Switches, named
from sim.settings.study import CapStudy
from sim.studies import cap
from sim.studies.kept import Kept
from sim.studies.record import MENDS, write


def task(config: DictConfig) -> None:
    """Run, tell, write."""
    from rich.console import Console

    from sim.reporting import cap as report

    values = plain(config)
    study = CapStudy.made(values["study"], "study")
    setups, policy = setups_of(values, study), policy_of(values)
    arms = len(cap.arms(study, policy))
    size = introduced(next(iter(setups.values())).organization)
    warmed()
    began = time.perf_counter()
    kept = Kept(study.keep)
    with progress("running", study.replicates * len(setups) * arms) as tell:
        found = cap.run(study, setups, policy, tell, kept)
    told_kept(kept)
    folder = Path(output_folder())
    about = write(folder, found, values, time.perf_counter() - began)
    findings = report.Findings(found.summary, study, size, is_one=bool(values["org"]["people"]))
    Console().print(report.answer(findings))
    if drifted := told_drift(found.drift):
        Console().print(drifted)
    report.write(findings, folder, told(about))
    Console().print(f"Figures, data, configuration and manifest: {folder}", soft_wrap=True)


def setups_of(values: dict[str, Any], study: CapStudy) -> dict[str, Setup]:
    """One setup for each setting of behaviour; what was set by hand holds in all of them."""
    spec, switches = organization_of(values), Switches.made(values["switches"], "switches")
    rules, scenario = rules_of(values), Scenario.made(values["scenario"], "scenario")
    by_hand = differences(values["behaviour"], Behaviour().plain())
    for name in set_by_hand():  # a default may be set by hand too
        if name.startswith("behaviour."):
            by_hand = merged(by_hand, nested(name.split(".")[1:], values["behaviour"]))
    habits = {name: merged(named.contents("behaviour", name), by_hand) for name in study.behaviours}
    made = {name: Behaviour.made(h, "behaviour") for name, h in habits.items()}
    return {name: Setup(spec, one, switches, rules, scenario) for name, one in made.items()}


def nested(path: list[str], values: Any) -> Any:
    """The value at the end of a path, in dictionaries of one entry each."""
    return {path[0]: nested(path[1:], values[path[0]])} if path else values


def differences(values: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """The part of nested settings that is not as usual."""
    groups = {name: differences(value, usual[name]) for name, value in values.items() if isinstance(value, dict)}
    single = {n: value for n, value in values.items() if not isinstance(value, dict) and value != usual[n]}
    return {**{name: part for name, part in groups.items() if part}, **single}


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Nested settings of which those in `other` hold."""
    inner = {n: merged(one[n], other[n]) for n in other if n in one and isinstance(other[n], dict)}
    return {**one, **other, **inner}


def told(about: dict[str, Any]) -> dict[str, str]:
    """Provenance for figures: version, commit, command, seed, mends of the people file."""
    mends = about["people"].get("mends", 0)
    return {
        "version": f"elbowroom {about['versions']['elbowroom']}",
        "commit": str(about["commit"]),
        "command": str(about["command"]),
        "seed": str(about["seed"]),
        **({"mends": f"{mends:,} in the people file, listed in {MENDS}"} if mends else {}),
    }


def main(words: list[str] | None = None) -> int:
    import sys

    return launch(task, "cap", sys.argv[1:] if words is None else words)
