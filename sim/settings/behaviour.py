"""Uncertainties: how people behave, which nobody knows exactly. One group for each phase of the month.

Grades: A field experiment, B administrative or measured data, C survey or single case, D assumption. Everything of
grade D comes with a wide range. Coefficients are in logits unless a unit is given.
"""

from sim.settings.declare import Settings, group, setting, settings

FRIEBEL = "Friebel, Heinz and Zubanov: a top request to managers works for about nine months"
HAEGELE = "Haegele: talent hoarding at a German manufacturer"
GRIFFETH = "signs: Griffeth and others, meta-analysis"
VOCABULARY = "Open Opportunities vocabulary of task sizes; weights assumed"


@settings
class Signalling(Settings):
    """How a signal of leadership rises, fades and reaches managers."""

    half_life: float = setting(
        6, "half-life of the signal", unit="months", low=3, high=12, source=FRIEBEL, grade="A", kind="fixed"
    )
    fatigue: float = setting(
        0.85, "what is left of a renewal for each recent one", unit="share", low=0.5, high=1, source=FRIEBEL, grade="A"
    )
    recovery: float = setting(18, "half-life of fatigue", unit="months", low=6, high=36)
    cascade: float = setting(0.9, "what each layer passes on", unit="share", low=0.6, high=1)
    credibility: float = setting(0.8, "what managers believe of it", unit="share", low=0.4, high=1, kind="calibrated")
    hearing: float = setting(0.3, "how fast perception follows", unit="a month", low=0.1, high=1)
    committee_effort: float = setting(
        0.1, "time of each member in a month in which the committee meets", unit="FTE", low=0, high=0.3
    )
    relief: float = setting(0.5, "part of a unit's complaints that is settled when they are heard and acted on",
                            unit="share", low=0, high=1)


@settings
class Posting(Settings):
    """How needs arise, and who posts them."""

    arrival: float = setting(
        0.02, "needs that arise for each seat", unit="a month", low=0.005, high=0.15, kind="calibrated",
        source="about 3 projects per 100 employee-years (Schneider Electric)", grade="C",
    )
    habit: float = setting(-4.5, "a month, per employee of a unit with an open need", unit="logits", low=-6, high=-1)
    growth_need: float = setting(1, "with need for growth", unit="logits", low=0, high=2)
    heard: float = setting(0.5, "with the signal heard", unit="logits", low=0, high=1)
    effort: float = setting(0.02, "time for posting and looking after a project", unit="FTE", low=0, high=0.1)
    lapse: int = setting(6, "months until an open need lapses", unit="months", low=2, high=24, kind="fixed")
    bought: float = setting(0.2, "unmet needs bought from a consultant", unit="share", low=0, high=0.5)
    one_time: float = setting(
        0.70, "one-time projects, of under an hour to 40 hours", unit="share", low=0.4, high=0.9, source=VOCABULARY,
        grade="C",
    )
    ongoing: float = setting(
        0.25, "ongoing projects, of .05 to .30 FTE; the rest are details at .5 or 1 FTE", unit="share", low=0.05,
        high=0.5, source=VOCABULARY, grade="C",
    )
    second_place: float = setting(
        0.40, "projects with a second place, and of these with a third", unit="share", low=0, high=0.8,
        source="EPA pilot: 92 people on 60 projects", grade="C", kind="fixed",
    )
    value: float = setting(0.6, "worth of an hour's work on a need against one of core work", unit="share", low=0.2,
                           high=1.2)
    recruiting: int = setting(2, "months after its start in which a project still takes people", unit="months", low=1,
                              high=6)
    third_skill: float = setting(0.5, "needs that call for a third skill from anywhere", unit="share", low=0, high=1)
    priority: float = setting(1, "for a need that has priority", unit="logits", low=0, high=2)
    innovation: float = setting(
        0.1, "an innovation comes of a project that mixes departments and job families fully", unit="probability",
        low=0, high=0.5,
    )
    own_family: float = setting(0.5, "needs that belong to the unit's own job family", unit="share", low=0, high=1)
    level: float = setting(0.5, "mean level called for", unit="SD", low=-0.5, high=1.5)
    level_sd: float = setting(0.5, "spread of the level called for", unit="SD", low=0, high=1)


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
class Noticing(Settings):
    """What people see, and how much it interests them."""

    attention: float = setting(
        6, "postings a person can look at", unit="a month", low=2, high=15, kind="calibrated",
        source="51 % are aware of internal openings (Gartner 2021)", grade="C",
    )
    browsing: float = setting(0.3, "looks at postings that call for a skill one does not show", unit="weight", low=0.1,
                              high=1)
    focus: float = setting(1, "looks where skills are shown: how much more for a higher one", unit="weight per SD",
                           low=0, high=2)
    fit: float = setting(1, "interest: fit", unit="logits", low=0.5, high=2)
    stretch: float = setting(0.7, "interest: something to learn", unit="logits", low=0, high=1.5)
    identity: float = setting(0.5, "interest: fits another identity", unit="logits", low=0, high=1)
    tie: float = setting(0.5, "interest: trust in the poster", unit="logits", low=0, high=1)
    contacts: float = setting(0.5, "interest: new contacts elsewhere", unit="logits", low=0, high=1)
    peers: float = setting(0.5, "interest: team-mates do it", unit="logits", low=0, high=1)
    load: float = setting(-1, "interest: already on projects", unit="logits", low=-2, high=0)
    taste: float = setting(0.3, "interest: personal taste", unit="logits SD", low=0, high=1)
    threshold: float = setting(1, "interest needed to think of asking", unit="logits", low=0.5, high=1.5)


