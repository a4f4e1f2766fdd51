"""What tests share: small worlds, and the lively bench on which laws are tried."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from sim.people.generate import generate
from sim.running import Setup, burn_in, forked
from sim.settings import CALM, Behaviour, OrganizationSpec, Policy, Switches, named
from sim.testing import Bench

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
ALL = bool(os.environ.get("ELBOWROOM_ALL"))  # `make test-all`: long checks in full, where `make test` takes a sample

settings.register_profile("sample", max_examples=25, deadline=None, derandomize=True,
                          suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("full" if ALL else "sample")

# Needs, posts, asks and departures many times the usual, so that a few dozen people see everything within a year.
BUSY = (
    Behaviour()
    .changed("posting.arrival", 0.15).changed("posting.habit", -1.5)
    .changed("asking.habit", -1.0).changed("noticing.attention", 15)
    .changed("leaving.early", 0.05).changed("leaving.middle", 0.03).changed("leaving.late", 0.02)
)


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Twelve agencies of 1,000 with lively behaviour, at the fork; seeds are fixed."""
    return Bench(Setup(behaviour=named.behaviour("lively")), 12, 2024)


@pytest.fixture(scope="session")
def busy():
    """A busy organization of sixty at the fork."""
    return busy_world()


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    """Pages by name, such as docs/rules.md, once their Python has been run: see `pages.Ran`."""
    from pages import PAGES, run

    return cache(lambda name: run(PAGES[name], tmp_path_factory.mktemp("page")))


def busy_world(size=60, seed=5, behaviour=BUSY, burn=12, switches=None):
    spec = OrganizationSpec(size=max(20, size), burn_in=burn)
    return burn_in(Setup(spec, behaviour, switches or Switches()), seed, generate(size, seed))


def busy_run(world, policy=None, months=14, scenario=CALM):
    return forked(world, policy or Policy(), months, keep=True, scenario=scenario)


def same(one, other) -> bool:
    """Whether two worlds agree in every bit of what they hold (spare capacity apart)."""
    return tables(one) == tables(other)


def tables(world) -> list[bytes]:
    counts = world.counts[0]
    used = (world.needs[: counts.needs], world.projects[: counts.projects], world.requests[: counts.requests])
    people = (world.staff, world.circles, world.rankings, world.units, world.departments, world.seats,
              world.leadership)  # fmt: skip
    rest = (*people, world.counts, world.census, world.flow)
    # column by column: the bytes that pad a record mean nothing
    columns = [np.ascontiguousarray(table[name]).tobytes() for table in (*used, *rest) for name in table.dtype.names]
    return [*columns, world.ring.tobytes()]


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run code in a Python of its own."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, check=False,
    )
