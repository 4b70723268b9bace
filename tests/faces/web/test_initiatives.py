"""Initiatives on their pages: begun from themes, changed in place, with their risks and next steps."""

from django.test import Client

from tests.aligning import Aligning


def test_the_page_of_one(aligning: Aligning, as_editor: Client) -> None:
    page = as_editor.get(f"/initiatives/{aligning.initiative.pk}/").content.decode()
    assert "No next step: who does what by when?" in page


def test_the_list(aligning: Aligning, as_editor: Client) -> None:
    page = as_editor.get("/initiatives/").content.decode()
    assert "Export that works offline" in page


def test_steps(aligning: Aligning, as_editor: Client) -> None:
    assert as_editor.get("/steps/").status_code == 200
