"""Mending: every fault by the default that is stated for it, each mend told, and nothing else changed."""

import csv
import json
import random
from io import StringIO
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ALL, SHARED
from test_command import elbowroom

from sim import Organization
from sim.errors import PeopleError
from sim.people.generate import generate
from sim.people.mending import told
from sim.people.read import read
from sim.people.roster import UNKNOWN, Mend, Roster

HEADER = ["employee_id", "manager_id", "unit", "department", "grade", "job_family", "fte", "tenure_months",
          "months_in_post"]  # fmt: skip
ARRAYS = ["number", "manager", "department", "family", "grade", "fte", "tenure", "in_post"]
ENVIRONMENT = SHARED / "people" / "environment.csv"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(text: str) -> Path:
    Path("staff.csv").write_text(text, encoding="utf-8", newline="")
    return Path("staff.csv")


def mended(text: str) -> Roster:
    """The roster of a file that only mending makes readable; the file stays as it is."""
    file = written(text)
    with pytest.raises(PeopleError, match=r"org\.mend=true mends"):
        read(file)
    roster = read(file, mend=True)
    assert file.read_bytes() == text.encode()
    is_one_tree(roster)
    return roster


def is_one_tree(roster: Roster) -> None:
    assert roster.manager[0] == 0
    assert (roster.manager[1:] < np.arange(1, len(roster))).all()
    assert len(set(roster.ids)) == len(set(roster.number.tolist())) == len(roster) >= 2
    assert ((roster.fte > 0) & (roster.fte <= 1)).all()
    for clock in (roster.tenure, roster.in_post):
        assert ((clock == UNKNOWN) | ((clock >= 0) & (clock <= 900))).all()
    assert (roster.in_post <= roster.tenure)[roster.tenure != UNKNOWN].all()


def bosses(roster: Roster) -> dict[str, str]:
    return {name: roster.ids[roster.manager[i]] for i, name in enumerate(roster.ids)}


def values(roster: Roster, name: str) -> dict[str, float]:
    return dict(zip(roster.ids, getattr(roster, name).tolist(), strict=True))


def only(roster: Roster) -> Mend:
    [mend] = roster.mends
    return mend


def same(one: Roster, other: Roster) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)


# Ids


def test_a_row_that_stands_twice_is_read_once():
    roster = mended("employee_id,manager_id,fte\na,,1\nb,a,.5\nb,a,.5\nc,b,1\n")
    assert bosses(roster) == {"a": "a", "b": "a", "c": "b"}
    assert only(roster) == (4, "b", "employee_id", "row 3 again, the same in all cells", "row left out")


def test_of_two_rows_of_one_id_the_larger_contract_stays_with_all_reports():
    roster = mended("employee_id,manager_id,unit,fte\na,,,1\nb,a,North,.4\nb,c,South,.6\nc,a,,1\nd,b,,1\n")
    assert bosses(roster) == {"a": "a", "b": "c", "c": "a", "d": "b"}
    mend = only(roster)
    assert mend[:3] == (3, "b", "employee_id")
    assert all(part in mend.found for part in ("row 4", "fte '.4', not '.6'", "unit 'North', not 'South'"))
    assert mend.done == "row left out; row 4 stays (the larger fte)"


def test_of_two_rows_as_large_the_fuller_stays_and_then_the_first_in_the_alphabet():
    fuller = mended("employee_id,manager_id,unit\na,,\nb,a,\nb,a,North\n")
    assert "row 4 stays (fewer blanks)" in only(fuller).done
    first = mended("employee_id,manager_id,unit\na,,\nb,a,South\nb,a,North\n")
    assert "row 4 stays (first in the alphabet)" in only(first).done


def test_a_contract_that_cannot_be_is_no_large_one():
    roster = mended("employee_id,manager_id,fte\na,,1\nb,a,2\nb,a,.5\n")
    assert values(roster, "fte")["b"] == 0.5


def test_people_without_an_id_stay_if_they_have_a_manager():
    roster = mended("employee_id,manager_id,fte\na,,1\n,a,.5\n,,1520\nb,a,1\n")
    assert bosses(roster) == {"a": "a", "(row 3)": "a", "b": "a"}
    assert [mend[:4] for mend in roster.mends] == [
        (3, "(row 3)", "employee_id", "no id"), (4, "", "employee_id", "no id, no manager"),
    ]  # fmt: skip


