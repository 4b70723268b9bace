"""Signals: the atomic things that were said, each an exact span of its passage (a trigger holds that)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from pgvector.django import BitField, HalfVectorField

from winward.records.documents import Document, Passage
from winward.records.themes import Theme

VECTOR_SIZE = 384


class Signal(models.Model):
    """quote is the passage's text[start:end]. kinds: probabilities in the order of engine.reading.KINDS.
    polarity: -1 (wholly against) to 1 (wholly in favour). checked: a person has said whether it is right.

    theme is null while unsorted, and unsorted_why then says why; fit is the cosine to the theme's centre.
    after_outcome: said when the deal was already decided; it explains, but it predicts nothing. words: the quote's, in
    its passage's language (a trigger writes them). signs: which parts of its vector are above 0; many signals are
    compared by them, for to read their vectors takes longer.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="signals")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="signals", db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    kind = models.TextField()
    kinds = ArrayField(models.FloatField())
    strength = models.FloatField()
    polarity = models.FloatField(db_default=0.0)
    about = models.TextField(default="")
    side = models.TextField(default="")
    dismissed = models.BooleanField(default=False)
    checked = models.BooleanField(db_default=False)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="signals", db_index=False)
    fit = models.FloatField(default=0.0)
    unsorted_why = models.TextField(default="")
    signs = BitField(length=VECTOR_SIZE)
    words = SearchVectorField(null=True, editable=False)

    class Meta:
        db_table = "signal"
        constraints = [models.UniqueConstraint(fields=["passage", "start", "end"], name="signal_once")]
        indexes = [
            # These two with what filters and comparing look at, so that the signals of a theme or of many documents are
            # compared from them alone.
            models.Index(
                fields=["theme", "-fit", "id"],
                include=["document", "kind", "side", "signs", "dismissed"],
                name="signal_by_theme",
            ),
            models.Index(
                fields=["document", "kind"],
                include=["id", "signs", "side", "theme", "dismissed"],
                name="signal_by_document",
            ),
            models.Index(fields=["kind", "-id"], name="signal_by_kind"),
            # The rare ones of a long list: without these a page of them reads the whole list.
            models.Index(fields=["-id"], condition=Q(theme=None), name="signal_unsorted"),
            models.Index(fields=["-id"], condition=Q(dismissed=True), name="signal_dismissed"),
            # Else who has checked the newest hundred thousand walks past all of them.
            models.Index(fields=["-id"], condition=Q(checked=False, dismissed=False), name="signal_unchecked"),
            GinIndex(fields=["words"], name="signal_words"),
        ]


class SignalVector(models.Model):
    """What a signal means, as its sentence's vector. Apart from the signal, so that one which changes its theme isn't
    entered into the index of vectors anew. The database removes it with its signal."""

    signal = models.OneToOneField(
        Signal, primary_key=True, on_delete=models.DO_NOTHING, related_name="meaning", db_constraint=False
    )
    vector = HalfVectorField(dimensions=VECTOR_SIZE)

    class Meta:
        db_table = "signal_vector"
