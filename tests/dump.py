"""Every row of a workspace in words: ids replaced by what names the row, and without the times of imports and runs.

Two workspaces that hold the same have the same dump.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Field, Model

from winward.records import models

# Some rows tell of how the workspace came to be what it is, not of what it is.
HISTORY = {"Audit", "Run"}
COUNTED_ANEW = {"Import": {"state", "done", "added", "changed"}}
TOLD_BY_THE_CLOCK = {"at", "made_at", "saved_at", "started_at", "finished_at", "learnt_at", "raised_at", "lapsed_at"}
# Ids of other rows, what the database computes from a passage's text, and what is drawn once for a workspace.
DERIVED = {"typical", "search", "secret", "signal", "quotes", "proposed_from", "decision", "themes", "earlier", "ranks",
           "refused", "good_enough", "after"}  # fmt: skip
KEYS = {
    "Source": ("name",),
    "Theme": ("name",),
    "Import": ("source__name", "file"),
    "Document": ("source__name", "external_id"),
    "Deal": ("source__name", "external_id"),
    "Account": ("source__name", "external_id"),
    "Owner": ("source__name", "external_id"),
    "Product": ("source__name", "external_id"),
    "Contact": ("source__name", "external_id"),
    "Initiative": ("name",),
    "Risk": ("initiative__name", "what"),
    "Stakeholder": ("name",),
    "Seat": ("stakeholder__name", "initiative__name", "deal__external_id"),
    "Term": ("initiative__name", "name"),
    "ActionPlan": ("name",),
    "Passage": ("document__source__name", "document__external_id", "ordinal"),
}

Dump = dict[str, list[str]]


def dump(*but: str) -> Dump:
    """By model, its rows as text, sorted. but: models to leave out."""
    kept = [name for name in models.__all__ if name not in HISTORY | set(but)]
    return {name: sorted(_rows(getattr(models, name))) for name in kept}


def differences(one: Dump, other: Dump) -> dict[str, tuple[list[str], list[str]]]:
    """By model, the rows that only one of both has; empty where they hold the same."""
    found = {
        name: (sorted(set(one[name]) - set(other[name])), sorted(set(other[name]) - set(one[name]))) for name in one
    }
    counts = {
        name: ([str(len(one[name]))], [str(len(other[name]))]) for name in one if len(one[name]) != len(other[name])
    }
    return {name: rows for name, rows in found.items() if any(rows)} | counts


def _rows(model: type[Model]) -> Iterator[str]:
    wanted = list(_paths(model))
    for row in model._default_manager.values_list(*wanted):
        yield json.dumps(dict(zip(wanted, map(_plain, row), strict=True)), sort_keys=True, ensure_ascii=False)


def _paths(model: type[Model]) -> Iterator[str]:
    left_out = TOLD_BY_THE_CLOCK | DERIVED | COUNTED_ANEW.get(model.__name__, set())
    for field in model._meta.concrete_fields:
        if not field.primary_key and field.name not in left_out:
            yield from _named(field)


def _named(field: "Field[Any, Any]") -> Iterator[str]:
    if field.related_model is None:
        yield field.name
        return
    for key in KEYS[field.related_model.__name__]:  # type: ignore[union-attr]
        yield f"{field.name}__{key}"


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview):
        return value.hex()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
