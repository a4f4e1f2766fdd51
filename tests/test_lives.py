"""Two lives of one person: when they part, with the same luck and with other luck."""

import numpy as np
import pandas as pd
import pytest
from organizations import FORM

from sim import fork
from sim.reporting.lives import DECISION, LUCK, SAME, apart, mosaic, share_apart
from sim.running import Setup
from sim.settings import OrganizationSpec, Policy, named
from sim.studies.parting import lived_through, luck, months_apart, more_of, same_choices

MONTHS, SEED = 12, 3
SETUP = Setup(OrganizationSpec(name="department", size=120, burn_in=24), named.behaviour("lively"))


@pytest.fixture(scope="module")
def lives() -> list[pd.DataFrame]:
    return lived_through(SETUP, (Policy(), FORM, Policy()), SEED, MONTHS)


def test_lives_part_in_the_month_that_a_fork_names(lives):
    """Of a few of everybody; all of them would be slow."""
    found = months_apart(*lives[:2])
    assert found.notna().mean() > 0.5
    for name in found.index[::12]:
        told = fork(Policy(), FORM, name, organization=SETUP.organization, behaviour="lively", months=MONTHS, rng=SEED)
        assert (None if pd.isna(found[name]) else found[name]) == told.month


def test_the_same_policy_twice_parts_nobody_and_other_luck_nearly_everybody(lives):
    one, _, again = lives
    assert one.equals(again)
    assert months_apart(one, again).isna().all()
    [lucky] = lived_through(SETUP, (Policy(),), SEED, MONTHS, luck=SEED + 1)
    assert months_apart(one, lucky).notna().mean() > 0.9
    here, there = ({*log.person[log.event == "here"]} for log in (one, lucky))
    assert here == there, "the past is shared"
    assert luck(one, lucky)[0] == 0, "and no decision has the same luck"


def test_lives_under_a_closed_market_can_be_compared(lives):
    """Where nobody has a part in what happens to others, such as managers who answer."""
    closed = Policy().changed("market.open", False).changed("vacancies.min_time_in_role", 24)
    quiet = lived_through(SETUP, (closed, closed), SEED, 2)
    assert months_apart(*quiet).isna().all()


def test_choices_of_the_first_month_differ_where_luck_lies_between_the_odds(lives):
    """Without exception: nothing but the odds differs yet."""
    choices = same_choices(*lives[:2])
    first = choices[choices.month == 0]
    assert len(first) > 20
    assert (choices.luck == choices.luck_other).all()
    between = (first[["p", "p_other"]].min(axis=1) <= first.luck) & (first.luck < first[["p", "p_other"]].max(axis=1))
    assert (between == (first.asks != first.asks_other)).all()
    assert between.any()


def test_gains_are_counted_person_by_person(lives):
    one, other = lives[:2]
    found = more_of("started", one, other)
    assert list(found.index) == one.person[one.event == "here"].astype(str).tolist()
    name = found.idxmin()
    counts = [((log.event == "started") & (log.person == name)).sum() for log in (one, other)]
    assert found[name] == counts[1] - counts[0] < 0
    assert (more_of("started", one, one) == 0).all()


def test_share_apart_counts_people_whose_lives_have_parted_before_a_month():
    months = pd.Series([0, 2, 2, None], dtype="Int64")
    assert share_apart(months, 4).tolist() == [0, 0.25, 0.25, 0.75, 0.75]


def test_figures_show_what_they_are_given():
    lines = [np.linspace(0, share, 13) for share in (0.4, 0.6)]
    panel = apart({"one": lines}, "Lives", 30).axes[0]
    assert panel.lines[-2].get_ydata()[-1] == pytest.approx(50)  # the mean, in percent
    assert panel.lines[-1].get_ydata()[0] == 30
    cells = np.array([[SAME, LUCK], [DECISION, SAME]])
    figure = mosaic({"left": cells, "right": cells})
    assert [panel.get_title(loc="left") for panel in figure.axes] == ["left", "right"]
    assert figure.axes[0].collections[0].get_array().ravel().tolist() == cells.ravel().tolist()
