"""An alignment as a file that can be kept in git: out of the workspace and into it."""

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.screen import Json, console, fail, print_json

if TYPE_CHECKING:
    from winward.usecases.alignment_files.import_alignment import ImportedAlignment


def register(app: typer.Typer) -> None:
    app.command("export")(export)
    app.command("import")(bring_in)


def export(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The initiative's number.")],
    file: Annotated[Path | None, typer.Option(help="Write it there instead of on the screen.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON for programs.")] = False,
) -> None:
    """An initiative with its people, terms, positions, risks, steps, plans and value chains, as one YAML file."""
    open_workspace(context.obj)
    from winward.sources.alignments import write_alignment
    from winward.usecases.alignment_files.export_alignment import alignment_of
    from winward.usecases.initiatives.initiative_rows import existing
    from winward.usecases.quotes import NotFound

    try:
        value = alignment_of(existing(number))
    except NotFound as error:
        fail(str(error))
    if json:
        return print_json(value)
    if file is None:
        return typer.echo(write_alignment(value), nl=False)
    file.write_text(write_alignment(value), encoding="utf-8")
    return console.print(f"[green]✓[/green] “{escape(value['name'])}” stands in {escape(str(file))}.")


def bring_in(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="An alignment in YAML.")] = None,
    initiative: Annotated[int | None, typer.Option(help="Its number; without it, that of the file's name.")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Take away what the file lacks.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of such a file.")] = False,
    json: Json = False,
) -> None:
    """Bring an initiative to what a file says; what the file lacks is left alone."""
    from winward.sources.alignments import SCHEMA
    from winward.sources.yaml_files import FileProblems

    if schema:
        return print_json(SCHEMA)
    if file is None:
        fail("Name a file; winward align import --schema says what it holds.", 2)
    open_workspace(context.obj)
    from winward.usecases.alignment_files.import_alignment import Aim, import_alignment
    from winward.usecases.quotes import NotFound

    try:
        aim = Aim(initiative, prune, dry_run, file.parent)
        done = import_alignment(file.read_text("utf-8"), str(file), getuser(), aim)
    except (FileProblems, NotFound) as error:
        fail(str(error))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} can't be read: {error}")
    return print_json(done) if json else _show(done)


def _show(done: "ImportedAlignment") -> None:
    console.print(escape(done.sentence))
    for one in (*done.added, *done.changed, *done.removed):
        console.print(f"  [dim]{escape(one.sentence)}[/dim]")
    if done.initiative:
        console.print(f"Its number is {done.initiative}.")
