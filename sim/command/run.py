"""`elbowroom run`: one policy against the status quo; several, with -m, as a sweep."""

import time
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from sim.command.cap import told as origin
from sim.command.composing import launch, output_folder, plain, policy_of, prices_of, setup_of
from sim.command.progress import introduced, progress, told_drift, told_kept, warmed
from sim.settings import STATUS_QUO, Prices
from sim.settings.study import Study
from sim.studies.kept import Kept
from sim.studies.money import money_effects, turns
from sim.studies.record import write
from sim.studies.replicates import Arm, Results, replicates


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
    about = write(folder, found, values, time.perf_counter() - began)
    is_one = bool(values["org"]["people"])
    Console().print(against(found.summary, study.months, policy, is_one, setup.scenario), soft_wrap=False)
    told_money(found, prices_of(values), folder, about)
    if drifted := told_drift(found.drift):
        Console().print(drifted)
    Console().print(f"Data, configuration and manifest: {folder}")


def told_money(found: Results, prices: Prices, folder: Path, about: dict[str, Any]) -> None:
    """What the policy comes to in money, as a table, a figure and a file."""
    from rich.console import Console

    from sim.reporting import money
    from sim.reporting.style import save
    from sim.studies.wording import runs

    base = {"policy": "status quo"}
    effects = money_effects(found, base, prices)
    effects.to_csv(folder / "money.csv", index=False)
    n = runs(str(found.summary.replicate.nunique()), None)
    save(money.parts(effects, prices, "the status quo", n), folder, "money", {"title": "money", **origin(about)})
    Console().print(money.shown(effects, turns(found, base, prices), prices, "status quo"))


def main(words: list[str] | None = None) -> int:
    import sys

    given = sys.argv[1:] if words is None else words
    if {"-m", "--multirun"} & set(given):  # several are a study, with a store and one process tree
        from sim.command.sweep import main as sweep

        return sweep(given)
    return launch(task, "run", given)
