"""Mutual action plans: what both sides do, and by when, for the customer to have it on their day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from winward.records.deals import Deal
from winward.records.initiatives import Initiative
from winward.records.written import Written


class ActionPlan(Written):
    """customer_day: the customer's, from which all other days are counted back. outcome: what they have on it."""

    name = models.TextField()
    outcome = models.TextField(default="")
    customer_day = models.DateField()
    deal = models.ForeignKey(Deal, null=True, on_delete=models.CASCADE, related_name="action_plans")
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.CASCADE, related_name="action_plans")

    class Meta:
        db_table = "action_plan"

    def __str__(self) -> str:
        return self.name


class PlanStep(Written):
    """side: "us" or "customer". days: working days that it takes; 0 for a milestone. after: ids of the steps that come
    before it. expected_on: when its owner now expects it done, null where nothing else was said."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="steps")
    name = models.TextField()
    side = models.TextField()
    owner = models.TextField(default="")
    days = models.IntegerField(default=1)
    after = ArrayField(models.BigIntegerField(), default=list)
    expected_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    place = models.IntegerField(default=0)

    class Meta:
        db_table = "plan_step"


class PlanLink(Written):
    """A way to see one plan without signing in, until a day or until it is taken away."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="links")
    until = models.DateField()
    by = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "plan_link"
