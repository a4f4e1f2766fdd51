"""Careers: the log changes nothing, loses nothing, and is told in words that hold."""

import os
import re
import subprocess
import sys
from copy import deepcopy
from itertools import pairwise

import numpy as np
import pytest
from conftest import ROOT, busy_world, python, same, tables
from organizations import FORM, an_organization

from sim import fork
from sim.backing import Backing
from sim.careers.chapters import chapters
from sim.careers.frame import CHOICE, TERMS, VACANCY, logged
from sim.careers.wording import AMBITIONS, BACKINGS, MOTIVES, PLAIN, PLAIN_MOVES, WEIGHTS, both_odds, chance, span, wish
from sim.codes import What
from sim.errors import ElbowroomError
from sim.judging import Reasons
from sim.mechanisms.applying import Ambition
from sim.mechanisms.asking import Motives, Silencers
from sim.organization import Organization
from sim.records import TERMS as ROOM
from sim.running import forked, live
from sim.settings import Policy, Switches
from sim.telling import with_log
from sim.world import copied, events_bound, fits, keeps_log, with_tallies

BASELINES = ROOT / "tests" / "baselines"
RENEW = "ELBOWROOM_BASELINES=1 python -m pytest tests/test_careers.py -k 'baseline or page'"
CHAIN = Policy().changed("market.permission", "chain").changed("market.time_cap", 0.5)
LIVELY = {"organization": "department", "behaviour": "lively", "months": 24}


@pytest.fixture(scope="module")
def lived() -> Organization:
    """Two years of a busy organization: to be looked at only."""
    return an_organization(months=24)


@pytest.fixture(scope="module")
def events(lived):
    return lived.careers()


# The log


@pytest.mark.parametrize("policy", [FORM, CHAIN, Policy()], ids=["form", "chain", "tickbox"])
def test_a_log_changes_nothing(busy, policy):
    """Every table and tally has the same bits with a log and without."""
    without, with_ = (forked(busy, policy, 24, keep=True, log=log).world for log in (False, True))
    assert same(without, with_)
    assert not keeps_log(without)
    assert len(logged(with_)) > 500


def test_a_closed_market_leaves_arrivals_departures_and_vacancies_only(busy):
    closed = Policy().changed("market.open", False)
    world = forked(busy, closed, 24, keep=True, log=True).world
    moves = {What.applied, What.backed, What.resisted, What.turned_down, What.chosen, What.moved}
    ways_out = {What.left, What.quit, What.retired}
    assert set(logged(world)["what"].tolist()) - {What.blocked} == {What.here, What.hired, *ways_out, *moves}
    still = forked(busy_world(switches=Switches(moves=False)), closed, 24, keep=True, log=True).world
    assert set(logged(still)["what"].tolist()) - ways_out == {What.here, What.hired}


@pytest.mark.parametrize("policy", [FORM, CHAIN, Policy()], ids=["form", "chain", "tickbox"])
def test_the_log_agrees_with_what_is_counted(busy, policy):
    """Month by month: each event as often as the tallies count it, and nobody is lost."""
    run = forked(busy, policy, 24, keep=True, log=True)
    log, flow = logged(run.world), run.flow
    def per_month(*kinds):
        return np.bincount(log["month"][np.isin(log["what"], kinds)], minlength=24)

    assert per_month(What.asked, What.ticked).tolist() == flow["asked"].tolist()
    assert per_month(What.permitted, What.denied).tolist() == flow["decided"].tolist()
    assert per_month(What.permitted).tolist() == flow["approved"].tolist()
    assert per_month(What.started).tolist() == flow["joined"].tolist()
    assert per_month(What.rejected).tolist() == flow["rejected"].tolist()
    assert per_month(What.expired).tolist() == flow["expired"].tolist()
    assert per_month(What.found_out).tolist() == flow["found_out"].tolist()
    assert per_month(What.posted).tolist() == flow["posted"].tolist()
    assert per_month(What.left).tolist() == flow["left"].tolist()
    assert per_month(What.hired).tolist() == flow["hired"].tolist()
    wishing = log[(log["what"] == What.silent) & (log["latent"] >= 0.3)]
    assert np.bincount(wishing["month"], minlength=24).tolist() == flow["silent"].tolist()
    for bit, name in enumerate(Silencers._fields):
        barred = wishing["month"][wishing["reason"] >> bit & 1 == 1]
        assert np.bincount(barred, minlength=24).tolist() == flow[f"silent_{name}"].tolist()


