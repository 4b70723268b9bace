"""People put themes right from the pages: merge, split, move, set aside, pin and hide, each with its undo."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from winward.records.decisions import Audit
from winward.records.signals import Signal
from winward.records.themes import Theme

UNDO = re.compile(r'action="(/undo/\d+/)"')


def _of(theme: Theme) -> int:
    return Signal.objects.filter(theme=theme).count()


def test_merging_by_a_part_of_the_name_and_undoing_it(cast: Cast, as_editor: Client) -> None:
    page = as_editor.post(f"/themes/{cast.helpdesk.pk}/merge", {"into": "network"}, follow=True)
    assert page.redirect_chain[-1][0] == f"/themes/{cast.export.pk}/"
    words = page.content.decode()
    assert "is part of “Export without a network” now" in words
    assert "Took in" in words
    undo = UNDO.search(words)
    assert undo
    as_editor.post(undo[1], {"back": "/themes/"})
    assert as_editor.get(f"/themes/{cast.helpdesk.pk}/").status_code == 200
    assert _of(cast.helpdesk) == 1


def test_a_name_that_is_no_theme_is_said_so(cast: Cast, as_editor: Client) -> None:
    page = as_editor.post(f"/themes/{cast.helpdesk.pk}/merge", {"into": "zeppelin"}, follow=True).content.decode()
    assert "There is no theme “zeppelin”" in page
    assert not Audit.objects.exists()


def test_ticked_quotes_are_moved_split_off_or_set_aside(cast: Cast, as_editor: Client) -> None:
    address = f"/themes/{cast.export.pk}/quotes/choose"
    praise, cobalt = cast.signals["birch praise"].pk, cast.signals["cobalt export"].pk
    as_editor.post(address, {"signal": [praise], "verdict": "move", "name": "Helpdesk answers late"})
    assert Signal.objects.get(pk=praise).theme == cast.helpdesk
    as_editor.post(address, {"signal": [cobalt], "verdict": "split", "name": "On a plane"})
    assert Signal.objects.get(pk=cobalt).theme == Theme.objects.get(given_name="On a plane")
    back = as_editor.post(address, {"signal": [praise], "verdict": "aside", "back": "/themes/"})
    assert back.headers["Location"] == "/themes/"
    assert Signal.objects.get(pk=praise).unsorted_why == "set aside by eda"
    nothing = as_editor.post(address, {"verdict": "aside"}, follow=True).content.decode()
    assert "Choose the signals first." in nothing


def test_a_split_between_quotes_is_shown_first(cast: Cast, as_editor: Client) -> None:
    seeds = [cast.signals["acme export"].pk, cast.signals["cobalt export"].pk]
    ticked = {"signal": seeds, "verdict": "between"}
    page = as_editor.post(f"/themes/{cast.export.pk}/quotes/choose", ticked, follow=True)
    words = page.content.decode()
    assert "3 signals" in words
    assert "Split it so" in words
    assert not Audit.objects.exists()
    as_editor.post(f"/themes/{cast.export.pk}/split/", {"signal": seeds})
    assert _of(cast.export) == 3
    one = as_editor.get(f"/themes/{cast.export.pk}/split/?signal={seeds[0]}", follow=True).content.decode()
    assert "Choose 2 to 5 quotes" in one


def test_all_quotes_those_first_that_fit_least(cast: Cast, as_editor: Client) -> None:
    page = as_editor.get(f"/themes/{cast.export.pk}/quotes/").content.decode()
    places = [page.index(f'value="{cast.signals[name].pk}"') for name in ("birch praise", "acme export")]
    assert places == sorted(places)
    assert "4 signals" in page


def test_pinning_and_hiding_from_the_page(cast: Cast, as_editor: Client) -> None:
    theme = f"/themes/{cast.helpdesk.pk}/"
    assert "Pinned: it stays" in as_editor.post(f"{theme}keep", {"verdict": "pin"}, follow=True).content.decode()
    assert "Show again" in as_editor.post(f"{theme}keep", {"verdict": "hide"}, follow=True).content.decode()
    assert theme not in as_editor.get("/themes/").content.decode()
    assert theme in as_editor.get("/themes/?hidden=1").content.decode()
    as_editor.post(f"{theme}keep", {"verdict": "show"})
    assert theme in as_editor.get("/themes/").content.decode()


@pytest.mark.parametrize("part", ["merge", "keep", "quotes/choose", "split/"])
def test_a_viewer_may_not(part: str, cast: Cast, as_viewer: Client) -> None:
    assert as_viewer.post(f"/themes/{cast.export.pk}/{part}", {"verdict": "pin"}).status_code == 403
    page = as_viewer.get(f"/themes/{cast.export.pk}/").content.decode()
    assert 'form="choose"' not in page
    assert not Audit.objects.exists()


def test_a_number_that_no_signal_can_have_is_passed_over(cast: Cast, as_editor: Client) -> None:
    huge = "9" * 25
    page = as_editor.post(
        f"/themes/{cast.export.pk}/quotes/choose", {"verdict": "aside", "signal": huge}, follow=True
    ).content.decode()
    assert "Choose the signals first." in page
    one = cast.signals["acme export"].pk
    assert as_editor.get(f"/signals/{one}/", {"trail": f"{huge}.{one}"}).status_code == 200
