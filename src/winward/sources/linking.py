"""Which account and which deal a document belongs to, why, and how sure that is; and which side a speaker is on.

In order: what the file names, whom it was with, what its title says; then the account's deal of that day.
docs/formats.md states the confidences and thresholds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from winward.sources.evidence import DealState, Document, Participant, Side, Turn
from winward.sources.people import KnownPerson, People

SURE_FROM = 0.7
# rapidfuzz.fuzz.ratio of two names without spaces and legal forms, 0 to 100.
ALIKE = 90.0
VERY_ALIKE = 95.0
# Names with fewer letters are met by chance in other words and must stand there as a word, spelt the same.
SHORT_NAME = 6
SHORTEST_NAME = 3
# A row's title is often just how its text begins, so that a name in it needs a person's eye.
MOST_SURE_IN_ROW_TITLE = 0.6
MOST_WORDS_IN_NAME = 5
LONGEST_TITLE = 400
PREFIX = 3
JUST_CLOSED = timedelta(days=90)
LEGAL_FORMS = frozenset(
    (
        *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corp", "corporation", "co", "company", "gmbh"),
        *("ag", "kg", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "as", "oy", "pty", "the"),
    )
)
FREE_MAIL = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com"),
        *("icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "gmx.com"),
        *("web.de", "t-online.de", "mail.com", "mail.ru", "yandex.ru", "qq.com", "163.com", "126.com", "zoho.com"),
        *(
            "hotmail.co.uk",
            "yahoo.co.uk",
            "hotmail.fr",
            "yahoo.fr",
            "orange.fr",
            "free.fr",
            "libero.it",
            "btinternet.com",
        ),
    )
)
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KnownAccount:
    key: int
    name: str
    domain: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """account: the account's key. created_on, closed_on: None where unknown; an open deal's closed_on is not used."""

    key: int
    external_id: str
    name: str
    account: int | None
    state: DealState
    created_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """account, deal: keys, None where none was found. why: one or two plain sentences. confidence: 0 to 1.

    sure: whether it stands on its own; else a person confirms it.
    """

    account: int | None
    deal: int | None
    why: str
    confidence: float

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE_FROM


@dataclass(frozen=True, slots=True)
class _Clue:
    """The account that something points to."""

    account: int
    why: str
    confidence: float


class Directory:
    """Whom we know, indexed once for many documents. contacts: account key by e-mail. people: account keys by the name
    of a contact. own_domains: our people's. known: contacts and our own people, with their roles."""

    def __init__(
        self,
        accounts: Iterable[KnownAccount],
        deals: Iterable[KnownDeal] = (),
        contacts: Mapping[str, int] | None = None,
        own_domains: Iterable[str] = (),
        people: Mapping[str, Sequence[int]] | None = None,
        known: Iterable[KnownPerson] = (),
    ) -> None:
        self.accounts = {account.key: account for account in accounts}
        self.contacts = {email.lower(): key for email, key in (contacts or {}).items()}
        self.people = {name.casefold().strip(): tuple(keys) for name, keys in (people or {}).items()}
        self.known = People(known)
        self.own_domains = frozenset(filter(None, map(_domain, own_domains)))
        self.accounts_by_id = {
            each.external_id.casefold(): each.key for each in self.accounts.values() if each.external_id
        }
        self.accounts_by_domain: dict[str, list[int]] = defaultdict(list)
        self.accounts_by_name: dict[str, list[int]] = defaultdict(list)
        self.names_by_prefix: dict[str, list[str]] = defaultdict(list)
        self.deals_by_id: dict[str, list[KnownDeal]] = defaultdict(list)
        self.deals_by_name: dict[str, list[KnownDeal]] = defaultdict(list)
        self.deals_of: dict[int, list[KnownDeal]] = defaultdict(list)
        self._index_accounts()
        self._index_deals(deals)

    def _index_accounts(self) -> None:
        for account in self.accounts.values():
            if (domain := _domain(account.domain)) and domain not in FREE_MAIL | self.own_domains:
                self.accounts_by_domain[domain].append(account.key)
            if name := squashed(account.name):
                self.accounts_by_name[name].append(account.key)
        for name in self.accounts_by_name:
            self.names_by_prefix[name[:PREFIX]].append(name)

    def _index_deals(self, deals: Iterable[KnownDeal]) -> None:
        for deal in deals:
            if deal.external_id:
                self.deals_by_id[deal.external_id.casefold()].append(deal)
            self.deals_by_name[deal.name.casefold().strip()].append(deal)
            if deal.account is not None:
                self.deals_of[deal.account].append(deal)


def link(document: Document, directory: Directory) -> Link:
    """The account and deal of the document, as far as the directory knows them."""
    deal = _named_deal(document, directory)
    if deal is not None:
        return Link(deal.account, deal.key, f"The file names the deal {deal.external_id or deal.name}.", 1.0)
    unknown = f" The deal it names, {document.deal}, is not known." if document.deal else ""
    clue = (
        _named_account(document, directory)
        or _met(document, directory)
        or _titled(document, directory)
        or _spoke(document, directory)
    )
    if clue is None:
        return Link(None, None, f"Nothing in the file names an account that is known.{unknown}", 0.0)
    return _with_deal_of_the_day(document, clue, unknown, directory)


