"""What came in from where, what went wrong with it, and which links wait for a person."""

from dataclasses import dataclass
from datetime import datetime

from winward.records.documents import Document
from winward.records.imports import Import
from winward.usecases.quotes import account_of
from winward.usecases.show_home import RunState, last_run

IMPORTS, LINKS = 50, 20


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file. done: rows or documents so far."""

    id: int
    file: str
    kind: str
    state: str
    message: str
    done: int
    added: int
    changed: int
    problems: int
    by: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The newest imports first. total: of all imports. after: the cursor of the next page, 0 on the last. link_waits:
    whether any link waits for a person."""

    imports: tuple[ImportRow, ...]
    total: int
    after: int
    link_waits: bool
    last_run: RunState | None


@dataclass(frozen=True, slots=True)
class Link:
    """A document, and the account and deal that it seems to belong to. confidence: 0 to 1."""

    document_id: int
    title: str
    kind: str
    happened_at: datetime | None
    account_id: int | None
    account: str
    deal_id: int | None
    deal: str
    deal_state: str
    why: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Links:
    """after: the cursor of the next page, 0 on the last."""

    rows: tuple[Link, ...]
    after: int


def list_sources(after: int = 0) -> Sources:
    """after: the cursor of the page before."""
    older = Import.objects.filter(pk__lt=after) if after else Import.objects.all()
    found = list(older.order_by("-id")[: IMPORTS + 1])
    waits = Document.objects.filter(link=Document.Link.UNSURE).exists()
    more = found[IMPORTS - 1].pk if len(found) > IMPORTS else 0
    return Sources(tuple(import_row(one) for one in found[:IMPORTS]), Import.objects.count(), more, waits, last_run())


def import_row(one: Import) -> ImportRow:
    return ImportRow(
        one.pk,
        one.file,
        one.kind,
        one.state,
        one.message,
        one.done,
        one.added,
        one.changed,
        one.problems,
        one.by,
        one.started_at,
        one.finished_at,
    )


def list_links(after: int = 0) -> Links:
    """The links that wait for a person, oldest document first."""
    unsure = Document.objects.filter(link=Document.Link.UNSURE, pk__gt=after).order_by("id")
    found = list(unsure.select_related("account", "deal__account")[: LINKS + 1])
    return Links(tuple(_link(one) for one in found[:LINKS]), found[LINKS - 1].pk if len(found) > LINKS else 0)


def _link(document: Document) -> Link:
    account, deal = account_of(document), document.deal
    return Link(
        document.pk,
        document.title,
        document.kind,
        document.happened_at,
        account.pk if account else None,
        account.name if account else "",
        deal.pk if deal else None,
        deal.name if deal else "",
        deal.state if deal else "",
        document.link_why,
        document.link_confidence,
    )
