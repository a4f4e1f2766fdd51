"""`elbowroom parameters`: everything that may be set."""

from rich.console import Console
from rich.table import Table

from sim.settings.parameters import limits, parameters


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
        table.add_row(row["name"], _short(row["default"]), limits(row), row["unit"], row["kind"], row["grade"], text)
    Console().print(table if len(frame) else f"No setting speaks of {' '.join(words)!r}.")
    return 0


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
