"""Measures of the internal labour market: how vacancies are filled, who moves where, and what managers say to it.

How long vacancies stay open is told in full, with intervals, by `sim.measures.filling`.
"""

from typing import Any

from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import measure


def filled(flow: Any) -> Any:
    """Vacancies filled."""
    return flow.filled_after.sum(axis=-1)


def filled_inside(flow: Any) -> Any:
    """Vacancies filled from inside: each opens another seat."""
    return flow.filled_inside_after.sum(axis=-1)


# ------------------------------------------------------------------------------------------------------ filling a seat


@measure("internal fills", "share of fills")
def internal_fills(people: Any, flow: Any) -> Pair:
    """Vacancies filled from inside, by vacancies filled in the window: the rate that most reports quote."""
    return filled_inside(flow), filled(flow)


@measure("openings filled from inside", "share of openings")
def internal_openings(people: Any, flow: Any) -> Pair:
    """Vacancies filled from inside, by seats that fell open in the window, whether because somebody left, because
    somebody moved or because they were added to the plan: also those that are abolished or still open.
    """
    return filled_inside(flow), flow.opened + filled_inside(flow)


@measure("seats filled a chain", "fills per chain")
def chain_length(people: Any, flow: Any) -> Pair:
    """Seats filled in chains of vacancies that ended in the window, by these chains. One that ends in abolition counts
    with the seats filled before: 0 if it was the first.
    """
    return flow.chain_fills, flow.chains


@measure("vacancy months", "months per fill", better=-1)
def vacancy_months(people: Any, flow: Any) -> Pair:
    """Months that vacancies were still open at the end of, by vacancies filled: an occurrence-exposure rate, so that
    those which are abolished or still open count with the time they were open.
    """
    return flow.vacant, filled(flow)


@measure("vacancies abolished", "share of openings")
def abolished(people: Any, flow: Any) -> Pair:
    """Vacant seats taken out of the plan, by seats that fell open in the window."""
    return flow.abolished, flow.opened + filled_inside(flow)


@measure("applications", "applications per advertised vacancy")
def applications(people: Any, flow: Any) -> Pair:
    """Applications of insiders, by vacancies newly advertised to all of them."""
    return flow.applied, flow.advertised


@measure("applications for vacancies", "per 100 employee-years")
def move_asks(people: Any, flow: Any) -> Pair:
    """Applications of insiders for vacancies, by employee-months in post, times 1,200."""
    return flow.applied * HUNDRED_YEARS, people.heads


@measure("applications beyond the job family", "share of applications")
def applications_beyond(people: Any, flow: Any) -> Pair:
    """Applications for vacancies of another job family than one's own, by applications."""
    return flow.applied_outside, flow.applied


@measure("slotting that succeeds", "share of vacancies not advertised at once")
def slotting_success(people: Any, flow: Any) -> Pair:
    """Vacancies taken by somebody whom the hiring manager knew and asked, by vacancies for which a hiring manager
    looked among such people before advertising.
    """
    return flow.slot_taken, flow.slotted


@measure("applicants interviewed", "share of applicants in line", better=1)
def interviewed(people: Any, flow: Any) -> Pair:
    """Insiders interviewed, by insiders who stood in line when a hiring manager chose."""
    return flow.interviewed, flow.interviewed + flow.turned_down_unheard


@measure("rejections for vacancies", "per 100 employee-years", better=-1)
def turned_down(people: Any, flow: Any) -> Pair:
    """Insiders turned down for a vacancy, by time in post."""
    return flow.turned_down * HUNDRED_YEARS, people.heads


@measure("true fit of insiders chosen", "SD", better=1)
def chosen_fit(people: Any, flow: Any) -> Pair:
    """True competence for the new seat, mean over insiders chosen for a vacancy."""
    return flow.chosen_fit, flow.chosen


@measure("work of vacant seats done by consultants", "FTE-months per 100 employee-years")
def consultants(people: Any, flow: Any) -> Pair:
    """Vacant seats' work that consultants do, by time in post."""
    return flow.covered * HUNDRED_YEARS, people.heads


