"""What may be set: levers (`Policy`), uncertainties (`Behaviour`), switches and the organization."""

from sim.settings.behaviour import Behaviour
from sim.settings.organization import AGENCY, OrganizationSpec
from sim.settings.policy import (
    STATUS_QUO,
    DevelopmentPolicy,
    LeadershipPolicy,
    ManagersPolicy,
    Market,
    Matching,
    Permission,
    Policy,
    Priority,
    Reach,
    VacanciesPolicy,
)
from sim.settings.switches import Switches

__all__ = [
    "AGENCY", "STATUS_QUO", "Behaviour", "DevelopmentPolicy", "LeadershipPolicy", "ManagersPolicy", "Market",
    "Matching", "OrganizationSpec", "Permission", "Policy", "Priority", "Reach", "Switches", "VacanciesPolicy",
]
