"""People known by name from contacts and participants, found in what is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from winward.engine.redaction.common_words import (
    BEFORE_MONTHS,
    COMMON_WORDS,
    DETERMINERS,
    MONTHS,
    NO_NAME_BEFORE,
    PARTICLES,
    PEOPLE_DO,
    TITLES,
)
from winward.engine.redaction.findings import Finding
from winward.engine.redaction.known import WORD, KnownNames, folded

_BETWEEN_PARTS = frozenset((" ", "\u00a0", "-", "‐", ", ", ". ", ".", "'", "’", "_", "\n"))
_AFTER_INITIAL = frozenset((". ", ".", " ", "'", "’"))
# Only after a word or a comma does a capital tell something; sentences also begin after marks, bullets and smileys.
_RUNNING_ON = re.compile(r"[\w,'’*][ \u00a0]{1,3}\Z")
_LEAST_FOR_GENITIVE = 5
_NOBODY: frozenset[int] = frozenset()


class _Word(NamedTuple):
    start: int
    end: int
    written: str
    folded: str

    @property
    def capital(self) -> bool:
        return self.written[0].isupper()


class _Run(NamedTuple):
    """words[first:end] are parts of one and the same person, who is one of `people`."""

    first: int
    end: int
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: Sequence[_Word]
    known: KnownNames

    def between(self, place: int) -> str:
        """What stands before the word at `place`, up to the one before it."""
        return self.text[self.words[place - 1].end : self.words[place].start] if place else ""

    def at(self, place: int) -> str:
        return self.words[place].folded if 0 <= place < len(self.words) else ""


def names(text: str, known: KnownNames) -> Iterator[Finding]:
    """Full names in any case; a first or last name alone only with a capital, and not where it is a common word."""
    if known.first_look.isdisjoint(WORD.findall(folded(text))):
        return
    words = [_Word(*match.span(), match.group(), folded(match.group())) for match in WORD.finditer(text)]
    said = _Said(text, words, known)
    done = 0
    for place in [place for place, word in enumerate(words) if word.folded in known.first_look]:
        if place < done:
            continue
        run, company = _run(said, place), _company_end(said, place)
        if company >= run.end:
            done = company
        elif run.people and _meant(said, run):
            yield _finding(said, run)
            done = run.end


def _bearers(said: _Said, place: int) -> frozenset[int]:
    """Who bears the word as a name; "Annas Bericht" is Anna's."""
    word = said.words[place]
    people = said.known.parts.get(word.folded, _NOBODY)
    base = word.folded.removesuffix("s")
    if people or base == word.folded or len(base) < _LEAST_FOR_GENITIVE - 1 or not word.capital or base in COMMON_WORDS:
        return people
    return said.known.parts.get(base, _NOBODY)


def _run(said: _Said, place: int) -> _Run:
    """The longest run of different words, and initials between them, that one person bears."""
    people, end, seen = _bearers(said, place), place + 1, {said.at(place)}
    while people and end < len(said.words) and said.between(end) in _BETWEEN_PARTS:
        following = end + (len(said.at(end)) == 1)
        if following >= len(said.words) or said.between(following) not in _BETWEEN_PARTS | _AFTER_INITIAL:
            break
        common = people & _bearers(said, following)
        if not common or said.at(following) in seen:
            break
        people, end = common, following + 1
        seen.add(said.at(following))
    return _Run(place, end, people)


def _company_end(said: _Said, place: int) -> int:
    """The place after the company's name that begins at `place`, or 0."""
    for form in said.known.companies.get(said.at(place), ()):
        end = place + len(form)
        if said.words[place].capital and tuple(word.folded for word in said.words[place:end]) == form:
            return end
    return 0


def _meant(said: _Said, run: _Run) -> bool:
    telling = [
        place for place in range(run.first, run.end) if len(said.at(place)) > 1 and said.at(place) not in PARTICLES
    ]
    if len(telling) == 1:
        return _initial(said, run) or _alone(said, telling[0])
    words = [said.words[place] for place in telling]
    return any(word.folded not in COMMON_WORDS for word in words) or (
        bool(words) and all(word.capital for word in words)
    )


def _initial(said: _Said, run: _Run) -> bool:
    """Whether "A." of "A. Schmidt", or "O'" of "O'Brien", stands before."""
    before = said.at(run.first - 1)
    if len(before) != 1 or not said.words[run.first - 1].capital:
        return False
    fits = before in "od" or any(part[0] == before for person in run.people for part in _parts(said, person))
    return fits and said.between(run.first) in _AFTER_INITIAL


def _parts(said: _Said, person: int) -> list[str]:
    return said.known.people[person].split()


def _alone(said: _Said, place: int) -> bool:
    """Whether a single word is a name here."""
    word = said.words[place]
    if word.folded in said.known.user_names:
        return True
    if not word.capital or (len(word.written) == 2 and word.written.isupper()):
        return False
    return word.folded not in COMMON_WORDS or _though_common(said, place)


def _though_common(said: _Said, place: int) -> bool:
    """Whether a word such as "Will", "Mark", "Price" or "May" is a name here, by what stands around it."""
    word, before, after = said.words[place], said.at(place - 1), said.at(place + 1)
    if before in TITLES:
        return True
    numbered = said.text[word.end : word.end + 2].strip(" ,")[:1].isdigit() or after in ("ii", "iii", "iv")
    if (
        word.written.isupper()
        or before in DETERMINERS
        or numbered
        or (word.folded in MONTHS and before in BEFORE_MONTHS)
    ):
        return False
    if after in NO_NAME_BEFORE and said.between(place + 1).isspace():
        return False
    if after == "from" and place + 2 < len(said.words) and said.words[place + 2].capital:
        return True
    return after in PEOPLE_DO or bool(_RUNNING_ON.search(said.text[max(0, word.start - 10) : word.start]))


def _finding(said: _Said, run: _Run) -> Finding:
    first = run.first - _initial(said, run)
    return Finding(said.words[first].start, said.words[run.end - 1].end, "person", _identity(said, first, run))


def _identity(said: _Said, first: int, run: _Run) -> str:
    """The person, or, where it could be several, the name as it was said."""
    words = {said.at(place) for place in range(first, run.end)}
    exact = [person for person in run.people if set(_parts(said, person)) == words]
    initials = {word for word in words if len(word) == 1}
    fitting = [person for person in run.people if initials <= {part[0] for part in _parts(said, person)}]
    for people in (exact, list(run.people), fitting):
        if len(people) == 1:
            return said.known.people[people[0]]
    return "one of " + " ".join(sorted(words))
