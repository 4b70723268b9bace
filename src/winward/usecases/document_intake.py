"""Landing documents: told apart from those that are there, linked, and written with their passages."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from winward.engine.languages import language_of
from winward.records import document_rows
from winward.records.bulk import Landed, Row
from winward.sources.evidence import Document, Turn
from winward.sources.linking import Directory, Link, link, side_of
from winward.sources.people import completed
from winward.usecases.redacting import Redact

Known = Callable[[], Directory]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A document with what storing it needs. sides: of each turn."""

    document: Document
    link: Link
    content_hash: str
    sides: tuple[str, ...]


class DocumentIntake:
    """Lands documents of one source, a batch at a time, each batch in the caller's transaction."""

    def __init__(self, source_id: int, known: Known, redact: Redact) -> None:
        self._source_id = source_id
        self._known = known
        self._redact = redact

    def land(self, documents: Sequence[Document]) -> Landed:
        """New documents are added, changed ones replace what was there, known ones are left alone.

        A whole file whose words are there already under another name is the same document, and stays out.
        """
        if not documents:
            return Landed()
        arrivals = {document.external_id: _arrival(document, self._known()) for document in documents}
        standing = document_rows.standing(self._source_id, list(arrivals))
        fresh = self._not_there(arrivals[key] for key in arrivals if key not in standing)
        changed = {
            standing[key].id: arrival
            for key, arrival in arrivals.items()
            if key in standing and standing[key].content_hash != arrival.content_hash
        }
        fresh = [self._without_names(arrival) for arrival in fresh]
        document_rows.add([self._row(arrival) for arrival in fresh], [_passages(arrival) for arrival in fresh])
        for place, arrival in changed.items():
            kept = self._without_names(arrival)
            document_rows.replace(place, self._row(kept), _passages(kept))
        return Landed(len(fresh), len(changed))

    def _without_names(self, arrival: _Arrival) -> _Arrival:
        """As it is stored. Its link, its sides and whether it is new were told from the original."""
        return replace(arrival, document=self._redact(arrival.document))

    def _not_there(self, arrivals: Iterable[_Arrival]) -> list[_Arrival]:
        """Those whose words aren't there; rows of a table may well say the same and stay apart."""
        candidates = list(arrivals)
        hashes = [arrival.content_hash for arrival in candidates if arrival.document.row == 0]
        taken = document_rows.known_hashes(self._source_id, hashes)
        fresh: list[_Arrival] = []
        for arrival in candidates:
            if arrival.document.row or arrival.content_hash not in taken:
                fresh.append(arrival)
                taken.add(arrival.content_hash)
        return fresh

    def _row(self, arrival: _Arrival) -> Row:
        document, linked = arrival.document, arrival.link
        return (
            self._source_id, document.external_id, arrival.content_hash, document.kind, document.title,
            document.happened_at, linked.account, linked.deal, state_of(linked), linked.why, linked.confidence,
            document.account, document.deal, "", json.dumps([asdict(person) for person in document.participants]),
            _customer_words(arrival), document.file, "", json.dumps(document.extra),
        )  # fmt: skip


def _arrival(document: Document, directory: Directory) -> _Arrival:
    linked = link(document, directory)
    speakers = (turn.speaker for turn in document.turns)
    known = completed(document.participants, speakers, linked.account, directory.known)
    met = replace(document, participants=known)
    sides = tuple(side_of(turn, met, directory) for turn in met.turns)
    return _Arrival(met, linked, _content_hash(document), sides)


def state_of(linked: Link) -> str:
    if linked.account is None and linked.deal is None:
        return "none"
    return "sure" if linked.sure else "unsure"


def _passages(arrival: _Arrival) -> Iterator[Row]:
    """(ordinal, start, text, speaker, side, start_ms, end_ms, spoken, language): the document is its passages, a line
    each. All are in the language that most of it is in."""
    start, language = 0, language_of(turn.text for turn in arrival.document.turns)
    for ordinal, (turn, side) in enumerate(zip(arrival.document.turns, arrival.sides, strict=True)):
        yield (ordinal, start, turn.text, turn.speaker, side, turn.start_ms, turn.end_ms, turn.spoken, language)
        start += len(turn.text) + 1


def _customer_words(arrival: _Arrival) -> int:
    said = zip(arrival.document.turns, arrival.sides, strict=True)
    return sum(len(turn.text.split()) for turn, side in said if turn.spoken and side != "us")


def _content_hash(document: Document) -> str:
    """Over everything that would be stored as evidence or would move it; what linking finds is not part of it."""
    parts = [document.kind, document.title if document.row else "", str(document.happened_at), document.account]
    parts += [document.deal, *(_fingerprint(turn) for turn in document.turns)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _fingerprint(turn: Turn) -> str:
    return f"{turn.speaker}\x1e{turn.text}\x1e{turn.start_ms}\x1e{turn.spoken}"
