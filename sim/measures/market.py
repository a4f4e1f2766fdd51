"""Measures of the market: events of the month by those to whom they could happen."""

from typing import Any

from sim.measures.measure import measure

Pair = tuple[Any, Any]
HUNDRED_YEARS = 1200.0  # employee-months in a hundred employee-years


@measure("people who noticed a posting", "share of people a month")
def seen(people: Any, flow: Any) -> Pair:
    """People who noticed at least one posting this month, by people in post."""
    return flow.seen, people.heads


@measure("silence", "share of those who could ask", better=-1)
def silence(people: Any, flow: Any) -> Pair:
    """Person-months without a request, of those with a latent desire of .3 or more who saw a project within their
    time that would interest them and have no request pending.
    """
    return flow.silent, flow.able


@measure("silence explained by a wish talked away", "share of silent person-months", better=-1)
def silence_rationalized(people: Any, flow: Any) -> Pair:
    """Silent person-months in which the same person would have asked with rationalization 0 and all else as it was, by
    silent person-months. A month may be explained by several barriers, or by none alone.
    """
    return flow.silent_rationalized, flow.silent


@measure("silence explained by an expected refusal", "share of silent person-months", better=-1)
def silence_refusal(people: Any, flow: Any) -> Pair:
    """Silent person-months in which the same person would have asked with an expected support of 1, by silent
    person-months.
    """
    return flow.silent_refusal, flow.silent


@measure("silence explained by an expected rejection", "share of silent person-months", better=-1)
def silence_rejection(people: Any, flow: Any) -> Pair:
    """Silent person-months in which the same person would have asked with expected odds of 1, by silent
    person-months.
    """
    return flow.silent_rejection, flow.silent


@measure("silence explained by red tape", "share of silent person-months", better=-1)
def silence_tape(people: Any, flow: Any) -> Pair:
    """Silent person-months in which the same person would have asked without red tape, by silent person-months."""
    return flow.silent_tape, flow.silent


@measure("silence explained by strain", "share of silent person-months", better=-1)
def silence_strain(people: Any, flow: Any) -> Pair:
    """Silent person-months in which the same person would have asked with stress at rest and on no project, by silent
    person-months.
    """
    return flow.silent_strain, flow.silent


@measure("silence that no barrier alone explains", "share of silent person-months")
def silence_anyway(people: Any, flow: Any) -> Pair:
    """Silent person-months in which taking away any one barrier would not have been enough, by silent person-months."""
    return flow.silent_anyway, flow.silent


@measure("interest in a project", "share of people a month")
def interested(people: Any, flow: Any) -> Pair:
    """Person-months of people with a latent desire of .3 or more who saw a project within their time that would
    interest them and have no request pending, by time in post: those among whom silence is measured.
    """
    return flow.able, people.heads


@measure("asks", "per 100 employee-years")
def asks(people: Any, flow: Any) -> Pair:
    """Requests to join a project, by time in post."""
    return flow.asked * HUNDRED_YEARS, people.heads


@measure("asks outside the job family", "per 100 employee-years")
def asks_outside(people: Any, flow: Any) -> Pair:
    """Requests to join a project of another job family than one's own, by time in post."""
    return flow.asked_outside * HUNDRED_YEARS, people.heads


@measure("approval", "share of answers")
def approval(people: Any, flow: Any) -> Pair:
    """Yeses, by answers of managers; what was ticked without asking a manager is not among them."""
    return flow.approved, flow.decided


@measure("approvals", "per 100 employee-years")
def approvals(people: Any, flow: Any) -> Pair:
    """Yeses of managers, by time in post."""
    return flow.approved * HUNDRED_YEARS, people.heads


@measure("ticked without asking", "share of requests that passed", better=-1)
def ticked_unasked(people: Any, flow: Any) -> Pair:
    """Boxes ticked without a word to the manager, by requests that were approved or ticked."""
    return flow.ticked, flow.approved + flow.ticked


@measure("waiting for an answer", "months per answer", better=-1)
def latency(people: Any, flow: Any) -> Pair:
    """Months that requests waited, by requests that got their last answer: an occurrence-exposure rate, so that
    requests which expired or were overtaken count with the time they waited.
    """
    return flow.pending, flow.answered


@measure("requests expired", "share of requests", better=-1)
def expired(people: Any, flow: Any) -> Pair:
    """Requests that expired without an answer, by requests made."""
    return flow.expired, flow.asked


@measure("requests overtaken", "share of requests")
def withdrawn(people: Any, flow: Any) -> Pair:
    """Requests for projects that filled up, lapsed or ended before the answer, by requests made."""
    return flow.withdrawn, flow.asked


@measure("found out", "per 100 employee-years", better=-1)
def found_out(people: Any, flow: Any) -> Pair:
    """People on a project who never asked their manager and came to light, by time in post."""
    return flow.found_out * HUNDRED_YEARS, people.heads


@measure("rejections", "per 100 employee-years", better=-1)
def rejections(people: Any, flow: Any) -> Pair:
    """Requests with permission that the poster turned down, by time in post."""
    return flow.rejected * HUNDRED_YEARS, people.heads


