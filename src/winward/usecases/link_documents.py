"""link: what wasn't sure of a document (deal, account, a speaker's side), looked at again with what came since."""

from collections.abc import Sequence
from dataclasses import replace

from winward.engine.reading.side import sides
from winward.records import directory as known
from winward.records import document_rows
from winward.records.documents import Document as StoredDocument
from winward.sources.evidence import Document, Participant, Turn
from winward.sources.linking import Directory, KnownAccount, KnownDeal, link, side_of
from winward.sources.people import KnownPerson, completed
from winward.usecases.document_intake import state_of


def directory_now() -> Directory:
    """The accounts, deals and people that a document may belong to, as the workspace knows them now."""
    return Directory(
        accounts=[KnownAccount(*row) for row in known.accounts()],
        deals=[KnownDeal(*row) for row in known.deals()],
        contacts=dict(known.contacts()),
        own_domains=known.our_domains(),
        people=known.people(),
        known=[KnownPerson(*row) for row in known.persons()],
    )


def link_documents() -> int:
    """Returns how many documents' links changed. What a person said about a link stays."""
    directory = directory_now()
    changed, after = 0, 0
    while waiting := document_rows.to_link(after):
        changed += document_rows.write_links(_links(waiting, directory))
        after = waiting[-1].pk
    return changed


def settle_sides() -> int:
    """Whose side each speaker is on, for documents not read yet: people may have become known since they came in.

    Where neither the file nor the directory tells, what is said may. Returns how many documents changed.
    """
    directory = directory_now()
    changed, after = 0, 0
    while waiting := document_rows.with_unknown_sides(after):
        found = [(stored.pk, speaker, _side(stored, speaker, directory)) for stored, speaker in waiting]
        told = [row for row in found if row[2]]
        told += _told_by_talk([row[:2] for row in found if not row[2]])
        document_rows.write_sides(told)
        changed += len({row[0] for row in told})
        after = waiting[-1][0].pk
    return changed


def _side(stored: StoredDocument, speaker: str, directory: Directory) -> str:
    document = _as_read(stored)
    known = completed(document.participants, [speaker], stored.account_id, directory.known)
    return side_of(Turn("", speaker=speaker), replace(document, participants=known), directory)


def _told_by_talk(unknown: Sequence[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """(document, speaker, side) for those of unknown side whose words tell, beside those of known side."""
    said = document_rows.talk(sorted({document for document, _ in unknown}))
    found = {document: sides(turns) for document, turns in said.items()}
    return [(place, speaker, found[place][speaker]) for place, speaker in unknown if speaker in found.get(place, {})]


def _links(
    waiting: Sequence[StoredDocument], directory: Directory
) -> list[tuple[int, int | None, int | None, str, str, float]]:
    found = [(stored.pk, link(_as_read(stored), directory)) for stored in waiting]
    return [(place, one.account, one.deal, state_of(one), one.why, one.confidence) for place, one in found]


def _as_read(stored: StoredDocument) -> Document:
    return Document(
        external_id=stored.external_id,
        kind=stored.kind,  # type: ignore[arg-type]
        title=stored.title,
        turns=(),
        happened_at=stored.happened_at,
        participants=tuple(Participant(**person) for person in stored.participants),
        account=stored.named_account,
        deal=stored.named_deal,
        file=stored.file,
    )
