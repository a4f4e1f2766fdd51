"""Pages as tests see them: README.md and docs/*.md, their blocks and command lines, and what running them gives."""

import contextlib
import io
import re
import shlex
import shutil
import textwrap
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from conftest import ROOT
from test_command import elbowroom, write_people

FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
FILE = re.compile(r"# ([\w/]+\.\w+)\n")  # a block that begins so is the file of that name
STUDY = re.compile(r"results/[\w-]+-[0-9a-f]{8}")  # a study that a page speaks of as of one's own


class Block(NamedTuple):
    """What stands between fences, and after which line of the page."""

    language: str
    code: str
    line: int


class Page:
    """A page, read once."""

    def __init__(self, path: Path):
        self.path, self.name = path, path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")

    @cached_property
    def blocks(self) -> list[Block]:
        return [Block(found[2].strip(), textwrap.dedent(found[3]), self.text.count("\n", 0, found.start(3)))
                for found in FENCE.finditer(self.text)]  # fmt: skip

    @cached_property
    def printed(self) -> dict[int, str]:
        """What stands as printed right after a block of Python, by the number of that block."""
        shown, ends, number = {}, -1, -1
        for found in FENCE.finditer(self.text):
            if found[2] == "text" and not self.text[ends : found.start()].strip() and ends > 0:
                shown[number] = textwrap.dedent(found[3])
            is_run = found[2] == "python" and not FILE.match(textwrap.dedent(found[3]))
            number, ends = (number + 1, found.end()) if is_run else (number, -1)
        return shown

    @cached_property
    def prose(self) -> str:
        """What stands outside of fences, line by line where it stood."""
        return FENCE.sub(lambda found: "\n" * found[0].count("\n"), self.text)

    @cached_property
    def spans(self) -> list[str]:
        """Code inside the prose."""
        return [" ".join(span.split()) for span in SPAN.findall(self.prose)]

    @cached_property
    def lines(self) -> list[str]:
        """Command lines: those of blocks, and those in the prose that say more than a command's name."""
        shown = [line for block in self.blocks if block.language == "bash" for line in lines_of(block)]
        return [*shown, *(span for span in self.spans if re.match(r"(elbowroom \w+|make run|python|pip) \S", span))]


def lines_of(block: Block) -> list[str]:
    """The lines of a block, continued ones joined, without what is said about them."""
    told = (re.sub(r"(^|\s)#.*", "", line) for line in block.code.replace("\\\n", " ").splitlines())
    return [" ".join(line.split()) for line in told if line.strip()]


PAGES = {page.name: page for page in map(Page, (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))}


def words_of(line: str) -> list[str] | None:
    """The words of an elbowroom command, or none if the line is another one."""
    match shlex.split(line):
        case ["elbowroom" | ".venv/bin/elbowroom", *words]:
            return words
        case ["python" | ".venv/bin/python", "-m", module, *words] if module.startswith("experiments."):
            return [module.removeprefix("experiments."), *words]
        case ["make", "run", *words]:
            return ["cap", *words]
    return None


class Ran(NamedTuple):
    """A page whose Python has been run: names that it left, what each block printed, and where."""

    names: dict[str, Any]
    printed: list[str]
    folder: Path


def run(page: Page, folder: Path) -> Ran:
    """Run the Python of a page, top to bottom in one namespace, in a folder that has what readers would have."""
    names: dict[str, Any] = {"__name__": "page"}
    printed = []
    write_people(folder / "people.csv")
    with contextlib.chdir(folder):
        for block in page.blocks:
            if (file := FILE.match(block.code)) and block.language in ("python", "yaml", "csv"):
                Path(file[1]).parent.mkdir(parents=True, exist_ok=True)
                Path(file[1]).write_text(block.code, encoding="utf-8")
            elif block.language == "python":
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(compile("\n" * block.line + block.code, page.name, "exec"), names)
                printed.append(out.getvalue())
            elif block.language == "bash":  # what later blocks may read
                for line in lines_of(block):
                    if (words := words_of(line)) and any(word.startswith("study.folder=") for word in words):
                        done = elbowroom(*small(words))
                        assert done.status == 0, f"{page.name}: {line}\n{done.err}"
    return Ran(names, printed, folder)


# ----------------------------------------------------------------------------------------------------------- small runs

RUN = {"org.size": "60", "org.burn_in": "6", "study.replicates": "2", "study.months": "14"}  # shocks begin in month 12
SMALL = {  # what is put in the place of sizes on a page, so that a line runs in seconds
    "run": RUN,
    "compare": {**RUN, "max_replicates": "16"},
    "sweep": RUN,
    "cap": {**RUN, "study.caps": "[0.0,0.2]", "study.permissions": "[tickbox,form]", "study.behaviours": "[lively]"},
    "laws": {"org.size": "60", "org.burn_in": "6", "laws.organizations": "2", "laws.draws": "0"},
    "extend": {"replicates": "3"},
}


def small(words: list[str]) -> list[str]:
    """The words of a command with small sizes."""
    sizes = SMALL.get(words[0], {})
    return [word for word in words if word.partition("=")[0] not in sizes] + [f"{n}={v}" for n, v in sizes.items()]


def furnished(words: list[str], study: Path) -> None:
    """Put a small study where a command looks for one of the reader's own."""
    for name in {found for word in words for found in STUDY.findall(word)}:
        if not Path(name).exists():
            shutil.copytree(study, name)
