"""`winward align steps | step`."""

from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.looking import shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from winward.usecases.decide import Decision
    from winward.usecases.initiatives.steps import StepRow

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As in 2027-03-12.")]
Number = Annotated[int | None, typer.Option(help="The number of what it belongs to; one of these is needed.")]


def register(app: typer.Typer) -> None:
    app.command()(steps)
    step = typer.Typer(no_args_is_help=True, help="Next steps: one verb, one owner, one day. Add, change, finish.")
    for command in (add, change, done, remove):
        step.command()(command)
    app.add_typer(step, name="step")


def steps(
    context: typer.Context,
    owner: str = "",
    when: Annotated[str, typer.Option(help="overdue, next 7 days, later, not yet a step, or done.")] = "",
    json: Json = False,
) -> None:
    """Who does what by when, the overdue first."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.initiatives.steps import list_steps

    found = shown(context, lambda: list_steps(timezone.localdate(), owner, when), json)
    console.print(escape(found.sentence))
    print_steps(found.rows)


def add(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="One verb: “Ask legal for the clause”.")],
    owner: str = "",
    due: Day = None,
    initiative: Number = None,
    theme: Number = None,
    deal: Annotated[str, typer.Option(help="The deal's id, as the CRM has it.")] = "",
    stakeholder: Number = None,
    risk: Number = None,
    json: Json = False,
) -> None:
    """Add a step; without an owner or a day it is kept, but is not yet a step."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.steps import add_step
    from winward.usecases.show_deal import find_deal

    def added() -> "tuple[int, Decision]":
        asked = {"initiative": initiative, "theme": theme, "stakeholder": stakeholder, "risk": risk}
        ties = {name: number for name, number in asked.items() if number is not None}
        if deal:
            ties["deal"] = find_deal(deal).pk
        return add_step(what, getuser(), ties, owner, due.date() if due else None)

    print_added(added, json)


def change(
    context: typer.Context,
    step: int,
    what: str | None = None,
    owner: str | None = None,
    due: Annotated[str | None, typer.Option(help="As in 2027-03-12; empty for no day.")] = None,
    json: Json = False,
) -> None:
    """Say it otherwise, give it to somebody, or put it on another day."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.steps import change_step

    decided(lambda: change_step(step, getuser(), what, owner, due), json)


def done(
    context: typer.Context,
    step: int,
    off: Annotated[bool, typer.Option("--off", help="It is open again.")] = False,
    json: Json = False,
) -> None:
    """A step is done."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.initiatives.steps import finish_step

    decided(lambda: finish_step(step, getuser(), None if off else timezone.localdate()), json)


def remove(context: typer.Context, step: int, json: Json = False) -> None:
    """Take a step away."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.steps import remove_step

    decided(lambda: remove_step(step, getuser()), json)


def print_steps(rows: "Iterable[StepRow]") -> None:
    columns = [("", RIGHT), ("step", LEFT), ("owner", LEFT), ("by", LEFT), ("when", LEFT), ("about", LEFT)]
    print_table(
        columns,
        [(str(row.id), row.what, row.owner or "–", str(row.due_on or "–"), row.when, row.about) for row in rows],
    )


def print_added(add: "Callable[[], tuple[int, Decision]]", json: bool) -> None:
    """What was added, with its number."""
    from winward.usecases.quotes import NotFound

    try:
        number, decision = add()
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        print_json({"id": number, "audit": decision.audit, "sentence": decision.sentence})
        return
    undoing = f"It has number {number}. Take it back with: winward undo {decision.audit}"
    console.print(f"[green]✓[/green] {escape(decision.sentence)} {undoing}")
