"""Elbowroom: how people move, or fail to move, inside organizations."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Names are looked up when they are first used: importing Mesa, Numba and pandas takes seconds that help needs not.
_HOMES = {
    "Organization": "sim.organization",
    "Employee": "sim.agents",
    "MiddleManager": "sim.agents",
    "Leadership": "sim.agents",
    "Behaviour": "sim.settings",
    "Interval": "sim.studies.design",
    "OrganizationSpec": "sim.settings",
    "Policy": "sim.settings",
    "Rules": "sim.replacing",
    "Scenario": "sim.settings",
    "Setup": "sim.running",
    "Store": "sim.studies.store",
    "Switches": "sim.settings",
    "compare": "sim.studies.compare",
    "build": "sim.studies.verbs",
    "fork": "sim.careers.fork",
    "from_graph": "sim.people.nodes",
    "parameters": "sim.settings.parameters",
    "report": "sim.reporting.report",
    "run": "sim.studies.verbs",
    "sweep": "sim.studies.verbs",
    "policy": "sim.settings.named",
    "behaviour": "sim.settings.named",
    "scenario": "sim.settings.named",
}
__all__ = sorted(_HOMES)

if TYPE_CHECKING:
    from sim.settings import Behaviour, OrganizationSpec, Policy, Scenario, Switches
    from sim.settings.named import behaviour, policy, scenario
    from sim.settings.parameters import parameters


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
