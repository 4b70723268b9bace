"""The room: how a package is for everyone, in words, and what if somebody moved."""

import pytest

from tests.aligning import Aligning
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat, Stakeholder
from winward.usecases.room import room_packages
from winward.usecases.room.room import Room, at_table, room
from winward.usecases.room.suppose import supposable

pytestmark = pytest.mark.django_db


def picked(aligning: Aligning, scope: str, date: str, support: str) -> list[int]:
    named = {"Scope": scope, "Date": date, "Support": support}
    return [aligning.options[term, option].pk for term, option in named.items()]


def on_table(aligning: Aligning, scope: str, date: str, support: str, *supposing: str) -> Room:
    return room(aligning.initiative.pk, picked(aligning, scope, date, support), supposing)


def said(found: Room, name: str) -> tuple[str, str]:
    return next((one.verdict, one.says) for one in found.people if one.name == name)


def draw_lines(aligning: Aligning) -> None:
    """Mara needs September; Sol needs June."""
    for name, option in (("Mara", "September"), ("Sol", "June")):
        line = {str(aligning.terms["Date"].pk): aligning.options["Date", option].pk}
        Seat.objects.filter(pk=aligning.seats[name].pk).update(good_enough=line)


def test_a_cell_says_how_an_option_suits(aligning: Aligning) -> None:
    found = on_table(aligning, "Everything offline", "June", "Ours")
    scope, date, support = ([(cell.tone, cell.place) for cell in row.cells] for row in found.rows)
    assert scope == [("worst", "last"), ("best", "best"), ("alike", "any"), ("refused", "can’t")]
    assert date == [("good", "2nd"), ("alike", "any"), ("good", "2nd"), ("alike", "any")]
    assert support[2:] == [("best", "best"), ("worst", "last")]


def test_what_is_short_of_the_line_is_said_with_what_would_win(aligning: Aligning) -> None:
    draw_lines(aligning)
    verdict, says = said(on_table(aligning, "Reading and editing", "June", "Ours"), "Mara")
    assert verdict == "no"
    assert says.startswith("Mara says no: “June” for Date falls short of “September”.")
    assert "would win the yes" in says


def test_the_refusal_of_a_veto_holder_stops_it(aligning: Aligning) -> None:
    Initiative.objects.update(may_refuse=2)
    found = on_table(aligning, "Everything offline", "June", "Ours")
    assert found.passes is False
    assert found.sentence.startswith("3 of 4 say yes; Otto says no. It doesn’t pass")
    assert said(found, "Otto") == (
        "no",
        "Otto says no: can’t accept “Everything offline” for Scope. “Reading and editing” for Scope would win the yes.",
    )


def test_one_may_say_no_where_the_rule_lets_one(aligning: Aligning) -> None:
    draw_lines(aligning)
    assert on_table(aligning, "Reading only", "March", "Shared").passes is False
    Initiative.objects.update(may_refuse=1)
    found = on_table(aligning, "Reading only", "March", "Shared")
    assert (found.passes, found.rule) == (True, "1 of 4 may say no, but not Otto")


def test_who_was_not_asked_says_neither_yes_nor_no(aligning: Aligning) -> None:
    Seat.objects.filter(pk=aligning.seats["Ines"].pk).update(ranks={})
    found = on_table(aligning, "Reading only", "June", "Shared")
    assert said(found, "Ines")[0] == "not asked"
    assert found.passes is None
    assert "nobody has asked Ines yet" in found.sentence


def test_who_advises_counts_for_nothing_but_is_shown(aligning: Aligning) -> None:
    Seat.objects.filter(pk=aligning.seats["Otto"].pk).update(part=Seat.Part.ADVISES)
    found = on_table(aligning, "Everything offline", "June", "Ours")
    assert (found.people[-1].name, found.people[-1].decides, found.people[-1].verdict) == ("Otto", False, "no")
    assert found.passes is True


