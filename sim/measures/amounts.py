"""Amounts to which prices are put: what was delivered, paid, filled, bought and run, per 100 seats of the plan a year.

Seats are those of the plan, vacant ones among them: by people in post, a policy that drives people out would not answer
for the seats that it empties. Seats that were abolished do not count, as nobody wants their work any more.
"""

from typing import Any

from sim.judging import FULL_MONTH
from sim.measures.market import HUNDRED_YEARS, Pair
from sim.measures.measure import MEASURES, measure
from sim.rows import Floats

A_YEAR = "per 100 seats and year"
PAY = f"months of the lowest grade's pay {A_YEAR}"


@measure("mean pay of the plan", "times that of the lowest grade")
def mean_pay(people: Any, flow: Any) -> Pair:
    """Full pay of all seats, abolished ones among them, by their time: it is the same under every policy."""
    return flow.plan_pay, flow.plan_time


def usual_pay(flow: Any) -> Floats:
    """The same, row by row."""
    pay, time = mean_pay(None, flow)
    return pay / time


@measure("core work delivered, at its grade's pay", PAY)
def work_at_pay(people: Any, flow: Any) -> Pair:
    """Core work delivered in standard workers, each at the pay of the seat, by seats."""
    return flow.earned * HUNDRED_YEARS, flow.seats


@measure("worth of needs met, at usual pay", PAY)
def needs_at_pay(people: Any, flow: Any) -> Pair:
    """Worth of needs that projects met, at the mean pay of the plan, by seats."""
    return flow.worth * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("worth of needs bought, at usual pay", PAY)
def bought_worth_at_pay(people: Any, flow: Any) -> Pair:
    """Worth of needs that consultants met, at the mean pay of the plan, by seats."""
    return flow.worth_bought * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("core work of consultants, at usual pay", PAY)
def cover_done_at_pay(people: Any, flow: Any) -> Pair:
    """What consultants delivered on vacant seats, at the mean pay of the plan, by seats."""
    return flow.cover_done * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("pay of people at work", PAY)
def pay_bill(people: Any, flow: Any) -> Pair:
    """Pay of people at work, premiums of outsiders included and on-costs not, by seats."""
    return flow.paid * HUNDRED_YEARS, flow.seats


@measure("time beyond full time, at its grade's pay", PAY)
def overtime_at_pay(people: Any, flow: Any) -> Pair:
    """Time worked beyond full time, in the job and on projects, at the pay of the seat, by seats."""
    return flow.overtime * HUNDRED_YEARS, flow.seats


@measure("time of consultants on vacant seats, at usual pay", PAY)
def covered_at_pay(people: Any, flow: Any) -> Pair:
    """Time of consultants on vacant seats, at the mean pay of the plan, by seats."""
    return flow.covered * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("work of needs bought, at usual pay", PAY)
def bought_at_pay(people: Any, flow: Any) -> Pair:
    """Time that needs which were bought took of consultants, at the mean pay of the plan, by seats."""
    return flow.work_bought * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("what a shock calls for, at usual pay", PAY)
def shock_at_pay(people: Any, flow: Any) -> Pair:
    """Time given to what a shock calls for, by volunteers, those who were named, and consultants, at mean pay of the
    plan, by seats.
    """
    given = (flow.volunteers_after + flow.called_after + flow.consultants_after).sum(axis=-1)
    return given * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("time of consultants in a shock, at usual pay", PAY)
def shock_bought_at_pay(people: Any, flow: Any) -> Pair:
    """Time that consultants give to what a shock calls for, at the mean pay of the plan, by seats."""
    return flow.consultants_after.sum(axis=-1) * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("hours of training", f"hours {A_YEAR}")
def training_hours(people: Any, flow: Any) -> Pair:
    """Hours in training, by seats."""
    return flow.training * FULL_MONTH * HUNDRED_YEARS, flow.seats


@measure("time of temps, at usual pay", PAY)
def backfill_at_pay(people: Any, flow: Any) -> Pair:
    """Time of temps who stand in for people on projects, at the mean pay of the plan, by seats."""
    return flow.backfilled * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("pay of seats filled from outside", PAY)
def hired_at_pay(people: Any, flow: Any) -> Pair:
    """A month's pay of the seats to which outsiders came, by seats."""
    return flow.hired_pay * HUNDRED_YEARS, flow.seats


