"""How work and management behave: what work costs and teaches, what managers are held to and become."""

from sim.settings.declare import Settings, setting, settings


@settings
class Working(Settings):
    """What work costs, yields and teaches."""

    demand_sd: float = setting(0.08, "monthly variation of core demand", unit="share", low=0.02, high=0.2)
    cover: float = setting(0.5, "part of vacant seats' work that team-mates carry", unit="share", low=0, high=1)
    overtime: float = setting(0.1, "work beyond full time that still gets done", unit="share", low=0, high=0.25)
    release_floor: float = setting(0.4, "release under the least supportive manager", unit="share", low=0, high=1)
    release_support: float = setting(0.6, "further release with support", unit="share", low=0, high=1)
    handover: float = setting(0.1, "team's time for handing over, of the time away", unit="share", low=0, high=0.3)
    skill_yield: float = setting(0.15, "output for competence", unit="log per SD", low=0.05, high=0.3)
    engagement_yield: float = setting(0.03, "output for engagement", unit="log per SD", low=0, high=0.1)
    ramp_months: float = setting(
        4.6, "ramp-up of an outsider", unit="months", low=2, high=9, source="20 weeks, 67 firms", grade="C",
        kind="fixed",
    )
    ramp_start: float = setting(0.5, "output on arrival", unit="share", low=0.2, high=0.8)
    role_level: float = setting(0.0, "level the job calls for", unit="SD", low=-0.5, high=1)
    gain: float = setting(
        0.5, "skill gained in a month full time, a standard deviation above", unit="SD", low=0.3, high=0.6,
        source="one substantial training: +.3 to +.6 SD (Arthur and others)", grade="B", kind="fixed",
    )
    gain_hours: float = setting(160, "hours in which most of it is learned", unit="hours", low=80, high=320)
    fading: float = setting(
        11, "half-life of unused skill", unit="months", low=6, high=18,
        source="6.5-13 months (meta-analyses)", grade="B", kind="fixed",
    )
    peers_months: float = setting(12, "memory of how many of the team are on projects", unit="months", low=3, high=24)
    newcomer_months: int = setting(24, "how long somebody new gets to know team-mates", unit="months", low=6, high=48)
    spreading: float = setting(
        0.05, "skill taken over from somebody met, of what they have more, at full strength of the tie",
        unit="share a meeting", low=0, high=0.2,
    )
    temp: float = setting(0.8, "output of whoever stands in for somebody away", unit="standard workers", low=0.4,
                          high=1)
    tie_team: float = setting(0.2, "team-mates become acquainted", unit="a month", low=0.05, high=0.5)
    tie_project: float = setting(0.5, "co-workers on a project become acquainted", unit="a month", low=0.2, high=0.9)
    tie_gain: float = setting(0.1, "strength gained in a month together", unit="0-1", low=0.05, high=0.3)
    tie_start: float = setting(0.5, "strength of a new acquaintance", unit="0-1", low=0.1, high=1)
    tie_within: float = setting(24, "half-life of unused ties inside a department", unit="months", low=12, high=48)
    tie_across: float = setting(
        10, "half-life of unused ties across departments", unit="months", low=6, high=24,
        source="a third to nine tenths of bridges are gone after a year (Burt; Lyu and others)", grade="B",
    )
    tie_forgotten: float = setting(0.05, "strength below which a tie is forgotten", unit="0-1", low=0.01, high=0.2)
    meeting: float = setting(
        0.7, "meetings a person seeks within the ring of acquaintance", unit="a month", low=0.1, high=1,
        source="keeps degree and clustering of email-Eu-core (SNAP)", grade="B", kind="calibrated",
    )
    circle: int = setting(
        8, "places to either side on the ring of acquaintance", unit="places", low=4, high=20,
        source="keeps degree and clustering of email-Eu-core (SNAP)", grade="B", kind="calibrated",
    )


@settings
class Training(Settings):
    """What training teaches and shows, and who gets it first."""

    level: float = setting(1, "level up to which training teaches", unit="SD", low=0.5, high=1.5)
    certificate: float = setting(40, "hours of training in a skill for a certificate", unit="hours", low=8, high=160)
    shown: float = setting(0.8, "what a certificate shows of a skill", unit="share", low=0.5, high=0.95)
    validity: float = setting(24, "half-life of a certificate", unit="months", low=12, high=60)
    reach: float = setting(
        1, "how far somebody may be short of what is called for to be trained first, where there is a priority",
        unit="SD", low=0.5, high=2,
    )
    first: float = setting(2, "most training of those who come first", unit="times the usual", low=1, high=4)


@settings
class Targets(Settings):
    """How managers are held to what their units delivered."""

    memory: float = setting(36, "months of the burn-in whose delivery sets the target", unit="months", low=12, high=60)
    slope: float = setting(4, "pressure for missing the target", unit="per share missed", low=2, high=8)
    pace: float = setting(0.3, "how fast pressure follows", unit="a month", low=0.1, high=1)
    effort: float = setting(0.02, "output that full emphasis buys", unit="log", low=0, high=0.05)


@settings
class Culture(Settings):
    """How managers' traits move from what they were born with. (Logits; for hoarding with the opposite sign.)"""

    pace: float = setting(0.05, "how fast traits follow", unit="a month", low=0.02, high=0.1)
    signal: float = setting(0.8, "signal of leadership as perceived", unit="logits", low=0, high=1.6)
    reward: float = setting(
        1, "mobility counts in evaluations (support for leaving and hoarding only)", unit="logits", low=0, high=2
    )
    experience: float = setting(0.8, "own experience with lending", unit="logits", low=0, high=1.6)
    pressure: float = setting(-1.5, "target pressure beyond what is usual in the unit", unit="logits", low=-3, high=0)
    fellows: float = setting(
        1, "how far other managers of the department have moved; from 4 on there would be two stable cultures",
        unit="logits", low=0, high=3,
    )
    learned: float = setting(
        60, "experience: what members away learn, per SD for each in the team", unit="0-1", low=20, high=120,
        source="on average positive: supervisors of participants would do it again (EPA pilot)", grade="C",
    )
    missed: float = setting(20, "experience: work they leave undone, per FTE for each in the team", unit="0-1", low=10,
                            high=40)
    experience_pace: float = setting(
        0.1, "how fast experience follows while somebody is away", unit="a month", low=0.03, high=0.3
    )


@settings
class Mobilizing(Settings):
    """Who follows the call when a shock needs people elsewhere, and what that does to their work."""

    enough: float = setting(
        -0.5, "shown skill against the level called for, from which somebody is thought of", unit="SD", low=-1, high=0.5
    )
    urgency: float = setting(
        1, "managers let people go more readily than for a project", unit="logits", low=0, high=3
    )
    habit: float = setting(-3.5, "volunteering: habit", unit="logits", low=-6, high=-1)
    desire: float = setting(2, "volunteering: expressed wish", unit="logits", low=0, high=4)
    efficacy: float = setting(1, "volunteering: efficacy", unit="logits", low=0, high=2)
    used: float = setting(1.5, "volunteering: has been on a project within the year", unit="logits", low=0, high=3)
    peers: float = setting(1, "volunteering: team-mates on projects", unit="logits", low=0, high=2)
    stress: float = setting(-2, "volunteering: stress above rest", unit="logits", low=-4, high=0)
    consultants: int = setting(2, "months after which consultants fill what is left", unit="months", low=0, high=6)
    relieved: float = setting(1, "time for the shock that is taken off the job", unit="share", low=0.5, high=1)
    pausing: float = setting(
        0.05, "worth that a project loses in a month in which it pauses", unit="share", low=0, high=0.2
    )
