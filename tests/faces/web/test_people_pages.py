"""An initiative's people and each person's page: what they show, what their forms keep, and who may."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.aligning import Aligning
from tests.cast import PASSWORD, Cast
from winward.records.stakeholders import Ground, Question, Seat, Stakeholder, Stance
from winward.usecases import roles

UNDO = re.compile(r'action="(/undo/\d+/)"')
WORDS = "we can’t export when the line is down"


@pytest.fixture
def as_contributor(client: Client, quick_passwords: None, db: None) -> Client:
    client.force_login(roles.add_user("cora", PASSWORD, "contributor"))
    return client


def people(aligning: Aligning) -> str:
    return f"/initiatives/{aligning.initiative.pk}/people/"


def person(aligning: Aligning, name: str) -> str:
    return f"/stakeholders/{aligning.seats[name].stakeholder_id}/"


def main_of(response: object) -> str:
    content: str = response.content.decode()  # type: ignore[attr-defined]
    return content[content.index("<main") : content.index("</main>")]


def test_the_page_says_map_list_and_questions_from_few_queries(
    aligning: Aligning, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(26):
        page = main_of(as_editor.get(people(aligning)))
    assert "None of 4 whose yes is needed are for it" in page
    assert "No product executive has been asked" in page
    assert "Ask next" in page
    # On the map and in the list, which says the same.
    assert page.count(f'href="{person(aligning, "Otto")}#seat') >= 2
    assert "holds a veto: not known, some influence" in page


@pytest.mark.parametrize("page", ["people", "Otto"])
def test_nothing_needs_an_inline_style_or_script(aligning: Aligning, as_editor: Client, page: str) -> None:
    address = people(aligning) if page == "people" else person(aligning, page)
    content = as_editor.get(address).content.decode()
    for forbidden in (" style=", "<style", "<script>", " onclick="):
        assert forbidden not in content


def test_a_viewer_reads_and_finds_no_form(aligning: Aligning, as_viewer: Client) -> None:
    for address in (people(aligning), person(aligning, "Otto")):
        assert "<form" not in main_of(as_viewer.get(address))
    assert as_viewer.post(f"{people(aligning)}seat", {"name": "Lea", "kind": "legal"}).status_code == 403
    assert as_viewer.post(f"/seats/{aligning.seats['Otto'].pk}/answer", {}).status_code == 403


def test_an_empty_table_says_what_to_do(aligning: Aligning, as_editor: Client) -> None:
    Seat.objects.update(removed=True)
    page = main_of(as_editor.get(people(aligning)))
    assert "Nobody has a seat yet" in page
    assert f'action="{people(aligning)}seat"' in page


def test_a_person_is_seated_and_it_is_undone(aligning: Aligning, as_editor: Client) -> None:
    form = {"name": "Lea", "kind": "legal", "part": "decides", "influence": "4", "veto": "on", "metric": "days to sign"}
    page = as_editor.post(f"{people(aligning)}seat", form, follow=True)
    assert page.redirect_chain[-1][0] == people(aligning)
    seat = Seat.objects.get(stakeholder__name="Lea")
    assert (seat.influence, seat.veto, seat.stakeholder.metric, seat.stakeholder.team) == (
        4,
        True,
        "days to sign",
        False,
    )
    undo = UNDO.search(page.content.decode())
    assert undo
    as_editor.post(undo[1], {"back": "/"})
    assert Seat.objects.get(pk=seat.pk).removed


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "", "kind": "legal"}, "needs a name"),
        ({"name": "Lea", "kind": "wizard"}, "no kind of stakeholder"),
        ({"name": "Otto", "kind": "security", "part": "decides"}, "has a seat there already"),
    ],
)
def test_why_somebody_gets_no_seat_is_said(
    aligning: Aligning, as_editor: Client, form: dict[str, str], words: str
) -> None:
    page = as_editor.post(f"{people(aligning)}seat", form, follow=True)
    assert words in page.content.decode()


def test_a_stance_with_its_words_links_to_their_moment(cast: Cast, aligning: Aligning, as_editor: Client) -> None:
    call, seat = cast.documents["Second call with Acme"], aligning.seats["Mara"]
    form = {"stance": "1", "on": "2026-09-20", "why": "Heard it", "where": f"/documents/{call.pk}/", "quote": WORDS}
    as_editor.post(f"/seats/{seat.pk}/stance", {**form, "back": person(aligning, "Mara")})
    page = main_of(as_editor.get(person(aligning, "Mara")))
    assert "up from against" in page
    passage = call.passages.get(speaker="Ada Field", text__contains=WORDS)
    assert f'href="/documents/{call.pk}/?passage={passage.pk}"' in page
    last = Stance.objects.latest("pk")
    as_editor.post(f"/stances/{last.pk}/remove", {"back": "/"})
    assert "up from against" not in main_of(as_editor.get(person(aligning, "Mara")))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"stance": "7"}, "A stance goes from"),
        ({"stance": "1", "where": "somewhere", "quote": WORDS}, "Paste the address"),
        ({"stance": "1", "where": "999999", "quote": WORDS}, "There is no document 999999"),
        ({"stance": "1", "quote": WORDS}, "needs the document"),
    ],
)
def test_what_rests_on_nothing_is_refused_in_words(
    aligning: Aligning, as_editor: Client, form: dict[str, str], words: str
) -> None:
    seat = aligning.seats["Mara"]
    page = as_editor.post(f"/seats/{seat.pk}/stance", {**form, "back": person(aligning, "Mara")}, follow=True)
    assert words in page.content.decode()
    assert Stance.objects.count() == 1


def test_a_contributor_keeps_what_moves_somebody(cast: Cast, aligning: Aligning, as_contributor: Client) -> None:
    address, signal = f"{person(aligning, 'Otto')}ground", cast.signals["acme export"].pk
    as_contributor.post(address, {"moves": "Work on site", "where": f"http://testserver/signals/{signal}/"})
    ground = Ground.objects.get()
    assert (ground.quote, ground.document_id) == (WORDS, cast.documents["Second call with Acme"].pk)
    assert as_contributor.post(f"/grounds/{ground.pk}/remove", {}).status_code == 403
    page = main_of(as_contributor.get(person(aligning, "Otto")))
    assert "Work on site" in page


def test_what_somebody_said_is_kept_with_one_click(cast: Cast, as_editor: Client) -> None:
    who = Stakeholder.objects.create(name="Ada Field", kind="customer")
    page = main_of(as_editor.get(f"/stakeholders/{who.pk}/"))
    assert 'value="Export without a network"' in page
    where = re.search(r'name="where" value="(/signals/\d+/)"', page)
    assert where
    as_editor.post(f"/stakeholders/{who.pk}/ground", {"where": where[1], "moves": "Export without a network"})
    assert Ground.objects.get().quote


def test_an_answer_updates_the_position_on_the_same_page(aligning: Aligning, as_editor: Client) -> None:
    seat, terms = aligning.seats["Sol"], aligning.terms
    ours, june = aligning.options["Support", "Ours"].pk, aligning.options["Date", "June"].pk
    form = {
        "topic": "gives", "text": "What would do?", "answer": "June would do", "on": "2026-09-20",
        f"line-{terms['Date'].pk}": str(june), f"line-{terms['Scope'].pk}": "", "refused": [str(ours)],
        f"rank-{terms['Support'].pk}": "1", f"rank-{terms['Date'].pk}": "2", f"rank-{terms['Scope'].pk}": "",
    }  # fmt: skip
    as_editor.post(f"/seats/{seat.pk}/answer", {**form, "back": person(aligning, "Sol")})
    seat.refresh_from_db()
    assert seat.good_enough == {str(terms["Date"].pk): june}
    assert seat.refused == [ours]
    assert seat.ranks["terms"] == [[terms["Support"].pk], [terms["Date"].pk]]
    page = main_of(as_editor.get(person(aligning, "Sol")))
    assert "June would do" in page
    assert "20 Sep 2026" in page


def test_a_contributor_answers_but_moves_no_position(aligning: Aligning, as_contributor: Client) -> None:
    address = f"/seats/{aligning.seats['Sol'].pk}/answer"
    form = {"topic": "alternatives", "text": "And else?", "answer": "The old one"}
    assert as_contributor.post(address, {**form, "otherwise": "Sell the old one"}).status_code == 403
    assert not Question.objects.exists()
    as_contributor.post(address, form)
    assert Question.objects.get().answer == "The old one"
    assert 'name="otherwise"' not in main_of(as_contributor.get(person(aligning, "Sol")))


def test_a_question_of_one_s_own_is_put_and_taken_away(aligning: Aligning, as_editor: Client) -> None:
    seat = aligning.seats["Ines"]
    as_editor.post(f"/seats/{seat.pk}/ask", {"topic": "interests", "text": "What keeps you awake?"})
    assert "What keeps you awake?" in main_of(as_editor.get(person(aligning, "Ines")))
    as_editor.post(f"/questions/{Question.objects.get().pk}/remove", {})
    assert "What keeps you awake?" not in main_of(as_editor.get(person(aligning, "Ines")))


def test_describing_changing_and_taking_away(aligning: Aligning, as_editor: Client) -> None:
    seat = aligning.seats["Sol"]
    form = {"name": "Sol", "kind": "sales", "role": "Head of sales", "metric": "new revenue", "team": "on"}
    as_editor.post(f"{person(aligning, 'Sol')}describe", form)
    who = Stakeholder.objects.get(pk=seat.stakeholder_id)
    assert (who.role, who.metric, who.team) == ("Head of sales", "new revenue", True)
    as_editor.post(f"/seats/{seat.pk}/change", {"part": "advises", "influence": "5"})
    seat.refresh_from_db()
    assert (seat.part, seat.influence, seat.veto) == ("advises", 5, False)
    as_editor.post(f"/seats/{seat.pk}/change", {"verdict": "remove"})
    assert "has no seat" in main_of(as_editor.get(person(aligning, "Sol")))
    as_editor.post(f"{person(aligning, 'Sol')}remove", {})
    assert as_editor.get(person(aligning, "Sol")).status_code == 404


def test_a_deal_says_who_is_missing_and_seats_a_contact(cast: Cast, as_editor: Client) -> None:
    deal = cast.deals["ACME-2"]
    assert "No champion and no economic buyer is named." in main_of(as_editor.get(f"/deals/{deal.pk}/"))
    form = {"name": "Ada Field", "kind": "customer", "part": "champion", "role": "Head of operations"}
    page = main_of(as_editor.post(f"/deals/{deal.pk}/people/seat", form, follow=True))
    assert "No economic buyer is named." in page
    seat = Seat.objects.get(deal=deal)
    assert f'href="/stakeholders/{seat.stakeholder_id}/#seat{seat.pk}"' in page
    shown = main_of(as_editor.get(f"/stakeholders/{seat.stakeholder_id}/"))
    assert "1 December 2026" in shown
    assert "You said: “" in shown


@pytest.mark.parametrize("address", ["/initiatives/999/people/", "/stakeholders/999/"])
def test_what_is_not_there_is_said_so(as_viewer: Client, address: str) -> None:
    assert as_viewer.get(address).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(aligning: Aligning, client: Client, editor: User) -> None:
    assert client.get(people(aligning)).headers["Location"].startswith("/sign-in/")
