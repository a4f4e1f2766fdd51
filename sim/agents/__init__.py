"""Mesa's view of the organization: agents whose attributes are records and whose verbs are rules."""

from sim.agents.crowd import Crowd
from sim.agents.employee import Employee
from sim.agents.face import Face, HasLeft
from sim.agents.leadership import Leadership
from sim.agents.manager import MiddleManager
from sim.agents.project import Project
from sim.agents.request import Request
from sim.people.names import Names

__all__ = ["Crowd", "Employee", "Face", "HasLeft", "Leadership", "MiddleManager", "Names", "Project", "Request"]
