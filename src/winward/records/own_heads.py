"""What the workspace has taught its own reader."""

from django.db import models


class OwnHeads(models.Model):
    """One row: the reading heads as people's corrections have moved them.

    base: the version of the shipped reader that they started from; heads of another base are learnt anew before use.
    content: the heads as text_models stores them. corrections: how many they were learnt from. changed: how many
    signals they gave another kind, or none, when they were learnt. learnt_at: no correction after it is in them.
    """

    base = models.TextField()
    content = models.BinaryField()
    corrections = models.IntegerField()
    changed = models.IntegerField(db_default=0)
    learnt_at = models.DateTimeField()

    class Meta:
        db_table = "own_heads"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_own_heads")]
