"""Value chains as YAML files: what each holds, as a JSON Schema, and its quantities with the lines they stand at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from winward.engine.value import Chain, ChainError, Problem, Quantity
from winward.sources.yaml_files import FileProblem, FileProblems, Written, read_yaml

TEXT: Final = {"type": "string", "minLength": 1}
NUMBERS: Final = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
SIGNALS: Final = {"type": "array", "items": {"type": ["integer", "string"], "minLength": 3}, "minItems": 1}
# What of a theme's stake a range can be taken from.
MEASURES: Final = (
    "win_rate_difference", "lost_revenue", "open_exposed", "deals_a_year", "deal_amount", "accounts", "tickets",
    "customers_revenue",
)  # fmt: skip
# From the tactical gain to the bottom line; what the file doesn't say is told by what rests on what.
STAGES: Final = ("gain", "users", "team", "business")
KINDS: Final = ("signals", "stake", "document", "assumption")
SOURCE: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "where it comes from: one of signals, stake, document, or assumption with owner and review",
    "properties": {
        "signals": {**SIGNALS, "description": "signals that say so, each by its words or its id"},
        "stake": {
            "type": ["integer", "string"],
            "minLength": 1,
            "description": "the theme whose stake it is, by its name or id",
        },
        "from": {"enum": [*MEASURES], "description": "what of the stake the range is taken from, each time anew"},
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
        "stage": {"enum": [*STAGES], "description": "where in the chain it stands"},
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
class Source:
    """Where an input comes from: one of signals (each its id or its words), a theme's stake (its id or name), a
    document or an assumption. measure: what of the stake the range is taken from, empty where the file gives it."""

    signals: tuple[int | str, ...] = ()
    stake: int | str = ""
    measure: str = ""
    document: str = ""
    assumption: str = ""
    owner: str = ""
    review: date | None = None

    @property
    def kind(self) -> str:
        return next((kind for kind in KINDS if getattr(self, kind)), "")

    @property
    def words(self) -> str:
        match self.kind:
            case "signals":
                said = ", ".join(str(one) if isinstance(one, int) else f"“{one}”" for one in self.signals)
                return f"said in {len(self.signals)} {'signal' if len(self.signals) == 1 else 'signals'}: {said}"
            case "stake":
                theme = f"theme {self.stake}" if isinstance(self.stake, int) else f"“{self.stake}”"
                return f"the stake of {theme}" + (f": {self.measure.replace('_', ' ')}" if self.measure else "")
            case "assumption":
                return f"assumed: {self.assumption} ({self.owner} looks again on {self.review})"
        return self.document


@dataclass(frozen=True, slots=True)
class ChainFile:
    """says: what each quantity is, in words. stages: where it stands, as far as the file says. sources: of each input
    that has one."""

    chain: Chain
    seed: int
    says: dict[str, str]
    stages: dict[str, str]
    sources: dict[str, Source]
    written: Written

    def problems(self, error: ChainError) -> FileProblems:
        """What is wrong with the chain, at its lines."""
        return FileProblems(self.written.name, (self._problem(one) for one in error.problems))

    def problem(self, quantity: str, field: str, message: str) -> FileProblem:
        return self.written.problem(("quantities", quantity, field), message)

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
    return ChainFile(
        chain=chain,
        seed=of.get("seed", 0),
        says={name: fields["says"] for name, fields in quantities.items() if "says" in fields},
        stages={name: fields["stage"] for name, fields in quantities.items() if "stage" in fields},
        sources={name: _source(fields["source"]) for name, fields in quantities.items() if "source" in fields},
        written=written,
    )


def _amiss(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the schema can't say in words that help."""
    given = [key for key in ("range", "value", "formula") if key in fields]
    found = []
    if len(given) > 1:
        found.append((given[-1], f"give one of {' and '.join(given)}, not both"))
    return [*found, *_amiss_in_source(fields, given)]


def _amiss_in_source(fields: Mapping[str, Any], given: Sequence[str]) -> list[tuple[str, str]]:
    source, found = fields.get("source", {}), []
    if "source" in fields and sum(key in source for key in KINDS) != 1:
        found.append(("source", "name one source: signals, stake, document or assumption"))
    if "from" in source and "stake" not in source:
        found.append(("source", "“from” takes a range from a stake: name the theme as well, as in {stake: 3, from: …}"))
    if "from" in source and given:
        found.append((given[-1], f"the range is taken from the stake, so leave {given[-1]} out, or leave out “from”"))
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
        source=_source(fields["source"]).words if "source" in fields else "",
    )


def _source(fields: Mapping[str, Any]) -> Source:
    return Source(
        signals=tuple(fields.get("signals", ())),
        stake=fields.get("stake", ""),
        measure=fields.get("from", ""),
        document=fields.get("document", ""),
        assumption=fields.get("assumption", ""),
        owner=fields.get("owner", ""),
        review=date.fromisoformat(fields["review"]) if "review" in fields else None,
    )
