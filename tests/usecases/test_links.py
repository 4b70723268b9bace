"""Links and sides settle as more becomes known, and a person's word about them stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from winward.records.deals import Deal
from winward.records.documents import Document, Passage
from winward.usecases import decide
from winward.usecases.bring_in import bring_in
from winward.usecases.link_documents import link_documents, settle_sides
from winward.usecases.prepare import prepare

pytestmark = pytest.mark.django_db
CALL = """WEBVTT

NOTE
Date: 2026-03-10
Participants: Ada Byron <ada@acme.example> (buyer); Sam Seller <sam@ours.example>

00:00:01.000 --> 00:00:05.000
Ada Byron: We can't sign without an export to our ledger.

00:00:06.000 --> 00:00:09.000
Sam Seller: I hear you, let me show you what we have.
"""


@pytest.fixture(autouse=True)
def company(db: None) -> None:
    prepare("Ours", "EUR", [])


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "call.vtt"
    path.write_text(CALL, encoding="utf-8")
    return path


def deals(folder: Path) -> list[Path]:
    (folder / "companies.csv").write_text("Company ID,Company name,Domain\nA1,Acme,acme.example\n", encoding="utf-8")
    (folder / "deals.csv").write_text(
        "Deal ID,Deal Name,Company ID,Deal Stage,Amount,Create Date,Close Date\n"
        "D1,Acme ledger,A1,Closed Lost,1000,2026-02-01,2026-04-01\n",
        encoding="utf-8",
    )
    (folder / "owners.csv").write_text("Owner ID,Owner name,Email\nO1,Sam Seller,sam@ours.example\n", encoding="utf-8")
    return [folder / name for name in ("companies.csv", "deals.csv", "owners.csv")]


def test_a_document_that_came_before_the_crm_is_linked_and_its_sides_are_told(call: Path, tmp_path: Path) -> None:
    bring_in([call])
    document = Document.objects.get()
    assert (document.link, document.account) == ("none", None)
    bring_in(deals(tmp_path))
    assert link_documents() == 1
    assert settle_sides() == 1
    document.refresh_from_db()
    assert (document.link, document.deal and document.deal.external_id) == ("sure", "D1")
    assert document.link_why
    sides = dict(Passage.objects.values_list("speaker", "side"))
    assert sides == {"Ada Byron": "customer", "Sam Seller": "us"}
    assert document.customer_words == 9  # what Ada said
    assert (link_documents(), settle_sides()) == (0, 0)


def test_a_persons_link_outlives_what_is_found_later(call: Path, tmp_path: Path) -> None:
    bring_in([call])
    document = Document.objects.get()
    decide.link_document(document.pk, None, None, by="casey")
    bring_in(deals(tmp_path))
    link_documents()
    bring_in([call])
    document.refresh_from_db()
    assert document.deal is None
    assert document.linked_by == "casey"
    assert Deal.objects.count() == 1


def test_an_interview_of_a_closed_deal_is_linked_by_its_account_and_day(tmp_path: Path) -> None:
    bring_in(deals(tmp_path))
    note = tmp_path / "Acme interview.md"
    note.write_text("Account: Acme\nDate: 2026-04-20\nKind: interview\n\nAda: It was the ledger.\n", encoding="utf-8")
    bring_in([note])
    document = Document.objects.get()
    assert document.happened_at is not None
    assert document.happened_at >= datetime(2026, 4, 20, tzinfo=UTC)
    assert document.deal is not None
    assert document.deal.external_id == "D1"
