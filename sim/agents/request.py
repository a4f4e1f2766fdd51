"""Requests on their way."""

from typing import Any

from sim.errors import ElbowroomError


class Request:
    """Somebody's request to join a project, as long as it is pending; its columns are attributes."""

    def __init__(self, model: Any, row: int) -> None:
        self.model, self.row = model, row
        self.key = int(model.world.requests[row].key)

    @property
    def record(self) -> Any:
        record = self.model.world.requests[self.row]
        if record.stage == 0 or record.key != self.key:
            raise ElbowroomError("this request has been answered, has expired or was overtaken")
        return record

    @property
    def asker(self) -> Any:
        """Who asks."""
        return self.model.face(int(self.record.asker))

    @property
    def months(self) -> int:
        """Months since asking."""
        return int(self.model.month - self.record.asked)

    def __repr__(self) -> str:
        return f"<Request {self.key}>"
