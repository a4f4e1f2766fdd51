"""The store: what is finished stays, what is half-written is never read, and what does not fit is refused in words."""

import errno
import os

import pandas as pd
import pytest
import yaml
from small_studies import CAP, POINTS, swept, table_of, tiny

from sim.studies import files, identity, runner
from sim.studies import sweep as sweeping
from sim.studies.files import Lines, StudyError
from sim.studies.merging import extended, merge
from sim.studies.store import OldModelWarning, Store
from sim.studies.sweep import Shard


def content(folder):
    """Every file of a store, its journal and lock apart, with what it holds."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*") if file.is_file() and file.name not in ("journal.jsonl", "lock")
    }  # fmt: skip


def changed(folder, **known):
    """Pretend that study.yaml said something else."""
    file = folder / "study.yaml"
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), **known}))


@pytest.fixture
def study(tmp_path):
    swept(tiny(), tmp_path / "study")
    return tmp_path / "study"


# Resume


def test_what_is_finished_is_not_run_again(study, monkeypatch):
    before = content(study)
    monkeypatch.setattr(sweeping, "Runner", None)  # nobody may run anything
    assert swept(tiny(), study) == (12, 0, 0)
    assert content(study) == before


def test_a_chunk_that_is_gone_costs_its_runs_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    monkeypatch.setattr(runner, "CHUNK", 1)
    whole = table_of(tiny(), tmp_path / "s")
    store = Store(tmp_path / "s")
    assert len(store.files()) == 8  # one for each organization
    store.files()[2].unlink()
    missing = 12 - len(store.finished())
    assert swept(tiny(), tmp_path / "s") == (12 - missing, missing, 0)
    pd.testing.assert_frame_equal(store.table(), whole, check_exact=True)


def test_extending_adds_and_keeps(study, tmp_path):
    before = content(study)
    extended(Store(study), 6)
    assert swept(tiny(6), study) == (12, 6, 0)
    assert all(content(study)[name] == held for name, held in before.items() if name != "study.yaml")
    pd.testing.assert_frame_equal(Store(study).table(), table_of(tiny(6), tmp_path / "at once"), check_exact=True)
    with pytest.raises(StudyError, match="6 replicates already"):
        extended(Store(study), 3)


def test_asking_for_fewer_replicates_takes_nothing_away(study):
    assert swept(tiny(2), study).runs == 0
    assert len(Store(study).finished()) == 12


def test_points_that_mean_the_same_are_run_once(tmp_path):
    points = ({CAP: 0.2}, {"policy": "open_opps"}, {CAP: 0.20})
    table = table_of(tiny(2, points), tmp_path / "s")
    assert len(Store(tmp_path / "s").finished()) == 2
    one, other = (table[table.point == n].drop(columns=["point", CAP, "policy"]) for n in (0, 1))
    assert len(one) == 8
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True))


def test_a_half_written_file_is_never_read(study):
    (study / "chunks" / "killed.parquet.1-2.part").write_bytes(b"PAR1 half")
    assert len(Store(study).finished()) == 12
    swept(tiny(), study)
    assert not list(study.rglob("*.part"))


def test_a_spoilt_chunk_is_named(study):
    file = Store(study).files()[0]
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(StudyError, match=file.name):
        Store(study).finished()


def test_a_spoilt_design_is_told_and_set_aside(study):
    (study / "design.parquet").write_bytes(b"PAR1 half")
    with pytest.raises(StudyError, match=r"design\.parquet cannot be read.*study\.fresh=true"):
        swept(tiny(), study)
    assert sweeping.Sweep(sweeping.Engine("threads", 1)).run(tiny(), study, fresh=True).runs == 12


def test_a_torn_line_is_left_out_and_spoils_no_other(tmp_path):
    lines = Lines(tmp_path / "journal.jsonl")
    lines.add({"n": 1})
    with lines.file.open("ab") as opened:
        opened.write(b'{"n": 2, "half')
    assert lines.read() == [{"n": 1}]
    lines.add({"n": 3})
    assert lines.read() == [{"n": 1}, {"n": 3}]


def test_two_sweeps_do_not_write_to_one_store(study):
    pytest.importorskip("fcntl", reason="no locks on this system")
    with files.alone(study), pytest.raises(StudyError, match="Another sweep"):
        swept(tiny(), study)


# What does not fit


def test_a_store_of_another_study_is_refused(study):
    before = content(study)
    with pytest.raises(StudyError, match="differs in seed"):
        swept(tiny(seed=2), study)
    with pytest.raises(StudyError, match="differs in points"):
        swept(tiny(points=POINTS[:2]), study)
    assert content(study) == before


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StudyError, match="holds other files"):
        swept(tiny(), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_changed_model_is_not_mixed_in(study, monkeypatch):
    before = content(study)
    monkeypatch.setattr(identity, "model", lambda: "another")
    with pytest.raises(StudyError, match=r"another version of the model.*study.fresh=true"):
        swept(tiny(), study)
    assert content(study) == before
    with pytest.warns(OldModelWarning, match=Store(study).about["model"]):
        assert len(Store(study).table()) == 48
    assert sweeping.Sweep(sweeping.Engine("threads", 1)).run(tiny(), study, fresh=True).runs == 12
    assert len(Store(study.with_name("study.1")).finished()) == 12


def test_a_store_of_another_format_says_why_it_does_not_load(study):
    changed(study, format=99, elbowroom="7.0")
    with pytest.raises(StudyError, match="7.0"):
        Store(study)


def test_what_is_no_study_is_told(tmp_path):
    with pytest.raises(StudyError, match="is no study"):
        Store(tmp_path)


def test_a_changed_named_choice_is_noticed(study, monkeypatch):
    monkeypatch.setattr(identity, "point_key", lambda *parts: "moved")
    with pytest.raises(StudyError, match="have changed since"):
        swept(tiny(), study)


# The disk


def test_a_full_disk_ends_cleanly(study, monkeypatch):
    extended(Store(study), 6)
    before, fsync = content(study), os.fsync

    def full(number):
        if ".parquet" in os.readlink(f"/proc/self/fd/{number}"):
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(number)

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("which file is meant is read from /proc")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StudyError, match="The disk is full"):
        swept(tiny(6), study)
    assert content(study) == before
    monkeypatch.setattr(files.os, "fsync", fsync)
    assert swept(tiny(6), study) == (12, 6, 0)


def test_what_would_not_fit_is_not_begun(tmp_path, monkeypatch):
    usage = sweeping.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(sweeping.shutil, "disk_usage", lambda folder: usage._replace(free=60 << 20))
    with pytest.raises(StudyError, match=r"400,000 runs may take .* GB, and .* has 62.9 MB left, of which 52.4 MB"):
        swept(tiny(100_000, ({CAP: 0.1}, {CAP: 0.2}, {CAP: 0.3}, {CAP: 0.4})), tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_an_extension_that_would_not_fit_leaves_the_store_as_it_was(study, monkeypatch):
    before, usage = content(study), sweeping.shutil.disk_usage(study)
    monkeypatch.setattr(sweeping.shutil, "disk_usage", lambda folder: usage._replace(free=60 << 20))
    with pytest.raises(StudyError, match="59,988 runs may take"):
        swept(tiny(20_000), study)
    assert content(study) == before


def test_no_permission_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StudyError, match=r"study\.folder=FOLDER"):
        swept(tiny(), tmp_path / "file" / "study")


# Merging


def shards(tmp_path, count=3, plan=None):
    for number in range(1, count + 1):
        swept(plan or tiny(), tmp_path / f"part{number}", shard=Shard(number, count))
    return [tmp_path / f"part{number}" for number in range(1, count + 1)]


def test_shards_part_the_runs_and_merge_to_the_whole(tmp_path, study):
    parts = shards(tmp_path)
    assert [Store(part).shards for part in parts] == [{(1, 3)}, {(2, 3)}, {(3, 3)}]
    keys = [Store(part).finished() for part in parts]
    assert all(keys)
    assert sum(map(len, keys)) == len(set.union(*keys)) == 12
    joined = merge(parts, tmp_path / "whole")
    pd.testing.assert_frame_equal(joined.table(), Store(study).table(), check_exact=True)
    assert swept(tiny(), tmp_path / "whole") == (12, 0, 0)


def test_contradictory_shards_are_refused(tmp_path):
    parts = shards(tmp_path, 2)
    file = Store(parts[0]).files()[0]
    twin = pd.read_parquet(file)
    twin.loc[3, "participation"] += 1.0
    twin.to_parquet(Store(parts[1]).chunks / "wrong.parquet")
    with pytest.raises(StudyError, match="one contradicts another: run .* differs in participation"):
        merge(parts, tmp_path / "whole")
    assert not (tmp_path / "whole").exists()
    assert not (tmp_path / "whole.part").exists()


def test_parts_of_different_studies_are_refused(tmp_path, study):
    swept(tiny(seed=2), tmp_path / "other")
    with pytest.raises(StudyError, match="differ in seed"):
        merge([study, tmp_path / "other"], tmp_path / "whole")
    swept(tiny(), tmp_path / "older")
    changed(tmp_path / "older", model="older")
    with pytest.raises(StudyError, match="different models"):
        merge([study, tmp_path / "older"], tmp_path / "whole")
    with pytest.raises(StudyError, match="exists already"):
        merge([study, study], tmp_path / "other")


# Keys


def test_a_key_tells_everything_that_matters_and_nothing_else():
    keys = [one.key for one in tiny(points=(
        {CAP: 0.2}, {CAP: 0.21}, {"org.size": 21}, {"behaviour.asking.habit": -2.5}, {"switches.culture": False},
        {"org.name": "another"}, {"org.burn_in": 7},
    )).resolved()]  # fmt: skip
    assert keys[0] == keys[5]
    assert len(set(keys)) == 6
    assert tiny().resolved()[0].key != of_a_year().resolved()[0].key
    assert len({identity.run_key(keys[0], seed) for seed in (1, 2)}) == 2


def of_a_year():
    from dataclasses import replace

    return replace(tiny(), months=12)
