"""Search with its filters in the address, and the walk from signal to signal."""

import re
from html import unescape

from django.test import Client

from tests.cast import Cast


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_filters_stand_in_the_address_and_in_the_form(cast: Cast, as_viewer: Client) -> None:
    page = page_of(as_viewer, f"/search/?text=export&state=won&theme={cast.export.pk}&since=2026-07-01")
    assert "works fine for us" in page
    assert "on a plane" not in page
    assert '<option value="won"' not in page
    assert "<option selected>won</option>" in page
    assert 'value="2026-07-01"' in page
    assert f'<option value="{cast.export.pk}" selected>Export without a network</option>' in page
    assert "No filters" in page


def test_what_is_no_filter_narrows_nothing(cast: Cast, as_viewer: Client) -> None:
    page = page_of(as_viewer, "/search/?text=export&kind=nonsense&since=soon&account=x&segment=None")
    assert "on a plane" in page
    assert "No filters" not in page


def test_a_passage_without_a_signal_leads_into_its_document(cast: Cast, as_viewer: Client) -> None:
    page = page_of(as_viewer, '/search/?text="did the trial go"')
    assert "Said, but not read as a signal" in page
    assert re.search(r'href="/documents/\d+/\?passage=\d+#p\d+" data-open', page)


def test_what_was_said_again_is_folded(cast: Cast, as_viewer: Client) -> None:
    page = page_of(as_viewer, "/search/?text=line+is+down")
    assert "<summary>Said twice by 1 account</summary>" in page


def test_the_trail_leads_back_step_by_step_and_the_filter_stays_on_the_page(cast: Cast, as_viewer: Client) -> None:
    first, second, now = (cast.signals[name].pk for name in ("birch praise", "cobalt export", "acme export"))
    page = page_of(as_viewer, f"/signals/{now}/?trail={first}.{second}&only=others")
    assert f'href="/signals/{second}/?trail={first}" data-back' in page
    assert f'href="/signals/{first}/" title' in page
    assert re.search(r'only=others" aria-current="true">other accounts<', page)
    assert "None of those says anything near it" in page
    assert page_of(as_viewer, f"/signals/{now}/?only=nonsense")
