"""Where evidence comes from, each file that was brought in, and the rows in it that could not be read."""

from django.db import models


class Source(models.Model):
    """A connected system, or files that share one space of ids."""

    name = models.TextField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "source"

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file and how its last import went. done counts what was read of it, added and changed what landed."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT)
    file = models.TextField()
    kind = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.WAITING, db_index=True)
    message = models.TextField(default="")
    done = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    problems = models.IntegerField(default=0)
    by = models.TextField(default="")
    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "import"
        constraints = [models.UniqueConstraint(fields=["source", "file"], name="import_once", nulls_distinct=False)]


class ImportProblem(models.Model):
    brought_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problem_rows")
    file = models.TextField()
    row = models.IntegerField()
    column = models.TextField(default="")
    reason = models.TextField()

    class Meta:
        db_table = "import_problem"


class SavedMapping(models.Model):
    """How the columns of files with this header are read, as last confirmed."""

    signature = models.TextField(unique=True)
    mapping = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "saved_mapping"