def side_of(turn: Turn, document: Document, directory: Directory) -> Side:
    """Whose side the turn's speaker is on: as the file says, else by their e-mail; "" where neither tells."""
    if turn.side or not turn.speaker:
        return turn.side
    person = _person(turn.speaker, document.participants)
    if person is not None and person.side:
        return person.side
    return _side_of_email(person.email if person else turn.speaker, directory)


def squashed(name: str) -> str:
    """The name's letters and digits in lower case, without spaces and legal forms: GTX Pro, Inc. becomes gtxpro."""
    words = WORD.findall(name.casefold())
    kept = "".join(word for word in words if word not in LEGAL_FORMS)
    # What is left of Y Corporation would be found in every sentence.
    return kept if len(kept) >= SHORTEST_NAME else "".join(words)


def _named_deal(document: Document, directory: Directory) -> KnownDeal | None:
    said = document.deal.casefold().strip()
    if not said:
        return None
    found = directory.deals_by_id.get(said) or directory.deals_by_name.get(said) or []
    if len(found) > 1 and (account := _named_account(document, directory)):
        found = [deal for deal in found if deal.account == account.account]
    return found[0] if len(found) == 1 else None


def _named_account(document: Document, directory: Directory) -> _Clue | None:
    said = document.account.strip()
    if not said:
        return None
    if (key := directory.accounts_by_id.get(said.casefold())) is not None:
        return _Clue(key, f"The file gives the account's id, {said}.", 1.0)
    name = squashed(said)
    if found := directory.accounts_by_name.get(name):
        return _one_of(found, f"The file names the account {said}.", 0.97, directory)
    best = process.extractOne(
        name, directory.names_by_prefix.get(name[:PREFIX], ()), scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    if best is None:
        return None
    alike = directory.accounts_by_name[best[0]]
    why = f"The file names {said}, which is spelt nearly like {_name(alike[0], directory)}."
    return _one_of(alike, why, 0.85 if best[1] >= VERY_ALIKE else 0.65, directory)


def _met(document: Document, directory: Directory) -> _Clue | None:
    """By whom the document was with: known contacts before domains, and the account of most people."""
    emails = [person.email.lower() for person in document.participants if "@" in person.email]
    strangers = [email for email in emails if not _is_ours(email, directory)]
    known = Counter(
        key for email in strangers if (key := directory.contacts.get(email)) in directory.accounts and key is not None
    )
    if known:
        names = ", ".join(sorted(email for email in strangers if email in directory.contacts)[:3])
        return _most_common(known, f"{names} took part, known as a contact of", 0.95, directory)
    homes = {email: found for email in strangers if (found := _accounts_at(email, directory))}
    if not homes:
        return None
    counted = Counter(key for keys in homes.values() for key in keys)
    return _most_common(counted, f"{next(iter(homes))} took part, with the e-mail domain of", 0.9, directory)


def _accounts_at(email: str, directory: Directory) -> list[int]:
    """The accounts with the address's domain, or else with the domain above it (mail.acme.com: acme.com)."""
    domain = email.rpartition("@")[2]
    while "." in domain:
        if domain in FREE_MAIL:
            return []
        if found := directory.accounts_by_domain.get(domain):
            return found
        domain = domain.partition(".")[2]
    return []


def _most_common(counted: Counter[int], why: str, confidence: float, directory: Directory) -> _Clue:
    top = max(counted.values())
    leading = [key for key, times in counted.items() if times == top]
    return _one_of(leading, f"{why} {_name(leading[0], directory)}.", confidence, directory)


def _one_of(keys: Sequence[int], why: str, confidence: float, directory: Directory) -> _Clue:
    """The only account, or the first of several as a suggestion that waits for a person."""
    if len(keys) == 1:
        return _Clue(keys[0], why, confidence)
    others = ", ".join(_name(key, directory) for key in keys[1:4])
    return _Clue(keys[0], f"{why} It could also be {others}.", 0.5)


def _titled(document: Document, directory: Directory) -> _Clue | None:
    """The account whose name the title has, else the file's name. The longest name wins: Acme Robotics over Acme."""
    for text, place in ((document.title, "title"), (re.sub(r"\.\w+$", "", document.file), "file name")):
        found = list(_names_in(text, directory))
        if not found:
            continue
        longest = max(len(name) for name, _ in found)
        best = max(confidence for name, confidence in found if len(name) == longest)
        names = {name for name, confidence in found if len(name) == longest and confidence == best}
        keys = [key for name in sorted(names) for key in directory.accounts_by_name[name]]
        sure = min(best, MOST_SURE_IN_ROW_TITLE) if document.row else best
        return _one_of(keys, f"The {place} mentions {_name(keys[0], directory)}.", sure, directory)
    return None


def _spoke(document: Document, directory: Directory) -> _Clue | None:
    """By the names of those who took part. Two of one account's people settle it; one may only be a namesake."""
    names = {person.name for person in document.participants if person.side != "us"}
    of_account: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        for key in set(directory.people.get(name.casefold().strip(), ())):
            of_account[key].append(name)
    if not of_account:
        return None
    most = max(len(found) for found in of_account.values())
    leading = [key for key, found in of_account.items() if len(found) == most]
    said = " and ".join(of_account[leading[0]][:2])
    why = f"{said} took part, {'the names of contacts' if most > 1 else 'the name of a contact'} of"
    return _one_of(leading, f"{why} {_name(leading[0], directory)}.", 0.8 if most > 1 else 0.6, directory)


def _names_in(text: str, directory: Directory) -> Iterator[tuple[str, float]]:
    """(squashed account name, confidence) of the names that stand in the text as one to MOST_WORDS_IN_NAME words."""
    words = WORD.findall(text[:LONGEST_TITLE])
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_WORDS_IN_NAME) + 1):
            window = words[start:end]
            said = "".join(window).casefold()
            if said in directory.accounts_by_name:
                yield said, _confidence_of_exact(window, directory.accounts_by_name[said], directory)
            elif len(said) >= SHORT_NAME and (near := directory.names_by_prefix.get(said[:PREFIX])):
                yield from _nearly(said, near)


