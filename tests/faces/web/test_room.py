"""The room's pages: moving options, what could be, positions kept with and without scripts, rules and agreements."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.aligning import Aligning
from winward.records.agreements import Agreement, Term
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat

MOVED = {"HX-Request": "true", "HX-Target": "room-table"}


def room(aligning: Aligning, more: str = "") -> str:
    return f"/initiatives/{aligning.initiative.pk}/room/{more}"


def address(aligning: Aligning, scope: str, date: str, support: str) -> str:
    named = {"Scope": scope, "Date": date, "Support": support}
    return "?" + "&".join(f"o={aligning.options[pair].pk}" for pair in named.items())


def content(client: Client, page: str, **more: str) -> str:
    answer = client.get(page, headers=more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_room_answers_from_few_queries(
    aligning: Aligning, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        page = content(as_editor, room(aligning, address(aligning, "Everything offline", "June", "Ours")))
    assert "Otto says no: can’t accept “Everything offline” for Scope" in page
    assert '<td class="tone refused' in page
    assert " style=" not in page


def test_an_option_that_is_moved_answers_with_what_it_changes(
    aligning: Aligning, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        answer = as_editor.get(room(aligning, address(aligning, "Reading only", "June", "Ours")), headers=MOVED)
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count("hx-swap-oob") == 3
    assert answer.headers["HX-Push-Url"] == room(aligning, address(aligning, "Reading only", "June", "Ours"))


def test_of_two_options_of_one_term_the_last_counts(aligning: Aligning, as_editor: Client) -> None:
    more = f"{address(aligning, 'Reading only', 'June', 'Ours')}&o={aligning.options['Date', 'March'].pk}"
    answer = as_editor.get(room(aligning, more), headers=MOVED)
    assert answer.headers["HX-Push-Url"] == room(aligning, address(aligning, "Reading only", "March", "Ours"))


def test_packages_and_ways_come_later(aligning: Aligning, as_viewer: Client) -> None:
    table = address(aligning, "Everything offline", "March", "Ours")
    packages = content(as_viewer, room(aligning, f"packages/{table}"))
    assert "Fair to all" in packages
    assert "Put it on the table" in packages
    ways = content(as_viewer, room(aligning, f"ways/{table}"))
    assert "Otto says yes with" in ways
    assert re.search(rf'href="{room(aligning)}\?o=\d+&amp;o=\d+&amp;o=\d+"', ways)


def test_a_what_if_is_marked_can_be_discarded_and_stores_nothing(aligning: Aligning, as_editor: Client) -> None:
    table = address(aligning, "Everything offline", "June", "Shared")
    seat = aligning.seats["Otto"]
    code = f"{seat.pk}.can.{aligning.options['Scope', 'Everything offline'].pk}"
    page = content(as_editor, room(aligning, f"{table}&if={code}"))
    assert "What if Otto could accept “Everything offline” for Scope?" in page
    assert "Nothing of this is stored" in page
    assert f'href="{table}"'.replace("&", "&amp;") in page
    assert "Write down that this package was agreed" not in page
    assert code in content(as_editor, room(aligning, f"what-if/{table}&who={seat.pk}"))
    assert Seat.objects.get(pk=seat.pk).refused == seat.refused


def test_the_rule_is_changed_in_the_room(aligning: Aligning, as_editor: Client) -> None:
    given = {"may_refuse": "1", "veto": [aligning.seats["Mara"].pk]}
    page = as_editor.post(room(aligning, "rule"), given, follow=True).content.decode()
    assert "1 of 4 may say no, but not Mara" in page
    assert set(Seat.objects.filter(veto=True).values_list("stakeholder__name", flat=True)) == {"Mara"}
    page = as_editor.post(room(aligning, "rule"), {"may_refuse": "4"}, follow=True).content.decode()
    assert "Of 4 who decide, 0 to 3 may say no." in page


def test_a_position_is_kept_from_numbers(aligning: Aligning, as_editor: Client) -> None:
    seat, terms, options = aligning.seats["Ines"], aligning.terms, aligning.options
    page = f"/initiatives/seats/{seat.pk}/position/"
    assert "what would be best" in content(as_editor, page)
    given: dict[str, object] = {
        f"term-{terms[name].pk}": place for name, place in (("Date", 1), ("Scope", 2), ("Support", 2))
    }
    given |= {f"option-{options['Date', name].pk}": place for name, place in (("June", 5), ("March", 9))}
    given |= {f"line-{terms['Date'].pk}": options["Date", "March"].pk, "refused": [options["Date", "September"].pk]}
    answer = as_editor.post(page, {**given, "otherwise": "Builds it alone"}, follow=True).content.decode()
    assert "Ines ranks Date, then Scope and Support alike" in answer
    seat.refresh_from_db()
    assert seat.ranks == {
        "terms": [[terms["Date"].pk], [terms["Scope"].pk, terms["Support"].pk]],
        "options": {str(terms["Date"].pk): [[options["Date", "June"].pk], [options["Date", "March"].pk]]},
    }
    assert seat.good_enough == {str(terms["Date"].pk): options["Date", "March"].pk}
    assert (seat.refused, seat.otherwise) == ([options["Date", "September"].pk], "Builds it alone")
    part = as_editor.post(page, {**given, "otherwise": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "left open what would be otherwise" in part
    assert "data-undo" in part


def test_terms_are_changed(aligning: Aligning, as_editor: Client) -> None:
    added = as_editor.post(room(aligning, "terms/add"), {"name": "Price", "options": "As today\nLess\n"}, follow=True)
    assert "“Price” is negotiated now." in added.content.decode()
    price = Term.objects.get(name="Price")
    changing = f"/initiatives/terms/{price.pk}"
    as_editor.post(changing, {"do": "up"})
    as_editor.post(changing, {"do": "rename", "name": "Fee"})
    as_editor.post(f"{changing}/options", {"name": "Nothing"})
    option = price.options.get(name="Less")
    as_editor.post(f"/initiatives/options/{option.pk}", {"do": "remove"})
    page = content(as_editor, room(aligning, "terms/"))
    assert page.index('value="Fee"') < page.index('value="Support"')
    assert 'value="Nothing"' in page
    assert 'value="Less"' not in page
    taken = as_editor.post(changing, {"name": "date"}, follow=True).content.decode()
    assert "There is “date” already." in taken


def test_an_agreement_stands_on_top_with_what_changed_since(aligning: Aligning, as_editor: Client) -> None:
    options = [aligning.options[pair].pk for pair in (("Scope", "Reading only"), ("Date", "June"), ("Support", "Ours"))]
    given = {"o": options, "agrees": ["Mara", "Sol"], "others": "Zoe, ", "on": "2026-11-20", "open_points": "Who tests"}
    page = as_editor.post(room(aligning, "agree"), given, follow=True).content.decode()
    assert "Agreed on 20 Nov 2026 by Mara, Sol, Zoe" in page
    assert Agreement.objects.get().people == ["Mara", "Sol", "Zoe"]
    assert Initiative.objects.get(pk=aligning.initiative.pk).state == "agreed"
    as_editor.post(f"/initiatives/terms/{aligning.terms['Support'].pk}", {"do": "rename", "name": "Who supports it"})
    later = content(as_editor, room(aligning))
    assert "1 change since" in later
    assert "“Support” is called “Who supports it”" in later


def test_history_is_told(aligning: Aligning, as_editor: Client) -> None:
    as_editor.post(room(aligning, "rule"), {"may_refuse": "1"})
    assert "1 may say no" in content(as_editor, room(aligning, "history/"))
    part = content(as_editor, room(aligning, "history/"), **{"HX-Request": "true", "HX-Target": "history"})
    assert "<html" not in part


def test_a_viewer_reads_and_changes_nothing(aligning: Aligning, as_viewer: Client) -> None:
    page = content(as_viewer, room(aligning))
    assert "Change the rule" not in page
    seat, term = aligning.seats["Ines"].pk, aligning.terms["Date"].pk
    for path in (room(aligning, "rule"), room(aligning, "agree"), room(aligning, "terms/add"),
                 f"/initiatives/seats/{seat}/position/", f"/initiatives/terms/{term}"):  # fmt: skip
        assert as_viewer.post(path).status_code == 403


def test_an_empty_room_asks_for_the_first_term(aligning: Aligning, as_editor: Client) -> None:
    empty = Initiative.objects.create(name="Empty")
    assert "What is to be settled?" in content(as_editor, f"/initiatives/{empty.pk}/room/")
    as_editor.post(f"/initiatives/{empty.pk}/room/terms/add", {"name": "Date", "options": ""})
    assert "has no options yet" in content(as_editor, f"/initiatives/{empty.pk}/room/")
    assert as_editor.get("/initiatives/99999/room/").status_code == 404
