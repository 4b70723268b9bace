"""import and run: evidence in, and everything that follows from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winward.faces.boot import open_workspace
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, errors, fail, print_json, print_table, progress

if TYPE_CHECKING:
    from winward.text_models.language import Report
    from winward.usecases.bring_in import BroughtIn
    from winward.usecases.preview_import import FilePreview

if TYPE_CHECKING:
    from winward.sources.tables.vocabulary import TableKind
    from winward.usecases.bring_in import BroughtIn
    from winward.usecases.preview_import import FilePreview

PROBLEMS_SHOWN = 10


def register(app: typer.Typer) -> None:
    app.command("import")(bring_in)
    app.command()(run)
    app.command()(language)


def bring_in(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: CRM exports, calls, mails, tickets, …")],
    map: Annotated[list[str] | None, typer.Option("--map", help="field=column, where a column was misread.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="What the rows are: deals, accounts, contacts, owners, products, documents.")
    ] = None,
    source: Annotated[str, typer.Option(help="The system whose ids these are. Default: CRM or Documents.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show how the files are read; store nothing.")] = False,
    json: Json = False,
) -> None:
    """Bring files in. The same file twice changes nothing; rows that can't be read are listed, the rest lands."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        fail(f"There is no file or folder {', '.join(missing)}.")
    overrides, table_kind = _overrides(map or []), _table_kind(kind)
    open_workspace(context.obj)
    if dry_run:
        _preview(paths, overrides, table_kind, json)
        return
    from winward.usecases import bring_in as verb

    with progress(quiet=json) as follow:
        try:
            brought = verb.bring_in(paths, overrides, table_kind, source, on_progress=follow)
        except ValueError as error:
            fail(str(error), 2)
    if json:
        print_json(brought)
    else:
        _print_brought(brought)
    if not brought:
        fail("There is no file here of a kind that can be read; `winward import --help` lists them.")
    if any(one.failed for one in brought):
        raise typer.Exit(1)