@measure("time to be productive", "months per person who took up a post", better=-1)
def time_to_productive(people: Any, flow: Any) -> Pair:
    """Months of ramp-up ahead of people who took up a post in the window, by moves inside and outsiders hired."""
    return flow.ramp_ahead, flow.moves + flow.hired


@measure("core work lost to ramp-up", "FTE-months of core work per 100 employee-years", better=-1)
def ramp_up_loss(people: Any, flow: Any) -> Pair:
    """Core work missing because people are new to their posts, by time in post."""
    return flow.ramp_lost * HUNDRED_YEARS, people.heads


# --------------------------------------------------------------------------------------------------------------- moves


@measure("internal mobility", "moves per 100 employee-years")
def mobility(people: Any, flow: Any) -> Pair:
    """Moves from one seat to another inside the organization, by time in post."""
    return flow.moves * HUNDRED_YEARS, people.heads


@measure("moves up", "share of moves")
def upward(people: Any, flow: Any) -> Pair:
    """Moves to a higher grade, by moves inside."""
    return flow.upward, flow.moves


@measure("lateral moves", "share of moves")
def lateral(people: Any, flow: Any) -> Pair:
    """Moves within one grade, by moves inside. What is neither up nor lateral goes down."""
    return flow.lateral, flow.moves


@measure("moves to another unit", "share of moves")
def cross_unit(people: Any, flow: Any) -> Pair:
    """Moves to a seat of another unit, by moves inside."""
    return flow.across, flow.moves


@measure("moves to another department", "share of moves")
def cross_department(people: Any, flow: Any) -> Pair:
    """Moves to a seat of another department, by moves inside."""
    return flow.across_departments, flow.moves


@measure("moves far from the own skills", "share of moves")
def far_moves(people: Any, flow: Any) -> Pair:
    """Moves to a job whose skills the mover is `filling.far` or more short of, by moves inside."""
    return flow.far, flow.moves


# ------------------------------------------------------------------------------------------------------------ managers


@measure("moves that managers resist", "share of moves that managers were told of", better=-1)
def resisted(people: Any, flow: Any) -> Pair:
    """Applications and offers that the own manager resisted, by those that a manager was told of."""
    return flow.resisted, flow.backed + flow.resisted


@measure("moves forbidden", "share of moves that managers resist", better=-1)
def vetoed(people: Any, flow: Any) -> Pair:
    """Applications and offers that the own manager forbade, by those that the own manager resisted."""
    return flow.vetoed, flow.resisted


@measure("blocked moves", "share of insiders chosen", better=-1)
def blocked(people: Any, flow: Any) -> Pair:
    """Offers that lapsed while a manager held somebody back, by insiders chosen in the window."""
    return flow.blocked, flow.chosen


@measure("time for which movers are held", "months per insider chosen", better=-1)
def held(people: Any, flow: Any) -> Pair:
    """Months for which managers who resist hold those who were chosen, by insiders chosen: those whom a manager backs
    count with none.
    """
    return flow.held, flow.chosen


@measure("P(back) a standard move", "probability")
def back_panel(people: Any, flow: Any) -> Pair:
    """Probability that a manager backs the move of somebody of average value, mean over managers: free of who applies
    under whom.
    """
    return flow.back, flow.units


@measure("hoarding index of moves", "probability", better=-1)
def hoarding_of_moves(people: Any, flow: Any) -> Pair:
    """P(back) of somebody of value -1 SD minus P(back) of somebody of value +1 SD, mean over managers: above zero where
    the best are kept. (The hoarding index of requests for projects is the other way round.)
    """
    return flow.back_low - flow.back_high, flow.units


@measure("managers' support for leaving", "0-1", better=1)
def manager_release(people: Any, flow: Any) -> Pair:
    """Managers' support for others' leaving the team, as it stands, mean over managers."""
    return flow.release, flow.units
