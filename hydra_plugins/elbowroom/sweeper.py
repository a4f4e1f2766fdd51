"""Elbowroom's sweeper: one design, checked before it runs, in one process tree, where Hydra would start job after job.

A run takes some milliseconds, and each of Hydra's jobs a tenth of a second and several files.
"""

from dataclasses import dataclass
from typing import Any, List, Optional  # noqa: UP035  (as in Hydra's own declarations)

from hydra.core.config_store import ConfigStore
from hydra.plugins.sweeper import Sweeper
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig


@dataclass
class ElbowroomSweeperConf:
    """``hydra/sweeper: elbowroom``."""

    _target_: str = "hydra_plugins.elbowroom.sweeper.ElbowroomSweeper"


ConfigStore.instance().store(group="hydra/sweeper", name="elbowroom", node=ElbowroomSweeperConf, provider="elbowroom")


class ElbowroomSweeper(Sweeper):
    """Makes one study of Hydra's overrides."""

    def __init__(self) -> None:
        self.config: Optional[DictConfig] = None  # noqa: UP045

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        self.config = config

    def sweep(self, arguments: List[str]) -> Any:  # noqa: UP006
        """Run the study that the overrides ask for."""
        from sim.command.sweep import swept

        assert self.config is not None
        return swept(self.config, arguments)
