"""Deals and how they moved."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from winward.records.accounts import Account, Owner, Product
from winward.records.imports import Source


class Deal(models.Model):
    """amount is as the CRM has it, in `currency`; value is the same in the company's currency, null where the amount or
    a rate is missing, which value_note says. recurring: the part of the amount that comes again every year, null where
    the CRM doesn't say."""

    class State(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    external_id = models.TextField(db_index=True)
    name = models.TextField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="deals")
    owner = models.ForeignKey(Owner, null=True, on_delete=models.SET_NULL)
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL)
    state = models.TextField(choices=State.choices)
    stage = models.TextField(default="")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    recurring = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="")
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_note = models.TextField(default="")
    created_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    segment = models.TextField(default="")
    region = models.TextField(default="")
    competitor = models.TextField(default="")
    stated_reason = models.TextField(default="")
    extra = models.JSONField(default=dict)

    class Meta:
        db_table = "deal"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="deal_once")]
        indexes = [
            # Newest first is how every list reads; open deals have no closing day and go by the day they began.
            models.Index(fields=["state", "-closed_on", "-id"], name="deal_by_state"),
            models.Index(fields=["-closed_on", "-id"], name="deal_by_day"),
            models.Index(fields=["segment", "-closed_on", "-id"], name="deal_by_segment"),
            GinIndex(SearchVector("name", config="simple"), name="deal_words"),
        ]

    def __str__(self) -> str:
        return self.name


class StageChange(models.Model):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="stages")
    stage = models.TextField()
    entered_on = models.DateField()

    class Meta:
        db_table = "stage_change"
        constraints = [
            models.UniqueConstraint(fields=["deal", "stage", "entered_on"], name="stage_once"),
            models.CheckConstraint(condition=~Q(stage=""), name="stage_named"),
        ]
