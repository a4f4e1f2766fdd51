"""`elbowroom run`: one policy against the status quo; several, with -m, as a sweep."""

import time
from pathlib import Path

from omegaconf import DictConfig

from sim.command.composing import launch, output_folder, plain, policy_of, setup_of
from sim.command.progress import introduced, progress, told_drift, told_kept, warmed
from sim.settings import STATUS_QUO
from sim.settings.study import Study
from sim.studies.kept import Kept
from sim.studies.record import write
from sim.studies.replicates import Arm, replicates


def task(config: DictConfig) -> None:
    """Run, tell, write."""
    from rich.console import Console

    from sim.reporting.levels import against

    values = plain(config)
    setup, policy = setup_of(values), policy_of(values)
    study = Study.made({name: values["study"][name] for name in Study.fields()}, "study")
    arms = [Arm({"policy": "status quo"}, STATUS_QUO), Arm({"policy": "policy"}, policy)]
    introduced(setup.organization)
    warmed()
    began = time.perf_counter()
    kept = Kept(study.keep)
    with progress(f"{setup.organization.name}", study.replicates * len(arms)) as tell:
        found = replicates(
            {"run": setup}, arms, study.replicates, study.seed, study.months, study.threads or None, tell, keep=kept
        )
    told_kept(kept)
    folder = Path(output_folder())
    write(folder, found, values, time.perf_counter() - began)
    is_one = bool(values["org"]["people"])
    Console().print(against(found.summary, study.months, policy, is_one, setup.scenario), soft_wrap=False)
    if drifted := told_drift(found.drift):
        Console().print(drifted)
    Console().print(f"Data, configuration and manifest: {folder}")


def main(words: list[str] | None = None) -> int:
    import sys

    given = sys.argv[1:] if words is None else words
    if {"-m", "--multirun"} & set(given):  # several are a study, with a store and one process tree
        from sim.command.sweep import main as sweep

        return sweep(given)
    return launch(task, "run", given)
