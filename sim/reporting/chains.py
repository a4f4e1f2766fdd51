"""Figure: how long chains of vacancies are, beside the theory that one opening is like another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.reporting.style import INK, SEVERAL, style
from sim.studies.chains import ABOLISHED
from sim.studies.estimates import share_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 7  # openings; longer chains stand together
WIDTH, HEIGHT, DPI = 9.0, 3.6, 110  # inches, dots an inch


def openings(chains: "pd.DataFrame") -> "pd.Series":
    """Seats that fell open in each chain: those that were filled, and the one that was abolished."""
    return chains.fills + (chains.end == ABOLISHED)


def geometric(inside: float, most: int = MOST) -> list[float]:
    """Share of chains with 1, 2, ... openings, if each opening is filled from inside with the same probability; the
    last is of all longer ones too.
    """
    return [(1 - inside) * inside**k for k in range(most - 1)] + [inside ** (most - 1)]


def lengths(chains: Mapping[str, "pd.DataFrame"]) -> "Figure":
    """Share of chains by how many seats fell open in them, with Wilson's intervals; squares are what theory says.

    Parameters
    ----------
    chains : label to chains as `sim.studies.chains.chains` gives them
    """
    from matplotlib.figure import Figure

    wide = 0.8 / len(chains)
    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        panel = figure.add_subplot()
        for place, (label, some) in enumerate(chains.items()):
            counted, n = np.minimum(openings(some), MOST), len(some)
            at = np.arange(1, MOST + 1) + (place - (len(chains) - 1) / 2) * wide
            found = [share_of(int((counted == k).sum()), n) for k in range(1, MOST + 1)]
            means, ends = ([100 * one.mean for one in found], [(100 * one.low, 100 * one.high) for one in found])
            panel.bar(at, means, 0.92 * wide, color=SEVERAL[place], alpha=0.75, label=f"{label} (n = {n:,} chains)")
            panel.vlines(at, *zip(*ends, strict=True), color=INK, linewidth=1.6)
            theory = geometric(1 - n / openings(some).sum())
            panel.plot(at, [100 * share for share in theory], "s", color="white", markeredgecolor=INK, markersize=7,
                       markeredgewidth=1.4, label="" if place else "theory: each opening has the same odds")
        ticks = [*map(str, range(1, MOST)), f"{MOST} or more"]
        panel.set_xticks(range(1, MOST + 1), ticks)
        panel.set(xlabel="seats that fall open in a chain", ylabel="% of chains")
        panel.grid(visible=False, axis="x")
        panel.legend()
        panel.set_title("One departure, how many openings?", loc="left", weight="bold", size=13)
    return figure
