"""The schema moves forward only, with the rows that are there."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = ("records", "0001_initial")


@pytest.fixture
def at_first() -> Iterator[MigrationExecutor]:
    """The database as the first version left it; the latest schema is back afterwards, whatever happens."""
    executor = MigrationExecutor(connection)
    executor.migrate([FIRST])
    try:
        yield MigrationExecutor(connection)
    finally:
        latest = MigrationExecutor(connection)
        latest.migrate(latest.loader.graph.leaf_nodes())


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_rows_of_the_first_version_are_there_in_the_latest(at_first: MigrationExecutor) -> None:
    old = at_first.loader.project_state([FIRST]).apps
    source = old.get_model("records", "Source").objects.create(name="files")
    deal = old.get_model("records", "Deal").objects.create(
        source=source, external_id="D-1", name="Roll-out", state="lost", amount=10, currency="EUR", extra={"a": "b"}
    )
    document = old.get_model("records", "Document").objects.create(
        source=source, external_id="L-1", content_hash="x", kind="call", title="A call", deal=deal
    )
    passage = old.get_model("records", "Passage").objects.create(document=document, ordinal=0, start=0, text="We left.")
    theme = old.get_model("records", "Theme").objects.create(name="left", given_name="Why", centre=[0.0] * 384)
    old.get_model("records", "Signal").objects.create(
        passage=passage, document=document, start=0, end=8, quote="We left.", kind="pain", kinds=[0.0] * 11,
        strength=0.5, vector=[0.5] * 384, theme=theme,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX signal_nearest ON signal USING hnsw (vector halfvec_cosine_ops)")
    at_first.migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    from winward.records.models import Signal, SignalVector

    kept = Signal.objects.select_related("theme", "document__deal", "meaning").get()
    assert list(kept.meaning.vector) == [0.5] * 384
    assert kept.signs == "1" * 384
    assert index_of("signal_vector") == "signal_nearest"
    assert (kept.quote, kept.theme.title, kept.document.deal.external_id) == ("We left.", "Why", "D-1")
    assert (kept.document.deal.amount, kept.document.deal.extra) == (10, {"a": "b"})
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signal")
    assert not SignalVector.objects.exists()


def index_of(table: str) -> str:
    """The index of the table that finds the nearest vectors, and that a run would make where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%hnsw%%'", [table])
        return str(cursor.fetchone()[0])
