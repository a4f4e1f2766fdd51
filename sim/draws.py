"""Keyed randomness: every draw is a pure function of (seed, thing, month, decision).

There is no generator and no state, so no draw depends on who else was drawn, in which order, by which thread or in
which block of months. A *thing* is the key of a person, a seat, a unit, a need or a request; the *decision* says what
is being decided, and `index` tells several draws of one decision apart.

The numbers come from Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2,
3"). It is written in 64-bit lanes with masks, because plain Python must give the same bits as compiled code and NumPy
warns when unsigned integers overflow.
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np

from sim.compiling import rule
from sim.records import Now

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLIER_0, MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL_0, WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
HIGH_BITS, LOW_BITS = np.uint64(5), np.uint64(6)
UNIT = 1.0 / 9007199254740992.0  # 2^-53
# coefficients of AS 241, the lowest power first
MIDDLE = (
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
    67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
)  # fmt: skip
MIDDLE_BELOW = (
    1.0, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
)  # fmt: skip
TAIL = (
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
)  # fmt: skip
TAIL_BELOW = (
    1.0, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
)  # fmt: skip
FAR_TAIL = (
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
FAR_TAIL_BELOW = (
    1.0, 0.59983220655588793769, 0.1369298809227358053, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
)  # fmt: skip
ALWAYS = 1 << 20  # the "month" of what is decided once and for all


class Decision(IntEnum):
    """What a draw decides. Numbers are part of every result: add at the end, never renumber."""

    arrival = 1
    size = 2
    duration = 3
    places = 4
    family = 5
    leave_out = 6
    bundle = 7
    level = 8
    purchase = 9
    posting = 10
    posting_answer = 11
    glances = 12
    glance = 13
    hearsay = 14
    position = 15
    asking = 16
    telling = 17
    delay = 18
    answer = 19
    answer_above = 20
    discovery = 21
    demand = 22
    meeting = 23
    acquaintance = 24
    leaving = 25
    filling = 26
    skill = 27
    profile = 28
    growth_need = 29
    efficacy = 30
    development_trait = 31
    hoarding_trait = 32
    belief = 33
    tenure = 34
    strictness = 35
    place = 36
    listening = 37
    innovation = 38
    retiring = 40
    age = 41
    demanded = 45
    shifted = 46
    volunteering = 47
    quota = 48
    parting = 49
    exchange = 50
    rotation = 53
    claim = 60
    offer = 61
    preference = 62
    release_trait = 70
    urgency = 71
    advertising = 72
    audience = 73
    grapevine = 74
    application = 75
    backing = 76
    veto = 77
    lapse = 78
    judgement = 79
    acceptance = 80
    abolition = 81
    reopening = 82
    origin = 83


@rule
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Philox 4x32-10: four random 32-bit words from a counter of four and a key of two (all `np.uint64`)."""
    for _ in range(10):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (p1 >> HALF) ^ c1 ^ k0, p1 & LOW, (p0 >> HALF) ^ c3 ^ k1, p0 & LOW
        k0 = (k0 + WEYL_0) & LOW
        k1 = (k1 + WEYL_1) & LOW
    return c0, c1, c2, c3


@rule
def words(thing: int, now: Now, month: int, decision: int, index: int) -> Any:
    """Four random 32-bit words for one decision; `thing` may use 62 bits, `index` 24."""
    key = np.uint64(now.seed)
    whose = np.uint64(thing)
    when = np.uint64(month + ALWAYS)  # burn-in months are negative
    what = np.uint64(decision + (index << 8))
    return philox(whose & LOW, whose >> HALF, when & LOW, what & LOW, key & LOW, key >> HALF)


@rule
def unit_interval(high: Any, low: Any) -> float:
    """A number in [0, 1) with 53 random bits, from two 32-bit words."""
    return float(((high >> HIGH_BITS) << np.uint64(26)) | (low >> LOW_BITS)) * UNIT


@rule
def uniform(thing: int, now: Now, decision: int, index: int) -> float:
    """Uniform on [0, 1), new each month."""
    a, b, _, _ = words(thing, now, now.month, decision, index)
    return unit_interval(a, b)


@rule
def two_uniforms(thing: int, now: Now, decision: int, index: int) -> tuple[float, float]:
    """Two independent numbers, uniform on [0, 1), new each month, for the price of one."""
    a, b, c, d = words(thing, now, now.month, decision, index)
    return unit_interval(a, b), unit_interval(c, d)


