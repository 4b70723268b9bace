"""Turns of talk: who says what, and which exact sentences of it belong to a planted theme."""

import re
from dataclasses import dataclass
from random import Random

from winward.sample.company import VENDOR, Account, Deal, Person
from winward.sample.material import Exchange, Line, Pool, Theme, exchanges, lines, themes

ASIDE = re.compile(r"\(\((.+?)\)\)\s*")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ž0-9‘“'])")
HESITATION = re.compile(r" (but|because|and then|so that|which|when) ")


@dataclass(frozen=True, slots=True)
class Turn:
    """sentences: (theme key, exact sentence of the text)."""

    speaker: Person
    text: str
    sentences: tuple[tuple[str, str], ...] = ()


class Words:
    """The stock of authored words that one sample company is written from."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(f"words:{seed}")
        self._pools: dict[tuple[str, ...], Pool[Line]] = {}
        self._exchanges: dict[tuple[str, ...], Pool[Exchange]] = {}
        self._themes = {theme.key: theme for theme in themes()}

    def about(self, key: str, form: str, account: Account) -> Line:
        """A line of the theme `key` in one of its forms: core, spoken, written, noted, after or ours."""
        theme: Theme = self._themes[key]
        pool = self._pools.setdefault(("theme", key, form), Pool(getattr(theme, form), self._rng))
        return pool.draw(account.industry)

    def line(self, file: str, heading: str, account: Account) -> Line:
        pool = self._pools.setdefault((file, heading), Pool(lines(file)[heading], self._rng))
        return pool.draw(account.industry)

    def exchange(self, file: str, heading: str, account: Account) -> Exchange:
        pool = self._exchanges.setdefault((file, heading), Pool(exchanges(file)[heading], self._rng))
        return pool.draw(account.industry)


def facts(deal: Deal | None, account: Account, us: Person, they: Person, other: Person) -> dict[str, str]:
    """What the authored words may name in single curly brackets."""
    product = deal.product if deal else VENDOR
    rival = (deal.competitor if deal else "") or "another vendor"
    return {
        "account": account.name,
        "city": account.city,
        "technicians": str(account.technicians),
        "depots": str(account.depots),
        "employees": str(account.employees),
        "me": us.first,
        "they": they.first,
        "other": other.first,
        "product": product,
        "rival": rival,
        "vendor": VENDOR,
    }


def sentences_of(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def themed_turn(speaker: Person, key: str, line: Line, rng: Random, spoken: bool) -> Turn:
    """The line as this person says it, with the sentences that carry the theme marked."""
    pieces: list[tuple[bool, str]] = []
    place = 0
    for match in ASIDE.finditer(line.text):
        pieces += [(True, line.text[place : match.start()]), (False, match[1])]
        place = match.end()
    pieces.append((True, line.text[place:]))
    said = [
        (is_theme, _hesitate(sentence, rng) if spoken else sentence)
        for is_theme, piece in pieces
        for sentence in sentences_of(piece)
    ]
    marks = tuple((key, sentence) for is_theme, sentence in said if is_theme)
    return Turn(speaker, " ".join(sentence for _, sentence in said), marks)


def joined(first: Turn, second: Turn) -> Turn:
    """Two turns of one speaker as one."""
    return Turn(first.speaker, f"{first.text} {second.text}", first.sentences + second.sentences)


def _hesitate(sentence: str, rng: Random) -> str:
    if rng.random() > 0.3:
        return sentence
    filler = rng.choice(("uh,", "um,", "you know,", "I mean,", "er,"))
    return HESITATION.sub(lambda match: f" {match[1]}, {filler} ", sentence, count=1)
