"""Prices: what work is worth, and what people, vacancies and programmes cost. No rule reads them: nobody in the model
reacts to a price, so they can be changed after a run.

Shares and multiples hold in any currency; sums stand in that of `currency`.
"""

from sim.settings.declare import Settings, setting, settings

ECEC = "benefits 31 %, in state and local government 37 % of compensation (BLS, 2016-2018)"


@settings
class Prices(Settings):
    """What things are worth, and what they cost."""

    currency: str = setting("USD", "what sums are called; another name converts nothing", kind="spec", grade="")
    discount: float = setting(
        0.02, "what a year's delay takes off money", unit="share a year", low=0, high=0.1, kind="fixed",
        source="real rate of 2 % for federal benefit-cost analysis (OMB A-94, 2023); 7 % before", grade="C",
    )
    # work
    pay: float = setting(
        52_000, "pay of the lowest grade; grades above it by behaviour.applying.pay_step",
        unit="USD a year", low=10_000, high=200_000, kind="fixed",
        source="a generated organization pays 64,000 on average; US mean wage, all occupations (BLS)", grade="C",
    )
    on_costs: float = setting(
        0.45, "on-costs: benefits and social security", unit="share of pay", low=0.2, high=0.7, kind="fixed",
        source=ECEC, grade="B",
    )
    overtime: float = setting(
        1, "an hour beyond full time, against an hour of pay; 0 where it is neither paid nor given back",
        unit="times pay", low=0, high=1.5,
    )
    work: float = setting(
        1.7, "worth of core work, against pay and on-costs of whoever usually does it; where team-mates take over much "
        "of a vacant seat's work, below about 1.6 a seat would be worth more vacant than filled", unit="times", low=1,
        high=2.5,
    )
    shock: float = setting(
        2, "worth of what a shock calls for, against usual core work", unit="times", low=1, high=5
    )
    # fills
    slotted: float = setting(100, "a vacancy for which the manager asks around", unit="USD a vacancy", low=0, high=1000)
    posted: float = setting(
        300, "a vacancy advertised inside: writing, screening", unit="USD a vacancy", low=0, high=3000
    )
    interview: float = setting(
        150, "an interview of an insider: an hour of three people", unit="USD an interview", low=50, high=1000
    )
    outside: float = setting(
        0.08, "finding an outsider: advertising, search, agencies, entry", unit="share of a year's pay", low=0.03,
        high=0.3, kind="fixed",
        source="4,129 USD a hire (SHRM 2016), 9 % of the mean wage then; agencies take 15-30 %", grade="C",
    )
    # bought work
    consultant: float = setting(
        1.6, "a consultant, against pay of whoever usually does the work", unit="times pay", low=1, high=3,
        source="billing rates 1.83 times federal pay and benefits (POGO 2011), 2.7 times pay: the upper end",
    )
    temp: float = setting(
        1.5, "a temp who stands in, against the pay of whoever is away", unit="times pay", low=1.2, high=2,
        source="agencies add 20-75 % to the hourly wage", grade="C",
    )
    # programmes
    platform: float = setting(
        60, "the market's platform, if all postings stand in it (`tools` 1)", unit="USD a head and year", low=10,
        high=200,
    )
    launch: float = setting(50, "opening a market: telling and training people", unit="USD a head", low=0, high=300)
    answer: float = setting(25, "a manager's answer to a request or a move", unit="USD an answer", low=0, high=100)
    meeting: float = setting(
        2000, "preparing a meeting of the committee, beside its members' own time", unit="USD a meeting", low=0,
        high=10_000,
    )
    hearing: float = setting(10, "hearing people, twice a year", unit="USD a head", low=1, high=50)
    guidance: float = setting(
        60, "making clear where jobs lead (`pathways` 1)", unit="USD a head and year", low=0, high=300
    )
    course: float = setting(
        38, "an hour of training, beside the learner's own time", unit="USD an hour", low=5, high=150, kind="fixed",
        source="1,299 USD and 34 hours a head in 2018 (ATD)", grade="C",
    )
