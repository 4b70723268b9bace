"""An initiative's alignment as a YAML file: what it holds, as a JSON Schema, read with its lines, and written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import yaml

from winward.sources.games import PACKAGE, RANKED, TEXTS
from winward.sources.yaml_files import FileProblem, FileProblems, Path, Written, read_yaml

VERSION = 1
NAME: Final = {"type": "string", "pattern": r"\S", "description": "a name; quote words such as no"}
TEXT: Final = {"type": "string", "description": "text; put quotes around a word such as no or 2"}
DAY: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "a day, as in 2026-12-01"}
NO_DAY: Final = {"anyOf": [DAY, {"type": "null"}], "description": "a day, as in 2026-12-01; null for none"}
DAYS: Final = {"day", "due", "done", "needed_by", "on", "expected", "answered_on"}
KINDS: Final = (
    "product executive", "tech lead", "designer", "partner team", "sales", "vendor", "legal", "security", "customer",
)  # fmt: skip
PARTS: Final = ("decides", "advises", "is told", "champion", "economic buyer", "blocker", "user")
STATES: Final = ("idea", "aligning", "agreed", "building", "shipped", "stopped")
LEVELS: Final = ("low", "medium", "high")
TOPICS: Final = ("interests", "constraints", "alternatives", "gives")
EVIDENCE: Final = {
    "document": {**NAME, "description": "the title of a document here; with its day in brackets where several have it"},
    "quote": {**TEXT, "description": "words that stand in the document, letter by letter"},
}


def _rows(properties: Mapping[str, Any], required: Sequence[str], says: str) -> dict[str, Any]:
    row = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return {"type": "array", "items": row, "description": says}


PERSON: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "whose yes is needed, with what moves them and where they stand",
    "properties": {
        "name": {**NAME, "description": "where two have the same name, so that the key has to say more"},
        "kind": {"enum": list(KINDS)},
        "team": {"type": "boolean", "description": "true for a team"},
        "role": TEXT,
        "metric": {**TEXT, "description": "what they want to move"},
        "projects": {**TEXT, "description": "initiatives of their own"},
        "contact": {**NAME, "description": "the e-mail address or name of the CRM's contact, on a customer's side"},
        "part": {"enum": list(PARTS)},
        "influence": {"type": "integer", "minimum": 1, "maximum": 5, "description": "1 (little) to 5"},
        "veto": {"type": "boolean", "description": "true: nothing passes without their yes"},
        "otherwise": {**TEXT, "description": "what they would do without an agreement"},
        "ranks": {
            "type": "object",
            "properties": {
                "terms": {**RANKED, "minItems": 0, "description": "what matters most first; alike in a list within"},
                "options": {
                    "type": "object",
                    "description": "each term's options, best first; left out: worst",
                    "additionalProperties": RANKED,
                },
            },
            "additionalProperties": False,
        },
        "cannot_accept": {
            "type": "object",
            "description": "options to which the answer is no, whatever else is offered",
            "additionalProperties": TEXTS,
        },
        "least": {**PACKAGE, "minProperties": 0, "description": "in each term the least that is good enough"},
        "stances": _rows(
            {
                "on": DAY,
                "stance": {"type": "integer", "minimum": -2, "maximum": 2, "description": "-2 (against) to 2 (for)"},
                "why": TEXT, "by": TEXT, **EVIDENCE,
            }, ("on", "stance"), "where they stood from a day on",
        ),
        "grounds": _rows({"moves": NAME, **EVIDENCE}, ("moves",), "what moves them, and why we hold so"),
        "questions": _rows(
            {"topic": {"enum": list(TOPICS)}, "text": NAME, "key": TEXT, "answer": TEXT, "answered_on": NO_DAY},
            ("topic", "text"), "what is to be asked of them, or what they answered",
        ),
    },
    "required": ["kind"],
    "additionalProperties": False,
}  # fmt: skip
PLAN: Final[Mapping[str, Any]] = {
    "name": NAME,
    "day": {**DAY, "description": "the customer's day, from which all others are counted back"},
    "outcome": {**TEXT, "description": "what the customer has on it"},
    "deal": {**NAME, "description": "a deal's id, as the CRM has it"},
    "steps": _rows(
        {
            "name": NAME,
            "side": {"enum": ["us", "customer"]},
            "owner": TEXT,
            "days": {"type": "integer", "minimum": 0, "maximum": 400, "description": "working days; 0: a milestone"},
            "after": {"type": "array", "items": NAME, "description": "names of steps that come before it"},
            "expected": NO_DAY,
            "done": NO_DAY,
        }, ("name",), "what both sides do",
    ),
}  # fmt: skip
SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Winward alignment",
    "type": "object",
    "properties": {
        "alignment": {"const": VERSION, "description": f"the version of this format, {VERSION}"},
        "name": {**NAME, "description": "the initiative's"},
        "state": {"enum": list(STATES)},
        "owner": TEXT,
        "goal": TEXT,
        "metric": TEXT,
        "need": {**TEXT, "description": "the customers' need, where the themes don't say it"},
        "needed_by": NO_DAY,
        "hypothesis": TEXT,
        "themes": {
            "type": "array",
            "items": {"anyOf": [NAME, {"type": "integer"}], "description": "a theme's name or number"},
            "description": "the themes that it serves, by name or number",
        },
        "effort": {
            "type": "object",
            "description": "person-weeks by skill: [low, high], nine times in ten between",
            "additionalProperties": {
                "type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number", "exclusiveMinimum": 0},
                "description": "[low, high] person-weeks",
            },
        },
        "rule": {
            "description": "all (the yes of everyone who decides), or {all_but: N}; who holds a veto says so",
            "anyOf": [
                {"const": "all"},
                {
                    "type": "object",
                    "properties": {"all_but": {"type": "integer", "minimum": 0}},
                    "required": ["all_but"],
                    "additionalProperties": False,
                },
            ],
        },
        "terms": {
            "type": "object",
            "description": "what is negotiated, each term with its options",
            "additionalProperties": {"type": "array", "items": NAME, "uniqueItems": True},
        },
        "people": {"type": "object", "additionalProperties": PERSON},
        "risks": _rows(
            {
                "what": NAME, "likelihood": {"enum": list(LEVELS)}, "severity": {"enum": list(LEVELS)}, "effect": TEXT,
                "reduced": {**TEXT, "description": "how it is made less likely or less bad"}, "owner": TEXT,
                "trigger": {**TEXT, "description": "what shows that it has come"},
                "state": {"enum": ["open", "fired", "closed"]},
            }, ("what",), "what may go wrong",
        ),
        "steps": _rows(
            {
                "what": NAME, "owner": TEXT, "due": NO_DAY, "done": NO_DAY,
                "theme": {"anyOf": [NAME, {"type": "integer"}]}, "deal": NAME, "person": NAME, "risk": NAME,
            }, ("what",), "next steps",
        ),
        "plans": _rows(PLAN, ("name", "day"), "mutual action plans"),
        "agreements": _rows(
            {"on": DAY, "package": PACKAGE, "people": TEXTS, "open_points": TEXT, "by": TEXT},
            ("on", "package", "people"), "what was agreed, by whom and when",
        ),
        "value": _rows(
            {
                "name": NAME,
                "text": {**TEXT, "description": "a value chain, as winward value reads it"},
                "file": {**NAME, "description": "or the file that it stands in, beside this one"},
            }, ("name",), "value chains",
        ),
    },
    "required": ["alignment", "name"],
    "additionalProperties": False,
}  # fmt: skip
HEAD = "# An initiative's alignment. Its format: winward align import --schema\n"
WIDTH = 110


def read_alignment(text: str, name: str) -> Written:
    """name: the file's, for errors. Raises FileProblems with everything that is wrong, each at its line."""
    written = read_yaml(text, name, SCHEMA)
    problems = [*_no_days(written), *_upside_down(written)]
    if problems:
        raise FileProblems(name, problems)
    return written


