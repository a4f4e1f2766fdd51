"""How people are, what they wish, what work does to them, what they come to expect, and when they leave."""

from sim.settings.declare import Settings, setting, settings

HAEGELE = "Haegele: talent hoarding at a German manufacturer"
GRIFFETH = "signs: Griffeth and others, meta-analysis"
CORRELATES = "about half of what goes together with it (Griffeth and others, meta-analysis)"
REJECTED = "health firm (Dlugos and Keller)"


@settings
class People(Settings):
    """What people and units are like."""

    growth_need: float = setting(0.5, "mean need for growth", unit="0-1", low=0.3, high=0.7)
    growth_need_sd: float = setting(0.2, "spread of need for growth", unit="0-1", low=0.05, high=0.3)
    efficacy: float = setting(0.5, "mean resting level of efficacy", unit="0-1", low=0.3, high=0.7)
    efficacy_sd: float = setting(0.15, "spread of efficacy", unit="0-1", low=0.05, high=0.3)
    development: float = setting(
        0.75, "mean support for development", unit="0-1", low=0.6, high=0.9,
        source="79 % say that their supervisor supports their development (US federal survey 2024)", grade="B",
        kind="fixed",
    )
    development_sd: float = setting(0.15, "spread of support for development", unit="0-1", low=0.05, high=0.25)
    hoarding: float = setting(
        0.5, "mean hoarding", unit="0-1", low=0.3, high=0.7,
        source="three managers in four hoard (Haegele)", grade="B", kind="fixed",
    )
    hoarding_sd: float = setting(0.25, "spread of hoarding", unit="0-1", low=0.1, high=0.28, source=HAEGELE, grade="B")
    release: float = setting(
        0.25, "mean support for others' leaving the team", unit="0-1", low=0.1, high=0.5,
        source="17 % say that their manager helps with internal jobs (Gartner 2021)", grade="C", kind="fixed",
    )
    release_sd: float = setting(0.15, "spread of support for leaving", unit="0-1", low=0.05, high=0.25)
    age: float = setting(
        37, "age of those who come: centre of a normal distribution", unit="years", low=30, high=44, kind="calibrated",
        source="to be set by: US federal retirements 3-3.5 % a year (OPM)",
    )
    age_sd: float = setting(11, "its spread, before the ends are cut off", unit="years", low=6, high=15)
    youngest: int = setting(18, "least age of those who come", unit="years", low=15, high=22, kind="fixed")
    oldest: int = setting(65, "greatest age of those who come", unit="years", low=55, high=70, kind="fixed")
    core_skill: float = setting(0.5, "mean proficiency in the job's skills", unit="SD", low=0, high=1)
    other_skill: float = setting(-0.5, "mean proficiency in other skills", unit="SD", low=-1, high=0)
    strictness: float = setting(0.5, "mean strictness of job definitions", unit="0-1", low=0.2, high=0.8)
    strictness_sd: float = setting(0.2, "spread of strictness", unit="0-1", low=0.05, high=0.3)


@settings
class Desiring(Settings):
    """How the wish for new work grows, is served by the job, and is talked away."""

    pace: float = setting(0.1, "how fast the wish follows its target", unit="a month", low=0.03, high=0.3)
    crafting: float = setting(
        0.5, "part of the need for growth that job crafting can meet", unit="share", low=0, high=1,
        source="sign: Frederick and VanderWeele, meta-analysis of job crafting",
    )
    grace: float = setting(12, "months before work grows stale", unit="months", low=3, high=24)
    staling: float = setting(24, "how slowly it grows stale after that", unit="months", low=12, high=48)
    content_weight: float = setting(2 / 3, "weight of content against position", unit="share", low=0, high=1)
    rationalizing: float = setting(0.05, "how fast barriers make people talk the wish away", unit="a month", low=0,
                                   high=0.2)
    reviving: float = setting(0.10, "how fast success, moving peers and the signal bring it back", unit="a month",
                              low=0.02, high=0.3)
    barrier_support: float = setting(0.4, "barrier: no support expected", unit="weight", low=0, high=1)
    barrier_strictness: float = setting(0.1, "barrier: strict job definitions", unit="weight", low=0, high=0.5)
    barrier_tape: float = setting(0.3, "barrier: red tape", unit="weight", low=0, high=1)
    barrier_failures: float = setting(0.5, "barrier: own denials and rejections", unit="weight", low=0, high=1)
    reviving_peers: float = setting(0.5, "success of team-mates against own", unit="weight", low=0, high=1)
    reviving_heard: float = setting(0.3, "signal heard against own success", unit="weight", low=0, high=1)
    forgetting: float = setting(12, "half-life of denials and rejections", unit="months", low=6, high=24)
    rejection_weight: float = setting(0.25, "a poster's rejection against a denial", unit="denials", low=0, high=1)
    fresh_hours: float = setting(320, "hours on a project that make work new again", unit="hours", low=80, high=960)
    identity_growth: float = setting(0.1, "identity gained for 32 hours outside the family", unit="a month", low=0,
                                     high=0.3)
    identity_keeping: float = setting(0.97, "identity kept", unit="share a month", low=0.9, high=1)


