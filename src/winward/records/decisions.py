"""What people decided, kept apart from what is computed, and who changed what."""

from django.db import models


class Correction(models.Model):
    """A person's word on a quote: its kind, its bounds, that it is right, or that it is no signal.

    It is known by its document and the words that the reader quoted (or that a person marked), not by the signal's
    row, which a rerun replaces. words: what should be quoted instead, empty where the quote is right. It outlives every
    rerun of the reader: where a later reader doesn't find the signal any more, it is put back. signal: the id that its
    row has, and has again after a newer export took the document's place, so that links and undoing hold.
    """

    document = models.ForeignKey("records.Document", on_delete=models.CASCADE, related_name="corrections")
    quote = models.TextField()
    words = models.TextField(default="")
    kind = models.TextField(default="")
    dismissed = models.BooleanField(default=False)
    signal = models.BigIntegerField(null=True, db_index=True)
    by = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "correction"
        constraints = [models.UniqueConstraint(fields=["document", "quote"], name="correction_once")]


class SpeakerSide(models.Model):
    """A person's word on whose side somebody in a document is on: "customer", "us", or "" where it was taken back."""

    document = models.ForeignKey("records.Document", on_delete=models.CASCADE, related_name="speaker_sides")
    speaker = models.TextField()
    side = models.TextField()
    by = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "speaker_side"
        constraints = [models.UniqueConstraint(fields=["document", "speaker"], name="one_side_a_speaker")]


class Audit(models.Model):
    """One change by a person. before and after hold the fields that changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    who = models.TextField()
    did = models.TextField()
    subject = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        db_table = "audit"