def test_ids_that_say_there_is_none_are_none():
    roster = mended("employee_id,manager_id\na,\nNA,a\nNA,a\nb,a\n")
    assert sorted(bosses(roster)) == ["(row 3)", "(row 4)", "a", "b"]


# Numbers


@pytest.mark.parametrize(
    ("column", "cell", "value", "done"),
    [
        ("fte", "x", 1, "taken as blank: full time"),
        ("fte", "2", 1, "taken as blank: full time"),
        ("fte", "0", 1, "taken as blank: full time"),
        ("fte", "-.5", 1, "taken as blank: full time"),
        ("fte", "inf", 1, "taken as blank: full time"),
        ("fte", "-nan", 1, "taken as blank: full time"),
        ("fte", '"0,8"', 0.8, "read as 0.8"),
        ("fte", "80%", 0.8, "read as 0.8"),
        ("fte", '"37,5 %"', 0.375, "read as 0.375"),
        ("tenure_months", "ten", UNKNOWN, "taken as blank: not known"),
        ("tenure_months", "-1", UNKNOWN, "taken as blank: not known"),
        ("tenure_months", "2009", UNKNOWN, "taken as blank: not known"),
        ("tenure_months", "1e300", UNKNOWN, "taken as blank: not known"),
        ("tenure_months", '"12,5"', 12.5, "read as 12.5"),
        ("tenure_months", "01/04/2015", UNKNOWN, "taken as blank: not known"),
        ("months_in_post", "?", UNKNOWN, "taken as blank: not known"),
        ("months_in_post", "-3", UNKNOWN, "taken as blank: not known"),
    ],
)
def test_what_is_no_number_or_out_of_range(column, cell, value, done):
    roster = mended(f"employee_id,manager_id,{column}\na,,1\nb,a,{cell}\n")
    name = {"fte": "fte", "tenure_months": "tenure", "months_in_post": "in_post"}[column]
    assert values(roster, name)["b"] == value
    mend = only(roster)
    assert mend[:3] == (3, "b", column)
    assert cell.strip('"') in mend.found
    assert mend.done == done


@pytest.mark.parametrize("full", [100, 37.5])
def test_percent_and_hours_are_shares_of_the_largest(full):
    roster = mended(f"employee_id,manager_id,fte\na,,{full}\nb,a,{full / 2}\nc,a,\n")
    assert values(roster, "fte") == {"a": 1, "b": 0.5, "c": 1}
    assert only(roster)[:3] == (1, "", "fte")
    assert f"{full:g}" in only(roster).done


def test_nobody_is_longer_in_post_than_in_the_organization():
    roster = mended("employee_id,manager_id,tenure_months,months_in_post\na,,10,5\nb,a,10,11\n")
    assert values(roster, "in_post") == {"a": 5, "b": 10}
    assert only(roster) == (3, "b", "months_in_post", "11, above tenure_months 10", "taken as 10")


# Columns and rows


def test_of_two_columns_of_one_name_the_leftmost_is_read():
    roster = mended("employee_id,manager_id,fte,FTE\na,,.5,1\nb,a,.6,1\n")
    assert values(roster, "fte") == {"a": 0.5, "b": 0.6}
    assert only(roster) == (1, "", "fte", "2 columns of this name", "the leftmost is read")


def test_of_a_row_that_is_too_long_only_the_ids_are_read():
    roster = mended("employee_id,manager_id,unit,grade,fte\na,,Top,1,1\nb,a,Law, Tax,2,.5\n")
    assert bosses(roster) == {"a": "a", "b": "a"}
    assert roster.grades == ["1", "(none)"]
    assert only(roster)[:3] == (3, "b", "")


# Reporting lines

UNITS = """employee_id,manager_id,unit,department
head,,Top,All
nora,head,North,Coast
ned,nora,North,Coast
sue,head,South,Coast
sam,sue,South,Coast
"""


@pytest.mark.parametrize("manager", ["gone", "", "XX", "new"])
def test_who_has_no_manager_reports_to_the_lead_of_the_unit(manager):
    """Unknown, blank, or the own id."""
    roster = mended(f"{UNITS}new,{manager},South,\n")
    assert bosses(roster)["new"] == "sue"
    assert only(roster)[:3] == (7, "new", "manager_id")
    assert only(roster).done == "reports to 'sue', who leads unit 'South'"


