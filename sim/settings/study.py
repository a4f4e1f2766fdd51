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
    keep: str | None = setting("results/kept", "where finished runs are kept, so that none is run again; null: nowhere",
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


@settings
class LawStudy(Settings):
    """Laws: on how many organizations and draws they are tried, and which."""

    organizations: int = setting(
        12, "organizations on which each effect is read, each with a burn-in of its own", unit="organizations", low=2,
        high=10_000, kind="spec", grade="",
    )
    draws: int = setting(
        50, "draws of behaviour from its ranges in which each sign is tried; 0: none", unit="draws", low=0,
        high=10_000, kind="spec", grade="",
    )
    per_draw: int = setting(
        6, "organizations for each draw, over which the sign of the mean is read", unit="organizations", low=2,
        high=1000, kind="spec", grade="",
    )
    mutations: bool = setting(
        False, "whether every term of every decision is turned round, to see which laws notice", kind="spec", grade=""
    )
    match: str | None = setting(None, "only laws whose sentence contains this", kind="spec", grade="")
    seed: int = setting(1, "the seed from which those of organizations and draws follow", low=0, high=2**31,
                        kind="spec", grade="")
    threads: int = setting(0, "organizations tried at a time; 0 for as many as there are cores", low=0, high=1024,
                           kind="spec", grade="")


def spec(default: Any, text: str, **known: Any) -> Any:
    """A setting of a study: no lever and no uncertainty."""
    return setting(default, text, kind="spec", grade="", **known)


@settings
class SweepStudy(Study):
    """A sweep: many points, each in replicates, in a store of its own."""

    months: int = spec(60, "months after the fork", unit="months", low=1, high=600)
    replicates: int = spec(16, "organizations, each with a burn-in of its own", low=1, high=100_000)
    design: str = spec("grid", "grid, zip, list, latin, sobol or morris")
    samples: int = spec(0, "points of a latin or sobol design; trajectories of a morris one", low=0, high=1_000_000)
    points: str | None = spec(None, "a CSV file of points for design=list: a column for each setting")
    axes: dict[str, Any] = spec(dict, "what is varied: dotted path to values")
    fixed: dict[str, Any] = spec(dict, "what holds at every point: dotted path to value")
    window: int = spec(12, "months summed up in a row, beside all of them; 0 for all alone", unit="months", low=0,
                       high=600)
    groups: tuple[str, ...] = spec(("everyone", "participants", "lending_teams", "cohort"), "whose measures are kept")
    at_end: bool = spec(False, "whether it is kept how requests waited and who got in, at the end of each run")
    engine: str = spec("threads", "threads, processes or dask")
    address: str | None = spec(None, "address of a Dask scheduler, or slurm; by default a cluster on this machine")
    shard: str | None = spec(None, "the part that is run here, such as 3/16; `elbowroom merge` joins them")
    on_error: str = spec("go_on", "when a run fails: go_on or stop")
    folder: str | None = spec(None, "where the store stands; by default under results/, named by what was asked")
    fresh: bool = spec(False, "start anew; what was there is kept beside")
