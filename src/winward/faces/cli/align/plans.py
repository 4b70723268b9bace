"""Mutual action plans: to begin, see, change and share them."""

from dataclasses import replace
from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table

if TYPE_CHECKING:
    from datetime import date

    from winward.usecases.decide import Decision
    from winward.usecases.plans.show_plan import Plan

Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The customer's day, such as 2027-01-29.")]
Deal = Annotated[str, typer.Option(help="The deal's id, as the CRM has it, or its number.")]
Initiative = Annotated[int | None, typer.Option(help="The initiative's number.")]
Side = Annotated[str | None, typer.Option(help="us or customer.")]
Days = Annotated[int | None, typer.Option(help="Working days that it takes; 0 is a milestone.")]
After = Annotated[list[int] | None, typer.Option(help="The number of a step that comes before it; may repeat.")]
SHARED_FOR = 60


def register(app: typer.Typer) -> None:
    app.command()(plans)
    app.command()(plan)
    app.command("plan-new")(new)
    app.command("plan-change")(change)
    app.command("plan-step-add")(step_add)
    app.command("plan-step")(step)
    app.command("plan-share")(share)
    app.command("plan-unshare")(unshare)


def plans(context: typer.Context, initiative: Initiative = None, deal: Deal = "", json: Json = False) -> None:
    """Every action plan and how it stands; what is late first."""
    open_workspace(context.obj)
    from winward.usecases.plans.show_plan import list_plans

    found = list_plans(_today(), initiative, _deal(deal))
    if json:
        return print_json(found)
    if not found:
        console.print('No plan yet. Begin one: winward align plan-new "Live with Acme" 2027-01-29 --deal DEAL')
    columns = [("", RIGHT), ("plan", LEFT), ("the customer's day", LEFT), ("how it stands", LEFT)]
    return print_table(columns, [(str(one.id), one.name, str(one.customer_day), one.sentence) for one in found])


def plan(context: typer.Context, number: int, json: Json = False) -> None:
    """One action plan: both sides' steps, when each can and must be done, and which decide when it ends."""
    open_workspace(context.obj)
    from winward.usecases.plans.show_plan import show_plan
    from winward.usecases.quotes import NotFound

    try:
        found = show_plan(number, _today())
    except NotFound as error:
        fail(str(error))
    return print_json(found) if json else _show(found)


def new(
    context: typer.Context,
    name: str,
    day: Day,
    initiative: Initiative = None,
    deal: Deal = "",
    outcome: Annotated[str, typer.Option(help="What the customer has on that day.")] = "",
    template: Annotated[str, typer.Option(help="Steps to begin with: evaluation or 'early access'.")] = "",
    json: Json = False,
) -> None:
    """Begin an action plan for an initiative or a deal."""
    open_workspace(context.obj)
    from winward.usecases.plans.action_plans import make_plan

    ties: dict[str, Any] = {
        "initiative_id": initiative,
        "deal_id": _deal(deal),
        "outcome": outcome,
        "template": template,
    }
    decided(lambda: _numbered(make_plan(name, day.date(), getuser(), **ties)), json)


def change(
    context: typer.Context,
    number: int,
    name: Annotated[str | None, typer.Option()] = None,
    outcome: Annotated[str | None, typer.Option()] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The customer's day.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the plan away.")] = False,
    json: Json = False,
) -> None:
    """Change an action plan's name, outcome or day, and say what moves."""
    open_workspace(context.obj)
    from winward.usecases.plans.action_plans import change_plan, remove_plan

    fields = _given(name=name, outcome=outcome, customer_day=day and day.date())
    by, today = getuser(), _today()
    decided(lambda: remove_plan(number, by) if remove else change_plan(number, by, today, **fields), json)


def step_add(
    context: typer.Context,
    plan: int,
    name: str,
    side: Side = "us",
    owner: Annotated[str, typer.Option(help="Who does it.")] = "",
    days: Days = 1,
    after: After = None,
    json: Json = False,
) -> None:
    """Add a step to an action plan, and say what moves."""
    open_workspace(context.obj)
    from winward.usecases.plans.action_plans import add_step

    fields: dict[str, Any] = {"side": side, "owner": owner, "days": days, "after": after or ()}
    by, today = getuser(), _today()
    decided(lambda: _numbered(add_step(plan, name, by, today, **fields)), json)


