"""Themes and their lineage."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from pgvector.django import HalfVectorField


class Theme(models.Model):
    """name is computed; given_name and owner are people's, and no recomputation touches them.

    floor: the least cosine to the centre at which a new signal joins. typical: the most central signals.
    """

    name = models.TextField()
    given_name = models.TextField(default="")
    owner = models.TextField(default="")
    terms = ArrayField(models.TextField(), default=list)
    area = models.IntegerField(default=0)
    centre = HalfVectorField(dimensions=384)
    floor = models.FloatField(default=0.0)
    typical = ArrayField(models.BigIntegerField(), default=list)
    retired = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "theme"

    @property
    def title(self) -> str:
        return self.given_name or self.name

    def __str__(self) -> str:
        return self.title


class Theming(models.Model):
    """The last rebuild of the themes, and how many signals it rested on. One row."""

    at = models.DateTimeField()
    signals = models.IntegerField()

    class Meta:
        db_table = "theming"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_theming")]


class Lineage(models.Model):
    """What became of a theme in a rebuild, with the share of its signals that says so."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="lineage")
    event = models.TextField()
    other = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="+")
    shared = models.IntegerField(default=0)
    share = models.FloatField(default=0.0)
    at = models.DateTimeField()

    class Meta:
        db_table = "lineage"
        indexes = [models.Index(fields=["-at", "-id"], name="lineage_by_day")]
