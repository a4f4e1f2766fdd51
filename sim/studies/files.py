"""Files that a crash cannot spoil: written aside and renamed, or appended to line by line."""

import errno
import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sim.errors import ElbowroomError

ASIDE = ".part"  # how the names of files end that are not whole yet


class StudyError(ElbowroomError):
    """A study cannot be started, resumed, extended, merged or read as asked."""


def write_aside(file: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside its place, and put it there when it is whole and on the disk."""
    aside = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}{ASIDE}")
    try:
        write(aside)
        with aside.open("rb+") as opened:
            os.fsync(opened.fileno())
        os.replace(aside, file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """So that the new name is on the disk too; not every system opens folders."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)


def text(file: Path, words: str) -> None:
    """A short text, whole or not at all."""

    def write(aside: Path) -> None:
        aside.write_text(words, encoding="utf-8")

    write_aside(file, write)


class Names:
    """Names that no other writer gives: by host, process and a counter."""

    def __init__(self) -> None:
        self._writer = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
        self._count = count()

    def next(self) -> str:
        return f"{self._writer}-{next(self._count):06d}"


class Lines:
    """A file of lines in JSON, to which lines are only added; what a crash has torn is left out in reading."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, line: dict[str, Any]) -> None:
        with self.file.open("ab+") as opened:
            if opened.tell():
                opened.seek(-1, os.SEEK_END)
                if opened.read(1) != b"\n":  # a torn line must not spoil the next
                    opened.write(b"\n")
            opened.write(json.dumps(line).encode() + b"\n")
            opened.flush()
            os.fsync(opened.fileno())

    def read(self) -> list[dict[str, Any]]:
        try:
            content = self.file.read_bytes()
        except FileNotFoundError:
            return []
        return list(self._whole(content.split(b"\n")))

    @staticmethod
    def _whole(lines: list[bytes]) -> Iterator[dict[str, Any]]:
        for line in lines:
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found


AGAIN = "Delete it, and give the command that began the study again: its runs, and only those, are run again."


def rows_of(file: Path, names: list[str] | None = None, mend: str = AGAIN) -> Any:
    """Some or all columns of a Parquet file, as an Arrow table."""
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.parquet.ParquetFile(file).read(names)
    except (OSError, pyarrow.ArrowException) as error:
        raise StudyError(f"{file} cannot be read ({str(error).splitlines()[0]}). {mend}") from error


@contextmanager
def told(folder: Path, doing: str, setting: str = "study.folder") -> Iterator[None]:
    """What the system refuses is told in words, and which setting names another folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StudyError(
                f"The disk is full, {doing} {folder}. All runs stored before are safe, and nothing half-written "
                "is left. Make room and give the same command again: it goes on where this one ended."
            ) from error
        raise StudyError(
            f"{doing[0].upper()}{doing[1:]} {folder} failed ({error.strerror or error}). Name a folder that can be "
            f"written to: {setting}=FOLDER."
        ) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one sweep at a time writes to a store; the lock goes with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # elsewhere two sweeps at once do the same runs twice, which costs time only
        yield
        return
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StudyError(
                f"Another sweep is writing to {folder}: wait for it, or run parts of the study side by side in folders "
                "of their own with study.shard=1/2 and study.shard=2/2."
            ) from error
        except OSError:  # a file system without locks
            pass
        yield


def set_aside(folder: Path) -> Path:
    """Rename a store, so that another may begin in its place."""
    with told(folder, "looking into"), alone(folder):
        pass  # nobody is writing there
    number = 1
    while (kept := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    with told(folder, "setting aside"):
        shutil.move(folder, kept)
    return kept
