"""One process at a time: locks that the database lets go of by itself when their holder dies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zlib import crc32

from django.db import connection


@contextmanager
def alone(verb: str, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the workspace's lock for `verb`, calling `on_wait` first where another process holds it."""
    key = crc32(verb.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            on_wait()
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
