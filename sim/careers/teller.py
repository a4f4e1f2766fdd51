"""One sentence or two for each thing that happens to somebody."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.careers.wording import (
    AMBITIONS,
    BACKINGS,
    called,
    capital,
    chance,
    counted,
    driven,
    heaviest,
    of_ten,
    post,
    restless,
    span,
    work,
)


class Teller:
    """Tells months in their order, and knows what somebody is waiting for and working on.

    Parameters
    ----------
    others : the usual motives for each kind of decision (see `usual`), with which those of somebody are compared
    manager : who has been named as the manager already
    """

    def __init__(self, others: Mapping[str, Mapping[str, float]], manager: str = "") -> None:
        self.others, self.manager = others, manager
        self.projects = 0  # that they are on
        self.waiting = False  # for an answer
        self.answers = 0  # that the pending request has had
        self.drawn: Any = None  # the vacancy that they last applied for, or that was offered to them

    @property
    def is_idle(self) -> bool:
        return not self.projects and not self.waiting

    def month(self, rows: Sequence[Any]) -> str:
        """All that happened in one month."""
        told = [(sentence, row.other) for row in rows for sentence in self.tell(row)]
        return " ".join([told[0][0], *(capital(*each) for each in told[1:])])

    def tell(self, row: Any) -> Iterator[str]:
        """The sentences of one event."""
        if row.event in ("rejected", "denied", "expired", "overtaken", "withdrew", "started"):
            self.waiting = False
        yield from getattr(self, f"_{row.event}")(row)

    # ------------------------------------------------------------------------------------------------------- asking

    def _asked(self, row: Any) -> Iterator[str]:
        yield from self._asks(row, f"asked {self._named(row.other)}" if row.other else "asked to join; nobody had to "
                              "permit it")

    def _ticked(self, row: Any) -> Iterator[str]:
        yield from self._asks(row, "ticked the box without a word to the manager")

    def _asks(self, row: Any, deed: str) -> Iterator[str]:
        self.waiting, self.answers = True, 0
        yield f"saw a project of {row.department} ({work(row)}), was interested, and {deed}."
        why = driven(row._asdict(), self.others.get("asked", {}))
        yield f"the odds of asking were {chance(row.p)}" + (f"; {why}." if why else ".")

    # -------------------------------------------------------------------------------------------------- the answers

    def _permitted(self, row: Any) -> Iterator[str]:
        yield f"{self._answering(row)} said yes; {heaviest(row._asdict(), 1)}."
        self.answers += 1

    def _denied(self, row: Any) -> Iterator[str]:
        yield f"{self._answering(row)} said no; {heaviest(row._asdict(), -1)}."
        yield f"such requests get a yes {of_ten(row.p)}."

    def _answering(self, row: Any) -> str:
        if self.answers:
            return f"the manager above ({called(row.other)})" if row.other else "the manager above"
        return self._named(row.other)

    def _named(self, manager: str) -> str:
        """The manager, by name when it is somebody new."""
        known, self.manager = self.manager, manager
        return "the manager" if manager in ("", known) else f"the manager ({called(manager)})"

    def _expired(self, row: Any) -> Iterator[str]:
        yield "no answer had come, and the request expired."

    def _overtaken(self, row: Any) -> Iterator[str]:
        yield f"before {'the last' if self.answers else 'an'} answer came, the project was taking nobody any more."

    def _withdrew(self, row: Any) -> Iterator[str]:
        yield "they were chosen, and had no time left for it."

    def _rejected(self, row: Any) -> Iterator[str]:
        who = f"{called(row.other)}, who had posted it," if row.other else "the project"
        yield f"{who} took somebody else."

    def _offered(self, row: Any) -> Iterator[str]:
        yield f"a place on a project of {row.department} ({work(row)}) was offered to them, unasked."

    def _declined(self, row: Any) -> Iterator[str]:
        yield "they declined."

    # --------------------------------------------------------------------------------------------------------- moves

    def _applied(self, row: Any) -> Iterator[str]:
        self.drawn = row.vacancy
        yield f"applied for a post in {post(row)}."
        why = driven(row._asdict(), self.others.get("applied", {}), AMBITIONS)
        yield f"the odds of applying were {chance(row.p)}" + (f"; {why}." if why else ".")

    def _backed(self, row: Any) -> Iterator[str]:
        yield from self._is_offered(row)
        yield f"{self._named(row.other)} backed the move; {heaviest(row._asdict(), 1, BACKINGS)}."

    def _resisted(self, row: Any) -> Iterator[str]:
        yield from self._is_offered(row)
        yield f"{self._named(row.other)} resisted the move; {heaviest(row._asdict(), -1, BACKINGS)}."
        yield f"such moves are backed {of_ten(row.p)}."

    def _is_offered(self, row: Any) -> Iterator[str]:
        """Whom a hiring manager asks has not applied."""
        if self.drawn != row.vacancy:
            self.drawn = row.vacancy
            yield f"a post in {post(row)} was offered to them before it was advertised, and they wanted it."

    def _vetoed(self, row: Any) -> Iterator[str]:
        yield "the manager forbade the move."

    def _turned_down(self, row: Any) -> Iterator[str]:
        yield f"they were turned down for the post in {row.department}."

    def _chosen(self, row: Any) -> Iterator[str]:
        yield f"they were chosen for the post in {row.department}."

    def _blocked(self, row: Any) -> Iterator[str]:
        yield f"the manager had held them back for so long that the offer of the post in {row.department} lapsed."

    def _moved(self, row: Any) -> Iterator[str]:
        self.manager = row.other
        under = f", under {called(row.other)}" if row.other not in ("", row.person) else ""
        yield f"moved to {post(row)}{under}."
        if self.waiting:
            self.waiting = False
            yield "the request that was waiting was withdrawn."

    # ------------------------------------------------------------------------------------------------------ projects

    def _started(self, row: Any) -> Iterator[str]:
        self.projects += 1
        who = f"{called(row.other)}, who had posted it, took them on, and " if row.other else ""
        yield f"{who}they joined the project of {row.department}."

    def _finished(self, row: Any) -> Iterator[str]:
        self.projects -= 1
        then = "another went on" if self.projects else "they were back in their own job"
        yield f"the project of {row.department} was over, and {then}."

    def _found_out(self, row: Any) -> Iterator[str]:
        yield "it came out that they were on a project without ever having asked; that was held against them."

    def _posted(self, row: Any) -> Iterator[str]:
        yes = f", with a yes of {called(row.other)}" if row.other not in ("", row.person) else ""
        yield f"posted a piece of work of the own unit ({work(row)}){yes}."

    def _closed(self, row: Any) -> Iterator[str]:
        joined = int(row.joined)
        if joined:
            yield f"the work that they had posted was done; {counted(joined, 'person', 'people')} had joined."
        else:
            yield "nobody had joined the work that they had posted in time, and it was given up."

    def _quit(self, row: Any) -> Iterator[str]:
        yield f"decided to quit; {restless(row._asdict())}."

    def _retired(self, row: Any) -> Iterator[str]:
        yield f"retired at the age of {int(row.age)}."

    def _left(self, row: Any) -> Iterator[str]:
        yield f"they left the organization after {span(int(row.month - row.hired))}."