@pytest.mark.parametrize("unit", ["West,", ",", "West,Coast"])
def test_who_has_no_manager_reports_to_the_head_if_no_lead_can_be_told(unit):
    """A unit that is not known, none, or a department under two people."""
    assert bosses(mended(f"{UNITS}new,gone,{unit}\n"))["new"] == "head"


def test_the_lead_of_the_department_counts_where_the_unit_has_none():
    assert bosses(mended(f"{UNITS.replace('sue,head,South,Coast', 'sue,head,South,Hills')}new,gone,West,Coast\n"))[
        "new"
    ] == "nora"


def test_of_several_heads_the_one_with_the_largest_tree_stays():
    roster = mended("employee_id,manager_id\na,\nb,\nc,b\nd,c\ne,\nf,e\n")
    assert bosses(roster) == {"a": "b", "b": "b", "c": "b", "d": "c", "e": "b", "f": "e"}
    assert [(mend.line, mend.id) for mend in roster.mends] == [(2, "a"), (6, "e")]


@pytest.mark.parametrize("rows", ["a, b,a c, d,c", "d,c c, b,a a,", "c, d,c a, b,a"])
def test_of_heads_with_trees_as_large_the_first_in_the_alphabet_stays_in_any_order(rows):
    assert bosses(mended("\n".join(["employee_id,manager_id", *rows.split()])))["c"] == "a"


@pytest.mark.parametrize("rows", ["h, b,h y,x x,y", "x,y b,h h, y,x"])
def test_a_circle_of_equals_is_cut_at_the_first_in_the_alphabet_in_any_order(rows):
    roster = mended("\n".join(["employee_id,manager_id", *rows.split()]))
    assert (bosses(roster)["x"], bosses(roster)["y"]) == ("h", "x")


def test_a_head_who_reports_to_somebody_outside_is_the_head():
    staff = "".join(f"p{i},ceo\n" for i in range(20))
    for stray in ("", "temp,\n"):
        roster = mended(f"employee_id,manager_id\nceo,board\n{stray}{staff}")
        assert roster.ids[0] == "ceo"
        assert "made the head" in roster.mends[0].done


def test_the_given_head_stays_even_if_more_people_are_below_a_mistyped_manager():
    staff = "".join(f"p{i},coo\n" for i in range(9))
    roster = mended(f"employee_id,manager_id\nceo,\ncfo,ceo\ncoo,cio\n{staff}")
    assert roster.ids[0] == "ceo"
    assert bosses(roster)["coo"] == "ceo"


def test_a_circle_is_cut_at_the_highest_grade():
    """The lower manager of the two has more people of her own."""
    text = "employee_id,manager_id,grade\nh,,1\nm,n,2\nn,m,3\na,n,4\nb,n,4\nx,h,2\ny,x,3\nz,y,4\nv,y,4\nu,x,4\nw,x,4\n"
    roster = mended(text)
    assert (bosses(roster)["m"], bosses(roster)["n"]) == ("h", "m")
    assert only(roster)[:3] == (3, "m", "manager_id")
    assert "row 3 ('m') → row 4 ('n') → row 3 ('m')" in only(roster).found


def test_a_circle_without_grades_is_cut_where_most_people_are_below():
    roster = mended("employee_id,manager_id\nh,\nx,y\ny,x\na,y\nb,y\nc,x\n")
    assert (bosses(roster)["y"], bosses(roster)["x"]) == ("h", "y")


def test_if_all_people_name_a_manager_a_circle_gives_the_head():
    roster = mended("employee_id,manager_id\na,b\nb,a\nc,b\n")
    assert bosses(roster) == {"b": "b", "a": "b", "c": "b"}
    assert only(roster).id == "b"
    assert "made the head" in only(roster).done


# What cannot be mended


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("employee_id,name\na,b\nc,d\n", "no column 'manager_id'"),
        ("employee_id,manager_id\n", "no rows with people"),
        ("employee_id,manager_id\na,\na,\n", "1 row with people"),
        ("PK\x03\x04\0\0,", "this is no text"),
        ('employee_id,manager_id,unit\na,,"Top\nb,a,\nc,a,\n', "a quote in row 2 has no end"),
        ("employee_id,manager_id\n" + "".join(f"00{i},{i // 3}\n" for i in range(1, 9)), "leading zeros"),
        ("employee_id,manager_id\n" + "".join(f"{i},\n" for i in range(9)), "most people name no manager"),
    ],
)
def test_what_no_default_can_mend_is_refused_as_before(text, part):
    file = written(text)
    for mend in (False, True):
        with pytest.raises(PeopleError) as caught:
            read(file, mend=mend)
        assert str(caught.value).startswith("staff.csv: ")
        assert part in str(caught.value) or not mend
        assert "all 0" not in str(caught.value)


