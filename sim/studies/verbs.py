"""From Python: build an organization, run it under a policy, sweep over many points. Hydra is not needed."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import SettingsError
from sim.replacing import OURS, Rules
from sim.running import Run, Setup, burn_in, forked
from sim.settings import AGENCY, Behaviour, OrganizationSpec, Policy, Switches
from sim.settings.declare import Settings
from sim.settings.given import behaviour_given, organization_given, policy_given, scenario_given, seed_given
from sim.settings.parameters import known
from sim.studies.design import Axis, Interval, Point, designed, listed
from sim.studies.engines import Engine
from sim.studies.files import StudyError
from sim.studies.plan import Plan
from sim.studies.store import Store
from sim.studies.sweep import Sweep
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("org", "policy", "behaviour", "switches", "scenario", "prices")
Given = str | Mapping[str, Any] | Settings


def build(
    org: str | Mapping[str, Any] | OrganizationSpec = AGENCY,
    behaviour: str | Mapping[str, Any] | Behaviour = "default",
    seed: int = 1,
    switches: Switches | None = None,
    rules: Rules = OURS,
) -> World:
    """An organization that has lived under the status quo and stands at month 0, ready for `run`."""
    setup = Setup(organization_given(org), behaviour_given(behaviour), switches or Switches(), rules)
    return burn_in(setup, seed_given(seed))


def run(
    policy: str | Mapping[str, Any] | Policy = "open_opps", world: World | None = None, months: int = 60,
    rules: Rules = OURS, keep: bool = False, scenario: Any = "none", **setup: Any,
) -> Run:
    """What happens under a policy: `sim.measures.summary` and `monthly` read it.

    Parameters
    ----------
    policy : a name, settings, or nested dictionaries
    world : as `build` gives it; it stays as it is, so that several policies start from the same. Else one is built
        from `setup` (org, behaviour, seed, switches).
    keep : whether the run keeps the state at the end
    scenario : what comes from outside: a name, a list of names, settings, or nested dictionaries
    """
    if world is not None and setup:
        raise SettingsError(f"A world was given, which has its {' and '.join(setup)} already.")
    shocks = scenario_given(scenario).within(months)
    start = build(rules=rules, **setup) if world is None else world
    return forked(
        start, policy_given(policy), months, keep=keep, rules=rules, scenario=shocks, last=world is None
    )


def sweep(
    axes: Mapping[str, Any] | Sequence[Point] | str | Path,
    *,
    design: str = "grid",
    samples: int = 0,
    org: Given = "agency",
    policy: Given = "open_opps",
    behaviour: Given = "default",
    scenario: Given | Sequence[str] = "none",
    fixed: Mapping[str, Any] | None = None,
    months: int = 60,
    replicates: int = 16,
    seed: int = 1,
    window: int = 12,
    groups: Sequence[str] = ("everyone", "participants", "lending_teams", "cohort"),
    at_end: bool = False,
    rules: Rules = OURS,
    engine: str | Engine = "threads",
    workers: int = 0,
    folder: str | Path | None = None,
) -> "pd.DataFrame":
    """Run many points, each in replicates on common random numbers.

    Parameters
    ----------
    axes : dotted path to values: ``{"policy.market.time_cap": [0, 0.1], "policy": ["open_opps", "red_tape"]}``. A
        policy, behaviour or organization of one's own stands there under a name: ``{"policy": {"mine": {...}}}``.
        A pair of numbers as `Interval(low, high)` for designs that sample. Or a list of points, or a CSV file of them.
    design, samples : grid, zip, latin, sobol or morris, and how many points
    org, policy, behaviour, scenario, fixed : what holds at every point, where nothing else is said
    months, replicates, seed, window, groups, at_end : as in `SweepStudy`
    rules : rules of one's own
    engine, workers : threads, processes or dask, or an `Engine`
    folder : of the store; a study that stands there goes on. Without one nothing is kept but the frame.

    Returns
    -------
    DataFrame as `Store.table` gives it. Runs that failed are missing; if all did, the first is told.
    """
    stack: Any = "+".join(scenario) if isinstance(scenario, list | tuple) else scenario
    own, words = named({"org": org, "policy": policy, "behaviour": behaviour, "scenario": stack}, fixed or {})
    points = _points(axes, design, samples, seed, own)
    varied = {path for point in points for path in point}
    words = {path: value for path, value in words.items() if path not in varied}
    plan = Plan(tuple(points), words, own, months, replicates, seed, window, tuple(groups), rules, rules.file or None,
                at_end)  # fmt: skip
    hand = engine if isinstance(engine, Engine) else Engine(engine, workers)
    if folder is not None:
        return _swept(plan, hand, Path(folder))
    with tempfile.TemporaryDirectory() as aside:
        return _swept(plan, hand, Path(aside) / "study")


def _swept(plan: Plan, engine: Engine, folder: Path) -> "pd.DataFrame":
    outcome = Sweep(engine).run(plan, folder)
    store = Store(folder)
    if outcome.failed and not store.files():
        first = store.failures().iloc[0]
        raise StudyError(f"Every run failed; the first in {first['stage']}: {first['message']}\n{first['traceback']}")
    return store.table()


def named(choices: Mapping[str, Given], fixed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Settings of one's own by name, and the words that hold at every point."""
    own: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for group, given in choices.items():
        if isinstance(given, str):
            words[group] = given
        else:
            words[group] = "given"
            own.setdefault(group, {})["given"] = _values(given)
    return own, {**words, **fixed}


def _points(axes: Any, design: str, samples: int, seed: int, own: dict[str, Any]) -> list[Point]:
    """The points of a design; settings of one's own among them are noted by name."""
    if isinstance(axes, str | Path):
        return listed(axes)
    if not isinstance(axes, Mapping):
        return [dict(point) for point in axes]
    return designed(design, {path: _axis(path, values, own) for path, values in axes.items()}, samples, seed)


def _axis(path: str, values: Any, own: dict[str, Any]) -> Axis:
    if isinstance(values, Interval):
        field = known().get(path)
        return Interval(values.low, values.high, field is not None and field.type is int)
    if isinstance(values, Mapping):
        if path not in GROUPS:
            raise SettingsError(f"{path} = {dict(values)!r}: expected a list of values.")
        own.setdefault(path, {}).update({name: _values(given) for name, given in values.items()})
        return list(values)
    if isinstance(values, str) or not hasattr(values, "__len__"):
        raise SettingsError(f"{path} = {values!r}: expected a list of values, such as [{values!r}].")
    return list(values)


def _values(given: Any) -> dict[str, Any]:
    """Settings as nested dictionaries."""
    return given.plain() if isinstance(given, Settings) else dict(given)