@measure("pay of vacant seats", PAY)
def vacant_at_pay(people: Any, flow: Any) -> Pair:
    """Pay that vacant seats would draw, by seats."""
    return flow.vacant_pay * HUNDRED_YEARS, flow.seats


@measure("work missing in ramp-up, at usual pay", PAY)
def ramp_at_pay(people: Any, flow: Any) -> Pair:
    """Core work that is missing because people are new to their posts, at the mean pay of the plan, by seats."""
    return flow.ramp_lost * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("time of the committee, at usual pay", PAY)
def committee_at_pay(people: Any, flow: Any) -> Pair:
    """Time of the committee's members, at the mean pay of the plan, by seats."""
    return flow.committee * usual_pay(flow) * HUNDRED_YEARS, flow.seats


@measure("openings that begin a chain", f"seats {A_YEAR}")
def openings(people: Any, flow: Any) -> Pair:
    """Seats that fell open because somebody left, or were added to the plan, by seats."""
    return flow.opened * HUNDRED_YEARS, flow.seats


@measure("vacancies for which managers asked around", f"seats {A_YEAR}")
def vacancies_slotted(people: Any, flow: Any) -> Pair:
    """Vacancies for which the hiring manager asked somebody known, by seats."""
    return flow.slotted * HUNDRED_YEARS, flow.seats


@measure("vacancies advertised inside", f"seats {A_YEAR}")
def vacancies_advertised(people: Any, flow: Any) -> Pair:
    """Vacancies newly advertised to all insiders, by seats."""
    return flow.advertised * HUNDRED_YEARS, flow.seats


@measure("interviews of insiders", f"interviews {A_YEAR}")
def interviews(people: Any, flow: Any) -> Pair:
    """Insiders interviewed for a vacancy, by seats."""
    return flow.interviewed * HUNDRED_YEARS, flow.seats


@measure("fills by somebody asked", f"seats {A_YEAR}")
def fills_slotted(people: Any, flow: Any) -> Pair:
    """Vacancies filled by an insider who was asked, without being advertised, by seats."""
    return flow.filled_slotted * HUNDRED_YEARS, flow.seats


@measure("fills by an insider who applied", f"seats {A_YEAR}")
def fills_posted(people: Any, flow: Any) -> Pair:
    """Vacancies that were advertised and filled by an insider, by seats."""
    return (flow.filled_inside_after.sum(axis=-1) - flow.filled_slotted) * HUNDRED_YEARS, flow.seats


@measure("fills from outside", f"seats {A_YEAR}")
def fills_outside(people: Any, flow: Any) -> Pair:
    """Vacancies filled by an outsider, by seats."""
    return flow.hired * HUNDRED_YEARS, flow.seats


@measure("answers of managers", f"answers {A_YEAR}")
def answers(people: Any, flow: Any) -> Pair:
    """Answers of managers to requests, a central office's among them, and to people who want to move, by seats."""
    return (flow.decided + flow.backed + flow.resisted) * HUNDRED_YEARS, flow.seats


@measure("people served by the market's platform", f"person-years {A_YEAR}")
def people_served(people: Any, flow: Any) -> Pair:
    """Time of people in an open market, times the share of postings in its platform, by seats."""
    return flow.served * 100.0, flow.seats


@measure("people for whom a market was opened", f"people {A_YEAR}")
def people_launched(people: Any, flow: Any) -> Pair:
    """People in post when the market opened, by seats."""
    return flow.launched * HUNDRED_YEARS, flow.seats


@measure("people shown where jobs lead", f"person-years {A_YEAR}")
def people_guided(people: Any, flow: Any) -> Pair:
    """Time in post, times how clearly people are shown where jobs lead, by seats."""
    return flow.guided * 100.0, flow.seats


@measure("people heard", f"people {A_YEAR}")
def people_heard(people: Any, flow: Any) -> Pair:
    """People who were asked what they think, by seats."""
    return flow.listened * HUNDRED_YEARS, flow.seats


@measure("meetings of the committee", f"meetings {A_YEAR}")
def meetings(people: Any, flow: Any) -> Pair:
    """Meetings of the committee, by seats."""
    return flow.meetings * HUNDRED_YEARS, flow.seats


AMOUNTS = tuple(name for name, one in MEASURES.items() if one.counted.__module__ == __name__ and name != "mean_pay")
