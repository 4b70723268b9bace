"""The dated rate table."""

from collections.abc import Iterable

from winward.records import bulk
from winward.records.bulk import Landed


def save(rows: Iterable[bulk.Row]) -> Landed:
    """rows: (currency, day, rate)."""
    return bulk.upsert("exchange_rate", ("currency", "on", "rate"), ("currency", "on"), rows)
