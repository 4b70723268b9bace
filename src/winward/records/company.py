"""The company that this installation serves, and the rates at which its sums are made."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models


def new_secret() -> str:
    return secrets.token_hex(32)


class Company(models.Model):
    """One row: an installation serves one company.

    redact: personal data is replaced before a document is stored. secret: keys the pseudonyms, so that they are the
    same for the same person, and nobody can compute them from a name.
    """

    name = models.TextField()
    currency = models.CharField(max_length=3, default="EUR")
    # E-mail domains of our own people: who writes from them is "us".
    domains = ArrayField(models.TextField(), default=list)
    about = models.TextField(default="")
    seed = models.IntegerField(default=0)
    redact = models.BooleanField(default=False)
    secret = models.TextField(default=new_secret)

    class Meta:
        db_table = "company"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_company")]


class ExchangeRate(models.Model):
    """What one unit of `currency` was worth in the company's currency from `on` on."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=8)

    class Meta:
        db_table = "exchange_rate"
        constraints = [models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day")]
