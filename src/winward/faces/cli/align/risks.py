"""`winward align risks | risk`."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from winward.faces.boot import open_workspace
from winward.faces.cli.align.steps import Day, print_added
from winward.faces.cli.deciding import decided
from winward.faces.cli.looking import shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, fail, print_table

if TYPE_CHECKING:
    from winward.usecases.initiatives.risks import RiskRow

Text = str | None
Level = Annotated[str | None, typer.Option(help="low, medium or high.")]
Effect = Annotated[str | None, typer.Option(help="What would happen then.")]
Reduced = Annotated[str | None, typer.Option(help="How it is made less likely or less bad.")]
Trigger = Annotated[str | None, typer.Option(help="What shows that it has come.")]


def register(app: typer.Typer) -> None:
    app.command()(risks)
    risk = typer.Typer(no_args_is_help=True, help="What may go wrong: add it, change it, close it, or say it came.")
    for command in (add, change, fired):
        risk.command()(command)
    app.add_typer(risk, name="risk")


def risks(
    context: typer.Context,
    initiative: int,
    top: Annotated[int, typer.Option(help="Only so many, the largest that aren't closed.")] = 0,
    json: Json = False,
) -> None:
    """What may go wrong with an initiative, the likeliest and worst first."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.initiative_rows import existing
    from winward.usecases.initiatives.risks import list_risks, top_risks

    def found() -> "list[RiskRow]":
        number = existing(initiative).pk
        return top_risks(number, top) if top else list_risks(number)

    print_risks(shown(context, found, json))


def add(
    context: typer.Context,
    initiative: int,
    what: Annotated[str, typer.Argument(help="What may go wrong.")],
    likelihood: Level = None,
    severity: Level = None,
    effect: Effect = None,
    reduced: Reduced = None,
    trigger: Trigger = None,
    owner: Text = None,
    json: Json = False,
) -> None:
    """Write down what may go wrong with an initiative."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.risks import add_risk

    fields = _given(
        likelihood=likelihood, severity=severity, effect=effect, reduced=reduced, trigger=trigger, owner=owner
    )
    print_added(lambda: add_risk(initiative, getuser(), what=what, **fields), json)


def change(
    context: typer.Context,
    risk: int,
    what: Text = None,
    likelihood: Level = None,
    severity: Level = None,
    effect: Effect = None,
    reduced: Reduced = None,
    trigger: Trigger = None,
    owner: Text = None,
    state: Annotated[Text, typer.Option(help="open or closed; that it came true is said with `fired`.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away.")] = False,
    json: Json = False,
) -> None:
    """Say it otherwise, close it, open it again, or take it away."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.risks import change_risk, remove_risk, settle_risk

    fields = _given(
        what=what,
        likelihood=likelihood,
        severity=severity,
        effect=effect,
        reduced=reduced,
        trigger=trigger,
        owner=owner,
    )
    if bool(fields) + (state is not None) + remove != 1:
        fail("Give what changes, or --state, or --remove.", 2)
    if fields:
        decided(lambda: change_risk(risk, getuser(), **fields), json)
    elif remove:
        decided(lambda: remove_risk(risk, getuser()), json)
    else:
        decided(lambda: settle_risk(risk, state or "", getuser()), json)


def fired(
    context: typer.Context,
    risk: int,
    due: Day = None,
    owner: Annotated[str, typer.Option(help="Default: who watches the risk.")] = "",
    step: Annotated[str, typer.Option(help="What is done about it. Default: what was to reduce it.")] = "",
    json: Json = False,
) -> None:
    """Its trigger was seen: it came true, and somebody has a step by a day."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.risks import fire_risk

    print_added(lambda: fire_risk(risk, getuser(), owner, due.date() if due else None, step), json)


def print_risks(rows: "list[RiskRow]") -> None:
    columns = [("", RIGHT), ("risk", LEFT), ("likelihood", LEFT), ("severity", LEFT), ("state", LEFT), ("owner", LEFT),
               ("trigger", LEFT)]  # fmt: skip
    print_table(
        columns,
        [(str(one.id), one.what, one.likelihood, one.severity, one.state, one.owner, one.trigger) for one in rows],
    )


def _given(**fields: Text) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text is not None}
