"""Runs of the pipeline, so that a page can show how far one is."""

from django.db import models


class Run(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    state = models.TextField(choices=State.choices, default=State.WAITING)
    step = models.TextField(default="")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.TextField(default="")
    by = models.TextField(default="")
    started_at = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "run"
