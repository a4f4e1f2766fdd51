"""Elbowroom's named policies, behaviours and organizations, for the Hydra applications of others.

Any application in the environment may write `policy: open_opps` among its defaults. The folder is searched last, so it
never shadows an application's own groups.
"""

from importlib.util import find_spec
from pathlib import Path

from hydra.core.config_search_path import ConfigSearchPath
from hydra.plugins.search_path_plugin import SearchPathPlugin


class ElbowroomSearchPath(SearchPathPlugin):
    """Appends the folder of Elbowroom's configurations to the search path."""

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        found = find_spec("sim")
        if found is None or found.origin is None:
            return
        inside = Path(found.origin).parent / "configs"
        beside = Path(found.origin).parents[1] / "configs"
        folder = inside if inside.is_dir() else beside
        if folder.is_dir():
            search_path.append("elbowroom", f"file://{folder}")
