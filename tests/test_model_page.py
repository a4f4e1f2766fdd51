"""The page on the model: it tells every phase, every parameter with its default and grade, and every lever."""

import re
from collections import Counter
from functools import cache

import pytest
from conftest import ROOT

from sim.anatomy import phases
from sim.compiling import source
from sim.month import PHASES
from sim.settings.behaviour import Behaviour
from sim.settings.parameters import parameters

PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
SECTIONS = dict(part.split("\n", 1) for part in re.split(r"^## ", PAGE, flags=re.M)[1:])
MONTH = {name: text for name, text in SECTIONS.items() if re.match(r"\d", name)}
DEFAULTS, GRADES = (parameters().set_index("name")[column].to_dict() for column in ("default", "grade"))
PARAMETERS = [name for name in DEFAULTS if name.startswith("behaviour.")]
EVIDENCE = re.compile(r"\*\*Evidence\.\*\*.*?(?=\n\n|\Z)", re.S)
STATED = re.compile(r"`(?:behaviour\.)?([a-z_]+\.)?([a-z_0-9]+)`\s+\(([−-]?[\d.,]+(?:/\d+)?)")
HERE = {
    "Who and what": ("people",), "10 Working": ("working", "targets", "culture", "training"),
    "11 Networking": ("working",), "13 Opening": ("filling", "applying"), "14 Applying": ("applying", "backing"),
    "15 Filling": ("filling",), "16 Rotating": ("filling",), "18 Learning": ("learning", "culture"),
}  # fmt: skip


@cache
def groups(section: str) -> tuple[str, ...]:
    """Whose parameters a section names without their group."""
    return HERE.get(section, tuple(g for g in Behaviour().plain() if section.endswith(g.capitalize())))


def number(text: str) -> float:
    top, _, bottom = text.replace("−", "-").replace(",", "").rstrip(".").partition("/")
    return float(top) / float(bottom or 1)


@cache
def stated() -> list[tuple[str, set[str], float]]:
    """Every default on the page: the section, which parameters may be meant, the number."""
    found = []
    for section, text in SECTIONS.items():
        for group, name, value in STATED.findall(EVIDENCE.sub("", text)):
            meant = {f"behaviour.{g}.{name}" for g in ([group[:-1]] if group else groups(section))} & set(PARAMETERS)
            if meant:
                found.append((section, meant, number(value)))
    return found


def test_every_phase_has_its_section_in_its_place():
    names = [source(phase).__name__ for phase in PHASES if source(phase).__name__ != "counting"]
    assert [*MONTH] == [f"{place} {name.capitalize()}" for place, name in enumerate(names, 1)]
    for section, text in MONTH.items():
        assert f"`mechanisms/{section.split()[1].lower()}.py`" in text.split("\n")[0]


def test_every_parameter_of_behaviour_stands_on_the_page_with_its_default():
    told = {name for _, meant, _ in stated() for name in meant}
    assert [name for name in PARAMETERS if name not in told] == []


def test_defaults_on_the_page_are_those_of_the_code():
    found = stated()
    assert len(found) > 280
    wrong = [(section, sorted(meant), value) for section, meant, value in found
             if not any(float(DEFAULTS[name]) == pytest.approx(value) for name in meant)]  # fmt: skip
    assert wrong == []


def test_what_is_better_than_an_assumption_stands_with_its_grade():
    told = {}
    for passage in EVIDENCE.findall(PAGE):
        for grade, rest in re.findall(r"\b([ABC]):\s(.*?)(?=\b[ABC]:\s|\Z)", passage, flags=re.S):
            told |= {f"behaviour.{name}": grade for name in re.findall(r"`(\w+\.\w+)`", rest.split(". Of")[0])}
    graded = {name: GRADES[name] for name in PARAMETERS if GRADES[name] != "D"}
    assert told == graded


def test_levers_stand_with_their_defaults_and_the_phases_that_read_them():
    """Read by the month's count alone (its nineteenth part) is not said."""
    rows = re.findall(r"^\| `([\w.]+)` \| (\S+) \| ([\d, -]+) \|", SECTIONS["Levers"], flags=re.M)
    levers = {name.removeprefix("policy.") for name in DEFAULTS if name.startswith("policy.")}
    read_in = {phase.place: phase.anatomy.settings for phase in phases()[: len(PHASES) - 1]}
    assert Counter(name for name, _, _ in rows) == Counter(levers)
    for name, default, where in rows:
        given = DEFAULTS[f"policy.{name}"]
        said = {"yes": True, "no": False}.get(default, default)
        assert (given == said) if isinstance(given, (bool, str)) else float(given) == number(said), name
        spans = [part.partition("-") for part in where.split(", ")]
        read = {place for place, settings in read_in.items() if f"policy.{name}" in settings}
        assert read == {place for low, _, high in spans for place in range(int(low), int(high or low) + 1)}, name


def test_rules_that_the_page_names_are_there():
    """In the line under a phase's heading, where it says which rules of the file matter."""
    for section, text in MONTH.items():
        rules = vars(__import__(f"sim.mechanisms.{section.split()[1].lower()}", fromlist=["*"]))
        first = text.strip().split("\n\n")[0].split(".py`", 1)[1]
        listed = re.match(r"\s*\(([^)]*)\)", first)
        if listed:
            assert [name for name in re.findall(r"`(\w+)`", listed.group(1)) if name not in rules] == []


def test_how_much_is_assumption_is_counted():
    limits = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    of, all_ = map(int, re.search(r"\((\d+) of (\d+)\)", limits).groups())
    assert (of, all_) == ([GRADES[name] for name in PARAMETERS].count("D"), len(PARAMETERS))
