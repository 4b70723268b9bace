"""What losses taught: a lesson from each, and the open deals that look like them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from winward.records.deals import Deal


class Lesson(models.Model):
    """What people took from one lost deal. condition: what would have had to be true for it to be won, in their words.

    text: what to do about it next time, with an owner and a state.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    deal = models.OneToOneField(Deal, on_delete=models.CASCADE, related_name="lesson")
    text = models.TextField(default="")
    condition = models.TextField(default="")
    owner = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    by = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "lesson"


class LossWarning(models.Model):
    """That an open deal showed what earlier losses had shown; whether it was right, the deal's outcome says.

    themes: those that it shares with the earlier deals, the costliest first. earlier: lost deals, the likest first.
    quotes: signals of this deal that show it. It is raised once a deal; what it rests on follows the evidence while
    the deal is open. lapsed_at: since when the evidence shows it no longer. answer: what a person did about it.
    """

    deal = models.OneToOneField(Deal, on_delete=models.CASCADE, related_name="loss_warning")
    raised_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)
    themes = ArrayField(models.BigIntegerField(), default=list)
    earlier = ArrayField(models.BigIntegerField(), default=list)
    quotes = ArrayField(models.BigIntegerField(), default=list)
    answer = models.TextField(default="")
    answered_by = models.TextField(default="")

    class Meta:
        db_table = "loss_warning"
