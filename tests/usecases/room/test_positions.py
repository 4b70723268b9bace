"""Terms, positions and agreements are kept as decisions, and their history is told in words."""

from datetime import date

import pytest

from tests.aligning import Aligning
from winward.records.agreements import Agreement, Term
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat
from winward.usecases import decide
from winward.usecases.list_decisions import list_decisions
from winward.usecases.quotes import NotFound
from winward.usecases.room import agreement, positions, terms
from winward.usecases.room.negotiation import negotiation, terms_of
from winward.usecases.room.positions import Given, by_place, position, take
from winward.usecases.room.room_history import room_history

pytestmark = pytest.mark.django_db


def order(aligning: Aligning) -> list[str]:
    return [term.name for term in terms_of(aligning.initiative)]


def test_a_term_comes_with_its_options_and_goes_again(aligning: Aligning) -> None:
    added = terms.add_term(aligning.initiative.pk, " Price ", ["As today", "Discount", "As today", ""], "ana")
    assert [one.name for one in negotiation(aligning.initiative.pk).terms][-1] == "Price"
    assert [option for _, option in negotiation(aligning.initiative.pk).terms[-1].options] == ["As today", "Discount"]
    decide.undo(added[0].audit, "ana")
    assert "Price" not in order(aligning)


def test_names_are_there_once(aligning: Aligning) -> None:
    with pytest.raises(ValueError, match="already"):
        terms.add_term(aligning.initiative.pk, "scope", [], "ana")
    with pytest.raises(ValueError, match="already"):
        terms.rename_option(aligning.options["Date", "June"].pk, "March", "ana")
    with pytest.raises(ValueError, match="needs a name"):
        terms.rename_term(aligning.terms["Date"].pk, "  ", "ana")
    assert terms.rename_term(aligning.terms["Date"].pk, "Date", "ana") is None


def test_terms_and_options_move_by_one_place(aligning: Aligning) -> None:
    moved = terms.move_term(aligning.terms["Support"].pk, "up", "ana")
    assert order(aligning) == ["Scope", "Support", "Date"]
    terms.move_term(aligning.terms["Support"].pk, "up", "ana")
    assert order(aligning) == ["Support", "Scope", "Date"]
    assert terms.move_term(aligning.terms["Support"].pk, "up", "ana") is None
    for _ in range(40):
        terms.move_term(aligning.terms["Scope"].pk, "down", "ana")
        terms.move_term(aligning.terms["Scope"].pk, "up", "ana")
    assert order(aligning) == ["Support", "Scope", "Date"]
    terms.move_option(aligning.options["Date", "March"].pk, "down", "ana")
    found = next(term for term in terms_of(aligning.initiative) if term.name == "Date")
    assert [name for _, name in found.options] == ["June", "March", "September"]
    assert moved


def test_what_was_ranked_of_a_term_counts_again_when_it_comes_back(aligning: Aligning) -> None:
    date_term, mara = aligning.terms["Date"], aligning.seats["Mara"]
    gone = terms.remove_term(date_term.pk, "ana")
    assert [len(level) for level in position(mara.pk).terms.levels] == [1]
    take(mara.pk, Given(options={aligning.terms["Scope"].pk: []}), "ana")
    assert gone
    decide.undo(gone.audit, "ana")
    found = next(one for one in position(mara.pk).by_term if one.name == "Date")
    assert [[name for _, name in level] for level in found.ranking.levels] == [["September"], ["June"], ["March"]]


def test_a_position_is_kept_and_said_in_words(aligning: Aligning) -> None:
    seat, term, option = aligning.seats["Ines"].pk, aligning.terms, aligning.options
    first = positions.rank(seat, [["Date"], ["Scope", "Support"]], "ana")
    second = positions.rank(seat, [["June"], ["March"]], "ana", term="date")
    third = positions.refuse(seat, "Date", "September", "ana")
    fourth = positions.enough(seat, "Date", "March", "ana")
    assert [one and one.sentence for one in (first, second, third, fourth)] == [
        "Ines ranks Date, then Scope and Support alike.",
        "Ines ranks for Date “June”, then “March”.",
        "Ines can’t accept “September” for Date.",
        "Ines finds “March” good enough for Date.",
    ]
    row = Seat.objects.get(pk=seat)
    assert row.ranks["terms"] == [[term["Date"].pk], [term["Scope"].pk, term["Support"].pk]]
    assert row.good_enough == {str(term["Date"].pk): option["Date", "March"].pk}
    assert positions.refuse(seat, "Date", "September", "ana") is None
    assert next(one.words for one in room_history(aligning.initiative.pk)) == "Ines finds “March” good enough for Date"
    positions.enough(seat, "Date", "", "ana")
    positions.refuse(seat, "Date", "September", "ana", again=True)
    take(seat, Given(otherwise="Builds it alone"), "ana")
    assert [one.words for one in room_history(aligning.initiative.pk)][:3] == [
        "Ines would otherwise: Builds it alone",
        "Ines can accept “September” for Date",
        "Ines draws no line for Date",
    ]


