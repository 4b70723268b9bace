"""On whose side a document's speakers are, where a person said so."""

from django.db import connection

from winward.records.decisions import SpeakerSide
from winward.records.documents import Document, Passage
from winward.records.signals import Signal


def of_speaker(row: SpeakerSide) -> str:
    """The side that this speaker's words have now."""
    said = Passage.objects.filter(document=row.document_id, speaker=row.speaker, spoken=True)
    return said.order_by("ordinal").values_list("side", flat=True).first() or ""


def put(document: int, speaker: str, side: str) -> None:
    """Write the side to all that they said, and let the document be read again: of our side fewer kinds count."""
    said = Passage.objects.filter(document=document, speaker=speaker)
    Signal.objects.filter(passage__in=said).update(side=side)
    said.update(side=side)
    Document.objects.filter(pk=document).update(read_by="")
    count_customer_words(document)


def keep(document: int) -> None:
    """People's word on the sides of this document's speakers, laid over what its newest export says."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE passage p SET side = s.side FROM speaker_side s
               WHERE s.document_id = %s AND p.document_id = s.document_id AND p.speaker = s.speaker AND s.side <> ''""",
            [document],
        )
        told = cursor.rowcount
    if told:
        count_customer_words(document)


def count_customer_words(document: int) -> None:
    """What was not said by our own side."""
    spoken = Passage.objects.filter(document=document, spoken=True).exclude(side="us").values_list("text", flat=True)
    Document.objects.filter(pk=document).update(customer_words=sum(len(text.split()) for text in spoken))
