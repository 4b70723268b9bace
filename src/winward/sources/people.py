"""Who the people in a document are: contacts of a customer and people of ours, known by address or by full name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from winward.sources.evidence import Participant, Side


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """account: the key of a contact's account; None for our own people."""

    name: str
    email: str
    role: str
    account: int | None
    ours: bool = False

    @property
    def side(self) -> Side:
        return "us" if self.ours else "customer"


class People:
    """Everybody we know, indexed once for many documents."""

    def __init__(self, known: Iterable[KnownPerson] = ()) -> None:
        self._by_email: dict[str, KnownPerson] = {}
        self._by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in known:
            if person.email:
                self._by_email.setdefault(person.email.casefold(), person)
            # A single word could be anybody.
            if " " in person.name.strip():
                self._by_name[person.name.casefold().strip()].append(person)

    def find(self, name: str, email: str, account: int | None) -> KnownPerson | None:
        """By address; else by full name, if only one of that name is ours or of the account, or known at all."""
        if email.casefold() in self._by_email:
            return self._by_email[email.casefold()]
        named = self._by_name.get(name.casefold().strip(), [])
        near = [person for person in named if person.ours or (account is not None and person.account == account)]
        return next((found[0] for found in (near, named) if len(found) == 1), None)


def completed(
    participants: Sequence[Participant], speakers: Iterable[str], account: int | None, people: People
) -> tuple[Participant, ...]:
    """The participants with what is known of them where the file doesn't say it, and the known speakers it left out."""
    listed = {person.name.casefold() for person in participants}
    silent = [Participant(name) for name in dict.fromkeys(speakers) if name and name.casefold() not in listed]
    found = [(person, people.find(person.name, person.email, account)) for person in (*participants, *silent)]
    kept = [(person, known) for person, known in found if known is not None or person in participants]
    return tuple(_with(person, known) if known else person for person, known in kept)


def _with(person: Participant, known: KnownPerson) -> Participant:
    return replace(
        person,
        email=person.email or known.email,
        side=person.side or known.side,
        role=person.role or known.role,
    )
