"""One policy against the status quo, as a table in the terminal."""

from typing import TYPE_CHECKING

from sim.measures import MEASURES
from sim.settings import CALM, STATUS_QUO, Policy, Scenario
from sim.studies.estimates import Estimate, chosen, effect, estimate

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

SHOWN = (
    "participation", "time_away", "projects", "needs_met", "asks", "silence", "approval", "latency", "rejections",
    "expressed_desire", "rationalization", "involuntary_stayers", "resigned_stayers", "surveyed_stayers",
    "skills_beyond", "ties_across", "engagement", "stress", "overloaded", "delivery", "panel", "hoarding_index",
    "mobility", "internal_fills", "turned_down", "blocked", "quits",
)
AGILITY = (
    "staffed_1", "staffed_2", "staffed_3", "by_volunteers", "by_call_up", "by_consultants", "core_missed", "paused",
)  # fmt: skip


def against(
    frame: "pd.DataFrame", months: int, policy: Policy, is_one: bool = False, scenario: Scenario = CALM
) -> "Table":
    """Level under the policy and effect against the status quo, each with its 95 % interval and n."""
    from rich.table import Table

    everyone = chosen(frame, {"group": "everyone", "window": "all"})
    n = everyone.replicate.nunique()
    what = "replicates of one organization" if is_one else "organizations"
    table = Table(
        title=f"{months} months under the policy, {n} {what}, 95 % intervals in brackets",
        caption=f"Policy: {difference(policy)}. Scenario: {happening(scenario)}.\n"
        "An effect whose brackets span 0 cannot be told from none (grey).\n"
        "Intervals are those of each measure alone.",
        title_justify="left", caption_justify="left", box=None, header_style="bold", pad_edge=False,
    )
    for heading in ("", "under the policy", "against the status quo"):
        words = not heading
        table.add_column(heading, justify="left" if words else "right", no_wrap=not words, overflow="fold")
    for name in (*SHOWN, *(AGILITY if scenario.demand.share else ())):
        here = estimate(chosen(everyone, {"policy": "policy"})[name])
        change = effect(everyone, name, {"policy": "policy"}, {"policy": "status quo"})
        style = "" if change.is_clear else "dim"
        label = f"{MEASURES[name].label}, {MEASURES[name].unit}"
        table.add_row(label, spelled(here), spelled(change, sign=True), style=style)
    return table


def spelled(found: Estimate, sign: bool = False) -> str:
    """A number with its interval, to the digits that the interval allows; a dash where nothing was there."""
    if not found.n:
        return "–"
    if found.mean == found.low == found.high == 0:
        return "0 in every replicate"
    width = max(abs(found.high - found.low), 1e-12) if found.n > 1 else abs(found.mean)
    digits = min(6, max(0, 1 - _exponent(width)))
    form = f"{'+' if sign else ''}.{digits}f"
    return f"{found.mean:{form}} [{found.low:.{digits}f}, {found.high:.{digits}f}]".replace("-", "−")


def _exponent(x: float) -> int:
    import math

    return math.floor(math.log10(x)) if x > 0 else 0


def difference(policy: Policy) -> str:
    """The levers that differ from the status quo, in words."""
    old = dict(_flat(STATUS_QUO))
    changed = [f"{path} = {value}" for path, value in _flat(policy) if value != old[path]]
    return ", ".join(changed) or "the status quo itself"


def happening(scenario: Scenario) -> str:
    """The settings of a scenario that are not at their defaults, in words."""
    usual = dict(_flat(CALM))
    return ", ".join(f"{path} = {value}" for path, value in _flat(scenario) if value != usual[path]) or "none"


def _flat(settings: Policy | Scenario) -> list[tuple[str, object]]:
    nested = settings.plain()
    return [(f"{group}.{name}", value) for group, levers in nested.items() for name, value in levers.items()]
