"""Who knows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.plain_mesa.formulas import kept
from benchmarks.plain_mesa.work import SKILLS

if TYPE_CHECKING:
    from benchmarks.plain_mesa.employee import Employee

MOST_TIES = 24
MOST_TEAM_TIES = 8


class Tie:
    """An acquaintance, held by both."""

    __slots__ = ("across", "first", "second", "strength", "team")

    def __init__(self, first: Employee, second: Employee, strength: float) -> None:
        self.first, self.second = first, second
        self.strength = strength
        self.sort()

    def sort(self) -> None:
        """Tell where the tie leads."""
        one, other = self.first.seat, self.second.seat
        self.team = other in one.team
        self.across = not self.team and one.department != other.department


class Social:
    """The side of an employee that knows people: ties, and how they come and go."""

    def start_unacquainted(self) -> None:
        self.ties: dict[Employee, Tie] = {}
        self.team_ties = self.ties_across = 0

    def tie_to(self, other: Employee | None) -> float:
        tie = self.ties.get(other)
        return tie.strength if tie else 0.0

    def get_to_know(self, other: Employee, strength: float) -> None:
        """A new tie, if both have room for it."""
        team = other.seat in self.seat.team
        if len(self.ties) >= MOST_TIES or len(other.ties) >= MOST_TIES:
            return
        if team and (self.team_ties >= MOST_TEAM_TIES or other.team_ties >= MOST_TEAM_TIES):
            return
        tie = Tie(self, other, strength)
        for one, friend in ((self, other), (other, self)):
            one.ties[friend] = tie
            one.team_ties += tie.team
            one.ties_across += tie.across
        self.model.flow["ties_new"] += tie.across

    def forget(self, other: Employee) -> None:
        tie = self.ties[other]
        for one, friend in ((self, other), (other, self)):
            del one.ties[friend]
            one.team_ties -= tie.team
            one.ties_across -= tie.across

    def sort_ties(self) -> None:
        """After a move: tell anew where each tie leads."""
        for tie in self.ties.values():
            team, across = tie.team, tie.across
            tie.sort()
            for one in (tie.first, tie.second):
                one.team_ties += tie.team - team
                one.ties_across += tie.across - across

    def work_with(self, other: Employee) -> None:
        """A month together on a project."""
        working = self.model.behaviour.working
        if tie := self.ties.get(other):
            tie.strength = min(1.0, tie.strength + working.tie_gain)
        elif self.random.random() < working.tie_project:
            self.get_to_know(other, working.tie_start)

    def socialize(self) -> None:
        """Meet somebody near on the ring of acquaintance; newcomers get to know their team."""
        working, random = self.model.behaviour.working, self.random
        if random.random() < working.meeting:
            other = self.model.neighbour_of(self.seat)
            if other:
                self.meet(other)
        if self.position < working.newcomer_months:
            for seat in self.seat.team:
                other = seat.holder
                if other and other not in self.ties and random.random() < working.tie_team:
                    self.get_to_know(other, working.tie_start)

    def meet(self, other: Employee) -> None:
        """Get to know somebody, or see somebody known again, and pick up a little of what the other can do."""
        start = self.model.behaviour.working.tie_start
        tie = self.ties.get(other)
        if tie is None:
            self.get_to_know(other, start)
        else:
            skill = self.model.month % SKILLS  # skills take turns
            self.pick_up(skill, other.skills[skill], tie.strength)
            tie.strength = max(tie.strength, start)

    def keep_up(self) -> None:
        """Ties in the team grow, others fade. Each tie is looked after by one of the two."""
        working = self.model.behaviour.working
        within, across = kept(working.tie_within), kept(working.tie_across)
        forgotten = []
        for other, tie in self.ties.items():
            if tie.first is not self:
                continue
            if tie.team:
                tie.strength = min(1.0, tie.strength + working.tie_gain)
            else:
                tie.strength *= across if tie.across else within
                if tie.strength < working.tie_forgotten:
                    forgotten.append(other)
        for other in forgotten:
            self.forget(other)
