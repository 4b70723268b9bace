"""value: what a tactical gain is worth, from a file alone or with its evidence in the workspace."""

from datetime import date
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace, set_up
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table
from winward.usecases.sentences import rounded

if TYPE_CHECKING:
    from winward.faces.printed.sheet import Sheet
    from winward.usecases.value.value_chains import Kept, LinkedWorth
    from winward.usecases.value.work_out_value import Part, Worth

HINT = "Name a chain's file, or begin with: winward value --template time-saved > chain.yaml"
Initiative = Annotated[int | None, typer.Option(help="An initiative's number: its chain, or the one to keep it for.")]


def register(app: typer.Typer) -> None:
    app.command()(value)


def value(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A value chain in YAML.")] = None,
    template: Annotated[str, typer.Option(help="Print a chain to begin with: time-saved, win-rate, churn …")] = "",
    initiative: Initiative = None,
    theme: Annotated[int | None, typer.Option(help="With --template: the theme whose stake fills it.")] = None,
    chain: Annotated[int | None, typer.Option(help="The number of a kept chain.")] = None,
    kept: Annotated[bool, typer.Option("--kept", help="List the chains that are kept.")] = False,
    link: Annotated[bool, typer.Option("--link", help="Look the file's evidence up in the workspace.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it in the workspace; implies --link.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of such a file.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write the executive's brief of one page to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="The same as one file for a browser.")] = None,
    pptx: Annotated[Path | None, typer.Option(help="The same as a slide.")] = None,
    json: Json = False,
) -> None:
    """From a tactical gain to the bottom line: a range, what drives it, and what must be true."""
    from winward.sources.chains import SCHEMA

    if schema:
        return print_json(SCHEMA)
    asks = file is None and (initiative is not None or chain is not None)
    if keep or link or kept or theme is not None or asks or (template and initiative is not None):
        open_workspace(context.obj)
    if kept:
        return _list(json)
    if template:
        text = _template(template, initiative, theme)
        return _keep(text, template, initiative, json) if keep else typer.echo(text, nl=False)
    if file is not None and keep:
        _keep(_read(file), str(file), initiative, json)
    if asks or link or (file is not None and keep):
        found = _linked_file(file) if file is not None else _kept(initiative, chain)
        _write(_linked_sheet(found), pdf, html, pptx)
        return print_json(found) if json else _show_linked(found)
    worth = _alone(file)
    _write(_sheet(worth), pdf, html, pptx)
    return print_json(worth) if json else _show(worth)


def _template(name: str, initiative: int | None, theme: int | None) -> str:
    from winward.usecases.value.work_out_value import TEMPLATES, template

    try:
        if initiative is None and theme is None:
            return template(name)
        return _started(name, initiative, theme)
    except KeyError:
        fail(f"There is no template “{name}”; there is {', '.join(TEMPLATES)}.", 2)


def _started(name: str, initiative: int | None, theme: int | None) -> str:
    from winward.usecases.quotes import NotFound
    from winward.usecases.value.start_chain import started

    try:
        return started(name, date.today(), initiative, theme)
    except NotFound as error:
        fail(str(error))


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} can't be read: {error}")


def _alone(file: Path | None) -> "Worth":
    from winward.sources.yaml_files import FileProblems
    from winward.usecases.value.work_out_value import work_out_value

    if file is None:
        fail(HINT, 2)
    try:
        return work_out_value(_read(file), str(file))
    except FileProblems as error:
        fail(str(error))


def _linked_file(file: Path) -> "LinkedWorth":
    from winward.sources.yaml_files import FileProblems
    from winward.usecases.value.value_chains import linked_worth

    try:
        found = linked_worth(_read(file), str(file), date.today())
    except FileProblems as error:
        fail(str(error))
    if found.lost:
        fail(str(FileProblems(str(file), found.lost)))
    return found


def _kept(initiative: int | None, chain: int | None) -> "LinkedWorth":
    from winward.usecases.quotes import NotFound
    from winward.usecases.value.value_chains import chains_of, show_chain

    try:
        numbers = [chain] if chain is not None else chains_of(initiative or 0)
        found = [show_chain(number, date.today()) for number in numbers]
    except NotFound as error:
        fail(str(error))
    if not found:
        fail(f"No value chain is kept for initiative {initiative}. Keep one: winward value FILE --keep --initiative N")
    return found[0].linked or _broken(found[0])


def _broken(kept: "Kept") -> NoReturn:
    from winward.sources.yaml_files import FileProblems

    fail(str(FileProblems(kept.name, kept.problems)))


def _keep(text: str, name: str, initiative: int | None, json: bool) -> None:
    from winward.sources.yaml_files import FileProblems
    from winward.usecases.quotes import NotFound
    from winward.usecases.value.value_chains import keep

    try:
        number, decision = keep(text, name, getuser(), initiative)
    except (FileProblems, NotFound) as error:
        fail(str(error))
    if json:
        return
    said = f"{escape(decision.sentence)} Take it back with: winward undo {decision.audit}" if decision else "It was so."
    console.print(f"[green]✓[/green] {said} It is chain {number}.")


def _list(json: bool) -> None:
    from winward.usecases.value.value_chains import list_chains

    found = list_chains(date.today())
    if json:
        return print_json(found)
    columns = [("chain", RIGHT), ("name", LEFT), ("initiative", LEFT), ("worth", LEFT)]
    rows = [(str(one.id), one.name, one.initiative, _in_short(one)) for one in found]
    print_table(columns, rows)
    if not found:
        console.print("No value chain is kept yet. Keep one: winward value FILE --keep")
    return None


def _in_short(kept: "Kept") -> str:
    return kept.linked.worth.sentence if kept.linked else f"line {kept.problems[0].line}: {kept.problems[0].message}"


def _sheet(worth: "Worth") -> "Sheet":
    from winward.faces.printed.worth import worth_sheet

    return worth_sheet(worth, date.today())


def _linked_sheet(found: "LinkedWorth") -> "Sheet":
    from winward.faces.printed.quotes import said
    from winward.faces.printed.worth import worth_sheet

    return worth_sheet(found.worth, date.today(), [said(quote) for quote in found.quotes])


def _write(sheet: "Sheet", pdf: Path | None, html: Path | None, pptx: Path | None) -> None:
    from winward.faces.printed.html import as_html
    from winward.faces.printed.pdf import as_pdf
    from winward.faces.printed.slide import as_slide

    if pdf is not None:
        pdf.write_bytes(as_pdf(sheet))
    if html is not None:
        set_up()
        html.write_text(as_html(sheet), encoding="utf-8")
    if pptx is not None:
        pptx.write_bytes(as_slide(sheet))


def _show_linked(found: "LinkedWorth") -> None:
    _show(found.worth)
    if found.quotes:
        console.print("\nIn customers’ words:")
    for quote in found.quotes:
        said_by = ", ".join(part for part in (quote.speaker or "Someone", quote.role, quote.account) if part)
        console.print(f"  “{escape(quote.words)}” [dim]{escape(said_by)} (signal {quote.signal})[/dim]")
    for problem in found.lost:
        console.print(f"\n[yellow]Line {problem.line}: {escape(problem.message)}[/yellow]")


def _show(worth: "Worth") -> None:
    console.print(f"[bold]{escape(worth.name)}[/bold]\n{escape(worth.sentence)}\n")
    columns = [("quantity", LEFT), ("median", RIGHT), ("nine in ten between", RIGHT), ("unit", LEFT)]
    print_table(columns, [(one.called, rounded(one.median), _between(one), one.unit) for one in worth.parts])
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
    for overlap in worth.overlaps:
        console.print(f"\n{escape(overlap)}")
    for one in worth.overdue(date.today()):
        console.print(f"\nTo look at again since {one.review}: {escape(one.called)} ({escape(one.owner)}).")
    if worth.idle:
        console.print(f"\nThese lead nowhere: {', '.join(worth.idle)}. Does a formula miss them?")


def _between(one: "Part") -> str:
    from winward.usecases.value.work_out_value import amount

    return "known" if one.low == one.high else f"{amount(one.low, one)} … {amount(one.high, one)}"
