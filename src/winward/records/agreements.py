"""What is negotiated about an initiative, and what was agreed."""

from django.db import models

from winward.records.initiatives import Initiative
from winward.records.written import Written


class Term(Written):
    """Something negotiable: scope, date, people, support, price. place: in the order of the page."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="terms")
    name = models.TextField()
    place = models.IntegerField(default=0)

    class Meta:
        db_table = "term"


class Option(Written):
    """One way to settle a term."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="options")
    name = models.TextField()
    place = models.IntegerField(default=0)

    class Meta:
        db_table = "option"


class Agreement(Written):
    """package: [["Scope", "Export only"]], terms and options by the names that they had then. people: who agreed.

    open_points: what is left to settle.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="agreements")
    agreed_on = models.DateField()
    package = models.JSONField()
    people = models.JSONField()
    open_points = models.TextField(default="")
    by = models.TextField()

    class Meta:
        db_table = "agreement"
