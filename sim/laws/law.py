"""A law as a sentence: what is raised, what rises or falls with it, for whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sim.measures import MEASURES

Window = tuple[int, int]
STATES = ("staff", "units", "circles")  # tables of which a column may be raised at the fork
GROUPED = {"everyone": "", "cohort": " of those here since the fork"}


class Side(NamedTuple):
    """One of the runs that a law compares: what is changed from the start, and what from a month on.

    A change is a dotted path and a value: a lever (``market.time_cap``), a setting of behaviour
    (``behaviour.people.strictness``; what people and units are like holds from the burn-in on, all else from the fork
    on), or a column at the fork, to which the value is added (``staff.efficacy``).
    """

    changes: tuple[tuple[str, Any], ...] = ()
    since: int = 0
    late: tuple[tuple[str, Any], ...] = ()


class Part(NamedTuple):
    """A measure of one side over a window, and its weight (1 or -1) in what the law compares."""

    weight: int
    side: Side
    window: Window


@dataclass(frozen=True)
class Law:
    """Something is raised, and measures rise or fall with it, all else equal: a paired comparison.

    Attributes
    ----------
    lever, low, high : what is raised, from where, to where.
    signs : measure to 1 (rises) or -1 (falls).
    given : other things that are set in both runs.
    groups : the groups of people for which it is measured.
    window : first month, and month after the last.
    fades_by : a later window in which the effect is smaller than in `window`.
    grows_with : something else, low and high, with which the effect grows.
    since : month in which the lever is raised.
    behind : whether raising it so late is compared with raising it at once, instead of never.
    times : on how many times as many organizations as others it is tried, because its effect is weak.
    """

    lever: str
    low: Any
    high: Any
    signs: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    groups: tuple[str, ...] = ("everyone",)
    window: Window = (0, 60)
    fades_by: Window | None = None
    grows_with: tuple[str, Any, Any] | None = None
    since: int = 0
    behind: bool = False
    times: int = 1

    # ---------------------------------------------------------------------------------------------------- sentences

    def raises(self, *measures: str) -> "Law":
        return replace(self, signs={**self.signs, **dict.fromkeys(measures, 1)})

    def lowers(self, *measures: str) -> "Law":
        return replace(self, signs={**self.signs, **dict.fromkeys(measures, -1)})

    def among(self, *groups: str) -> "Law":
        """Measured for each of these groups alone."""
        return replace(self, groups=groups)

    def between(self, first: int, last: int) -> "Law":
        """Measured over the months from `first` up to `last`."""
        return replace(self, window=(first, last))

    def fading(self, first: int, last: int) -> "Law":
        """The effect is smaller from `first` up to `last` than in the window."""
        return replace(self, fades_by=(first, last))

    def growing_with(self, other: str, low: Any, high: Any) -> "Law":
        """The effect is larger where something else is high than where it is low."""
        return replace(self, grows_with=(other, low, high))

    def from_month(self, month: int) -> "Law":
        """The lever is raised in this month."""
        return replace(self, since=month)

    def than_at_once(self) -> "Law":
        """Raised late, against raised at the fork."""
        return replace(self, behind=True)

    def weakly(self, times: int) -> "Law":
        """The effect is real and small: it is tried on so many times as many organizations."""
        return replace(self, times=times)

    def when(self, settings: Mapping[str, Any] | None = None, **levers: Any) -> "Law":
        """With other things set: ``market_time_cap=.4`` is ``{"market.time_cap": .4}``."""
        named = {name.replace("_", ".", 1): value for name, value in levers.items()}
        return replace(self, given={**self.given, **(settings or {}), **named})

    # --------------------------------------------------------------------------------------------------- comparison

    def parts(self) -> tuple[Part, ...]:
        """What is compared: high minus low, and the same minus that elsewhere or later."""
        if self.grows_with is None:
            parts = self._effect({})
        else:
            other, low, high = self.grows_with
            parts = (*self._effect({other: high}), *_minus(self._effect({other: low})))
        if self.fades_by is not None:
            parts += _minus(tuple(part._replace(window=self.fades_by) for part in parts))
        return parts

    def _effect(self, more: Mapping[str, Any]) -> tuple[Part, ...]:
        given = {**self.given, **more}
        low, high = (Side(tuple(sorted({**given, self.lever: v}.items()))) for v in (self.low, self.high))
        if not self.since:
            return Part(1, high, self.window), Part(-1, low, self.window)
        late = low._replace(since=self.since, late=((self.lever, self.high),))
        return Part(1, late, self.window), Part(-1, high if self.behind else low, self.window)

    @property
    def length(self) -> int:
        """Months that its runs take."""
        return max(part.window[1] for part in self.parts())

    @property
    def claims(self) -> list[tuple[str, str, int]]:
        """Measure, group and sign of all that the law says."""
        return [(measure, group, sign) for group in self.groups for measure, sign in self.signs.items()]

    # -------------------------------------------------------------------------------------------------------- words

    def __str__(self) -> str:
        up, down = (", ".join(label(m) for m, s in self.signs.items() if s == sign) for sign in (1, -1))
        effect = " and ".join(p for p in (f"raises {up}" if up else "", f"lowers {down}" if down else "") if p)
        who = " and".join(GROUPED.get(g, f" of {g.replace('_', ' ')}") or " of everyone" for g in self.groups)
        who = "" if who == " of everyone" else who
        return f"{self._raised()} {effect}{who}, {_months(self.window)}{self._qualified()}"

    def _raised(self) -> str:
        if self.lever.partition(".")[0] in STATES:
            return f"`{self.lever}` {self.high - self.low:+g} at the fork".replace("-", "−")
        given = ", ".join(f"`{name}` {_value(value)}" for name, value in self.given.items())
        since = f" in month {self.since + 1}" if self.since else ""
        return f"`{self.lever}` from {_value(self.low)} to {_value(self.high)}{since}" + (
            f" (with {given})" if given else "")

    def _qualified(self) -> str:
        said = ", against setting it so at the fork" if self.behind else ""
        if self.grows_with is not None:
            other, low, high = self.grows_with
            said += f"; this effect grows with `{other}`, {_value(low)} to {_value(high)}"
        if self.fades_by is not None:
            said += f"; this effect is smaller in {_months(self.fades_by)}"
        return said


def raising(lever: str, low: Any, high: Any) -> Law:
    """The start of a law: ``raising("market.permission", "tickbox", "form").raises("latency")``."""
    return Law(lever, low, high)


def adding(column: str, amount: float) -> Law:
    """The start of a law on a state, to which `amount` is added at the fork: ``adding("staff.efficacy", 0.2)``."""
    return Law(column, 0.0, amount, window=(0, 6))


def _minus(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part._replace(weight=-part.weight) for part in parts)


def label(measure: str) -> str:
    return MEASURES[measure].label if measure in MEASURES else measure


def _value(value: Any) -> str:
    return f"{value:g}".replace("-", "−") if isinstance(value, float) else str(value)


def _months(window: Window) -> str:
    first, last = window[0] + 1, window[1]
    return f"month {first}" if first == last else f"months {first}-{last}"
