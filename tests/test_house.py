"""The house: imports go down only, files bear the names of phases, and nothing points to one machine."""

import ast
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from sim.compiling import source
from sim.month import PHASES

SIM = ROOT / "sim"
MECHANISMS = {file.stem for file in (SIM / "mechanisms").glob("*.py")} - {"__init__"}
CORE = {f"sim.{name}" for name in (
    "ages", "arriving", "backing", "building", "choices", "codes", "compiling", "counting", "drawing", "draws",
    "errors", "judging", "month", "moving", "prefetching", "records", "reorganizing", "restlessness", "ring",
    "rows", "scenarios", "skills", "tables", "tallies", "teams", "telling", "time_cap", "training", "vacancies",
    "world",
)} | {"sim.settings", "sim.mechanisms"}  # fmt: skip
FACES = ("agents", "organization")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> frozenset[str]:
    """Every module that a file imports, wherever in it; names imported from a package count as modules of it."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def files(*parts: str) -> dict[str, Path]:
    """Module to file, for the packages and modules named (all of sim without a name)."""
    everything = {module(file): file for folder in (SIM, ROOT / "hydra_plugins") for file in folder.rglob("*.py")}
    return {name: file for name, file in everything.items() if any(is_in(name, part) for part in parts or ("sim",))}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def strays(place: dict[str, Path], *targets: str) -> list[str]:
    """What files of a place import of the targets or of what is in them."""
    return [f"{name} imports {found}" for name, file in place.items()
            for found in imports(file) for target in targets if is_in(found, target)]  # fmt: skip


def rules_of(file: Path) -> list[ast.FunctionDef]:
    """Functions that are declared as rules."""
    return [
        node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in node.decorator_list)
    ]  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    try:
        said = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(ROOT / name for name in said.stdout.split("\0") if name and (ROOT / name).is_file())


# Imports


def test_mechanisms_import_neither_one_another_nor_what_stands_above():
    for name, file in files("sim.mechanisms").items():
        others = {f"sim.mechanisms.{other}" for other in MECHANISMS} - {name}
        above = ("month", "counting", "building", "running", "people", "measures", "studies", "reporting", "agents",
                 "organization", "command", "warming", "testing", "laws")  # fmt: skip
        assert not strays({name: file}, *others, *(f"sim.{room}" for room in above))
        assert "sim.mechanisms" not in imports(file) - {name}


def test_settings_know_nothing_of_the_core():
    inside = {f for name, file in files("sim.settings").items() for f in imports(file) if is_in(f, "sim")}
    assert inside
    assert not {f for f in inside if not is_in(f, "sim.settings") and not is_in(f, "sim.errors")}


def test_the_core_knows_neither_frames_nor_faces_nor_figures():
    core = {name: file for name, file in files(*CORE).items() if name != "sim.settings.parameters"}  # a table
    assert len(core) > 25
    assert not strays(core, "pandas", "pyarrow", "matplotlib", "mesa", "networkx", "hydra", "omegaconf", "rich")
    above = ("measures", "studies", "laws", "reporting", "command", *FACES)
    assert not strays(core, *(f"sim.{room}" for room in above))


def test_only_the_command_line_and_the_plugin_know_hydra():
    outside = {n: f for n, f in files().items() if not is_in(n, "sim.command")}
    assert not strays(outside, "hydra", "omegaconf")
    assert strays(files("sim.command"), "hydra")
    assert strays(files("hydra_plugins"), "hydra")


def test_only_faces_know_mesa():
    outside = {n: f for n, f in files().items() if not is_in(n, "sim.agents") and n != "sim.organization"}
    assert not strays(outside, "mesa")
    assert strays(files("sim.agents", "sim.organization"), "mesa")


def test_arrows_go_down_only():
    assert not strays({n: f for n, f in files().items() if not is_in(n, "sim.command")}, "sim.command")
    beside = [f"sim.{room}" for room in ("measures", "people", "running", "month", *FACES)]
    assert not strays(files(*beside), "sim.studies", "sim.laws", "sim.reporting")
    assert not strays(files("sim.studies"), "sim.laws", "sim.reporting")
    assert not strays(files("sim.laws"), "sim.reporting")
    lower = {n: f for n, f in files().items() if not is_in(n, "sim.agents") and n not in ("sim", "sim.organization")}
    assert not strays(lower, *(f"sim.{room}" for room in FACES))


def test_the_plugin_is_loaded_as_hydra_wants_it():
    assert not (ROOT / "hydra_plugins" / "__init__.py").exists()
    for file in files("hydra_plugins").values():
        assert "__future__" not in imports(file)


# Phases and rules


def test_every_phase_has_a_file_of_its_name_that_gives_its_place():
    names = [source(phase).__name__ for phase in PHASES]
    assert len(set(names)) == len(names)
    assert set(names) - MECHANISMS == {"counting"}
    assert set(names) >= MECHANISMS
    for place, phase in enumerate(PHASES, 1):
        name = source(phase).__name__
        if name in MECHANISMS:
            assert source(phase).__module__ == f"sim.mechanisms.{name}"
            assert ast.get_docstring(tree(SIM / "mechanisms" / f"{name}.py")).startswith(f"Phase {place}. ")


def test_the_month_is_the_list_of_phases():
    [month] = [node for node in rules_of(SIM / "month.py") if node.name == "month"]
    called = [node.value.func.id for node in month.body if isinstance(node.value, ast.Call)]
    assert called == [source(phase).__name__ for phase in PHASES]


def test_no_two_rules_share_a_name():
    count = Counter(rule.name for file in files().values() for rule in rules_of(file))
    assert len(count) > 100
    assert not {name: n for name, n in count.items() if n > 1}


# Nothing of one machine

HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("anaconda", "org"), ("crates", "io"),
    ("rubygems", "org"), ("proxy", "golang", "org"),
)]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users|mnt|tmp/v)/\w")


def texts() -> dict[str, str]:
    found = {}
    for file in tracked():
        try:
            found[file.relative_to(ROOT).as_posix()] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # figures
    return found


def test_no_file_names_a_package_registry():
    assert not [(name, host) for name, text in texts().items() for host in HOSTS if host in text]


def test_no_file_names_a_path_of_one_machine():
    assert MACHINE.search("see " + "/work" + "/x")
    assert not [(name, found.group()) for name, text in texts().items() if (found := MACHINE.search(text))]


def test_no_file_is_compiled_code_or_a_result():
    kinds = {".pyc", ".so", ".nbi", ".nbc", ".parquet", ".egg-info", ".whl"}
    assert not [str(file) for file in tracked() if file.suffix in kinds or "__pycache__" in file.parts]
