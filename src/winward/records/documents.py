"""Documents and their passages: the verbatim evidence. It is never edited, only replaced by a newer export."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Q, When

from winward.engine.languages import DEFAULT, STEMMED
from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.records.imports import Source


class Document(models.Model):
    """read_by: the version of the reader that has read it, empty until then.

    named_account and named_deal: what the document itself names, so that it can be linked anew when deals arrive.
    account and deal are what linking found, or what a person said (linked_by is then their name, and no later import
    or link changes it).
    """

    class Link(models.TextChoices):
        SURE = "sure"
        UNSURE = "unsure"
        NONE = "none"

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    external_id = models.TextField()
    content_hash = models.CharField(max_length=64, db_index=True)
    kind = models.TextField()
    title = models.TextField()
    happened_at = models.DateTimeField(null=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL)
    deal = models.ForeignKey(Deal, null=True, on_delete=models.SET_NULL, related_name="documents", db_index=False)
    link = models.TextField(choices=Link.choices, default=Link.NONE)
    link_why = models.TextField(default="")
    link_confidence = models.FloatField(default=0.0)
    named_account = models.TextField(default="")
    named_deal = models.TextField(default="")
    linked_by = models.TextField(default="")
    participants = models.JSONField(default=list)
    customer_words = models.IntegerField(default=0)
    file = models.TextField(default="")
    read_by = models.TextField(default="")
    extra = models.JSONField(default=dict)

    class Meta:
        db_table = "document"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="document_once")]
        indexes = [
            models.Index(fields=["read_by", "id"], name="document_by_reader"),
            models.Index(fields=["id"], condition=Q(link="unsure"), name="document_unsure"),
            models.Index(fields=["id"], condition=~Q(link="sure"), name="document_to_link"),
            models.Index(fields=["happened_at"], name="document_by_day"),
            # With what filters look at, so that the documents of thousands of deals are found in it alone.
            models.Index(fields=["deal"], include=["id", "account", "happened_at"], name="document_by_deal"),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """start: the character at which it begins in the document, whose text is its passages joined by newlines.

    Passages that are not spoken (quoted history, a signature) are kept and shown, but not read. language: in which
    PostgreSQL's text search reads it, a name of engine.languages.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    ordinal = models.IntegerField()
    start = models.IntegerField()
    text = models.TextField()
    speaker = models.TextField(default="")
    side = models.TextField(default="")
    start_ms = models.IntegerField(null=True)
    end_ms = models.IntegerField(null=True)
    spoken = models.BooleanField(default=True)
    language = models.TextField(db_default=DEFAULT)
    # Constants, for a configuration named by a column must be of a type that hinders PostgreSQL's own upgrades.
    search = models.GeneratedField(
        expression=Case(
            *(When(language=name, then=SearchVector("text", config=name)) for name in STEMMED),
            default=SearchVector("text", config="simple"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "passage"
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="passage_once")]
        indexes = [
            GinIndex(fields=["search"], name="passage_words"),
            # From one language to the next in a few steps, however many passages there are.
            models.Index(fields=["language"], condition=~Q(language=DEFAULT), name="passage_foreign"),
        ]
