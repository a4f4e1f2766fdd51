"""`elbowroom sweep`: a design in Hydra's override syntax, made one study and run in a store."""

import math
from decimal import Decimal
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, Glob, IntervalSweep, Override, RangeSweep, Transformer
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from sim.command.composing import COMMON, launch
from sim.command.progress import console, introduced, progress, warmed
from sim.errors import SettingsError
from sim.replacing import OURS, rules_from
from sim.settings.named import names
from sim.settings.parameters import known
from sim.settings.study import SweepStudy
from sim.studies.design import Axis, DesignError, Interval, Point, designed, listed, refuse_too_many
from sim.studies.engines import Engine
from sim.studies.files import StudyError
from sim.studies.plan import Plan
from sim.studies.record import MENDS, write_mends
from sim.studies.store import Store
from sim.studies.sweep import Outcome, Shard, Sweep
from sim.studies.task import Failure, people


def main(words: list[str]) -> int:
    """Hydra composes what is fixed, and its sweeper, ours, runs the rest."""
    flags = [word for word in words if word not in ("-m", "--multirun")]
    return launch(lambda config: None, "sweep", ["-m", *flags])


def swept(config: DictConfig, arguments: list[str]) -> Outcome:
    """What the sweeper does with a composed configuration and the overrides of the command line."""
    values = OmegaConf.to_container(config, resolve=False)
    assert isinstance(values, dict)
    study = SweepStudy.made(values["study"], "study")
    choices = {name: choice for name, choice in config.hydra.runtime.choices.items() if name in (*COMMON, "study")}
    fixed, axes = asked(study, choices, parsed(arguments))
    rules = rules_from(study.rules) if study.rules else OURS
    plan = Plan(
        tuple(points(study, axes)), fixed, {}, study.months, study.replicates, study.seed, study.window, study.groups,
        rules, str(Path(study.rules).resolve()) if study.rules else None,
        study.at_end,
    )
    return carried_out(study, plan, folder_of(study, plan, choices.get("study") or "sweep"))


def parsed(words: list[str]) -> list[Override]:
    """The overrides that concern the model; those of the study itself are in the configuration."""
    overrides = OverridesParser.create().parse_overrides(words)
    return [one for one in overrides if one.key_or_group.partition(".")[0] not in ("study", "hydra")]


def asked(
    study: SweepStudy, choices: dict[str, Any], overrides: list[Override]
) -> tuple[dict[str, Any], dict[str, Axis]]:
    """What holds at every point, and what is varied: the command line wins over a named study, that over defaults."""
    usual = {name: choice for name, choice in choices.items() if name in COMMON and choice is not None}
    by_hand = {one.key_or_group: one.value() for one in overrides if not one.is_sweep_override()}
    fixed = {**usual, **study.fixed, **by_hand}
    axes = {path: named_axis(path, values) for path, values in study.axes.items() if path not in by_hand}
    axes.update({one.key_or_group: axis(one) for one in overrides if one.is_sweep_override()})
    return {path: value for path, value in fixed.items() if path not in axes}, axes


def named_axis(path: str, values: Any) -> Axis:
    """The values of a setting in a named study: a list, or words as on the command line."""
    if isinstance(values, list | tuple):
        return list(values)
    try:
        override = OverridesParser.create().parse_override(f"{path}={values}")
    except HydraException:
        override = None
    if override is None or not override.is_sweep_override():
        raise DesignError(f"study.axes.{path} = {values!r}: expected values, such as [0, 0.1] or range(0,1,0.1).")
    return axis(override)


def axis(override: Override) -> Axis:
    """The values that an override names."""
    path, value = override.key_or_group, override.value()
    if isinstance(value, IntervalSweep):
        field = known().get(path)
        return Interval(float(value.start or 0), float(value.end or 0), field is not None and field.type is int)
    if isinstance(value, Glob):
        if path not in COMMON:
            raise DesignError(f"{override.input_line}: glob chooses among names, of {', '.join(COMMON)}.")
        return value.filter(names(path))
    if isinstance(value, RangeSweep):
        if not value.step:
            raise DesignError(f"{override.input_line}: a step of 0 leads nowhere.")
        return numbers(path, *(Decimal(str(limit or 0)) for limit in (value.start, value.stop, value.step)))
    assert isinstance(value, ChoiceSweep)
    return [Override._convert_value(one) for one in override.sweep_iterator(Transformer.identity)]


def numbers(path: str, start: Decimal, stop: Decimal, step: Decimal) -> list[Any]:
    """From `start` until before `stop`, in decimals: three steps of 0.1 come to 0.3."""
    count = max(0, math.ceil((stop - start) / step))
    refuse_too_many(count, f"of {path} alone")
    found = [start + step * number for number in range(count)]
    whole = all(number == int(number) for number in (start, step))
    return [int(number) if whole else float(number) for number in found]


def points(study: SweepStudy, axes: dict[str, Axis]) -> list[Point]:
    """The points of the design that is asked for."""
    if not study.points and study.design != "list":
        return designed(study.design, axes, study.samples, study.seed)
    if not study.points:
        raise DesignError("study.design=list needs a CSV file: study.points=FILE, a column for each setting.")
    if axes or study.design not in ("list", "grid"):
        more = ", ".join(axes) or f"study.design={study.design}"
        raise DesignError(f"study.points names all points, so nothing else is varied: {more}.")
    return listed(study.points)


def folder_of(study: SweepStudy, plan: Plan, name: str) -> Path:
    """Where the store stands: the same for the same question, so that asking again goes on."""
    shard = Shard.parsed(study.shard)
    part = f"-{shard.number}of{shard.of}" if shard.of > 1 else ""
    return Path(f"{study.folder or Path('results') / f'{name}-{plan.name()}'}{part}")


def carried_out(study: SweepStudy, plan: Plan, folder: Path) -> Outcome:
    """Run a plan before somebody's eyes."""
    if study.on_error not in ("go_on", "stop"):
        raise SettingsError(f"study.on_error = {study.on_error!r}: expected go_on or stop.")
    engine, shard = Engine(study.engine, study.threads, study.address), Shard.parsed(study.shard)
    resolved = plan.resolved()  # whatever is wrong is told before half a minute of compiling
    files = {one.setup.organization for one in resolved if one.setup.organization.people}
    for spec in files:
        introduced(spec)
    warmed()
    with progress(folder.name) as tell:
        sweep = Sweep(engine, shard, study.on_error == "stop", tell.begin, tell, told)
        outcome = sweep.run(plan, folder, study.fresh)
    store = Store(folder)
    if mends := [mend for spec in files for mend in people(spec).mends]:
        write_mends(folder / MENDS, mends)
    again = f" {outcome.before:,} were finished before." if outcome.before else ""
    console.print(f"{outcome.runs:,} runs of {len(plan.points):,} points stored.{again}", highlight=False)
    print(f"Table, design, failures and journal: {store.folder}\n`elbowroom report {store.folder}` shows them.")
    if outcome.failed:
        raise StudyError(
            f"{outcome.failed:,} runs failed: `elbowroom status {folder}` tells why. The same command tries them again."
        )
    return outcome


def told(failure: Failure) -> None:
    """A failure is shown at once."""
    where = f"Failed ({failure.stage}, replicate {failure.replicate})"
    console.print(f"{where}: {failure.message}", markup=False, style="red")
