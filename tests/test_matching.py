"""Posters choose among those who have permission."""

import pytest

from sim.building import set_policy
from sim.codes import PERMITTED
from sim.judging import recruits
from sim.mechanisms.matching import matching
from sim.month import PHASES
from sim.settings import Policy
from sim.world import copied, enlarged, fits, with_tallies


@pytest.mark.parametrize("permission", ["none", "form"])
def test_a_poster_with_places_left_takes_everybody_who_may_come(busy, permission):
    """Nobody with permission is left waiting by a project that still takes people."""
    world = with_tallies(copied(busy), 24, 0)
    set_policy(world, Policy().changed("market.permission", permission).changed("market.visibility", 1.0))
    chosen_together = 0
    for month in range(24):
        while not fits(world):
            world = enlarged(world)
        world.now.month = month
        for phase in PHASES:
            before = world.projects.joined.copy()
            phase(world)
            if phase is matching:
                chosen_together += int((world.projects.joined - before > 1).sum())
                for request in world.requests[: world.counts[0].requests]:
                    project = world.projects[request.project]
                    waits = request.stage == PERMITTED
                    assert not (waits and recruits(project, world.needs[project.need], world.now))
    assert chosen_together > 5
