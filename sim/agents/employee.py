"""Employees.

Verbs ask the rules, one by one, as things stand at the beginning of the month to come. They change nothing, nor what
will happen: every draw is keyed.
"""

from typing import TYPE_CHECKING, Any

from sim.agents.column import columns_of
from sim.agents.face import Face, HasLeft
from sim.agents.project import Project
from sim.agents.request import Request
from sim.ages import retirement
from sim.codes import STAYS
from sim.draws import Decision, poisson, uniform
from sim.judging import believed, expressed, sigma, tie_strength, value_to_team
from sim.mechanisms.asking import Motives, Silencers, asks, courage, motives, silencers, tells_manager
from sim.mechanisms.desiring import barriers, crafted, encouragement, plateau
from sim.mechanisms.leaving import way_out
from sim.mechanisms.noticing import Interest, attraction, felt_fit, glances, is_open_to
from sim.mechanisms.permitting import is_found_out
from sim.mechanisms.posting import wants_to_post
from sim.mechanisms.straining import hindrance
from sim.mechanisms.working import core_load, project_load
from sim.records import NONE
from sim.records import Employee as Record
from sim.restlessness import Restlessness, hazard, restlessness
from sim.skills import competence, shown_fit
from sim.time_cap import room

if TYPE_CHECKING:
    from sim.agents.manager import MiddleManager

# What other tables must agree with: seats and units, vacancies, projects and requests, ties at both ends.
KEPT = (
    "person", "seat", "unit", "leads", "department", "family", "goal", "applies", "rival", "projects", "posts",
    "request", "time_away", "option", "tie_count", "tie_sum", "tie_across", "duty", "called", "volunteered",
)  # fmt: skip