def test_a_yes_is_a_draw_below_its_probability(events):
    """What is logged explains what happened: terms, draw and answer agree in every decision."""
    decided = events[events.p.notna()]
    assert len(decided) > 300
    yes = decided.event.isin(["asked", "ticked", "permitted", "applied", "backed", "quit"])
    assert decided.event[yes].nunique() >= 4
    certain = (decided.luck - decided.p).abs() > 1e-6  # the log keeps 32 bits
    assert certain.mean() > 0.99
    assert ((decided.luck < decided.p) == yes)[certain].all()


def test_there_is_room_for_every_decision_and_a_word_for_every_term():
    for fields in TERMS.values():
        assert len(fields) <= ROOM
    assert {*Motives._fields} - {"habit"} == set(MOTIVES)
    assert {*Reasons._fields} - {"habit"} == set(WEIGHTS)
    assert {*Ambition._fields} - {"habit"} == set(AMBITIONS)
    assert {*Backing._fields} - {"habit"} == set(BACKINGS)
    assert set(PLAIN) == set(MOTIVES) | set(WEIGHTS)
    assert set(PLAIN_MOVES) == set(AMBITIONS) | set(BACKINGS)


def test_tables_keep_room_for_a_month_and_nothing_is_dropped(busy):
    """A log that starts with room for one month grows as it must, and holds what a roomy one holds."""
    roomy = forked(busy, FORM, 24, keep=True, log=True).world
    tight = with_log(copied(busy))
    tight = tight._replace(events=tight.events[: int(tight.log[0].events + events_bound(tight))])
    assert fits(tight)
    narrow = tight._replace(events=tight.events[:-1])
    assert not fits(narrow)
    grown = forked(tight, FORM, 24, keep=True).world
    assert logged(grown).tobytes() == logged(roomy).tobytes()
    most = np.bincount(logged(roomy)["month"]).max()
    assert most < events_bound(roomy)


def test_blocks_do_not_matter(busy):
    one, other = (with_log(with_tallies(copied(busy), 12, 0)) for _ in range(2))
    one, other = live(one, 12), live(other, 12, block=1)
    assert logged(one).tobytes() == logged(other).tobytes()


def test_compiled_and_plain_logs_agree():
    code = """
import sys; sys.path.insert(0, "tests")
from conftest import BUSY, busy_world
from sim.careers.frame import logged
from sim.running import forked
from sim.settings import Policy
import hashlib
world = forked(busy_world(30, 3, burn=2), Policy().changed("market.permission", "chain"), 6, keep=True, log=True).world
log = logged(world)
print(len(log), hashlib.sha256(b"".join(log[name].tobytes() for name in log.dtype.names)).hexdigest())
"""
    compiled, plain = python(code), python(code, NUMBA_DISABLE_JIT="1")
    assert compiled.returncode == plain.returncode == 0, plain.stderr + compiled.stderr
    assert compiled.stdout == plain.stdout
    assert int(compiled.stdout.split()[0]) > 40


# The table


def test_a_copy_takes_the_log_along(lived):
    twin = deepcopy(lived)
    assert twin.careers().equals(lived.careers())
    twin.run_for(2)
    assert len(twin.careers()) > len(lived.careers())
    assert lived.careers().month.max() < 24 <= twin.careers().month.max()
    assert same(twin.world, an_organization(months=26).world)


def test_careers_are_kept_where_asked_for(monkeypatch):
    monkeypatch.setattr("sim.organization.LOGGED", 79)
    assert keeps_log(an_organization(log=True).world)
    organization = an_organization()  # of eighty
    assert tables(organization.world) == tables(an_organization(log=True).world)
    for ask in (organization.careers, lambda: organization.career("5")):
        with pytest.raises(ElbowroomError, match="log=True"):
            ask()


def test_the_table_is_tidy(events, lived):
    assert len(events.columns) == len(set(events.columns))
    assert events.month.is_monotonic_increasing
    assert set(events.event.unique()) >= {"here", "hired", "left", "silent", "asked", "permitted", "denied", "started"}
    assert "" not in set(events.person)
    present = {person.name for person in lived.agents}
    came = set(events.person[events.event.isin(["here", "hired"])])
    assert came - set(events.person[events.event == "left"]) == present
    assert events[events.event == "started"].hours.gt(0).all()
    assert events.need.isna().equals(events.hours.isna())
    assert events.vacancy.isna().equals(~events.event.isin([what.name for what in VACANCY]))
    assert events.step.isna().equals(events.vacancy.isna())
    choices = events.event.isin([what.name for what in CHOICE])
    assert events[list(Motives._fields)].notna().all(axis=1)[choices].all()
    assert events.tape[~choices].isna().all()
    assert events.interest[choices].ge(1.0).all()


