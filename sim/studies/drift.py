"""Does anything still drift when policies fork? The last two years of the burn-in, compared."""

from typing import TYPE_CHECKING, Any

from sim.measures.frames import over
from sim.running import Run
from sim.settings import STATUS_QUO
from sim.studies.estimates import estimate
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

STEADY = (
    "latent_desire", "expressed_desire", "rationalization", "involuntary_stayers", "stress", "belonging", "engagement",
    "efficacy", "expected_support", "delivery", "competence", "ties", "ties_across", "hidden_talent",
)  # fmt: skip
SD_STATES = ("engagement",)  # states around 0, whose drift is held against their own unit of 1 SD


def of_burn_in(world: World) -> dict[str, Any]:
    """The main states of a world at the fork, in the last year of its burn-in and in the one before."""
    months = len(world.flow)
    if months < 24 or world.now.first != -months:
        return {}
    years = over(Run(STATUS_QUO, 0, -months, world.census, world.flow), {"before": (-24, -12), "last": (-12, 0)})
    return {f"{name} {year}": years[name][at] for name in STEADY for at, year in enumerate(("before", "last"))}


def drift(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Change of each main state over the last two years before the fork.

    Parameters
    ----------
    rows : one for each replicate, with columns as `of_burn_in` gives them

    Returns
    -------
    DataFrame with columns measure, level, n, and change with its 95 % interval (low, high) as a share of the level, or
    of 1 SD for states that lie around 0.
    """
    import pandas as pd

    table = []
    for name in STEADY:
        last = rows[f"{name} last"]
        found = estimate(last - rows[f"{name} before"])
        scale = 1.0 if name in SD_STATES else float(last.mean())
        table.append((name, last.mean(), found.mean / scale, found.low / scale, found.high / scale, found.n))
    return pd.DataFrame(table, columns=["measure", "level", "change", "low", "high", "n"])


def sentence(table: "pd.DataFrame") -> str:
    """What the drift comes to, in words."""
    most = max(table.to_dict("records"), key=lambda row: abs(row["change"]))
    size = f"{100 * most['change']:+.2f} % of its level ({100 * most['low']:+.2f} to {100 * most['high']:+.2f}"
    return (
        f"Drift at the fork: from the last year but one before it to the last, {most['measure']} changed most, by "
        f"{size.replace('-', '−')}, n = {most['n']}); drift.parquet has all {len(table)} states."
    )
