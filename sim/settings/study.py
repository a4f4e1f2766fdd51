"""What a study runs: replicates, months, seed; and the main job's design."""

from typing import Any

from sim.settings.declare import Settings, setting, settings


@settings
class Study(Settings):
    """How much to run."""

    months: int = setting(60, "months after the fork", unit="months", low=12, high=600, kind="spec", grade="")
    replicates: int = setting(16, "organizations, each with a burn-in of its own", low=2, high=100_000, kind="spec",
                              grade="")
    seed: int = setting(1, "the seed from which those of the replicates follow", low=0, high=2**31, kind="spec",
                        grade="")
    rules: str | None = setting(None, "a Python file with rules of one's own (docs/rules.md)", kind="spec", grade="")
    threads: int = setting(0, "replicates run at a time; 0 for as many as there are cores", low=0, high=1024,
                           kind="spec", grade="")


@settings
class CapStudy(Study):
    """The main job: the cap under tick box and red tape, with a quiet and with a loud leadership."""

    replicates: int = setting(30, "organizations, each with a burn-in of its own", low=2, high=100_000, kind="spec",
                              grade="")
    caps: tuple[float, ...] = setting((0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4), "time caps", kind="spec", grade="")
    permissions: tuple[str, ...] = setting(("tickbox", "form"), "kinds of permission", kind="spec", grade="")
    signals: dict[str, Any] = setting(dict, "what leadership says, by name", kind="spec", grade="")
    behaviours: tuple[str, ...] = setting(("default", "lively"), "settings of behaviour", kind="spec", grade="")
