"""Levers: what leadership may set."""

from enum import IntEnum

from sim.settings.declare import Settings, group, setting, settings


class Permission(IntEnum):
    """What stands between somebody who wants to join a project and joining it."""

    none = 0
    tickbox = 1
    form = 2
    chain = 3


class Reach(IntEnum):
    """Whose postings a person may see."""

    unit = 0
    department = 1
    organization = 2


class Priority(IntEnum):
    """Which needs come first."""

    none = 0
    gaps = 1


class Matching(IntEnum):
    """Who gets which place."""

    poster_choice = 0
    deferred_acceptance = 1
    central = 2


@settings
class Market(Settings):
    """The digital talent market: who may post and join projects, and how."""

    open: bool = setting(True, "whether there is a talent market", kind="lever", source="Open Opportunities", grade="C")
    time_cap: float = setting(
        0.20, "most time a person may give to projects", unit="share of own full time", low=0, high=1, kind="lever",
        source="Open Opportunities: up to 20 % of working time", grade="C",
    )
    permission: Permission = setting(
        Permission.tickbox, "what a person needs before joining a project", kind="lever",
        source="Open Opportunities: the supervisor's yes, noted by the participant", grade="C",
    )
    matching: Matching = setting(
        Matching.poster_choice, "how places are given out: each poster chooses, both sides rank, or a central office "
        "assigns people, asked or not", kind="lever",
        source="Open Opportunities: posters choose", grade="C",
    )
    visibility: float = setting(
        0.5, "share of people's attention that the market gets", unit="share", low=0, high=1, kind="lever",
        source="51 % are aware of internal openings (Gartner 2021)", grade="C",
    )
    tools: float = setting(
        0.5, "share of postings that stand in one place; what is scattered is seen less and delays requests",
        unit="share", low=0, high=1, kind="lever",
    )
    reach: Reach = setting(
        Reach.organization, "whose postings a person may see", kind="lever", source="Open Opportunities", grade="C"
    )
    profiles: float = setting(
        0.3, "share of skills beyond the job that people show in a profile", unit="share", low=0, high=1, kind="lever"
    )
    released: float = setting(
        1.0, "share of project time that the rules release from the job", unit="share", low=0, high=1, kind="lever",
        source="Open Opportunities: work in regular hours only; accounts from Google: near none", grade="C",
    )


@settings
class LeadershipPolicy(Settings):
    """What the executives say, and how often."""

    signal: float = setting(
        0.5, "strength with which leadership asks for lending people", unit="0-1", low=0, high=1, kind="lever"
    )
    committee_every: int = setting(
        0, "months between renewals of the signal by a standing committee; 0: at launch only", unit="months", low=0,
        high=24, kind="lever", source="a reminder works again, for a shorter time (Friebel, Heinz and Zubanov)",
        grade="A",
    )
    target_emphasis: float = setting(
        0.5, "how much managers are held to what their units delivered before", unit="0-1", low=0, high=1, kind="lever"
    )
    listening: float = setting(
        0.0, "twice a year people are heard: share of units in which what they say is acted on; 0: nobody is heard",
        unit="share", low=0, high=1, kind="lever",
    )
    priority: Priority = setting(Priority.none, "which needs come first when somebody posts one", kind="lever")


@settings
class ManagersPolicy(Settings):
    """What counts for managers when their people work elsewhere."""

    export_reward: float = setting(
        0.0, "how much lending people counts in a manager's evaluation", unit="0-1", low=0, high=1, kind="lever"
    )
    backfill: float = setting(
        0.0, "share of the time released for projects that the team gets back", unit="share", low=0, high=1,
        kind="lever",
    )


@settings
class Policy(Settings):
    """What leadership may set."""

    market: Market = group(Market, "the talent market")
    leadership: LeadershipPolicy = group(LeadershipPolicy, "what the executives say and look at")
    managers: ManagersPolicy = group(ManagersPolicy, "what counts for managers")


STATUS_QUO = Policy(market=Market(open=False), leadership=LeadershipPolicy(signal=0.0))
