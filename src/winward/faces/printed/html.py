"""A sheet as a page that stands by itself: one file, which loads nothing and holds no script."""

from django.template.loader import render_to_string

from winward.faces.printed.sheet import Sheet


def as_html(sheet: Sheet) -> str:
    """The whole of it: on a page nothing need be shortened."""
    sections = [
        {"heading": section.heading, "blocks": [(type(block).__name__, block) for block in section.blocks]}
        for section in sheet.sections
    ]
    return render_to_string("printed/sheet.html", {"sheet": sheet, "sections": sections})
