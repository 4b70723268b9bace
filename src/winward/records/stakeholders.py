"""Whose yes is needed: people and teams, where they stand and why, and what is to be asked of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from winward.records.accounts import Contact
from winward.records.deals import Deal
from winward.records.initiatives import Initiative
from winward.records.written import Grounded, Written


class Stakeholder(Written):
    """A person, or a team where `team`. metric: what they want to move. projects: initiatives of their own.

    contact: who they are on a customer's side, null for our own people.
    """

    class Kind(models.TextChoices):
        EXECUTIVE = "product executive"
        TECH_LEAD = "tech lead"
        DESIGNER = "designer"
        PARTNER_TEAM = "partner team"
        SALES = "sales"
        VENDOR = "vendor"
        LEGAL = "legal"
        SECURITY = "security"
        CUSTOMER = "customer"

    name = models.TextField()
    team = models.BooleanField(default=False)
    kind = models.TextField(choices=Kind.choices)
    role = models.TextField(default="")
    metric = models.TextField(default="")
    projects = models.TextField(default="")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="stakeholders")

    class Meta:
        db_table = "stakeholder"

    def __str__(self) -> str:
        return self.name


class Ground(Grounded):
    """Why we hold that something moves a stakeholder: words of theirs, a document, or only a note."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="grounds")
    moves = models.TextField()

    class Meta:
        db_table = "ground"


class Seat(Written):
    """A stakeholder's part in an initiative or, on a customer's side, in a deal.

    influence: 1 (little) to 5. veto: nothing passes without their yes. otherwise: what they would do without an
    agreement. ranks: {"terms": [[5], [3, 4]], "options": {"5": [[11], [12]]}}, ids of terms and options, the most
    important and the best first, what stands together is alike; a term or option that is left out is not ranked.
    refused: options that they can't accept. good_enough: {"5": 11}, in each term the least that they could live with if
    the rest were so, too; empty where they haven't said.
    """

    class Part(models.TextChoices):
        DECIDES = "decides"
        ADVISES = "advises"
        INFORMED = "is told"
        CHAMPION = "champion"
        BUYER = "economic buyer"
        BLOCKER = "blocker"
        USER = "user"

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="seats")
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.CASCADE, related_name="seats")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.CASCADE, related_name="seats")
    part = models.TextField(choices=Part.choices, default=Part.DECIDES)
    influence = models.SmallIntegerField(default=3)
    veto = models.BooleanField(default=False)
    otherwise = models.TextField(default="")
    ranks = models.JSONField(default=dict)
    refused = ArrayField(models.BigIntegerField(), default=list)
    good_enough = models.JSONField(default=dict)

    class Meta:
        db_table = "seat"
        constraints = [
            models.CheckConstraint(condition=Q(initiative=None) ^ Q(deal=None), name="seat_somewhere"),
            models.UniqueConstraint(
                fields=["stakeholder", "initiative"], condition=Q(removed=False), name="one_seat_an_initiative"
            ),
            models.UniqueConstraint(fields=["stakeholder", "deal"], condition=Q(removed=False), name="one_seat_a_deal"),
        ]


class Stance(Grounded):
    """Where somebody stood from a day on, and why; the latest holds. stance: −2 (against) to 2 (for it)."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="stances")
    stance = models.SmallIntegerField()
    why = models.TextField(default="")
    on = models.DateField()
    by = models.TextField()

    class Meta:
        db_table = "stance"


class Question(Written):
    """What is to be asked of somebody, or what they answered. key: of the template that it was drawn from, empty for
    one that a person wrote."""

    class Topic(models.TextChoices):
        INTERESTS = "interests"
        CONSTRAINTS = "constraints"
        ALTERNATIVES = "alternatives"
        GIVES = "gives"

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="questions")
    topic = models.TextField(choices=Topic.choices)
    key = models.TextField(default="")
    text = models.TextField()
    answer = models.TextField(default="")
    answered_on = models.DateField(null=True)

    class Meta:
        db_table = "question"