def step(
    context: typer.Context,
    number: int,
    done: Annotated[bool, typer.Option("--done", help="It was done today.")] = False,
    done_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="It was done that day.")] = None,
    reopen: Annotated[bool, typer.Option("--open", help="It isn't done after all.")] = False,
    expected: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When its owner expects it.")] = None,
    name: Annotated[str | None, typer.Option()] = None,
    side: Side = None,
    owner: Annotated[str | None, typer.Option(help="Who does it.")] = None,
    days: Days = None,
    after: After = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out of the plan.")] = False,
    json: Json = False,
) -> None:
    """Change a step of an action plan, or say that it is done, and say what moves."""
    open_workspace(context.obj)
    from winward.usecases.plans.action_plans import change_step, remove_step

    by, today = getuser(), _today()
    fields = _given(name=name, side=side, owner=owner, days=days, after=after, expected_on=expected and expected.date())
    if done or done_on or reopen:
        fields["done_on"] = None if reopen else done_on.date() if done_on else today
    decided(lambda: remove_step(number, by, today) if remove else change_step(number, by, today, **fields), json)


def share(
    context: typer.Context,
    number: int,
    days: Annotated[int, typer.Option(help="How long the link holds.")] = SHARED_FOR,
    address: Annotated[str, typer.Option(help="Where the pages are served.")] = "http://127.0.0.1:8000",
    json: Json = False,
) -> None:
    """Make a link by which anyone sees this plan, and nothing else, without signing in."""
    open_workspace(context.obj)
    from datetime import timedelta

    from winward.usecases.plans import shared_plan
    from winward.usecases.quotes import NotFound

    today = _today()
    try:
        token, decision = shared_plan.share(number, today + timedelta(days), getuser(), today)
    except (NotFound, ValueError, OverflowError) as error:
        fail(str(error))
    link = next(one for one in shared_plan.links_of(number, today) if one.token == token)
    page = f"{address.rstrip('/')}/shared/plans/{token}/"
    if json:
        return print_json({"link": link.id, "address": page, "until": link.until, "audit": decision.audit})
    console.print(
        f"[green]✓[/green] {escape(decision.sentence)} Take it back with: winward align plan-unshare {link.id}"
    )
    return typer.echo(page)


def unshare(context: typer.Context, link: int, json: Json = False) -> None:
    """Take a plan's link back, by its number."""
    open_workspace(context.obj)
    from winward.usecases.plans.shared_plan import take_back

    decided(lambda: take_back(link, getuser()), json)


def _show(found: "Plan") -> None:
    console.print(f"[bold]{escape(found.name)}[/bold]\n{escape(found.sentence)}\n")
    columns = [("", RIGHT), ("step", LEFT), ("side", LEFT), ("owner", LEFT), ("can end", LEFT), ("must end", LEFT)]
    rows = [
        (str(row.id), row.name, row.side, row.owner or "nobody yet", str(row.dates.can_end), str(row.dates.must_end),
         row.says)
        for row in found.rows
    ]  # fmt: skip
    print_table([*columns, ("how it stands", LEFT)], rows)
    if found.drives:
        console.print(f"\nThese decide when it ends: {escape(', '.join(found.drives))}.")


def _today() -> "date":
    from django.utils import timezone

    return timezone.localdate()


def _deal(reference: str) -> int | None:
    from winward.usecases.quotes import NotFound
    from winward.usecases.show_deal import find_deal

    try:
        return find_deal(reference).pk if reference else None
    except NotFound as error:
        fail(str(error))


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _numbered(made: "tuple[int, Decision]") -> "Decision":
    """The decision, with how the new row is named next time."""
    number, decision = made
    return replace(decision, sentence=f"{decision.sentence} Its number is {number}.")
