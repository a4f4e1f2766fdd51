"""An organization as a Mesa model."""

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.agents import Employee, Leadership, MiddleManager, Request
from sim.building import set_policy
from sim.codes import FREE
from sim.errors import ElbowroomError, SettingsError
from sim.measures import monthly
from sim.people.graph import graph_of
from sim.people.roster import Roster
from sim.records import NONE
from sim.running import Run, Setup, burn_in, live
from sim.settings import AGENCY, Behaviour, OrganizationSpec, Policy, Switches, named
from sim.world import with_longer_tallies, with_tallies


def _settings(given: Any, kind: Any, by_name: Any, what: str) -> Any:
    """Settings themselves, or those that a name or nested dictionaries stand for."""
    if isinstance(given, kind):
        return given
    if isinstance(given, str):
        return by_name(given)
    if isinstance(given, Mapping):
        return kind.made(given, what)
    raise SettingsError(f"{what} = {given!r}: expected a name, a {kind.__name__}, or nested dictionaries of settings.")


class Organization(mesa.Model):
    """An organization that has lived through its burn-in and stands at month 0.

    Parameters
    ----------
    organization : a spec, the name of one (``agency``), or a dictionary (``{"people": "people.csv"}``)
    policy : levers, the name of a policy (``open_opps``), or nested dictionaries (``{"market": {"time_cap": 0.1}}``)
    behaviour : uncertainties, the name of a setting (``lively``), or nested dictionaries
    switches : mechanisms that are in
    rng : the seed of all draws, a whole number
    roster : a plan of posts to use instead of the spec's

    Examples
    --------
    >>> from sim import Organization
    >>> organization = Organization("department", "open_opps", rng=7)
    >>> organization.step()
    >>> organization.month
    1
    >>> tired = organization.agents.select(lambda person: person.stress > 0.35)
    """

    def __init__(
        self,
        organization: OrganizationSpec | str = AGENCY,
        policy: Policy | str = "open_opps",
        behaviour: Behaviour | str = "default",
        switches: Switches | None = None,
        rng: int = 1,
        roster: Roster | None = None,
    ) -> None:
        if isinstance(rng, bool) or not isinstance(rng, int) or rng < 0:
            raise SettingsError(f"rng = {rng!r}: expected a whole number, 0 or more: the seed of all draws.")
        super().__init__(rng=rng)
        spec = _settings(organization, OrganizationSpec, named.organization, "organization")
        habits = _settings(behaviour, Behaviour, named.behaviour, "behaviour")
        levers = _settings(policy, Policy, named.policy, "policy")
        self.setup = Setup(spec, habits, switches or Switches())
        self.world = with_tallies(burn_in(self.setup, rng, roster), 12, 0)
        self.policy = levers
        self._faces: dict[int, Employee] = {}
        self._set: AgentSet | None = None
        self.leadership = Leadership(self, 0, -1)

    @property
    def policy(self) -> Policy:
        """The levers; setting them changes what holds from the next month on (profiles are filled in once)."""
        policy: Policy = self._policy
        return policy

    @policy.setter
    def policy(self, policy: Policy | str) -> None:
        self._policy = _settings(policy, Policy, named.policy, "policy")
        set_policy(self.world, self._policy)

    @property
    def month(self) -> int:
        """Months lived since the fork."""
        return int(self.world.now.month)

    def step(self) -> None:
        """One month."""
        if self.month >= len(self.world.flow):
            self.world = with_longer_tallies(self.world, 2 * len(self.world.flow))
        self.world = live(self.world, self.month + 1)
        self._set = None

    def run_model(self) -> None:
        """Mesa's loop until a model stops by itself, which an organization never does."""
        raise ElbowroomError("an organization has no last month: call step() for each month that it is to live")

    def __repr__(self) -> str:
        return f"<Organization {self.setup.organization.name}: {len(self.world.staff)} seats, month {self.month}>"

    # ---------------------------------------------------------------------------------------------------------- faces

    def face(self, row: int) -> Employee:
        """The agent over a row of the staff table; the same one as long as the same person is there."""
        person = int(self.world.staff["person"][row])
        if person == NONE:
            raise ElbowroomError(f"nobody is in row {row} of the staff table")
        if person not in self._faces:
            kind = Employee if self.world.staff["leads"][row] == NONE else MiddleManager
            self._faces[person] = kind(self, row, person)
        return self._faces[person]

    @property
    def agents(self) -> AgentSet:
        """Everybody who works here, as a Mesa AgentSet; made when first asked for."""
        if self._set is None:
            staff = self.world.staff
            here = np.flatnonzero(staff["person"] != NONE)
            people = {int(p) for p in staff["person"][here]}
            self._faces = {person: face for person, face in self._faces.items() if person in people}
            self._set = AgentSet([self.face(int(row)) for row in here], random=self.random)
        return self._set

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """Employees without a unit of their own, and middle managers."""
        everybody = list(self.agents)
        return {
            kind: AgentSet([a for a in everybody if type(a) is kind], random=self.random)
            for kind in (Employee, MiddleManager)
        }

    @property
    def agent_types(self) -> list[type]:
        return [Employee, MiddleManager]

    @property
    def requests(self) -> list[Request]:
        """Requests that wait for an answer or for the poster's choice."""
        count = int(self.world.counts[0].requests)
        return [Request(self, row) for row in range(count) if self.world.requests[row].stage != FREE]

    @property
    def graph(self) -> Any:
        """The organization this month as a networkx graph: who reports to whom, who knows whom."""
        return graph_of(self.world)

    # ------------------------------------------------------------------------------------------------------- measures

    def measures(self, group: str = "everyone") -> Any:
        """Every measure of the months lived so far: a pandas frame (months × measures)."""
        world = self.world
        return monthly(
            Run(self.policy, int(world.now.seed), 0, world.census[: self.month], world.flow[: self.month]), group
        )
