"""Rivals: those that people named, and those that were found in what customers say and wait for a person's word."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Competitor(models.Model):
    """key: the name without case, spaces and marks. aliases: other spellings.

    A suggested one is shown for a decision and changes nothing else; a named one is known to the reader; a dismissed
    one is not suggested again. quotes and accounts: how often, and by how many accounts, it was heard of.
    """

    class State(models.TextChoices):
        NAMED = "named"
        SUGGESTED = "suggested"
        DISMISSED = "dismissed"

    name = models.TextField()
    key = models.TextField(unique=True)
    aliases = ArrayField(models.TextField(), default=list)
    state = models.TextField(choices=State.choices, db_index=True)
    quotes = models.IntegerField(default=0)
    accounts = models.IntegerField(default=0)
    by = models.TextField(default="")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "competitor"

    def __str__(self) -> str:
        return self.name
