"""`winward <verb>`: the verbs, and how an error that a person can mend is told."""

import sys
from typing import Annotated

import typer

from winward import __version__
from winward.faces.cli import (
    align,
    answering,
    bargaining,
    bringing,
    deciding,
    files,
    finding,
    learning,
    looking,
    losses,
    matching,
    reading,
    serving,
    shaping,
    valuing,
    warning,
    weighing,
    workspaces,
)
from winward.faces.cli.screen import errors
from winward.workspace import NoWorkspace

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From what sales hears to product decisions that win customers, and whether they did.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"winward {__version__}")
        raise typer.Exit


@app.callback()
def winward(
    context: typer.Context,
    workspace: Annotated[
        str | None,
        typer.Option("--workspace", "-w", help="The workspace's folder. Default: the one here, above or just below."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    context.obj = workspace


for part in (
    workspaces,
    bringing,
    weighing,
    looking,
    answering,
    losses,
    finding,
    matching,
    deciding,
    shaping,
    reading,
    files,
    learning,
    valuing,
    bargaining,
    align,
    warning,
    serving,
):
    part.register(app)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 something could not be read or found, 2 wrong usage."""
    try:
        app()
    except NoWorkspace as error:
        errors.print(f"[red]✗[/red] {error}", highlight=False)
        sys.exit(2)
    except KeyboardInterrupt:
        errors.print("Stopped. What had landed stays; run the same command again to go on.")
        sys.exit(130)