def test_a_quote_that_swallows_rows_is_noted():
    file = written('employee_id,manager_id,unit\na,,"Top\nb,a,\nc,a,"Low\nd,a,Low\n')
    roster = read(file, mend=True)
    assert any("row 2" in note and "quote" in note for note in roster.notes)


def test_a_file_that_is_not_there_is_not_mended():
    with pytest.raises(PeopleError, match="no such file"):
        read("staff.csv", mend=True)


def test_a_refusal_ends_with_how_to_mend_and_names_what_cannot_be():
    file = written("employee_id,boss,fte\na,,1\nb,a,x\nc,a,7\n")
    with pytest.raises(PeopleError) as caught:
        read(file)
    last = str(caught.value).splitlines()[-1]
    assert "org.mend=true mends 2 of these" in last
    assert last.endswith("It cannot mend 'a column is missing'.")
    with pytest.raises(PeopleError) as caught:
        read(file, mend=True)
    assert "1 fault that cannot be mended" in str(caught.value)
    assert "'x'" not in str(caught.value)


# Anything at all


def clean(seed: int, size: int) -> list[list[str]]:
    """A generated organization as rows of a file; tenure tells nearly all people apart."""
    made, rng = generate(size, seed), random.Random(seed)
    rows = []
    for i in range(size):
        tenure = rng.randrange(1, 400)
        boss = f"p{made.manager[i]}" if i else ""
        unit, department = f"u{made.manager[i]}", made.departments[made.department[i]]
        rows.append([f"p{i}", boss, unit, department, f"g{made.grade[i]}", f"f{made.family[i]}", f"{made.fte[i]:g}",
                     str(tenure), str(rng.randrange(tenure))])  # fmt: skip
    return rows


GARBAGE = ["", "x", "-1", "0", "1e400", "nan", "2", "80%", "0,7", "12;3", "p1", "'", "é", "=1+1", "[/b]", "9" * 40]
RUIN = {
    "no id": lambda rows, rng: rng.choice(rows).__setitem__(0, rng.choice(["", "NA"])),
    "row again": lambda rows, rng: rows.insert(rng.randrange(len(rows)), list(rng.choice(rows))),
    "id again": lambda rows, rng: rng.choice(rows).__setitem__(0, rng.choice(rows)[0]),
    "manager gone": lambda rows, rng: rows.pop(rng.randrange(len(rows))) if len(rows) > 3 else None,
    "no manager": lambda rows, rng: rng.choice(rows).__setitem__(1, rng.choice(["", "XX", "gone"])),
    "circle": lambda rows, rng: rng.choice(rows).__setitem__(1, rng.choice(rows)[0]),
    "head gone": lambda rows, rng: rows[0].__setitem__(1, rng.choice(rows)[0]),
    "garbage": lambda rows, rng: rng.choice(rows).__setitem__(rng.randrange(9), rng.choice(GARBAGE)),
    "garbage in a number": lambda rows, rng: rng.choice(rows).__setitem__(rng.randrange(6, 9), rng.choice(GARBAGE)),
    "long row": lambda rows, rng: rng.choice(rows).append("more"),
    "percent": lambda rows, rng: [row.__setitem__(6, str(rng.randrange(50, 101))) for row in rows],
}  # fmt: skip


def ruined(seed: int, kinds: int = 9) -> list[list[str]]:
    """A clean file with some of its cells and rows spoilt."""
    rng = random.Random(seed)
    rows = clean(seed, rng.choice([3, 5, 20, 60]))
    for kind in rng.sample(sorted(RUIN), rng.randrange(1, kinds)):
        for _ in range(rng.choice([1, 1, 2, 5])):
            RUIN[kind](rows, rng)
    return rows


def as_text(rows: list[list[str]]) -> str:
    file = StringIO(newline="")
    csv.writer(file).writerows([HEADER, *rows])
    return file.getvalue()


