"""People get seats, stances and grounds; what these rest on stands in a document, letter by letter."""

from datetime import date

import pytest

from tests.aligning import Aligning
from tests.cast import Cast
from winward.records.accounts import Contact
from winward.records.documents import Passage
from winward.records.stakeholders import Ground, Seat, Stakeholder, Stance
from winward.usecases import decide
from winward.usecases.people.grounds import add_ground, candidates, grounds_of, remove_ground
from winward.usecases.people.seats import of_initiative, stances_of
from winward.usecases.people.stakeholders import (
    Described,
    Place,
    Seated,
    add_person,
    change_seat,
    describe_person,
    give_seat,
    remove_person,
    remove_seat,
    seat_new_person,
)
from winward.usecases.people.stances import history, remove_stance, take_stance
from winward.usecases.quotes import NotFound

TODAY = date(2026, 9, 30)
WORDS = "we can’t export when the line is down"


def ada(cast: Cast) -> Stakeholder:
    contact = Contact.objects.create(
        source=cast.source,
        external_id="C-1",
        account=cast.accounts["Acme"],
        name="Ada Field",
        role="Head of operations",
    )
    number, _ = add_person(Described("Ada Field", "customer", contact=contact.pk), "eda")
    return Stakeholder.objects.get(pk=number)


def test_a_new_person_gets_a_seat_and_undoing_takes_it_away(aligning: Aligning) -> None:
    place = Place(initiative=aligning.initiative.pk)
    number, decision = seat_new_person(
        Described(" Lea ", "legal", metric="days to sign"), place, Seated(influence=5), "eda"
    )
    row = next(one for one in of_initiative(aligning.initiative.pk) if one.stakeholder_id == number)
    assert (row.name, row.kind, row.metric, row.part, row.influence_words) == (
        "Lea", "legal", "days to sign", "decides", "very much"
    )  # fmt: skip
    assert row.stance_words == "not known"
    decide.undo(decision.audit, "eda")
    assert number not in {one.stakeholder_id for one in of_initiative(aligning.initiative.pk)}
    assert Stakeholder.objects.get(pk=number).name == "Lea"


def test_whom_we_know_isn_t_added_twice_and_has_one_seat(aligning: Aligning) -> None:
    place = Place(initiative=aligning.initiative.pk)
    with pytest.raises(ValueError, match="Otto has a seat there already"):
        seat_new_person(Described("otto", "security"), place, Seated(), "eda")
    assert Stakeholder.objects.filter(name__iexact="otto").count() == 1


