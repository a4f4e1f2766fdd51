"""The lessons: each runs from top to bottom without a network, holds what it claims, and is kept as it ran."""

import re
import resource
from functools import cache
from pathlib import Path

import pytest
from test_house import MACHINE

nbformat = pytest.importorskip("nbformat", reason="lessons need the extra `lessons`, which is not installed")
pytest.importorskip("nbclient", reason="lessons need the extra `lessons`, which is not installed")

from nbclient.exceptions import CellExecutionError, CellTimeoutError

from experiments.notebooks import FOLDER, executed, lessons
from sim import compare
from sim.lessons import TINY, changes, claim, evidence, replicates, shares, show, spread
from sim.mechanisms.desiring import rationalizes

LARGEST = 300_000  # bytes of a lesson, with what it shows
LONGEST = 12  # lines of code in a cell
SECONDS = 60  # of processor time for a lesson in full: it takes less than 90 on two busy cores
SECTIONS = ["Question", "Prediction", "Run", "Surprise", "The rule", "Exercise", "What the model cannot say",
            "For the teacher", "Claim"]  # fmt: skip
# Calls to anywhere but this machine are refused in the kernel.
OFFLINE = """
import sys
def _offline(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] not in ("127.0.0.1", "::1"):
        raise OSError(f"a lesson called {given[1]}")
sys.addaudithook(_offline)
"""
each = pytest.mark.parametrize("lesson", lessons(), ids=lambda path: path.stem)


@cache
def kept(lesson: Path):
    book = nbformat.read(lesson, as_version=4)
    nbformat.validate(book)
    return book


def code(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def headings(book) -> list[str]:
    text = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def words(book) -> list[str]:
    """What a lesson says, cell by cell, without its pictures."""
    return ["".join(output.get("text", "") + output.get("data", {}).get("text/markdown", "")
                    for output in cell.outputs) for cell in code(book)]  # fmt: skip


def offline(lesson: Path, **environment: str):
    return executed(lesson, first=[f"exec({OFFLINE!r})"], **environment)


# What is kept


@each
def test_a_lesson_has_its_parts_in_order(lesson):
    book = kept(lesson)
    assert headings(book) == SECTIONS
    assert book.cells[0].source.startswith("# ")
    assert "claim(" in book.cells[-1].source
    assert max(len(cell.source.splitlines()) for cell in code(book)) <= LONGEST
    assert 1 <= sum(len(re.findall(r"\bslider\(", cell.source)) for cell in code(book)) <= 3
    assert "45 minutes" in "\n".join(cell.source for cell in book.cells)


@each
def test_the_solution_is_folded_and_executed(lesson):
    cells = kept(lesson).cells
    [at] = [i for i, cell in enumerate(cells) if cell.source.startswith("### Solution")]
    assert cells[at].metadata["jp-MarkdownHeadingCollapsed"]
    end = next(i for i in range(at, len(cells)) if re.search("^## ", cells[i].source, re.MULTILINE))
    assert [cell for cell in cells[at:end] if cell.cell_type == "code" and cell.outputs]


@each
def test_a_lesson_is_kept_as_it_ran_from_top_to_bottom(lesson):
    cells = code(kept(lesson))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "make notebooks"
    outputs = [output for cell in cells for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 2
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert cells[-1].outputs[0].text.startswith("Holds: ")


@each
def test_a_lesson_is_small_and_names_no_machine(lesson):
    text = lesson.read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    assert not MACHINE.search(text)
    assert "site-packages" not in text
    assert "ELBOWROOM_" not in text


# That they run


@each
def test_a_lesson_runs_in_little(lesson):
    book = offline(lesson, **{TINY: "1"})
    assert all(cell.execution_count for cell in code(book))


@pytest.mark.long
@each
def test_a_lesson_holds_what_it_claims_and_shows_what_is_kept(lesson):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    book = offline(lesson)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
    assert words(book) == words(kept(lesson)), "make notebooks"


def cell_of(tmp_path, source: str) -> Path:
    path = tmp_path / "one.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])))
    return path


@pytest.mark.parametrize(("source", "error", "said"), [
    ("while True: pass", CellTimeoutError, "timed out"),
    ("from sim.lessons import claim\nclaim('two is more than three', 2 > 3)", CellExecutionError, "does not hold"),
    ("import socket\nsocket.create_connection(('192.0.2.1', 80))", CellExecutionError, "a lesson called"),
])  # fmt: skip
def test_what_hangs_fails_or_calls_out_ends_with_an_error(tmp_path, source, error, said):
    with pytest.raises(error, match=said):
        executed(cell_of(tmp_path, source), cell=4, first=[f"exec({OFFLINE!r})"])


# What they share


def test_a_claim_is_held_to_in_full_only(monkeypatch, capsys):
    claim("two is more than one", 2 > 1)
    with pytest.raises(AssertionError, match="does not hold: one"):
        claim("one is more than two", 1 > 2)
    assert replicates(30) == 30
    monkeypatch.setenv(TINY, "1")
    claim("one is more than two", 1 > 2)
    assert replicates(30) == 2
    assert capsys.readouterr().out == "Holds: two is more than one\nDoes not hold: one is more than two\n"


def test_a_rule_is_shown_as_it_stands_and_its_parameters_with_their_grade():
    shown = show(rationalizes).data
    assert "sim/mechanisms/desiring.py, line" in shown
    assert "up = b.rationalizing * barriers(employee, unit, now) * employee.latent * (1.0 - r)" in shown
    assert "| 0.05 a month | 0 to 0.2 |" in evidence("rationalizing").data
    assert "D, assumption |" in evidence("rationalizing").data
    with pytest.raises(Exception, match="no parameter has a name that ends so"):
        evidence("rationalising")


def test_a_figure_says_mean_interval_and_n():
    picture = spread({"few": [1.0, 2.0, 3.0]}, "Some", "pieces", mine=2.5)
    assert picture.data.startswith(b"\x89PNG")
    assert picture.alt == "Some: few: 2.0 (−0.5 to 4.5, n = 3)"


def test_a_figure_of_people_says_how_many_there_are_of_how_many_organizations():
    picture = shares({"wish": [[0.1, 0.2, 0.9], [0.3, 0.4]]}, "Some", "wish")
    assert picture.data.startswith(b"\x89PNG")


def test_changes_are_differences_inside_each_organization_in_the_unit_they_are_told_in():
    found = compare("status_quo", ["open_opps", "red_tape"], organization={"size": 60, "burn_in": 12},
                    behaviour="lively", measures=["participation"], replicates=2, months=6)  # fmt: skip
    for policy in found.policies:
        [(label, differences)] = changes(found, "participation", policy=policy).items()
        assert label == "people on a project"
        assert differences.mean() == pytest.approx(100 * found.estimate("participation", policy).mean)
        assert len(differences) == 2


def test_the_folder_tells_of_every_lesson():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert lessons()
    assert not [lesson.name for lesson in lessons() if lesson.name not in text]
