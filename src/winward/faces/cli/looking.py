"""What the workspace knows: a theme, deals, signals, documents, sources, and what waits for a person."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.saving import Csv, Xlsx, save_files
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, money, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.quotes import Quote

Value = TypeVar("Value")


def register(app: typer.Typer) -> None:
    lists = (deals, signals, sources, links, check, decisions)
    for command in (*lists, theme, deal, signal, document):
        app.command()(command)


def shown(context: typer.Context, verb: Callable[[], Value], json: bool) -> Value:
    """The verb's value; printed as JSON already, and the command ended, where that was asked for."""
    from winward.usecases.quotes import NotFound

    try:
        value = verb()
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        print_json(value)
        raise typer.Exit
    return value


def theme(context: typer.Context, number: int, json: Json = False) -> None:
    """One theme: what it is, who says so, what it is worth."""
    open_workspace(context.obj)
    from winward.usecases.show_theme import show_theme

    found = shown(context, lambda: show_theme(number), json)
    console.print(f"[bold]{escape(found.row.title)}[/bold]\n{found.row.sentence}")
    print_quotes(found.best)
    if found.dissenting:
        console.print("Said against it:")
        print_quotes(found.dissenting)
    lost = ", ".join(deal.name for deal in found.lost_deals[:10])
    if lost:
        console.print(f"Lost deals in which it came up: {escape(lost)}")


def deals(
    context: typer.Context,
    lost: Annotated[bool, typer.Option("--lost")] = False,
    won: Annotated[bool, typer.Option("--won")] = False,
    open: Annotated[bool, typer.Option("--open")] = False,
    segment: str = "",
    quarter: Annotated[str, typer.Option(help="Of the closing day, such as 2026-Q3.")] = "",
    text: Annotated[str, typer.Option("--search", help="Part of a name, an id or an account.")] = "",
    after: Annotated[str, typer.Option(help="The cursor that the page before ended with.")] = "",
    csv: Csv = None,
    xlsx: Xlsx = None,
    json: Json = False,
) -> None:
    """The deals, newest first. A file holds all of them."""
    open_workspace(context.obj)
    from winward.faces.exports import lists
    from winward.usecases.list_deals import every_deal, list_deals
    from winward.usecases.list_themes import currency

    if lost + won + open > 1:
        fail("Give one of --lost, --won and --open.", 2)
    state = "lost" if lost else "won" if won else "open" if open else ""
    save_files([csv, xlsx], lambda: lists.deals_table(every_deal(state, segment, quarter, text), currency()))
    found = shown(context, lambda: list_deals(state, segment, quarter, text, after), json)
    console.print(found.sentence)
    columns = [
        ("deal", LEFT), ("name", LEFT), ("account", LEFT), ("state", LEFT), (f"value {found.currency}", RIGHT),
        ("closed", LEFT), ("stated reason", LEFT),
    ]  # fmt: skip
    rows = [
        (d.reference, d.name, d.account, d.state, money(d.value), str(d.closed_on or ""), d.stated_reason)
        for d in found.rows
    ]
    print_table(columns, rows)
    if found.after:
        console.print(f"More: --after {found.after}")


def deal(context: typer.Context, reference: str, json: Json = False) -> None:
    """One deal: why it ended so."""
    open_workspace(context.obj)
    from winward.usecases.show_deal import show_deal

    found = shown(context, lambda: show_deal(reference), json)
    row = found.row
    about = f"[bold]{escape(row.name)}[/bold] · {escape(row.account)} · {row.state}"
    console.print(f"{about} · {money(row.value)} {found.currency}")
    console.print(found.sentence)
    if found.found:
        columns = [("theme found", LEFT), ("mentions", RIGHT), ("share of the loss", RIGHT)]
        shares = [(f.theme, str(f.mentions), "–" if f.share is None else f"{f.share:.0%}") for f in found.found]
        print_table(columns, shares)
    for evidence in found.evidence:
        when = evidence.happened_at.date().isoformat() if evidence.happened_at else "no date"
        console.print(f"\n[bold]{when}[/bold] {evidence.kind}: {escape(evidence.title)} ({evidence.signals} signals)")
        print_quotes(evidence.quotes)


def signals(
    context: typer.Context,
    kind: str = "",
    theme: Annotated[int | None, typer.Option(help="Only this theme's.")] = None,
    side: str = "",
    state: Annotated[str, typer.Option(help="unsorted or dismissed.")] = "",
    after: int = 0,
    csv: Csv = None,
    xlsx: Xlsx = None,
    json: Json = False,
) -> None:
    """What was said, newest first. A file holds all of it."""
    open_workspace(context.obj)
    from winward.faces.exports import lists
    from winward.usecases.list_signals import every_signal, list_signals

    save_files([csv, xlsx], lambda: lists.signals_table(every_signal(kind, theme, side, state)))
    found = shown(context, lambda: list_signals(kind, theme, side, state, after), json)
    print_quotes(found.rows)
    if found.after:
        console.print(f"More: --after {found.after}")


