from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.documents.reading import read, said
from winward.sources.documents.quoting import split_message

BODY = """Hi Tom,

the export still fails for us.
It takes two hours a week.

Best regards,
Jane Doe
VP Operations, Acme
+1 555 0100

This e-mail and any attachments are confidential and intended only for the addressee.

On Mon, 6 Jan 2025 at 16:12, Tom Roe <tom@ours.io>
wrote:
> How is the export?
>
> Tom
"""


def _mail(body: str = BODY, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Jane Doe <Jane@acme.com>"
    message["To"] = "Tom Roe <tom@ours.io>"
    message["Cc"] = "legal@acme.com"
    message["Subject"] = "Export – still failing"
    message["Date"] = "Tue, 07 Jan 2025 10:00:00 +0100"
    message["Message-ID"] = headers.get("message_id", "<1@acme.com>")
    message.set_content(body)
    return message.as_bytes()


def test_a_message_keeps_apart_what_it_says_and_what_it_repeats(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "m.eml", _mail())
    assert (document.external_id, document.kind, document.title) == ("1@acme.com", "email", "Export – still failing")
    assert document.happened_at == datetime(2025, 1, 7, 9, tzinfo=UTC)
    assert [(p.name, p.email, p.role) for p in document.participants] == [
        ("Jane Doe", "jane@acme.com", "from"),
        ("Tom Roe", "tom@ours.io", "to"),
        ("legal@acme.com", "legal@acme.com", "cc"),
    ]
    assert said(document) == [
        ("Jane Doe", "Hi Tom,"),
        ("Jane Doe", "the export still fails for us.\nIt takes two hours a week."),
    ]
    silent = "\n".join(turn.text for turn in document.turns if not turn.spoken)
    assert all(words in silent for words in ("Best regards", "confidential", "How is the export?", "VP Operations"))


@pytest.mark.parametrize(
    "history",
    [
        "On 6 Jan 2025, Tom wrote:\n> old words",
        "Am 06.01.2025 um 16:12 schrieb Tom Roe <tom@ours.io>:\n> old words",
        "Le lun. 6 janv. 2025 à 16:12, Tom Roe a écrit :\n> old words",
        "-----Original Message-----\nFrom: Tom\nold words",
        "From: Tom Roe\nSent: Monday, 6 January 2025\nTo: Jane\nSubject: x\n\nold words",
        "________________________________\nFrom: Tom\n\nold words",
        "On 6 Jan 2025, Tom wrote:\n\nold words without marks",
    ],
)
def test_history_is_known_by_its_head(history: str) -> None:
    turns = list(split_message(f"New words.\n\n{history}"))
    assert [turn.text for turn in turns if turn.spoken] == ["New words."]
    assert any("old words" in turn.text for turn in turns if not turn.spoken)


def test_answers_between_quoted_lines_are_spoken() -> None:
    turns = split_message("On 6 Jan, Tom wrote:\n> Price ok?\nToo high.\n> Term ok?\nYes.\n")
    assert [turn.text for turn in turns if turn.spoken] == ["Too high.", "Yes."]


def test_thanks_in_the_middle_is_no_signature() -> None:
    long = "We would still like to see single sign-on before we can roll it out to all of our nine plants this year."
    turns = list(split_message(f"Thanks,\n\n{long}\n\n{long}"))
    assert sum(turn.spoken for turn in turns) == 3


def test_html_only_mail_loses_its_quote(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "jane@acme.com"
    message["Message-ID"] = "<2@acme.com>"
    message.set_content(
        "<div>We can&#39;t sign.<br>Too dear.</div>"
        "<div class='gmail_quote'><div>On Monday Tom wrote</div><p>old</p></div>",
        subtype="html",
    )
    (document,), _ = read(tmp_path / "m.eml", message.as_bytes())
    assert said(document) == [("jane@acme.com", "We can't sign.\nToo dear.")]


def test_a_mailbox_has_one_document_a_message_and_reports_empty_ones(tmp_path: Path) -> None:
    mails = [
        _mail("One.\n\n>From here on it fails.", message_id="<1@x>"),
        _mail(" ", message_id="<2@x>"),
        _mail("Three."),
    ]
    box = b"".join(b"From jane@acme.com Tue Jan  7 10:00:00 2025\n" + each + b"\n" for each in mails)
    documents, (problem,) = read(tmp_path / "box.mbox", box)
    assert [(document.external_id, document.row) for document in documents] == [("1@x", 1), ("1@acme.com", 3)]
    assert said(documents[0])[1][1] == "From here on it fails."
    assert problem.row == 2


def test_unknown_charsets_and_broken_headers_are_survived(tmp_path: Path) -> None:
    raw = (
        b"From: =?utf-9?q?J=E4ne?= <j@acme.com>\nSubject: =?utf-8?b?!!!?=\nDate: yesterday\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-99\n\nZu teuer f\xfcr uns.\n"
    )
    (document,), _ = read(tmp_path / "m.eml", raw)
    assert document.turns[0].text == "Zu teuer für uns."
    assert document.happened_at is None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab \n>-:\tOnwrote.", max_size=200))
def test_no_word_of_a_message_is_lost(text: str) -> None:
    turns = split_message(text)
    assert " ".join(turn.text for turn in turns).split() == text.split()


def test_what_a_helpdesk_adds_is_kept_and_not_spoken() -> None:
    text = (
        "##- Please type your reply above this line -##\n\nYour request (#4411) has been updated.\n\n"
        "The export is still broken.\n\nref:00D20.5008.ref"
    )
    turns = list(split_message(text))
    assert [turn.text for turn in turns if turn.spoken] == ["The export is still broken."]
    assert "4411" in " ".join(turn.text for turn in turns)
