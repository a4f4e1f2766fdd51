"""`elbowroom parameters`: everything that may be set."""

from typing import Any

from rich.console import Console
from rich.table import Table

from sim.settings.parameters import parameters


def show_parameters(words: list[str]) -> int:
    """Print the settings whose name or description contains every word."""
    frame = parameters()
    for word in words:
        inside = frame.name.str.contains(word, case=False, regex=False)
        frame = frame[inside | frame.description.str.contains(word, case=False, regex=False)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "default", "range", "unit", "kind", "grade", "what it means; source"):
        table.add_column(column, no_wrap=column == "name")
    for row in frame.to_dict("records"):
        text = f"{row['description']}; {row['source']}" if row["source"] else row["description"]
        table.add_row(row["name"], _short(row["default"]), _range(row), row["unit"], row["kind"], row["grade"], text)
    Console().print(table if len(frame) else f"No setting speaks of {' '.join(words)!r}.")
    return 0


def _range(row: dict[Any, Any]) -> str:
    """The choices, or the limits of a number."""
    limited = row["high"] is not None and row["high"] == row["high"]
    return row["choices"] or (f"{row['low']:g} to {row['high']:g}" if limited else "")


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