def test_everybody_asks_before_joining_and_joins_before_finishing(events):
    for _, career in events[events.need.notna()].groupby(["person", "need"], observed=True):
        happened = [what for what in career.event if what in ("asked", "ticked", "started", "finished")]
        assert "started" not in happened or happened.index("started") > 0
        assert "finished" not in happened or happened.index("finished") > happened.index("started")


def test_people_move_to_posts_that_they_were_chosen_for(events):
    """Application or offer, the manager's word, the choice, the move: for one post, in this order."""
    moves = chosen_here(events)
    assert len(moves) > 5
    for move in moves.itertuples():
        own = events[(events.person == move.person) & (events.vacancy == move.vacancy)].event.tolist()
        assert own[-2:] == ["chosen", "moved"]
        assert own[-3] in ("backed", "resisted")
        assert own[:-3] in ([], ["applied"])


def chosen_here(events):
    """Moves of people who were chosen after the log began."""
    known = set(events.vacancy[events.event == "chosen"])
    return events[(events.event == "moved") & events.vacancy.isin(known)]


def test_steps_are_counted_from_the_post_held_before(lived, events):
    """The next post begins at the grade, in the unit, to which the last move led."""
    grades = lived.roster.grades
    for _, career in events[events.event.isin(["here", "hired", "moved"])].groupby("person", observed=True):
        places = [grades.index(grade) for grade in career.grade]
        assert [one - two for one, two in pairwise(places)] == career.step.iloc[1:].tolist()


def test_exports_and_imports_balance_and_follow_people(lived, events):
    """What leaves one unit comes to another; recounted person by person."""
    found = lived.exports()
    assert found.out.sum() == found["in"].sum() > 5
    assert found.net.sum() == 0
    assert found.backed.sum() + found.resisted.sum() == events.event.isin(["backed", "resisted"]).sum()
    out: dict = {}
    for _, career in events[events.event.isin(["here", "hired", "moved"])].groupby("person", observed=True):
        for old, new in pairwise(career.unit):
            out[old] = out.get(old, 0) + (old != new)
    assert {unit: n for unit, n in found.out.items() if n} == {unit: n for unit, n in out.items() if n}


# Stories


def test_a_story_of_a_move_says_what_the_log_says(lived, events):
    for move in chosen_here(events).iloc[:5].itertuples():
        text = " ".join(str(lived.career(move.person)).split())
        own = events[(events.person == move.person) & (events.vacancy == move.vacancy)]
        word = own[own.event.isin(["backed", "resisted"])].iloc[0]
        assert f"Month {move.month}" in text
        assert f"oved to {move.department} ({move.family}" in text
        assert f"{word.event} the move" in text
        assert ("lower" in text) >= (move.step < 0)
        against = word[list(BACKINGS)].astype(float) * (1 if word.event == "backed" else -1)
        if against.max() > 0.05:
            assert BACKINGS[against.idxmax()][0 if word.event == "backed" else 1] in text


def test_people_keep_their_names_when_they_move(lived, events):
    moved = [name for name in events.person[events.event == "moved"].unique()
             if name not in set(events.person[events.event == "left"])]
    for name in moved:
        assert lived.person(name).name == name
        assert lived.career(name).name == name
    assert moved


def test_a_story_can_be_told_of_everybody_who_has_been_here(lived, events):
    for name in events.person.unique():
        story = lived.career(name)
        text = str(story)
        assert max(map(len, text.splitlines())) <= 120
        assert not re.search(r"\b(he|she|his|her|him|nan|None)\b|  \w|\.\.|−?\bnan", text.replace("\n    ", " ")), text
        firsts = [one.first for one in story.chapters]
        assert firsts == sorted(firsts)
        assert story.events.person.eq(name).all()


def test_a_story_leaves_no_month_of_deeds_out(lived, events):
    for name, own in events.groupby("person", observed=True):
        told = lived.career(name).chapters
        for row in own[~own.event.isin(["here", "hired"])].itertuples():
            assert any(one.first <= row.month <= one.last for one in told), (name, row.month, row.event)


