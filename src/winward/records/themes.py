"""Themes and their lineage."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from pgvector.django import HalfVectorField


class Theme(models.Model):
    """name is computed; given_name, owner, pinned, hidden and merged_into are people's, and no recomputation touches
    them.

    merged_into: where a person put all of its signals; it is retired, and links to it lead there. pinned: no rebuild
    retires it. hidden: it is out of lists, its signals stay sorted.
    floor: the least cosine to the centre at which a new signal joins. typical: the most central signals. proposed_name:
    what a language model would call it, relying on the signals proposed_from. trend: "growing", "quiet", or "" where
    neither is beyond chance; growth: the rate at which it came up lately as a multiple of its own history, with its
    interval.
    """

    class Trend(models.TextChoices):
        GROWING = "growing"
        QUIET = "quiet"
        NONE = ""

    name = models.TextField()
    given_name = models.TextField(default="")
    owner = models.TextField(default="")
    terms = ArrayField(models.TextField(), default=list)
    area = models.IntegerField(default=0)
    centre = HalfVectorField(dimensions=384)
    floor = models.FloatField(default=0.0)
    typical = ArrayField(models.BigIntegerField(), default=list)
    retired = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    proposed_name = models.TextField(default="")
    proposed_from = ArrayField(models.BigIntegerField(), default=list)
    trend = models.TextField(choices=Trend.choices, default=Trend.NONE, blank=True)
    growth = models.FloatField(null=True)
    growth_low = models.FloatField(null=True)
    growth_high = models.FloatField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "theme"

    @property
    def title(self) -> str:
        return self.given_name or self.name

    def __str__(self) -> str:
        return self.title


class Area(models.Model):
    """A group of neighbouring themes, by the number that its themes carry; named anew in each rebuild."""

    number = models.IntegerField(primary_key=True)
    name = models.TextField()

    class Meta:
        db_table = "area"

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A person's word that a signal belongs to a theme, or to none; the latest that was not undone holds.

    The signal is known by its document and quote, as in Correction, for a rerun of the reader replaces its row; signal
    is the row's id, which it has again after a rereading. decision: the audit row that undoes it. A merge, a split, a
    move and setting aside are all made of these.
    """

    document = models.ForeignKey("records.Document", on_delete=models.CASCADE, related_name="placements")
    quote = models.TextField()
    signal = models.BigIntegerField(null=True, db_index=True)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="placements")
    decision = models.ForeignKey("records.Audit", on_delete=models.CASCADE, related_name="placements")

    class Meta:
        db_table = "placement"
        indexes = [models.Index(fields=["document", "-id"], name="placement_by_document")]


class Theming(models.Model):
    """The last rebuild of the themes, how many signals it rested on, and how finely it cut. One row."""

    at = models.DateTimeField()
    signals = models.IntegerField()
    resolution = models.FloatField(default=0.0)

    class Meta:
        db_table = "theming"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_theming")]


class Lineage(models.Model):
    """What became of a theme in a rebuild or by a person's decision, with the share of its signals that says so.

    quotes: a few signals in common. by: the person, empty for a rebuild.
    """

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="lineage")
    event = models.TextField()
    other = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="+")
    shared = models.IntegerField(default=0)
    share = models.FloatField(default=0.0)
    quotes = ArrayField(models.BigIntegerField(), default=list)
    by = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "lineage"
        indexes = [models.Index(fields=["-at", "-id"], name="lineage_by_day")]
