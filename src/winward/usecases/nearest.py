"""The signals nearest in meaning to a vector."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from winward.records.signals import Signal


def nearest(vector: Sequence[float]) -> QuerySet[Signal, Any]:
    """Signals that count, nearest first by cosine; take the first few."""
    with connection.cursor() as cursor:
        # Without this the index stops looking before enough of the rows that it met pass the filter.
        cursor.execute("SET hnsw.iterative_scan = relaxed_order")
    return Signal.objects.filter(dismissed=False).order_by(CosineDistance("vector", HalfVector(list(vector))))