def test_undoing_is_told_as_such(aligning: Aligning) -> None:
    done = positions.rank(aligning.seats["Ines"].pk, [["Date"]], "ana")
    assert done
    decide.undo(done.audit, "bea")
    assert [(one.who, one.words) for one in room_history(aligning.initiative.pk)] == [
        ("bea", "taken back: Ines ranks Scope"),
        ("ana", "Ines ranks Date"),
    ]


def test_names_that_are_not_there_are_refused(aligning: Aligning) -> None:
    seat = aligning.seats["Ines"].pk
    with pytest.raises(ValueError, match="There is no term “Pace”"):
        positions.rank(seat, [["Pace"]], "ana")
    with pytest.raises(ValueError, match="once"):
        positions.rank(seat, [["Date"], ["Date"]], "ana")
    with pytest.raises(NotFound):
        position(10**9)
    assert positions.seat_named(aligning.initiative.pk, "ine") == seat
    with pytest.raises(ValueError, match="Nobody"):
        positions.seat_named(aligning.initiative.pk, "Zoe")


def test_equal_numbers_are_alike() -> None:
    assert by_place({7: 2, 8: 1, 9: None, 5: 2}) == [[8], [7, 5]]


def test_an_agreement_is_written_down_with_the_state(aligning: Aligning) -> None:
    options = [aligning.options[pair].pk for pair in (("Scope", "Reading only"), ("Date", "June"), ("Support", "Ours"))]
    made = agreement.agree(aligning.initiative.pk, options, ["Mara", "Sol"], date(2026, 11, 20), "Who tests", "ana")
    assert made.sentence == "Mara and Sol agreed on 3 terms."
    assert Initiative.objects.get(pk=aligning.initiative.pk).state == "agreed"
    found = agreement.latest(aligning.initiative.pk)
    assert found
    assert found.package == (("Scope", "Reading only"), ("Date", "June"), ("Support", "Ours"))
    assert (found.people, found.open_points, found.since) == (("Mara", "Sol"), "Who tests", ())
    positions.refuse(aligning.seats["Sol"].pk, "Date", "June", "ana")
    terms.rename_option(aligning.options["Support", "Ours"].pk, "Ours alone", "ana")
    later = agreement.latest(aligning.initiative.pk)
    assert later
    assert later.since == ("“Ours” for Support no longer stands to choose.",)
    terms.rename_option(aligning.options["Support", "Ours"].pk, "Ours", "ana")
    again = agreement.latest(aligning.initiative.pk)
    assert again
    assert again.since == ("Sol would say no to it today.",)
    decide.undo(made.audit, "ana")
    assert Initiative.objects.get(pk=aligning.initiative.pk).state == "aligning"
    assert agreement.latest(aligning.initiative.pk) is None


def test_an_agreement_leaves_nothing_open(aligning: Aligning) -> None:
    option = aligning.options["Scope", "Reading only"].pk
    with pytest.raises(ValueError, match="Choose an option for Date and Support"):
        agreement.agree(aligning.initiative.pk, [option], ["Mara"], date(2026, 11, 20), "", "ana")
    every = [aligning.options[pair].pk for pair in (("Scope", "Reading only"), ("Date", "June"), ("Support", "Ours"))]
    with pytest.raises(ValueError, match="Say who"):
        agreement.agree(aligning.initiative.pk, every, [" "], date(2026, 11, 20), "", "ana")
    assert not Agreement.objects.exists()
    assert Term.objects.count() == 3


def test_the_list_of_all_decisions_says_it_in_the_same_words(aligning: Aligning) -> None:
    positions.rank(aligning.seats["Ines"].pk, [["Date"], ["Scope"]], "ana")
    assert list_decisions().rows[0].words == "Ines ranks Date, then Scope"
