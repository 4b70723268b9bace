"""The alignment brief as a page, on paper and as a file."""

from io import BytesIO

import pytest
from django.test import Client
from pdfminer.pdfpage import PDFPage

from tests.aligning import Aligning

pytestmark = pytest.mark.django_db


def test_it_is_a_page_a_sheet_and_a_file(as_viewer: Client, aligning: Aligning) -> None:
    address = f"/initiatives/{aligning.initiative.pk}/brief"
    page = as_viewer.get(f"{address}/").content.decode()
    assert "The decision asked" in page
    assert 'aria-current="page">Brief' in page
    assert "/signals/" in page, "its quotes lead to where they were said"
    made = as_viewer.get(f"{address}.pdf")
    assert len(list(PDFPage.get_pages(BytesIO(made.content)))) == 1
    assert "What each gains and gives" in as_viewer.get(f"{address}.html").content.decode()
    assert as_viewer.get("/initiatives/99/brief/").status_code == 404
