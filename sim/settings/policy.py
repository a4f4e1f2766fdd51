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
    """What is served first: skills in short supply, or the job families with most vacant seats."""

    none = 0
    gaps = 1
    vacancies = 2


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
    priority: Priority = setting(
        Priority.none, "what postings, training, interviews and the committee serve first", kind="lever"
    )


@settings
class ManagersPolicy(Settings):
    """What counts for managers when their people work elsewhere or move on."""

    export_reward: float = setting(
        0.0, "how much lending and losing people to others counts in a manager's evaluation", unit="0-1", low=0,
        high=1, kind="lever",
    )
    release_within: int = setting(
        3, "most months that a manager who resists a move may hold whoever was chosen", unit="months", low=0, high=12,
        kind="lever",
    )
    backfill: float = setting(
        0.0, "share of the time released for projects that the team gets back", unit="share", low=0, high=1,
        kind="lever",
    )


@settings
class VacanciesPolicy(Settings):
    """How seats that fall open are filled."""

    posted: float = setting(
        0.5, "share of vacancies advertised to all insiders; for the others hiring managers ask whom they know",
        unit="share", low=0, high=1, kind="lever",
        source="51 % are aware of internal openings (Gartner 2021)", grade="C",
    )
    internal_first: int = setting(
        1, "months for which only insiders are looked for, unless it is urgent", unit="months", low=0, high=6,
        kind="lever", source="33 % look inside first (Gartner 2021)", grade="C",
    )
    min_time_in_role: int = setting(
        12, "months in post before somebody may move", unit="months", low=0, high=24, kind="lever"
    )
    interview_all: bool = setting(False, "whether every insider who applies is interviewed", kind="lever")
    rotation_every: int = setting(
        0, "months in post after which people are moved; 0: never", unit="months", low=0, high=120, kind="lever"
    )


@settings
class DevelopmentPolicy(Settings):
    """What is done for people's skills and for their view of where jobs lead."""

    upskilling: float = setting(
        0.01, "share of time for training in skills that are in short supply", unit="share of own time", low=0,
        high=0.1, kind="lever",
    )
    pathways: float = setting(
        0.3, "how well people see where jobs lead, beyond their own job family", unit="0-1", low=0, high=1,
        kind="lever",
    )


@settings
class Policy(Settings):
    """What leadership may set."""

    market: Market = group(Market, "the talent market")
    leadership: LeadershipPolicy = group(LeadershipPolicy, "what the executives say and look at")
    managers: ManagersPolicy = group(ManagersPolicy, "what counts for managers")
    vacancies: VacanciesPolicy = group(VacanciesPolicy, "how seats are filled")
    development: DevelopmentPolicy = group(DevelopmentPolicy, "training and pathways")


STATUS_QUO = Policy(market=Market(open=False), leadership=LeadershipPolicy(signal=0.0))
