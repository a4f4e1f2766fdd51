"""Draws for many people at a time: side by side, processors make four in the time of one. Each is the same draw."""

from sim.compiling import rule
from sim.draws import paired, two_uniforms, uniform
from sim.records import TIES
from sim.world import World

TOGETHER = 256  # people who are drawn for at a time: so many fit into the processor's own memory


@rule
def draw_lots(decision: int, first: int, last: int, world: World) -> None:
    """`world.lots` of these rows: uniform on [0, 1), new each month, whether or not the row holds somebody."""
    staff, lots = world.staff[first:last], world.lots[first:last]
    for i in range(len(lots)):
        lots[i] = uniform(staff[i].person, world.now, decision, 0)


@rule
def draw_two_lots(decision: int, first: int, last: int, world: World) -> None:
    """The same, and a second number for each in `world.more_lots`."""
    staff, lots, more_lots = world.staff[first:last], world.lots[first:last], world.more_lots[first:last]
    for i in range(len(lots)):
        lots[i], more_lots[i] = two_uniforms(staff[i].person, world.now, decision, 0)


@rule
def pair_friends(row: int, key: int, world: World) -> None:
    """`world.keys`: a key for each of somebody's friends together with a thing, slot by slot; any without a friend."""
    friends, keys = world.circles[row].ties, world.keys
    for slot in range(TIES):
        keys[slot] = world.staff[friends[slot]].person
    for slot in range(TIES):  # a loop of its own, so that it is vectorized
        keys[slot] = paired(world.now, keys[slot], key)


@rule
def draw_friends(decision: int, world: World) -> None:
    """`world.friend_lots`: uniform on [0, 1), new each month, for each of these keys."""
    keys, lots = world.keys, world.friend_lots
    for slot in range(TIES):
        lots[slot] = uniform(keys[slot], world.now, decision, 0)
