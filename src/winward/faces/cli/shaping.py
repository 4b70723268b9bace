"""Themes put right by people: merged, split, signals moved or set aside, pinned and hidden."""

from collections.abc import Callable
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.screen import Json, console, fail, print_json

if TYPE_CHECKING:
    from winward.usecases.decide import Decision
    from winward.usecases.shape_themes import Part

Name = Annotated[str, typer.Argument(help="A theme's number, its name, or a part of that.")]
Off = Annotated[bool, typer.Option("--off", help="Take it back.")]
WEIGHED = "What the themes cost is weighed anew in the next run."


def register(app: typer.Typer) -> None:
    for command in (merge, split, move, unsort, pin, hide):
        app.command()(command)


def merge(context: typer.Context, theme: Name, into: Name, json: Json = False) -> None:
    """Put all signals of a theme in another, now and in every later run."""
    open_workspace(context.obj)
    from winward.usecases.shape_themes import merge_themes, theme_called

    _shaped(lambda: merge_themes(theme_called(theme), theme_called(into), getuser()), json)


def split(
    context: typer.Context,
    theme: Name,
    signals: Annotated[list[int], typer.Argument(help="The signals that leave; with --between, one for each part.")],
    name: Annotated[str, typer.Option(help="Of the new theme. Default: one in the customers' words.")] = "",
    between: Annotated[bool, typer.Option("--between", help="Let each signal go with the nearest of these.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what --between would make.")] = False,
    json: Json = False,
) -> None:
    """Make a theme of some of a theme's signals; or split it between two to five of them."""
    open_workspace(context.obj)
    from winward.usecases.shape_themes import preview_split, split_by, split_theme, theme_called

    if preview:
        _preview(lambda: preview_split(theme_called(theme), signals), json)
    elif between:
        _shaped(lambda: split_by(theme_called(theme), signals, getuser()), json)
    else:
        _shaped(lambda: split_theme(theme_called(theme), signals, getuser(), name), json)


def move(
    context: typer.Context,
    signals: list[int],
    to: Annotated[str, typer.Option("--to", help="A theme's number, its name, or a part of that.")],
    json: Json = False,
) -> None:
    """Say which theme signals belong to."""
    open_workspace(context.obj)
    from winward.usecases.shape_themes import move_signals, theme_called

    _shaped(lambda: move_signals(signals, theme_called(to), getuser()), json)


def unsort(context: typer.Context, signals: list[int], json: Json = False) -> None:
    """Say that signals belong to no theme."""
    open_workspace(context.obj)
    from winward.usecases.shape_themes import unsort_signals

    _shaped(lambda: unsort_signals(signals, getuser()), json)


def pin(context: typer.Context, theme: Name, off: Off = False, json: Json = False) -> None:
    """Keep a theme, whatever later runs find."""
    open_workspace(context.obj)
    from winward.usecases.decide import pin_theme
    from winward.usecases.shape_themes import theme_called

    decided(lambda: pin_theme(theme_called(theme), not off, getuser()), json)


def hide(context: typer.Context, theme: Name, off: Off = False, json: Json = False) -> None:
    """Leave a theme out of lists and the map; its signals stay sorted."""
    open_workspace(context.obj)
    from winward.usecases.decide import hide_theme
    from winward.usecases.shape_themes import theme_called

    decided(lambda: hide_theme(theme_called(theme), not off, getuser()), json)


def _shaped(decide: "Callable[[], Decision | None]", json: bool) -> None:
    if decided(decide, json) and not json:
        console.print(WEIGHED)


def _preview(parts: "Callable[[], tuple[Part, ...]]", json: bool) -> None:
    from winward.faces.cli.looking import print_quotes
    from winward.usecases.quotes import NotFound

    try:
        found = parts()
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        print_json(found)
        return
    for at, part in enumerate(found):
        console.print(f"\n[bold]{part.signals:,} signals[/bold] {'become a theme' if at else 'stay'}")
        print_quotes([part.seed, *part.quotes])
