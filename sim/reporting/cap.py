"""The main job's report: four figures and the answer in words."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.reporting import curves
from sim.reporting.balance import balance
from sim.reporting.findings import Findings
from sim.reporting.style import save
from sim.reporting.words import answer, markdown, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Findings", "answer", "figures", "markdown", "plain", "write"]


def figures(findings: Findings) -> "dict[str, Figure]":
    """The figures by the name of their files."""
    return {
        "cap-against-closed": balance(findings),
        "cap-gives": curves.gives(findings),
        "cap-costs": curves.costs(findings),
        "cap-in-one-unit": curves.in_one_unit(findings),
    }


def write(findings: Findings, folder: str | Path, about: Mapping[str, str]) -> list[Path]:
    """Write all figures (PNG and SVG) and the answer (`answer.md`); return their paths.

    Parameters
    ----------
    findings : what was found
    folder : made if it is not there
    about : provenance, written into each figure and below the answer: version, command, seed and the like
    """
    paths = []
    for name, figure in figures(findings).items():
        paths += save(figure, folder, name, {"title": name, **about})
    text = Path(folder) / "answer.md"
    origin = "\n".join(f"- {key}: {value}" for key, value in about.items())
    text.write_text(f"{markdown(findings)}\n## Where this comes from\n\n{origin}\n", encoding="utf-8")
    return [*paths, text]
