"""Measures in plain words, and numbers as people read them."""

import math
from dataclasses import dataclass

from sim.measures import MEASURES
from sim.studies.estimates import Estimate

MINUS = "−"
NOT_TOLD = "not told apart"


@dataclass(frozen=True)
class Wording:
    """How one measure is told.

    Attributes
    ----------
    measure, label : its name in frames, and plain words.
    unit, change : unit of its levels and of its differences.
    scale : what the frame's values are multiplied by to come into that unit.
    better : +1 if those concerned call more of it a gain, -1 if a cost, 0 if that depends.
    """

    measure: str
    label: str
    unit: str
    change: str
    scale: float = 1.0
    better: int = 0

    @property
    def sense(self) -> str:
        """Which way is good, in words for the margin of a panel."""
        return {1: "more is better", -1: "less is better"}.get(self.better, "")


def _share(measure: str, label: str, of: str, better: int) -> Wording:
    return Wording(measure, label, f"% of {of}", "percentage points", 100.0, better)


def _index(measure: str, label: str, better: int) -> Wording:
    """A state from 0 to 1 is told from 0 to 100: effects of a few thousandths cannot be read."""
    return Wording(measure, label, "points of 100", "points of 100", 100.0, better)


def _hundred(measure: str, label: str, unit: str, better: int) -> Wording:
    return Wording(measure, label, unit, unit, 100.0, better)


def _plain(measure: str, label: str, unit: str, better: int) -> Wording:
    return Wording(measure, label, unit, unit, 1.0, better)


GIVES = (
    _share("participation", "people on a project", "people", 1),
    _share("needs_met", "needs met by projects", "needs", 1),
    _index("expressed_desire", "stated wish for new work", 1),
    _share("resigned_stayers", "long in post and resigned", "people", -1),
    _hundred("ties_across", "ties to other departments", "ties per 100 people", 1),
    _hundred("skills_beyond", "skills beyond the job", "SD per 100 people", 1),
    _plain("light", "hidden talent brought to light", "SD per 100 employee-years", 1),
    _index("belonging", "belonging", 1),
    _plain("innovations", "innovations", "per 100 employee-years", 1),
)
COSTS = (
    _share("time_away", "time given to projects", "contracted time", -1),
    Wording("delivery", "work delivered by teams", "% of a settled worker's", "percentage points", 100.0, 1),
    _share("overloaded", "overloaded people", "people", -1),
    _index("stress", "stress", -1),
    _index("expected_support", "expected manager support", 1),
    _plain("rejections", "rejections by posters", "per 100 employee-years", -1),
    _share("silence", "silent despite a wish", "those who could ask", -1),
    _index("target_pressure", "pressure on managers", -1),
    _index("manager_hoarding", "managers' hoarding", -1),
    _hundred("outside_pull", "pull of the labour market", "SD per 100 people", -1),
)
FTE_MONTHS = "FTE-months per 100 employee-years"
BALANCE = (  # what can be held against each other, in one unit
    _plain("worth", "worth of needs met", FTE_MONTHS, 1),
    _plain("core_work", "core work of teams", FTE_MONTHS, 1),
    _plain("work_and_worth", "both together (net)", FTE_MONTHS, 1),
)
GROUPS = (("What it gives", GIVES), ("What it costs", COSTS), ("In one unit", BALANCE))
ALL = {wording.measure: wording for _, group in GROUPS for wording in group}

PERMISSIONS = {"none": "no permission", "tickbox": "tick box", "form": "form", "chain": "chain of approvals"}
A_PERMISSION = {"none": "no permission", "tickbox": "a tick box", "form": "a form", "chain": "a chain of approvals"}
SETTINGS = {"default": "little participation, as in reality", "lively": "the upper bound seen in practice"}


def wording(measure: str) -> Wording:
    """The words for a measure; those of its declaration where this report has none of its own."""
    if measure in ALL:
        return ALL[measure]
    known = MEASURES[measure]
    if known.is_share:
        return Wording(measure, known.label, known.unit.replace("share", "%", 1), "percentage points", 100.0,
                       known.better)
    return _plain(measure, known.label, known.unit, known.better)


def scaled(found: Estimate, by: float) -> Estimate:
    """The estimate in another unit."""
    return Estimate(found.mean * by, found.low * by, found.high * by, found.n)


def decimals(found: Estimate) -> int:
    """Decimal places: three figures of the largest number, but one or two of the interval's half-width."""
    half = (found.high - found.low) / 2
    large = max((abs(x) for x in (found.mean, found.low, found.high) if math.isfinite(x)), default=0.0)
    wanted = _places(large, 3)
    if half > 1e-9 * large:  # less is rounding
        wanted = min(max(wanted, _places(half, 1)), _places(half, 2))
    return min(max(wanted, 0), 9)


def _places(value: float, figures: int) -> int:
    return figures - 1 - math.floor(math.log10(value)) if value > 0 else 0


def number(value: float, places: int, signed: bool = False) -> str:
    """A number with a true minus sign; a value that rounds to 0 has no sign."""
    if math.isnan(value):
        return "missing"
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def with_interval(found: Estimate, signed: bool = True, unit: str = "") -> str:
    """``−0.6 percentage points (−0.8 to −0.4)``."""
    places, unit = decimals(found), spaced(unit)
    mean = number(found.mean, places, signed) + unit
    if found.n < 2:
        return f"{mean} (no interval: n = {found.n})"
    return f"{mean} ({number(found.low, places, signed)} to {number(found.high, places, signed)})"


def with_margin(found: Estimate, signed: bool = True) -> str:
    """``−0.6 ±0.2``: the same in short, since the interval is symmetric; narrow columns break before the ±."""
    places = decimals(found)
    mean = number(found.mean, places, signed)
    return mean if found.n < 2 else f"{mean} ±{number(found.high - found.mean, places)}"


def spaced(unit: str) -> str:
    return f" {unit}" if unit else ""


def size(value: float, unit: str = "") -> str:
    """A single magnitude with two figures: ``0.34 percentage points``."""
    return number(value, min(max(_places(abs(value), 2), 0), 9)) + spaced(unit)


def short(value: float) -> str:
    """A signed effect where room is scarce: three figures, at most three decimal places."""
    return number(value, min(max(_places(abs(value), 3), 0), 3), signed=True)


def percent(share: float) -> str:
    """``20 %``, ``12.5 %``."""
    return f"{100 * share:.3g} %"


def runs(count: str, size: int | None, is_one: bool = False) -> str:
    """``n = 16 organizations of 1,000 people``; nothing is made up where the size is not known."""
    of = f" of {size:,} people" if size else ""
    return f"n = {count} replicates of one organization{of}" if is_one else f"n = {count} organizations{of}"


def described(setup: str) -> str:
    """``default: little participation, as in reality``; a setting of the user's own goes by its name alone."""
    return f"{setup}: {SETTINGS[setup]}" if setup in SETTINGS else setup
