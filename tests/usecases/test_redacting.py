"""A workspace that redacts stores no personal data in its evidence, and links, sides and reruns are as without."""

from pathlib import Path

import pytest

from winward.records.accounts import Account, Contact
from winward.records.company import Company
from winward.records.documents import Document, Passage
from winward.records.imports import Source
from winward.usecases.bring_in import bring_in

CALL = """WEBVTT

NOTE
Account: Acme
Participants: Jane Doe <jane@acme.com> (VP Operations, customer); Tom Roe <tom@ours.io> (AE, us)

1
00:00:01.000 --> 00:00:03.000
Jane Doe: Tom, mail me at jane@acme.com or call +49 171 1234567.

2
00:00:07.000 --> 00:00:09.000
Tom Roe: Will do, Jane. Acme gets it today, and Petra Lang too.
"""


@pytest.fixture
def redacting(db: None) -> Company:
    company = Company.objects.create(pk=1, name="Pinefield Software", currency="EUR", domains=["ours.io"], redact=True)
    source = Source.objects.create(name="crm")
    acme = Account.objects.create(source=source, external_id="A", name="Acme", name_key="acme")
    Contact.objects.create(source=source, external_id="C", name="Petra Lang", account=acme)
    return company


def test_names_and_numbers_never_reach_the_store(redacting: Company, tmp_path: Path) -> None:
    (tmp_path / "Call with Jane Doe.vtt").write_text(CALL)
    bring_in([tmp_path / "Call with Jane Doe.vtt"], source="calls")
    document = Document.objects.get()
    stored = " ".join([document.title, str(document.participants), *Passage.objects.values_list("text", "speaker")[0]])
    for text, speaker in Passage.objects.values_list("text", "speaker"):
        stored += f" {text} {speaker}"
    for personal in ("Jane", "Doe", "Tom", "Roe", "Petra", "Lang", "@", "171"):
        assert personal not in stored
    assert "[phone " in stored
    assert "Acme gets it today" in stored


def test_links_sides_and_roles_are_told_from_the_original(redacting: Company, tmp_path: Path) -> None:
    (tmp_path / "call.vtt").write_text(CALL)
    bring_in([tmp_path / "call.vtt"], source="calls")
    document = Document.objects.get()
    assert document.account is not None
    assert document.account.name == "Acme"
    assert list(Passage.objects.order_by("ordinal").values_list("side", flat=True)) == ["customer", "us"]
    assert {person["role"] for person in document.participants} == {"VP Operations", "AE"}


def test_the_same_file_again_changes_nothing_and_one_person_has_one_pseudonym(
    redacting: Company, tmp_path: Path
) -> None:
    (tmp_path / "call.vtt").write_text(CALL)
    bring_in([tmp_path / "call.vtt"], source="calls")
    first = list(Passage.objects.order_by("ordinal").values_list("text", "speaker"))
    (again,) = bring_in([tmp_path / "call.vtt"], source="calls")
    assert (again.added, again.changed) == (0, 0)
    assert first == list(Passage.objects.order_by("ordinal").values_list("text", "speaker"))
    jane = first[0][1]
    assert jane.startswith("[person ")
    assert jane in first[1][0]
