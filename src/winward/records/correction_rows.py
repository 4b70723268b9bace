"""The bulk ways of corrections: those of documents that are read anew, and what was learnt from them all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from winward.records.decisions import Correction
from winward.records.documents import Passage
from winward.records.signal_rows import Place
from winward.records.signals import Signal


@dataclass(frozen=True, slots=True)
class Text:
    """A passage's words, in which quotes are looked for."""

    passage: int
    document: int
    text: str
    side: str


def of_documents(documents: Sequence[int]) -> list[Correction]:
    return list(Correction.objects.filter(document_id__in=documents).order_by("id"))


def texts(documents: Collection[int]) -> dict[int, list[Text]]:
    """The passages of each document in their order, those that nobody spoke last."""
    found: dict[int, list[Text]] = defaultdict(list)
    passages = Passage.objects.filter(document_id__in=documents).order_by("document_id", "-spoken", "ordinal")
    for row in passages.values_list("pk", "document_id", "text", "side"):
        found[row[1]].append(Text(*row))
    return found


def standing(corrections: Sequence[Correction]) -> dict[int, Place]:
    """Where the corrected signals stand now, by their ids."""
    rows = Signal.objects.filter(pk__in=[one.signal for one in corrections if one.signal is not None])
    return {row[0]: row[1:] for row in rows.values_list("pk", "passage_id", "start", "end")}


def find_ids(documents: Sequence[int]) -> None:
    """Let each correction of these documents know the signal that it is of."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE correction c SET signal = s.id FROM signal s
               WHERE c.document_id = ANY(%s) AND s.document_id = c.document_id AND s.checked
                     AND s.quote = coalesce(nullif(c.words, ''), c.quote)
                     AND NOT EXISTS (SELECT FROM signal WHERE id = c.signal)""",
            [list(documents)],
        )
