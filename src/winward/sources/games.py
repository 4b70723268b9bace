"""Negotiations as YAML files: what each holds, as a JSON Schema, and each one's position, or a line to mend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from winward.engine.bargaining import Package, Position, Rule, option_values
from winward.sources.yaml_files import FileProblem, FileProblems, Written, read_yaml
from winward.sources.yaml_files import Path as Place

TEXT: Final = {"type": "string", "minLength": 1, "description": "text; put quotes around a word such as no or 2"}
TEXTS: Final = {"type": "array", "items": TEXT, "minItems": 1}
NUMBERS: Final = {"type": "array", "items": {"type": "number"}, "minItems": 1}
# Best or most important first; what stands together in a list within the list is alike.
RANKED: Final = {"type": "array", "items": {"anyOf": [TEXT, TEXTS]}, "minItems": 1}
PACKAGE: Final = {"type": "object", "additionalProperties": TEXT, "minProperties": 1}
POINTS: Final = {"anyOf": [NUMBERS, {"type": "object", "additionalProperties": {"type": "number"}}]}
PERSON: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "a person or team, with either ranks or scores",
    "properties": {
        "ranks": {
            "type": "object",
            "properties": {
                "terms": {**RANKED, "description": "terms, what matters most first; left out: doesn't matter"},
                "options": {
                    "type": "object",
                    "description": "each term's options, best first; left out: worst",
                    "additionalProperties": RANKED,
                },
            },
            "required": ["terms", "options"],
            "additionalProperties": False,
        },
        "scores": {
            "type": "object",
            "description": "each term's points, in the order of its options or by their names; left out: 0",
            "additionalProperties": POINTS,
        },
        "least": {
            "description": "points below which the answer is no (ranks give 0 to 100), or a package just good enough",
            "anyOf": [{"type": "number"}, PACKAGE],
        },
        "cannot_accept": {
            "type": "object",
            "description": "options to which the answer is no, whatever else is offered",
            "additionalProperties": TEXTS,
        },
        "otherwise": {**TEXT, "description": "what they would do without an agreement, in words"},
    },
    "additionalProperties": False,
}
RULE: Final[Mapping[str, Any]] = {
    "description": "all (everyone's yes), {all_but: N}, {vetoes: [names]} (only theirs), or both",
    "anyOf": [
        {"const": "all"},
        {
            "type": "object",
            "properties": {
                "all_but": {"type": "integer", "minimum": 0, "description": "how many may say no"},
                "vetoes": {**TEXTS, "description": "whose yes it takes in any case"},
            },
            "minProperties": 1,
            "additionalProperties": False,
        },
    ],
}
SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Winward negotiation",
    "type": "object",
    "properties": {
        "name": {**TEXT, "description": "what is negotiated"},
        "terms": {
            "type": "object",
            "description": "each term with its options",
            "additionalProperties": {**TEXTS, "uniqueItems": True},
            "minProperties": 1,
        },
        "people": {"type": "object", "additionalProperties": PERSON, "minProperties": 1},
        "rule": RULE,
        "proposal": {**PACKAGE, "description": "a package on the table, one option for every term"},
    },
    "required": ["name", "terms", "people"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class GameFile:
    """otherwise: what each would do without an agreement, in words; empty where nothing is said."""

    name: str
    terms: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    people: tuple[str, ...]
    positions: tuple[Position, ...]
    otherwise: tuple[str, ...]
    rule: Rule
    proposal: Package | None

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.options))


def read_game(text: str, name: str) -> GameFile:
    """name: the file's, for errors. Raises FileProblems with everything that is wrong, each at its line."""
    written = read_yaml(text, name, SCHEMA)
    reader = _Reader(written, {term: tuple(options) for term, options in written.value["terms"].items()})
    people = written.value["people"]
    positions = [reader.position(("people", person), fields) for person, fields in people.items()]
    rule = reader.rule(written.value.get("rule", "all"), list(people))
    proposal = reader.package(("proposal",), written.value["proposal"]) if "proposal" in written.value else None
    if reader.problems:
        raise FileProblems(name, reader.problems)
    return GameFile(
        name=written.value["name"],
        terms=tuple(reader.terms),
        options=tuple(reader.terms.values()),
        people=tuple(people),
        positions=tuple(positions),
        otherwise=tuple(fields.get("otherwise", "") for fields in people.values()),
        rule=rule,
        proposal=proposal,
    )


