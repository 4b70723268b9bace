"""Initiatives, what may go wrong with them, and next steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from winward.records.deals import Deal
from winward.records.themes import Theme
from winward.records.written import Written


class Initiative(Written):
    """A change to the product (or to pricing, docs, process) that serves themes.

    themes: by id; one that was merged stands for the theme that it went into. need: the customers' need in a person's
    words, empty where the themes say it. needed_by: the day a person set, null where deals and renewals say it.
    effort: [{"skill": "backend", "low": 3, "high": 6}], person-weeks, nine times in ten between. may_refuse: of those
    who decide, so many may say no; who holds a veto must say yes in any case.
    """

    class State(models.TextChoices):
        IDEA = "idea"
        ALIGNING = "aligning"
        AGREED = "agreed"
        BUILDING = "building"
        SHIPPED = "shipped"
        STOPPED = "stopped"

    name = models.TextField()
    themes = ArrayField(models.BigIntegerField(), default=list)
    hypothesis = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.IDEA)
    owner = models.TextField(default="")
    goal = models.TextField(default="")
    metric = models.TextField(default="")
    need = models.TextField(default="")
    needed_by = models.DateField(null=True)
    effort = models.JSONField(default=list)
    may_refuse = models.IntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "initiative"

    def __str__(self) -> str:
        return self.name


class Risk(Written):
    """effect: what would happen. reduced: how it is made less likely or less bad. trigger: what shows that it has
    come; then it has fired, and a step is made."""

    class Level(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    class State(models.TextChoices):
        OPEN = "open"
        FIRED = "fired"
        CLOSED = "closed"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="risks")
    what = models.TextField()
    likelihood = models.TextField(choices=Level.choices, default=Level.MEDIUM)
    severity = models.TextField(choices=Level.choices, default=Level.MEDIUM)
    effect = models.TextField(default="")
    reduced = models.TextField(default="")
    owner = models.TextField(default="")
    trigger = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.OPEN)

    class Meta:
        db_table = "risk"


class Step(Written):
    """A next step: one verb, one owner, one due date, tied to at least one of what stands below it."""

    what = models.TextField()
    owner = models.TextField(default="")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.CASCADE, related_name="steps")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="steps")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.CASCADE, related_name="steps")
    stakeholder = models.ForeignKey("records.Stakeholder", null=True, on_delete=models.CASCADE, related_name="steps")
    risk = models.ForeignKey(Risk, null=True, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        db_table = "step"
        indexes = [models.Index(fields=["due_on"], condition=models.Q(done_on=None, removed=False), name="step_open")]
