"""A sheet as a page that stands by itself: one file, which loads nothing and holds no script."""

from typing import Any

from django.template.loader import render_to_string

from winward.faces.printed.sheet import Sheet


def as_html(sheet: Sheet) -> str:
    """The whole of it: on a page nothing need be shortened."""
    return render_to_string("printed/sheet.html", {"sheet": sheet, "sections": told(sheet)})


def told(sheet: Sheet) -> list[dict[str, Any]]:
    """The sections as `printed/blocks.html` shows them."""
    return [
        {"heading": section.heading, "blocks": [(type(block).__name__, block) for block in section.blocks]}
        for section in sheet.sections
    ]
