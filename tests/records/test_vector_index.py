"""The index of vectors, as an earlier version left it and as a killed run did."""

import pytest
from django.db import connection

from winward.records import theme_rows
from winward.records.theme_rows import GRAPH

pytestmark = pytest.mark.django_db
OTHERWISE = "CREATE INDEX {} ON signal_vector USING hnsw (vector halfvec_cosine_ops)"


@pytest.mark.parametrize("left", [(), ("signal_nearest",), ("signal_nearest", "signal_nearest_anew")])
def test_whatever_was_left_there_is_one_index_as_it_is_built_now(left: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS signal_nearest")
        for name in left:
            cursor.execute(OTHERWISE.format(name))
    theme_rows.index_vectors()
    built = indexes()
    assert {name: options for name, options, _ in built} == {"signal_nearest": [GRAPH]}
    theme_rows.index_vectors()
    assert indexes() == built


def indexes() -> list[tuple[str, list[str] | None, int]]:
    """Of vectors: name, options and the number that each has for as long as it isn't built anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, reloptions, pg_class.oid FROM pg_class JOIN pg_am ON pg_am.oid = relam
               WHERE amname = 'hnsw' AND relname LIKE 'signal%' ORDER BY relname"""
        )
        return list(cursor.fetchall())
