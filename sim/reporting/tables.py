"""The table of the answer: effects of the reference cap against a closed market, ready to be drawn in any form."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.reporting.findings import Arm, Findings
from sim.studies.estimates import CONFIDENCE, Estimate
from sim.studies.wording import ALL, GROUPS, NOT_TOLD, PERMISSIONS, Wording, size, with_margin

NONE, MISSING = "none", "–"


@dataclass(frozen=True)
class Cell:
    """One number as it is shown, and whether it says that nothing could be told apart."""

    text: str
    is_unclear: bool = False


@dataclass(frozen=True)
class Line:
    """One measure: words, level in a closed market, and a cell for each arm."""

    words: Wording
    closed: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Effects in one setting of behaviour: the arms, and lines under headings."""

    setup: str
    arms: tuple[Arm, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def columns(self) -> list[str]:
        """Two lines for each arm: its permission and its leadership."""
        return [f"{PERMISSIONS.get(arm.permission, arm.permission)},\n{arm.leadership}" for arm in self.arms]


def table(findings: Findings, setup: str) -> Table:
    """Effects of the reference cap under each permission, with the quietest and with the loudest leadership."""
    arms = tuple(findings.told_arms)
    groups = tuple(
        (heading, tuple(_line(findings, setup, words, arms) for words in group)) for heading, group in GROUPS
    )
    return Table(setup, arms, groups)


def _line(findings: Findings, setup: str, words: Wording, arms: tuple[Arm, ...]) -> Line:
    is_level = findings.is_missing_when_closed(setup, words.measure)
    is_nil = findings.is_nil_when_closed(setup, words.measure)
    closed = with_margin(findings.closed(setup, words.measure), signed=False)
    told = (findings.told(setup, words.measure, arm) for arm in arms)
    cells = tuple(cell(found, findings.replicates(setup), not (is_level or is_nil)) for found in told)
    return Line(words, MISSING if is_level else NONE if is_nil else closed, cells)


def cell(found: Estimate, replicates: int, is_effect: bool = True) -> Cell:
    """``−0.17 ±0.01``, a level without a sign, or ``not told apart (±0.03)`` if the interval includes 0."""
    if found.n == 0:
        return Cell("no value", is_unclear=True)
    fewer = f" (n = {found.n})" if found.n < replicates else ""
    if found.is_clear or not is_effect:
        return Cell(with_margin(found, signed=is_effect) + fewer)
    return Cell(NOT_TOLD + _margin(found) + fewer, is_unclear=True)


def _margin(found: Estimate) -> str:
    return f" (±{size((found.high - found.low) / 2)})" if found.n > 1 else ""


def compared(findings: Findings) -> Iterator[Estimate]:
    """Every effect in the tables that could have gone either way."""
    for setup in findings.setups:
        for words in ALL.values():
            if findings.has_effect(setup, words.measure):
                for arm in findings.told_arms:
                    yield findings.gain(setup, words.measure, arm)


def stays_clear(found: Estimate, comparisons: int) -> bool:
    """Whether an effect is still told apart when its interval is widened for many comparisons (Bonferroni)."""
    from scipy.special import stdtrit

    if not found.is_clear:
        return False
    single, adjusted = (stdtrit(found.n - 1, 1 - (1 - CONFIDENCE) / 2 / count) for count in (1, comparisons))
    return bool(abs(found.mean) > (found.high - found.low) / 2 * adjusted / single)
