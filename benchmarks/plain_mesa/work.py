"""What is worked on beside the job: needs, the projects they are posted as, and the board of open postings."""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass, field
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.request import Request
    from benchmarks.plain_mesa.unit import Unit

SKILLS = 8
HOURS = 160  # a month of full time
MOST_PROJECTS = 3
ONE_TIME_HOURS = (0.5, 1.5, 3, 6, 12, 20, 32)
ONGOING_SHARES = (0.05, 0.10, 0.15, 0.20, 0.30)
DETAIL_SHARES = (0.5, 1.0)


def core_skills(family: int) -> tuple[int, int, int]:
    """The three skills of a job family: any two of the first eight families share at most one."""
    return family % SKILLS, (family + 1) % SKILLS, (family + 3) % SKILLS


@dataclass(eq=False)
class Need:
    """A piece of work that belongs to nobody's job."""

    unit: Unit
    month: int
    family: int
    levels: dict[int, float]  # skill called for → level
    share: float  # FTE of each member
    months: int
    places: int

    @classmethod
    def arising(cls, unit: Unit, month: int) -> Need:
        """Draw a need of this unit."""
        model = unit.model
        random, posting = model.random, model.behaviour.posting
        own = random.random() < posting.own_family
        family = unit.family if own else random.choice(model.seats).family
        skills = random.sample(core_skills(family), 2)
        if random.random() < posting.third_skill and (third := random.randrange(SKILLS)) not in skills:
            skills.append(third)
        share, months = drawn_size(random, posting)
        places = 1
        while places < 3 and random.random() < posting.second_place:
            places += 1
        levels = {skill: random.gauss(posting.level, posting.level_sd) for skill in skills}
        return cls(unit, month, family, levels, share, months, places)

    def overdue(self, month: int) -> bool:
        return month - self.month >= self.unit.model.behaviour.posting.lapse

    def fit(self, skill: Callable[[int], float]) -> float:
        """How well skills come up to it; much more than is called for is no better."""
        return sum([min(1.0, skill(called) - level) for called, level in self.levels.items()]) / len(self.levels)

    @property
    def fills_gap(self) -> bool:
        """Whether it calls for one of the skills most in demand."""
        return not set(self.unit.model.shortages.gaps).isdisjoint(self.levels)


def drawn_size(random, posting) -> tuple[float, int]:
    """Time share and months of a need: one-time, ongoing or a detail."""
    kind = random.random()
    if kind < posting.one_time:
        months = random.randint(1, 3)
        return random.choice(ONE_TIME_HOURS) / (HOURS * months), months
    if kind < posting.one_time + posting.ongoing:
        return random.choice(ONGOING_SHARES), random.randint(3, 12)
    return random.choice(DETAIL_SHARES), random.randint(3, 6)


@dataclass(eq=False)
class Project:
    """A need that somebody has posted."""

    need: Need
    poster: Employee | None  # none once the poster has left
    members: list[Employee] = field(default_factory=list)
    joined: int = 0  # places taken, also by members who have left since
    began: int | None = None
    worth: float = 0.0  # of the work done so far, in FTE-months of core work
    tastes: dict[Employee, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        random = self.need.unit.model.random
        self.positions = {skill: random.random() for skill in self.need.levels}

    def takes_people(self, month: int) -> bool:
        if self.joined >= self.need.places or self.need.overdue(month):
            return False
        return self.began is None or month < self.began + self.need.unit.model.behaviour.posting.recruiting

    def is_over(self, month: int) -> bool:
        if self.began is None:
            return self.need.overdue(month)
        return month >= self.began + self.need.months

    def taste_of(self, employee: Employee) -> float:
        """How somebody happens to like this project: drawn once, uniform with SD 1."""
        taste = self.tastes.get(employee)
        if taste is None:
            taste = self.tastes[employee] = employee.random.uniform(-math.sqrt(3), math.sqrt(3))
        return taste

    @property
    def places_left(self) -> int:
        return self.need.places - self.joined

    def suitability(self, request: Request) -> float:
        """How the poster ranks those who ask."""
        asker, matching = request.asker, request.asker.model.behaviour.matching
        return matching.fit * (self.need.fit(asker.seen_skill) + matching.tie * asker.tie_to(self.poster))

    @property
    def people(self) -> list[Employee]:
        """Members and the poster."""
        return [*self.members, self.poster] if self.poster else self.members

    def bring_together(self) -> None:
        for one, other in combinations(self.people, 2):
            one.work_with(other)

    def mix(self) -> float:
        """Share of pairs from two departments, times the share of pairs from two job families."""
        seats = [person.seat for person in self.people]
        pairs = list(combinations(seats, 2))
        if not pairs:
            return 0.0
        departments = sum([one.department != other.department for one, other in pairs])
        families = sum([one.family != other.family for one, other in pairs])
        return departments * families / len(pairs) ** 2

    def finish(self) -> None:
        """Members return to their jobs, and the poster is free to post again."""
        for member in self.members:
            member.return_from(self)
        if self.poster:
            self.poster.posting = None


class Board:
    """All open postings: for each skill those that call for it, around a ring."""

    def __init__(self, projects: list[Project]) -> None:
        self.open = set(projects)
        self.rings: list[list[tuple[float, Project]]] = [[] for _ in range(SKILLS)]
        for project in projects:
            for skill, position in project.positions.items():
                self.rings[skill].append((position, project))
        for ring in self.rings:
            ring.sort(key=itemgetter(0))
        self.positions = [[position for position, _ in ring] for ring in self.rings]

    def glance(self, employee: Employee, skill: int) -> Project | None:
        """The next posting within the employee's reach that calls for a skill, after a random point."""
        ring = self.rings[skill]
        start = bisect(self.positions[skill], employee.random.random())
        for step in range(len(ring)):
            project = ring[(start + step) % len(ring)][1]
            if employee.reaches(project):
                return project
        return None
