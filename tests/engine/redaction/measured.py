"""Precision and recall of redaction on the hand-made sentences: `python -m tests.engine.redaction.measured`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from winward.engine.redaction import KnownNames, Pseudonyms, known_names, redact

TRUTH = Path(__file__).parents[2] / "truth"
CASES = TRUTH / "redaction_cases.jsonl"
# Written when the patterns stood, and not used to better them.
HELD_OUT = TRUTH / "redaction_held_out.jsonl"
PSEUDONYMS = Pseudonyms(b"a secret for the tests")
_MARK = re.compile(r"⟦([\w-]+):([^⟧]*)⟧")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Case:
    """text: without its marks. marked: what must go, as (start, end, kind)."""

    text: str
    marked: frozenset[Span]


@dataclass(slots=True)
class Counts:
    found: int = 0
    false: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)


def cases(file: Path = CASES) -> tuple[KnownNames, list[Case]]:
    first, *rest = (json.loads(line) for line in file.read_text().splitlines())
    return known_names(first["people"], first["companies"]), [_case(row["marked"]) for row in rest]


def _case(marked: str) -> Case:
    spans, shift = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        spans.append((start, start + len(match[2]), match[1]))
        shift += len(match.group()) - len(match[2])
    return Case(_MARK.sub(r"\2", marked), frozenset(spans))


def measured(file: Path = CASES) -> dict[str, Counts]:
    """By kind. A stretch counts as found only with its exact bounds and kind."""
    known, sentences = cases(file)
    counts: dict[str, Counts] = {}
    for case in sentences:
        given = frozenset((one.start, one.end, one.kind) for one in redact(case.text, known, PSEUDONYMS).replaced)
        for name, spans in (
            ("found", given & case.marked),
            ("false", given - case.marked),
            ("missed", case.marked - given),
        ):
            for start, end, kind in spans:
                count = counts.setdefault(kind, Counts())
                setattr(count, name, getattr(count, name) + 1)
                if name != "found":
                    count.notes.append(f"{name}: {case.text[start:end]!r} in {case.text!r}")
    return counts


def table(measured: dict[str, Counts]) -> Iterator[str]:
    yield "| kind | marked | found | false | precision | recall |"
    yield "|---|---|---|---|---|---|"
    for kind, count in sorted(measured.items()):
        marked = count.found + count.missed
        yield f"| {kind} | {marked} | {count.found} | {count.false} | {count.precision:.2f} | {count.recall:.2f} |"


if __name__ == "__main__":
    for file in (CASES, HELD_OUT):
        counts = measured(file)
        print(file.name, *table(counts), *(note for count in counts.values() for note in count.notes), sep="\n")
