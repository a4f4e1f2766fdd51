"""What a person, a unit, a seat, a need, a project and a request are.

Each class is the one declaration of a kind of record: from it follow the NumPy layout, the columns of frames and the
documentation. Numbers are 64 bits wide, since narrower ones make compiled and plain Python part. Only rows, codes and
months, which are compared and counted and never make a key, take less: memory is what a month of a million people waits
for.
"""

from sim.rows import Codes, Floats, Kept, Kepts, Rows, Short, Shorts, field, record
from sim.settings.behaviour import Behaviour
from sim.settings.policy import Policy
from sim.settings.scenario import Scenario
from sim.settings.switches import Switches

SKILLS = 8  # kinds of skill
CORE = 3  # skills that a job family uses
PROJECTS = 3  # projects one person may be on at a time
PLACES = 3  # people one project may take
CHOICES = 3  # projects that one request may name
TIES = 24  # ties one person keeps up
BANDS = 4  # of tenure for which it is known how restless people usually are; and parts of the curve of hazards
GAPS = 2  # skills that count as gaps
TEAM_TIES = 8  # of these, inside the own unit
TERMS = 16  # terms of one decision that are kept in the log; at least as many as there are skills
NONE = -1  # no row: a question asked before a row is looked up, since -1 is silently the last row

NEVER = -1_000_000  # a month before all months
BEFORE = 1 << 19  # openings of a seat before the person whom a people file names count from here


@record
class Now(Rows):
    """What holds for everybody this month."""

    seed: int = field("the key of all draws")
    month: int = field("months since the fork; burn-in is negative", "months")
    first: int = field("month that stands in the first row of the tallies", "months since the fork")
    settled: int = field("month from which on people come and go", "months since the fork")
    stays: int = field("the key of a person whose moves are called off, or NONE: what would be without them")
    policy: Policy = field("levers")
    behaviour: Behaviour = field("how people behave")
    switches: Switches = field("mechanisms that are in")
    scenario: Scenario = field("what comes from outside")
    vacated: float = field("seats that fall vacant and may be abolished, mean of two years", "share of seats a year")
    closed: float = field("seats that are abolished", "share of seats")
    rises: Floats = field("how much more than before work calls for of each skill", "SD", SKILLS)


