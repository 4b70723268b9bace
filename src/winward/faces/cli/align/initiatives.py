"""`winward align start | initiatives | initiative | set`."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.align.risks import print_risks
from winward.faces.cli.align.steps import print_steps
from winward.faces.cli.deciding import print_decision
from winward.faces.cli.looking import print_quotes, shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, interval, money, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from winward.usecases.decide import Decision
    from winward.usecases.initiatives.list_initiatives import InitiativeRow
    from winward.usecases.initiatives.show_initiative import InitiativePage

Text = str | None


def register(app: typer.Typer) -> None:
    for command in (start, initiatives, initiative):
        app.command()(command)
    app.command("set")(put)


def start(
    context: typer.Context,
    themes: Annotated[list[str], typer.Argument(help="Themes, by number, name, or a part of it.")],
    name: Annotated[str, typer.Option(help="Of the initiative. Default: the themes' own.")] = "",
    json: Json = False,
) -> None:
    """Start an initiative from one or several themes; it carries their quotes and what they cost."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.initiatives import start_initiative
    from winward.usecases.quotes import NotFound
    from winward.usecases.shape_themes import theme_called

    try:
        number, decision = start_initiative([theme_called(theme) for theme in themes], getuser(), name)
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        print_json({"id": number, "audit": decision.audit, "sentence": decision.sentence})
        return
    console.print(f"[green]✓[/green] {escape(decision.sentence)} Look at it with: winward align initiative {number}")


def initiatives(
    context: typer.Context,
    state: Annotated[str, typer.Option(help="idea, aligning, agreed, building, shipped or stopped.")] = "",
    owner: str = "",
    json: Json = False,
) -> None:
    """All initiatives: what each is worth, when it is needed, whose yes is open, and its next step."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.initiatives.list_initiatives import list_initiatives

    found = shown(context, lambda: list_initiatives(timezone.localdate(), state, owner), json)
    console.print(escape(found.sentence))
    columns = [
        ("", RIGHT), ("initiative", LEFT), ("state", LEFT), ("owner", LEFT), ("lost, 90% between", RIGHT),
        ("open", RIGHT), ("needed by", LEFT), ("yeses", RIGHT), ("next step", LEFT),
    ]  # fmt: skip
    print_table(columns, [_line(row, found.currency) for row in found.rows])


def _line(row: "InitiativeRow", currency: str) -> tuple[str, ...]:
    from winward.usecases.initiatives.sums import roughly

    stakes, step = row.stakes, row.next_step
    span = f"{roughly(stakes.low, currency)} … {roughly(stakes.high, currency)}" if stakes.lost else "can't tell"
    yeses, open_value = f"{len(row.yeses.yes)} of {row.yeses.needed}", roughly(stakes.open_value, currency)
    about = str(row.id), row.name, row.state, row.owner or "–"
    return *about, span, open_value, str(row.needed_by or "–"), yeses, step.what if step else "none"


def initiative(context: typer.Context, number: int, json: Json = False) -> None:
    """One initiative: what it serves, who needs it by when, its risks and its steps."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.initiatives.show_initiative import show_initiative

    found = shown(context, lambda: show_initiative(number, timezone.localdate()), json)
    console.print(f"[bold]{escape(found.name)}[/bold] · {found.state} · {escape(found.owner or 'nobody owns it')}")
    console.print(escape(f"{found.needed.sentence} {found.sentence}"))
    for heading, words in (("Hypothesis", found.hypothesis), ("Goal", found.goal), ("Metric", found.metric)):
        if words:
            console.print(f"{heading}: {escape(words)}")
    if found.effort:
        console.print(f"Effort: {found.effort.sentence}")
    _print_themes(found)
    _print_needs(found)
    print_quotes(found.quotes)
    print_risks(list(found.risks))
    following = found.next_step
    console.print(f"Next step: {escape(following.what)}" if following else "No next step: who does what by when?")
    print_steps(found.steps)


