"""The questions that may be asked, by kind of stakeholder and topic, as question_templates.yaml has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml

Topic = Literal["interests", "constraints", "alternatives", "gives"]
TOPICS: tuple[Topic, ...] = ("interests", "constraints", "alternatives", "gives")
# What a topic asks for, as a heading.
ASKS_FOR: Mapping[Topic, str] = {
    "interests": "what they want",
    "constraints": "what they can’t accept",
    "alternatives": "what they would do without an agreement",
    "gives": "what they would give",
}
FILE = Path(__file__).with_name("question_templates.yaml")


@dataclass(frozen=True, slots=True)
class Template:
    """key: names it for good, so that an answer stays with its question. gap: asked only while this is not known;
    empty where it always may be. facts: the names of those that it needs."""

    key: str
    topic: Topic
    text: str
    gap: str
    facts: frozenset[str]

    def filled(self, facts: Mapping[str, str]) -> str:
        return self.text.format_map(facts)


@cache
def templates(kind: str) -> tuple[Template, ...]:
    """In the file's order; none for what is no kind of stakeholder."""
    topics = _file().get(kind, {})
    return tuple(_template(kind, topic, key, entry) for topic in TOPICS for key, entry in topics.get(topic, {}).items())


@cache
def _file() -> dict[str, dict[Topic, dict[str, str | list[str]]]]:
    loaded: dict[str, dict[Topic, dict[str, str | list[str]]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def _template(kind: str, topic: Topic, key: str, entry: str | list[str]) -> Template:
    gap, text = ("", entry) if isinstance(entry, str) else entry
    facts = frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
    return Template(f"{kind}/{topic}/{key}", topic, text, gap, facts)