@rule
def lasting(thing: int, now: Now, decision: int, index: int) -> float:
    """Uniform on [0, 1), the same in every month: for what somebody or something is born with."""
    a, b, _, _ = words(thing, now, ALWAYS, decision, index)
    return unit_interval(a, b)


@rule
def chance(thing: int, now: Now, decision: int, probability: float) -> bool:
    """Does what has this probability happen to this thing this month?"""
    return uniform(thing, now, decision, 0) < probability


@rule
def ratio(top: Any, bottom: Any, x: float) -> float:
    """A ratio of two polynomials of the seventh degree, by Horner's rule."""
    above, below = top[7], bottom[7]
    for i in range(6, -1, -1):
        above, below = above * x + top[i], below * x + bottom[i]
    return above / below


@rule
def bell(u: float) -> float:
    """The standard normal number at quantile `u` in [0, 1): algorithm AS 241 (Wichura 1988), to 16 digits.

    It takes half the time of Box and Muller's way, and a larger `u` gives a larger number.
    """
    off = u - 0.5
    if abs(off) <= 0.425:
        return off * ratio(MIDDLE, MIDDLE_BELOW, 0.180625 - off * off)
    outside = u if off < 0.0 else 1.0 - u
    far = math.sqrt(-math.log(max(outside, 0.5 * UNIT)))
    if far <= 5.0:
        value = ratio(TAIL, TAIL_BELOW, far - 1.6)
    else:
        value = ratio(FAR_TAIL, FAR_TAIL_BELOW, far - 5.0)
    return value if off > 0.0 else -value


@rule
def lasting_normal(thing: int, now: Now, decision: int, index: int) -> float:
    """Standard normal, the same in every month."""
    return bell(lasting(thing, now, decision, index))


@rule
def poisson(u: float, mean: float) -> int:
    """The Poisson number at quantile `u`, by inversion: a larger mean never gives a smaller number."""
    return poisson_from(math.exp(-mean), u, mean)


@rule
def poisson_from(none: float, u: float, mean: float) -> int:
    """The same where the probability of 0 is known already, as for many draws with one mean."""
    count, term, total = 0, none, none
    while u >= total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


@rule
def gamma(thing: int, now: Now, decision: int, shape: float, first: int) -> float:
    """Gamma(shape, 1), the same in every month; uses indices from `first` (Marsaglia and Tsang 2000)."""
    boosted = shape if shape >= 1.0 else shape + 1.0
    d = boosted - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    index = first
    while True:
        x = lasting_normal(thing, now, decision, index)
        u = 1.0 - lasting(thing, now, decision, index + 1)
        index += 2
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if math.log(u) < 0.5 * x * x + d - d * v + d * math.log(v):
                break
    if shape >= 1.0:
        return d * v
    return d * v * math.exp(math.log(1.0 - lasting(thing, now, decision, index)) / shape)


@rule
def beta(thing: int, now: Now, decision: int, mean: float, sd: float) -> float:
    """Beta with this mean and standard deviation, the same in every month; `sd`² < mean(1 − mean)."""
    size = mean * (1.0 - mean) / (sd * sd) - 1.0
    a = gamma(thing, now, decision, mean * size, 0)
    b = gamma(thing, now, decision, (1.0 - mean) * size, 1 << 12)
    return a / (a + b)


@rule
def affinity(now: Now, a: int, b: int) -> float:
    """Uniform on [0, 1) for two things together, the same in every month: how a person happens to like a project."""
    first, second = np.uint64(a), np.uint64(b)
    key = np.uint64(now.seed)
    high, low, _, _ = philox(first >> HALF, first & LOW, second & LOW, second >> HALF, key & LOW, key >> HALF)
    return unit_interval(high, low)


@rule
def paired(now: Now, a: int, b: int) -> Any:
    """One key for two things, such as a person and the project they ask for (62 bits)."""
    first, second = np.uint64(a), np.uint64(b)
    key = np.uint64(now.seed)
    high, low, _, _ = philox(first & LOW, first >> HALF, second & LOW, second >> HALF, key & LOW, key >> HALF)
    return np.int64(((high >> np.uint64(2)) << HALF) | low)
