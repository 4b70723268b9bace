"""The authored words: themes, exchanges and remarks, read from the files in `material/`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Generic, Literal, TypeVar, cast

from winward.sample.truth import ThemeRole

Voice = Literal["us", "us2", "they", "other"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say. industry: the only line of business it suits, empty where it suits all. Double round
    brackets hold an aside that does not belong to the line's theme."""

    text: str
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A few turns that belong together."""

    turns: tuple[tuple[Voice, str], ...]
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """One planted theme and its words. raised_by: industries and segments that bring it up more often.
    core: the point in one plain sentence; spoken, written and noted: the point as people tell it; after: looking back
    on the decision; ours: what our side says to it."""

    key: str
    title: str
    description: str
    role: ThemeRole
    log_odds: float
    share: float
    raised_by: frozenset[str]
    core: tuple[Line, ...]
    spoken: tuple[Line, ...]
    written: tuple[Line, ...]
    noted: tuple[Line, ...]
    after: tuple[Line, ...]
    ours: tuple[Line, ...]


Item = TypeVar("Item", Line, Exchange)


class Pool(Generic[Item]):
    """Hands out what was used least so far, so that no sentence is worn out."""

    def __init__(self, items: Sequence[Item], rng: Random) -> None:
        self._items: list[Item] = list(items)
        self._rng = rng
        self._uses = [0] * len(self._items)

    def draw(self, industry: str = "") -> Item:
        fitting = [i for i, item in enumerate(self._items) if item.industry in ("", industry)]
        fewest = min(self._uses[i] for i in fitting)
        chosen = self._rng.choice([i for i in fitting if self._uses[i] == fewest])
        self._uses[chosen] += 1
        return self._items[chosen]


@cache
def themes() -> tuple[Theme, ...]:
    """All planted themes, by key."""
    folder = files("winward.sample") / "material" / "themes"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".md")), key=lambda path: path.name)
    return tuple(_theme(path.name.removesuffix(".md"), path.read_text(encoding="utf-8")) for path in paths)


@cache
def lines(name: str) -> dict[str, tuple[Line, ...]]:
    """The lists of `material/talk/<name>.md`, by heading."""
    return {heading: _lines(body) for heading, body in _sections(_talk(name)).items()}


@cache
def exchanges(name: str) -> dict[str, tuple[Exchange, ...]]:
    """The exchanges of `material/talk/<name>.md`, by heading."""
    return {heading: _exchanges(body) for heading, body in _sections(_talk(name)).items()}


def _talk(name: str) -> str:
    return (files("winward.sample") / "material" / "talk" / f"{name}.md").read_text(encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return {heading.strip(): body for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def _lines(body: str) -> tuple[Line, ...]:
    return tuple(Line(*_tagged(row[2:])) for row in body.splitlines() if row.startswith("- "))


def _tagged(row: str) -> tuple[str, str]:
    match = re.match(r"\[(\w+)\] ", row)
    return (row[match.end() :].strip(), match[1]) if match else (row.strip(), "")


def _exchanges(body: str) -> tuple[Exchange, ...]:
    blocks = [block.strip().splitlines() for block in re.split(r"\n\s*\n", body) if block.strip()]
    return tuple(Exchange(tuple(_turn(row) for row in block)) for block in blocks)


def _turn(row: str) -> tuple[Voice, str]:
    voice, _, text = row.partition(": ")
    return cast(Voice, voice), text.strip()


def _theme(key: str, text: str) -> Theme:
    head = dict(re.findall(r"^(\w+): (.+)$", text.split("## ", 1)[0], flags=re.MULTILINE))
    said = {heading: _lines(body) for heading, body in _sections(text).items()}
    return Theme(
        key=key,
        title=head["title"],
        description=head["description"],
        role=cast(ThemeRole, head["role"]),
        log_odds=float(head["log_odds"]),
        share=float(head["share"]),
        raised_by=frozenset(head.get("raised_by", "").replace(",", " ").split()),
        **{name: said[name] for name in ("core", "spoken", "written", "noted", "after", "ours")},
    )