def write_alignment(value: Mapping[str, Any]) -> str:
    """What `read_alignment` reads again, in the order that it is given; a diff shows what changed and no more."""
    return HEAD + yaml.dump(
        value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )  # fmt: skip


def _no_days(written: Written) -> Iterator[FileProblem]:
    for path, value in _leaves(written.value, ()):
        if path and path[-1] in DAYS and isinstance(value, str) and not _is_day(value):
            yield written.problem(path, f"{value} is no day of the calendar")


def _upside_down(written: Written) -> Iterator[FileProblem]:
    for skill, (low, high) in written.value.get("effort", {}).items():
        if low > high:
            yield written.problem(("effort", skill), f"from {low} to {high} weeks is no range; write the low end first")


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Of people's and terms' names none is taken for a day."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*path, at))
    elif len(path) < 2 or path[-2] not in ("least", "package"):
        yield path, value


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Writer(yaml.SafeDumper):
    """Days stand without quotes, as a person writes them; texts of several lines keep their lines."""

    yaml_implicit_resolvers = {
        first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """A value that stands twice is written twice: references are not read."""
        return True


def _text(writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """Line ends other than the usual one are read as that one wherever they stand without quotes."""
    style = "|" if "\n" in value and not re.search(r"[ \t]\n|[ \t]$|^\s", value) else None
    quoted = re.search("[\r\x85\u2028\u2029\ufeff]", value)
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style='"' if quoted else style)


def _list(writer: yaml.SafeDumper, value: Sequence[Any]) -> yaml.SequenceNode:
    """Short ones on one line."""
    short = all(isinstance(one, (str, int, float)) for one in value) and sum(len(str(one)) + 2 for one in value) < 80
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)
