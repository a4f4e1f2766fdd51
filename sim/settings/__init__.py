"""What may be set: levers (`Policy`), uncertainties (`Behaviour`), scenarios, switches and the organization."""

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
from sim.settings.prices import Prices
from sim.settings.scenario import CALM, Scenario
from sim.settings.switches import Switches

__all__ = [
    "AGENCY", "CALM", "STATUS_QUO", "Behaviour", "DevelopmentPolicy", "LeadershipPolicy", "ManagersPolicy", "Market",
    "Matching", "OrganizationSpec", "Permission", "Policy", "Prices", "Priority", "Reach", "Scenario",
    "Switches",     "VacanciesPolicy",
]
