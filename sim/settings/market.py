"""How people behave on the market: who speaks, posts, looks, asks, permits and chooses."""

from sim.settings.declare import Settings, setting, settings

FRIEBEL = "Friebel, Heinz and Zubanov: a top request to managers works for about nine months"
HAEGELE = "Haegele: talent hoarding at a German manufacturer"
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
