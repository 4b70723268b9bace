"""Precision and recall of redaction on the hand-made sentences: `python -m tests.engine.redaction.measured`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from winward.engine.redaction import KnownNames, Pseudonyms, known_names, redact

CASES = Path(__file__).parents[2] / "truth" / "redaction_cases.jsonl"
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


def cases() -> tuple[KnownNames, list[Case]]:
    first, *rest = (json.loads(line) for line in CASES.read_text().splitlines())
    return known_names(first["people"], first["companies"]), [_case(row["marked"]) for row in rest]


def _case(marked: str) -> Case:
    spans, shift = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        spans.append((start, start + len(match[2]), match[1]))
        shift += len(match.group()) - len(match[2])
    return Case(_MARK.sub(r"\2", marked), frozenset(spans))


def measured() -> dict[str, Counts]:
    """By kind. A stretch counts as found only with its exact bounds and kind."""
    known, sentences = cases()
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


def table() -> Iterator[str]:
    yield "| kind | marked | found | false | precision | recall |"
    yield "|---|---|---|---|---|---|"
    for kind, count in sorted(measured().items()):
        marked = count.found + count.missed
        yield f"| {kind} | {marked} | {count.found} | {count.false} | {count.precision:.2f} | {count.recall:.2f} |"


if __name__ == "__main__":
    print("\n".join(table()))
    for count in measured().values():
        print("\n".join(count.notes))
