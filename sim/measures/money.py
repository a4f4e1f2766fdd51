"""Money: prices put to amounts. Parts of net value add up to it exactly; what has been counted in one is in no other.

Values are above 0 and costs below. Memo items are told beside: what they cost is in lower delivery already. Measures in
`MEASURES` stand at the usual prices and are not discounted; `priced` puts others to the same amounts, and `accounts`
discounts.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.measures.amounts import AMOUNTS
from sim.measures.measure import MEASURES, Measure
from sim.settings.prices import Prices

if TYPE_CHECKING:
    import pandas as pd

    from sim.running import Run

UNIT = "money per 100 seats and year"
NET = "net_value"
Price = Callable[[Prices], float]


def pay(p: Prices) -> float:
    """A month of the lowest grade's pay."""
    return p.pay / 12.0


def loaded(p: Prices) -> float:
    """The same with on-costs."""
    return pay(p) * (1.0 + p.on_costs)


def work(p: Prices) -> float:
    """What the work of such a month is worth."""
    return loaded(p) * p.work


class Part(NamedTuple):
    """One part of net value, or a memo item.

    Attributes
    ----------
    label, definition : in words.
    terms : amount to the price of one of it.
    """

    label: str
    definition: str
    terms: Mapping[str, Price]


PARTS = {
    "value_delivery": Part(
        "core work delivered", "Core work of people and temps, at the worth of their seats' work.",
        {"work_at_pay": work}),
    "value_needs": Part(
        "needs met by projects", "Worth of needs met by projects, at the worth of usual core work.",
        {"needs_at_pay": work}),
    "value_consultants": Part(
        "work of consultants", "What consultants deliver on vacant seats, and needs bought; not what they do in a "
        "shock.",
        {"cover_done_at_pay": work, "bought_worth_at_pay": work}),
    "value_shock": Part(
        "what a shock calls for", "Time given to what a shock calls for, whoever gives it.",
        {"shock_at_pay": lambda p: work(p) * p.shock}),
    "cost_pay": Part("pay and on-costs", "Pay of people at work with on-costs.", {"pay_bill": lambda p: -loaded(p)}),
    "cost_overtime": Part(
        "overtime", "Time worked beyond full time, in the job and on projects.",
        {"overtime_at_pay": lambda p: -p.overtime * pay(p)}),
    "cost_slotted": Part(
        "vacancies: asking around", "Vacancies for which hiring managers asked whom they know.",
        {"vacancies_slotted": lambda p: -p.slotted}),
    "cost_posted": Part(
        "vacancies: advertising inside", "Vacancies advertised inside, and interviews.",
        {"vacancies_advertised": lambda p: -p.posted, "interviews": lambda p: -p.interview}),
    "cost_outside": Part(
        "vacancies: outsiders", "Finding outsiders for vacancies.", {"hired_at_pay": lambda p: -p.outside * p.pay}),
    "cost_consultants": Part(
        "consultants", "Consultants on vacant seats, for needs bought, and in a shock.",
        dict.fromkeys(("covered_at_pay", "bought_at_pay", "shock_bought_at_pay"), lambda p: -p.consultant * pay(p))),
    "cost_backfill": Part(
        "temps", "Temps who stand in for people on projects.", {"backfill_at_pay": lambda p: -p.temp * pay(p)}),
    "cost_programme": Part(
        "market and programmes", "The market's platform and launch, managers' answers, hearing people, showing where "
        "jobs lead.",
        {"people_served": lambda p: -p.platform, "people_launched": lambda p: -p.launch, "answers": lambda p: -p.answer,
         "people_heard": lambda p: -p.hearing, "people_guided": lambda p: -p.guidance}),
    "cost_training": Part(
        "courses", "Hours of training; the time of learners is missing in core work.",
        {"training_hours": lambda p: -p.course}),
    "cost_committee": Part(
        "committee", "Preparing the committee's meetings; the time of its members is a memo item.",
        {"meetings": lambda p: -p.meeting}),
}  # fmt: skip
MEMOS = {
    "memo_vacancy": Part(
        "work that vacant seats leave undone", "Worth of the work of vacant seats, as far as consultants do not do it, "
        "before team-mates take over a part.",
        {"vacant_at_pay": lambda p: -work(p), "cover_done_at_pay": work}),
    "memo_saved": Part(
        "pay that vacant seats save", "Pay and on-costs that vacant seats would draw.", {"vacant_at_pay": loaded}),
    "memo_ramp": Part(
        "work missing in ramp-up", "Worth of core work missing because people are new to their posts.",
        {"ramp_at_pay": lambda p: -work(p)}),
    "memo_committee": Part(
        "time of the committee", "Pay and on-costs for the time of the committee's members.",
        {"committee_at_pay": lambda p: -loaded(p)}),
}  # fmt: skip
PRICED = {**PARTS, **MEMOS}
FILLS = ("cost_slotted", "cost_posted", "cost_outside")


class Ratio(NamedTuple):
    """A cost for each of something.

    Attributes
    ----------
    label, unit, definition : in words.
    parts : what costs, above 0 where it is a cost.
    each : the amounts by which it is divided.
    """

    label: str
    unit: str
    definition: str
    parts: tuple[str, ...]
    each: tuple[str, ...]