@settings
class Straining(Settings):
    """What work does to people."""

    stress_pace: float = setting(0.3, "how fast stress follows", unit="a month", low=0.1, high=1)
    stress_rest: float = setting(0.25, "stress at rest", unit="0-1", low=0.1, high=0.5)
    overload: float = setting(1.5, "for load above full time", unit="per share", low=0.5, high=3, source=GRIFFETH,
                              grade="B")
    role_conflict: float = setting(0.3, "time away under a sceptical manager", unit="0-1", low=0, high=0.6,
                                   source=GRIFFETH, grade="B")
    emphasis: float = setting(0.1, "targets that are insisted on", unit="0-1", low=0, high=0.3)
    sceptics: float = setting(0.1, "away among colleagues who are not", unit="0-1", low=0, high=0.3)
    identity: float = setting(0.2, "an identity that the job has no room for", unit="0-1", low=0, high=0.5)
    found_out: float = setting(0.15, "having ticked unasked and been found out", unit="0-1", low=0, high=0.4)
    belonging_pace: float = setting(0.1, "how fast belonging follows", unit="a month", low=0.03, high=0.3)
    belonging_rest: float = setting(0.3, "belonging without ties", unit="0-1", low=0.1, high=0.5)
    belonging_ties: float = setting(0.4, "for enough strong ties", unit="0-1", low=0, high=0.6)
    enough_ties: float = setting(20, "strong ties that are enough to belong", unit="ties", low=10, high=30)
    belonging_across: float = setting(0.3, "for a large enough share of ties that lead elsewhere", unit="0-1", low=0,
                                      high=0.5)
    enough_across: float = setting(0.8, "share of ties that lead elsewhere that is enough", unit="share", low=0.3,
                                   high=1)
    belonging_usual: float = setting(0.7, "belonging that leaves engagement as it is", unit="0-1", low=0.4, high=0.9)
    engagement_pace: float = setting(
        0.15, "how fast engagement follows", unit="a month", low=0.05, high=0.3,
        source="to be set by: job crafting lifts later engagement by .37 SD (Frederick and VanderWeele)",
    )
    growth: float = setting(0.5, "engagement: .05 SD learned this month", unit="SD", low=0, high=1)
    belonging: float = setting(0.3, "engagement: belonging, per .15 above what is usual", unit="SD", low=0, high=0.6)
    fit: float = setting(0.3, "engagement: competence in the role, per SD", unit="SD", low=0, high=0.6)
    stress: float = setting(-0.4, "engagement: stress, per .2", unit="SD", low=-0.8, high=0)
    efficacy_success: float = setting(0.1, "efficacy after success", unit="share of the rest", low=0, high=0.3)
    efficacy_denial: float = setting(0.08, "efficacy lost after a denial", unit="share", low=0, high=0.3)
    efficacy_rejection: float = setting(0.25, "a poster's rejection against a denial", unit="denials", low=0, high=1)
    efficacy_pace: float = setting(0.02, "return of efficacy to its resting level", unit="a month", low=0.005,
                                   high=0.1)


@settings
class Learning(Settings):
    """How beliefs about managers and posters are learned."""

    pull: float = setting(0.02, "beliefs return to how things are", unit="a month", low=0.005, high=0.1)
    own: float = setting(0.3, "weight of an own answer", unit="share", low=0.1, high=0.6)
    refusal: float = setting(1.5, "a refusal against a yes", unit="times", low=1, high=3)
    acted_on: float = setting(0.1, "being heard, and something done", unit="share of the rest", low=0, high=0.3)
    ignored: float = setting(0.15, "being heard, and nothing done", unit="share", low=0, high=0.4)
    seen: float = setting(0.05, "weight of an answer to a team-mate", unit="share", low=0, high=0.2)
    heard: float = setting(0.02, "weight of the signal heard", unit="share a month", low=0, high=0.1)
    noise: float = setting(0.15, "error of a first belief about a manager", unit="0-1 SD", low=0, high=0.3)
    reset: float = setting(0.5, "part of a belief that a new manager resets", unit="share", low=0, high=1)
    odds_rest: float = setting(0.5, "odds expected by those who know nothing", unit="0-1", low=0.2, high=0.8)


