"""The reader as this workspace knows better: with its rivals' names and its own."""

from dataclasses import replace

from winward.engine.reading import Reader
from winward.records import competitor_rows
from winward.usecases.rivals import known_rivals


def of_workspace(shipped: Reader) -> Reader:
    return replace(shipped, rivals=known_rivals(), own_names=tuple(competitor_rows.our_names()))
