"""Parts of the pages in docs/ that are made of declarations: `make docs` renews them.

A part stands between ``<!-- made of declarations: grades -->`` and ``<!-- end -->``; all else on a page is written by
hand.
"""

import re
import sys
from collections.abc import Callable
from functools import partial

from sim.reporting import declared
from sim.settings.named import config_dir
from sim.settings.parameters import GROUPS

PART = re.compile(r"(<!-- made of declarations: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NAMED = ("policy", "scenario", "behaviour", "sector", "org", "prices", "study")
PARTS: dict[str, Callable[[], str]] = {
    **{f"measures of {topic}": partial(declared.measures, topic) for topic in declared.TOPICS},
    "grades": declared.grades,
    **{f"settings of {group}": partial(declared.settings, group) for group in GROUPS},
    **{f"named {group}": partial(declared.named, group) for group in NAMED},
}


def renewed(text: str) -> str:
    """A page with its parts made anew."""
    return PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", text)


def parts(text: str) -> list[str]:
    """The names of the parts on a page."""
    return [name for _, name, _ in PART.findall(text)]


def main() -> None:
    """Renew the pages of the clone in which this is run."""
    for page in sorted((config_dir().parent / "docs").glob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = renewed(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"renewed: {page.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
