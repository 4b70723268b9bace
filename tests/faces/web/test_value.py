"""The value page: begun from an initiative, changed in place and as text, undone, and handed out on one page."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pdfminer.pdfpage import PDFPage
from pptx import Presentation

from tests.aligning import Aligning
from tests.cast import Cast
from tests.usecases.value.test_value_chains import CHAIN
from winward.faces.plain import as_json
from winward.records.decisions import Audit
from winward.records.initiatives import Initiative
from winward.records.value_chains import ValueChain
from winward.usecases.value.value_chains import keep, linked_worth

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(aligning: Aligning) -> int:
    return keep(CHAIN, "chain.yaml", "ana", aligning.initiative.pk)[0]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def form(**changed: str) -> dict[str, str]:
    """The form of the amount as the page holds it, with what somebody changed."""
    filled = {"low": "10000", "high": "20000", "unit": "EUR/deal", "kind": "document", "of": "Mail of Cobalt"}
    return {**filled, **changed}


def test_an_initiative_is_worked_out_in_one_step(as_editor: Client, aligning: Aligning) -> None:
    address = f"/initiatives/{aligning.initiative.pk}/value/"
    page = shown(as_editor, address)
    assert "Nobody has worked out yet" in page
    assert "3 ranges known" in page
    theme = aligning.initiative.themes[0]
    sent = {"template": "win-rate", "initiative": aligning.initiative.pk, "theme": str(theme)}
    answer = as_editor.post("/value/start", sent, follow=True)
    assert answer.redirect_chain
    page = shown(as_editor, address)
    assert aligning.initiative.name in page
    assert "Taken from the theme’s stake" in page
    assert 'aria-current="page">Value' in page


def test_it_begins_from_a_theme_as_well(as_editor: Client, cast: Cast) -> None:
    assert f"/value/?theme={cast.export.pk}" in shown(as_editor, f"/themes/{cast.export.pk}/")
    assert 'value="Export without a network"' in shown(as_editor, f"/value/?theme={cast.export.pk}")
    as_editor.post("/value/start", {"template": "churn", "theme": "Export without a network"})
    assert ValueChain.objects.get().name == "Export without a network"
    assert "Export without a network" in shown(as_editor, "/value/")
    assert as_editor.post("/value/start", {"template": "wishes"}).status_code == 400
    assert as_editor.get("/value/?theme=99").status_code == 404


def test_the_page_shows_what_the_command_line_shows(as_viewer: Client, kept: int) -> None:
    page = shown(as_viewer, f"/value/{kept}/")
    worth = linked_worth(CHAIN, "chain.yaml", date.today()).worth
    assert worth.sentence in page
    assert json.loads(as_json(worth))["result"]["median"] == worth.result.median
    assert "we can’t export when the line is down" in page
    assert "looks again on 1 Sep 2026" in page
    assert "To look at again" in page
    assert f"/value/{kept}/amount/change" not in page, "a viewer changes nothing"


def test_a_number_is_changed_in_place_and_undone(as_editor: Client, kept: int) -> None:
    answer = as_editor.post(f"/value/{kept}/amount/change", form(high="40000"), follow=True)
    assert "range: [10000, 40000]" in ValueChain.objects.get().text
    assert "“amount” is changed." in answer.content.decode()
    assert "amount: 10000 to 20000 became 10000 to 40000" in shown(as_editor, f"/value/{kept}/history/")
    as_editor.post(f"/undo/{Audit.objects.latest('pk').pk}/")
    assert ValueChain.objects.get().text == CHAIN


def test_a_form_sent_as_it_was_changes_nothing(as_editor: Client, kept: int) -> None:
    before = Audit.objects.count()
    as_editor.post(f"/value/{kept}/amount/change", form())
    assert Audit.objects.count() == before


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"high": ""}, "value: 10000"),
        ({"low": "1,200.5", "high": "2e4"}, "range: [1200.5, 20000.0]"),
        ({"kind": "signals", "of": "helpdesk took three\n"}, "source: {signals: [helpdesk took three]}"),
        ({"kind": "stake", "of": "Helpdesk answers late"}, "source: {stake: Helpdesk answers late}"),
        (
            {"kind": "assumption", "of": "a: guess", "owner": "Ana", "review": "2027-01-01"},
            "source: {assumption: 'a: guess', owner: Ana, review: '2027-01-01'}",
        ),
        (
            {"kind": "stake", "of": "Export without a network", "measure": "accounts", "unit": "account"},
            None,
        ),
    ],
)
def test_each_kind_of_source_can_be_given(
    as_editor: Client, kept: int, changed: dict[str, str], fields: str | None
) -> None:
    answer = as_editor.post(f"/value/{kept}/amount/change", form(**changed))
    if fields is None:
        assert answer.status_code == 422, "the result’s unit would no longer come out"
        assert "should be in EUR/year" in answer.content.decode()
        return
    assert answer.status_code == 302
    assert fields in ValueChain.objects.get().text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"low": "much"}, "“much” is no number"),
        ({"low": "", "high": ""}, "Give the range"),
        ({"low": "9", "high": "1"}, "swap them"),
        ({"kind": "signals", "of": "nobody said this"}, "no signal that says"),
        ({"kind": "assumption", "of": "a guess"}, "an owner"),
        ({"kind": "stake", "of": ""}, "stake"),
        ({"unit": "wish"}, "no unit known"),
    ],
)
def test_what_is_wrong_is_said_and_stays_filled_in(
    as_editor: Client, kept: int, changed: dict[str, str], said: str
) -> None:
    answer = as_editor.post(f"/value/{kept}/amount/change", form(**changed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert page.count('<details class="edit" open>') == 1
    assert ValueChain.objects.get().text == CHAIN


def test_the_text_is_changed_and_its_mistakes_told_at_their_lines(as_editor: Client, kept: int) -> None:
    wrong = CHAIN.replace("deals * gained", "deals + gained")
    answer = as_editor.post(f"/value/{kept}/text", {"text": wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 21: “won”" in page
    assert "deals + gained" in page
    as_editor.post(f"/value/{kept}/text", {"text": CHAIN.replace("range: [20, 30]", "range: [40, 50]")})
    assert "40 to 50" in shown(as_editor, f"/value/{kept}/")


def test_who_may_not_decide_does_not(as_viewer: Client, kept: int) -> None:
    for address in (f"/value/{kept}/amount/change", f"/value/{kept}/text", f"/value/{kept}/remove", "/value/start"):
        assert as_viewer.post(address, form()).status_code == 403
    assert ValueChain.objects.get().text == CHAIN


def test_an_executive_gets_one_page(as_viewer: Client, kept: int) -> None:
    made = as_viewer.get(f"/value/{kept}/brief.pdf")
    assert len(list(PDFPage.get_pages(BytesIO(made.content)))) == 1
    assert len(Presentation(BytesIO(as_viewer.get(f"/value/{kept}/brief.pptx").content)).slides) == 1
    page = as_viewer.get(f"/value/{kept}/brief.html").content.decode()
    assert "we can’t export when the line is down" in page
    assert "1 of these not looked at again on its day" in page
    assert as_viewer.get(f"/value/{kept}/brief.doc").status_code == 404


def test_what_can_no_longer_be_worked_out_says_why_and_can_be_mended(as_editor: Client, kept: int) -> None:
    ValueChain.objects.update(text=CHAIN.replace("Export without a network", "99"))
    page = shown(as_editor, f"/value/{kept}/")
    assert "It can’t be worked out as it stands" in page
    assert "Line 10: “99” is no theme" in page
    assert as_editor.get(f"/value/{kept}/brief.pdf").status_code == 404
    as_editor.post(f"/value/{kept}/text", {"text": CHAIN})
    assert "About" in shown(as_editor, f"/value/{kept}/")


def test_decisions_name_the_chain_without_its_text(as_editor: Client, kept: int) -> None:
    as_editor.post(f"/value/{kept}/amount/change", form(high="40000"))
    page = shown(as_editor, "/decisions/")
    assert "changed a value chain" in page
    assert "quantities:" not in page
    assert f"/value/{kept}/" in page


def test_a_chain_is_taken_away_with_its_initiative_or_alone(as_editor: Client, kept: int) -> None:
    Initiative.objects.update(removed=True)
    assert f"/value/{kept}/" not in shown(as_editor, "/value/")
    Initiative.objects.update(removed=False)
    as_editor.post(f"/value/{kept}/remove")
    assert as_editor.get(f"/value/{kept}/").status_code == 404
