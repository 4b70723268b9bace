"""What people decided, kept apart from what is computed, and who changed what."""

from django.db import models


class Correction(models.Model):
    """A person's word on a signal: its kind, or that it is none. It outlives every rerun of the reader.

    The signal is known by its passage and span, not by its row, which a rerun replaces.
    """

    passage = models.ForeignKey("records.Passage", on_delete=models.CASCADE, related_name="corrections")
    start = models.IntegerField()
    end = models.IntegerField()
    kind = models.TextField(default="")
    dismissed = models.BooleanField(default=False)
    by = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "correction"
        constraints = [models.UniqueConstraint(fields=["passage", "start", "end"], name="correction_once")]


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
