"""Questions to the model: which passages are asked about, in which company, and what has been answered before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from winward.engine.reading.spans import sentence_spans
from winward.engine.redaction import KnownNames, Pseudonyms, Redacted, redact
from winward.text_models.language.prompt import Sent


@dataclass(frozen=True, slots=True)
class Question:
    """row: of the batch. original: what was said. redacted: what is sent of it, and the way back. key: its answer's."""

    row: int
    document: object
    original: str
    redacted: Redacted
    sent: Sent
    key: str


def questions(
    passages: pa.RecordBatch, known: KnownNames, pseudonyms: Pseudonyms, settings: Sequence[object]
) -> list[Question]:
    """One for each passage that says something. settings: what else the answer depends on."""
    texts = [text or "" for text in passages.column("text").to_pylist()]
    documents = _documents(passages)
    redacted = [redact(text, known, pseudonyms) for text in texts]
    sides = [side or "" for side in passages.column("side").to_pylist()]
    found = []
    for row in sorted({span.row for span in sentence_spans(texts)}):
        around = (_neighbour(redacted, documents, row, row - 1), _neighbour(redacted, documents, row, row + 1))
        sent = Sent(redacted[row].text, sides[row], *around)
        found.append(Question(row, documents[row], texts[row], redacted[row], sent, sent.key(*settings)))
    return found


def _documents(passages: pa.RecordBatch) -> list[object]:
    """Without a column `document` the whole batch is one."""
    if "document" not in passages.schema.names:
        return [None] * passages.num_rows
    return list(passages.column("document").to_pylist())


def _neighbour(redacted: Sequence[Redacted], documents: Sequence[object], row: int, other: int) -> str:
    inside = 0 <= other < len(redacted) and documents[other] == documents[row]
    return redacted[other].text if inside else ""


def requests(open_questions: Sequence[Question], most: int) -> Iterator[list[Question]]:
    """In order, `most` at once and of one document only: so what a document says can touch no other's answers."""
    request: list[Question] = []
    for question in open_questions:
        if request and (len(request) == most or request[-1].document != question.document):
            yield request
            request = []
        request.append(question)
    if request:
        yield request
