"""What the same luck saves, month by month, and how far lives part: the numbers behind the figure, and the figure."""

import numpy as np
import pytest

from sim.reporting.luck import luck_figure, saved
from sim.running import Setup
from sim.settings import OrganizationSpec, Policy, named
from sim.studies.certificate import reduction
from sim.studies.compare import compare
from sim.studies.parting import lives_parted

SETUP = Setup(OrganizationSpec(size=80, burn_in=12), named.behaviour("lively"))
ARMS = Policy(), Policy().changed("market.permission", "form")
MONTHS = 15


@pytest.fixture(scope="module")
def found():
    return compare({"tick box": ARMS[0]}, {"Form": ARMS[1]}, setup=SETUP, replicates=6, months=MONTHS,
                   measures=["delivery", "participation"])  # fmt: skip


@pytest.fixture(scope="module")
def parted():
    return lives_parted(SETUP, *ARMS, count=2, months=MONTHS)


def test_under_one_policy_nobodys_life_parts():
    same = lives_parted(SETUP, ARMS[0], Policy(), count=1, months=MONTHS)
    assert len(same) == MONTHS
    assert not same[["otherwise", "elsewhere"]].to_numpy().any()


def test_lives_part_for_good_and_seats_after_deeds(parted):
    for _, one in parted.groupby("replicate"):
        assert (np.diff(one.otherwise) >= 0).all()
        assert one.otherwise.iloc[-1] > 0.5
        assert (one.elsewhere <= one.otherwise).all()  # who sits elsewhere has moved or left, which is something


def test_what_is_saved_is_the_certificate_of_each_month(found):
    table = saved(found, ["delivery"])
    assert table.month.tolist() == [*range(1, MONTHS + 1)]
    wide = found.monthly[found.monthly.month == 7].pivot(index="replicate", columns="policy", values="delivery")
    assert table.times.iloc[6] == pytest.approx(reduction(wide["Form"].to_numpy(), wide["tick box"].to_numpy()).times)


def test_the_figure_shows_pairs_variance_and_lives(found, parted):
    figure = luck_figure(found, parted, measures=("delivery", "participation"))
    pairs, variance, lives = figure.axes
    assert len(pairs.lines) == 2 * found.replicates + 1
    assert [len(panel.get_legend_handles_labels()[1]) for panel in figure.axes] == [2, 2, 2]
    assert variance.get_yscale() == "log"
    drawn = lives.lines[0].get_ydata()
    assert drawn == pytest.approx(100 * parted.groupby("month").otherwise.mean().to_numpy())
