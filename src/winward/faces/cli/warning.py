"""What losses teach: open deals that look like old ones, and what was stated beside what was found."""

from getpass import getuser

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, money, print_json, print_table


def register(app: typer.Typer) -> None:
    for command in (warnings, answer):
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
        alike = [(one.deal.name, one.deal.state, money(one.deal.value), one.why) for one in (*row.earlier, *row.won)]
        print_table(columns, alike)
        if row.answer:
            console.print(f"What was done: {escape(row.answer)} [dim]{escape(row.answered_by)}[/dim]")
    console.print("Note what was done about one with: winward answer DEAL WORDS")


def answer(context: typer.Context, deal: str, words: str, json: Json = False) -> None:
    """Note what was done about a deal's warning; empty words take it back. DEAL: its id, as the CRM has it."""
    open_workspace(context.obj)
    from winward.usecases.list_warnings import answer_warning
    from winward.usecases.show_deal import show_deal

    decided(lambda: answer_warning(show_deal(deal).row.id, words, getuser()), json)
