"""Initiatives on their pages: begun from themes, changed in place, with their risks and next steps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.aligning import Aligning
from tests.cast import Cast
from winward.records.decisions import Audit
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.stakeholders import Stakeholder

UNDO = re.compile(r'action="(/undo/\d+/)"')


def text(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def posted(client: Client, page: str, **fields: object) -> str:
    return client.post(page, fields, follow=True).content.decode()


def undo(client: Client, words: str) -> None:
    found = UNDO.search(words)
    assert found
    client.post(found[1])


def test_from_the_page_of_a_theme_in_one_step(cast: Cast, as_editor: Client) -> None:
    theme = f"/themes/{cast.export.pk}/"
    assert "No initiative serves it yet." in text(as_editor, theme)
    words = posted(as_editor, "/initiatives/start", theme=cast.export.pk)
    made = Initiative.objects.get(removed=False)
    assert "“Export without a network” is an initiative now." in words
    assert "we can’t export when the line is down" in words
    assert "€80k" in words
    assert f"/initiatives/{made.pk}/" in text(as_editor, theme)
    undo(as_editor, words)
    assert "No initiative serves it yet." in text(as_editor, theme)


def test_from_several_ticked_themes(cast: Cast, as_editor: Client) -> None:
    assert 'form="choose" name="theme"' in text(as_editor, "/themes/")
    posted(as_editor, "/initiatives/start", theme=[cast.export.pk, cast.helpdesk.pk], name="Be there")
    assert Initiative.objects.values_list("name", "themes").get() == ("Be there", [cast.export.pk, cast.helpdesk.pk])
    assert "Name at least one theme" in posted(as_editor, "/initiatives/start", back="/themes/")


def test_one_as_a_hub(aligning: Aligning, as_editor: Client) -> None:
    page = text(as_editor, f"/initiatives/{aligning.initiative.pk}/")
    for part in (
        "Needed by 1 December 2026: Acme decides on a deal of €60,000.",
        "€80k of lost revenue goes with its theme (between €30k and €120k)",
        "No next step: who does what by when?",
        "Field teams buy if exports need no network",
        "3 to 6 person-weeks",
        "Conflicts when two edit",
        "we can’t export when the line is down",
        "against: Mara",
        "Who asks for it",
    ):
        assert part in page


def test_few_queries(
    aligning: Aligning, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for page in (f"/initiatives/{aligning.initiative.pk}/", "/initiatives/", "/steps/"):
        with django_assert_max_num_queries(22):
            as_editor.get(page)


def test_an_empty_workspace_says_how_to_begin(as_editor: Client) -> None:
    assert "Choose themes" in text(as_editor, "/initiatives/")
    assert "one verb, one owner and one day" in text(as_editor, "/steps/")


def test_what_it_is_changes_in_place_and_back(aligning: Aligning, as_editor: Client) -> None:
    page = f"/initiatives/{aligning.initiative.pk}/"
    words = posted(as_editor, f"{page}change", goal="Win field teams", needed_by="2026-11-01")
    assert "Changed: goal and needed by." in words
    assert "Needed by 1 November 2026, as set by hand. Deals and renewals say 1 December 2026" in words
    undo(as_editor, words)
    assert "as set by hand" not in text(as_editor, page)
    assert "An initiative needs a name." in posted(as_editor, f"{page}change", name="")
    posted(as_editor, f"{page}state", state="agreed")
    posted(as_editor, f"{page}effort", skill=["design", ""], low=["1", ""], high=["2", ""])
    now = Initiative.objects.get()
    assert (now.state, now.effort) == ("agreed", [{"skill": "design", "low": 1.0, "high": 2.0}])
    assert "runs backwards" in posted(as_editor, f"{page}effort", skill="design", low="3", high="2")


def test_themes_come_and_go_by_name(aligning: Aligning, cast: Cast, as_editor: Client) -> None:
    page = f"/initiatives/{aligning.initiative.pk}/"
    assert "It serves “Helpdesk answers late”, too." in posted(as_editor, f"{page}themes", theme="helpdesk")
    assert "Together" in text(as_editor, page)
    posted(as_editor, f"{page}themes", gone=cast.export.pk)
    assert Initiative.objects.get().themes == [cast.helpdesk.pk]
    assert "There is no theme “zeppelin”" in posted(as_editor, f"{page}themes", theme="zeppelin")


def test_a_risk_comes_true_with_a_step_and_is_undone_with_it(aligning: Aligning, as_editor: Client) -> None:
    page, risk = f"/initiatives/{aligning.initiative.pk}/", Risk.objects.get()
    posted(as_editor, f"{page}risks", what="Late", likelihood="low", severity="low")
    fired = {"verdict": "fire", "owner": "ines", "due_on": "2026-12-01", "step": "Lock orders", "back": page}
    words = posted(as_editor, f"/risks/{risk.pk}/settle", **fired)
    assert "Came true." in words
    assert "Lock orders" in words
    undo(as_editor, words)
    assert "Lock orders" not in text(as_editor, page)
    assert Risk.objects.get(pk=risk.pk).state == "open"
    nobody = posted(as_editor, f"/risks/{risk.pk}/settle", verdict="fire", back=page)
    assert "Name who acts on it" in nobody
    for verdict, state in (("close", "closed"), ("open", "open")):
        posted(as_editor, f"/risks/{risk.pk}/settle", verdict=verdict)
        assert Risk.objects.get(pk=risk.pk).state == state


@pytest.mark.parametrize("tie", ["initiative", "theme", "deal"])
def test_a_step_is_added_where_one_stands_and_done_there(
    tie: str, aligning: Aligning, cast: Cast, as_editor: Client
) -> None:
    numbers = {"initiative": aligning.initiative.pk, "theme": cast.export.pk, "deal": cast.deals["ACME-2"].pk}
    page = f"/{tie}s/{numbers[tie]}/"
    form = {tie: numbers[tie], "what": "Ask Otto for the rules", "owner": "EDA", "back": page}
    due = timezone.localdate() - timedelta(days=1)
    words = posted(as_editor, "/steps/add", **form, due_on=due.isoformat())
    assert "Ask Otto for the rules" in words
    assert "overdue since" in words
    assert "Ask Otto for the rules" in text(as_editor, "/")
    assert "1 overdue" in text(as_editor, "/steps/?when=overdue")
    step = Step.objects.get()
    done = posted(as_editor, f"/steps/{step.pk}/settle", verdict="done", back=page)
    assert "Done: Ask Otto for the rules" in done
    undo(as_editor, done)
    posted(as_editor, f"/steps/{step.pk}/settle", verdict="change", owner="ines", back=page)
    assert "Ask Otto for the rules" not in text(as_editor, "/")
    posted(as_editor, f"/steps/{step.pk}/settle", verdict="remove", back=page)
    assert Step.objects.filter(removed=False).count() == 0


def test_a_step_of_somebody_is_on_the_list(aligning: Aligning, as_editor: Client) -> None:
    otto = Stakeholder.objects.get(name="Otto")
    posted(as_editor, "/steps/add", stakeholder=otto.pk, what="Call Otto")
    assert "not yet a step" in text(as_editor, "/steps/")


def test_the_list_is_filtered_by_its_address(aligning: Aligning, as_editor: Client) -> None:
    assert "Export that works offline" in text(as_editor, "/initiatives/?state=aligning&owner=Ana")
    assert "None of them" in text(as_editor, "/initiatives/?state=stopped")


FORMS = ("initiatives/start", "initiatives/{one}/change", "initiatives/{one}/state", "initiatives/{one}/effort",
         "initiatives/{one}/themes", "initiatives/{one}/remove", "initiatives/{one}/risks", "risks/{risk}/settle",
         "steps/add", "steps/{step}/settle")  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_viewer_reads_and_decides_nothing(form: str, aligning: Aligning, cast: Cast, as_viewer: Client) -> None:
    step = Step.objects.create(what="Ask", initiative=aligning.initiative)
    address = form.format(one=aligning.initiative.pk, risk=Risk.objects.get().pk, step=step.pk)
    sent = {"theme": cast.export.pk, "state": "agreed", "verdict": "remove", "what": "x", "name": "x"}
    assert as_viewer.post(f"/{address}", sent).status_code == 403
    assert not Audit.objects.exists()
    page = text(as_viewer, f"/initiatives/{aligning.initiative.pk}/")
    assert "Add a risk" not in page
    assert "Start an initiative" not in text(as_viewer, f"/themes/{cast.export.pk}/")


def test_what_was_taken_away_or_never_was_is_not_found(aligning: Aligning, as_editor: Client) -> None:
    posted(as_editor, f"/initiatives/{aligning.initiative.pk}/remove")
    for page in (f"/initiatives/{aligning.initiative.pk}/", "/initiatives/999/"):
        assert as_editor.get(page).status_code == 404
    assert as_editor.post("/risks/999/settle", {"verdict": "close"}).status_code == 404
    assert as_editor.post("/steps/999/settle", {"verdict": "done"}).status_code == 404
