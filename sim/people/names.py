"""What people, departments and units are called; nobody bears the id of somebody else."""

from functools import cached_property

import numpy as np

from sim.errors import ElbowroomError, nearest
from sim.people.roster import Roster
from sim.records import BEFORE, NONE

OPENING = 32  # bits of a person's key below the number of the opening: see `arriving.key_of_holder`


class Names:
    """The names behind the codes of one organization.

    The people of a file bear its ids. Others are named by the post that they hold: those who came later, and everybody
    in a generated organization.

    Parameters
    ----------
    roster : the plan of posts
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    @cached_property
    def _order(self) -> np.ndarray:
        """(posts,) rows of the posts in the order of their numbers."""
        return np.argsort(self.roster.number)

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Id to row of the post."""
        return {name: row for row, name in enumerate(self.roster.ids)}

    def of_person(self, person: int) -> str:
        """The id of somebody from a people file, or a short label of anybody else."""
        opening, number = person >> OPENING, person & ((1 << OPENING) - 1)
        row = self._order[np.searchsorted(self.roster.number, number, sorter=self._order)]
        post = str(self.roster.ids[row])
        if opening == 0:
            return post
        if not self.roster.lasting:
            return f"{post}-{opening}"
        return f"newcomer {opening} after {post}" if opening < BEFORE else f"predecessor {opening - BEFORE} of {post}"

    def key_of(self, name: str) -> int:
        """The key of whoever bears this name, here or gone."""
        number = int(self.roster.number[self.post_of(name)])
        if name in self._rows:
            return number
        words = name.split(" ", 2)
        if words[0] in ("newcomer", "predecessor") and len(words) == 3 and words[1].isdigit():
            return number + (int(words[1]) + (BEFORE if words[0] == "predecessor" else 0) << OPENING)
        opening = name.rpartition("-")[2]
        return number + (int(opening) << OPENING) if opening.isdigit() else NONE

    def post_of(self, name: str) -> int:
        """The row of the post to which somebody of this name came first."""
        for post in (name, name.rpartition(" after ")[2], name.rpartition(" of ")[2], name.rpartition("-")[0]):
            if post in self._rows:
                return self._rows[post]
        raise ElbowroomError(f"there is nobody called {name!r}.{nearest(name, self.roster.ids[:5000])}")