def rule_of(people: int, all_but: int | None, vetoes: frozenset[int]) -> Rule:
    """Where only veto holders are named, everybody else may say no."""
    if all_but is None:
        all_but = people - len(vetoes) if vetoes else 0
    return Rule(all_but, vetoes)


class _Reader:
    """Turns names into numbers, and keeps what is wrong with them."""

    def __init__(self, written: Written, terms: Mapping[str, tuple[str, ...]]) -> None:
        self.written, self.terms = written, terms
        self.problems: list[FileProblem] = []

    def wrong(self, place: Place, message: str) -> None:
        self.problems.append(self.written.problem(place, message))

    def position(self, place: Place, fields: Mapping[str, Any]) -> Position:
        if ("ranks" in fields) == ("scores" in fields):
            self.wrong(place, f"give {place[-1]} either ranks or scores")
        ranks = self.ranks((*place, "ranks"), fields["ranks"]) if "ranks" in fields else None
        given = fields.get("scores", {}) if ranks is None else fields["ranks"]["options"]
        key: Place = ("scores",) if ranks is None else ("ranks", "options")
        self.known((*place, *key), given, self.terms, "term")
        worth = self.scores if ranks is None else self.values
        values = [worth((*place, *key, term), given.get(term), options) for term, options in self.terms.items()]
        least = fields.get("least", 0.0)
        if not np.isfinite([*np.concatenate(values), *([] if isinstance(least, Mapping) else [least])]).all():
            self.wrong(place, "points are numbers, neither endless nor missing")
        return Position(
            values=np.concatenate(values),
            refused=self.refused((*place, "cannot_accept"), fields.get("cannot_accept", {})),
            ranks=ranks,
            least=self.package((*place, "least"), least) if isinstance(least, Mapping) else float(least),
        )

    def ranks(self, place: Place, given: Mapping[str, Any]) -> tuple[int, ...]:
        ranks = self.ranked((*place, "terms"), given["terms"], tuple(self.terms), "term")
        for term in ranks.keys() - given["options"].keys():
            self.wrong((*place, "terms"), f"“{term}” is ranked, but not its options; rank them under options")
        return tuple(ranks.get(term, 0) for term in self.terms)

    def values(self, place: Place, given: Sequence[Any] | None, options: tuple[str, ...]) -> "np.typing.NDArray[Any]":
        if given is None:
            return np.zeros(len(options))
        ranks = self.ranked(place, given, options, "option")
        return option_values([ranks.get(option, len(given) + 1) for option in options])

    def scores(self, place: Place, given: Any, options: tuple[str, ...]) -> "np.typing.NDArray[Any]":
        if isinstance(given, Mapping):
            self.known(place, given, options, "option")
            return np.array([float(given.get(option, 0)) for option in options])
        if given is not None and len(given) != len(options):
            self.wrong(place, f"“{place[-1]}” has {len(options)} options, but {len(given)} scores stand here")
            given = None
        return np.array(given or np.zeros(len(options)), dtype=float)

    def ranked(self, place: Place, given: Sequence[Any], names: Sequence[str], what: str) -> dict[str, int]:
        """Each name's rank, from 1."""
        ranks = dict[str, int]()
        for rank, entry in enumerate(given, 1):
            for name in entry if isinstance(entry, list) else [entry]:
                if name in ranks:
                    self.wrong((*place, rank - 1), f"“{name}” stands twice here; rank it once")
                ranks[name] = rank
        self.known(place, ranks, names, what)
        return ranks

    def refused(self, place: Place, given: Mapping[str, Sequence[str]]) -> "np.typing.NDArray[np.bool_]":
        self.known(place, given, self.terms, "term")
        for term, options in given.items():
            self.known((*place, term), options, self.terms.get(term, options), "option")
        flags = [option in given.get(term, ()) for term, options in self.terms.items() for option in options]
        return np.array(flags)

    def package(self, place: Place, given: Mapping[str, str]) -> Package:
        self.known(place, given, self.terms, "term")
        missing = [term for term in self.terms if term not in given]
        if missing:
            self.wrong(place, f"a package has one option for every term; name one for {', '.join(missing)}")
        for term in self.terms.keys() & given.keys():
            self.known((*place, term), [given[term]], self.terms[term], "option")
        return tuple(
            options.index(given[term]) if given.get(term) in options else 0 for term, options in self.terms.items()
        )

    def rule(self, given: str | Mapping[str, Any], people: list[str]) -> Rule:
        if isinstance(given, str):
            return Rule()
        vetoes = given.get("vetoes", [])
        self.known(("rule", "vetoes"), vetoes, people, "person")
        if given.get("all_but", 0) >= len(people):
            self.wrong(("rule", "all_but"), f"with {len(people)} people at most {len(people) - 1} may say no")
        numbers = frozenset(people.index(name) for name in vetoes if name in people)
        return rule_of(len(people), given.get("all_but"), numbers)

    def known(self, place: Place, given: Mapping[str, Any] | Sequence[str], names: Any, what: str) -> None:
        for at, name in enumerate(given):
            if name not in names:
                inner = name if isinstance(given, Mapping) else at
                self.wrong((*place, inner), f"there is no {what} “{name}”; there is {', '.join(names)}")


