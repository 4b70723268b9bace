"""Personal data out of a document before it is stored, and out of a text before it is sent."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from winward.engine.redaction import KnownNames, Pseudonyms, known_names, redact
from winward.records import directory
from winward.records.company import Company
from winward.sources.evidence import Document, Participant

Redact = Callable[[Document], Document]


def pseudonyms() -> Pseudonyms:
    """The workspace's own: the same person bears the same one everywhere in it."""
    return Pseudonyms(Company.objects.get().secret.encode())


def everybody() -> KnownNames:
    """All contacts, our own people and all who took part in a document; accounts' names stay in the text."""
    names = {name for name, *_ in directory.persons()} | directory.participants()
    return known_names(sorted(names), sorted(name for _, name, *_ in directory.accounts()))


def before_storing() -> Redact:
    """What is done to each document before it is stored: nothing, unless the workspace redacts."""
    if not Company.objects.filter(redact=True).exists():
        return lambda document: document
    return partial(redacted, known=everybody(), of_workspace=pseudonyms())


def redacted(document: Document, known: KnownNames, of_workspace: Pseudonyms) -> Document:
    """The document with everybody and everything personal under pseudonyms: its words, its speakers, its title."""
    present = known_names(_present(document))

    def without(text: str) -> str:
        return redact(redact(text, known, of_workspace).text, present, of_workspace).text

    return replace(
        document,
        title=without(document.title),
        turns=tuple(replace(turn, text=without(turn.text), speaker=without(turn.speaker)) for turn in document.turns),
        participants=tuple(
            replace(person, name=without(person.name), email=without(person.email)) for person in document.participants
        ),
        extra={name: without(value) for name, value in document.extra.items()},
    )


def _present(document: Document) -> Iterable[str]:
    people: tuple[Participant, ...] = document.participants
    return sorted({*(person.name for person in people), *(turn.speaker for turn in document.turns)} - {""})