@pytest.mark.parametrize(
    ("who", "seated", "words"),
    [
        (Described("", "legal"), Seated(), "needs a name"),
        (Described("Lea", "wizard"), Seated(), "no kind of stakeholder"),
        (Described("Lea", "legal"), Seated(influence=6), "1 .very little. to 5"),
        (Described("Lea", "legal"), Seated(part="champion"), "no part there"),
        (Described("Lea", "legal"), Seated(part="advises", veto=True), "Whoever holds a veto decides"),
    ],
)
def test_what_no_seat_can_have_is_refused_and_nobody_is_added(
    aligning: Aligning, who: Described, seated: Seated, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        seat_new_person(who, Place(initiative=aligning.initiative.pk), seated, "eda")
    assert not Stakeholder.objects.filter(name="Lea").exists()


def test_who_no_longer_decides_loses_the_veto(aligning: Aligning) -> None:
    otto = aligning.seats["Otto"]
    change_seat(otto.pk, Seated(part="advises"), "eda")
    otto.refresh_from_db()
    assert (otto.part, otto.veto) == ("advises", False)
    assert change_seat(otto.pk, Seated(part="advises"), "eda") is None


def test_a_seat_and_a_person_go_and_come_back(aligning: Aligning) -> None:
    sol = aligning.seats["Sol"]
    gone = remove_seat(sol.pk, "eda")
    assert gone
    give_seat(sol.stakeholder_id, Place(initiative=aligning.initiative.pk), Seated(), "eda")
    away = remove_person(sol.stakeholder_id, "eda")
    assert away
    assert "Sol" not in {one.name for one in of_initiative(aligning.initiative.pk)}
    decide.undo(away.audit, "eda")
    assert "Sol" in {one.name for one in of_initiative(aligning.initiative.pk)}
    with pytest.raises(NotFound):
        change_seat(sol.pk, Seated(influence=1), "eda")


def test_what_is_known_changes_only_where_it_is_said(aligning: Aligning) -> None:
    number = aligning.seats["Mara"].stakeholder_id
    describe_person(number, Described(metric="failed builds"), "eda")
    assert describe_person(number, Described(role=""), "eda") is None
    mara = Stakeholder.objects.get(pk=number)
    assert (mara.name, mara.metric) == ("Mara", "failed builds")
    with pytest.raises(ValueError, match="needs a name"):
        describe_person(number, Described(name=" "), "eda")


def test_a_stance_moves_with_its_reason_and_its_words(cast: Cast, aligning: Aligning) -> None:
    seat, call = aligning.seats["Mara"], cast.documents["Second call with Acme"]
    take_stance(seat.pk, 1, TODAY, "eda", "She heard the customer", call.pk, WORDS)
    row = next(one for one in of_initiative(aligning.initiative.pk) if one.id == seat.pk)
    assert (row.stance_words, row.moved, row.why) == ("for it", "up from against", "She heard the customer")
    told = history(stances_of([seat.pk])[seat.pk])
    assert [one.stance for one in told] == [1, -1]
    assert told[0].rests_on
    assert (told[0].rests_on.speaker, told[0].rests_on.start_ms) == ("Ada Field", 4_000)
    assert told[1].rests_on is None


def test_the_day_counts_and_not_when_it_was_written_down(aligning: Aligning) -> None:
    seat = aligning.seats["Mara"]
    number, _ = take_stance(seat.pk, 2, date(2026, 8, 1), "eda")
    row = next(one for one in of_initiative(aligning.initiative.pk) if one.id == seat.pk)
    assert (row.stance, row.moved) == (-1, "down from strongly for it")
    remove_stance(number, "eda")
    assert [one.stance for one in stances_of([seat.pk])[seat.pk]] == [-1]


@pytest.mark.parametrize("stance", [-3, 3, 99])
def test_what_is_no_stance_is_refused(aligning: Aligning, stance: int) -> None:
    with pytest.raises(ValueError, match="A stance goes from"):
        take_stance(aligning.seats["Mara"].pk, stance, TODAY, "eda")
    assert Stance.objects.count() == 1


def test_a_quote_that_stands_nowhere_is_refused(cast: Cast, aligning: Aligning) -> None:
    who, call = aligning.seats["Otto"].stakeholder_id, cast.documents["Second call with Acme"].pk
    for quote in ("we can't export when the line is down", "down, and on site it is always up"):
        with pytest.raises(ValueError, match="doesn’t stand in document"):
            add_ground(who, "Work on site", "eda", call, quote)
    with pytest.raises(ValueError, match="needs the document"):
        add_ground(who, "Work on site", "eda", quote=WORDS)
    with pytest.raises(NotFound, match="no document 999"):
        add_ground(who, "Work on site", "eda", 999, WORDS)
    with pytest.raises(NotFound, match="no signal 999"):
        add_ground(who, "Work on site", "eda", signal=999)
    with pytest.raises(ValueError, match="in a few words what moves Otto"):
        add_ground(who, " ", "eda", call, WORDS)
    assert not Ground.objects.exists()


def test_a_ground_is_a_quote_a_document_or_a_note(cast: Cast, aligning: Aligning) -> None:
    who, call = aligning.seats["Otto"].stakeholder_id, cast.documents["Second call with Acme"]
    add_ground(who, "Fewer exceptions", "eda")
    add_ground(who, "How the call went", "eda", call.pk)
    add_ground(who, "Work on site", "eda", signal=cast.signals["acme export"].pk)
    whole, quoted, note = grounds_of(who)
    assert note.rests_on is None
    assert whole.rests_on
    assert (whole.rests_on.quote, whole.rests_on.passage_id) == ("", None)
    assert quoted.rests_on
    assert (quoted.rests_on.quote, quoted.rests_on.document) == (WORDS, "Second call with Acme")
    remove_ground(note.id, "eda")
    assert [one.what for one in grounds_of(who)] == ["How the call went", "Work on site"]


def test_words_that_a_newer_export_dropped_keep_their_document(cast: Cast, aligning: Aligning) -> None:
    who, mail = aligning.seats["Otto"].stakeholder_id, cast.documents["Mail of Cobalt"]
    add_ground(who, "Planes", "eda", mail.pk, "this is no use to us")
    Passage.objects.filter(document=mail).delete()
    (kept,) = grounds_of(who)
    assert kept.rests_on
    assert (kept.rests_on.quote, kept.rests_on.passage_id) == ("this is no use to us", None)


def test_what_somebody_of_the_name_said_can_be_kept_once(cast: Cast, aligning: Aligning) -> None:
    who = ada(cast)
    found = candidates(who)
    assert {one.quote.speaker for one in found} == {"Ada Field"}
    export = next(one for one in found if one.quote.words == WORDS)
    assert export.moves == "Export without a network"
    # The same words stand in two documents: kept from one, they are still offered from the other.
    for signal in ("acme export", "acme export again"):
        add_ground(who.pk, export.moves, "eda", signal=cast.signals[signal].pk)
    assert WORDS not in {one.quote.words for one in candidates(who)}


def test_a_namesake_of_another_account_is_not_taken_for_the_contact(cast: Cast) -> None:
    who = ada(cast)
    Contact.objects.update(account=cast.accounts["Dune"])
    who.refresh_from_db()
    assert candidates(Stakeholder.objects.select_related("contact").get(pk=who.pk)) == ()


def test_a_seat_is_in_one_place(aligning: Aligning, cast: Cast) -> None:
    who = aligning.seats["Sol"].stakeholder_id
    with pytest.raises(ValueError, match="name one of them"):
        give_seat(who, Place(), Seated(), "eda")
    with pytest.raises(NotFound, match="no initiative 999"):
        give_seat(who, Place(initiative=999), Seated(), "eda")
    give_seat(who, Place(deal=cast.deals["ACME-2"].pk), Seated(part="champion"), "eda")
    assert Seat.objects.filter(stakeholder=who, removed=False).count() == 2
