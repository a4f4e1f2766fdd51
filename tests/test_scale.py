"""What must not depend on the size of an organization, nor for long on where it starts."""

import numpy as np
import pytest
from conftest import ALL

from sim.building import set_policy
from sim.measures.frames import over
from sim.running import Setup, burn_in, forked, live, seed_of
from sim.settings import OrganizationSpec, Policy, named
from sim.world import copied, with_tallies

LIVELY = named.behaviour("lively")


def participation(size, number, behaviour):
    world = burn_in(Setup(OrganizationSpec(size=size, burn_in=48), behaviour), seed_of(5, number))
    return over(forked(world, Policy(), 36), {"": (12, 36)}, "everyone")["participation"][0]


@pytest.mark.parametrize("size", [50_000] if ALL else [10_000])
@pytest.mark.parametrize("name", ["default", "lively"])
def test_participation_per_head_does_not_depend_on_size(name, size):
    """Within 10 % of that of a dozen agencies of 1,000, whose mean has a standard error of 3 % at most (default)."""
    behaviour = named.behaviour(name)
    small = np.mean([participation(1_000, number, behaviour) for number in range(12)])
    assert participation(size, 0, behaviour) == pytest.approx(small, rel=0.1)


def on_projects(world, levels, months=48):
    """(years,) share of people on a project, year by year, where behaviour is `levels` for a year and lively after."""
    arm = with_tallies(copied(world), months, 0)
    set_policy(arm, Policy())
    arm.now.behaviour = levels.row()
    arm = live(arm, 12)
    arm.now.behaviour = LIVELY.row()
    everyone = live(arm, months).census[:, 0]
    return (everyone["on_project"] / everyone["heads"]).reshape(-1, 12).mean(axis=1)


def test_a_doubled_and_a_halved_participation_come_together_again():
    """For a year people ask and post far more, or far less; within 36 months nothing is left of it.

    Over 8 agencies the mean of the fourth year has a standard error of about 1.5 % of its level.
    """
    busy = LIVELY.changed("asking.habit", -1.0).changed("posting.habit", -1.0).changed("posting.arrival", 0.06)
    quiet = LIVELY.changed("asking.habit", -5.0)
    paths = {"low": [], "usual": [], "high": []}
    for number in range(8):
        world = burn_in(Setup(OrganizationSpec(size=600, burn_in=48), LIVELY), seed_of(9, number))
        for name, levels in (("low", quiet), ("usual", LIVELY), ("high", busy)):
            paths[name].append(on_projects(world, levels))
    low, usual, high = (np.mean(paths[name], axis=0) for name in ("low", "usual", "high"))
    assert low[0] < 0.5 * usual[0]
    assert high[0] > 1.9 * usual[0]
    assert [low[3], high[3]] == pytest.approx([usual[3]] * 2, rel=0.1)