def read_or_none(text: str) -> Roster | None:
    """The roster if the file can be mended; if not, nothing but one message may come of it."""
    try:
        roster = read(written(text), mend=True)
    except PeopleError as error:
        said = str(error)
    else:
        is_one_tree(roster)
        return roster
    assert said.startswith("staff.csv: ")
    assert "fault" in said
    return None


def read_ruined(rows: list[list[str]]) -> Roster | None:
    return read_or_none(as_text(rows))


def untold(rows: list[list[str]], roster: Roster) -> list[tuple[int, str, str]]:
    """Cells that were not read as they stand, though no mend says so."""
    said = {(mend.line, mend.column) for mend in roster.mends}
    names = {mend.line: mend.id for mend in roster.mends if mend.done.startswith("kept")}
    left_out = {mend.line for mend in roster.mends if mend.done.startswith("row left out")}
    found = {"manager_id": bosses(roster), "fte": values(roster, "fte"), "tenure_months": values(roster, "tenure"),
             "months_in_post": values(roster, "in_post")}  # fmt: skip
    silent = []
    for line, row in enumerate(rows, 2):
        name = names.get(line, row[0])
        if line in left_out:
            continue
        for column, read_as in found.items():
            cell = row[HEADER.index(column)]
            told_of = {(line, column), (1, column), (line, "")} & said
            if not told_of and not is_as_it_stands(cell, read_as[name], name, column):
                silent.append((line, name, column))
    return silent


def is_as_it_stands(cell: str, value: str | float, name: str, column: str) -> bool:
    if column == "manager_id":
        return value == cell or (cell.lower() in ("", "xx", "na", "nan") and value == name)
    blank = 1 if column == "fte" else UNKNOWN
    return value == (blank if cell in ("", "nan") else float(cell))


SEEDS = range(3000 if ALL else 150)


def test_whatever_is_wrong_the_result_is_a_tree_or_one_message_and_each_change_is_told():
    read_at_all = 0
    for seed in SEEDS:
        rows = ruined(seed)
        roster = read_ruined(rows)
        if roster:
            read_at_all += 1
            assert untold(rows, roster) == [], seed
            assert set(roster.ids) <= {row[0] for row in rows} | {mend.id for mend in roster.mends}
    assert read_at_all > 0.8 * len(SEEDS)


def test_the_order_of_rows_does_not_matter_to_mending():
    for seed in islice(SEEDS, 0, None, 3):
        rows = ruined(seed)
        one, other = read_ruined(rows), read_ruined(random.Random(seed).sample(rows, len(rows)))
        assert (one is None) == (other is None)
        if one and other:
            assert same(one, other), seed
            assert len(one.mends) == len(other.mends)


def test_ids_do_not_matter_to_mending_where_sizes_and_contracts_decide():
    """No two rows of one id: which stays may hang on the alphabet, as is said."""
    for seed in islice(SEEDS, 0, None, 3):
        rng, rows = random.Random(seed), clean(seed, 60)
        for kind in ("manager gone", "no manager", "garbage in a number"):
            RUIN[kind](rows, rng)
        ids = {row[0]: f"{rng.random()}" for row in rows} | {"": "", "XX": "XX"}
        renamed = [[ids[row[0]], ids.get(row[1], "lost"), *row[2:]] for row in rows]
        one, other = read_ruined(rows), read_ruined(renamed)
        assert one is not None
        assert other is not None
        assert same(one, other), seed


def test_reading_again_gives_the_same():
    for seed in islice(SEEDS, 20):
        rows = ruined(seed)
        one, other = read_ruined(rows), read_ruined(rows)
        assert (one is None and other is None) or (same(one, other) and one.mends == other.mends)


def test_what_is_clean_stays_as_it_is():
    for seed in islice(SEEDS, 20):
        file = written(as_text(clean(seed, 60)))
        plain, mending = read(file), read(file, mend=True)
        assert same(plain, mending)
        assert mending.mends == plain.mends == ()
        assert (plain.ids, plain.departments, plain.notes) == (mending.ids, mending.departments, mending.notes)


def test_any_bytes_are_a_roster_or_one_message():
    """Characters changed, doubled, taken away anywhere, quotes and separators among them."""
    for seed in SEEDS:
        rng = random.Random(seed)
        text = as_text(clean(seed, 12))
        for _ in range(rng.choice([1, 3, 10, 40])):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(["", '"', ",", "\n", "\r", ";", "\0", "ß", " ", "0"]) + text[at + 1 :]
        read_or_none(text)


