"""Text, Markdown, HTML, Word and PDF."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.documents.reading import opened, read, said
from winward.sources.limits import Unreadable

FILES = Path(__file__).parent / "files"
FRONT = """Account: Acme
Deal: ACME-14
Date: 2025-03-14
Kind: interview
Participants: Jane Doe <jane@acme.com> (VP Operations, customer); Tom Roe <tom@ours.io>, AE

"""


def _docx(paragraphs: list[str], prologue: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"{prologue}<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
    return file.getvalue()


@pytest.mark.parametrize("fence", ["", "---\n"])
def test_front_matter_names_account_deal_date_kind_and_people(tmp_path: Path, fence: str) -> None:
    head = f"---\n{FRONT.strip()}\n---\n" if fence else FRONT
    (document,), _ = read(tmp_path / "x.md", head + "Jane Doe: It is slow.\n\nTom Roe: How slow?\n")
    assert (document.account, document.deal, document.kind) == ("Acme", "ACME-14", "interview")
    assert document.happened_at == datetime(2025, 3, 14, tzinfo=UTC)
    assert [(p.name, p.email, p.side, p.role) for p in document.participants] == [
        ("Jane Doe", "jane@acme.com", "customer", "VP Operations"),
        ("Tom Roe", "tom@ours.io", "", "AE"),
    ]
    assert [(t.speaker, t.text, t.side) for t in document.turns] == [
        ("Jane Doe", "It is slow.", "customer"),
        ("Tom Roe", "How slow?", ""),
    ]


def test_a_transcript_whose_speaker_is_called_company_is_no_front_matter(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "x.txt", "Company: We need it.\nUs: Why?\nCompany: Audits.\n")
    assert [turn.speaker for turn in document.turns] == ["Company", "Us", "Company"]


@pytest.mark.parametrize(
    "text",
    [
        "[00:01] Jane Doe: One.\n[00:05] Tom: Two.\n",
        "Jane Doe (00:01): One.\nTom (00:05): Two.\n",
        "**Jane Doe:** One.\n\n**Tom:** Two.\n",
        "Jane Doe  0:01\nOne.\n\nTom  0:05\nTwo.\n",
        "Jane Doe [Acme]: One.\n\nTom [Ours]: Two.\n",
    ],
)
def test_the_ways_to_write_a_speaker(tmp_path: Path, text: str) -> None:
    (document,), _ = read(tmp_path / "x.txt", text)
    assert said(document) == [("Jane Doe", "One."), ("Tom", "Two.")]
    assert "0" not in text or document.turns[1].start_ms == 5000


def test_prose_with_colons_has_no_speakers(tmp_path: Path) -> None:
    text = "They want one thing: speed.\n\nNote: call back.\n\nResult: good.\n\nIt was late, and\nraining."
    (document,), _ = read(tmp_path / "notes" / "visit.txt", text)
    assert [turn.speaker for turn in document.turns] == [""] * 4
    assert document.turns[3].text == "It was late, and\nraining."
    assert document.kind == "note"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Größe zählt – „immer“."),
        ("utf-16", "Größe zählt – „immer“."),
        ("utf-16-le", "The export is far too slow for us."),
        ("cp1252", "Die Größe zählt, und zwar für jeden von uns, überall und ständig."),
        ("cp1251", "Экспорт данных слишком медленный, и это нас очень беспокоит каждый день."),
    ],
)
def test_encodings_are_told(tmp_path: Path, encoding: str, text: str) -> None:
    (document,), _ = read(tmp_path / "x.txt", text.encode(encoding))
    assert document.turns[0].text == text


def test_text_is_verbatim_but_for_what_cannot_be_stored(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "x.txt", "Cafe\u0301  twice\x00 and\x07 tab\there")
    assert document.turns[0].text == "Cafe\u0301  twice and tab\there"


def test_ids_follow_the_name_and_not_the_content(tmp_path: Path) -> None:
    (before,), _ = read(tmp_path / "a.txt", "One.", "calls/a.txt")
    (after,), _ = read(tmp_path / "a.txt", "Corrected.", "calls/a.txt")
    assert before.external_id == after.external_id == "calls/a.txt"


@pytest.mark.parametrize(
    ("name", "kind", "date"),
    [
        ("2025-03-14 Customer interview Lena.txt", "interview", datetime(2025, 3, 14, tzinfo=UTC)),
        ("GMT20250314-150203_call.txt", "call", datetime(2025, 3, 14, tzinfo=UTC)),
        ("reviews/store.txt", "review", None),
        ("survey_20259999.txt", "survey", None),
    ],
)
def test_names_tell_kind_and_date(tmp_path: Path, name: str, kind: str, date: datetime | None) -> None:
    (document,), _ = read(tmp_path / name, "It is slow.")
    assert (document.kind, document.happened_at) == (kind, date)


def test_html_keeps_its_words_and_leaves_the_frame(tmp_path: Path) -> None:
    page = """<!doctype html><html><head><title>Win/loss: Acme</title><meta name="date" content="2025-01-05">
    <style>p {color: red}</style></head><body><nav>Home | About</nav><h1>Talk</h1>
    <p><b>Jane:</b> It is
      slow.</p><p><b>Tom:</b> How &amp; when?</p><p><b>Jane:</b> Daily.</p><script>track()</script>
    <footer>Imprint</footer></body></html>"""
    (document,), _ = read(tmp_path / "x.html", page)
    assert (document.title, document.happened_at) == ("Win/loss: Acme", datetime(2025, 1, 5, tzinfo=UTC))
    assert said(document) == [("", "Talk"), ("Jane", "It is slow."), ("Tom", "How & when?"), ("Jane", "Daily.")]


def test_word_files_keep_front_matter_and_turns(tmp_path: Path) -> None:
    (document,), _ = read(
        tmp_path / "x.docx", _docx(["Account: Acme", "Date: 2025-03-14", "Jane: Slow.", "Tom: How?", "Jane: Very."])
    )
    assert (document.account, document.kind) == ("Acme", "meeting")
    assert said(document) == [("Jane", "Slow."), ("Tom", "How?"), ("Jane", "Very.")]


def test_a_word_file_with_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "x.docx"
    path.write_bytes(_docx(["&e11;"], f'<!DOCTYPE d [<!ENTITY e0 "slow">{entities}]>'))
    with pytest.raises(Unreadable, match=r"x\.docx is a damaged Word file"):
        opened(path)


def test_pdf_paragraphs_are_whole(tmp_path: Path) -> None:
    (document,), _ = opened(FILES / "interview.pdf")
    assert said(document) == [
        ("Jane Doe", "The export takes two hours a week and nobody on my team wants to own it any longer."),
        ("Tom Roe", "What would change that?"),
        ("Jane Doe", "A schedule."),
    ]
    assert (document.kind, document.external_id) == ("interview", "interview.pdf")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Jane Doe", "Tom", "Åsa Öberg"]),
            st.text(alphabet="abcdef ,.", min_size=1, max_size=40).map(str.strip).filter(bool),
        ),
        min_size=2,
        max_size=10,
    ),
    st.sampled_from(["txt", "md", "html", "docx"]),
)
def test_generated_turns_come_back(tmp_path: Path, turns: list[tuple[str, str]], form: str) -> None:
    lines = [f"{name}: {words}" for name, words in turns]
    content: str | bytes = "\n\n".join(lines)
    if form == "html":
        content = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    if form == "docx":
        content = _docx(lines)
    (document,), _ = read(tmp_path / f"x.{form}", content)
    assert [(who, words.split()) for who, words in said(document)] == [(who, words.split()) for who, words in turns]
