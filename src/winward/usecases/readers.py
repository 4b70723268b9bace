"""The reader as this workspace knows better: with its rivals' names, its own, and what people's answers taught."""

from dataclasses import replace
from functools import cache

from winward.engine.reading import Heads, Reader
from winward.records import competitor_rows
from winward.records.own_heads import OwnHeads
from winward.text_models import default_reader
from winward.text_models.shipped import heads_from
from winward.usecases.rival_names import known_rivals


def of_workspace(shipped: Reader) -> Reader:
    """Its version stays the shipped one's: an archive isn't read again for every answer."""
    own_names = tuple(competitor_rows.our_names())
    return replace(shipped, heads=own_heads(shipped), rivals=known_rivals(), own_names=own_names)


def own_heads(shipped: Reader) -> Heads:
    """Those learnt from answers, as long as they started from the shipped ones."""
    learnt = OwnHeads.objects.filter(base=shipped.version).first()
    return heads_from(bytes(learnt.content)) if learnt else shipped.heads


@cache
def shipped() -> Reader:
    """One for the process, for the few words that a person gives at a time."""
    return default_reader(threads=1)