@record
class Employee(Rows):
    """One person who works here. A row without a person has `person = NONE`."""

    # who and where, and what nearly every phase asks first: side by side, so that one piece of memory holds it
    person: int = field("the key of this person's draws; never used again")
    unit: Short = field("row of the unit the seat belongs to")
    seat: Short = field("row of the seat this person holds")
    hired: Short = field("month of hire", "months since the fork")
    born: Short = field("month of birth", "months since the fork")
    time_away: float = field("time given to projects", "FTE")
    duty: float = field("time given to what a shock calls for; projects pause meanwhile", "FTE")
    posts: Short = field("row of the project this person has posted and looks after, or NONE")
    option: Short = field("row of the most interesting project noticed this month, or NONE")
    request: Short = field("row of this person's pending request, or NONE")
    leads: Short = field("row of the unit this person leads, or NONE")
    department: Short = field("department of the seat")
    family: Short = field("job family of the seat")
    fte: float = field("contracted time", "share of full time")
    position: float = field("time in position", "months")
    content: float = field("time since the work last had new content", "months")
    since: Short = field("month of taking up this post", "months since the fork")
    ramp_months: float = field("time it takes this person to be fully productive in this post", "months")
    # vacancies
    goal: Short = field("row of the vacant seat that this person has been chosen for, or NONE")
    ready: Short = field("month in which the move takes place", "months since the fork")
    applies: Short = field("row of the vacant seat that draws this person most this month, or NONE")
    draw: float = field("how much that seat draws", "logits")
    rival: Short = field("row of the next person in line for the same seat, or NONE")
    stands: float = field("how well this person stands with the hiring manager", "SD")
    word: Short = field("what the manager says of the move: 1 backs, -1 resists, 0 nobody is asked")
    turned: int = field("key of the vacancy that last turned this person down")
    rejected: float = field("rejections from vacancies, fading", "rejections of somebody not interviewed")
    moved: Short = field("month of the last move inside, or NEVER", "months since the fork")
    outsider: bool = field("came to this post from outside")
    premium: float = field("pay above what the grade gives", "share")
    # the market this month
    interest: float = field("interest in that project", "logits")
    seen: Short = field("postings noticed this month", "postings")
    ticked: bool = field("is on a project without having asked the manager")
    profiled: bool = field("has filled in a profile")
    answer: Short = field("the own manager's answer this month: 1 yes, -1 no, 0 none")
    seeks: Short = field("row of the person met this month, or NONE")
    served: Short = field("last month on a project, or NEVER", "months since the fork")
    given: float = field("time given to projects since hire", "FTE-months")
    called: Short = field("month of the call that this person follows", "months since the fork")
    volunteered: bool = field("follows it as a volunteer, and was not named")
    projects: Shorts = field("rows of the projects this person works on, or NONE", size=PROJECTS)
    # wishes
    growth_need: float = field("need for growth, fixed", "0-1")
    latent: float = field("wish for new work, expressed or not", "0-1")
    rationalization: float = field("share of the wish that has been talked away", "0-1")
    failures: float = field("denials and rejections, fading", "denials")
    identity: float = field("strength of a professional identity beside the job", "0-1")
    identity_family: Short = field("job family of that identity")
    way: Short = field("whether and how this person goes this month: see `codes`")
    # beliefs
    expected_support: float = field("support for development expected of the manager", "0-1")
    odds: float = field("expected chance of being chosen by a poster", "0-1")
    expected_release: float = field("backing of an own move expected of the manager", "0-1")
    chances: float = field("expected chance of being chosen for a vacancy", "0-1")
    efficacy: float = field("belief in own ability to do new work", "0-1")
    efficacy_rest: float = field("level that efficacy returns to", "0-1")
    # state
    stress: float = field("stress", "0-1")
    belonging: float = field("sense of belonging", "0-1")
    engagement: float = field("engagement", "SD")
    pull: float = field("what draws this person to other employers: skills and an identity that they see", "SD")
    load: float = field("work that falls to this person", "share of contracted time")
    core_done: float = field("time worked in the job", "share of contracted time")
    project_done: float = field("time worked on projects and on looking after a posting", "share of contracted time")
    duty_done: float = field("time worked on what a shock calls for", "share of contracted time")
    trained: float = field("time in training", "share of contracted time")
    output: float = field("core work delivered this month", "FTE of a standard worker")
    grown: float = field("skill gained this month", "SD, summed over skills")
    conflict: Short = field("months left in which a tick without asking is held against this person", "months")
    tie_count: Short = field("number of ties", "ties")
    tie_sum: float = field("strength of all ties together", "ties")
    tie_across: Short = field("number of ties that lead to other departments", "ties")
    # skills
    skills: Floats = field("true proficiency", "SD", SKILLS)
    resting: Floats = field("level that a skill fades back to", "SD", SKILLS)
    shown: Floats = field("how far others can see a skill", "0-1", SKILLS)
    overstated: Floats = field("how much too much the profile claims of a skill; 0 without a claim", "SD", SKILLS)
    # traits of a manager: everybody has them, managers use them
    development_trait: float = field("innate support for the development of others", "0-1")
    hoarding_trait: float = field("innate tendency to hoard talent", "0-1")
    release_trait: float = field("innate support for others' leaving the team", "0-1")


@record
class Circle(Rows):
    """Whom one person knows: it lies in the row of the person, in a table of its own, since few rules read it."""

    ties: Shorts = field("rows of the people this person has ties with, or NONE", size=TIES)
    strengths: Floats = field("strength of each tie", "0-1", TIES)
    kinds: Codes = field("where each tie leads: same unit, same department, elsewhere", size=TIES)


@record
class Ranking(Rows):
    """What somebody ranks behind the most interesting project: apart, since only deferred acceptance asks for it."""

    options: Shorts = field("rows of the next most interesting projects noticed this month, or NONE", size=CHOICES - 1)
    interests: Floats = field("interest in them", "logits", CHOICES - 1)


