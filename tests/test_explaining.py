"""`rule.explain(person)` tells the truth about a rule, and changes nothing."""

import math

import pytest
from conftest import same
from organizations import an_organization, first

from sim.codes import STAYS
from sim.compiling import rule
from sim.errors import ElbowroomError
from sim.judging import log_odds, reasons, sigma
from sim.mechanisms.asking import asks, courage, motives
from sim.mechanisms.desiring import rationalizes
from sim.mechanisms.leaving import way_out
from sim.mechanisms.noticing import attraction
from sim.mechanisms.permitting import approves, approves_above
from sim.mechanisms.signalling import hears, renews
from sim.mechanisms.straining import strains
from sim.mechanisms.working import core_load
from sim.records import Employee
from sim.replacing import Rules
from sim.restlessness import hazard, restlessness
from sim.skills import practises
from sim.world import copied


@rule
def plays(employee: Employee, luck_in_cards: float) -> float:
    """A draw that nobody makes here."""
    return luck_in_cards


@pytest.fixture(scope="module")
def lived():
    return an_organization(months=14)


def test_it_shows_the_rule_its_place_and_its_source(lived):
    told = str(asks.explain(list(lived.agents)[3]))
    assert told.startswith("asks  Does somebody who is interested ask?")
    assert "sim/mechanisms/asking.py, line " in told
    assert "| def asks(employee: Employee, unit: Unit, now: Now) -> bool:" in told


def test_terms_and_answer_are_those_of_the_run(lived):
    for person in list(lived.agents)[:20]:
        told = asks.explain(person)
        assert told.answer == person.asks()
        [terms] = told.terms
        assert terms.rule == "motives"
        assert terms.values == pytest.approx(person.motives()._asdict())
        assert sigma(sum(terms.values.values())) == pytest.approx(person.p_asks())
    assert terms.written["desire"] == "b.desire * expressed(employee)"
    assert f"{terms.values['habit']:+.3f}   b.habit" in str(told)


def test_what_is_read_is_what_the_records_hold(lived):
    person = list(lived.agents)[5]
    told = asks.explain(person)
    assert told.reads["employee.latent"] == (person.latent, "0-1", "wish for new work, expressed or not")
    assert told.reads["unit.peers"][0] == person.own_unit.peers
    assert "employee.engagement" not in told.reads
    value, unit, grade = told.settings["behaviour.asking.habit"]
    assert (value, unit, grade) == (lived.setup.behaviour.asking.habit, "logits", "C")
    assert told.settings["policy.market.permission"][0] == lived.policy.market.permission.name


def test_changes_are_shown_and_not_made(lived):
    before = copied(lived.world)
    wishing = [person for person in lived.agents if person.latent > 0]  # there is something to talk away
    for person in wishing[:10]:
        told = rationalizes.explain(person)
        was, would_be = told.changes["employee.rationalization"]
        assert was == person.rationalization != would_be
        strains.explain(person)
    renews.explain(lived.leadership)
    assert same(lived.world, before)


def test_a_request_stands_for_its_asker_and_what_is_asked_for(lived):
    request = next(r for r in lived.requests if r.asker.manager is not None and r.asker.manager is not r.asker)
    told = approves.explain(request)
    manager = request.asker.manager
    assert told.answer == manager.approves(request)
    assert told.terms[0].values == pytest.approx(manager.reasons(request)._asdict())
    project = request.project
    assert attraction.explain(request).terms[0].values == pytest.approx(
        request.asker.interest_in(project)._asdict()
    )
    assert approves_above.explain(request).reads["above.development"]
    assert "as a probability" in str(told)
    assert "as a probability" not in str(attraction.explain(request))  # interest is compared with a threshold


def test_a_manager_stands_for_the_unit_that_is_led(lived):
    manager = next(a for a in lived.agents if a.leads not in (-1, a.unit))
    assert hears.explain(manager).reads["unit.heard"][0] == manager.post.heard
    assert asks.explain(manager).reads["unit.peers"][0] == manager.own_unit.peers


def test_terms_that_a_rule_is_handed_are_found(lived):
    person = list(lived.agents)[7]
    told = courage.explain(person)
    assert told.answer == pytest.approx(sum(person.motives()))
    assert told.terms[0].rule == motives.__name__
    assert hazard.explain(person).answer == pytest.approx(person.p_quits())
    assert person.p_quits() == pytest.approx(math.exp(sum(person.restlessness())))
    assert hazard.explain(person).terms[0].rule == restlessness.__name__


def test_what_does_not_follow_is_asked_for_by_name(lived):
    person = list(lived.agents)[3]
    with pytest.raises(ElbowroomError, match=r"cannot tell skill and level and taught: give skill=\.\.\., level="):
        practises.explain(person)
    told = practises.explain(person, skill=2, level=9.0, taught=0.1)
    was, would_be = told.changes["employee.skills"]
    assert would_be[2] > was[2]
    with pytest.raises(ElbowroomError, match="takes no 'valu'. Did you mean 'value'"):
        approves.explain(person, valu=0.3)
    assert reasons.explain(person, value=0.0).terms[0].values["hoarding"] == 0.0
    assert log_odds.explain(person).answer == pytest.approx(sum(reasons.explain(person).terms[0].values.values()))


def test_a_rule_that_is_told_its_luck_is_told_what_this_person_draws(lived):
    for person in list(lived.agents)[:20]:
        assert core_load.explain(person).answer == person.core_load()
        assert (way_out.explain(person).answer != STAYS) == person.leaves()
    with pytest.raises(ElbowroomError, match="cannot tell luck_in_cards: give luck_in_cards=..."):
        plays.explain(person)


def test_only_somebody_of_an_organization_can_be_explained():
    with pytest.raises(ElbowroomError, match=r"asks\.explain\(3\): expected somebody of an organization"):
        asks.explain(3)


def test_somebody_who_left_is_told_of(lived):
    organization = an_organization(months=0)
    person = next(a for a in organization.agents if a.leads == -1)
    while person.is_here:
        organization.step()
    with pytest.raises(ElbowroomError, match="has left the organization"):
        asks.explain(person)


def test_a_replaced_rule_is_explained_as_it_stands_in_this_organization():
    def bold(m):
        """Everybody dares."""
        return courage(m) + 50.0

    organization = an_organization(rules=Rules({courage: bold}))
    told = courage.explain(first(organization.agents))
    assert told.rule == "courage, replaced by bold"
    assert told.answer > 40.0
    assert "return courage(m) + 50.0" in str(told)
    assert asks.explain(first(organization.agents)).answer
