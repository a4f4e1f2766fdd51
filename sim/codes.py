"""Integer codes in records that are neither rows nor settings."""

from enum import IntEnum

# how far a request has come
FREE = 0  # no request stands in this row
ASKED = 1  # waits for the manager
TICKED = 2  # needs no answer, or ticked without asking for one
ABOVE = 3  # waits for the manager above
PERMITTED = 4  # waits for the poster
ASSIGNED = 5  # has been given a place by the central assignment, which somebody who did not ask may decline

# where a tie leads
TEAM = 0
DEPARTMENT = 1
ACROSS = 2

# how somebody goes
STAYS = 0
QUITS = 1
RETIRES = 2
REPLACED = 3  # by the person from a people file whose seat it is


class What(IntEnum):
    """What happens to people, in the log of careers."""

    here = 1  # stands in the post when the log begins
    hired = 2
    left = 3
    posted = 4  # a need of the own unit
    closed = 5  # the project that this person posted is over
    silent = 6  # saw something of interest, and did not ask
    asked = 7
    ticked = 8  # without a word to the manager
    permitted = 9
    denied = 10
    expired = 11
    overtaken = 12  # the project took nobody any more
    rejected = 13
    started = 14
    finished = 15
    found_out = 16
    withdrew = 17  # chosen, and without time left for it
    offered = 18  # a place that a central office found for somebody who had not asked
    declined = 19  # that place
    applied = 20  # for a vacancy
    backed = 21  # by the manager, in applying
    resisted = 22
    vetoed = 23
    turned_down = 24  # for a vacancy
    chosen = 25
    blocked = 26  # held back until the offer lapsed
    moved = 27
    quit = 28  # decided to leave: what was weighed
    retired = 29
