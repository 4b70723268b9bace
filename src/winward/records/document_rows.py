"""The bulk ways of documents and their passages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from winward.engine.reading.side import TWO_SIDED
from winward.records import bulk, side_rows
from winward.records.documents import Document, Passage

COLUMNS = (
    "source_id", "external_id", "content_hash", "kind", "title", "happened_at", "account_id", "deal_id", "link",
    "link_why", "link_confidence", "named_account", "named_deal", "linked_by", "participants", "customer_words",
    "file", "read_by", "extra",
)  # fmt: skip
PASSAGE_COLUMNS = (
    "document_id", "ordinal", "start", "text", "speaker", "side", "start_ms", "end_ms", "spoken", "language",
)  # fmt: skip
LINKS_A_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    id: int
    content_hash: str


def standing(source_id: int, external_ids: Sequence[str]) -> dict[str, Standing]:
    """The documents of this source that are there already, by external id."""
    rows = Document.objects.filter(source_id=source_id, external_id__in=external_ids)
    return {row[0]: Standing(row[1], row[2]) for row in rows.values_list("external_id", "id", "content_hash")}


def known_hashes(source_id: int, hashes: Sequence[str]) -> set[str]:
    found = Document.objects.filter(source_id=source_id, content_hash__in=hashes)
    return set(found.values_list("content_hash", flat=True))


def add(documents: Sequence[bulk.Row], passages: Sequence[Iterable[bulk.Row]]) -> None:
    """Copy documents in, each with its passages. passages: parallel to documents."""
    ids = bulk.reserve_ids("document", len(documents))
    numbered = zip(ids, documents, strict=True)
    bulk.copy_in("document", ("id", *COLUMNS), ((place, *document) for place, document in numbered))
    owned = zip(ids, passages, strict=True)
    bulk.copy_in("passage", PASSAGE_COLUMNS, ((place, *row) for place, rows in owned for row in rows))


def replace(place: int, document: bulk.Row, passages: Iterable[bulk.Row]) -> None:
    """Put a newer export in the place of a document. What was derived from the old words goes; a person's link,
    corrections and word on the speakers' sides stay."""
    fields = dict(zip(COLUMNS, document, strict=True))
    del fields["linked_by"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signal WHERE document_id = %s", [place])
        cursor.execute("DELETE FROM passage WHERE document_id = %s", [place])
        _update(cursor, place, fields)
    bulk.copy_in("passage", PASSAGE_COLUMNS, ((place, *row) for row in passages))
    side_rows.keep(place)


LINK_FIELDS = frozenset({"account_id", "deal_id", "link", "link_why", "link_confidence"})


def _update(cursor: Any, place: int, fields: dict[str, Any]) -> None:
    assigned = [
        f"{name} = CASE WHEN linked_by = '' THEN %s ELSE {name} END" if name in LINK_FIELDS else f"{name} = %s"
        for name in fields
    ]
    cursor.execute(f"UPDATE document SET {', '.join(assigned)} WHERE id = %s", [*fields.values(), place])


def to_link(after: int) -> list[Document]:
    """The next documents, past id `after`, whose link is not sure and was not said by a person."""
    waiting = Document.objects.filter(id__gt=after, linked_by="").exclude(link=Document.Link.SURE).order_by("id")
    return list(waiting.defer("content_hash", "extra")[:LINKS_A_BATCH])


def with_unknown_sides(after: int) -> list[tuple[Document, str]]:
    """(document, speaker) for the next unread documents, past id `after`, in which a speaker's side isn't known.

    A document's speakers all come in one batch.
    """
    unknown = Passage.objects.filter(document_id=OuterRef("pk"), side="", spoken=True).exclude(speaker="")
    waiting = Document.objects.filter(Exists(unknown), id__gt=after, read_by="").order_by("id")
    documents = {document.pk: document for document in waiting.defer("content_hash", "extra")[:LINKS_A_BATCH]}
    speakers = Passage.objects.filter(document_id__in=documents, side="", spoken=True).exclude(speaker="")
    pairs = speakers.order_by("document_id", "speaker").distinct().values_list("document_id", "speaker")
    return [(documents[place], speaker) for place, speaker in pairs]


def talk(documents: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """What each speaker said, by document, of those documents in which two sides talk."""
    spoken = Passage.objects.filter(document_id__in=documents, spoken=True, document__kind__in=TWO_SIDED)
    found: dict[int, dict[str, list[str]]] = {}
    for document, speaker, text in spoken.order_by("pk").values_list("document_id", "speaker", "text"):
        found.setdefault(document, {}).setdefault(speaker, []).append(text)
    return found


@transaction.atomic
def write_sides(rows: Sequence[tuple[int, str, str]]) -> None:
    """rows: (document, speaker, side). What the customer said of each document is counted anew."""
    with connection.cursor() as cursor:
        for place, speaker, side in rows:
            cursor.execute(
                "UPDATE passage SET side = %s WHERE document_id = %s AND speaker = %s AND side = ''",
                [side, place, speaker],
            )
    for place in {row[0] for row in rows}:
        side_rows.count_customer_words(place)


def write_links(rows: Sequence[tuple[int, int | None, int | None, str, str, float]]) -> int:
    """rows: (document, account, deal, link, why, confidence). Returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE document d SET account_id = n.account, deal_id = n.deal, link = n.link, link_why = n.why,
                      link_confidence = n.confidence
               FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::float8[])
                    AS n(id, account, deal, link, why, confidence)
               WHERE n.id = d.id AND (d.account_id, d.deal_id, d.link, d.link_why, d.link_confidence)
                     IS DISTINCT FROM (n.account, n.deal, n.link, n.why, n.confidence)""",
            [list(column) for column in zip(*rows, strict=True)],
        )
        return int(cursor.rowcount)