@settings
class Asking(Settings):
    """Whether somebody who is interested asks."""

    habit: float = setting(
        -4.5, "habit: what is left when all else is zero", unit="logits", low=-7, high=0, kind="calibrated",
        source="about 3 projects per 100 employee-years (Schneider Electric)", grade="C",
    )
    desire: float = setting(2, "expressed desire", unit="logits", low=1, high=4)
    efficacy: float = setting(1, "efficacy", unit="logits", low=0, high=2)
    support: float = setting(1.5, "expected support", unit="logits", low=0, high=3)
    odds: float = setting(1.5, "expected odds", unit="logits", low=0, high=3)
    peers: float = setting(1, "team-mates on projects", unit="logits", low=0, high=2)
    tape: float = setting(-2, "red tape", unit="logits", low=-4, high=0)
    load: float = setting(-1, "share of the cap already used", unit="logits", low=-2, high=0)
    stress: float = setting(-2, "stress above its rest", unit="logits", low=-4, high=0)
    tape_tickbox: float = setting(0.15, "red tape of a tick box", unit="0-1", low=0, high=0.3)
    tape_form: float = setting(0.4, "red tape of a form", unit="0-1", low=0.3, high=0.6)
    tape_chain: float = setting(0.7, "red tape of chained approvals", unit="0-1", low=0.6, high=1)


@settings
class Permitting(Settings):
    """How managers answer."""

    habit: float = setting(
        0, "habit: what is left when all else is zero", unit="logits", low=-2, high=2, kind="calibrated",
        source="to be calibrated: 79 % say that their supervisor supports their development (US federal survey 2024)",
    )
    support: float = setting(2, "support for development, from its middle", unit="logits", low=1, high=4)
    signal: float = setting(1.5, "signal of leadership as perceived", unit="logits", low=0, high=3, kind="calibrated")
    denied: float = setting(0.4, "complaints of the denied", unit="logits", low=0, high=1)
    burdened: float = setting(-0.6, "complaints of those who carry the load", unit="logits", low=-1.5, high=0)
    hoarding: float = setting(
        -0.7, "hoarding times the person's value to the team", unit="logits per SD", low=-2, high=0,
        source=HAEGELE, grade="B", kind="calibrated",
    )
    away: float = setting(-3, "share of the team that is away", unit="logits", low=-6, high=0)
    reward: float = setting(1, "mobility counts in evaluations", unit="logits", low=0, high=2)
    experience: float = setting(
        0.5, "own experience with lending", unit="logits", low=0, high=1,
        source="sign: supervisors of participants would do it again (EPA pilot)", grade="C",
    )
    pressure: float = setting(-1, "target pressure", unit="logits", low=-2, high=0)
    team_size: float = setting(7, "size of a team in which value weighs as it is; twice that in tiny ones",
                               unit="people", low=3, high=15, source=HAEGELE, grade="B")
    delay_form: float = setting(1, "mean delay of a form", unit="months", low=0.25, high=3)
    delay_approver: float = setting(1, "mean delay of each approver in a chain", unit="months", low=0.25, high=3)
    expiry: int = setting(3, "months after which a request expires", unit="months", low=1, high=12)
    above_value: float = setting(0.3, "weight of the person's value one level up", unit="share", low=0, high=1)
    above_lean: float = setting(0.5, "the manager above leans on the yes below", unit="logits", low=0,
                                high=2)
    informal: float = setting(1.5, "tick box: asking the manager at all", unit="logits", low=0, high=3)
    informal_support: float = setting(2, "tick box: more so where support is expected", unit="logits", low=0, high=4)
    discovery: float = setting(0.15, "being found out after ticking unasked", unit="a month", low=0, high=0.5)
    held_against: int = setting(6, "how long that is held against somebody", unit="months", low=0, high=24)
    complaint: float = setting(0.2, "complaint at a denial", unit="complaints", low=0, high=1)
    complaint_half_life: float = setting(4, "half-life of complaints", unit="months", low=2, high=12)


