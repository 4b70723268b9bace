"""`winward align room | packages | agree | history`: what is on the table, and what everyone says to it."""

from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.align.terms import Initiative
from winward.faces.cli.deciding import print_decision
from winward.faces.cli.screen import LEFT, Json, console, fail, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.room.room import Room
    from winward.usecases.room.room_packages import Packages, WaysOn
    from winward.usecases.room.table import Table

OnTable = Annotated[
    list[str] | None, typer.Option("--table", help="What is on the table, as in Date=June; one for each term.")
]
Supposing = Annotated[
    list[str] | None, typer.Option("--if", help="A what-if as the room's address names it, such as 12.can.31.")
]
SIGNS = {"best": "▲", "good": "△", "short": "▽", "worst": "▼", "refused": "✕", "alike": "·", "unasked": "?"}


def register(app: typer.Typer) -> None:
    for command in (room, packages, agree, history):
        app.command()(command)


def room(
    context: typer.Context,
    initiative: Initiative,
    table: OnTable = None,
    supposing: Supposing = None,
    json: Json = False,
) -> None:
    """What is on the table, how each option suits each person, and who says yes or no, in words."""
    open_workspace(context.obj)
    from winward.usecases.alignment_files.named import package_named
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.room import room as look

    try:
        found = look(initiative, package_named(initiative, table or []), supposing or [])
    except (NotFound, ValueError) as error:
        fail(str(error))
    return print_json(found) if json else _show_room(found)


def _show_room(found: "Room") -> None:
    console.print(f"[bold]{escape(found.name)}[/bold]: {escape(found.sentence)}")
    for _, words in found.supposed:
        console.print(f"What if {escape(words)}; nothing of it is stored.")
    columns = [("term", LEFT), ("on the table", LEFT), *((one.name, LEFT) for one in found.people)]
    rows = [
        (row.name, row.option_name, *(f"{SIGNS[cell.tone]} {cell.place}" for cell in row.cells)) for row in found.rows
    ]
    print_table(columns, [*rows, ("", "says", *(one.verdict for one in found.people))] if found.people else rows)
    for one in found.people:
        console.print(f"  · {escape(one.says)}")


def packages(
    context: typer.Context,
    initiative: Initiative,
    table: OnTable = None,
    supposing: Supposing = None,
    json: Json = False,
) -> None:
    """The best packages beside the one on the table, who blocks, what would win each no, and trades."""
    open_workspace(context.obj)
    from winward.usecases.room import room_packages

    held = _table(initiative, table, supposing)
    found = room_packages.packages(held, room_packages.work_out(held.held))
    ways = room_packages.ways(held)
    if json:
        return print_json({"packages": found, "ways": ways})
    return _show_packages(found, ways)


def _table(initiative: int, table: list[str] | None, supposing: list[str] | None) -> "Table":
    from winward.usecases.alignment_files.named import package_named
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.room import at_table

    try:
        _, found, _, _ = at_table(initiative, package_named(initiative, table or []), supposing or [])
    except (NotFound, ValueError) as error:
        fail(str(error))
    if found is None:
        fail("Nothing is negotiated there yet, or nobody sits there.")
    return found


def _show_packages(found: "Packages", ways: "WaysOn") -> None:
    console.print(escape(found.sentence))
    if found.blocked is not None:
        console.print("These can't all be had together:")
        for one in (*found.blocked.blocking, "The least that frees it:", *found.blocked.frees):
            console.print(f"  · {escape(one)}")
    columns = [("term", LEFT), ("on the table", LEFT), *((", ".join(one.titles), LEFT) for one in found.packages)]
    rows = [(*pair, *(one.choices[at].option for one in found.packages)) for at, pair in enumerate(found.table)]
    rows += [("gains", "", *(", ".join(one.gains) or "nobody" for one in found.packages))]
    rows += [("gives", "", *(", ".join(one.gives) or "nobody" for one in found.packages))]
    refusing = ", ".join(found.refuses) or "nobody"
    rows += [("says no", refusing, *(", ".join(one.refuses) or "nobody" for one in found.packages))]
    print_table(columns, rows)
    for way in (*ways.concessions, *ways.trades):
        console.print(f"  · {escape(way.says)}{f' Or: {escape(way.instead)}' if way.instead else ''}")


def agree(
    context: typer.Context,
    initiative: Initiative,
    who: Annotated[list[str], typer.Option(help="Who agreed; name each.")],
    table: Annotated[list[str], typer.Option("--table", help="What was agreed, as in Date=June; one for each term.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day. Default: today.")] = None,
    open_points: Annotated[str, typer.Option("--open", help="What is left to settle.")] = "",
    json: Json = False,
) -> None:
    """Write down what was agreed, by whom and when; the initiative is agreed then."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.alignment_files.named import package_named
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.agreement import agree as write_down

    day = on.date() if on else timezone.localdate()
    try:
        made = write_down(initiative, package_named(initiative, table), who, day, open_points, getuser())
    except (NotFound, ValueError) as error:
        fail(str(error))
    return print_json(made) if json else print_decision(made)


def history(context: typer.Context, initiative: Initiative, json: Json = False) -> None:
    """Who changed which position, term or rule, and when; with what was agreed last."""
    open_workspace(context.obj)
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.agreement import latest
    from winward.usecases.room.room_history import room_history

    try:
        agreed, changes = latest(initiative), room_history(initiative)
    except NotFound as error:
        fail(str(error))
    if json:
        return print_json({"agreed": agreed, "changes": changes})
    if agreed is not None:
        package = ", ".join(f"{term}: {option}" for term, option in agreed.package)
        console.print(escape(f"Agreed on {agreed.agreed_on} by {', '.join(agreed.people)}: {package}."))
        for one in agreed.since:
            console.print(f"  · {escape(one)}")
    rows = [(str(one.audit), f"{one.at:%Y-%m-%d %H:%M}", one.who, one.words) for one in changes]
    return print_table([("decision", LEFT), ("when", LEFT), ("who", LEFT), ("what", LEFT)], rows)
