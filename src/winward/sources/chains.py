"""Value chains as YAML files: what each holds, as a JSON Schema, and its quantities with the lines they stand at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from winward.engine.value import Chain, ChainError, Problem, Quantity
from winward.sources.yaml_files import FileProblem, FileProblems, Written, read_yaml

TEXT: Final = {"type": "string", "minLength": 1}
NUMBERS: Final = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
IDS: Final = {"type": "array", "items": {"type": "integer"}, "minItems": 1}
SOURCE: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "where it comes from: one of signals, stake, document, or assumption with owner and review",
    "properties": {
        "signals": {**IDS, "description": "ids of signals that say so"},
        "stake": {"type": "integer", "description": "id of the theme whose stake it is"},
        "document": {**TEXT, "description": "a document's title, id or address"},
        "assumption": {**TEXT, "description": "what is assumed"},
        "owner": {**TEXT, "description": "who answers for the assumption"},
        "review": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "the day to look again"},
    },
    "additionalProperties": False,
}
QUANTITY: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "unit": {"type": "string", "description": "such as hour, EUR/year, %, or user; empty for a plain number"},
        "range": {**NUMBERS, "description": "[low, high]: nine times in ten it lies between"},
        "value": {"type": "number", "description": "where it is known"},
        "formula": {**TEXT, "description": "made of other quantities; then neither range nor value"},
        "support": {"enum": ["positive", "share", "any"], "description": "what it can be, where the unit misleads"},
        "part_of": {**TEXT, "description": "the quantity of which this is a part, never added to another part"},
        "says": {**TEXT, "description": "what it is, in words"},
        "source": SOURCE,
    },
    "required": ["unit"],
    "additionalProperties": False,
}
SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Winward value chain",
    "type": "object",
    "properties": {
        "name": {**TEXT, "description": "what changes, such as “Five fewer clicks in the export”"},
        "result": {**TEXT, "description": "the quantity that is the bottom line"},
        "against": {**TEXT, "description": "the quantity that it must at least reach, such as a cost"},
        "units": {"type": "array", "items": {"type": "string", "pattern": "^[a-z][a-z_]*$"}},
        "seed": {"type": "integer", "minimum": 0, "description": "the same seed gives the same result"},
        "quantities": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": QUANTITY,
            "minProperties": 1,
        },
    },
    "required": ["name", "result", "quantities"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class ChainFile:
    """says: what each quantity is, in words. assumed: the names of those that rest on no evidence."""

    chain: Chain
    seed: int
    says: dict[str, str]
    assumed: frozenset[str]
    written: Written

    def problems(self, error: ChainError) -> FileProblems:
        """What is wrong with the chain, at its lines."""
        return FileProblems(self.written.name, (self._problem(one) for one in error.problems))

    def _problem(self, one: Problem) -> FileProblem:
        path = ("quantities", one.quantity, one.field) if one.quantity else (one.field,)
        return self.written.problem(path, one.message)


def read_chain(text: str, name: str) -> ChainFile:
    """name: the file's, for errors. Raises FileProblems."""
    written = read_yaml(text, name, SCHEMA)
    problems = [
        written.problem(("quantities", quantity, field), message)
        for quantity, fields in written.value["quantities"].items()
        for field, message in _amiss(fields)
    ]
    if problems:
        raise FileProblems(name, problems)
    of, quantities = written.value, written.value["quantities"]
    chain = Chain(
        name=of["name"],
        result=of["result"],
        quantities=tuple(_quantity(name, fields) for name, fields in quantities.items()),
        against=of.get("against", ""),
        units=tuple(of.get("units", [])),
    )
    says = {name: fields["says"] for name, fields in quantities.items() if "says" in fields}
    assumed = frozenset(name for name, fields in quantities.items() if "assumption" in fields.get("source", {}))
    return ChainFile(chain, of.get("seed", 0), says, assumed, written)


def _amiss(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the schema can't say in words that help."""
    given = [key for key in ("range", "value", "formula") if key in fields]
    found = []
    if len(given) > 1:
        found.append((given[-1], f"give one of {' and '.join(given)}, not both"))
    source = fields.get("source", {})
    if "source" in fields and sum(key in source for key in ("signals", "stake", "document", "assumption")) != 1:
        found.append(("source", "name one source: signals, stake, document or assumption"))
    if "assumption" in source and not {"owner", "review"} <= source.keys():
        found.append(("source", "an assumption needs an owner, and a day on which to review it"))
    if "review" in source and not _is_day(source["review"]):
        found.append(("source", f"{source['review']} is no day of the calendar"))
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _quantity(name: str, fields: Mapping[str, Any]) -> Quantity:
    low, high = fields.get("range", [fields.get("value")] * 2)
    return Quantity(
        name=name,
        unit=fields["unit"],
        low=low,
        high=high,
        formula=fields.get("formula", ""),
        support=fields.get("support", ""),
        part_of=fields.get("part_of", ""),
        source=_in_words(fields.get("source", {})),
    )


def _in_words(source: Mapping[str, Any]) -> str:
    match source:
        case {"signals": list(ids)}:
            return f"said in {len(ids)} {'signal' if len(ids) == 1 else 'signals'}: {', '.join(map(str, ids))}"
        case {"stake": theme}:
            return f"the stake of theme {theme}"
        case {"document": str(title)}:
            return title
        case {"assumption": str(what), "owner": str(owner), "review": str(review)}:
            return f"assumed: {what} ({owner} looks again on {review})"
    return ""
