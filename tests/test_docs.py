"""README.md and docs/*.md: what they show as code runs.

Sizes of command lines are made small (`pages.SMALL`). In `make test` every line is tried up to where runs would begin,
and a sample runs; in `make test-all` all of them run. Python runs in both.
"""

import random
import re
from pathlib import Path

import pytest
import yaml
from conftest import ALL, ROOT
from pages import PAGES, furnished, lines_of, small, words_of
from test_command import elbowroom

import sim
from sim.command import COMMANDS
from sim.errors import ElbowroomError
from sim.settings import Policy

LANGUAGES = {"python", "bash", "yaml", "sql", "text"}  # text: what is printed, and equations
NOT_RUN = {  # beginnings of lines that are shown and not run, and why
    "make test": "would run itself",
    "pip install": "installs from a registry",
    "python -m pytest": "would run itself",
    "make baselines": "writes baselines",
    "sbatch": "there is no Slurm here",
    "elbowroom sweep study=cap20 study.engine=dask study.address=slurm": "there is no Slurm here",
    "elbowroom phases gossiping": "the mechanism that the page tells how to add",
}
ELSEWHERE = "study.address="  # on a cluster: tried up to where runs would begin, and no further
STANDS_FOR = {"WORD": "asking", "NAME": "asking"}  # what readers put in the place of words in capitals
LINES = {line: page for page in PAGES.values() for line in page.lines}
RUN = [line for line in LINES if not line.startswith(tuple(NOT_RUN))]
BEGIN = ("cap", "run", "compare", "sweep", "laws", "career", "extend")  # commands that make runs
BEGUN = [line for line in RUN if (words_of(line) or [""])[0] in BEGIN]
SAMPLE = 5  # lines that run in `make test`; the main job runs in tests/test_command.py
HERE = [line for line in BEGUN if ELSEWHERE not in line]
SAMPLED = HERE if ALL else random.Random(5).sample([line for line in HERE if words_of(line)[0] != "cap"], SAMPLE)
WITH_PYTHON = [name for name, page in PAGES.items() if any(block.language == "python" for block in page.blocks)]


@pytest.fixture(scope="session")
def study(tmp_path_factory) -> Path:
    """A small study, such as readers have."""
    folder = tmp_path_factory.mktemp("study") / "cap20"
    axes = {"policy.market.time_cap": [0, 0.2], "policy.market.permission": ["tickbox", "form"]}
    sim.sweep(axes, org={"size": 60, "burn_in": 6}, behaviour="lively", months=12, replicates=2, folder=folder)
    return folder


# Blocks


@pytest.mark.parametrize("name", PAGES)
def test_every_block_says_what_it_is(name):
    blocks = PAGES[name].blocks
    assert len(re.findall(r"^ *```", PAGES[name].text, re.MULTILINE)) == 2 * len(blocks)
    assert not [(block.language, block.line) for block in blocks if block.language not in LANGUAGES]
    shown = [line for block in blocks if block.language == "text" for line in lines_of(block)]
    commands = [line for line in shown if re.match(r"(\.venv/bin/)?(elbowroom|python|make|sbatch) ", line)]
    assert not commands, "commands are ```bash"


@pytest.mark.parametrize("name", WITH_PYTHON)
def test_python_on_a_page_runs(name, ran):
    ran(name)


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.printed])
def test_a_page_shows_what_is_printed(name, ran):
    printed = ran(name).printed
    assert {number: printed[number] for number in PAGES[name].printed} == PAGES[name].printed


@pytest.mark.parametrize("name", PAGES)
def test_yaml_on_a_page_can_be_read(name):
    for block in PAGES[name].blocks:
        if block.language == "yaml":
            values = yaml.safe_load(block.code)
            assert values
            if values.keys() <= Policy.fields().keys():
                assert Policy.made(values, name) != Policy()


# Command lines


def typed(line: str) -> list[str]:
    """The words of a command as a reader would type them."""
    words = words_of(line)
    assert words is not None, f"{line!r} is not run: let `pages.words_of` run it, or say in NOT_RUN why not"
    return [STANDS_FOR.get(word, word) for word in words]


@pytest.mark.parametrize("line", RUN)
def test_a_command_line_is_right(line, ran, study, monkeypatch):
    """As it is written, up to where runs would begin; what makes none is done."""

    def begins():
        raise ElbowroomError("here it would begin")

    monkeypatch.chdir(ran(LINES[line].name).folder)
    words = typed(line)
    furnished(words, study)
    if words[0] in BEGIN:
        monkeypatch.setattr("sim.warming.is_warm", begins)
    done = elbowroom(*words)
    if words[0] in BEGIN:
        assert "here it would begin" in done.err, done.err
    else:
        assert done.status == 0, done.err
        assert "No setting speaks of" not in done.out
        assert "No phase, rule, field or setting" not in done.out


@pytest.mark.parametrize("line", SAMPLED)
def test_a_command_line_runs(line, ran, study, monkeypatch):
    monkeypatch.chdir(ran(LINES[line].name).folder)
    words = small(typed(line))
    furnished(words, study)
    done = elbowroom(*words)
    assert done.status == 0, done.err
    assert done.out


def test_only_what_must_be_is_not_run():
    assert not [start for start in NOT_RUN if not any(line.startswith(start) for line in LINES)]
    assert len(BEGUN) > 15


@pytest.mark.parametrize("name", PAGES)
def test_commands_that_are_named_exist(name):
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = [span.split() for span in PAGES[name].spans if re.match(r"(elbowroom|make) \w", span)]
    assert not [words for words in named if words[1] not in (COMMANDS if words[0] == "elbowroom" else targets)]
