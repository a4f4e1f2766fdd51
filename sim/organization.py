"""An organization as a Mesa model."""

import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.agents import Crowd, Employee, Leadership, MiddleManager, Project, Request
from sim.building import set_policy, set_scenario
from sim.careers.exports import exports
from sim.careers.frame import frame, logged
from sim.careers.story import Career, career
from sim.codes import FREE
from sim.errors import ElbowroomError, nearest
from sim.measures import audit, fairness, monthly
from sim.measures.measure import MEASURES
from sim.people.graph import graph_of
from sim.people.names import Names
from sim.people.roster import Roster
from sim.records import NONE
from sim.replacing import OURS, Rules
from sim.running import Run, Setup, burn_in, live, roster_of
from sim.settings import AGENCY, Behaviour, OrganizationSpec, Policy, Scenario, Switches
from sim.settings.given import behaviour_given, organization_given, policy_given, scenario_given, seed_given
from sim.telling import with_log
from sim.world import World, copied, keeps_log, with_longer_tallies, with_tallies

LOGGED = 10_000  # people up to whom careers are kept unless somebody says otherwise
NO_HANDS = (
    "an organization takes in and lets go of people by its own rules (filling and leaving, docs/model.md), never by "
    "hand. For more or fewer people build another: Organization({'size': 500}); for more leaving, raise "
    "behaviour.leaving."
)