def put(
    context: typer.Context,
    number: int,
    state: Annotated[Text, typer.Option(help="idea, aligning, agreed, building, shipped or stopped.")] = None,
    name: Text = None,
    owner: Text = None,
    hypothesis: Text = None,
    goal: Text = None,
    metric: Text = None,
    need: Annotated[Text, typer.Option(help="What customers need, in your words.")] = None,
    needed_by: Annotated[Text, typer.Option(help="As in 2027-03-12; empty: deals and renewals say it.")] = None,
    effort: Annotated[list[str] | None, typer.Option(help="As in backend=3-6, in person-weeks; once a skill.")] = None,
    serve: Annotated[Text, typer.Option(help="One more theme that it serves.")] = None,
    serve_no_more: Annotated[Text, typer.Option(help="A theme that it no longer serves.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away.")] = False,
    json: Json = False,
) -> None:
    """Change an initiative. Each part is a decision of its own, which can be taken back; all are made, or none."""
    open_workspace(context.obj)
    words = {
        "name": name, "owner": owner, "hypothesis": hypothesis, "goal": goal, "metric": metric, "need": need,
        "needed_by": needed_by,
    }  # fmt: skip
    given = {field: text for field, text in words.items() if text is not None}
    acts = _acts(number, given, effort, serve, serve_no_more, state, remove)
    if not acts:
        fail("Say what to change, such as --state aligning.", 2)
    _put(acts, json)


def _acts(
    number: int, words: dict[str, str], effort: list[str] | None, serve: Text, no_more: Text, state: Text, remove: bool
) -> "list[Callable[[], Decision | None]]":
    """What is asked for, in an order in which it can be done."""
    from winward.usecases.initiatives import initiatives as deciding
    from winward.usecases.shape_themes import theme_called

    by = getuser()
    asked: list[tuple[bool, Callable[[], Decision | None]]] = [
        (bool(words), lambda: deciding.change_initiative(number, by, **words)),
        (effort is not None, lambda: deciding.put_effort(number, [_effort(line) for line in effort or ()], by)),
        (serve is not None, lambda: deciding.serve(number, theme_called(serve or ""), by)),
        (no_more is not None, lambda: deciding.serve_no_more(number, theme_called(no_more or ""), by)),
        (state is not None, lambda: deciding.put_state(number, state or "", by)),
        (remove, lambda: deciding.remove_initiative(number, by)),
    ]
    return [act for wanted, act in asked if wanted]


def _put(acts: "Sequence[Callable[[], Decision | None]]", json: bool) -> None:
    from django.db import transaction

    from winward.usecases.quotes import NotFound

    try:
        with transaction.atomic():
            made = [act() for act in acts]
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        print_json(made)
        return
    for decision in made:
        print_decision(decision)


def _effort(line: str) -> tuple[str, str, str]:
    """ "backend=3-6", or "backend=4" where it is known."""
    skill, _, span = line.partition("=")
    low, _, high = span.partition("-")
    return skill, low, high


def _print_themes(found: "InitiativePage") -> None:
    columns = [("", RIGHT), ("serves", LEFT), ("won / lost", RIGHT), ("90% between", RIGHT), ("lost", RIGHT),
               ("open", RIGHT)]  # fmt: skip
    rows = [
        (str(row.id), row.title, f"{row.won_with} / {row.lost_with}", interval(row.low, row.high),
         money(row.lost_value) if row.verdict == "costs" else "can't tell", money(row.open_value))
        for row in found.themes
    ]  # fmt: skip
    print_table(columns, rows)


def _print_needs(found: "InitiativePage") -> None:
    columns = [("needed", LEFT), ("who", LEFT), ("why", LEFT), ("deal", LEFT), (f"worth {found.currency}", RIGHT)]
    rows = [(str(row.day or "no day"), row.account, row.why, row.deal, money(row.value)) for row in found.needed.rows]
    print_table(columns, rows)