# In the open

BAD = UNITS + "".join(f"p{i},sue,South,\n" for i in range(20)) + "new,gone,South,\nnew,gone,South,\nlast,,,\n"
SMALL = ("org.people=staff.csv", "org.mend=true", "org.burn_in=12", "study.replicates=2", "study.months=12")


def test_few_mends_are_told_however_many_there_are():
    text = "employee_id,manager_id,fte\nh,,1\n" + "".join(f"p{i},h,x\n" for i in range(500))
    lines = told(mended(text).mends, "staff.csv")
    assert "500 mends" in lines[0]
    assert len(lines) < 10
    assert "497 more" in lines[-1]
    assert told((), "staff.csv") == ["staff.csv: nothing to mend."]


def test_a_run_tells_its_mends_and_lists_them():
    written(BAD)
    done = elbowroom("run", *SMALL, "hydra.run.dir=out")
    assert done.status == 0, done.err
    assert "3 mends" in done.err
    assert "row 27 ('new')" in done.err
    assert "mends.csv" in done.err
    listed = pd.read_csv("out/mends.csv", keep_default_na=False)
    assert listed.columns.tolist() == ["line", "id", "column", "found", "done"]
    assert [Mend(*row) for row in listed.itertuples(index=False)] == list(read("staff.csv", mend=True).mends)
    about = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert about["people"]["mends"] == 3
    assert Path("staff.csv").read_text(encoding="utf-8") == BAD


def test_the_main_job_says_in_its_answer_that_the_file_was_mended():
    written(BAD)
    done = elbowroom("cap", *SMALL, "study.caps=[0.0,0.2]", "study.permissions=[tickbox]", "hydra.run.dir=out")
    assert done.status == 0, done.err
    assert len(pd.read_csv("out/mends.csv")) == 3
    assert "3 in the people file, listed in mends.csv" in Path("out/answer.md").read_text(encoding="utf-8")


def test_a_clean_file_leaves_no_list_of_mends():
    written(UNITS)
    done = elbowroom("run", *SMALL, "hydra.run.dir=out")
    assert done.status == 0, done.err
    assert "nothing to mend" in done.err
    assert not Path("out/mends.csv").exists()


def test_a_file_with_faults_is_refused_unless_mending_was_asked_for():
    written(BAD)
    for words in (("org.people=staff.csv",), ("org.people=staff.csv", "org.mend=false")):
        done = elbowroom("run", *words)
        assert done.status == 2
        assert "org.mend=true mends" in done.err
        assert not Path("results").exists() or not any(Path("results").iterdir())


def test_what_cannot_be_mended_is_refused_before_a_folder_is_made():
    written("employee_id,boss\na,\nb,a\n")
    done = elbowroom("run", "org.people=staff.csv", "org.mend=true")
    assert done.status == 2
    assert "cannot be mended" in done.err
    assert not Path("results").exists() or not any(Path("results").iterdir())


def test_names_that_look_like_markup_are_told_as_they_are():
    written("employee_id,manager_id,[/b]\n[/x],,\n[red]b,a[/],\nc,[/x],\n")
    done = elbowroom("run", *SMALL, "hydra.run.dir=out")
    assert done.status == 0, done.err
    assert "[red]b" in done.err


def test_an_organization_in_python_warns_of_mends():
    written(BAD)
    with pytest.warns(UserWarning, match="3 mends"):
        organization = Organization({"people": "staff.csv", "mend": True, "burn_in": 12})
    assert len(organization.roster.mends) == 3


@pytest.mark.skipif(not ENVIRONMENT.exists(), reason="../shared/data/people/environment.csv is not here")
def test_a_published_organogram_with_doubled_ids_is_mended():
    roster = read(ENVIRONMENT, mend=True)
    is_one_tree(roster)
    with ENVIRONMENT.open(encoding="utf-8") as file:
        assert len(roster) == sum(1 for _ in file) - 1 - 2
    assert [(mend.line, mend.id) for mend in roster.mends] == [(101, "DD92"), (107, "DD97")]
    assert "the same in all cells" in roster.mends[0].found
    assert values(roster, "fte")["DD97"] == 0.59
    assert sum(boss == "DD97" for boss in bosses(roster).values()) == 4
