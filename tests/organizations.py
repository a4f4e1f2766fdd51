"""Small organizations for tests of faces."""

from conftest import BUSY

from sim.organization import Organization
from sim.settings import OrganizationSpec, Policy

SMALL = OrganizationSpec(size=80, burn_in=12)
FORM = Policy().changed("market.permission", "form").changed("market.time_cap", 0.5)


def an_organization(policy=FORM, rng=11, months=0, switches=None, spec=SMALL, **settings) -> Organization:
    """A busy organization of eighty, after so many months."""
    organization = Organization(spec, policy, BUSY, switches, rng=rng, **settings)
    for _ in range(months):
        organization.step()
    return organization


def first(agents):
    """The first of a set of agents, on every Mesa."""
    return next(iter(agents))


def pending(organization):
    """Requests and the managers they wait for."""
    return [(r, r.asker.manager) for r in organization.requests if r.asker.manager not in (None, r.asker)]
