"""What people decide: on themes, signals, links and rivals, and taking it back."""

from collections.abc import Callable
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli import answering
from winward.faces.cli.screen import console, fail, print_json

if TYPE_CHECKING:
    from winward.usecases.decide import Decision

Deal = Annotated[str, typer.Option(help="The deal's id, as the CRM has it.")]


def register(app: typer.Typer) -> None:
    for command in (name, own, confirm, correct, dismiss, bounds, side, mark, link, rival, undo):
        app.command()(command)


def name(context: typer.Context, theme: int, words: str) -> None:
    """Name a theme; no rebuild renames it again. An empty name gives it back its computed one."""
    open_workspace(context.obj)
    from winward.usecases import decide

    decided(lambda: decide.rename_theme(theme, words, getuser()))


def own(context: typer.Context, theme: int, person: str) -> None:
    """Say who owns a theme."""
    open_workspace(context.obj)
    from winward.usecases import decide

    decided(lambda: decide.own_theme(theme, person, getuser()))


def confirm(context: typer.Context, signal: int) -> None:
    """Say that the reader is right about a signal."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.confirm_signal(signal, getuser()))


def correct(context: typer.Context, signal: int, kind: str) -> None:
    """Say what kind of signal a quote is; it holds through every rerun."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.correct_signal(signal, kind, getuser()))


def dismiss(context: typer.Context, signal: int) -> None:
    """Say that a quote is no signal."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.dismiss_signal(signal, getuser()))


def bounds(context: typer.Context, signal: int, words: str) -> None:
    """Say which words a quote should be: a stretch of its passage, letter by letter."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.bound_signal(signal, words, getuser()))


def side(context: typer.Context, document: int, speaker: str, side: str) -> None:
    """Say on whose side a speaker of a document is: customer or us."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.side_speaker(document, speaker, side, getuser()))


def mark(context: typer.Context, document: int, words: str, kind: str) -> None:
    """Say that words of a document are a signal that the reader missed."""
    open_workspace(context.obj)
    from winward.usecases import correct

    decided(lambda: correct.mark_words(document, words, kind, getuser()))


def link(context: typer.Context, document: int, deal: Deal = "") -> None:
    """Say which deal a document belongs to; none without --deal."""
    open_workspace(context.obj)
    from winward.usecases import decide
    from winward.usecases.show_deal import show_deal

    found = show_deal(deal).row if deal else None
    decided(lambda: decide.link_document(document, None, found.id if found else None, getuser()))


def rival(
    context: typer.Context,
    name: str,
    none: Annotated[bool, typer.Option("--none", help="It is no rival's name.")] = False,
    also: Annotated[list[str] | None, typer.Option(help="Another spelling; may be given several times.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Decide nothing; show how we do against it.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Like --show, as JSON for programs.")] = False,
) -> None:
    """Say that a name is a rival's or none, and the next run reads again what mentions it; or show how we do."""
    open_workspace(context.obj)
    if show or json:
        answering.show_rival(context, name, json)
        return
    from winward.usecases.rivals import dismiss_rival, name_rival

    decided(lambda: dismiss_rival(name, getuser()) if none else name_rival(name, getuser(), also or ()))


def undo(context: typer.Context, decision: int) -> None:
    """Take a decision back, by the number it was given."""
    open_workspace(context.obj)
    from winward.usecases import decide

    decided(lambda: decide.undo(decision, getuser()))


def decided(decide: "Callable[[], Decision | None]", json: bool = False) -> bool:
    """Print what was decided, and whether anything was."""
    from winward.usecases.decide import ChangedSince
    from winward.usecases.quotes import NotFound

    try:
        decision = decide()
    except (NotFound, ChangedSince, ValueError) as error:
        fail(str(error))
    if json:
        print_json(decision)
    else:
        print_decision(decision)
    return decision is not None


def print_decision(decision: "Decision | None") -> None:
    if decision is None:
        console.print("It was so already.")
    else:
        console.print(f"[green]✓[/green] {escape(decision.sentence)} Take it back with: winward undo {decision.audit}")
