"""Which organization: generated, or read from a people file."""

from sim.settings.declare import Settings, setting, settings


@settings
class OrganizationSpec(Settings):
    """Which organization to build."""

    name: str = setting("agency", "what to call it", kind="spec", grade="")
    size: int = setting(
        1000, "people in a generated organization", unit="people", low=20, high=5_000_000, kind="spec", grade=""
    )
    people: str | None = setting(None, "a people file (CSV) to read instead of generating", kind="spec", grade="")
    mend: bool = setting(
        False, "mend faults of the people file by stated defaults, and list each mend", kind="spec", grade=""
    )
    departments: int = setting(
        0, "departments of a generated organization; 0 for about twenty, fewer where people are few",
        unit="departments", low=0, high=10_000, kind="spec", source="email-Eu-core (SNAP)", grade="B",
    )
    burn_in: int = setting(
        120, "months lived under the status quo before the fork", unit="months", low=0, high=600, kind="spec", grade=""
    )


AGENCY = OrganizationSpec()