def load_game(path: Path) -> GameFile:
    """A YAML file, or a folder of score files. Raises FileProblems, OSError, UnicodeDecodeError."""
    if path.is_dir():
        return _folder(path)
    return read_game(path.read_text("utf-8"), str(path))


def _folder(folder: Path) -> GameFile:
    """The format of the negotiation games of Abdelnabi et al. (2023): config.txt names the parties and their files in
    scores_files/, which hold a line of scores a term and, last, the least that the party accepts; initial_deal.txt
    may hold a proposal such as A1,B2. Terms are called A, B …, options A1, A2 …; everyone's yes is needed."""
    config = folder / "config.txt"
    parties = [(number, line.split(",")) for number, line in _lines(config)]
    for number, fields in parties:
        if len(fields) < 2:
            raise FileProblems(str(config), [FileProblem(number, "name a party and its file, as in: Mayor,mayor")])
    sheets = [_sheet(folder / "scores_files" / f"{fields[1].strip()}.txt") for _, fields in parties]
    sizes = [len(row) for row in sheets[0][0]]
    for (number, fields), (rows, _) in zip(parties, sheets, strict=True):
        if [len(row) for row in rows] != sizes:
            told = (
                f"the scores of {fields[0]} are of other numbers of terms or options than those of {parties[0][1][0]}"
            )
            raise FileProblems(str(config), [FileProblem(number, told)])
    options = tuple(tuple(f"{chr(65 + term)}{at + 1}" for at in range(size)) for term, size in enumerate(sizes))
    positions = [
        Position(np.concatenate(rows), np.zeros(sum(sizes), dtype=bool), None, least) for rows, least in sheets
    ]
    people = tuple(fields[0].strip() for _, fields in parties)
    proposal = _initial(folder / "initial_deal.txt", options)
    terms = tuple(chr(65 + term) for term in range(len(sizes)))
    return GameFile(folder.name, terms, options, people, tuple(positions), ("",) * len(people), Rule(), proposal)


def _sheet(path: Path) -> "tuple[list[np.typing.NDArray[Any]], float]":
    rows = []
    for number, line in _lines(path):
        try:
            rows.append(np.array([float(cell) for cell in line.split(",")]))
        except ValueError as error:
            told = f"“{line}” is not a line of numbers with commas between them"
            raise FileProblems(str(path), [FileProblem(number, told)]) from error
    if len(rows) < 2 or len(rows[-1]) != 1:
        told = "the last line must be one number, the least that the party accepts"
        raise FileProblems(str(path), [FileProblem(max(1, len(rows)), told)])
    return rows[:-1], float(rows[-1][0])


def _initial(path: Path, options: tuple[tuple[str, ...], ...]) -> Package | None:
    if not path.exists():
        return None
    (number, line) = next(_lines(path), (1, ""))
    names = [name.strip() for name in line.split(",")]
    if len(names) != len(options) or any(name not in own for name, own in zip(names, options, strict=True)):
        told = f"a proposal names one option of every term, as in {','.join(own[0] for own in options)}"
        raise FileProblems(str(path), [FileProblem(number, told)])
    return tuple(own.index(name) for name, own in zip(names, options, strict=True))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered, without the empty ones."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            yield number, line.strip()
