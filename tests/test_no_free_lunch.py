"""No free lunch: a talent market wins under some assumptions and loses under others, and no policy is best at all."""

import pytest
from conftest import ALL

from sim.laws.draws import drawn, over_draws
from sim.laws.law import raising
from sim.running import Setup
from sim.settings import OrganizationSpec, Policy, named
from sim.studies.compare import compare

MARKET = raising("market.open", False, True).raises("net_value").lowers("quits")
PLEASE = {"delivery": 1, "belonging": 1, "net_value": 1, "stress": -1, "vacancy_months": -1}


@pytest.mark.parametrize(
    ("draws", "low", "high"), [(40, 0.0, 1.0), pytest.param(200, 0.05, 0.95, marks=pytest.mark.long)]
)
def test_the_market_wins_on_some_draws_of_behaviour_and_loses_on_others(draws, low, high):
    """Net money and quits over draws of all that is swept, two organizations of 200 people each.

    Found with 200 draws of agencies of 1,000 over 60 months: it wins on net money in 8 % and on quits in 7.5 %. At such
    shares forty other draws would all agree with a probability of .04.
    """
    setup = Setup(OrganizationSpec(size=200, burn_in=36))
    found = over_draws(setup, [MARKET], drawn(draws, 5), 2, length=24, base=Policy())
    for measure, sign in (("net_value", 1), ("quits", -1)):
        share = found.share(0, measure, "everyone", sign)
        assert low < share.holds / share.draws < high, (measure, share)


def test_no_policy_is_best_at_everything():
    """Delivery, belonging, net money, stress and vacancies, in lively organizations: means of the same replicates."""
    baseline, *others = sorted(named.names("policy"))
    found = compare(baseline, others, {"size": 300, "burn_in": 36}, "lively", 24 if ALL else 4, list(PLEASE), months=36)
    best = set()
    for measure, sign in PLEASE.items():
        effects = {policy: found.estimate(measure, policy).mean for policy in others} | {baseline: 0.0}
        best.add(max(effects, key=lambda policy: sign * effects[policy]))
    assert len(best) > 1, best
