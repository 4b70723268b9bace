"""Themes on part of the deals, compared, over time, what if, and taken away."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from tests.cast import Cast
from tests.many_deals import ManyDeals, many_deals
from winward.records.themes import Theme


@pytest.fixture
def many(db: None) -> ManyDeals:
    return many_deals()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def body(client: Client, address: str) -> bytes:
    return b"".join(client.get(address))


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, address).decode("utf-8-sig"), newline="")))


def test_every_page_shows_the_planted(many: ManyDeals, as_viewer: Client) -> None:
    enterprise = text(as_viewer, "/themes/?segment=Enterprise")
    assert "weighed for this selection alone" in enterprise
    assert "would have come again every year" in enterprise
    assert "Said after the outcome" in enterprise
    compared = text(as_viewer, "/themes/compare/?by=segment&of=segment&a=SMB&b=Enterprise")
    assert "fewer wins in Enterprise than in SMB" in compared
    assert "no theme of 3 changed" in text(as_viewer, "/themes/over-time/")
    ticked = text(as_viewer, f"/themes/what-if/?theme={many.export.pk}&theme={many.sync.pk}")
    assert "Had these 2 themes made no difference" in ticked
    assert "Taken together" in ticked
    part = text(as_viewer, f"/themes/{many.export.pk}/weighed/")
    assert "If this no longer cost us anything" in part
    assert "Has it changed?" in part


def test_themes_are_taken_away(many: ManyDeals, as_viewer: Client) -> None:
    rows = rows_of(as_viewer, "/themes/themes.csv?segment=Enterprise")
    assert {row["theme"] for row in rows} == {"Export is lost", "Sync is lame", "Colours are dull"}
    sync = next(row for row in rows if row["theme"] == "Sync is lame")
    assert sync["verdict"] == "costs"
    assert float(sync["difference, high"]) < 0
    book = openpyxl.load_workbook(io.BytesIO(body(as_viewer, "/themes/themes.xlsx?segment=Enterprise")))
    assert book.sheetnames == ["themes", "notes"]
    assert book["themes"].max_row == 4
    picture = as_viewer.get("/themes/themes.png")
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Disposition"] == 'attachment; filename="themes.png"'
    assert as_viewer.get("/themes/themes.svg").content.startswith(b"<svg")


def test_comparisons_and_changes_are_taken_away(many: ManyDeals, as_viewer: Client) -> None:
    rows = rows_of(as_viewer, "/themes/compare/comparison.csv?by=segment&of=segment&a=SMB&b=Enterprise")
    assert {row["turn"] for row in rows} == {"more", "can't tell"}
    assert as_viewer.get("/themes/compare/comparison.png").content.startswith(b"\x89PNG")
    assert len(rows_of(as_viewer, "/themes/over-time/over-time.csv")) == 12


def test_lists_are_taken_away_whole(many: ManyDeals, as_viewer: Client) -> None:
    assert len(rows_of(as_viewer, "/deals/deals.csv")) == 344
    lost = rows_of(as_viewer, "/deals/deals.csv?state=lost&segment=SMB")
    assert {(row["state"], row["segment"]) for row in lost} == {("lost", "SMB")}
    assert len(rows_of(as_viewer, f"/signals/signals.csv?theme={many.export.pk}")) > 100
    assert openpyxl.load_workbook(io.BytesIO(body(as_viewer, "/deals/deals.xlsx")))["deals"].max_row == 345


def test_what_there_is_none_of_is_not_found_or_refused(cast: Cast, as_viewer: Client) -> None:
    assert as_viewer.get("/themes/themes.pdf").status_code == 404
    assert as_viewer.get("/deals/deals.png").status_code == 404
    assert as_viewer.get("/themes/what-if/?theme=999999").status_code == 404
    for address in (
        "/themes/?quarter=Q9",
        "/themes/?first=yesterday",
        "/themes/themes.csv?side=theirs",
        "/themes/compare/?of=segment&a=Mars",
        "/themes/compare/comparison.csv?of=segment&a=Mars",
        "/deals/deals.csv?quarter=Q9",
    ):
        assert as_viewer.get(address).status_code == 400, address


def test_of_a_theme_that_was_merged_meanwhile_nothing_is_told(many: ManyDeals, as_viewer: Client) -> None:
    Theme.objects.filter(pk=many.export.pk).update(retired=True)
    told = as_viewer.get(f"/themes/{many.export.pk}/weighed/")
    assert (told.status_code, told.content) == (200, b"")


def test_with_few_deals_the_pages_say_so(cast: Cast, as_viewer: Client) -> None:
    assert "12 closed deals with evidence are needed" in text(as_viewer, "/themes/?segment=Enterprise")
    assert "12 closed deals with evidence are needed" in text(as_viewer, "/themes/compare/")
    assert "Two periods of at least" in text(as_viewer, "/themes/over-time/")
    assert "12 closed deals, won and lost, are needed" in text(as_viewer, f"/themes/what-if/?theme={cast.export.pk}")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/themes/compare/", "/themes/over-time/", "/themes/what-if/"])
def test_an_empty_workspace_says_what_to_do(page: str, as_viewer: Client) -> None:
    assert "<h2>" in text(as_viewer, page)
