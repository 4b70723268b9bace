"""The post-mortem of a lost deal on its page, on paper and as a file; its lesson from the form."""

from io import BytesIO

import pytest
from django.test import Client
from pdfminer.high_level import extract_text
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, say, signal
from winward.records.losses import Lesson


def address(cast: Cast, deal: str = "ACME-1") -> str:
    return f"/deals/{cast.deals[deal].pk}/post-mortem"


def test_the_page_answers_from_few_queries(
    cast: Cast, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(32):
        page = as_editor.get(f"{address(cast)}/")
    words = page.content.decode()
    for part in ("What stands out is", "points elsewhere", "we can’t export when the line is down",
                 "What would have had to be true", "Keep the lesson"):  # fmt: skip
        assert part in words
    assert " style=" not in words
    assert "<style" not in words


def test_the_lesson_is_kept_shown_and_undone(cast: Cast, as_editor: Client) -> None:
    form = {"text": "Show <b>export</b> first.", "owner": "Sam", "state": "open", "condition": "On site in May."}
    page = as_editor.post(f"/deals/{cast.deals['ACME-1'].pk}/lesson", form, follow=True)
    words = page.content.decode()
    assert page.redirect_chain[-1][0] == f"{address(cast)}/"
    assert "Show &lt;b&gt;export&lt;/b&gt; first." in words
    assert "In the words of eda" in words
    assert "The lesson is kept." in words
    assert "Show &lt;b&gt;export" in as_editor.get("/deals/lessons/").content.decode()
    assert "lesson: Show" in as_editor.get("/decisions/").content.decode()
    undo = words.split('action="/undo/')[1].split("/")[0]
    as_editor.post(f"/undo/{undo}/")
    assert not Lesson.objects.exists()
    assert "None was taken yet" in as_editor.get(f"{address(cast)}/").content.decode()


def test_what_is_no_state_is_refused_in_words(cast: Cast, as_editor: Client) -> None:
    page = as_editor.post(f"/deals/{cast.deals['ACME-1'].pk}/lesson", {"state": "perhaps"}, follow=True)
    assert "is no state" in page.content.decode()


def test_a_viewer_reads_and_may_not_write(cast: Cast, as_viewer: Client) -> None:
    page = as_viewer.get(f"{address(cast)}/")
    assert page.status_code == 200
    assert "Keep the lesson" not in page.content.decode()
    assert as_viewer.post(f"/deals/{cast.deals['ACME-1'].pk}/lesson", {"text": "x"}).status_code == 403
    assert not Lesson.objects.exists()


def test_one_page_of_paper_with_the_words_as_they_were_said(cast: Cast, as_viewer: Client) -> None:
    hostile = say(cast.documents["Second call with Acme"], "Eve <i>Ill</i>", "Use <b>bold</b> & <font>be</font> happy.")
    signal(hostile, hostile.text, "objection", cast.export, [1.0] + [0.0] * 383, strength=1.0)
    got = as_viewer.get(f"{address(cast)}.pdf")
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.content.count(b"/Type /Page\n") == 1
    words = " ".join(extract_text(BytesIO(got.content)).split())
    assert "“Use <b>bold</b> & <font>be</font> happy.”" in words
    assert "Eve <i>Ill</i>" in words
    assert as_viewer.get(f"{address(cast)}.pdf").content == got.content


def test_a_file_that_stands_by_itself(cast: Cast, as_viewer: Client) -> None:
    hostile = say(cast.documents["Second call with Acme"], "Eve", "<script>alert(1)</script> is what I type.")
    signal(hostile, hostile.text, "objection", cast.export, [1.0] + [0.0] * 383, strength=1.0)
    got = as_viewer.get(f"{address(cast)}.html")
    words = got.content.decode()
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
    for loaded in ("<script", "src=", "href=", "url("):
        assert loaded not in words


def test_the_deal_leads_to_it_if_it_was_lost(cast: Cast, as_viewer: Client) -> None:
    assert f"{address(cast)}/" in as_viewer.get(f"/deals/{cast.deals['ACME-1'].pk}/").content.decode()
    assert "post-mortem" not in as_viewer.get(f"/deals/{cast.deals['BIRCH-1'].pk}/").content.decode()
    assert "/deals/lessons/" in as_viewer.get("/deals/").content.decode()


@pytest.mark.parametrize("part", ["/", ".pdf", ".html"])
def test_a_deal_that_was_not_lost_has_none(part: str, cast: Cast, as_viewer: Client) -> None:
    answer = as_viewer.get(f"{address(cast, 'BIRCH-1')}{part}")
    assert answer.status_code == 404
    assert "only a lost deal has a post-mortem" in answer.content.decode()


def test_an_empty_workspace_says_what_to_do(as_viewer: Client) -> None:
    assert "nothing to learn from" in as_viewer.get("/deals/lessons/").content.decode()