def _months(given: Any, verb: str) -> int:
    """A number of months that somebody gave."""
    number = isinstance(given, int | float | np.number) and not isinstance(given, bool)
    if not number or not 0 <= given < math.inf or given != int(given):
        raise ElbowroomError(f"{verb}({given!r}): expected a whole number of months, 0 or more.")
    return int(given)


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
    rules : rules of one's own in place of some of the model's
    scenario : what comes from outside: a name (``pandemic``), a list of names, settings, or nested dictionaries; kept
        in `setup`, since Mesa has an attribute of this name
    log : whether careers are kept from month 0 on; by default up to 10,000 people

    Attributes
    ----------
    leadership : the executives, a Mesa agent
    roster : the plan of posts, with the names behind all codes
    names : what people are called

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
        rules: Rules = OURS,
        log: bool | None = None,
        scenario: Scenario | str | Sequence[str] | Mapping[str, Any] = "none",
    ) -> None:
        seed = seed_given(rng)
        super().__init__(rng=seed)
        spec = organization_given(organization)
        habits = behaviour_given(behaviour)
        levers = policy_given(policy)
        self.setup = Setup(spec, habits, switches or Switches(), rules, scenario_given(scenario))
        self.roster = roster if roster is not None else roster_of(spec, seed)
        self.names = Names(self.roster)
        world = with_tallies(burn_in(self.setup, seed, self.roster), 12, 0)
        self.world = with_log(world) if log or (log is None and len(self.roster) <= LOGGED) else world
        self.policy = levers
        set_scenario(self.world, self.setup.scenario)
        self.leadership = Leadership.over(self, 0, -1)

    @property
    def world(self) -> World:
        """All records of the organization."""
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        before = vars(self).get("_world")
        self._world = world
        if before is None or before.staff is not world.staff:
            self.staff_columns = {name: world.staff[name].view(np.ndarray) for name in world.staff.dtype.names}
            self._crowd = Crowd(self)

    @property
    def policy(self) -> Policy:
        """The levers; setting them changes what holds from the next month on (profiles are filled in once)."""
        policy: Policy = self._policy
        return policy

    @policy.setter
    def policy(self, policy: Policy | str) -> None:
        self._policy = policy_given(policy)
        set_policy(self.world, self._policy)

    @property
    def month(self) -> int:
        """Months lived since the fork."""
        return int(self._world.now["month"])

    def ask(self, rule: Any, *arguments: Any) -> Any:
        """What one rule says of some records: the model's own, or what stands in for it here."""
        return self.setup.rules.call(rule, *arguments)

    # --------------------------------------------------------------------------------------------------------- months

    def step(self) -> None:
        """One month."""
        if self.month >= len(self.world.flow):
            self.world = with_longer_tallies(self.world, 2 * len(self.world.flow))
        before = self._crowd.before_a_month()
        try:
            self.world = live(self.world, self.month + 1, rules=self.setup.rules)
        finally:  # somebody may have stopped the run: faces are right all the same
            self._crowd.after_a_month(before)

    def _wrapped_step(self, *given: Any, **named: Any) -> None:
        """Mesa calls this for `step`, and counts."""
        if (given or named) and type(self).step is Organization.step:
            told = ", ".join([*map(repr, given), *(f"{name}={value!r}" for name, value in named.items())])
            raise ElbowroomError(f"step({told}): a step is one month. For several: organization.run_for(12)")
        super()._wrapped_step(*given, **named)

    def run_for(self, duration: int) -> None:
        """Live so many months; `step` is called for each. (Newer Mesa has this too.)"""
        for _ in range(_months(duration, "run_for")):
            self.step()

    def run_until(self, end_time: int) -> None:
        """Live up to a month, counted from the fork. (Newer Mesa has this too.)"""
        if _months(end_time, "run_until") < self.month:
            raise ElbowroomError(
                f"run_until({end_time!r}): {self.month} months have been lived, and none can be taken back. "
                "The same organization begins anew with the same rng."
            )
        self.run_for(end_time - self.month)

    def run_model(self) -> None:
        """Mesa's loop until a model stops by itself, which an organization never does."""
        raise ElbowroomError("an organization has no last month: run_for(12) lives a year, step() one month")

    # ---------------------------------------------------------------------------------------------------------- faces

    def face(self, row: int) -> Employee:
        """The agent over a row of the staff table; the same one as long as the same person is there."""
        return self._crowd.face(row)

    def person(self, name: str) -> Employee:
        """The agent of that name: the id in the people file, or the label of anybody else."""
        key = self.names.key_of(name)
        rows = np.flatnonzero(self.world.staff["person"] == key)
        if key != NONE and len(rows):
            return self.face(int(rows[0]))
        holder = int(self.world.seats["holder"][self.names.post_of(name)])
        held = "is vacant" if holder == NONE else f"is held by {self.face(holder).name}"
        raise ElbowroomError(f"{name!r} has left, or has not come yet: the post {held}")

    @property
    def agents(self) -> AgentSet:
        """Everybody who works here, as a Mesa AgentSet; made when first asked for, and kept up to date."""
        return self._crowd.everybody()

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise AttributeError(f"organization.agents cannot be set: {NO_HANDS}")

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """Employees without a unit of their own, and middle managers."""
        everybody = list(self.agents)
        return {
            kind: AgentSet([a for a in everybody if type(a) is kind], random=self.random) for kind in self.agent_types
        }

    @property
    def agent_types(self) -> list[type]:
        return [Employee, MiddleManager]

    def register_agent(self, agent: Any) -> None:
        """Mesa's way in; people come by the rule of filling."""
        raise ElbowroomError(f"{type(agent).__name__} cannot be registered: {NO_HANDS}")

    def deregister_agent(self, agent: Any) -> None:
        """Mesa's way out; people go by the rule of leaving."""
        raise ElbowroomError(f"{agent!r} cannot be deregistered: {NO_HANDS}")

    def remove_all_agents(self) -> None:
        """Mesa's way to empty a model."""
        raise ElbowroomError(f"nobody is removed: {NO_HANDS}")

    @property
    def requests(self) -> list[Request]:
        """Requests that wait for an answer or for the poster's choice."""
        count = int(self.world.counts[0].requests)
        return [Request(self, row) for row in np.flatnonzero(self.world.requests["stage"][:count] != FREE).tolist()]

    @property
    def projects(self) -> list[Project]:
        """Needs that are on the market: postings that wait for people, and projects under way."""
        count = int(self.world.counts[0].projects)
        return [Project(self, row) for row in np.flatnonzero(self.world.projects["used"][:count]).tolist()]

    @property
    def graph(self) -> Any:
        """The organization this month as a networkx graph: who reports to whom, who knows whom."""
        return graph_of(self.world, self.names)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Organization":
        """An organization that stands where this one does, with the same luck ahead."""
        twin = type(self).__new__(type(self))
        memo.update({id(self): twin} | {id(fixed): fixed for fixed in (self.setup, self.roster, self.names)})
        twin.__dict__["_world"] = None
        twin.world = copied(self.world)
        rest = {name: value for name, value in vars(self).items() if name not in ("_world", "_crowd", "staff_columns")}
        twin.__dict__.update(deepcopy(rest, memo))
        return twin

    # ------------------------------------------------------------------------------------------------------- measures

    def measures(self, group: str = "everyone") -> Any:
        """Every measure of the months lived so far: a pandas frame (months × measures)."""
        return monthly(self.lived(), group)

    def lived(self, first: int = 0) -> Run:
        """What has been lived from month `first` on, as a run, such as `sim.measures.waiting` and `summary` take."""
        lived, world = slice(first, self.month), self.world
        return Run(self.policy, int(world.now.seed), first, world.census[lived], world.flow[lived], world)

    def audit(self, respondents: int | None = None, rate: float = 1.0) -> Any:
        """Five questions, as a survey hears the answers, and what is so: see `sim.measures.audit`."""
        return audit(self.world, respondents, rate, self.setup.rules)

    def fairness(self) -> Any:
        """Who took part, and how evenly project time is spread: see `sim.measures.fairness`."""
        return fairness(self.world, self.roster.departments)

    # -------------------------------------------------------------------------------------------------------- careers

    def careers(self) -> Any:
        """What happened to people since month 0: a pandas frame, one row an event (see docs/careers.md)."""
        self._needs_log()
        return frame(logged(self.world), self.names)

    def exports(self) -> Any:
        """Who sends people on to other units and who takes them in, unit by unit: see `sim.careers.exports`."""
        self._needs_log()
        return exports(logged(self.world), self.names)

    def career(self, person: Any) -> Career:
        """The story of one person, also of one who has left, by name, key or agent; ``print`` tells it."""
        self._needs_log()
        return career(person, self.world, self.names)

    def _needs_log(self) -> None:
        if not keeps_log(self.world):
            raise ElbowroomError(
                f"no careers are kept of this organization (by default up to {LOGGED:,} people). Organization(..., "
                "log=True) keeps them: about 100 bytes for each person and month."
            )

    def __getattr__(self, name: str) -> Any:
        """A measure of the last month by its name; missing before the first month."""
        if hasattr(type(self), name):  # a property that failed: let it say why
            return object.__getattribute__(self, name)
        if name not in MEASURES or "_world" not in vars(self):
            known = [] if name.startswith("_") else [*MEASURES, *dir(type(self))]
            raise AttributeError(f"{type(self).__name__} has no {name!r}.{nearest(name, known)}")
        return float(monthly(self.lived(self.month - 1))[name].iloc[0]) if self.month else math.nan

    def __setattr__(self, name: str, value: Any) -> None:
        if name in MEASURES and not hasattr(type(self), name):
            raise AttributeError(f"{name} is a measure: it is counted each month. Set what people are like instead.")
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        return f"<Organization {self.setup.organization.name}: {len(self.world.staff)} seats, month {self.month}>"
