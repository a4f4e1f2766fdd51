"""From the bytes of a people file to columns of cells."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from pathlib import Path

from sim.errors import nearest
from sim.people.fault_texts import OF_FILES, OPTIONAL, REQUIRED, SHOWN, Fault, What, Words, enumerated, refused
from sim.people.roster import Mend

BLANK = {"", "na", "n/a", "none", "null", "nan", "-"}
END = "\0"  # stands in no text that is read


@dataclass
class Table:
    """The cells of a people file by column, and where in the file they stand.

    Attributes
    ----------
    header : names of all columns, as often as they stand there
    rows : the row of the file of each person; the header is row 1
    widths : how many cells each row has in the file
    cells : columns that are read, each with a cell for every person
    notes : what was ignored, filled in or derived
    rivals : ids of people who report to several, with all these; a file cannot say so
    words : in which faults are told
    """

    header: list[str]
    rows: list[int]
    widths: list[int]
    cells: dict[str, list[str]]
    notes: list[str]
    rivals: dict[str, list[str]] = field(default_factory=dict)
    words: Words = OF_FILES

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[str]:
        """Cells of a column, with all ways to leave one blank made the same."""
        cells = self.cells.get(name) or [""] * len(self)
        return ["" if cell.lower() in BLANK else cell for cell in cells]

    def place(self, i: int) -> str:
        """The row of the file."""
        return f"{self.words.place} {self.rows[i]}"

    def where(self, i: int) -> str:
        """The row of the file, and who stands in it."""
        ids = self.cells.get("employee_id")
        return f"{self.place(i)} ({ids[i]!r})" if ids and ids[i] else self.place(i)

    def mend(self, i: int, column: str, found: str, cell: str, done: str) -> Mend:
        """Write a cell, and say so."""
        self.cells[column][i] = cell
        return self.mended(i, column, found, done)

    def mended(self, i: int, column: str, found: str, done: str) -> Mend:
        """What was done to a row."""
        ids = self.cells.get("employee_id")
        return Mend(self.rows[i], ids[i] if ids else "", column, found, done)

    def mended_all(self, column: str, found: str, done: str) -> Mend:
        """What was done to a whole column."""
        return Mend(1, "", column, found, done)

    def drop(self, gone: Iterable[int]) -> None:
        """Leave out some people."""
        gone = set(gone)
        stay = [i for i in range(len(self)) if i not in gone]
        self.rows, self.widths = [self.rows[i] for i in stay], [self.widths[i] for i in stay]
        self.cells = {name: [cells[i] for i in stay] for name, cells in self.cells.items()}


def table_of(path: Path) -> Table:
    """The table in a file; what is no table is refused at once."""
    text, encoding = _text(path)
    header, rows = _cells(text, path.name)
    people = [(row, cells) for row, cells in rows if any(cells)]
    padded = [(cells + [""] * len(header))[: len(header)] for _, cells in people]
    columns = list(map(list, zip(*padded, strict=True))) or [[] for _ in header]
    first = {name: header.index(name) for name in REQUIRED + OPTIONAL if name in header}
    ignored = [name for name in header if name and name not in REQUIRED + OPTIONAL]
    notes = [f"Columns ignored: {enumerated(ignored)}."] if ignored else []
    if encoding == "latin-1":
        notes.append("Not UTF-8: read as Latin-1. Look whether letters with accents came out right.")
    folded = [str(row) for row, cells in people if any("\n" in cell for cell in cells)]
    if folded:
        rest = [f"{len(folded) - SHOWN:,} more"] * (len(folded) > SHOWN)
        notes.append(f"Cells of several lines in row {enumerated(folded[:SHOWN] + rest)}. Look for a quote too many.")
    widths = [max(place for place, cell in enumerate(cells, 1) if cell) for _, cells in people]
    return Table(header, [row for row, _ in people], widths, {n: columns[at] for n, at in first.items()}, notes)


def _text(path: Path) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    try:
        return _decoded(path.read_bytes(), path.name)
    except FileNotFoundError as error:
        near = nearest(path.name, (file.name for file in path.parent.glob("*"))) if path.parent.is_dir() else ""
        raise refused(path.name, [Fault(What.NO_FILE, f"{path}.{near}")]) from error
    except OSError as error:
        raise refused(path.name, [Fault(What.NOT_OPENED, f"{path}: {error.strerror}")]) from error


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding. Every byte means something in Latin-1, so that it comes last."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if END not in text:
            return text, encoding
    raise refused(name, [Fault(What.NO_TEXT, name)])


def _cells(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Names in the header, and each further row with its number; cells without the spaces around them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    lines = chain(StringIO(text, newline=""), ["\n", END])
    try:
        read = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise refused(name, [Fault(What.NO_CSV, str(error))]) from error
    if read.pop() != [END]:  # swallowed by a quote, and many rows with it
        raise refused(name, [Fault(What.NO_CSV, f"a quote in row {len(read) + 1} has no end")])
    rows = [(row, [cell.strip() for cell in cells]) for row, cells in enumerate(read, 1)]
    rows = [(row, cells) for row, cells in rows if any(cells)]
    if not rows:
        raise refused(name, [Fault(What.EMPTY, "no rows")])
    return [header_name(name) for name in rows[0][1]], rows[1:]


def header_name(name: str) -> str:
    """`Employee ID` and `employee-id` are `employee_id`."""
    return re.sub(r"[\s-]+", "_", name.lower())
