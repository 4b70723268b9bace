"""value: what a tactical gain is worth, from a file, without a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import set_up
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table
from winward.usecases.sentences import rounded

if TYPE_CHECKING:
    from winward.usecases.work_out_value import Part, Worth

HINT = "Name a chain's file, or begin with: winward value --template time-saved > chain.yaml"


def register(app: typer.Typer) -> None:
    app.command()(value)


def value(
    file: Annotated[Path | None, typer.Argument(help="A value chain in YAML.")] = None,
    template: Annotated[str, typer.Option(help="Print a chain to begin with: time-saved, win-rate, churn …")] = "",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of such a file.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write the executive's brief of one page to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="The same as one file for a browser.")] = None,
    pptx: Annotated[Path | None, typer.Option(help="The same as a slide.")] = None,
    json: Json = False,
) -> None:
    """From a tactical gain to the bottom line: a range, what drives it, and what must be true."""
    from winward.sources.chains import SCHEMA
    from winward.sources.yaml_files import FileProblems
    from winward.usecases.work_out_value import work_out_value

    if schema:
        return print_json(SCHEMA)
    if template:
        return typer.echo(_template(template), nl=False)
    if file is None:
        fail(HINT, 2)
    try:
        worth = work_out_value(file.read_text("utf-8"), str(file))
    except FileProblems as error:
        fail(str(error))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} can't be read: {error}")
    _write(worth, pdf, html, pptx)
    return print_json(worth) if json else _show(worth)


def _template(name: str) -> str:
    from winward.usecases.work_out_value import TEMPLATES, template

    try:
        return template(name)
    except KeyError:
        fail(f"There is no template “{name}”; there is {', '.join(TEMPLATES)}.", 2)


def _write(worth: "Worth", pdf: Path | None, html: Path | None, pptx: Path | None) -> None:
    from winward.faces.printed.html import as_html
    from winward.faces.printed.pdf import as_pdf
    from winward.faces.printed.slide import as_slide
    from winward.faces.printed.worth import worth_sheet

    if pdf is not None:
        pdf.write_bytes(as_pdf(worth_sheet(worth)))
    if html is not None:
        set_up()
        html.write_text(as_html(worth_sheet(worth)), encoding="utf-8")
    if pptx is not None:
        pptx.write_bytes(as_slide(worth_sheet(worth)))


def _show(worth: "Worth") -> None:
    console.print(f"[bold]{escape(worth.name)}[/bold]\n{escape(worth.sentence)}\n")
    columns = [("quantity", LEFT), ("median", RIGHT), ("nine in ten between", RIGHT), ("unit", LEFT)]
    print_table(columns, [(one.says or one.name, rounded(one.median), _between(one), one.unit) for one in worth.parts])
    console.print("\nWhere they come from:")
    for one in worth.parts:
        console.print(f"  {escape(one.name)}  [dim]{escape(one.formula or one.source)}[/dim]")
    console.print("\nWhat drives the spread:")
    for driver in worth.drivers[:5]:
        console.print(f"  {driver.share:4.0%}  {escape(driver.name)}")
    if worth.must_be_true:
        console.print("\nIt is worth it, all else as it is, if")
    for condition in worth.must_be_true:
        console.print(f"  · {escape(condition)}")
    if worth.idle:
        console.print(f"\nThese lead nowhere: {', '.join(worth.idle)}. Does a formula miss them?")


def _between(one: "Part") -> str:
    return "known" if one.low == one.high else f"{rounded(one.low)} … {rounded(one.high)}"