def test_a_story_says_what_the_log_says(lived, events):
    denied = events[events.event == "denied"].iloc[0]
    [chapter] = [one for one in lived.career(denied.person).chapters if one.first == one.last == denied.month][:1]
    assert "said no" in chapter.text
    against = denied[list(WEIGHTS)].astype(float)
    if against.min() < -0.05:
        assert WEIGHTS[against.idxmin()][1] in chapter.text


def test_people_are_found_by_name_key_and_face_also_after_they_left(lived, events):
    person = next(iter(lived.agents))
    assert str(lived.career(person)) == str(lived.career(person.name)) == str(lived.career(person.unique_id))
    gone = events.person[events.event == "left"].iloc[0]
    assert "left the organization after" in " ".join(str(lived.career(gone)).lower().split())
    with pytest.raises(ElbowroomError, match="nobody called 'nobody'"):
        lived.career("nobody")
    with pytest.raises(ElbowroomError, match=r"hired for that post were 5[-\d, 5]*\."):
        lived.career("5-77")
    with pytest.raises(ElbowroomError, match="nobody called '39' .* nor anybody else who was hired for that post"):
        Organization("department", rng=1).career("39")  # who holds it came from another post
    with pytest.raises(ElbowroomError, match="nobody of that key"):
        lived.career(-5)
    with pytest.raises(ElbowroomError, match="Expected a name"):
        lived.career(None)


def test_notebooks_get_names_that_cannot_harm(lived):
    story = lived.career(next(iter(lived.agents)))
    assert story._repr_html_().count("<dt>") == len(story.chapters)
    assert repr(story) == str(story)


def test_dull_years_are_summed_up(lived):
    rows = lived.careers()
    silent = rows[rows.event == "silent"].iloc[:3].assign(month=[2, 9, 30], barriers=["tape", "tape, refusal", ""])
    [one] = chapters(silent, {}, 0, 60)
    assert str(one) == (
        "Months 0 to 59: saw 3 postings of interest, and kept silent each time. They would have asked had there been "
        "no red tape (twice), or had they been sure of the manager's yes (once)."
    )
    assert [str(each) for each in chapters(silent[:0], {}, 0, 60)] == ["Months 0 to 59: saw nothing of interest."]


def test_words_for_numbers():
    assert [span(0), span(1), span(12), span(26)] == ["less than a month", "1 month", "1 year", "2 years and 2 months"]
    assert [chance(p) for p in (0.04, 0.31, 0.97)] == ["1 in 25", "3 in 10", "nearly certain"]
    assert wish(0.05, 0.9) == "hardly any wish for other work"
    assert wish(0.5, 0.5) == "a strong wish for other work, about half of it talked away"


# Two policies


def test_the_same_policy_twice_never_parts():
    found = fork("open_opps", "open_opps", somebody(), **LIVELY)
    one, other = found.careers
    assert one.events.equals(other.events)
    assert str(one) == str(other)
    assert found.month is None
    assert "never part" in found.parting


def somebody() -> str:
    return sorted(person.name for person in Organization("department", behaviour="lively").agents)[30]


def test_a_fork_names_the_first_decision_that_differs():
    """Of everybody: before the month of parting all decisions agree, in it they do not."""
    names = sorted(person.name for person in Organization("department", behaviour="lively").agents)[:25]
    parted = 0
    for name in names:
        found = fork("open_opps", "red_tape", name, **LIVELY)
        parting = 24 if found.month is None else found.month
        before, upto = (
            [decisions(one.events[one.events.month < parting + more]) for one in found.careers] for more in (0, 1)
        )
        assert before[0] == before[1]
        if found.month is not None:
            parted += 1
            assert upto[0] != upto[1]
            assert f"part in month {found.month}: under open_opps" in found.parting
    assert parted > 12


def decisions(events):
    decided = events[events.event != "silent"][["month", "event", "need", "vacancy", "other"]].astype(str)
    decided.loc[decided.event == "left", "other"] = ""  # whoever leaves, leaves, under whichever manager
    return decided.values.tolist()


def test_a_fork_shows_which_term_made_the_difference():
    """Under red tape somebody with the same luck keeps silent, and red tape is what differs most."""
    names = sorted(person.name for person in Organization("department", behaviour="lively").agents)
    said = [fork("open_opps", "red_tape", name, **LIVELY).parting for name in names[:25]]
    of_luck = [text for text in said if "The luck was the same" in text]
    assert of_luck
    assert any("What differs most is red tape" in text for text in of_luck)
    odds = [re.search("the odds were not: (.+?) against (.+?)\\.(?: |$)", text).groups() for text in of_luck]
    assert not [pair for pair in odds if pair[0] == pair[1]], "odds that differ are told in words that differ"
    assert both_odds(0.21, 0.16, chance) == ("21 %", "16 %")
    assert both_odds(0.2104, 0.2101, chance) == ("21.04 %", "21.01 %")
    assert both_odds(0.35, 0.16, chance) == ("4 in 10", "2 in 10")


