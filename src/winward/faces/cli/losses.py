"""What lost deals taught: the post-mortem of one, its lesson, and every lesson that was taken."""

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, money, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.post_mortem import PostMortem
    from winward.usecases.quotes import Quote

Deal = Annotated[str, typer.Argument(help="The deal's id, as the CRM has it, or its number.")]


def register(app: typer.Typer) -> None:
    app.command(name="post-mortem")(post_mortem)
    app.command()(lesson)
    app.command()(lessons)


def post_mortem(
    context: typer.Context,
    deal: Deal,
    pdf: Annotated[Path | None, typer.Option(help="Write it to this file as a PDF of one page.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write it to this file as a page that stands by itself.")] = None,
    json: Json = False,
) -> None:
    """Why a deal was lost, and what would have had to be true: a page for the review meeting."""
    open_workspace(context.obj)
    from winward.usecases import post_mortem as verb
    from winward.usecases.quotes import NotFound

    try:
        found = verb.post_mortem(deal)
        _write(found, pdf, html)
    except (NotFound, OSError) as error:
        fail(str(error))
    if json:
        print_json(found)
    elif pdf is None and html is None:
        _print(found)


def lesson(
    context: typer.Context,
    deal: Deal,
    text: Annotated[str | None, typer.Option(help="What to do otherwise next time.")] = None,
    condition: Annotated[str | None, typer.Option(help="What would have had to be true, in your words.")] = None,
    owner: Annotated[str | None, typer.Option(help="Who sees to it.")] = None,
    state: Annotated[str | None, typer.Option(help="open, done or dropped.")] = None,
    json: Json = False,
) -> None:
    """Take a lesson from a lost deal, or say how it stands. What isn't given stays as it is."""
    open_workspace(context.obj)
    from winward.usecases.lesson import learn
    from winward.usecases.quotes import NotFound
    from winward.usecases.show_deal import find_deal

    if all(given is None for given in (text, condition, owner, state)):
        fail("Say what to keep: --text, --condition, --owner or --state.", 2)
    try:
        number = find_deal(deal).pk
    except NotFound as error:
        fail(str(error))
    decided(lambda: learn(number, getuser(), text, condition, owner, state), json)


def lessons(context: typer.Context, json: Json = False) -> None:
    """Every lesson, and the losses of the last two quarters that wait for one."""
    open_workspace(context.obj)
    from winward.usecases.list_lessons import list_lessons

    found = list_lessons()
    if json:
        print_json(found)
        return
    console.print(found.sentence)
    waiting = [("without a lesson", LEFT), ("name", LEFT), (f"value {found.currency}", RIGHT), ("closed", LEFT)]
    print_table(
        waiting,
        [(one.deal.reference, one.deal.name, money(one.deal.value), str(one.deal.closed_on)) for one in found.waiting],
    )
    taken = [("lesson of", LEFT), ("name", LEFT), ("state", LEFT), ("owner", LEFT), ("lesson", LEFT)]
    print_table(
        taken,
        [
            (r.deal.reference, r.deal.name, r.lesson.state, r.lesson.owner or "nobody", r.lesson.text)
            for r in found.rows
        ],
    )


def _write(found: "PostMortem", pdf: Path | None, html: Path | None) -> None:
    from winward.faces.printed.html import as_html
    from winward.faces.printed.pdf import as_pdf
    from winward.faces.printed.post_mortem import post_mortem_sheet

    if pdf is not None:
        pdf.write_bytes(as_pdf(post_mortem_sheet(found)))
    if html is not None:
        html.write_text(as_html(post_mortem_sheet(found)), encoding="utf-8")


def _print(found: "PostMortem") -> None:
    console.print(f"[bold]{escape(found.row.name)}[/bold] · {money(found.row.value)} {found.currency}")
    for sentence in (found.sentence, *found.missing, found.stated.sentence):
        console.print(escape(sentence))
    columns = [
        ("theme", LEFT),
        ("said", RIGHT),
        ("share of the loss", RIGHT),
        ("90% between", RIGHT),
        ("verdict", LEFT),
    ]
    shares = [
        (
            c.theme,
            f"{c.mentions}×",
            _share(c.share),
            "–" if c.low is None else f"{_share(c.low)} … {_share(c.high)}",
            c.verdict,
        )
        for c in found.costs
    ]
    print_table(columns, shares)
    for point in found.turning_points:
        console.print(escape(point.sentence))
        _print_quote(point.quote)
    for person in found.people:
        console.print(f"{escape(person.name)} [dim]{escape(person.role)} · {person.words:,} words[/dim]")
        _print_quote(person.quote)
    console.print(escape(found.in_common))
    for one in found.alike:
        console.print(f"  [bold]{escape(one.name)}[/bold]: {escape('; '.join(one.differed))}")
    condition = found.condition.words or found.condition.computed
    console.print(f"[bold]What would have had to be true[/bold] {escape(condition)}")
    taken = (
        found.lesson.text if found.lesson and found.lesson.text else "None was taken yet: winward lesson DEAL --text …"
    )
    console.print(f"[bold]The lesson[/bold] {escape(taken)}")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _print_quote(quote: "Quote | None") -> None:
    if quote is not None:
        console.print(f"  “{escape(quote.words)}”", style="italic")
