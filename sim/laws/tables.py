"""What was found about the laws, as rows and as Markdown."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sim.laws.bench import holds
from sim.laws.draws import OFTEN
from sim.laws.law import label
from sim.laws.study import LawResults
from sim.studies.estimates import Estimate

Row = dict[str, Any]


def rows(found: LawResults) -> Iterator[Row]:
    """One for each law, measure and group: the effect with its interval, and in how many draws its sign holds."""
    for number, (law, effects) in enumerate(zip(found.laws, found.effects, strict=True)):
        for measure, group, sign in law.claims:
            e = effects[measure, group]
            row = {
                "number": number + 1, "law": str(law), "measure": measure, "group": group,
                "expected": "rises" if sign > 0 else "falls",
                "effect": e.mean, "low": e.low, "high": e.high, "n": e.n, "holds": holds(e, sign),
            }  # fmt: skip
            if found.drawn is not None:
                row |= _of_draws(found, number, measure, group, sign)
            yield {**row, "called": called(row)}


def _of_draws(found: LawResults, number: int, measure: str, group: str, sign: int) -> Row:
    assert found.drawn is not None
    share = found.drawn.share(number, measure, group, sign)
    e = share.share
    return {
        "draws": share.draws, "sign holds": share.holds, "share": e.mean, "share low": e.low, "share high": e.high,
        "clearly holds": share.clear, "clearly wrong": share.wrong, "nothing to see": share.idle,
    }


def called(row: Row) -> str:
    """A law holds in nine draws of ten; what holds in fewer is a tendency; what the bench does not confirm fails."""
    if not row["holds"]:
        return "fails"
    if "share" not in row:
        return "holds"
    return "law" if row["share"] >= OFTEN else "tendency"


def mutation_rows(found: LawResults) -> Iterator[Row]:
    """One for each term whose sign was turned round: what caught it, if anything did."""
    numbers = {id(law): number + 1 for number, law in enumerate(found.laws)}
    for term, caught in (found.mutants or {}).items():
        row: Row = {"term": term, "caught": "0 by default" if caught is None else "yes" if caught else "no"}
        for catch in (caught or [])[:1]:
            row |= {
                "law": numbers[id(catch.law)], "measure": catch.measure, "group": catch.group,
                "usual": catch.usual.mean, "found": catch.found.mean, "low": catch.found.low, "high": catch.found.high,
            }  # fmt: skip
        yield row


# ------------------------------------------------------------------------------------------------------------ markdown


def markdown(found: LawResults) -> str:
    """The tables, and what they come to."""
    parts = [summary(found), table(found)]
    if found.mutants is not None:
        parts += [caught_in_words(found), mutation_table(found)]
    return "\n\n".join(parts) + "\n"


def in_words(found: LawResults) -> str:
    """What it all comes to."""
    return "\n".join([summary(found), *([caught_in_words(found)] if found.mutants is not None else [])])


def summary(found: LawResults) -> str:
    """How many claims hold, and how many of them are laws."""
    every = list(rows(found))
    kinds = Counter(row["called"] for row in every)
    said = (
        f"{len(found.laws)} sentences make {len(every)} claims. On the bench {len(every) - kinds['fails']} hold and "
        f"{kinds['fails']} fail."
    )
    if found.drawn is None:
        return said
    shares, faults = found.drawn.participation, found.drawn.faults
    busy = [100 * share for share in shares if share > 0]
    most = f"{min(busy, default=0):.2g} to {max(busy, default=0):.2g} %"
    exact = f"Exact laws broke: {'; '.join(faults)}." if faults else "All exact laws held in every draw."
    return (
        f"{said} Over {len(shares)} draws of behaviour {kinds['law']} are laws and {kinds['tendency']} tendencies. "
        f"In {len(shares) - len(busy)} of the draws nobody was ever on a project, in the others {most} of people were "
        f"in a month. "
        f"{exact}"
    )


def by_law(found: LawResults) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sentence with its number, and the cells of its claims."""
    for sentence, claims in groupby(rows(found), lambda row: f"{row['number']}. {row['law']}"):
        yield sentence, [_cells(row, found.drawn is not None) for row in claims]


def table(found: LawResults) -> str:
    """A row for each sentence, and below it one for each claim."""
    head = ["", "effect (95 % interval)"] + (["draws in which the sign holds"] if found.drawn else []) + ["called"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for sentence, claims in by_law(found):
        lines.append(f"| **{sentence}** |" + " |" * (len(head) - 1))
        lines += [f"| {' | '.join(cells)} |" for cells in claims]
    return "\n".join(lines)


def _cells(row: Row, with_draws: bool) -> list[str]:
    e = Estimate(row["effect"], row["low"], row["high"], row["n"])
    who = "" if row["group"] == "everyone" else f", {row['group'].replace('_', ' ')}"
    cells = [f"{label(row['measure'])} {row['expected']}{who}", with_interval(e, row["n"])]
    if with_draws:
        wrong = f"; clearly wrong in {row['clearly wrong']}" if row["clearly wrong"] else ""
        idle = f"; {row['nothing to see']} show nothing" if row["nothing to see"] else ""
        share = f", {100 * row['share low']:.0f}-{100 * row['share high']:.0f} %" if row["draws"] else ""
        cells.append(f"{row['sign holds']} of {row['draws']}{share}{wrong}{idle}")
    return [*cells, row["called"]]


def with_interval(e: Estimate, n: int) -> str:
    """``+0.0301 (+0.0269 to +0.0333), n = 12``."""
    return f"{e.mean:+.3g} ({e.low:+.3g} to {e.high:+.3g}), n = {n}".replace("-", "−")


def caught_in_words(found: LawResults) -> str:
    """The share of wrong signs that the laws notice."""
    told = [caught for caught in (found.mutants or {}).values() if caught is not None]
    number = sum(bool(caught) for caught in told)
    share = 100 * number / len(told) if told else 0.0
    return f"Of {len(told)} terms whose sign was turned round, the laws notice {number} ({share:.0f} %)."


def mutation_table(found: LawResults) -> str:
    lines = ["| term | caught by law | measure | as it is | with the wrong sign |", "|---|---|---|---|---|"]
    for row in mutation_rows(found):
        if row["caught"] == "yes":
            who = "" if row["group"] == "everyone" else f", {row['group'].replace('_', ' ')}"
            effect = f"{row['usual']:+.3g} | {row['found']:+.3g}".replace("-", "−")
            lines.append(f"| `{row['term']}` | {row['law']} | {label(row['measure'])}{who} | {effect} |")
        else:
            lines.append(f"| `{row['term']}` | {row['caught']} | | | |")
    return "\n".join(lines)


# --------------------------------------------------------------------------------------------------------------- files


def write(found: LawResults, folder: Path) -> None:
    """Write laws.csv and laws.md, and mutations.csv if wrong signs were looked for."""
    _write_rows(folder / "laws.csv", list(rows(found)))
    if found.mutants is not None:
        _write_rows(folder / "mutations.csv", list(mutation_rows(found)))
    (folder / "laws.md").write_text(markdown(found), encoding="utf-8")


def _write_rows(file: Path, table: list[Row]) -> None:
    names = list(dict.fromkeys(name for row in table for name in row))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(table)
