"""How people apply for vacancies, how managers answer those who want to move, and how vacancies are filled."""

from sim.settings.declare import Settings, setting, settings

BIDWELL = "investment bank (Bidwell 2011)"


@settings
class Applying(Settings):
    """Who notices a vacancy, whom it draws, and who applies."""

    audience: float = setting(
        30, "people who notice an advertised vacancy in a month", unit="people", low=10, high=100,
    )
    near: float = setting(0.5, "share of these from the vacancy's department", unit="share", low=0.1, high=0.9)
    beyond: float = setting(
        0.5, "share of the others from any job family, where pathways are clear", unit="share", low=0, high=1
    )
    grapevine: float = setting(
        0.2, "chance that a friend of the hiring manager hears of it, at full strength of the tie", unit="a month",
        low=0, high=1, source="jobs come best through moderately weak ties (Rajkumar and others)",
    )
    fit: float = setting(1.5, "draw: how near felt skills come to the job, 0-1", unit="logits", low=0.5, high=3)
    pay: float = setting(0.5, "draw: 10 % more pay", unit="logits", low=0, high=1)
    pay_step: float = setting(0.15, "pay of a grade above that of the next", unit="log", low=0.05, high=0.3)
    grade: float = setting(0.7, "draw: a grade higher", unit="logits a step", low=0, high=1.5)
    losses: float = setting(2, "a loss of pay or grade against a gain", unit="times", low=1, high=3)
    identity: float = setting(0.7, "draw: a second identity that the job has room for", unit="logits", low=0, high=1.5)
    pathways: float = setting(1, "draw: clear pathways to jobs beyond the family", unit="logits", low=0, high=2)
    push: float = setting(0.5, "push: stress .2 above rest", unit="logits", low=0, high=1)
    distance: float = setting(-1, "draw: skills short of the job by 1 SD", unit="logits", low=-2, high=0)
    trust: float = setting(0.5, "draw: full strength of the tie with the hiring manager", unit="logits", low=0, high=1)
    renown: float = setting(
        0.5, "draw: a manager from whom one person in ten got on", unit="logits", low=0, high=1
    )
    renown_months: float = setting(12, "half-life of a manager's name", unit="months", low=6, high=36)
    threshold: float = setting(1.5, "draw from which a vacancy is worth applying for", unit="logits", low=0.5, high=3)
    habit: float = setting(
        -1.0, "applying: habit", unit="logits", low=-3, high=1, kind="calibrated",
        source="about ten applicants per internal opening (Keller and Dlugos)", grade="B",
    )
    draw: float = setting(0.5, "applying: draw above the threshold", unit="per logit", low=0, high=1)
    desire: float = setting(2, "applying: expressed wish", unit="logits", low=1, high=4)
    efficacy: float = setting(1, "applying: efficacy", unit="logits", low=0, high=2)
    release: float = setting(1.5, "applying: backing expected of the manager", unit="logits", low=0, high=3)
    chances: float = setting(1.5, "applying: expected chance of being chosen", unit="logits", low=0, high=3)
    chances_rest: float = setting(0.3, "chance expected by those who know nothing", unit="0-1", low=0.1, high=0.6)


@settings
class Backing(Settings):
    """Whether a manager backs or resists the move of one of the team, in logits."""

    habit: float = setting(
        -0.8, "habit", unit="logits", low=-2, high=1, kind="calibrated",
        source="17 % say that their manager helps with internal jobs (Gartner 2021)", grade="C",
    )
    support: float = setting(2, "support for leaving above .5", unit="logits", low=1, high=4)
    signal: float = setting(
        1.5, "signal as perceived", unit="logits", low=0, high=3,
        source="sign: a request to managers works for about nine months (Friebel, Heinz and Zubanov)",
    )
    reward: float = setting(1.5, "moves count in evaluations", unit="logits", low=0, high=3)
    experience: float = setting(0.5, "own experience with lending", unit="logits", low=0, high=1)
    pressure: float = setting(-1, "target pressure", unit="logits", low=-2, high=0)
    hoarding: float = setting(
        -1, "hoarding, for each SD of value to the team", unit="logits", low=-2, high=0,
        source="signs: worker's productivity, small teams, performance pay (Haegele)",
    )
    away: float = setting(-3, "time of the team that projects take", unit="logits per FTE share", low=-6, high=0)


@settings
class Filling(Settings):
    """How a vacancy finds somebody, what it costs the team until then, and how newcomers start."""

    urgent: float = setting(0.2, "share of vacancies that are urgent", unit="share", low=0, high=0.5)
    known: float = setting(
        0.4, "strength from which hiring managers think of somebody they know", unit="0-1", low=0.2, high=0.8
    )
    judgement: float = setting(
        0.5, "error in what a hiring manager knows of a friend's skill", unit="SD", low=0.1, high=1
    )
    reservation: float = setting(
        0.2, "seen skill for the job below which nobody is chosen", unit="SD", low=-1.5, high=1, kind="calibrated",
        source="30 to 55 % of openings are filled from inside", grade="B",
    )
    tie: float = setting(0.3, "choice: full strength of the tie with the hiring manager", unit="SD", low=0, high=0.6)
    cool: float = setting(0.5, "choice: a cool word of a manager who resists", unit="SD", low=0, high=1)
    warm: float = setting(
        0.5, "choice: a warm word of a manager whom exports reward, for each SD that somebody weak is missed less",
        unit="SD", low=0, high=1,
    )
    interviews: int = setting(3, "insiders interviewed for a vacancy", unit="people", low=1, high=10)
    lapse: float = setting(0.1, "an offer lapses while a manager holds somebody back", unit="a month", low=0, high=0.3)
    veto: float = setting(0, "share of moves that managers resist which they may forbid", unit="share", low=0, high=1)
    outside_months: float = setting(
        3.2, "mean months until an outsider arrives, once looked for", unit="months", low=1, high=9,
        source="14 weeks, US federal (OPM)", grade="B", kind="fixed",
    )
    premium: float = setting(
        0.18, "pay of outsiders above that of insiders in the same grade", unit="share", low=0, high=0.3,
        source=f"+18 %, {BIDWELL}", grade="B", kind="fixed",
    )
    ramp_inside: float = setting(
        2.8, "ramp-up of an insider", unit="months", low=1, high=6, source="12 weeks, 67 firms", grade="C",
        kind="fixed",
    )
    far: float = setting(
        1.0, "from so many SD on by which skills fall short of a job, it takes as long as an outsider's ramp-up",
        unit="SD", low=0.5, high=2,
        source=f"a move far from one's skills does no better than an outsider, {BIDWELL}",
    )
    covered: float = setting(
        0.2, "part of vacant seats' work that consultants do", unit="share", low=0, high=0.5
    )
    rotation_months: float = setting(
        6, "months within which those who are due for rotation are moved, on average", unit="months", low=2, high=12,
    )
    abolished: float = setting(0.05, "share of vacancies that are taken out of the plan", unit="share", low=0, high=0.2)
    reopening: float = setting(36, "months after which they are added again, mean", unit="months", low=12, high=120)
    from_outside: float = setting(
        0.5, "share of people who came to the post they hold from outside, before the burn-in", unit="share", low=0.3,
        high=0.7, source="30 to 55 % of openings are filled from inside", grade="B",
    )
