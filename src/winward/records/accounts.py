"""Accounts and the people in them; our own sellers; what we sell.

A row whose external_id begins with NAMED_ONLY was met by name only (a deal named its account, say); the row that
brings the real id later takes its place.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from winward.records.imports import Source

NAMED_ONLY = "name:"


class Named(models.Model):
    """What has a name that other files may spell differently. name_key: the name without case, spaces and marks."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    external_id = models.TextField()
    name = models.TextField()
    name_key = models.TextField(db_index=True)
    extra = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Owner(Named):
    email = models.TextField(default="")
    team = models.TextField(default="")
    region = models.TextField(default="")

    class Meta:
        db_table = "owner"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="owner_once")]


class Product(Named):
    family = models.TextField(default="")
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        db_table = "product"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="product_once")]


class Account(Named):
    """churned_on: the day on which it stopped being a customer, null while it is one or never was."""

    domain = models.TextField(default="", db_index=True)
    industry = models.TextField(default="")
    segment = models.TextField(default="")
    region = models.TextField(default="")
    employees = models.IntegerField(null=True)
    owner_name = models.TextField(default="")
    churned_on = models.DateField(null=True)

    class Meta:
        db_table = "account"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="account_once")]
        indexes = [GinIndex(SearchVector("name", config="simple"), name="account_words")]


NamedModel = type[Owner] | type[Product] | type[Account]


class Contact(models.Model):
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    external_id = models.TextField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="contacts")
    name = models.TextField()
    email = models.TextField(default="", db_index=True)
    role = models.TextField(default="")
    extra = models.JSONField(default=dict)

    class Meta:
        db_table = "contact"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="contact_once")]