def test_a_yes_says_how_much_it_hangs_on_weights_nobody_stated(aligning: Aligning) -> None:
    seat, options, terms = aligning.seats["Sol"], aligning.options, aligning.terms
    line = {str(terms["Date"].pk): options["Date", "June"].pk, str(terms["Support"].pk): options["Support", "Ours"].pk}
    Seat.objects.filter(pk=seat.pk).update(good_enough=line)
    sol = next(one for one in on_table(aligning, "Reading only", "March", "Shared").people if one.name == "Sol")
    assert sol.holds is not None
    assert 0 < sol.holds < 1
    assert "That hangs on" in sol.says
    sure = next(one for one in on_table(aligning, "Reading only", "March", "Ours").people if one.name == "Sol")
    assert sure.holds == 1


def test_what_if_changes_the_answer_and_nothing_else(aligning: Aligning) -> None:
    otto, everything = aligning.seats["Otto"], aligning.options["Scope", "Everything offline"]
    code = f"{otto.pk}.can.{everything.pk}"
    found = on_table(aligning, "Everything offline", "June", "Shared", code, "1.can.2", "nonsense")
    assert said(found, "Otto")[0] == "yes"
    assert found.supposed == ((code, "Otto could accept “Everything offline” for Scope"),)
    assert [one.name for one in found.people if one.supposed] == ["Otto"]
    otto.refresh_from_db()
    assert otto.refused == [everything.pk]
    held = at_table(aligning.initiative.pk, (), ())[0]
    assert supposable(held, otto.pk)[0].code == code


def test_packages_stand_beside_the_table(aligning: Aligning) -> None:
    draw_lines(aligning)
    aligning.initiative.may_refuse = 1
    aligning.initiative.save()
    _, table, *_ = at_table(aligning.initiative.pk, picked(aligning, "Everything offline", "June", "Ours"), ())
    assert table
    found = room_packages.packages(table, room_packages.work_out(table.held))
    assert found.sentence.endswith("possible packages pass, where 1 of 4 may say no, but not Otto.")
    titles = [title for one in found.packages for title in one.titles]
    assert sorted(titles) == sorted(room_packages.AIMS.values())
    assert all("Otto" not in one.refuses for one in found.packages)
    assert any("Otto" in who for one in found.packages for who in one.gains)


def test_who_blocks_and_what_would_free_it_is_told_without_points(aligning: Aligning) -> None:
    draw_lines(aligning)
    _, table, *_ = at_table(aligning.initiative.pk, picked(aligning, "Reading only", "June", "Ours"), ())
    assert table
    blocked = room_packages.packages(table, room_packages.work_out(table.held)).blocked
    if blocked is not None:
        assert not any("points" in said for said in (*blocked.blocking, *blocked.frees))
    for way in room_packages.ways(table).concessions:
        assert "points" not in way.says


def test_concessions_start_from_the_table(aligning: Aligning) -> None:
    _, table, *_ = at_table(aligning.initiative.pk, picked(aligning, "Everything offline", "June", "Ours"), ())
    assert table
    (way,) = room_packages.ways(table).concessions
    assert way.says.startswith("Otto says yes with “Rea")
    assert way.instead == "Otto accepts “Everything offline” for Scope after all."
    assert len(way.options) == 3


def test_people_of_one_name_are_told_apart(aligning: Aligning) -> None:
    other = Stakeholder.objects.create(name="Mara", kind="legal")
    Seat.objects.create(stakeholder=other, initiative=aligning.initiative)
    names = [one.name for one in on_table(aligning, "Reading only", "June", "Ours").people]
    assert {"Mara (tech lead)", "Mara (legal)"} <= set(names)


def test_an_empty_room_says_what_to_do(aligning: Aligning) -> None:
    empty = Initiative.objects.create(name="Empty")
    assert room(empty.pk).sentence.startswith("Nothing is negotiated yet")
    aligning.initiative.seats.update(removed=True)
    found = room(aligning.initiative.pk)
    assert found.sentence == "Nobody whose yes is needed sits here yet."
    assert [row.name for row in found.rows] == ["Scope", "Date", "Support"]