@columns_of(Record, KEPT)
class Employee(Face):
    """One person: `stress`, `latent`, `skills` and all other columns of `sim.records.Employee`."""

    @property
    def record(self) -> Any:
        """The record of this person; an error once they have left."""
        self.cells("person")
        return self.model.world.staff[self.row]

    def cells(self, name: str) -> Any:
        columns = self.model.staff_columns
        if columns["person"].item(self.row) != self.unique_id:  # rows are used again, people are not
            raise HasLeft(self._farewell())
        return columns[name]

    def _farewell(self) -> str:
        when = f", in month {self.left}" if self.left is not None else ""
        return f"person {self.unique_id} has left the organization ({self.name}{when}); is_here tells who is still here"

    def __repr__(self) -> str:
        when = "" if self.is_here else ", who has left" if self.left is None else f", who left in month {self.left}"
        return f"<{type(self).__name__} {self.name}{when}>"

    # ------------------------------------------------------------------------------------------------------ who, where

    @property
    def is_here(self) -> bool:
        """Whether this person still works here."""
        return bool(self.model.staff_columns["person"].item(self.row) == self.unique_id)

    @property
    def name(self) -> str:
        """The id in the people file; of others a label by their post: `17-2` is the second after its first holder."""
        return str(self.model.names.of_person(self.unique_id))

    @property
    def tenure(self) -> int:
        """Months since hire."""
        return int(self.model.month - self.hired)

    @property
    def age(self) -> float:
        """Age in years."""
        return float(self.model.month - self.born) / 12.0

    @property
    def department_name(self) -> str:
        """The department."""
        return str(self.model.roster.departments[self.department])

    @property
    def family_name(self) -> str:
        """The job family."""
        return str(self.model.roster.families[self.family])

    @property
    def unit_name(self) -> str:
        """The unit, by the post that leads it."""
        return f"reports of {self.model.names.of_person(int(self.model.world.units['number'][self.unit]))}"

    @property
    def grade(self) -> int:
        """The grade of the post; 0 is the highest."""
        return int(self.model.world.seats["grade"][self.seat])

    @property
    def grade_name(self) -> str:
        """The grade of the post, as the people file has it."""
        return str(self.model.roster.grades[self.grade])

    @property
    def own_unit(self) -> Any:
        """The record of the unit this person works in."""
        return self.model.world.units[self.unit]

    @property
    def manager(self) -> "MiddleManager | None":
        """Who leads this person's unit; None while the post is vacant. The head's is the head."""
        row = int(self.own_unit.manager)
        return None if row == NONE else self.model.face(row)

    @property
    def circle(self) -> Any:
        """The record of this person's ties: rows of the people known, how strong, and where each leads."""
        self.cells("person")
        return self.model.world.circles[self.row]

    @property
    def acquaintances(self) -> list["Employee"]:
        """The people with whom this person has ties."""
        return [self.model.face(int(row)) for row in self.circle.ties if row != NONE]

    @property
    def works_on(self) -> list[Project]:
        """Projects that this person works on."""
        return [Project(self.model, int(row)) for row in self.projects if row != NONE]

    @property
    def looks_after(self) -> Project | None:
        """The project that this person has posted."""
        return None if self.posts == NONE else Project(self.model, self.posts)

    @property
    def pending_request(self) -> Request | None:
        """The request of this person that has not been answered yet."""
        return None if self.request == NONE else Request(self.model, self.request)

    # ---------------------------------------------------------------------------------------------------------- wishes

    def _luck(self, decision: int) -> float:
        """What this person draws this month."""
        return float(self.model.ask(uniform, int(self.record.person), self.model.world.now, int(decision), 0))

    def _alone(self, rule: Any) -> Any:
        """A rule about somebody and what holds this month."""
        return self.model.ask(rule, self.record, self.model.world.now)

    def _in_unit(self, rule: Any) -> Any:
        """A rule about somebody in their unit."""
        return self.model.ask(rule, self.record, self.own_unit, self.model.world.now)

    def expresses(self) -> float:
        """The wish for new work as a survey would hear it, 0 to 1."""
        return float(self.model.ask(expressed, self.record))

    def plateau(self) -> float:
        """How far work and position have nothing new to offer, 0 to 1."""
        return float(self._alone(plateau))

    def crafted(self) -> float:
        """Need for growth that is met by crafting the own job, 0 to 1."""
        return float(self._in_unit(crafted))

    def barriers(self) -> float:
        """What stands in the way, as this person sees it: the stronger, the faster the wish is talked away."""
        return float(self._in_unit(barriers))

    def encouragement(self) -> float:
        """What shows that moving is possible."""
        return float(self._in_unit(encouragement))

    # ---------------------------------------------------------------------------------------------------------- market

    def tie_with(self, other: "Employee | None") -> float:
        """Strength of the tie with somebody, 0 to 1; 0 without one."""
        row = other.row if other is not None and other.is_here else NONE
        return float(self.model.ask(tie_strength, self.circle, row))

    def glances(self) -> int:
        """How many postings does this person look at this month?"""
        mean = float(self.model.ask(glances, self.model.world.now))
        return int(self.model.ask(poisson, self._luck(Decision.glances), mean))

    def interest_in(self, project: Project) -> Interest:
        """The terms of the interest in a project, in logits."""
        posting, world, peers = project.record, self.model.world, float(self.own_unit.peers)
        elsewhere = bool(posting.department != self.department)
        tie = self.tie_with(project.poster)
        terms: Interest = self.model.ask(attraction, self.record, project.need, tie, elsewhere, peers, world.now)
        return terms

    def may_join(self, project: Project) -> bool:
        """Could this person join: not the own posting, not twice, within the cap and the list of projects?"""
        return bool(self.model.ask(is_open_to, self.record, self.row, project.row, self.model.world))

    def felt_fit(self, project: Project) -> float:
        """How near the own skills come to what is called for, as this person feels it, 0 to 1."""
        return float(self.model.ask(felt_fit, self.record, project.need))

    def shown_fit(self, project: Project) -> float:
        """How well the skills that others see come up to what is called for, in SD."""
        return float(self.model.ask(shown_fit, self.record, project.need, self.model.world.now))

    def motives(self) -> Motives:
        """The terms of the decision to ask, in logits."""
        terms: Motives = self._in_unit(motives)
        return terms

    def p_asks(self) -> float:
        """Probability of asking for something interesting, as things stand."""
        return float(self.model.ask(sigma, self.model.ask(courage, self.motives())))

    def asks(self) -> bool:
        """Would this person ask this month, if something interested them?"""
        return bool(self._in_unit(asks))

    def silencers(self) -> Silencers:
        """What each barrier takes off the courage to ask, in logits."""
        terms: Silencers = self._in_unit(silencers)
        return terms

    def tells_manager(self) -> bool:
        """Under a tick box: would this person talk to the manager before ticking it this month?"""
        return bool(self._alone(tells_manager))

    def is_found_out(self) -> bool:
        """Does it come to light this month that this person is on a project without having asked?"""
        return bool(self._alone(is_found_out))

    def wants_to_post(self) -> bool:
        """Does this person want to put a need of the unit on the market this month?"""
        return bool(self._in_unit(wants_to_post))

    def room(self) -> float:
        """Time that this person may still give to projects, in FTE."""
        return float(self._alone(room))

    # ------------------------------------------------------------------------------------------------------------ work

    def competence(self) -> float:
        """Competence in the role, in SD around what is usual in the job."""
        return float(self._alone(competence))

    def value_to_team(self) -> float:
        """What the manager would miss (SD)."""
        return float(self._in_unit(value_to_team))

    def core_load(self) -> float:
        """Core work that falls to this person this month, as a share of contracted time."""
        luck = self._luck(Decision.demand)
        return float(self.model.ask(core_load, self.record, self.own_unit, luck, self.model.world.now))

    def project_load(self) -> float:
        """Projects, an own posting and the committee's meeting, as a share of contracted time."""
        executive = self.model.world.leadership[0]
        return float(self.model.ask(project_load, self.record, self.own_unit, executive, self.model.world.now))

    def hindrance(self) -> float:
        """Stress from time away under a manager who resists it, among colleagues who stay."""
        return float(self._in_unit(hindrance))

    def believed_support(self, manager: "MiddleManager") -> float:
        """Support for development that this person would expect of a manager whom they do not know, 0 to 1."""
        return float(self.model.ask(
            believed, float(manager.post.development), self.record, manager.record, 0, self.model.world.now
        ))

    # --------------------------------------------------------------------------------------------------------- leaving

    def restlessness(self) -> Restlessness:
        """The terms of the decision to quit: logarithms of factors of the hazard."""
        world = self.model.world
        terms: Restlessness = self.model.ask(restlessness, self.record, self.own_unit, world.leadership[0], world.now)
        return terms

    def p_quits(self) -> float:
        """Probability of quitting this month, as things stand."""
        world = self.model.world
        return float(self.model.ask(hazard, self.record, self.own_unit, world.leadership[0], world.now))

    def p_retires(self) -> float:
        """Probability of retiring this month."""
        now = self.model.world.now
        return float(self.model.ask(retirement, int(now.month - self.born), now))

    def leaving_hazard(self) -> float:
        """Probability of leaving the organization this month, one way or the other."""
        return 1.0 - (1.0 - self.p_quits()) * (1.0 - self.p_retires())

    def leaves(self) -> bool:
        """Does this person leave this month, as things stand? (What the month brings may change it.)"""
        return bool(self.model.ask(way_out, self.record, self._luck(Decision.leaving), self.model.world) != STAYS)
