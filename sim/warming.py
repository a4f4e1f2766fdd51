"""Compiling everything before it is needed, in as many processes as there are cores."""

import os
import subprocess
import sys
from typing import Any

import numba

from sim import building
from sim.abreast import STEPS, of_people
from sim.compiling import PLAIN, cache_folder, drop_old_code, fingerprint
from sim.month import PHASES, months
from sim.settings import Behaviour, Switches
from sim.telling import begins
from sim.world import World


def example() -> World:
    """A world of which only the types matter."""
    from sim.people.generate import generate
    from sim.world import empty

    roster = generate(20, 0)
    codes = len(roster.departments), len(roster.families), len(roster.grades)
    world = empty(len(roster), int(roster.leads.sum()), *codes, 1, 1)
    building._set_now(world, 0, Behaviour(), Switches(), 1)
    return world


def is_warm() -> bool:
    """Whether compiled code of this very version lies in the cache."""
    folder = cache_folder()
    if PLAIN or folder is None:
        return PLAIN
    needed = (months, building.people_arrive, building.people_live_alone, building.get_to_know)
    return all((folder / fingerprint(rule)[:32]).is_dir() for rule in needed)


def jobs(world: World) -> list[tuple[Any, tuple[Any, ...]]]:
    """What is compiled on its own, with an example of its arguments; the most expensive first."""
    tenures = world.seats.fte.astype(float)
    start = (building.people_arrive, (world, tenures, tenures, building.survival(world.leadership[0], world.now)))
    steps = [(step, (world, 0, 0) if of_people(step) else (world,)) for steps in STEPS.values() for step in steps]
    alone: list[tuple[Any, tuple[Any, ...]]]
    alone = [(phase, (world,)) for phase in sorted(PHASES, key=lambda phase: -len(phase.py_func.__code__.co_names))]
    alone += [(building.people_live_alone, (world, 0, 0)), (building.get_to_know, (world,)), (begins, (world,))]
    return [start, *alone, *steps]


def types(*arguments: Any) -> tuple[Any, ...]:
    """Numba's types of some arguments."""
    typeof: Any = numba.typeof
    return tuple(typeof(a) for a in arguments)


def compile_share(share: int, of: int) -> None:
    """Compile every `of`-th job."""
    for rule, arguments in jobs(example())[share::of]:
        rule.compile(types(*arguments))


def warm(processes: int | None = None) -> None:
    """Compile everything into the cache; parts that stand alone go to processes of their own."""
    if PLAIN:
        return
    count = processes or os.cpu_count() or 1
    if cache_folder() is not None and count > 1:
        share = "import sys; from sim.warming import compile_share; compile_share(*map(int, sys.argv[1:]))"
        helpers = [subprocess.Popen([sys.executable, "-c", share, str(i), str(count)]) for i in range(1, count)]
        compile_share(0, count)
        for helper in helpers:
            helper.wait()
    compile_share(0, 1)
    months.compile(types(example(), 0, 0))
    drop_old_code()
