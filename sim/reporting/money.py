"""Money: effects of policies on net value and its parts, in words, as a table, and as a figure."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.measures.money import MEMOS, NET, PARTS, PRICED, RATIOS
from sim.reporting.style import GRID, SOFT, blank, series, style
from sim.reporting.tables import Cell, cell
from sim.settings.prices import Prices
from sim.studies.estimates import Estimate
from sim.studies.money import NEEDS, Turn
from sim.studies.telling import estimate_of
from sim.studies.wording import number, percent, scaled, with_interval

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import Group

GROUPS = (
    ("Worth and costs", (*PARTS, NET)),
    ("Beside (in the parts above already)", tuple(MEMOS)),
    ("What filling a vacancy costs", tuple(RATIOS)),
)
LABELS = {
    **{name: part.label for name, part in PRICED.items()}, **{name: one.label for name, one in RATIOS.items()},
    NET: "net value",
}  # fmt: skip
SHORT = 3  # turning points that are told
UNCLEAR = "#8c8c8c"
SMALL = 0.01  # of the largest effect: parts that are smaller are not drawn
ROOM = 5.0 * 72  # points of height for all rows
LEAST = 9.0  # points of height for a line of numbers
SPREAD = 0.84  # of a row's height, over which policies are spread
Row = tuple[str, str, tuple[Cell, ...]]


def sentences(effects: "pd.DataFrame", turns: Sequence[Turn], prices: Prices, baseline: str) -> Iterator[str]:
    """Who wins on net value, and what that hangs on."""
    net: list[Any] = [*effects[effects.measure == NET].itertuples()]
    for row in net:
        found = neat(estimate_of(row))
        unit = f"{prices.currency} per 100 seats and year"
        yield (f"Net value of {row.policy} against {baseline}: {with_interval(found, unit=unit)}, n = {found.n}: "
               f"{verdict(found)}.{decided(row.policy, turns, prices)}")  # fmt: skip


def neat(found: Estimate) -> Estimate:
    """No more digits than the interval allows: two of its half-width."""
    half = (found.high - found.low) / 2
    if found.n < 2 or not half > 0.0:
        return found
    places = 1 - math.floor(math.log10(half))
    return Estimate(round(found.mean, places), round(found.low, places), round(found.high, places), found.n)


def verdict(found: Estimate) -> str:
    if found.mean == found.low == found.high == 0.0:
        return "the same"
    if not found.is_clear:
        return "not told apart from none"
    return "it wins" if found.mean > 0 else "it loses"


def decided(policy: str, turns: Sequence[Turn], prices: Prices) -> str:
    """At which price the mean would be nothing: those nearest to what they are come first."""
    here = sorted((turn for turn in turns if turn.policy == policy), key=_far)[:SHORT]
    if not here:
        return " No single price within its range turns that round."
    return f" It would be 0 {'; '.join(_turned(turn) for turn in here)}."


def _far(turn: Turn) -> float:
    return abs(turn.turn - turn.now) / max(1e-9, abs(turn.now))


def _turned(turn: Turn) -> str:
    if turn.price == NEEDS:
        return f"if the work on needs were worth {turn.turn:.2g} times as much"
    return f"at prices.{turn.price} = {float(f'{turn.turn:.3g}'):,g} (now {turn.now:,g})"


# --------------------------------------------------------------------------------------------------------------- tables


def rows(effects: "pd.DataFrame", policies: Sequence[str], measures: Sequence[str], replicates: int) -> Iterator[Row]:
    """Label, level under the baseline, and the effect of each policy; without what is nothing in all of them."""
    for measure in measures:
        some = effects[effects.measure == measure]
        if not len(some) or not (some.level.abs() + some.effect.abs()).sum() > 0.0:
            continue
        by_policy = _by_policy(some)
        cells = tuple(_cell(by_policy.get(policy), replicates) for policy in policies)
        yield LABELS[measure], number(some.level.mean(), 0), cells


def _cell(row: Any, replicates: int) -> Cell:
    if row is None:
        return Cell("–", is_unclear=True)
    found = neat(estimate_of(row))
    return Cell("0", is_unclear=True) if verdict(found) == "the same" else cell(found, replicates)


def _by_policy(some: "pd.DataFrame") -> dict[str, Any]:
    given: list[Any] = [*some.itertuples()]
    return {row.policy: row for row in given}


def title(prices: Prices) -> str:
    rate = percent(prices.discount)
    return f"Money, {prices.currency} per 100 seats and year (a fill, an opening), discounted at {rate}"


def shown(effects: "pd.DataFrame", turns: Sequence[Turn], prices: Prices, baseline: str) -> "Group":
    """For a terminal."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    policies, n = list(dict.fromkeys(effects.policy)), int(effects.n.max())
    table = Table(title=title(prices), title_justify="left", title_style="bold", pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column("")
    for name in (baseline, *policies):
        table.add_column(name, justify="right", overflow="fold")
    for heading, measures in GROUPS:
        table.add_row(Text(heading, style="bold cyan"))
        for label, level, cells in rows(effects, policies, measures, n):
            weight = "bold" if label == LABELS[NET] else ""
            drawn = (Text(one.text, style="dim italic" if one.is_unclear else weight) for one in cells)
            table.add_row(Text(label, style=weight), Text(level, style="dim"), *drawn)
    return Group(table, *(Text(line) for line in sentences(effects, turns, prices, baseline)))


def markdown(effects: "pd.DataFrame", turns: Sequence[Turn], prices: Prices, baseline: str) -> str:
    """The same."""
    policies, n = list(dict.fromkeys(effects.policy)), int(effects.n.max())
    lines = [["", baseline, *policies], ["---", *["---:"] * (1 + len(policies))]]
    for heading, measures in GROUPS:
        lines.append([f"**{heading}**", *[""] * (1 + len(policies))])
        for label, level, cells in rows(effects, policies, measures, n):
            lines.append([label, level, *(f"*{one.text}*" if one.is_unclear else one.text for one in cells)])
    table = "\n".join("| " + " | ".join(text.replace("|", "\\|") for text in line) + " |" for line in lines)
    said = "\n".join(f"- {line}" for line in sentences(effects, turns, prices, baseline))
    return f"## {title(prices)}\n\n{said}\n\n{table}"


# --------------------------------------------------------------------------------------------------------------- figure


def parts(effects: "pd.DataFrame", prices: Prices, baseline: str, counted: str) -> "Figure":
    """Effects on net value and its parts: bars that add up to the lowest row, all on one scale.

    Parameters
    ----------
    effects : as `Comparison.money`
    prices : at which they stand
    baseline, counted : what it is called, and how many there were, such as ``n = 16 organizations``

    Notes
    -----
    Parts that are small beside the largest under all policies are left out, and numbers where there is no room for
    them: the table has all. Pale bars have an interval that includes 0.
    """
    policies = list(dict.fromkeys(effects.policy))
    here = effects[effects.measure.isin((*PARTS, NET))]
    moved = here.groupby("measure").effect.agg(lambda column: column.abs().max())
    least = SMALL * moved.max()
    shown_ = [name for name in (*PARTS, NET) if name == NET or moved.get(name, 0.0) > least]
    line = ROOM / (len(shown_) * len(policies))
    with style():
        figure = blank(f"What changes in money against {baseline}", _note(prices, counted))
        panel = figure.add_axes((0.24, 0.15, 0.54, 0.67))
        for at, name in enumerate(shown_):
            size = min(12.0, 0.72 * line) if line > LEAST else 0.0
            _row(panel, here[here.measure == name], policies, -_height(at, shown_), size)
        _frame(panel, shown_)
        if len(policies) > 1:
            told = {} if line > LEAST else _by_policy(here[here.measure == NET])
            figure.legend(handles=_key(policies, told), loc="lower center", ncols=min(3 if told else 4, len(policies)))
    return figure


def _height(at: int, names: Sequence[str]) -> float:
    """Net value stands apart, below a line."""
    return at + (0.3 if names[at] == NET else 0.0)


def _note(prices: Prices, counted: str) -> str:
    unit = f"1,000 {prices.currency} per 100 seats and year, discounted at {percent(prices.discount)}"
    return f"{unit}; right: gains, left: costs; parts below 1 % of the largest "\
           f"are left out.\nPaired differences; {counted}; lines: 95 % intervals of each alone; " \
           "pale: not told apart from none."


def _row(panel: "Axes", some: "pd.DataFrame", policies: Sequence[str], height: float, size: float) -> None:
    by_policy = _by_policy(some)
    thick = SPREAD / len(policies)
    for place, policy in enumerate(policies):
        row, at = by_policy[policy], height + SPREAD * (0.5 - (place + 0.5) / len(policies))
        found, colour = estimate_of(row), series(place)["color"]
        panel.barh(at, found.mean / 1000, height=0.86 * thick, color=colour, alpha=1.0 if found.is_clear else 0.35)
        panel.plot([found.low / 1000, found.high / 1000], [at, at], color="black", linewidth=1.5,
                   solid_capstyle="butt")
        told = "0" if verdict(found) == "the same" else with_interval(scaled(found, 0.001))
        if size:
            panel.annotate(told, (1.02, at), xycoords=("axes fraction", "data"), va="center",
                           color="black" if found.is_clear else UNCLEAR, size=size,
                           weight="bold" if some.measure.iloc[0] == NET else "normal")


def _frame(panel: "Axes", names: Sequence[str]) -> None:
    lowest = -_height(len(names) - 1, names)
    panel.set(ylim=(lowest - 0.55, 0.55), yticks=[-_height(at, names) for at in range(len(names))])
    panel.set_yticklabels([LABELS[name] for name in names])
    panel.get_yticklabels()[-1].set_fontweight("bold")
    panel.tick_params(left=False)
    panel.axvline(0, color=SOFT, linewidth=1)
    panel.axhline(lowest + 0.65, color=SOFT, linewidth=1)
    panel.spines["left"].set_visible(False)
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x", color=GRID)


def _key(policies: Sequence[str], told: dict[str, Any]) -> list[Any]:
    """Whose bars are whose; with net value, where there is no room for numbers beside the bars."""
    from matplotlib.patches import Patch

    net = {name: f": net {with_interval(scaled(neat(estimate_of(row)), 0.001))}" for name, row in told.items()}
    return [
        Patch(color=series(place)["color"], label=f"{name}{net.get(name, '')}") for place, name in enumerate(policies)
    ]