@settings
class Leaving(Settings):
    """When people retire, and what makes them quit (log: logarithm of a factor). Defaults are those of a government."""

    early: float = setting(
        0.0085, "usual hazard of quitting at three months", unit="a month", low=0.003, high=0.06, kind="calibrated",
        source="US federal new hires: 14 % gone in two years (OPM)", grade="B",
    )
    middle: float = setting(
        0.0030, "usual hazard of quitting at two years", unit="a month", low=0.002, high=0.03, kind="calibrated",
        source="US federal new hires: 23 % gone in five years (OPM)", grade="B",
    )
    late: float = setting(
        0.0017, "usual hazard of quitting from ten years on", unit="a month", low=0.0005, high=0.02, kind="calibrated",
        source="US federal quits: 2.5-4 % a year (OPM)", grade="B",
    )
    retiring_55: float = setting(
        0.005, "hazard of retiring at 55 to 59", unit="a month", low=0, high=0.02, kind="calibrated",
        source="US federal retirements: 3-3.5 % a year (OPM)", grade="B",
    )
    retiring_60: float = setting(
        0.012, "hazard of retiring at 60 to 64", unit="a month", low=0.003, high=0.05, kind="calibrated",
        source="US federal retirements: 3-3.5 % a year (OPM)", grade="B",
    )
    retiring_65: float = setting(0.025, "hazard of retiring from 65 on", unit="a month", low=0.01, high=0.2,
                                 kind="calibrated")
    engagement: float = setting(
        -0.3, "quitting: engagement", unit="log per SD", low=-0.6, high=0, source=f"satisfaction, {CORRELATES}",
        grade="B",
    )
    stress: float = setting(
        0.15, "quitting: stress, per .2", unit="log", low=0, high=0.3,
        source=f"stress, {CORRELATES}; hindrance +.2, challenge about 0 (Podsakoff and others)", grade="B",
    )
    thwarted: float = setting(
        0.4, "quitting: a wish that one would tell of, and nothing has served", unit="log", low=0, high=1,
        source="86 % who look elsewhere want better use of their skills, 55 % different work (US federal, MSPB)",
        grade="C",
    )
    serving: int = setting(12, "how long a project or a move serves a wish", unit="months", low=6, high=24)
    rejected: float = setting(
        0.47, "quitting: a rejection from a vacancy (1.6 times)", unit="log", low=0, high=0.92,
        source=f"sign: 2-3 times, naively, {REJECTED}", grade="B",
    )
    rejected_months: float = setting(6, "half-life of a rejection from a vacancy", unit="months", low=3, high=12)
    interviewed: float = setting(0.5, "a rejection after an interview against one without", unit="times", low=0, high=1,
                                 source=f"half, {REJECTED}", grade="B")
    insider_won: float = setting(2 / 3, "a rejection if an insider got the job", unit="times", low=0, high=1,
                                 source=f"sign: {REJECTED}")
    honeymoon: float = setting(-0.4, "quitting: just after a move inside", unit="log", low=-0.8, high=0)
    honeymoon_months: float = setting(6, "half-life of that", unit="months", low=3, high=12)
    outside: float = setting(0.1, "quitting: the pull of the labour market", unit="log per SD", low=0, high=0.3)
    support: float = setting(
        -0.15, "quitting: the signal that the manager passes on, times support for development", unit="log", low=-0.5,
        high=0, source="sign: a request to managers cut turnover for nine months (Friebel, Heinz and Zubanov)",
        grade="A",
    )
    outsider: float = setting(
        0.19, "quitting: came to the present post from outside (1.21 times)", unit="log", low=0, high=0.4,
        source="investment bank (Bidwell 2011)", grade="B",
    )
    heat: float = setting(1, "heat of the labour market: what shown skills and identities draw", unit="per SD", low=0,
                          high=2)
    unled: float = setting(2, "how much slower a unit without a manager answers", unit="times", low=1, high=4)
