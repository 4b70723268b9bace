"""Who spoke in a deal on both sides, how much, what each cared about, and who was never heard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from winward.records.accounts import Contact
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.records.post_mortem_rows import Voice, voices
from winward.usecases.heard import Heard, against, in_favour
from winward.usecases.quotes import Quote, role_of

THEMES_EACH, PEOPLE = 3, 12
Roles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaredAbout:
    theme_id: int
    theme: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Person:
    """words: spoken or written; share: of all that was said by name, 0 to 1. signals: of theirs, of which so many
    lean against and so many in favour. quote: of a customer that on which most hangs, of us a promise; or null."""

    name: str
    role: str
    side: str
    words: int
    share: float
    documents: int
    signals: int
    against: int
    in_favour: int
    cared_about: tuple[CaredAbout, ...]
    quote: Quote | None


def people(deal: Deal, heard: Heard) -> tuple[Person, ...]:
    """Customers first, then by how much they said; who only took part comes with no words."""
    took_part, roles = _listed(deal)
    spoke = voices(deal.pk)
    names = {one.speaker for one in spoke}
    silent = [Voice(name, side, 0, 0) for name, side in took_part.items() if name not in names]
    everybody = sorted([*spoke, *silent], key=lambda one: (one.side != "customer", -one.words, one.speaker))
    total = sum(one.words for one in spoke)
    return tuple(_person(one, roles, heard, total) for one in everybody[:PEOPLE])


def never_heard(deal: Deal, met: Sequence[Person]) -> tuple[str, ...]:
    """People of the account whom the CRM knows and who take part in no document of the deal, with their roles."""
    shown = {one.name.casefold() for one in met}
    missing = [(name, role) for name, role in _contacts(deal) if name and name.casefold() not in shown]
    return tuple(f"{name}, {role}" if role else name for name, role in missing)


def _contacts(deal: Deal) -> list[tuple[str, str]]:
    if deal.account_id is None:
        return []
    return list(Contact.objects.filter(account=deal.account_id).order_by("name").values_list("name", "role"))


def _listed(deal: Deal) -> tuple[dict[str, str], Roles]:
    """Who took part, with their side; and the roles of everybody: the CRM's, else what a document says last."""
    sides, roles = dict[str, str](), dict[str, str]()
    documents = Document.objects.filter(deal=deal).order_by("happened_at", "pk")
    for participants in documents.values_list("participants", flat=True):
        for person in participants:
            name = str(person.get("name") or "")
            sides[name] = str(person.get("side") or "")
            roles[name] = role_of(name, [person]) or roles.get(name, "")
    sides.pop("", None)
    return sides, roles | {name: role for name, role in _contacts(deal) if role}


def _person(voice: Voice, roles: Roles, heard: Heard, total: int) -> Person:
    theirs = [one for one in heard.said if one.speaker == voice.speaker]
    mentions = Counter(one.theme for one in theirs if one.theme in heard.titles)
    return Person(
        name=voice.speaker,
        role=roles.get(voice.speaker, ""),
        side=voice.side,
        words=voice.words,
        share=voice.words / total if total else 0.0,
        documents=voice.documents,
        signals=len(theirs),
        against=against(theirs),
        in_favour=in_favour(theirs),
        cared_about=tuple(
            CaredAbout(theme, heard.titles[theme], count) for theme, count in mentions.most_common(THEMES_EACH) if theme
        ),
        quote=heard.strongest(one for one in theirs if voice.side != "us" or one.kind == "commitment"),
    )
