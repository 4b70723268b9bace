"""The reader as this workspace knows better: with its rivals' names and its own."""

from dataclasses import replace
from functools import cache

from winward.engine.reading import Reader
from winward.records import competitor_rows
from winward.text_models import default_reader
from winward.usecases.rival_names import known_rivals


def of_workspace(shipped: Reader) -> Reader:
    return replace(shipped, rivals=known_rivals(), own_names=tuple(competitor_rows.our_names()))


@cache
def shipped() -> Reader:
    """One for the process, for the few words that a person gives at a time."""
    return default_reader(threads=1)
