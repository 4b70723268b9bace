"""What people decided, kept apart from what is computed, and who changed what."""

from django.db import models


class Correction(models.Model):
    """A person's word on a quote: its kind, or that it is no signal. It outlives every rerun of the reader.

    It is known by its document and its words, not by the signal's row, which a rerun replaces.
    """

    document = models.ForeignKey("records.Document", on_delete=models.CASCADE, related_name="corrections")
    quote = models.TextField()
    kind = models.TextField(default="")
    dismissed = models.BooleanField(default=False)
    by = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "correction"
        constraints = [models.UniqueConstraint(fields=["document", "quote"], name="correction_once")]


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
