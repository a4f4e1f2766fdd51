"""The answer in words and tables: for the terminal, as plain text, and as Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.reporting.findings import Findings
from sim.reporting.sentences import headline, notes, sentences
from sim.reporting.tables import Cell, Table, table
from sim.studies.wording import described, percent

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table as RichTable

WIDTH = 110


def answer(findings: Findings) -> "Group":
    """The answer for a terminal: for each setting of behaviour a table and sentences, then how to read them."""
    from rich.console import Group

    return Group(*_parts(findings))


def _parts(findings: Findings) -> "Iterator[RenderableType]":
    from rich.padding import Padding
    from rich.text import Text

    yield Text(headline(findings), style="bold")
    for setup in findings.setups:
        yield Text()
        yield _drawn(table(findings, setup), title(findings, setup))
        for sentence in sentences(findings, setup):
            yield _bullet(sentence)
    yield Text("\nHow to read this", style="bold")
    for note in notes(findings):
        yield Padding(Text(note, style="dim"), (0, 0, 0, 2))


def title(findings: Findings, setup: str) -> str:
    return f"Effect of a cap of {percent(findings.reference)} – {described(setup)}"


def _drawn(given: Table, title: str) -> "RichTable":
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False,
                      padding=(0, 1, 0, 0))
    drawn.add_column("", overflow="fold")
    for name in ("closed\nmarket", *given.columns):
        drawn.add_column(name, justify="right", overflow="fold")
    for heading, lines in given.groups:
        drawn.add_row(Text(heading, style="bold cyan"))
        for line in lines:
            label = Text.assemble(line.words.label, (f", {line.words.unit}", "dim"))
            drawn.add_row(label, Text(line.closed, style="dim"), *(_shown(cell) for cell in line.cells))
    return drawn


def _shown(cell: Cell) -> "RenderableType":
    from rich.text import Text

    return Text(cell.text, style="dim italic" if cell.is_unclear else "")


def _bullet(sentence: str) -> "RenderableType":
    from rich.table import Table as RichTable
    from rich.text import Text

    lead, colon, rest = sentence.partition(": ")
    row = RichTable.grid(padding=(0, 1))
    row.add_row("•", Text.assemble((lead + colon, "bold"), rest) if colon else Text(sentence))
    return row


def plain(findings: Findings, width: int = WIDTH) -> str:
    """The same answer as text without colours."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False).print(answer(findings))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def markdown(findings: Findings) -> str:
    """The same answer as Markdown."""
    parts = [headline(findings).replace("\n", "\n- ").replace("\n", "\n\n", 1)]
    for setup in findings.setups:
        parts += [f"## {title(findings, setup)}", _markdown_table(table(findings, setup))]
        parts.append("\n".join(f"- {sentence}" for sentence in sentences(findings, setup)))
    parts += ["## How to read this", "\n".join(f"- {note}" for note in notes(findings))]
    return "\n\n".join(parts) + "\n"


def _markdown_table(given: Table) -> str:
    names = [name.replace("\n", " ") for name in given.columns]
    rows = [["", "closed market", *names], ["---", *["---:"] * (1 + len(names))]]
    for heading, lines in given.groups:
        rows.append([f"**{heading}**", *[""] * (1 + len(names))])
        for line in lines:
            cells = (f"*{cell.text}*" if cell.is_unclear else cell.text for cell in line.cells)
            rows.append([f"{line.words.label}, {line.words.unit}", line.closed, *cells])
    return "\n".join(f"| {' | '.join(_escaped(text) for text in row)} |" for row in rows)


def _escaped(text: str) -> str:
    """A name of the user's own must not open a new column."""
    return text.replace("|", "\\|")
