"""`winward align brief`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.looking import shown
from winward.faces.cli.screen import Json, console, print_json

if TYPE_CHECKING:
    from winward.faces.printed.sheet import Sheet


def register(app: typer.Typer) -> None:
    app.command()(brief)


def brief(
    context: typer.Context,
    initiative: int,
    pdf: Annotated[Path | None, typer.Option(help="Write it to this file, on one page.")] = None,
    html: Annotated[Path | None, typer.Option(help="The same as one file for a browser.")] = None,
    json: Json = False,
) -> None:
    """An initiative on one page: the need, what is proposed, who needs what, and the decision asked."""
    open_workspace(context.obj)
    from winward.faces.printed.alignment import alignment_sheet
    from winward.usecases.initiatives.alignment_brief import alignment_brief

    found = shown(context, lambda: alignment_brief(initiative, date.today()), json=False)
    sheet = alignment_sheet(found)
    _write(sheet, pdf, html)
    if json:
        print_json(found)
    else:
        _show(sheet)


def _write(sheet: "Sheet", pdf: Path | None, html: Path | None) -> None:
    from winward.faces.printed.html import as_html
    from winward.faces.printed.pdf import as_pdf

    if pdf is not None:
        pdf.write_bytes(as_pdf(sheet))
    if html is not None:
        html.write_text(as_html(sheet), encoding="utf-8")


def _show(sheet: "Sheet") -> None:
    from winward.faces.printed.sheet import lines

    console.print(f"[bold]{escape(sheet.title)}[/bold]\n{escape(sheet.sentence)}\n[dim]{escape(sheet.facts)}[/dim]")
    for section in sheet.sections:
        console.print(f"\n[bold]{escape(section.heading)}[/bold]")
        for block in section.blocks:
            for line in lines(block):
                console.print(f"  {escape(line)}")