RATIOS = {
    "cost_per_slotted_fill": Ratio(
        "cost of a fill by somebody asked", "money per fill",
        "Asking around for vacancies, by vacancies filled by somebody who was asked.",
        FILLS[:1], ("fills_slotted",)),
    "cost_per_posted_fill": Ratio(
        "cost of a fill by an insider who applied", "money per fill",
        "Advertising inside and interviews, by advertised vacancies filled from inside: what was advertised in vain is "
        "in it.",
        FILLS[1:2], ("fills_posted",)),
    "cost_per_outside_fill": Ratio(
        "cost of a fill from outside", "money per fill", "Finding outsiders, by vacancies that they filled.",
        FILLS[2:], ("fills_outside",)),
    "cost_per_fill": Ratio(
        "direct cost of a fill", "money per fill", "All costs of filling vacancies, by vacancies filled.",
        FILLS, ("fills_slotted", "fills_posted", "fills_outside")),
    "cost_per_opening": Ratio(
        "cost of an opening with its chain", "money per opening",
        "Costs of all fills, consultants on vacant seats, and work lost in vacancies and ramp-up, less the pay that "
        "vacant seats save, by seats that fell open because somebody left or were added: all vacancies of the chains "
        "that these begin.",
        (*FILLS, "memo_cover", "memo_vacancy", "memo_saved", "memo_ramp"), ("openings",)),
}  # fmt: skip
COVER = Part("consultants on vacant seats", "", {"covered_at_pay": PARTS["cost_consultants"].terms["covered_at_pay"]})
USUAL = Prices()


def value_of(part: Part, amounts: Mapping[str, Any], prices: Prices) -> Any:
    """What a part comes to."""
    return sum(price(prices) * amounts[name] for name, price in part.terms.items())


def money(amounts: Mapping[str, Any], prices: Prices = USUAL) -> dict[str, Any]:
    """All parts, net value, memo items, and costs of each fill and opening, from amounts (of any shape)."""
    found = {name: value_of(part, amounts, prices) for name, part in PRICED.items()}
    found[NET] = sum(found[name] for name in PARTS)
    for name, ratio in RATIOS.items():
        spent, count = cost_each(ratio, amounts, prices)
        with np.errstate(divide="ignore", invalid="ignore"):
            found[name] = np.where(count > 0, spent / count, np.nan)
    return found


def cost_each(ratio: Ratio, amounts: Mapping[str, Any], prices: Prices = USUAL) -> tuple[Any, Any]:
    """What was spent, and on how many."""
    parts = {**PRICED, "memo_cover": COVER}
    spent = 0.0 - sum(value_of(parts[name], amounts, prices) for name in ratio.parts)
    return spent, np.asarray(sum(amounts[name] for name in ratio.each), float)


# ------------------------------------------------------------------------------------------------------------- measures


def counted(people: Any, flow: Any) -> tuple[dict[str, Any], Any]:
    """The amounts, row by row of the tallies, and seats, by which all of them are divided."""
    pairs = {name: MEASURES[name].counted(people, flow) for name in AMOUNTS}
    return {name: above for name, (above, _) in pairs.items()}, flow.seats


def _declare(name: str, label: str, unit: str, definition: str, better: int) -> None:
    ratio = RATIOS.get(name)

    def measured(people: Any, flow: Any) -> tuple[Any, Any]:
        amounts, seats = counted(people, flow)
        return cost_each(ratio, amounts) if ratio else (money(amounts)[name], seats)

    MEASURES[name] = Measure(name, label, unit, definition, False, better, measured)


for _name, _part in PRICED.items():
    _declare(_name, f"{_part.label} (memo)" if _name in MEMOS else f"money: {_part.label}", UNIT,
             f"{_part.definition} By seats of the plan.", 1)
_declare(NET, "net value", UNIT, "Worth of work and of needs met, less all costs, by seats of the plan.", 1)
for _name, _ratio in RATIOS.items():
    _declare(_name, _ratio.label, _ratio.unit, _ratio.definition, -1)
MONEY = (*PRICED, NET, *RATIOS)


# --------------------------------------------------------------------------------------------------------- other prices


def at_prices(measures: dict[str, Any], prices: Prices) -> dict[str, Any]:
    """Measures by name, in which those of money stand at other prices."""
    return {**measures, **money(measures, prices)}


def priced(frame: "pd.DataFrame", prices: Prices) -> "pd.DataFrame":
    """A frame with columns of measures, in which those of money stand at other prices. Nothing is run anew."""
    return frame.assign(**money({name: frame[name].to_numpy() for name in AMOUNTS}, prices))


def by_month(run: "Run") -> dict[str, Any]:
    """Amounts of everyone in each month, and seats: what accounts are made of."""
    with np.errstate(divide="ignore", invalid="ignore"):
        amounts, seats = counted(run.census[:, 0].view(np.recarray), run.flow)
        rates = {name: above / seats for name, above in amounts.items()}
    return {"month": np.arange(run.first, run.first + len(run.flow)), "seats": seats, **rates}


def weights(month: Any, seats: Any, discount: float) -> Any:
    """What a month counts for: its seats, less the discount from the start to its middle."""
    return np.asarray(seats) * (1.0 + discount) ** (-(np.asarray(month) + 0.5) / 12.0)


def discounted(amounts: Mapping[str, Any], discount: float) -> dict[str, float]:
    """Amounts of one run over all its months: means in which later months count for less."""
    weight = weights(amounts["month"], amounts["seats"], discount)
    return {name: float((weight * amounts[name]).sum() / weight.sum()) for name in AMOUNTS}


def account(run: "Run", prices: Prices = USUAL) -> dict[str, float]:
    """Net value and its parts, memo items and costs of each fill, over a whole run, discounted: money per 100 seats and
    year. (An even yearly sum that has the same present value.)
    """
    return {name: float(value) for name, value in money(discounted(by_month(run), prices.discount), prices).items()}
