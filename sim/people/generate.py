"""Organizations drawn at random in the shape that was measured.

Measured (ADP; UK organograms) and kept by `generate`, on 40 pooled organizations of 1,000 people:

==========================================================  =========  =========
quantity                                                    target     tolerance
==========================================================  =========  =========
mean span of control, all managers                          6.9        6.6-7.2
mean span, senior tier (managers with managers below them)  4.2        3.9-4.5
share of the senior tier with one report                    .18        .14-.22
largest span in the senior tier                             18         at most
largest span                                                24         at most
skewness of spans                                           right      above .5
managers on one level per manager on the level above        3.5-4.8    the same
==========================================================  =========  =========

The last row holds below the head, whose own span (2 to 9) takes up what is left over: powers of four hit the number of
managers that a given size needs only by chance.

Assumptions (grade D): one in twenty reports of senior managers leads nobody; the spread of front-line spans; grades of
staff; six in ten people of a department share its job family; one in ten works part-time, .5 to .9 of full time.
"""

import numpy as np
from numpy.typing import NDArray

from sim.errors import SettingsError
from sim.people.roster import UNKNOWN, Roster
from sim.rows import Floats, Ints

SPAN = 6.9  # mean span of control (ADP)
LARGEST = 24  # reports of one manager
SENIOR_SPAN = 4.2  # mean span of the senior tier (UK organograms)
SENIOR_LARGEST = 18
SENIOR_SHAPE = 1.5  # of 1 + negative binomial: gives 18 % with one report
SENIOR_STAFF = 0.05  # share of senior managers' reports that lead nobody
FRONT_SHAPE = 3.0  # of 1 + negative binomial: right-skewed, few above 20
SHRINK = SENIOR_SPAN * (1 - SENIOR_STAFF)  # managers on one level per manager on the level above
FAMILIES = [
    "Management", "Finance", "Information Technology", "Engineering", "Science", "Legal", "Communications",
    "Administration",
]  # fmt: skip
OWN_FAMILY = 0.6  # share of a department's people in its dominant job family
STAFF_GRADES = [0.3, 0.4, 0.3]  # shares of staff in the three grades below the managers
PART_TIME = 0.1
SMALLEST = 0.25  # of the largest size permitted: no smaller department is split off
STEPS = 16  # sizes tried per doubling: fixed ones, so that a person more seldom moves a boundary


def generate(size: int, seed: int, departments: int = 0) -> Roster:
    """Draw an organization of a given size.

    Parameters
    ----------
    size : people, at least 2. The shape is meant for 20 and more.
    seed : non-negative integer. The same size, seed and departments give the same organization.
    departments : how many to form; 0 for about twenty, fewer where people are few (see `usual_departments`).

    Returns
    -------
    Roster
        Head first, breadth-first; numbers are the rows; tenure and time in post are `UNKNOWN`.

    Raises
    ------
    SettingsError
        If `size` is below 2.
    """
    if size < 2:
        raise SettingsError(f"size: {size} people are no organization; permitted: 2 or more.")
    rng = np.random.Generator(np.random.Philox(seed))
    manager, grade = _tree(size, rng)
    department = split(manager, departments or usual_departments(size))
    dominant = _dominant(int(department.max()) + 1, rng)
    return Roster(
        number=np.arange(size),
        manager=manager,
        department=department,
        family=_families(dominant[department], rng),
        grade=grade,
        fte=_contracts(size, rng),
        tenure=np.full(size, float(UNKNOWN)),
        in_post=np.full(size, float(UNKNOWN)),
        ids=[str(number) for number in range(1, size + 1)],
        departments=_department_names(dominant),
        families=list(FAMILIES),
        grades=[f"Grade {step + 1}" for step in range(int(grade.max()) + 1)],
    )


def usual_departments(size: int) -> int:
    """How many departments an organization of `size` people has: twenty, or one per dozen people where they are few.

    Twenty follow from a density of ties ten times as high within as between departments, with some 35 % of ties
    inside (email-Eu-core, SNAP).
    """
    return min(20, max(2, round(size / 12)))


# The tree