@settings
class Matching(Settings):
    """How posters and a central office choose, and what those they choose say to it."""

    fit: float = setting(1, "shown fit", unit="per SD", low=0.5, high=2)
    tie: float = setting(0.3, "bonus for a tie", unit="SD", low=0, high=0.6)
    unseen: float = setting(-0.5, "level supposed of a skill that nobody has seen", unit="SD", low=-1.5, high=0.5)
    claim_bias: float = setting(
        0.1, "what profiles claim above the truth, on average", unit="SD", low=0, high=0.5,
        source="sign: people rate themselves too high",
    )
    claim_noise: float = setting(0.3, "spread of claims around the truth", unit="SD", low=0, high=1)
    candidates: int = setting(
        8, "central assignment: people considered for each place beside those who asked", unit="people", low=3, high=20,
    )
    offer: float = setting(
        0.5, "central assignment: somebody who did not ask says yes to a project at the threshold of interest",
        unit="logits", low=-2, high=2,
    )
    offer_interest: float = setting(
        1, "central assignment: more so with more interest", unit="logits per logit", low=0, high=2
    )
    drafted: float = setting(
        0.2, "central assignment: engagement lost by joining what one did not ask for", unit="SD", low=0, high=0.5
    )


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
class Leaving(Settings):
    """Plain turnover: a hazard by tenure, and an outsider after a delay. Defaults are those of a government."""

    early: float = setting(
        0.0090, "hazard of leaving at three months", unit="a month", low=0.003, high=0.06, kind="calibrated",
        source="US federal new hires: 14 % gone in two years (OPM)", grade="B",
    )
    middle: float = setting(
        0.0032, "hazard of leaving at two years", unit="a month", low=0.002, high=0.03, kind="calibrated",
        source="US federal new hires: 23 % gone in five years (OPM)", grade="B",
    )
    late: float = setting(
        0.0050, "hazard of leaving from ten years on, retirement included", unit="a month", low=0.002, high=0.02,
        kind="calibrated", source="US federal quits and retirements: 6 % a year (OPM)", grade="B",
    )
    longest: int = setting(540, "tenure from which on people retire soon", unit="months", low=360, high=600)
    retiring: float = setting(0.05, "hazard of leaving from then on", unit="a month", low=0.02, high=0.2)
    fill_months: float = setting(
        3.2, "mean months until an outsider arrives", unit="months", low=1, high=9,
        source="14 weeks, US federal (OPM)", grade="B", kind="fixed",
    )
    heat: float = setting(1, "heat of the labour market: what shown skills and identities draw", unit="per SD", low=0,
                          high=2)
    unled: float = setting(2, "how much slower a unit without a manager answers", unit="times", low=1, high=4)


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
    reward: float = setting(1, "mobility counts in evaluations (hoarding only)", unit="logits", low=0, high=2)
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
    experience_pace: float = setting(0.1, "how fast experience follows while somebody is away", unit="a month", low=0.03,
                                     high=0.3)


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
    core_skill: float = setting(0.5, "mean proficiency in the job's skills", unit="SD", low=0, high=1)
    other_skill: float = setting(-0.5, "mean proficiency in other skills", unit="SD", low=-1, high=0)
    strictness: float = setting(0.5, "mean strictness of job definitions", unit="0-1", low=0.2, high=0.8)
    strictness_sd: float = setting(0.2, "spread of strictness", unit="0-1", low=0.05, high=0.3)


@settings
class Behaviour(Settings):
    """How people behave."""

    people: People = group(People, "what people and units are like")
    signalling: Signalling = group(Signalling, "the signal of leadership")
    posting: Posting = group(Posting, "needs and postings")
    desiring: Desiring = group(Desiring, "wish and rationalization")
    noticing: Noticing = group(Noticing, "what people see and like")
    asking: Asking = group(Asking, "who asks")
    permitting: Permitting = group(Permitting, "how managers answer")
    matching: Matching = group(Matching, "how posters or a central office choose")
    working: Working = group(Working, "work, learning and ties")
    straining: Straining = group(Straining, "stress, belonging, engagement")
    leaving: Leaving = group(Leaving, "turnover")
    learning: Learning = group(Learning, "beliefs")
    targets: Targets = group(Targets, "what managers are held to")
    culture: Culture = group(Culture, "managers' traits")
