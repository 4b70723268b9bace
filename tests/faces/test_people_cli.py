"""Whose yes is needed, from the command line: seats, stances, grounds, questions and answers."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.aligning import Aligning
from tests.aligning import aligning as aligning
from tests.cast import Cast
from tests.cast import cast as cast
from winward.faces.cli import deciding
from winward.faces.cli.align import people, questions
from winward.faces.cli.app import app
from winward.records.stakeholders import Ground, Question, Seat, Stakeholder, Stance

WORDS = "we can’t export when the line is down"


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (people, questions, deciding):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["align", *(str(argument) for argument in arguments)])


def shown(*arguments: object) -> Any:
    done = typed(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(*arguments: object) -> str:
    done = typed(*arguments)
    assert done.exit_code != 0, done.output
    return " ".join(done.stderr.split())


def test_the_people_of_an_initiative(aligning: Aligning) -> None:
    page = shown("people", aligning.initiative.pk)
    assert len(page["people"]) == 4
    assert page["next"]["why"]
    words = typed("people", aligning.initiative.pk).stdout
    assert "None of 4 whose yes is needed are for it" in " ".join(words.split())
    assert "Ask next" in words
    assert "no initiative 999" in refused("people", 999)
    assert "Name an initiative" in refused("people")


def test_adding_somebody_seating_and_taking_away(aligning: Aligning) -> None:
    made = shown("person", "Lea", "--kind", "legal", "--initiative", aligning.initiative.pk, "--influence", 4, "--veto")
    seat = Seat.objects.get(stakeholder=made["id"])
    assert (seat.influence, seat.veto) == (4, True)
    shown("person", "--change", made["id"], "--metric", "days to sign")
    assert Stakeholder.objects.get(pk=made["id"]).metric == "days to sign"
    shown("seat", seat.pk, "--part", "advises")
    shown("seat", seat.pk, "--remove")
    assert Seat.objects.get(pk=seat.pk).removed
    again = shown("seat", made["id"], "--initiative", aligning.initiative.pk, "--part", "is told")
    assert Seat.objects.get(pk=again["id"]).part == "is told"
    shown("person", "--change", made["id"], "--remove")
    assert "nobody with the number" in refused("who", made["id"])
    alone = shown("person", "Pia", "--kind", "designer")
    assert not Seat.objects.filter(stakeholder=alone["id"]).exists()
    assert "no kind of stakeholder" in refused("person", "Pia", "--kind", "wizard")


def test_a_stance_and_a_ground_with_their_words(cast: Cast, aligning: Aligning) -> None:
    seat, call = aligning.seats["Otto"], cast.documents["Second call with Acme"].pk
    words = ("--why", "Heard it", "--on", "2026-09-20", "--document", call, "--quote", WORDS)
    shown("stance", seat.pk, "Strongly against", *words)
    assert "is no stance" in refused("stance", seat.pk, "meh")
    assert (Stance.objects.latest("pk").stance, Stance.objects.latest("pk").quote) == (-2, WORDS)
    shown("ground", seat.stakeholder_id, "Work on site", "--signal", cast.signals["acme export"].pk)
    assert "doesn’t stand in document" in refused(
        "ground", seat.stakeholder_id, "Nothing", "--document", call, "--quote", "never said"
    )
    words = typed("who", seat.stakeholder_id).stdout
    assert "Work on site" in words
    assert "strongly against" in words
    shown("ground", Ground.objects.get().pk, "--remove")
    assert Ground.objects.get().removed


def test_questions_and_an_answer(aligning: Aligning) -> None:
    seat = aligning.seats["Sol"]
    found = shown("questions", aligning.initiative.pk)
    sol = next(one for one in found["people"] if one["seat"]["name"] == "Sol")
    asked = next(one for one in sol["all"] if one["topic"] == "alternatives")
    assert asked["key"] in typed("questions", aligning.initiative.pk, "--name", "sol").stdout.replace("\n", "")
    done = typed("answer", seat.pk, "alternatives", "The old one", "--question", asked["key"], "--otherwise", "Wait")
    assert done.exit_code == 0, done.output
    kept = Question.objects.get()
    assert (kept.text, kept.answer, kept.key) == (asked["text"], "The old one", asked["key"])
    seat.refresh_from_db()
    assert seat.otherwise == "Wait"
    own = shown("ask", seat.pk, "gives", "What would you swap?")
    shown("answer", seat.pk, "gives", "A date", "--question", own["id"])
    assert Question.objects.get(pk=own["id"]).answer == "A date"
    assert "none of the questions" in refused("answer", seat.pk, "gives", "A date", "--question", "sales/gives/none")


def test_a_deal_s_people(cast: Cast) -> None:
    assert "No champion and no economic buyer" in typed("people", "--deal", "ACME-2").stdout
    shown("person", "Ada Field", "--kind", "customer", "--deal", "ACME-2", "--part", "champion")
    assert [one["part"] for one in shown("people", "--deal", "ACME-2")["seats"]] == ["champion"]
    assert "no deal X-1" in refused("people", "--deal", "X-1")
    assert "no deal X-1" in refused("seat", Stakeholder.objects.get().pk, "--deal", "X-1")
