"""What losses teach: open deals that look like old ones, and what was stated beside what was found."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, money, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.stated import Rate


def register(app: typer.Typer) -> None:
    for command in (warnings, answer, stated):
        app.command()(command)


def warnings(context: typer.Context, json: Json = False) -> None:
    """Open deals that look like ones we lost, with the reasons, and how often such warnings were right."""
    open_workspace(context.obj)
    from winward.usecases.list_warnings import list_warnings

    found = list_warnings()
    if json:
        print_json(found)
        return
    console.print(f"{found.sentence}\n{found.live.sentence}\n{found.tested.sentence}")
    for row in found.rows:
        console.print(f"\n[bold]{escape(row.deal.name)}[/bold] · {row.deal.reference} · {money(row.deal.value)}")
        console.print(escape(row.sentence))
        for reason in row.reasons:
            for quote in reason.here:
                console.print(f"  {quote.signal}  “{escape(quote.words)}” [dim]{escape(quote.speaker or '–')}[/dim]")
        columns = [("beside it", LEFT), ("ended", LEFT), (f"value {found.currency}", RIGHT), ("why", LEFT)]
        alike = [(one.deal, one.why) for one in row.earlier] + [(one.deal, one.why) for one in row.won]
        print_table(columns, [(deal.name, deal.state, money(deal.value), why) for deal, why in alike])
        if row.answer:
            console.print(f"What was done: {escape(row.answer)} [dim]{escape(row.answered_by)}[/dim]")
    console.print("Note what was done about one with: winward answer DEAL WORDS")


def answer(context: typer.Context, deal: str, words: str, json: Json = False) -> None:
    """Note what was done about a deal's warning; empty words take it back. DEAL: its id, as the CRM has it."""
    open_workspace(context.obj)
    from winward.usecases.list_warnings import answer_warning
    from winward.usecases.show_deal import show_deal

    decided(lambda: answer_warning(show_deal(deal).row.id, words, getuser()), json)


def stated(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="List only deals with this stated reason.")] = "",
    theme: Annotated[int | None, typer.Option(help="List only deals in whose evidence this theme was found.")] = None,
    json: Json = False,
) -> None:
    """The reasons that the CRM states for losses beside the needs that the evidence holds."""
    open_workspace(context.obj)
    from winward.text_models import default_reader
    from winward.usecases.stated import stated_beside_found

    found = stated_beside_found(default_reader(), reason, theme)
    if json:
        print_json(found)
        return
    console.print(f"{found.sentence}\n{found.explanation}")
    columns = [("", LEFT), ("lost", RIGHT), ("compared", RIGHT), ("differ", RIGHT), ("90% between", RIGHT)]
    print_table(columns, map(_rate, found.reasons), "By stated reason")
    print_table(columns, map(_rate, found.owners), "By owner (five lost deals or more)")
    columns = [("stated", LEFT), ("found", LEFT), ("deals", RIGHT), (f"value {found.currency}", RIGHT)]
    pairs = [(one.reason, one.theme, f"{one.deals:,}", money(one.value)) for one in found.hidden]
    print_table(columns, pairs, "What stands behind the reasons")
    for one in found.deals:
        console.print(f"[bold]{escape(one.deal.name)}[/bold] · {one.deal.reference} · {money(one.deal.value)}")
        console.print(f"  {escape(one.sentence)}")


def _rate(rate: "Rate") -> tuple[str, ...]:
    known = rate.low is not None and rate.high is not None
    between = f"{rate.low:.0%} … {rate.high:.0%}" if known else "–"
    return rate.name, f"{rate.lost:,}", f"{rate.compared:,}", f"{rate.differ:,}", between
