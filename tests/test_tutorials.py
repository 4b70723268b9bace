"""What the tutorials show is what happens: each command is run, and each line that is shown must be in its output."""

import re
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pdfminer.pdfpage import PDFPage

from tests.command_line import CommandLine, command_line

DOCS = Path(__file__).parents[1] / "docs"
TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LEFT_OUT = "…"
LOADING = "winward demo demo --no-serve"


@pytest.fixture
def typing(tmp_path: Path) -> Iterator[CommandLine]:
    """A folder with the examples, one of them with the mistake that a tutorial speaks of."""
    for example in (DOCS / "examples").iterdir():
        (tmp_path / example.name).write_bytes(example.read_bytes())
    right = (DOCS / "examples" / "five-fewer-clicks.yaml").read_text("utf-8")
    (tmp_path / "mistaken.yaml").write_text(
        right.replace("unit: EUR/year\n    formula: renewing", "unit: EUR\n    formula: renewing"), "utf-8"
    )
    with command_line(tmp_path) as typing:
        yield typing


def steps(tutorial: Path) -> list[tuple[str, list[str]]]:
    """Each command with the lines that are shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(tutorial.read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip() and line.strip() != LEFT_OUT:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.stem)
def test_a_tutorial_does_what_it_says(tutorial: Path, typing: CommandLine, sample_workspace: Path) -> None:
    taken = steps(tutorial)
    assert taken
    at = next((place for place, (command, _) in enumerate(taken) if command == LOADING), len(taken))
    run(taken[:at], typing, [])
    # The workspace is loaded once for all tests that need it; and a process that began without one stays without.
    with command_line(typing.folder) as again:
        run(taken[at + 1 :], again, ["--workspace", str(sample_workspace)])
    for brief in ("brief.pdf", "linked.pdf"):
        assert sum(1 for _ in PDFPage.get_pages(BytesIO((typing.folder / brief).read_bytes()))) == 1


def run(taken: list[tuple[str, list[str]]], typing: CommandLine, workspace: list[str]) -> None:
    for command, lines in taken:
        program, *arguments = shlex.split(command)
        assert program == "winward"
        done = typing.type(*workspace, *arguments)
        said = " ".join((done.stdout + done.stderr).split())
        assert done.returncode == (1 if lines[0].startswith("✗") else 0), said
        for line in lines:
            assert " ".join(line.split()) in said, f"{command}\n{said}"
