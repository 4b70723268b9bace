"""What each theme is worth, from the last weighing. Sums are in the company's currency."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from winward.records.deals import Deal
from winward.records.themes import Theme


class Weighing(models.Model):
    """The last weighing: how many deals it rests on, and what stayed unexplained. One row."""

    at = models.DateTimeField()
    won = models.IntegerField()
    lost = models.IntegerField()
    open = models.IntegerField()
    lost_value = models.FloatField(default=0.0)
    unexplained = models.FloatField(default=0.0)
    unvalued_deals = models.IntegerField(default=0)
    note = models.TextField(default="")

    class Meta:
        db_table = "weighing"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_weighing")]


class Stake(models.Model):
    """difference, low, high, raw_difference: of the win rate, −1 to 1, with the 90% interval.

    by_quarter: how many deals' evidence mentioned it, oldest quarter first, ending with the newest that has evidence.
    """

    theme = models.OneToOneField(Theme, on_delete=models.CASCADE, related_name="stake")
    verdict = models.TextField()
    difference = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    raw_difference = models.FloatField(null=True)
    won_with = models.IntegerField()
    lost_with = models.IntegerField()
    won_without = models.IntegerField()
    lost_without = models.IntegerField()
    more_deals = models.IntegerField(null=True)
    lost_value = models.FloatField(default=0.0)
    lost_value_low = models.FloatField(default=0.0)
    lost_value_high = models.FloatField(default=0.0)
    won_value = models.FloatField(default=0.0)
    open_deals = models.IntegerField(default=0)
    open_value = models.FloatField(default=0.0)
    open_expected_loss = models.FloatField(default=0.0)
    signals = models.IntegerField(default=0)
    signals_after = models.IntegerField(default=0)
    accounts = models.IntegerField(default=0)
    deals = models.IntegerField(default=0)
    by_quarter = ArrayField(models.IntegerField(), default=list)
    quarters = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "stake"


class Attribution(models.Model):
    """The part of a lost deal's value that goes to a theme. Over a deal's themes it never exceeds the value."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="attributions")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="attributions")
    share = models.FloatField()
    value = models.FloatField(null=True)

    class Meta:
        db_table = "attribution"
        constraints = [models.UniqueConstraint(fields=["deal", "theme"], name="attribution_once")]
        indexes = [models.Index("theme", models.F("value").desc(nulls_last=True), name="attribution_by_value")]
