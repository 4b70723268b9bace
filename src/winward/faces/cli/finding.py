"""Finding what was said: by words and meaning, and what is like it."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.screen import Json, console, fail, print_json

if TYPE_CHECKING:
    from winward.records.related_rows import Filters
    from winward.usecases.related import Embed, Related

Kind = Annotated[str, typer.Option(help="Only signals of this kind.")]
Theme = Annotated[int | None, typer.Option(help="Only this theme's.")]
Side = Annotated[str, typer.Option(help="customer or us.")]
State = Annotated[str, typer.Option(help="Only of deals that are won, lost or open.")]
Segment = Annotated[str, typer.Option(help="Only of deals of this segment.")]
Account = Annotated[int | None, typer.Option(help="Only of this account.")]
Day = Annotated[str, typer.Option(help="A day, as in 2026-09-30.")]


def register(app: typer.Typer) -> None:
    for command in (search, related):
        app.command()(command)


def search(
    context: typer.Context,
    text: str,
    kind: Kind = "",
    theme: Theme = None,
    side: Side = "",
    state: State = "",
    segment: Segment = "",
    account: Account = None,
    since: Day = "",
    until: Day = "",
    json: Json = False,
) -> None:
    """What was said in these words or near them in meaning."""
    open_workspace(context.obj)
    _worded(text)
    from winward.usecases import search as verb

    chosen = _filters(kind, theme, side, state, segment, account, since, until)
    found = verb.search(text, _embed(), chosen)
    if json:
        return print_json(found)
    for hit in found.hits:
        _print(hit.related, "".join(f"[bold]{escape(p.text)}[/bold]" if p.hit else escape(p.text) for p in hit.parts))
    for said in found.passages:
        words = "".join(f"[bold]{escape(part.text)}[/bold]" if part.hit else escape(part.text) for part in said.parts)
        console.print(f"{words}\n  [dim]{escape(said.speaker or '–')}, {escape(said.document)}, no signal[/dim]")
    if not found.hits and not found.passages:
        console.print("Nobody said that or anything near it.")
    return None


def related(
    context: typer.Context,
    asked: Annotated[str, typer.Argument(help="A signal's number, or any text.")],
    kind: Kind = "",
    theme: Theme = None,
    side: Side = "",
    state: State = "",
    segment: Segment = "",
    account: Account = None,
    since: Day = "",
    until: Day = "",
    json: Json = False,
) -> None:
    """Who else says so: the signals nearest to one, or to a text."""
    open_workspace(context.obj)
    _worded(asked)
    from winward.usecases.quotes import NotFound
    from winward.usecases.related import related_to, related_to_text

    chosen = _filters(kind, theme, side, state, segment, account, since, until)
    try:
        found = related_to(int(asked), chosen) if asked.isdecimal() else related_to_text(asked, _embed(), chosen)
    except NotFound as error:
        fail(str(error))
    if json:
        return print_json(found)
    if found.own:
        _print(found.own, escape(found.own.quote.words))
    for one in found.others:
        _print(one, escape(one.quote.words))
    if not found.others:
        console.print("Nobody else has said anything near it.")
    return None


def _worded(text: str) -> None:
    if not text.strip():
        fail("Give the words to look for.", 2)


def _print(one: "Related", words: str) -> None:
    quote = one.quote
    said = f", {one.said}" if one.times > 1 else ""
    state = f" ({quote.deal_state})" if quote.deal_state else ""
    speaker, document = escape(quote.speaker or "–"), escape(quote.document)
    console.print(f"[bold]{quote.signal}[/bold]  {words}")
    console.print(f"  [dim]{quote.kind}, {speaker}, {document}{state}{said}[/dim]", highlight=False)


def _filters(
    kind: str, theme: int | None, side: str, state: str, segment: str, account: int | None, since: str, until: str
) -> "Filters":
    from datetime import date

    from winward.engine.reading.kinds import KINDS
    from winward.records.related_rows import Filters

    for given, allowed in ((kind, KINDS), (side, ("customer", "us")), (state, ("won", "lost", "open"))):
        if given and given not in allowed:
            fail(f"“{given}” is none of {', '.join(allowed)}.", 2)
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    except ValueError as error:
        fail(f"{error}; give a day as in 2026-09-30.", 2)
    return Filters(kind, theme, side, state, segment, account, None, first, last)


def _embed() -> "Embed":
    from winward.text_models import EmbeddedModel

    model = EmbeddedModel()
    return lambda text: model.embed([text])[0].tolist()