def _overrides(pairs: Sequence[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        fail(f"--map takes field=column, not {wrong[0]!r}.", 2)
    return dict(pair.split("=", 1) for pair in pairs)


def _table_kind(named: str | None) -> "TableKind | None":
    from winward.sources.tables.vocabulary import TABLE_KINDS

    if named is None:
        return None
    found = next((kind for kind in TABLE_KINDS if kind == named), None)
    return found or fail(f"There is no kind {named!r}; the kinds are {', '.join(TABLE_KINDS)}.", 2)


def _preview(paths: Sequence[Path], overrides: dict[str, str], kind: "TableKind | None", json: bool) -> None:
    from winward.sources.limits import Unreadable
    from winward.usecases.bring_in import files_in
    from winward.usecases.preview_import import preview_file

    previews, refused = [], []
    for path in files_in(paths):
        try:
            previews.append(preview_file(path, overrides, kind))
        except Unreadable as error:
            refused.append(str(error))
        except ValueError as error:
            fail(str(error), 2)
    if json:
        print_json({"files": previews, "refused": refused})
    else:
        for shown in previews:
            _print_preview(shown)
    if refused:
        fail(" ".join(refused))


def _print_preview(shown: "FilePreview") -> None:
    console.print(f"\n[bold]{shown.file}[/bold] would be read as [bold]{shown.kind}[/bold]")
    if shown.table is not None:
        columns = [("field", LEFT), ("column", LEFT), ("why", LEFT), ("read as", LEFT)]
        rows = [(c.field, c.column, c.reason, ", ".join(str(v) for v in c.samples[:3])) for c in shown.table.columns]
        print_table(columns, rows)
        for note in shown.table.notes:
            console.print(f"  note: {note}")
    for document in shown.documents:
        console.print(
            f"  {document.kind}: {document.title} ({document.passages} passages, {document.date or 'no date'})"
        )
        for speaker, text in document.turns:
            console.print(f"    [dim]{speaker or '–'}:[/dim] {text[:100]}", soft_wrap=True)
    for problem in shown.problems[:PROBLEMS_SHOWN]:
        errors.print(f"  row {problem.row}, {problem.column or 'whole row'}: {problem.reason}")


def _print_brought(brought: "Sequence[BroughtIn]") -> None:
    shown = list(brought)
    columns = [
        ("file", LEFT),
        ("read as", LEFT),
        ("read", RIGHT),
        ("new", RIGHT),
        ("changed", RIGHT),
        ("problems", RIGHT),
    ]
    if len(shown) > 40:
        shown = _summed(shown)
    print_table(
        columns,
        [(b.file, b.kind, f"{b.read:,}", f"{b.added:,}", f"{b.changed:,}", f"{b.problems:,}") for b in shown],
    )
    for one in brought:
        if one.failed:
            errors.print(f"[red]✗[/red] {one.message}")
    if any(one.problems for one in brought):
        console.print("Rows or cells that could not be read: winward sources --problems, or the page Sources.")
    if any(one.added or one.changed for one in brought):
        console.print("Next: winward run")


def _summed(brought: "Sequence[BroughtIn]") -> "list[BroughtIn]":
    """A folder of many files as one line a kind, and a line for each file with problems."""
    from winward.usecases.bring_in import summed

    return summed(brought)


def run(
    context: typer.Context,
    again: Annotated[
        bool, typer.Option("--again", help="Read everything anew, with what people's answers have taught.")
    ] = False,
    json: Json = False,
) -> None:
    """Read, theme and weigh what is new."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.scale import Stopped
    from winward.text_models import default_reader
    from winward.text_models.language import BudgetReached, Misconfigured, Refused, Unavailable
    from winward.usecases import run as verb

    try:
        with progress(quiet=json) as follow:
            ran = verb.run(default_reader(), timezone.now(), follow, again)
    except (Stopped, BudgetReached, Misconfigured, Refused, Unavailable) as error:
        fail(f"{error} What was read until then is kept; winward run goes on from there.")
    if json:
        print_json(verb.summary(ran))
        return
    console.print(
        f"[green]✓[/green] {ran.read.documents:,} documents read, {ran.read.signals:,} signals found; "
        f"{ran.grouped.themes:,} themes over {ran.grouped.signals:,} signals, {ran.grouped.unsorted:,} unsorted; "
        f"weighed on {ran.weighed.won:,} won and {ran.weighed.lost:,} lost deals."
    )
    if ran.language is not None:
        console.print(_language_said(ran.language))
    if not ran.grouped.themes:
        console.print("A theme needs at least three things said alike; bring in more calls, mails, tickets or reviews.")
    console.print("Next: winward themes, or winward serve")


def language(context: typer.Context, json: Json = False) -> None:
    """The language model that is to read, if one is configured, and what it would cost. Sends nothing."""
    open_workspace(context.obj)
    from winward.text_models import default_reader
    from winward.text_models.language import Misconfigured
    from winward.usecases.language import expected_cost, language_model
    from winward.usecases.readers import of_workspace

    try:
        reader = language_model(of_workspace(default_reader()))
    except Misconfigured as error:
        fail(str(error))
    model, cost = (reader.settings.model, expected_cost(reader)) if reader else (None, None)
    if json:
        print_json({"configured": reader is not None, "model": model, "cost": cost})
    elif cost is None:
        console.print("No language model is configured; the embedded one reads. WINWARD_LANGUAGE_MODEL names one.")
    else:
        console.print(
            f"{model} would be asked {cost.requests:,} times: about {cost.tokens_in:,} tokens to it, "
            f"{cost.tokens_out:,} from it, {cost.money:,.2f} by the prices given. "
            "Personal data is replaced before anything is sent."
        )


def _language_said(report: "Report") -> str:
    return (
        f"The language model read {report.answered + report.kept:,} passages ({report.kept:,} from kept answers) for "
        f"{report.money:,.2f}; {report.exact + report.repaired:,} quotes hold word for word, {report.rejected:,} "
        f"did not and were rejected; {report.fallen_back:,} passages were read by the embedded model instead."
    )
