"""People decide from the pages: who may, what it does, and that it can be undone at once."""

import re

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from winward.records.decisions import Audit


def test_an_editor_renames_a_theme_and_undoes_it(cast: Cast, as_editor: Client) -> None:
    theme = f"/themes/{cast.export.pk}/"
    page = as_editor.post(f"{theme}name", {"name": "Offline"}, follow=True).content.decode()
    assert "<h1>Offline</h1>" in page
    undo = re.search(r'action="(/undo/\d+/)"', page)
    assert undo is not None
    page = as_editor.post(undo[1], {"back": theme}, follow=True).content.decode()
    assert "<h1>Export without a network</h1>" in page


def test_an_editor_names_a_rival(cast: Cast, as_editor: Client) -> None:
    named = {"name": "Northwind", "aliases": "North Wind, NW Systems"}
    page = as_editor.post("/rivals/decide", named, follow=True).content.decode()
    assert "Northwind is a rival." in page
    assert "NW Systems, North Wind" in page
    page = as_editor.post("/rivals/decide", {"name": "Northwind", "verdict": "none"}, follow=True).content.decode()
    assert "Northwind is no rival." in page
    assert "NW Systems" not in page


def test_an_editor_says_where_a_document_belongs(cast: Cast, as_editor: Client) -> None:
    note = cast.documents["Note on Elm"]
    page = as_editor.post(f"/sources/links/{note.pk}/", {"deal_id": "NO-SUCH"}, follow=True).content.decode()
    assert "There is no deal NO-SUCH" in page
    as_editor.post(f"/sources/links/{note.pk}/", {"deal_id": "ACME-2"})
    note.refresh_from_db()
    assert (note.deal, note.link) == (cast.deals["ACME-2"], "sure")


@pytest.mark.parametrize("address", ["/themes/{theme}/name", "/themes/{theme}/owner", "/signals/{signal}/say"])
def test_a_viewer_may_not(address: str, cast: Cast, as_viewer: Client) -> None:
    address = address.format(theme=cast.export.pk, signal=cast.signals["acme export"].pk)
    response = as_viewer.post(address, {"name": "x", "owner": "x", "verdict": "need"})
    assert response.status_code == 403
    assert "This needs the role" in response.content.decode()
    assert not Audit.objects.exists()


def test_a_viewer_is_offered_nothing_to_decide(cast: Cast, as_viewer: Client) -> None:
    assert "<kbd>e</kbd>" not in as_viewer.get("/").content.decode()
    for page in (f"/themes/{cast.export.pk}/", f"/signals/{cast.signals['acme export'].pk}/", "/sources/links/"):
        assert "data-edit" not in as_viewer.get(page).content.decode()


def test_undo_leads_only_to_our_own_pages(cast: Cast, as_editor: Client) -> None:
    as_editor.post(f"/themes/{cast.export.pk}/owner", {"owner": "Eda"})
    response = as_editor.post(f"/undo/{Audit.objects.get().pk}/", {"back": "https://elsewhere.test/"})
    assert response.headers["Location"] == "/"


def test_nobody_decides_by_following_a_link(cast: Cast, as_editor: Client) -> None:
    assert as_editor.get(f"/themes/{cast.export.pk}/name").status_code == 405


@pytest.mark.usefixtures("editor")
def test_signing_in_and_out(client: Client) -> None:
    wrong = client.post("/sign-in/", {"username": "eda", "password": "no"}).content.decode()
    assert "don’t go together" in wrong
    right = client.post("/sign-in/?next=/deals/", {"username": "eda", "password": PASSWORD, "next": "/deals/"})
    assert right.headers["Location"] == "/deals/"
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


def test_who_corrects_a_signal_stays_on_the_way_that_led_there(cast: Cast, as_editor: Client) -> None:
    signal, before = cast.signals["acme export"].pk, cast.signals["birch praise"].pk
    walk = f"/signals/{signal}/?trail={before}"
    assert f'name="back" value="{walk}"' in as_editor.get(walk).content.decode()
    assert as_editor.post(f"/signals/{signal}/say", {"verdict": "need", "back": walk}).headers["Location"] == walk
