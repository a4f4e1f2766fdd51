"""python -m experiments.notebooks: run the lessons, all or those named, and keep what they show."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
CELL = 300  # seconds that a cell may take
WIDGET = "application/vnd.jupyter.widget-view+json"
SLIDER = "(a slider stands here when the lesson is run)"


def lessons() -> list[Path]:
    """The lessons, in their order."""
    return sorted(FOLDER.glob("[0-9]*.ipynb"))


def executed(notebook: str | Path, cell: int = CELL, first: Sequence[str] = (), **environment: str) -> Any:
    """A notebook, run from top to bottom in a kernel of its own.

    Parameters
    ----------
    cell : seconds that one cell may take; nbclient's CellTimeoutError after that
    first : lines that the kernel runs before the first cell
    environment : what the kernel finds set besides
    """
    import nbformat
    from nbclient import NotebookClient

    path = Path(notebook)
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book, timeout=cell, kernel_name="python3", record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR", *(f"--IPKernelApp.exec_lines={line}" for line in first)],
    )  # fmt: skip
    # nbclient would speak for a widget in the midst of waiting, by this now and then miss the kernel's answer, and wait
    # on until the cell's time is out.
    client.comm_open_handlers.clear()
    return client.execute(env={**os.environ, **environment})


def renew(path: Path) -> float:
    """Run a lesson and write it back with what it shows now; returns the seconds that it took."""
    import nbformat

    start = time.perf_counter()
    book = executed(path)
    took = time.perf_counter() - start
    book.metadata.pop("widgets", None)
    book.metadata["language_info"] = {"name": "python"}  # without the version, which changes nothing
    for cell in book.cells:
        if any(WIDGET in output.get("data", {}) for output in cell.get("outputs", [])):
            # what is kept can be read, but not moved; the figure at the first value stands in the cell above
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/plain": SLIDER})]
    path.write_text(nbformat.writes(book) + "\n", encoding="utf-8")
    return took


if __name__ == "__main__":
    for lesson in [Path(name) for name in sys.argv[1:]] or lessons():
        print(f"{lesson.name} ...", end=" ", flush=True)
        print(f"{renew(lesson):.0f} s")
