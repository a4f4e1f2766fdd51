"""Numbers for people from a file: keys of their draws that no id, no name and no order of rows can touch.

A person's key is a hash of the manager's key, of what the person is (grade, job family, contract, tenure) and of the
rank among the manager's other reports who are the same in all this. Such look-alikes are ranked by

1. the kinds of people below them, in a sketch that one person more mostly leaves as it is (MinHash);
2. how many people are below them, the larger number first;
3. what the people below them are, level by level (the code of Aho, Hopcroft and Ullman for rooted trees, hashed);
4. what kinds of people work in their departments and in those below;
5. the names of these departments.

Those still alike are interchangeable: whichever comes first, the organization is the same. Their ids decide, so that
not even these two change places when a file is sorted.

A person more or less changes nobody else's number, but for rare cases: where the order of two look-alike managers of
the same boss changes, they and their people exchange numbers (about one new post in a hundred in organograms without
tenure, hardly any where tenure tells people apart); a new person who is like others of the team in all respects shares
the team's numbers with them; and a number that is taken already, one in 2^31 / n, moves on by one. Names of departments
count only for look-alikes whose departments are of the same make and also reach into other places of the tree.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences, 21-29.
Aho, A. V., Hopcroft, J. E. and Ullman, J. D. (1974). The Design and Analysis of Computer Algorithms, section 3.2.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.rows import Ints

Hashes = NDArray[np.uint64]
Ranking = NDArray[np.integer]  # smaller comes first
BITS = 31  # of a number
SKETCH = 8  # hash functions: two teams that share half of their kinds look alike in all of them in 1 case of 256


class Arrangement(NamedTuple):
    """How the people of a file come to stand in a roster."""

    order: Ints  # (n,) row in the file of each row of the roster
    number: Ints  # (n,) number of each row of the roster


def arrange(manager: Ints, traits: Hashes, department: Hashes, ids: list[str]) -> Arrangement:
    """Number the people of a reporting tree and put them in breadth-first order, siblings by number.

    Parameters
    ----------
    manager : (n,) row in the file of each person's manager; the head's own. It must be one tree.
    traits : (n,) hash of what each person is.
    department : (n,) hash of the name of each person's department, all the same where there are none.
    ids : (n,) unique names of the people.

    Returns
    -------
    Arrangement
        O(n log n) time.
    """
    tiers = by_depth(manager)
    traits = join(traits, (department == department[manager]).astype(np.uint64))
    ties = [*_look_alikes(tiers, manager, traits, department), np.argsort(np.argsort(ids))]
    keys = _keys(tiers, manager, traits, ties)
    number = _unique(keys)
    return _breadth_first(tiers, manager, number)


def hashes(labels: Iterable[str]) -> Hashes:
    """Hash each label to 64 bits, the same in every process."""
    known: dict[str, int] = {}
    for label in (labels := list(labels)):
        if label not in known:
            known[label] = int.from_bytes(blake2b(label.encode(), digest_size=8).digest(), "little")
    return np.array([known[label] for label in labels], np.uint64)


def climb(parent: Ints) -> tuple[Ints, Ints]:
    """How far each row is from its top, and which row that is: in a cycle, one that is not its own parent."""
    steps, above = (parent != np.arange(len(parent))).astype(np.int64), parent
    for _ in range(len(parent).bit_length()):
        if not steps[above].any():
            break
        steps, above = steps + steps[above], above[above]
    return steps, above


def by_depth(manager: Ints) -> list[Ints]:
    """Rows on each level of the tree, the head first."""
    depth, _ = climb(manager)
    return np.split(np.argsort(depth, kind="stable"), np.cumsum(np.bincount(depth))[:-1])


def mix(values: Hashes) -> Hashes:
    """Scramble 64 bits so that each depends on all (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def join(one: Hashes, other: Hashes) -> Hashes:
    """Hash a pair: the order of the two counts."""
    return mix(mix(one + np.uint64(0x9E3779B97F4A7C15)) + other)


def _keys(tiers: list[Ints], manager: Ints, traits: Hashes, ties: list[Ranking]) -> Hashes:
    """(n,) 64-bit keys, from the head down."""
    keys = mix(traits)
    for tier in tiers[1:]:
        family = join(keys[manager[tier]], traits[tier])
        order = np.lexsort([*(tie[tier] for tie in reversed(ties)), family])
        keys[tier[order]] = join(family[order], _ranks(family[order]))
    return keys


def _look_alikes(tiers: list[Ints], manager: Ints, traits: Hashes, department: Hashes) -> list[Ranking]:
    """What ranks siblings who are the same: see the top of the file."""
    _, group = np.unique(department, return_inverse=True)
    make = np.zeros(len(traits), np.uint64)
    np.add.at(make, group, mix(traits))
    return [
        *_sketch(tiers, manager, traits).T,
        -sizes(tiers, manager),
        _codes(tiers, manager, traits),
        _codes(tiers, manager, join(traits, make[group])),
        _codes(tiers, manager, join(traits, department)),
    ]


def _sketch(tiers: list[Ints], manager: Ints, traits: Hashes) -> Hashes:
    """(n, SKETCH) smallest of the hashes of those below each one, under several hash functions (MinHash).

    Unlike a hash of them all, it mostly stays as it is when there is one more.
    """
    kinds = np.stack([join(traits, np.full_like(traits, salt)) for salt in range(SKETCH)], axis=1)
    least = np.full_like(kinds, np.iinfo(np.uint64).max)
    for tier in reversed(tiers[1:]):
        np.minimum.at(least, manager[tier], np.minimum(least[tier], kinds[tier]))
    return least


def sizes(tiers: list[Ints], manager: Ints) -> Ints:
    """(n,) people in each one's part of the tree, oneself included."""
    sizes = np.ones(len(manager), np.int64)
    for tier in reversed(tiers[1:]):
        np.add.at(sizes, manager[tier], sizes[tier])
    return sizes


def _codes(tiers: list[Ints], manager: Ints, traits: Hashes) -> Hashes:
    """(n,) hash of each one's part of the tree, whatever the order of reports."""
    below, codes = np.zeros_like(traits), traits.copy()
    for tier in reversed(tiers):
        codes[tier] = join(traits[tier], below[tier])
        np.add.at(below, manager[tier], mix(codes[tier]))
    return codes


def _ranks(groups: Hashes) -> Hashes:
    """Rank of each within its run of equal values."""
    first = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    lengths = np.diff(first, append=len(groups))
    return (np.arange(len(groups)) - np.repeat(first, lengths)).astype(np.uint64)


def _unique(keys: Hashes) -> Ints:
    """The top bits of each key; of those that collide, the one with the larger key moves on to the next number."""
    number = (keys >> np.uint64(64 - BITS)).astype(np.int64)
    while True:
        order = np.lexsort((keys, number))
        again = order[1:][number[order[1:]] == number[order[:-1]]]
        if not len(again):
            return number
        number[again] = (number[again] + 1) % 2**BITS


def _breadth_first(tiers: list[Ints], manager: Ints, number: Ints) -> Arrangement:
    """Order level by level, by the place of the manager and then by number."""
    place, order, start = np.zeros(len(manager), np.int64), [tiers[0]], 1
    for tier in tiers[1:]:
        sorted_tier = tier[np.lexsort((number[tier], place[manager[tier]]))]
        place[sorted_tier] = np.arange(start, start + len(tier))
        order.append(sorted_tier)
        start += len(tier)
    rows = np.concatenate(order)
    return Arrangement(rows, number[rows])
