"""Integer codes in records that are neither rows nor settings."""

# how far a request has come
FREE = 0  # no request stands in this row
ASKED = 1  # waits for the manager
TICKED = 2  # needs no answer, or ticked without asking for one
ABOVE = 3  # waits for the manager above
PERMITTED = 4  # waits for the poster

# where a tie leads
TEAM = 0
DEPARTMENT = 1
ACROSS = 2
