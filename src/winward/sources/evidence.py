"""What every source yields: documents and CRM rows as plain values, and the problems met on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Side = Literal["customer", "us", ""]
DocumentKind = Literal["call", "meeting", "email", "ticket", "review", "survey", "note", "interview", "message"]
DealState = Literal["open", "won", "lost"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a file that could not be read; the rest of the file lands.

    row counts from 1 as a spreadsheet shows it, header included; 0 when the whole file is meant.
    reason says what is wrong and what to do, in one sentence.
    """

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    email: str = ""
    side: Side = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn or one paragraph, verbatim. A turn that is not `spoken` (quoted history, a signature,
    a legal footer) stays in the document's text, but becomes no passage."""

    text: str
    speaker: str = ""
    side: Side = ""
    start_ms: int | None = None
    end_ms: int | None = None
    spoken: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One call, meeting, e-mail, ticket, review, survey answer, note or interview.

    external_id: unique within its source and stable over exports. account, deal: what the file itself names
    (an id or a name), empty where it names none. extra: the columns that have no field of their own.
    """

    external_id: str
    kind: DocumentKind
    title: str
    turns: tuple[Turn, ...]
    happened_at: datetime | None = None
    participants: tuple[Participant, ...] = ()
    account: str = ""
    deal: str = ""
    file: str = ""
    row: int = 0
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """churned_on: the day on which it stopped being a customer."""

    external_id: str
    name: str
    row: int
    domain: str = ""
    industry: str = ""
    segment: str = ""
    region: str = ""
    employees: int | None = None
    owner: str = ""
    churned_on: date | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactRow:
    external_id: str
    name: str
    row: int
    email: str = ""
    role: str = ""
    account: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A person on our side who owns deals: a seller, with team and region where the file has them."""

    external_id: str
    name: str
    row: int
    email: str = ""
    team: str = ""
    region: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRow:
    external_id: str
    name: str
    row: int
    family: str = ""
    price: Decimal | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DealRow:
    """account, owner, product: an external id or a name, as the file has it. No currency means the workspace's.
    recurring: the part of the amount that comes again every year; None where the file doesn't say."""

    external_id: str
    name: str
    row: int
    state: DealState
    stage: str = ""
    account: str = ""
    owner: str = ""
    product: str = ""
    amount: Decimal | None = None
    recurring: Decimal | None = None
    currency: str = ""
    created_on: date | None = None
    closed_on: date | None = None
    segment: str = ""
    region: str = ""
    competitor: str = ""
    stated_reason: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageRow:
    """One step of a deal's history."""

    deal: str
    stage: str
    row: int
    entered_on: date


CrmRow = AccountRow | ContactRow | OwnerRow | ProductRow | DealRow | StageRow