@measure("projects begun", "per 100 employee-years")
def projects(people: Any, flow: Any) -> Pair:
    """Projects whose first member joined, by time in post."""
    return flow.started * HUNDRED_YEARS, people.heads


@measure("places taken", "people per project")
def places(people: Any, flow: Any) -> Pair:
    """People who joined, by projects begun."""
    return flow.joined, flow.started


@measure("shown fit of those who joined", "SD")
def fit_shown(people: Any, flow: Any) -> Pair:
    """How well the skills that others see came up to the need, mean over people who joined: what choosers go by."""
    return flow.fit_shown, flow.joined


@measure("true fit of those who joined", "SD", better=1)
def fit_true(people: Any, flow: Any) -> Pair:
    """How well true skills came up to the need, mean over people who joined: what the organization gets."""
    return flow.fit_true, flow.joined


@measure("first choices", "share of joins", better=1)
def first_choices(people: Any, flow: Any) -> Pair:
    """People who joined the project that they asked for before all others or, if they never asked, that interested
    them most this month, by people who joined. Under the poster's choice nobody asks for a second, so it is 1.
    """
    return flow.first_choice, flow.joined


@measure("interest in what they joined", "logits", better=1)
def liked(people: Any, flow: Any) -> Pair:
    """Interest of joiners in the project that they joined, as it was when they asked or were offered it, mean over
    people who joined: how they rank what they got, on one scale under every way of matching.
    """
    return flow.liked, flow.joined


@measure("proposed by a central office", "per 100 employee-years")
def nominated(people: Any, flow: Any) -> Pair:
    """Managers' answers to a central office about people who had not asked, by time in post."""
    return flow.nominated * HUNDRED_YEARS, people.heads


@measure("let go when proposed", "share of answers")
def cleared(people: Any, flow: Any) -> Pair:
    """Yeses, by managers' answers to a central office about people who had not asked."""
    return flow.cleared, flow.nominated


@measure("offers declined", "share of offers")
def declined(people: Any, flow: Any) -> Pair:
    """Places offered to people who had not asked, and turned down by them, by such offers."""
    return flow.declined, flow.offered


@measure("needs posted", "share of needs that arose")
def needs_posted(people: Any, flow: Any) -> Pair:
    """Needs put on the market, by needs that arose in the window."""
    return flow.posted, flow.arrived


@measure("backlog", "needs per 100 seats")
def backlog(people: Any, flow: Any) -> Pair:
    """Needs open or posted at the end of the month, by seats."""
    return flow.backlog * 100.0, flow.seats


@measure("needs met", "share of needs closed", better=1)
def needs_met(people: Any, flow: Any) -> Pair:
    """Needs met by a project, by needs met, bought or lapsed."""
    return flow.met, flow.met + flow.bought + flow.lapsed


@measure("work of needs met", "FTE-months per 100 employee-years", better=1)
def work_met(people: Any, flow: Any) -> Pair:
    """Time that the members of finished projects were to give, by time in post."""
    return flow.work_met * HUNDRED_YEARS, people.heads


@measure("needs met among those for skills in short supply", "share of such needs closed", better=1)
def gaps_met(people: Any, flow: Any) -> Pair:
    """Needs calling for a skill in short supply that a project met, by such needs met, bought or lapsed."""
    return flow.met_gap, flow.closed_gap


@measure("innovations", "per 100 employee-years", better=1)
def innovations(people: Any, flow: Any) -> Pair:
    """Innovations that came of projects which mix departments and job families, by time in post."""
    return flow.innovations * HUNDRED_YEARS, people.heads


@measure("needs bought", "share of needs closed")
def needs_bought(people: Any, flow: Any) -> Pair:
    """Needs bought from a consultant, by needs met, bought or lapsed."""
    return flow.bought, flow.met + flow.bought + flow.lapsed


@measure("needs unmet", "share of needs closed", better=-1)
def needs_unmet(people: Any, flow: Any) -> Pair:
    """Needs that lapsed, by needs met, bought or lapsed."""
    return flow.lapsed, flow.met + flow.bought + flow.lapsed


@measure("talent brought to light", "SD per 100 employee-years", better=1)
def light(people: Any, flow: Any) -> Pair:
    """Hidden talent that work on projects made visible, by time in post; what is merely claimed is not counted."""
    return flow.light * HUNDRED_YEARS, people.heads


@measure("new ties across departments", "per 100 employee-years")
def new_ties(people: Any, flow: Any) -> Pair:
    """Ties formed between people of two departments, by time in post."""
    return flow.ties_new * HUNDRED_YEARS, people.heads


@measure("people leaving", "share a year")
def turnover(people: Any, flow: Any) -> Pair:
    """People who left, quitting or retiring, by time in post."""
    return flow.left * 12.0, people.heads


@measure("outsiders hired", "share a year")
def hires(people: Any, flow: Any) -> Pair:
    """People hired from outside, by time in post."""
    return flow.hired * 12.0, people.heads


@measure("vacant seats", "share of seats")
def vacancy(people: Any, flow: Any) -> Pair:
    """Seats without a holder at the end of the month, by seats: those out of the plan are in neither."""
    return flow.vacant, flow.seats