def _confidence_of_exact(window: Sequence[str], keys: Sequence[int], directory: Directory) -> float:
    said = "".join(window)
    if len(said) >= SHORT_NAME:
        return 0.85
    # `Box renewal` names Box; `a box of issues` doesn't.
    spelt = any(said in "".join(WORD.findall(_name(key, directory))) for key in keys)
    return 0.75 if spelt and not said.islower() else 0.5


def _nearly(said: str, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    for name, score, _ in process.extract(said, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2):
        if len(name) >= SHORT_NAME:
            yield name, 0.75 if score >= VERY_ALIKE else 0.6


def _with_deal_of_the_day(document: Document, clue: _Clue, unknown: str, directory: Directory) -> Link:
    deals = directory.deals_of.get(clue.account, [])
    why = clue.why + unknown
    if document.happened_at is None:
        return Link(clue.account, None, f"{why} It has no date that would tell the deal.", clue.confidence)
    day = document.happened_at.date()
    current = [deal for deal in deals if _is_open_on(deal, day)]
    if len(current) == 1:
        return Link(
            clue.account, current[0].key, f"{why} {_label(current[0])} was open that day.", min(clue.confidence, 0.9)
        )
    if current:
        latest = max(current, key=lambda deal: deal.created_on or date.min)
        return Link(
            clue.account,
            latest.key,
            f"{why} {len(current)} of its deals were open that day; the latest is suggested.",
            0.5,
        )
    closed = [deal for deal in deals if deal.closed_on and deal.closed_on < day <= deal.closed_on + JUST_CLOSED]
    if closed:
        last = max(closed, key=lambda deal: deal.closed_on or date.min)
        return Link(clue.account, last.key, f"{why} Said after {_label(last)} had closed.", min(clue.confidence, 0.8))
    return Link(clue.account, None, f"{why} None of its deals was open that day.", clue.confidence)


def _is_open_on(deal: KnownDeal, day: date) -> bool:
    if deal.created_on is not None and day < deal.created_on:
        return False
    if deal.state == "open":
        return True
    return deal.closed_on is not None and day <= deal.closed_on


def _side_of_email(email: str, directory: Directory) -> Side:
    if "@" not in email:
        return ""
    if _is_ours(email, directory):
        return "us"
    if email.lower() in directory.contacts or _accounts_at(email.lower(), directory):
        return "customer"
    # Without knowing our own domains, a stranger's may be ours.
    return "customer" if directory.own_domains and _domain(email) not in FREE_MAIL else ""


def _person(speaker: str, people: Sequence[Participant]) -> Participant | None:
    """The participant of that name or address, or the only one whose name begins with it (`Jane` for Jane Doe)."""
    said = speaker.casefold().strip()
    exact = [person for person in people if said in (person.name.casefold(), person.email.casefold())]
    begins = [person for person in people if person.name.casefold().startswith(f"{said} ")]
    found = exact or begins
    return found[0] if len(found) == 1 or exact else None


def _is_ours(email: str, directory: Directory) -> bool:
    domain = _domain(email)
    return any(domain == own or domain.endswith(f".{own}") for own in directory.own_domains)


def _domain(text: str) -> str:
    """acme.com, from a domain, an address of a page or an e-mail address."""
    host = re.sub(r"^https?://", "", text.strip().lower()).rpartition("@")[2]
    return re.split(r"[/:?#]", host, maxsplit=1)[0].removeprefix("www.").strip(".")


def _name(key: int, directory: Directory) -> str:
    return directory.accounts[key].name


def _label(deal: KnownDeal) -> str:
    return f"The deal {deal.name or deal.external_id}"
