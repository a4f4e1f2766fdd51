"""What all faces share: attributes that read and write a record for as long as its holder is here."""

from typing import Any

import mesa

from sim.agents.column import Column
from sim.errors import ElbowroomError, nearest


class HasLeft(ElbowroomError, AttributeError):
    """A face of somebody who has left was looked at.

    It counts as a missing attribute too: `agents.get(..., handle_missing="default")` passes over those who left.
    """


class Face(mesa.Agent):
    """A Mesa agent over one row of a table.

    Attributes are the columns of the record: reading and writing them reads and writes the organization. A face holds
    no state of its own, so a million people cost nothing until somebody looks at them.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        raise ElbowroomError(
            f"{type(self).__name__} cannot be made by hand: agents are views of people who hold a post. "
            "Take them from organization.agents, organization.person(name) or organization.face(row); a larger "
            "organization is Organization({'size': 500})."
        )

    @classmethod
    def over(cls, model: Any, row: int, unique_id: int) -> Any:
        """The face over a row; for the organization alone, which keeps one for each person."""
        face = cls.__new__(cls)
        face.__dict__.update(model=model, row=row, unique_id=unique_id, pos=None, left=None)
        return face

    @classmethod
    def create_agents(cls, model: Any, n: int, *given: Any, **named: Any) -> Any:
        """Mesa's way to make agents, which an organization has none of."""
        return cls(model)

    @classmethod
    def from_dataframe(cls, model: Any, df: Any, **named: Any) -> Any:
        """Newer Mesa's way to make agents of a table: here that is a people file."""
        raise ElbowroomError(
            "agents cannot be made from a frame: write it as a CSV with employee_id and manager_id, and build the "
            "organization from that: Organization({'people': 'people.csv'})."
        )

    @property
    def record(self) -> Any:
        """The record behind this face."""
        raise NotImplementedError

    def cells(self, name: str) -> Any:
        """(rows,) the column of that name in the table of this face."""
        raise NotImplementedError

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Names of the record's columns."""
        return tuple(name for kind in cls.__mro__ for name, value in vars(kind).items() if isinstance(value, Column))

    def __getattr__(self, name: str) -> Any:  # reached only when ordinary look-up fails
        if name.startswith("_") or "model" not in vars(self):
            raise AttributeError(name)
        if hasattr(type(self), name):  # a property that failed: let it say why
            return object.__getattribute__(self, name)
        raise AttributeError(f"{type(self).__name__} has no {name!r}.{self._known(name)}")

    def __setattr__(self, name: str, value: Any) -> None:
        known = getattr(type(self), name, None)
        if isinstance(known, Column) or name == "pos":
            object.__setattr__(self, name, value)
        elif known is not None or name in vars(self):
            raise AttributeError(f"{name} cannot be set: it follows from the columns, which columns() lists.")
        else:
            raise AttributeError(
                f"{type(self).__name__} has no {name!r}.{self._known(name)} Notes of your own find room in a "
                "dictionary by unique_id."
            )

    def _known(self, name: str) -> str:
        known = [known for known in dir(type(self)) if not known.startswith("_")]
        return nearest(name, known) + f" {type(self).__name__}.columns() lists what there is."

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"

    def step(self) -> None:
        """Nobody lives a month alone."""
        raise ElbowroomError(
            "agents have no step of their own: organization.step() is a month of everybody, phase by phase "
            "(docs/model.md)."
        )

    def advance(self) -> None:
        """Nobody lives a month alone."""
        self.step()

    def remove(self) -> None:
        """People leave by the rule of leaving, never by hand: their ties, projects and seat must be seen to."""
        raise ElbowroomError(
            f"{self!r} cannot be removed by hand: people leave by the rules in sim/mechanisms/leaving.py. "
            "Raise behaviour.leaving to make more of them leave."
        )
