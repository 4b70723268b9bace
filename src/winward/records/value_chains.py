"""Value chains as people keep them: the text of the YAML file, so that nothing of it is lost."""

from django.db import models

from winward.records.initiatives import Initiative
from winward.records.written import Written


class ValueChain(Written):
    """text: as in docs/method/value.md. initiative: what it speaks of, null for one that stands by itself."""

    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.CASCADE, related_name="chains")
    name = models.TextField()
    text = models.TextField()

    class Meta:
        db_table = "value_chain"

    def __str__(self) -> str:
        return self.name