def test_a_fork_shows_what_made_a_manager_back_a_move():
    """The same luck, and evaluations that count moves: the first parting of somebody is the manager's word."""
    settings = {"organization": "department", "behaviour": "lively", "months": 36}
    closed = {"market": {"open": False}, "leadership": {"signal": 0.0}}
    rewarded = {**closed, "managers": {"export_reward": 1.0}}
    names = sorted(person.name for person in Organization("department", behaviour="lively").agents)
    said = [fork(closed, rewarded, name, **settings).parting for name in names[:30]]
    of_word = [text for text in said if "resisted the move" in text and "backed the move" in text]
    assert of_word
    assert all("The luck was the same" in text for text in of_word)
    assert any("What differs most is what evaluations give for people who move on" in text for text in of_word)


def test_a_fork_shows_both_careers_beside_each_other():
    name = somebody()
    found = fork("open_opps", {"market": {"time_cap": 0.05}}, name, **LIVELY)
    assert found.policies == ("open_opps", "market.time_cap=0.05")
    text = str(found)
    assert text.count("In all, ") == 2
    assert found._repr_html_().count("<td ") == 2 * len([*found.rows()])
    assert set(found.events.policy) == set(found.policies)
    with pytest.raises(ElbowroomError, match="nobody called"):
        fork("open_opps", "red_tape", "nobody", **LIVELY)
    with pytest.raises(ElbowroomError, match="Did you mean 'red_tape'"):
        fork("open_opps", "redtape", name, **LIVELY)


# Baselines


def baseline(role: str) -> str:
    """The story of one who moves most, of one who wants to and seldom asks, and of one who is often refused."""
    organization = Organization("department", "red_tape" if role == "silenced" else "open_opps", "lively", rng=2)
    organization.run_for(30)
    events = organization.careers()
    start = events[(events.event == "here") & (events.person.astype(str) != events.other.astype(str))]
    start = start.set_index("person")
    gone = set(events.person[events.event == "left"])
    people = [name for name in start.index if name not in gone and (role != "silenced" or start.wish[name] > 0.3)]
    count = events.groupby(["person", "event"], observed=False).size().unstack().loc[people]
    asked = count.asked + count.ticked
    score = {"moved": count.started, "silenced": count.silent - 100 * asked,
             "denied": count.denied - 100 * count.started}[role]  # fmt: skip
    return f"{organization.career(str(score.idxmax()))}\n"


@pytest.mark.parametrize("role", ["moved", "silenced", "denied"])
def test_baseline_careers_are_what_they_were(role):
    """Change of the model on purpose? Read what changed, and renew the files."""
    file, told = BASELINES / f"career-{role}.txt", baseline(role)
    if os.environ.get("ELBOWROOM_BASELINES"):
        BASELINES.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8"), (
        f"the story of one who is {role} has changed. If the model was changed on purpose, read the new one and renew "
        f"the files: {RENEW} (or make baselines)"
    )


# The page and the command


def test_the_page_on_careers_shows_what_it_prints(ran):
    page = ROOT / "docs" / "careers.md"
    text = page.read_text(encoding="utf-8")
    first, *_, last = ran("docs/careers.md").printed
    if os.environ.get("ELBOWROOM_BASELINES"):
        [shown, *_] = re.findall(r"```text\n(.*?)```", text, re.S)
        page.write_text(text.replace(shown, first), encoding="utf-8")
    assert f"```text\n{first}```" in page.read_text(encoding="utf-8"), f"the example is out of date: {RENEW}"
    assert "part in month" in last


def test_the_command_tells_and_writes(tmp_path):
    name = somebody()
    words = ["career", f"person={name}", "org=department", "behaviour=lively", "study.months=24", "versus=red_tape"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "experiments.career", *words[1:], f"hydra.run.dir={tmp_path / 'out'}"],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    expected = fork("open_opps", "red_tape", name, **LIVELY)
    assert str(expected) in done.stdout
    assert (tmp_path / "out" / "career.txt").read_text(encoding="utf-8") == f"{expected}\n"
    assert (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").count("\n") == len(expected.events) + 1
    assert (tmp_path / "out" / "config.yaml").exists()
