"""The package: what is in the wheel, and that it runs far from the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

import sim

pytest.importorskip("hatchling", reason="the wheel is built with hatchling, which is not installed")
COMMAND = "import sys; from sim.command import main; sys.exit(main())"
WHERE = "import sim, sim.settings.named as n; print(sim.__file__, n.config_dir(), sep='\\n')"


def checkout() -> list[str]:
    """The files of the checkout that are or may become part of the repository."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [name for name in dict.fromkeys(said.split("\0")) if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built without a network from a copy of the checkout."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("dist")
    for name in checkout():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=copy, capture_output=True,
        text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def inside(wheel) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def far_away(unpacked: Path, cwd: Path, code: str, *words: str) -> subprocess.CompletedProcess:
    """Python elsewhere, with the unpacked wheel in front of all else."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words], cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
    )  # fmt: skip


def test_the_wheel_holds_the_simulator_its_configurations_and_the_plugin(inside):
    tops = {name.split("/")[0] for name in inside}
    assert tops == {"sim", "hydra_plugins", f"elbowroom-{sim.__version__}.dist-info"}
    ours = {name for name in inside if "dist-info" not in name}
    files = checkout()
    expected = {name for name in files if name.startswith(("sim/", "hydra_plugins/elbowroom/"))}
    expected |= {f"sim/{name}" for name in files if name.startswith("configs/") and name.endswith(".yaml")}
    assert ours == expected
    assert any(name.startswith("hydra_plugins/elbowroom/") for name in ours)
    assert "sim/configs/policy/open_opps.yaml" in ours


def test_the_wheel_holds_nothing_else(inside):
    assert not [name for name in inside if "__pycache__" in name or name.endswith((".pyc", ".so", ".nbi", ".parquet"))]
    assert "hydra_plugins/__init__.py" not in inside
    assert not [name for name in inside if name.startswith(("tests/", "experiments/", "benchmarks/"))]


def test_the_wheel_says_what_it_is(unpacked):
    [info] = unpacked.glob("*.dist-info")
    about = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    assert (about["Name"], about["Version"]) == ("elbowroom", sim.__version__)
    needs = {need.split("<")[0].split(">")[0] for need in about.get_all("Requires-Dist")}
    assert {"numba", "mesa", "hydra-core", "pyyaml"} <= needs
    assert "elbowroom = sim.command:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert list(info.rglob("LICENSE"))


def test_the_configurations_inside_the_wheel_are_those_of_the_checkout(unpacked):
    for file in (ROOT / "configs").rglob("*.yaml"):
        assert (unpacked / "sim" / "configs" / file.relative_to(ROOT / "configs")).read_bytes() == file.read_bytes()


def test_the_wheel_finds_itself_far_away(unpacked, tmp_path):
    done = far_away(unpacked, tmp_path, WHERE)
    assert done.returncode == 0, done.stderr
    assert all(Path(line).is_relative_to(unpacked) for line in done.stdout.split())


def test_the_wheel_runs_far_away(unpacked, tmp_path):
    """A policy that only the wheel has shows whose configurations are used."""
    own = unpacked / "sim" / "configs" / "policy" / "unheard_of.yaml"
    own.write_text("market:\n  time_cap: 0.35\n", encoding="utf-8")
    words = ("run", "org=department", "policy=unheard_of", "study.replicates=2", "study.months=12", "hydra.run.dir=out")
    done = far_away(unpacked, tmp_path, COMMAND, *words)
    own.unlink()
    assert done.returncode == 0, done.stderr
    assert {"summary.parquet", "config.yaml", "manifest.json"} <= {file.name for file in (tmp_path / "out").iterdir()}
    config = yaml.safe_load((tmp_path / "out" / "config.yaml").read_text(encoding="utf-8"))
    assert config["policy"]["market"]["time_cap"] == 0.35
    assert config["org"]["size"] == 120


def test_the_applications_of_others_find_named_policies(unpacked, tmp_path):
    """The plugin puts our configurations on Hydra's search path, behind those of the application."""
    own = tmp_path / "conf"
    (own / "behaviour").mkdir(parents=True)
    (own / "config.yaml").write_text("defaults: [policy: red_tape, behaviour: lively]\n", encoding="utf-8")
    (own / "behaviour" / "lively.yaml").write_text("own: true\n", encoding="utf-8")
    code = (
        "from hydra import compose, initialize_config_dir; from omegaconf import OmegaConf; import sys\n"
        "with initialize_config_dir(sys.argv[1], version_base='1.3'):\n"
        "    print(OmegaConf.to_yaml(compose('config')))\n"
    )
    done = far_away(unpacked, tmp_path, code, str(own))
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout) == {"policy": {"market": {"permission": "chain"}}, "behaviour": {"own": True}}
