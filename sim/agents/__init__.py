"""Mesa's view of the organization: agents whose attributes are records and whose verbs are rules."""

from sim.agents.face import Face
from sim.agents.leadership import Leadership
from sim.agents.people import Employee, MiddleManager
from sim.agents.request import Request

__all__ = ["Employee", "Face", "Leadership", "MiddleManager", "Request"]