def signal(context: typer.Context, number: int, json: Json = False) -> None:
    """One signal with the signals nearest to it."""
    open_workspace(context.obj)
    from winward.usecases.show_signal import show_signal

    found = shown(context, lambda: show_signal(number), json)
    print_quotes([found.quote])
    console.print("Related:")
    print_quotes(related.quote for related in found.related)


def document(context: typer.Context, number: int, json: Json = False) -> None:
    """One document, with its signals marked."""
    open_workspace(context.obj)
    from winward.usecases.show_document import show_document

    found = shown(context, lambda: show_document(number), json)
    console.print(f"[bold]{escape(found.title)}[/bold] · {found.kind} · {escape(found.account or 'no account')}")
    for passage in found.passages:
        marked = "".join(
            f"[bold underline]{escape(s.text)}[/bold underline]" if s.marks else escape(s.text)
            for s in passage.stretches
        )
        console.print(f"[dim]{escape(passage.speaker or '–')}:[/dim] {marked}")


def sources(
    context: typer.Context,
    problems: Annotated[bool, typer.Option("--problems", help="The rows that could not be read, too.")] = False,
    json: Json = False,
) -> None:
    """What came in from where, and what could not be read of it."""
    open_workspace(context.obj)
    from winward.usecases.list_sources import list_sources
    from winward.usecases.show_import import show_import

    found = shown(context, list_sources, json)
    columns = [
        ("file", LEFT), ("read as", LEFT), ("state", LEFT), ("read", RIGHT), ("new", RIGHT), ("changed", RIGHT),
        ("problems", RIGHT),
    ]  # fmt: skip
    rows = [
        (i.file, i.kind, i.state, f"{i.done:,}", f"{i.added:,}", f"{i.changed:,}", f"{i.problems:,}")
        for i in found.imports
    ]
    print_table(columns, rows)
    if problems:
        wrong = [problem for one in found.imports if one.problems for problem in show_import(one.id).problems]
        columns = [("file", LEFT), ("row", RIGHT), ("column", LEFT), ("why", LEFT)]
        print_table(columns, [(p.file, str(p.row), p.column, p.reason) for p in wrong])


def links(context: typer.Context, json: Json = False) -> None:
    """Documents whose deal or account waits for a person."""
    open_workspace(context.obj)
    from winward.usecases.list_sources import list_links

    found = shown(context, list_links, json)
    columns = [("document", RIGHT), ("title", LEFT), ("account", LEFT), ("deal", LEFT), ("sure", RIGHT), ("why", LEFT)]
    rows = [(str(r.document_id), r.title, r.account, r.deal, f"{r.confidence:.0%}", r.why) for r in found.rows]
    print_table(columns, rows)


def check(context: typer.Context, json: Json = False) -> None:
    """The ten signals of which an answer teaches the reader most."""
    open_workspace(context.obj)
    from winward.usecases.list_checks import list_checks

    found = shown(context, list_checks, json)
    for one in found.rows:
        worth = f" worth {money(one.open_value)} {found.currency}" if one.open_value else ""
        console.print(f"[bold]{one.quote.signal}[/bold]  {escape(one.quote.words)}")
        console.print(f"  [dim]{one.leaning}. {one.why}{worth}.[/dim]")
    console.print(
        "Answer with: winward confirm ID, winward correct ID KIND, winward dismiss ID, winward bounds ID WORDS"
    )
    console.print(
        "The next run learns from the answers; sentences passed over are read again with: winward run --again"
    )


def decisions(context: typer.Context, after: int = 0, json: Json = False) -> None:
    """What people decided, newest first."""
    open_workspace(context.obj)
    from winward.usecases.list_decisions import list_decisions

    found = shown(context, lambda: list_decisions(after), json)
    columns = [("", RIGHT), ("about", LEFT), ("said", LEFT), ("who", LEFT), ("when", LEFT)]
    rows = [
        (str(one.audit), f"{one.page} {one.id or ''}", f"{one.words}{' (taken back)' if one.undone else ''}", one.who,
         one.at.date().isoformat())
        for one in found.rows
    ]  # fmt: skip
    print_table(columns, rows)
    if found.after:
        console.print(f"More: --after {found.after}")


def print_quotes(quotes: "Iterable[Quote]") -> None:
    columns = [("", RIGHT), ("kind", LEFT), ("said", LEFT), ("by", LEFT), ("in", LEFT)]
    rows = [
        (
            str(q.signal),
            q.kind,
            q.words,
            q.speaker or "–",
            f"{q.document}{f' · {q.deal_state}' if q.deal_state else ''}",
        )
        for q in quotes
    ]
    print_table(columns, rows)