def _tree(size: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Manager's row and grade of each of `size` people, level by level from the head down."""
    planned = _managers(size)
    tiers = len(planned)
    spans = np.array([int(planned[0] + rng.random())]) if tiers else np.array([size - 1])
    blocks, grades = [spans], [np.zeros(1, np.int64)]
    for tier in range(1, tiers + 1):
        leads = _leading(spans, rng)
        left = size - sum(map(len, blocks)) - len(leads)
        spans = np.zeros(len(leads), np.int64)
        count = int(leads.sum())
        spans[leads] = _front_spans(count, left, rng) if tier == tiers else _senior_spans(count, planned[tier], rng)
        blocks.append(spans)
        grades.append(np.where(leads, tier, _staff_grades(len(leads), tiers, rng)))
    staff = size - sum(map(len, blocks))
    grades.append(_staff_grades(staff, tiers, rng))
    spans = np.concatenate([*blocks, np.zeros(staff, np.int64)])
    return np.concatenate([[0], np.repeat(np.arange(size), spans)]), np.concatenate(grades)


def _managers(size: int) -> list[float]:
    """How many managers to have on each level below the head."""
    below = (size - 1) / SPAN - 1
    widths = [1.0] if below >= 1 else []
    while below / max(1.0, sum(widths)) > 2 * SENIOR_SPAN:
        widths.append(widths[-1] * SHRINK)
    return [max(2.0, width * below / sum(widths)) for width in widths]


def _leading(spans: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which reports of a senior level are managers: at least the first of each, and all but a few of the others."""
    reports = int(spans.sum())
    first = (np.cumsum(spans) - spans)[spans > 0]
    others = np.setdiff1d(np.arange(reports), first, assume_unique=True)
    staff = min(round(SENIOR_STAFF * reports), len(others))
    leads = np.ones(reports, bool)
    leads[rng.choice(others, staff, replace=False)] = False
    return leads


def _senior_spans(count: int, managers: float, rng: np.random.Generator) -> Ints:
    """Spans of `count` senior managers that make for so many `managers` on the level below."""
    reports = round(managers / (1 - SENIOR_STAFF))
    return _spans(count, min(max(reports, count), SENIOR_LARGEST * count), SENIOR_SHAPE, SENIOR_LARGEST, rng)


def _front_spans(count: int, staff: int, rng: np.random.Generator) -> Ints:
    """Spans of `count` front-line managers who lead so many `staff`."""
    return _spans(count, staff, FRONT_SHAPE, LARGEST, rng)


def _spans(count: int, reports: int, shape: float, largest: int, rng: np.random.Generator) -> Ints:
    """Draw `count` spans, 1 + negative binomial cut off above `largest`, that add up to `reports`.

    One from each `count`-th part of the distribution, so that few need a report more or less to come to the sum.
    """
    quantiles = (np.arange(count) + rng.random(count)) / count
    spans = 1 + np.searchsorted(_cumulative(reports / count - 1, shape, largest - 1), quantiles)
    spans = rng.permutation(np.minimum(spans, largest))
    while gap := reports - int(spans.sum()):
        free = np.flatnonzero(spans < largest if gap > 0 else spans > 1)
        spans[rng.choice(free, min(abs(gap), len(free)), replace=False)] += np.sign(gap)
    return spans


def _cumulative(mean: float, shape: float, largest: int) -> Floats:
    """Distribution function of the negative binomial on 0 ... `largest`."""
    k = np.arange(1, largest + 1)
    weights = np.cumprod(np.concatenate([[1.0], (k - 1 + shape) / k * mean / (mean + shape)]))
    cumulative: Floats = np.cumsum(weights) / weights.sum()
    return cumulative


def _staff_grades(count: int, tiers: int, rng: np.random.Generator) -> Ints:
    """Grades below those of the managers, who hold 0 ... `tiers`."""
    return tiers + 1 + np.searchsorted(np.cumsum(STAFF_GRADES[:-1]), rng.random(count))


# What people are


def _dominant(count: int, rng: np.random.Generator) -> Ints:
    """The job family most people of each department belong to: all families in turn, management for the head's."""
    return np.concatenate([[0], np.resize(rng.permutation(len(FAMILIES)), count - 1)])


def _families(dominant: Ints, rng: np.random.Generator) -> Ints:
    """Job family of each person, given the dominant one of the department."""
    other = (dominant + rng.integers(1, len(FAMILIES), len(dominant))) % len(FAMILIES)
    return np.where(rng.random(len(dominant)) < OWN_FAMILY, dominant, other)


def _contracts(count: int, rng: np.random.Generator) -> Floats:
    part = rng.integers(5, 10, count) / 10
    return np.where(rng.random(count) < PART_TIME, part, 1.0)


def _department_names(dominant: Ints) -> list[str]:
    """`Executive office` for the head's department; the others by their job family, numbered."""
    seen = [0] * len(FAMILIES)
    names = ["Executive office"]
    for family in dominant[1:]:
        seen[family] += 1
        names.append(f"{FAMILIES[family]} {seen[family]}")
    return names


# Departments


def split(manager: Ints, wanted: int) -> Ints:
    """Cut a reporting tree into departments of similar size, each a subtree without the departments below it.

    Parameters
    ----------
    manager : (n,) row of each post's manager, breadth-first, the head first.
    wanted : how many departments. There are never more than managers.

    Returns
    -------
    (n,) department of each post, numbered by first appearance; 0 is the head's, which also holds those above the
    heads of the other departments and what is too small to stand alone.

    Notes
    -----
    Kundu and Misra's bottom-up partition: wherever a manager's people exceed a size, the largest parts below are made
    departments until the rest fits. We take the largest size that yields enough departments, and give what is too
    many back to the department above. Each pass costs O(m log m) for m managers.

    References
    ----------
    Kundu, S. and Misra, J. (1977). A linear tree partitioning algorithm. SIAM Journal on Computing 6, 151-154.
    """
    tops = np.unique(np.concatenate([[0], manager[1:]]))
    parent = np.searchsorted(tops, manager[tops])
    weight = _own_people(manager, tops)
    cut = _cut_into(parent, weight, wanted)
    part = _give_back(_inherit(cut, parent), parent, weight, wanted)
    seat = np.searchsorted(tops, manager)
    leads = np.isin(np.arange(len(manager)), tops, assume_unique=True)
    seat[leads] = np.arange(len(tops))
    return by_appearance(part[seat])


def by_appearance(labels: Ints) -> Ints:
    """Recode labels as 0, 1, 2 ... in the order in which they first appear."""
    _, first, code = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[code]


def levels(parent: Ints) -> list[slice]:
    """Slices of the levels of a breadth-first tree, the head's first."""
    found = [slice(0, 1)]
    while (start := found[-1].stop) < len(parent):
        found.append(slice(start, int(np.searchsorted(parent, start))))
    return found


def _own_people(manager: Ints, tops: Ints) -> Ints:
    """How many people each manager adds: the manager, and the reports who lead nobody."""
    leaders = np.bincount(manager[tops[1:]], minlength=len(manager))
    return 1 + (np.bincount(manager[1:], minlength=len(manager)) - leaders)[tops]


def _cut_into(parent: Ints, weight: Ints, wanted: int) -> NDArray[np.bool_]:
    """Which managers head departments, for the largest limit of size that yields at least `wanted` of them."""
    tiers = levels(parent)
    low, high = 0, int(STEPS * np.log2(weight.sum())) + 1
    best = _cut(parent, weight, tiers, 1.0)
    while low + 1 < high and wanted < best.sum():
        middle = (low + high) // 2
        found = _cut(parent, weight, tiers, 2.0 ** (middle / STEPS))
        if found.sum() >= wanted:
            low, best = middle, found
        else:
            high = middle
    return best


def _cut(parent: Ints, weight: Ints, tiers: list[slice], limit: float) -> NDArray[np.bool_]:
    """Make departments from the bottom up, wherever more than `limit` people are together."""
    cut, people = np.zeros(len(parent), bool), weight.copy()
    cut[0] = True
    for tier in reversed(tiers[1:]):
        above, own = parent[tier], people[tier]
        first = np.flatnonzero(np.diff(above, prepend=-1))
        totals = people[above] + np.repeat(np.add.reduceat(own, first), np.diff(first, append=len(own)))
        order = np.lexsort((-own, above))
        larger = np.cumsum(own[order]) - own[order]  # those that were cut before, of the same manager
        larger -= larger[first].repeat(np.diff(first, append=len(own)))
        chosen = order[(totals - larger > limit) & (own[order] >= SMALLEST * limit)]
        cut[tier.start + chosen] = True
        np.add.at(people, above, np.where(cut[tier], 0, own))
    return cut


def _inherit(cut: NDArray[np.bool_], parent: Ints) -> Ints:
    """For each manager, the nearest one above, or the manager, who heads a department."""
    part = np.where(cut, np.arange(len(parent)), parent)
    while not np.array_equal(part, higher := part[part]):
        part = higher
    return part


def _give_back(part: Ints, parent: Ints, weight: Ints, wanted: int) -> Ints:
    """Merge departments into the ones above, those first that stay smallest, until `wanted` are left."""
    people = np.bincount(part, weight, len(part))
    heads = np.unique(part)[1:]
    for _ in range(len(heads) + 1 - max(1, wanted)):
        least = np.argmin(people[heads] + people[part[parent[heads]]])
        head, above = heads[least], part[parent[heads[least]]]
        people[above] += people[head]
        part = np.where(part == head, above, part)
        heads = np.delete(heads, least)
    return part
