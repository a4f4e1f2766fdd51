"""Vacancies and moves: chains followed seat by seat, waiting rules, and what measures of them say."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, busy_run, busy_world

from sim.careers.frame import logged
from sim.codes import What
from sim.measures import filling, monthly, time_to_fill
from sim.measures.filling import HORIZON, kaplan_meier
from sim.people.generate import generate
from sim.records import NONE
from sim.reporting.chains import geometric, openings
from sim.ring import next_in_line
from sim.running import Setup, burn_in, forked, live
from sim.settings import OrganizationSpec, Policy, Switches
from sim.studies.chains import chains
from sim.telling import with_log
from sim.testing import faults, flow_faults
from sim.world import BY_DEPARTMENT, BY_FAMILY, copied, with_tallies

MONTHS = 48
POSTED = Policy().changed("vacancies.posted", 1.0).changed("market.open", False)
RESTLESS = BUSY.changed("filling.abolished", 0.15).changed("filling.reopening", 12.0).changed("applying.habit", 0.5)


@pytest.fixture(scope="module")
def start():
    return burn_in(Setup(OrganizationSpec(size=150, burn_in=24), RESTLESS), 9, generate(150, 9))


@pytest.fixture(scope="module")
def run(start):
    return forked(start, Policy(), MONTHS, keep=True, log=True)


# Chains, followed by hand


def followed(start, months):
    """Seats filled in each chain of vacancies that ends: from the log and from which seats are in the plan.

    Nothing that the rules count is looked at, but for the chains under way at the start.
    """
    world = with_log(with_tallies(copied(start), months, 0))
    world.now.policy = Policy().row()
    of_number = {int(seat.number): row for row, seat in enumerate(world.seats)}
    seat_of = {int(person): int(seat) for person, seat in zip(world.staff.person, world.staff.seat, strict=True)}
    vacant = np.flatnonzero((world.seats.holder == NONE) & ~world.seats.closed)
    links = {int(row): int(world.seats.chain[row]) for row in vacant}
    ended, told = [], int(world.log[0].events)
    for month in range(months):
        closed, opening = world.seats.closed.copy(), world.seats.opening.copy()
        world = live(world, month + 1)
        log = logged(world)[told:]
        told = int(world.log[0].events)
        left_or_moved = Counter(seat_of.get(int(e.person), NONE) for e in log if e.what in (What.left, What.moved))
        for row in np.flatnonzero(closed & (world.seats.opening > opening)).tolist():
            links[row] = 0  # it came back into the plan
        for row in np.flatnonzero(world.seats.closed).tolist():
            if row in links and not left_or_moved[row]:
                ended.append(links.pop(row))
        for event in log:
            person = int(event.person)
            if event.what == What.left:
                links[seat_of.pop(person)] = 0
            elif event.what == What.hired:
                row = of_number[person & ((1 << 32) - 1)]
                seat_of[person] = row
                ended.append(links.pop(row) + 1)
            elif event.what == What.moved:
                row = of_number[int(event.need) & ((1 << 32) - 1)]
                links[seat_of[person]] = links.pop(row) + 1
                seat_of[person] = row
    return ended, world


def test_chains_are_as_long_as_they_are_when_followed_seat_by_seat(start, run):
    ended, world = followed(start, MONTHS)
    assert world.flow.tobytes() == run.flow.tobytes()
    assert len(ended) == run.flow.chains.sum() > 100
    assert sum(ended) == run.flow.chain_fills.sum()
    assert max(ended) >= 3
    assert 0 in ended  # abolished at once


def test_mean_chain_length_is_fills_by_external_fills_and_abolitions(start):
    """Where all chains begin and end in the window: fills / (external fills + abolished) = mean length."""
    ended, _ = followed(start, MONTHS)
    run = forked(start, Policy(), MONTHS, keep=True)
    under_way = run.world.seats[(run.world.seats["holder"] == NONE) & ~run.world.seats["closed"]]["chain"].sum()
    at_start = start.seats[(start.seats["holder"] == NONE) & ~start.seats["closed"]]["chain"].sum()
    fills = run.flow.filled_after.sum() - under_way + at_start  # in completed chains
    assert fills / (run.flow.hired.sum() + run.flow.abolished.sum()) == pytest.approx(np.mean(ended))


@pytest.mark.parametrize("policy", [Policy(), POSTED], ids=["usual", "posted"])
def test_chains_one_by_one_are_those_that_the_rules_count(start, policy):
    found, flow = chains(start, policy, MONTHS), forked(start, policy, MONTHS).flow
    by_month = found.groupby("month").fills.agg(["count", "sum"]).reindex(range(MONTHS), fill_value=0)
    assert by_month["count"].tolist() == flow.chains.tolist()
    assert by_month["sum"].tolist() == flow.chain_fills.tolist()
    ends = found.end.value_counts()
    assert (ends["outside"], ends["abolished"]) == (flow.hired.sum(), flow.abolished.sum())
    if policy == Policy():
        assert sorted(found.fills) == sorted(followed(start, MONTHS)[0])


def test_lengths_in_theory_are_shares_of_all_chains():
    shares = geometric(0.4)
    assert sum(shares) == pytest.approx(1)
    assert shares[:3] == pytest.approx([0.6, 0.24, 0.096])
    few = pd.DataFrame({"fills": [0, 1, 3], "end": ["abolished", "outside", "abolished"]})
    assert openings(few).tolist() == [1, 1, 4]


# Accounts and rules


def test_accounts_of_vacancies_close_in_every_month(start):
    world = start
    for month in range(1, 25):
        one = forked(start, Policy(), month, keep=True)
        assert not faults(one.world)
        assert not flow_faults(one, world)


@pytest.mark.parametrize("field", ["chosen", "closed", "place"])
def test_what_contradicts_the_laws_of_vacancies_is_found(start, field):
    broken = copied(start)
    broken.seats[field][3] = broken.seats[field][5] if field == "place" else 1
    assert faults(broken)


def test_the_log_agrees_with_what_is_counted(run):
    log = logged(run.world)
    def per_month(*kinds):
        return np.bincount(log["month"][np.isin(log["what"], kinds)], minlength=MONTHS).tolist()

    assert per_month(What.moved) == run.flow.moves.tolist()
    assert per_month(What.applied) == run.flow.applied.tolist()
    assert per_month(What.backed) == run.flow.backed.tolist()
    assert per_month(What.resisted) == run.flow.resisted.tolist()
    assert per_month(What.turned_down) == run.flow.turned_down.tolist()
    assert per_month(What.chosen) == run.flow.chosen.tolist()
    assert per_month(What.blocked) == run.flow.blocked.tolist()
    assert sum(per_month(What.blocked)) > 0


def test_vetoes_are_told_and_kept(start):
    forbidding = copied(start)
    forbidding.now.behaviour.filling.veto = 1.0
    run = forked(forbidding, Policy(), 24, keep=True, log=True)
    log = logged(run.world)
    assert (log["what"] == What.vetoed).sum() == run.flow.vetoed.sum() == run.flow.resisted.sum() > 0
    assert run.flow.blocked[2:].sum() == run.flow.held.sum() == 0


@pytest.mark.parametrize("least", [6, 18])
def test_nobody_moves_before_the_time_in_role_is_up(start, least):
    run = forked(start, Policy().changed("vacancies.min_time_in_role", least), MONTHS, keep=True, log=True)
    since = {int(e.person): int(s) for e, s in zip(start.staff, start.staff["since"], strict=True)}
    ready, moves = {}, 0
    for event in logged(run.world):
        person = int(event.person)
        if event.what == What.hired:
            since[person] = int(event.month)
        elif event.what == What.chosen:
            ready[person] = int(event.month) - since[person]
        elif event.what == What.moved:
            since[person] = int(event.month)
            moves += 1
    assert min(ready.values()) >= least
    assert moves > 20


def test_without_the_switch_nobody_moves():
    world = busy_world(switches=Switches(moves=False))
    run = busy_run(world, POSTED, 24)
    assert run.flow.hired.sum() > 0
    for name in ("moves", "applied", "advertised", "slotted", "chosen", "turned_down"):
        assert run.flow[name].sum() == 0, name
    assert run.flow.chain_fills.sum() <= run.flow.chains.sum()


def test_nobody_is_asked_where_all_is_advertised_and_nothing_advertised_where_all_are_found(start):
    assert forked(start, POSTED, 24).flow.slotted.sum() == 0
    slotted = forked(start, Policy().changed("vacancies.posted", 0.0), 24).flow
    assert slotted.slotted.sum() > slotted.slot_taken.sum() > 0
    assert slotted.advertised.sum() == slotted.slotted.sum() - slotted.slot_taken.sum()


def test_managers_who_may_hold_nobody_block_nobody(start):
    run = forked(start, Policy().changed("managers.release_within", 0), 24)
    assert run.flow.held.sum() == 0
    assert run.flow.blocked[6:].sum() == 0
    assert run.flow.moves.sum() > 0


def test_people_who_move_go_on_meeting_the_same(start):
    """Places on the ring of acquaintance go with people, whether they move or their old seat is filled anew."""
    world, moved = live(with_tallies(copied(start), 12, 0), 0), 0
    for month in range(12):
        before = {int(person): int(world.seats["place"][seat]) for person, seat in
                  zip(world.staff["person"], world.staff["seat"], strict=True) if person != NONE}
        world = live(world, month + 1)
        for employee in world.staff:
            if int(employee.person) in before:
                assert world.seats["place"][employee.seat] == before[int(employee.person)]
                moved += int(employee.moved) == month
    assert moved > 10


# Measures


def test_measures_of_moves_are_what_the_tallies_say(run):
    whole, flow = monthly(run), run.flow
    last = run.world
    from sim.measures import summary

    found = summary(run).query("group == 'everyone' and window == 'all'").iloc[0]
    inside, fills = flow.filled_inside_after.sum(), flow.filled_after.sum()
    assert found.internal_fills == pytest.approx(inside / fills)
    assert found.internal_openings == pytest.approx(inside / (flow.opened.sum() + inside))
    assert found.internal_openings < found.internal_fills
    assert found.mobility == pytest.approx(flow.moves.sum() / (run.census["heads"][:, 0].sum() / 12) * 100)
    log = logged(last)
    per_vacancy = (log["what"] == What.applied).sum() / flow.advertised.sum()
    assert found.applications == pytest.approx(per_vacancy)
    assert found.chain_length == pytest.approx(flow.chain_fills.sum() / flow.chains.sum())
    assert found.hoarding_of_moves > 0
    assert 0 < found.blocked < 1
    assert whole.vacancy.iloc[-1] == pytest.approx(
        ((last.seats.holder == NONE) & ~last.seats.closed).sum() / (~last.seats.closed).sum())


def test_ramp_up_ahead_is_that_of_those_who_took_up_a_post(run):
    from sim.measures import summary

    found = summary(run).query("group == 'everyone' and window == 'all'").iloc[0]
    b = RESTLESS
    far = run.flow.far.sum() + run.flow.hired.sum()
    near = run.flow.moves.sum() - run.flow.far.sum()
    expected = (far * b.working.ramp_months + near * b.filling.ramp_inside) / (far + near)
    assert found.time_to_productive == pytest.approx(expected)


def test_time_to_fill_counts_those_that_are_still_open():
    """Geometric waiting, cut off and abolished: Kaplan and Meier find the mean, an average of the filled does not."""
    draws = np.random.default_rng(1)
    months = draws.geometric(0.1, 20_000)
    cut = draws.integers(1, 24, 20_000)
    filled = np.bincount(months[months <= cut], minlength=HORIZON + 30)[:HORIZON].astype(float)
    over = np.minimum(months, cut)
    at_risk = np.array([(over >= age).sum() for age in range(HORIZON)], float)
    open_, _ = kaplan_meier(filled, at_risk)
    ages = np.arange(HORIZON)
    assert np.abs(open_ - 0.9**ages).max() < 0.02  # four standard errors where few are left
    assert months[months <= cut].mean() < 0.7 * open_.sum()


def test_time_to_fill_is_that_of_the_seats(start, run):
    """Where nobody moves and nothing is abolished, it is the geometric time of outsiders, a month after the opening."""
    alone = burn_in(Setup(OrganizationSpec(size=400, burn_in=12), BUSY.changed("filling.abolished", 0.0),
                          Switches(moves=False)), 3, generate(400, 3))
    found = time_to_fill(forked(alone, Policy(), 60))
    assert found.n > 300
    assert found.low < BUSY.filling.outside_months < found.high
    table = filling(run)
    assert table.filled.is_monotonic_increasing
    assert ((table.low <= table.filled) & (table.filled <= table.high)).all()
    assert time_to_fill(run, run).n == 2 * time_to_fill(run).n
    assert time_to_fill(run, run).mean == pytest.approx(time_to_fill(run).mean)


# Who hears of it, and how long it is open


def test_every_vacancy_is_counted_once_in_each_month_by_how_long_it_is_open(run):
    """Whatever fell open in a month, by a departure, a move or the plan, is of age 0 at its end, filled or not."""
    flow = run.flow
    assert (flow.open_after.sum(axis=1) == flow.vacant).all()
    fell_open = flow.opened + flow.moves
    assert (flow.open_after[:, 0] + flow.filled_after[:, 0] + flow.abolished_after[:, 0] == fell_open).all()
    for age in range(1, HORIZON):
        gone = flow.filled_after[1:, age] + flow.abolished_after[1:, age]
        assert (flow.open_after[1:, age] + gone == flow.open_after[:-1, age - 1]).all(), age


@pytest.mark.parametrize(("by", "group"), [(BY_FAMILY, "family"), (BY_DEPARTMENT, "department")])
def test_whoever_is_drawn_from_a_group_is_of_it(run, by, group):
    """From the first place of a line to the last, after which it begins again."""
    seats = run.world.seats
    for code in np.unique(seats[group]).tolist():
        for place in (0.0, 0.3, 0.999999):
            row = next_in_line(by, code, place, run.world)
            assert row == NONE or seats[group][run.world.staff["seat"][row]] == code
