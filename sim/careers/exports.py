"""Export and import of people, unit by unit, from the log of careers."""

from typing import Any

import numpy as np
import pandas as pd

from sim.careers.frame import own
from sim.codes import What
from sim.people.names import Names


def exports(events: Any, names: Names) -> pd.DataFrame:
    """Who sends people on, and who takes them in.

    Parameters
    ----------
    events : rows of `records.Event`
    names : what people are called

    Returns
    -------
    DataFrame with a row for each unit, indexed by the post that leads it: out and in (moves to and from other units),
    out_up (of the former, to a higher grade), net (out − in), backed and resisted (moves of its people that a manager
    was told of), and left (people who left the organization from there).
    """
    what, before, unit = events["what"], events[own(events)], events["unit"]
    posts = [names.roster.ids[row] for row in np.flatnonzero(names.roster.leads)]
    across = (what == What.moved) & (before["unit"] != unit)
    up = across & (events["grade"] < before["grade"])

    def count(kind: Any, units: Any) -> Any:
        return np.bincount(units[kind], minlength=len(posts))

    found = pd.DataFrame({
        "out": count(across, before["unit"]), "in": count(across, unit), "out_up": count(up, before["unit"]),
        "backed": count(what == What.backed, before["unit"]), "resisted": count(what == What.resisted, before["unit"]),
        "left": count(what == What.left, unit),
    }, index=pd.Index(posts, name="unit"))  # fmt: skip
    found.insert(3, "net", found["out"] - found["in"])
    return found