@record
class Unit(Rows):
    """A manager's reports, and what comes with the manager's post."""

    number: int = field("the key of this unit's draws: the number of its manager's seat")
    parent: Short = field("row of the unit above; the root is its own")
    department: Short = field("department of its manager's seat")
    depth: Short = field("steps below the head", "levels")
    family: Short = field("job family of most of its seats")
    manager: Short = field("row of the person who leads it, or NONE while the post is vacant")
    first_seat: Short = field("row of its first seat; a unit's seats lie side by side")
    seats: Short = field("how many seats it has")
    strictness: float = field("strictness of job definitions", "0-1")
    # the manager's, as they now stand
    development: float = field("support for development", "0-1")
    hoarding: float = field("tendency to hoard talent", "0-1")
    release: float = field("support for others' leaving the team", "0-1")
    renown: float = field("name as a manager from whom people get on, fading", "moves a person")
    heard: float = field("signal of leadership as the manager perceives it", "0-1")
    experience: float = field("own experience with lending: what came back less what was missed", "-1 to 1")
    pressure: float = field("target pressure", "0-1")
    usual_pressure: float = field("target pressure that was usual in the burn-in", "0-1")
    target: float = field("what is expected: delivery in the burn-in", "FTE of a standard worker a seat")
    denied: float = field("complaints of those who were denied", "complaints")
    burdened: float = field("complaints of those who carry the load", "complaints")
    # the team this month
    heads: Short = field("people in post", "people")
    closed: Short = field("seats that have been abolished", "seats")
    vacant: Short = field("seats of the plan that nobody holds", "seats")
    away: float = field("time its people give to projects", "FTE")
    called: float = field("time its people give to what a shock calls for", "FTE")
    participants: Short = field("its people on a project", "people")
    lent: Short = field("last month in which one of its people was on a project, or NEVER", "months since the fork")
    peers: float = field("share of its people on a project, mean of a year", "0-1")
    delivered: float = field("core work delivered this month", "FTE of a standard worker")
    learned: float = field("what its people learned on projects this month", "SD, summed over skills")
    listened: Short = field("this month's hearing: 1 heard and acted on, -1 heard only, 0 none")
    yes: float = field("requests granted this month", "requests")
    no: float = field("requests denied this month", "requests")
    # the backlog of needs
    oldest: Short = field("row of its oldest open need, or NONE")
    newest: Short = field("row of its newest open need, or NONE")
    urgent: bool = field("a need of its backlog comes first")


@record
class Seat(Rows):
    """A post in the plan of the organization."""

    number: int = field("the key of this seat's draws")
    unit: Short = field("row of its unit")
    leads: Short = field("row of the unit that its holder leads, or NONE")
    department: Short = field("department")
    family: Short = field("job family")
    grade: Short = field("grade; 0 is the highest")
    fte: float = field("contracted time", "share of full time")
    holder: Short = field("row of its holder, or NONE")
    spare: Short = field("while vacant, the row kept for its next holder")
    opening: int = field("how often it has fallen open", "openings")
    due: Short = field("month in which somebody from a people file takes it, or NEVER", "months since the fork")
    lead: Short = field("months from that person's hire to taking up this post", "months")
    place: Short = field("place on the ring of acquaintance")
    # while it is vacant
    closed: bool = field("has been abolished; it may be opened again")
    opened: Short = field("month in which it fell open", "months since the fork")
    asked: bool = field("its hiring manager has decided how to fill it")
    urgent: bool = field("is filled from inside or outside, whichever is sooner")
    posted: bool = field("is advertised to all insiders")
    chain: Short = field("seats filled so far in the chain of vacancies that led here", "seats")
    first: Short = field("row of the first person in line for it, or NONE")
    chosen: Short = field("row of the insider who was chosen, or NONE")


@record
class Need(Rows):
    """A piece of non-core work that a unit would like done."""

    key: int = field("the key of all that follows from this need")
    family: Short = field("job family it belongs to")
    calls: Short = field("how many skills it calls for", "skills")
    skills: Shorts = field("skills it calls for; those beyond `calls` mean nothing", size=CORE)
    levels: Floats = field("level called for of each skill", "SD", CORE)
    share: float = field("time it takes of each who works on it", "FTE")
    months: Short = field("how long it takes", "months")
    places: Short = field("how many people it takes", "people")
    arrived: Short = field("month it arose", "months since the fork")
    next: Short = field("row of the unit's next open need, or of the next free row")
    used: bool = field("whether this row holds a need")


@record
class Project(Rows):
    """A need that somebody has posted on the market."""

    need: Short = field("row of the need")
    poster: Short = field("row of the person who posted it, or NONE once that person has left")
    unit: Short = field("row of the unit it is for")
    department: Short = field("department of that unit")
    taken: Short = field("people working on it", "people")
    joined: Short = field("people who ever joined", "people")
    members: Shorts = field("rows of the people working on it, or NONE", size=PLACES)
    started: Short = field("month the first person joined, or NEVER", "months since the fork")
    worth: float = field("worth of the work done so far", "FTE-months of core work")
    first: Short = field("row of the first request that may be chosen, or NONE")
    next: Short = field("row of the next free project")
    used: bool = field("whether this row holds a project")


