"""What all faces share: attributes that read and write a record for as long as its holder is here."""

from typing import Any

import mesa

from sim.errors import ElbowroomError


class Face(mesa.Agent):
    """A Mesa agent over one row of a table.

    Attributes are the columns of the record: reading and writing them reads and writes the organization. A face holds
    no state of its own, so a million people cost nothing until somebody looks at them.
    """

    def __init__(self, model: Any, row: int, unique_id: int) -> None:
        # not super().__init__(), which would register every face with the model
        self.__dict__.update(model=model, row=row, unique_id=unique_id, pos=None)

    @property
    def record(self) -> Any:
        """The record behind this face."""
        raise NotImplementedError

    def columns(self) -> tuple[str, ...]:
        """Names of the record's columns."""
        return self.record.dtype.names  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:  # reached only when ordinary look-up fails
        if name.startswith("_") or "model" not in vars(self):
            raise AttributeError(name)
        record = self.record
        if name not in record.dtype.names:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; it has {', '.join(record.dtype.names)}")
        value = record[name]
        return value.item() if getattr(value, "shape", None) == () else value

    def __setattr__(self, name: str, value: Any) -> None:
        if name in type(self).__dict__ or name in vars(self):
            object.__setattr__(self, name, value)
        elif name in self.record.dtype.names:
            self.record[name] = value
        else:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; it has {', '.join(self.columns())}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"

    def remove(self) -> None:
        """People leave by the rule of leaving, never by hand: their ties, projects and seat must be seen to."""
        raise ElbowroomError(
            f"{self!r} cannot be removed by hand: people leave by the rules in sim/mechanisms/leaving.py. "
            "Raise behaviour.leaving to make more of them leave."
        )
