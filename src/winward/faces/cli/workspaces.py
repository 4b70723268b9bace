"""init, doctor, user: the workspace itself."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from winward import workspace
from winward.faces.boot import open_workspace
from winward.faces.cli.screen import Json, console, errors, fail, print_json


def register(app: typer.Typer) -> None:
    app.command()(init)
    app.command()(doctor)
    app.command("user")(user)


def init(
    folder: Path,
    name: Annotated[str, typer.Option(help="The company's name. Default: the folder's.")] = "",
    currency: Annotated[str, typer.Option(help="The currency of all sums, as ISO 4217.")] = "EUR",
    domain: Annotated[list[str] | None, typer.Option(help="A domain of your own e-mail addresses; may repeat.")] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Replace personal data in all evidence before it is stored, for good.")
    ] = False,
) -> None:
    """Make a folder a workspace, with a database of its own and an administrator."""
    if len(currency) != 3 or not currency.isalpha():
        fail(f"{currency!r} is no currency code; give three letters such as EUR.", 2)
    made = workspace.create(folder)
    open_workspace(made.folder)
    from winward.usecases import prepare

    company = prepare.prepare(name or made.folder.name, currency.upper(), domain or [], redact=redact)
    console.print(f"[green]✓[/green] {made.folder} is a workspace of {company.name} ({company.currency}).")
    if not prepare.has_admin():
        password = secrets.token_urlsafe(12)
        prepare.set_user("admin", password, "admin")
        console.print(f"  Sign in as [bold]admin[/bold] with [bold]{password}[/bold] (shown only now).")
    console.print("  Next: winward import FILES, then winward run, then winward serve.")


def user(
    context: typer.Context,
    name: str,
    role: Annotated[str, typer.Option(help="viewer, contributor, editor or admin.")] = "editor",
) -> None:
    """Add a person, or give one a new password."""
    open_workspace(context.obj)
    from winward.usecases import prepare, roles

    if role not in roles.ROLES:
        fail(f"There is no role {role!r}; the roles are {', '.join(roles.ROLES)}.", 2)
    password = secrets.token_urlsafe(12)
    prepare.set_user(name, password, role)
    console.print(f"[green]✓[/green] {name} ({role}) signs in with [bold]{password}[/bold] (shown only now).")


def doctor(context: typer.Context, json: Json = False) -> None:
    """Say what is wrong with the installation, and how to mend it."""
    from winward.faces import checkup

    findings = checkup.examine(context.obj)
    if json:
        print_json(findings)
    else:
        for finding in findings:
            mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
            console.print(f"{mark} {finding.what}: {finding.found}", markup=True)
            if not finding.well:
                errors.print(f"  {finding.mend}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)
