"""README.md and docs/*.md: what is made of declarations is up to date, and what is named or linked exists."""

import ast
import re
from functools import cache

import pytest
from conftest import ROOT
from pages import PAGES

import sim
from sim.measures import MEASURES
from sim.reporting.pages import PARTS, parts, renewed
from sim.settings import named

# What is made of declarations


@pytest.mark.parametrize("name", PAGES)
def test_what_is_made_of_declarations_is_up_to_date(name):
    text = PAGES[name].text
    assert renewed(text) == text, f"{name} is out of date: `make docs` renews it"


def test_every_part_stands_on_a_page():
    shown = [part for page in PAGES.values() for part in parts(page.text)]
    assert sorted(shown) == sorted(PARTS)


def test_whatever_is_declared_is_on_the_pages():
    every = "\n".join(page.text for page in PAGES.values())
    names = [*sim.parameters().name, *MEASURES, *named.names("policy"), *named.names("scenario")]
    assert len(names) > 500
    assert not [name for name in names if f"| `{name}` |" not in every]


def test_a_page_that_is_out_of_date_is_renewed():
    old = "Mine.\n<!-- made of declarations: named policy -->\n<old>\n<!-- end -->\nMine too.\n"
    new = renewed(old)
    assert new.startswith("Mine.\n<!--")
    assert new.endswith("<!-- end -->\nMine too.\n")
    assert "| `red_tape` |" in new
    assert "<old>" not in new
    assert renewed(new) == new


# Links and names


def anchors(text: str) -> set[str]:
    """By what headings of a page can be linked."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+?)\s*$", outside, re.MULTILINE)
    texts = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", head) for head in heads)
    return {re.sub(r"[^\w\- ]", "", text).lower().replace(" ", "-") for text in texts}


def leads_nowhere(page, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.path.parent / path).resolve() if path else page.path
    if not file.exists() or ROOT not in file.parents:
        return True
    return bool(anchor) and anchor not in anchors(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    targets = re.findall(r"\]\(\s*([^)\s]+)\s*\)", PAGES[name].prose)
    assert not [target for target in targets if "://" not in target and leads_nowhere(PAGES[name], target)]


def test_every_page_is_in_the_list_of_pages():
    listed = re.findall(r"\]\(([\w-]+\.md)\)", PAGES["docs/README.md"].text)
    assert sorted(listed) == sorted(page.path.name for name, page in PAGES.items() if not name.endswith("README.md"))


TO_WRITE = ("configs/policy/mine.yaml", "sim/mechanisms/gossiping.py")  # files that readers are told how to write


@pytest.mark.parametrize("name", PAGES)
def test_files_that_are_named_exist(name):
    """Paths from the top of the repository, or inside of sim/."""
    tops = {path.name for place in (ROOT, ROOT / "sim") for path in place.iterdir() if path.is_dir()} - {"results"}
    paths = [span for span in PAGES[name].spans if re.fullmatch(r"[\w-]+(/[\w.-]+)+/?", span)]
    ours = [path for path in paths if path.split("/")[0] in tops and path not in TO_WRITE]
    assert not [path for path in ours if not any((place / path).exists() for place in (ROOT, ROOT / "sim"))]


ENDINGS = ("csv", "json", "jsonl", "md", "parquet", "py", "yaml")
SETTINGS = set(sim.parameters().name)
GROUPS = {path.rpartition(".")[0] for path in SETTINGS}
SHORT = {group.partition(".")[2] for group in GROUPS if "." in group}  # without policy., behaviour. or scenario.


@cache
def functions(module: str) -> set[str]:
    """What modules of this name define, wherever in sim they stand."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "sim").rglob(f"{module}.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def is_known(path: str) -> bool:
    """Whether a dotted name is that of a setting, or of a rule in a module; what belongs to neither passes."""
    group, _, name = path.rpartition(".")
    if name in ENDINGS or group not in GROUPS | SHORT:
        return True
    full = {path, *(f"{top}.{path}" for top in ("policy", "behaviour", "scenario"))}
    return bool(full & SETTINGS) or name in functions(group)


@pytest.mark.parametrize("name", PAGES)
def test_settings_that_are_named_exist(name):
    """Alone or with a value: `market.time_cap`, `org.mend=true`."""
    paths = [found[1] for span in PAGES[name].spans if (found := re.match(r"([a-z_]+(?:\.[a-z_]+)+)(?:=|$)", span))]
    assert not [path for path in paths if not is_known(path)]


def test_a_misspelt_setting_would_be_noticed():
    assert is_known("market.time_cap")
    assert is_known("behaviour.asking.habit")
    assert is_known("results.csv")
    assert not is_known("market.time_capp")
    assert not is_known("org.mends")
