"""Figure: who is still here, of those who moved and of those with whom they are compared, for three ways of asking."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.reporting.style import GRID, SOFT, blank, series, style
from sim.studies.wording import MINUS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SAID = {
    "naive": ("naive", "moved within the time\nor did not"),
    "matched": ("matched", "movers and people alike\nthe month before"),
    "true": ("true", "the same people, with the\nmove and without it"),
}
KINDS = {"moved": "moved inside", "others": "compared with them"}


def retention_figure(found: "Mapping[str, pd.DataFrame]", months: int = 24, title: str = "") -> "Figure":
    """Shares still here and their difference: a row for each way, a panel for each setting.

    Parameters
    ----------
    found : name of a setting to what `sim.studies.retention.retention` found there
    months : after which it is asked who is still here
    """
    first = next(iter(found.values()))
    with style():
        figure = blank(
            title or f"Do people who move inside stay? Still here after {months} months",
            f"Differences with 95 % intervals; each setting: {int(first.organizations.max())} organizations, and the "
            "number of movers beside each row.",
        )
        height = 0.68 / len(found)
        panels = [figure.add_axes((0.25, 0.82 - (at + 1) * height + 0.05, 0.47, height - 0.08))
                  for at in range(len(found))]  # fmt: skip
        low = min(float(rows[list(KINDS)].min().min()) for rows in (table[table.months == months] for table in
                                                                    found.values()))
        for panel, (name, table) in zip(panels, found.items(), strict=True):
            panel.set_title(name, loc="left", weight="bold", size=13)
            panel.set(ylim=(-len(SAID) + 0.5, 0.5), yticks=[], xlim=(max(0.0, 100 * low - 5), 101))
            for at, way in enumerate(SAID):
                _row(panel, table[(table.way == way) & (table.months == months)].iloc[0], -at)
        panels[-1].set_xlabel(f"% still here after {months} months")
        figure.legend(*panels[0].get_legend_handles_labels(), loc="lower center", ncols=2)
    return figure


def _row(panel: "Axes", row: Any, at: float) -> None:
    """One way: both shares, what they are, and what lies between them."""
    name, meant = SAID[row.way]
    place = panel.get_yaxis_transform()
    shares = [100 * row.moved, 100 * row.others]
    panel.axhline(at, color=GRID, linewidth=0.7, zorder=0)
    panel.plot(shares, [at, at], color=SOFT, linewidth=2, zorder=1)
    for order, (kind, share) in enumerate(zip(KINDS.values(), shares, strict=True)):
        drawn = series(order)
        panel.plot([share], [at], color=drawn["color"], marker=drawn["marker"], markersize=10, linestyle="none",
                   label=kind if at == 0 else None)
    panel.text(-0.49, at, name, transform=place, va="center", weight="bold")
    panel.text(-0.34, at, meant, transform=place, va="center", color=SOFT, size=11, linespacing=1.2)
    said = f"{100 * row.difference:+.1f} points ({100 * row.low:.1f} to {100 * row.high:.1f})\nn = {row.n:,} movers"
    panel.text(1.03, at, said.replace("-", MINUS), transform=place, va="center", size=12, linespacing=1.3)
