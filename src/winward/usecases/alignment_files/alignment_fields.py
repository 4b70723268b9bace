"""Which column each key of an alignment's file is, and what is left out because everything begins with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winward.records.written import Written
from winward.records.written_rows import plain


@dataclass(frozen=True, slots=True)
class Field:
    """start: what a row without it has; a row that has it leaves it out of the file. always: it is written in any
    case."""

    key: str
    column: str
    start: Any = ""
    always: bool = False


def _same(*keys: str) -> tuple[Field, ...]:
    return tuple(Field(key, key) for key in keys)


INITIATIVE = (
    Field("state", "state", "idea", always=True), *_same("owner", "goal", "metric", "need"),
    Field("needed_by", "needed_by", None), *_same("hypothesis"),
)  # fmt: skip
STAKEHOLDER = (Field("kind", "kind", always=True), Field("team", "team", False), *_same("role", "metric", "projects"))
SEAT = (
    Field("part", "part", "decides", always=True), Field("influence", "influence", 3, always=True),
    Field("veto", "veto", False), *_same("otherwise"),
)  # fmt: skip
STANCE = (Field("on", "on", always=True), Field("stance", "stance", always=True), *_same("why", "by"))
GROUND = (Field("moves", "moves", always=True),)
QUESTION = (
    Field("topic", "topic", always=True), Field("text", "text", always=True), *_same("key", "answer"),
    Field("answered_on", "answered_on", None),
)  # fmt: skip
RISK = (
    Field("what", "what", always=True), Field("likelihood", "likelihood", "medium", always=True),
    Field("severity", "severity", "medium", always=True), *_same("effect", "reduced", "owner", "trigger"),
    Field("state", "state", "open"),
)  # fmt: skip
STEP = (
    Field("what", "what", always=True), *_same("owner"), Field("due", "due_on", None), Field("done", "done_on", None),
)  # fmt: skip
PLAN = (Field("name", "name", always=True), Field("day", "customer_day", always=True), *_same("outcome"))
PLAN_STEP = (
    Field("name", "name", always=True), Field("side", "side", "us", always=True), *_same("owner"),
    Field("days", "days", 1, always=True), Field("expected", "expected_on", None), Field("done", "done_on", None),
)  # fmt: skip
AGREEMENT = (
    Field("on", "agreed_on", always=True), Field("people", "people", always=True), *_same("open_points", "by"),
)  # fmt: skip
CHAIN = (Field("name", "name", always=True),)


def told(row: Written, fields: Sequence[Field]) -> dict[str, Any]:
    """A row as the file has it."""
    values = {field.key: plain(getattr(row, field.column)) for field in fields}
    return {field.key: values[field.key] for field in fields if field.always or values[field.key] != field.start}


def wanted(given: Mapping[str, Any], fields: Sequence[Field], whole: bool) -> dict[str, Any]:
    """The columns that the file speaks of; all of them where it is the whole truth."""
    columns = {field.column: given[field.key] for field in fields if field.key in given}
    if not whole:
        return columns
    return {field.column: field.start for field in fields if not field.always} | columns