@record
class Request(Rows):
    """Somebody asks to join a project, or the best that can be had of several, or is offered a place unasked."""

    key: int = field("the key of all that follows from this request")
    asker: Short = field("row of the person who asks")
    project: Short = field("row of the project asked for; of several, that ranked first")
    asked: Short = field("month of asking", "months since the fork")
    stage: Short = field("how far it has come: see `Stage`")
    unasked: bool = field("was ticked without a word to the manager")
    rival: Short = field("row of the next request among which the same poster chooses, or NONE")
    next: Short = field("row of the next free row")
    interest: float = field("the asker's interest in the project", "logits")
    others: Shorts = field("rows of the projects ranked behind it, best first, or NONE", size=CHOICES - 1)
    turn: Short = field("how far down the list the asker has come in this month's deferred acceptance", "projects")
    passed: bool = field("is no longer, or never was, for what the asker liked best")
    offered: bool = field("is an offer to somebody who did not ask")
    other_interests: Floats = field("the asker's interest in these", "logits", CHOICES - 1)


@record
class Department(Rows):
    """The managers of one department together."""

    managers: Short = field("managers in post", "people")
    development_shift: float = field("how far their support for development has moved from innate, mean", "0-1")
    hoarding_shift: float = field("how far their hoarding has moved from innate, mean", "0-1")
    release_shift: float = field("how far their support for leaving has moved from innate, mean", "0-1")


@record
class Executive(Rows):
    """The leadership of the organization."""

    signal: float = field("signal for lending people, as it now stands", "0-1")
    renewals: float = field("recent renewals of the signal, fading", "renewals")
    meets: bool = field("the standing committee meets this month")
    usual: Floats = field("log of what state made of the hazard of quitting in the burn-in, by tenure", "", BANDS)
    known: Shorts = field("months over which that has been learned, by tenure", "months", BANDS)
    hazards: Floats = field("log of the usual hazard of quitting a month where a part of its curve starts", "", BANDS)
    rises: Floats = field("by how much it rises over that part", "", BANDS)
    called: Floats = field("needs and vacant seats that call for each skill, when last counted", size=SKILLS)
    offered: Floats = field("people who show each skill as well as needs call for it", "people", SKILLS)
    gaps: Shorts = field("skills most in demand against those who show them, or NONE", size=GAPS)
    short_family: Short = field("job family with the largest share of vacant seats, when last counted, or NONE")
    near: float = field("share of those who lack a skill that training is for who are near to it", "share")
    needed: float = field("time that a shock calls for; 0 while none does", "FTE")
    consultants: float = field("of this, time bought from consultants", "FTE")
    calls_for: Shorts = field("skills that the shock calls for", size=GAPS)


@record
class Event(Rows):
    """Something that happened to somebody, as the log of careers keeps it: see `sim.telling`."""

    person: int = field("the key of the person it happened to")
    other: int = field("the key of the manager or poster who had a part in it, or NONE")
    need: int = field("the key of the need that the project meets, or of the vacancy; or NONE")
    month: Short = field("month", "months since the fork")
    what: Short = field("what happened: see `What`")
    family: Short = field("job family of the need or vacancy, or of the person's seat")
    department: Short = field("department of the project or vacancy, or of the person's seat")
    unit: Short = field("row of the unit of the vacancy, or of the person")
    grade: Short = field("grade of the vacancy, or of the person's seat")
    months: Short = field("how long the project takes; 0 without one", "months")
    hired: Short = field("month of hire of the person", "months since the fork")
    reason: Short = field("barriers that alone explain a silence, in bits: see `asking.hindered_by`")
    count: Short = field("people who had joined the project so far", "people")
    share: Kept = field("time that the project takes of each who works on it; 0 without one", "FTE")
    latent: Kept = field("the person's wish for new work", "0-1")
    rationalization: Kept = field("share of that wish that has been talked away", "0-1")
    interest: Kept = field("interest in the project of somebody who might ask", "logits")
    luck: Kept = field("the draw that decided: it fell to the yes if this is below the probability; -1 without one")
    terms: Kepts = field("terms of the decision in logits, or the person's skills in SD", size=TERMS)


@record
class Log(Rows):
    """How full the log of careers is. It is kept if its table has room."""

    events: int = field("rows of events that have been used", "rows")


@record
class Counts(Rows):
    """How full the tables are."""

    needs: int = field("rows of needs that have been used", "rows")
    projects: int = field("rows of projects that have been used", "rows")
    requests: int = field("rows of requests that have been used", "rows")
    points: int = field("points on the rings of postings this month", "points")
    rings: int = field("rings up to the last on which something is posted", "rings")
    free_need: int = field("first free row among them, or NONE")
    free_project: int = field("first free row among them, or NONE")
    free_request: int = field("first free row among them, or NONE")
