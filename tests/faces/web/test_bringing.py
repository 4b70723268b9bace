"""Files come in by way of a page that shows how they will be read; nothing is stored before a person says so."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast
from winward.records.deals import Deal
from winward.records.imports import Import
from winward.records.runs import Run

DEALS = b"Deal ID,Deal Name,Deal Stage,Amount,Close Date,Note\nD-1,Acme pilot,closedwon,1000,2026-01-02,hm\n"
CALL = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nAda Field: We cannot export offline.\n"


def upload(client: Client, **files: bytes) -> str:
    """The address of the page that shows how the files will be read."""
    sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    return client.post("/sources/upload", {"files": sent}).headers["Location"]


def test_how_a_table_will_be_read_is_shown_and_nothing_is_stored(as_editor: Client) -> None:
    page = as_editor.get(upload(as_editor, deals_csv=DEALS)).content.decode()
    assert "deals.csv" in page
    assert "Acme pilot" in page
    assert re.search(r"<option selected>Close Date</option>", page)
    assert not Deal.objects.exists()
    assert not Import.objects.exists()


def test_how_a_call_will_be_read_is_shown(as_editor: Client) -> None:
    assert "We cannot export offline." in as_editor.get(upload(as_editor, call_vtt=CALL)).content.decode()


def test_another_column_can_be_chosen_before_it_is_brought_in(as_editor: Client) -> None:
    address = upload(as_editor, deals_csv=DEALS)
    form = {"do": "look", "0|name": "Note", "was|0|name": "Deal Name", "0|id": "Deal ID"}
    page = as_editor.post(address, form).content.decode()
    assert re.search(r'name="0\|name">.*<option selected>Note</option>', page)


def test_bringing_in_queues_the_file_and_shows_where_to_follow_it(as_editor: Client) -> None:
    response = as_editor.post(upload(as_editor, deals_csv=DEALS), {"do": "bring"}, follow=True)
    entry = Import.objects.get()
    assert (entry.file, entry.by, entry.state) == ("deals.csv", "eda", "waiting")
    assert response.redirect_chain[-1][0] == f"/sources/imports/{entry.pk}/"
    assert 'hx-trigger="every 1s"' in response.content.decode()
    assert ProcrastinateJob.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why_and_the_other_still_can(as_editor: Client) -> None:
    address = upload(as_editor, empty_csv=b"\n", deals_csv=DEALS)
    page = as_editor.get(address).content.decode()
    assert "The other files can still be brought in." in page
    as_editor.post(address, {"do": "bring"})
    assert [entry.file for entry in Import.objects.all()] == ["deals.csv"]


def test_an_upload_that_is_gone_says_so(as_editor: Client) -> None:
    response = as_editor.get("/sources/preview/0123456789abcdef/")
    assert response.status_code == 404
    assert "choose the files again" in response.content.decode()


def test_a_viewer_may_not_bring_in_or_run(as_viewer: Client) -> None:
    assert as_viewer.post("/sources/upload").status_code == 403
    assert as_viewer.post("/sources/run").status_code == 403
    assert "Bring in files" not in as_viewer.get("/sources/").content.decode()


def test_a_run_is_queued_and_followed(as_editor: Client) -> None:
    page = as_editor.post("/sources/run", follow=True)
    run = Run.objects.get()
    assert "Waiting for its turn." in page.content.decode()
    Run.objects.filter(pk=run.pk).update(state="running", step="reading", done=3, total=9)
    part = as_editor.get(f"/sources/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Reading: 3 of 9." in part
    assert "<html" not in part


@pytest.mark.parametrize("state", ["done", "failed"])
def test_finished_work_is_not_asked_about_again(state: str, cast: Cast, as_editor: Client) -> None:
    entry = Import.objects.get()
    Import.objects.filter(pk=entry.pk).update(state=state, message="It is broken.")
    assert "hx-get" not in as_editor.get(f"/sources/imports/{entry.pk}/").content.decode()
