"""What people write by hand and nothing recomputes: it can be changed, taken away and brought back."""

from django.db import models


class Written(models.Model):
    """removed: somebody took it away. It is out of every page, and undoing brings it back."""

    removed = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Grounded(Written):
    """What rests on evidence. quote: words that stand in the document, verbatim; empty where the whole of it is meant.

    The quote and not a signal is kept, for a rerun of the reader replaces signals.
    """

    document = models.ForeignKey("records.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    quote = models.TextField(default="")

    class Meta:
        abstract = True
