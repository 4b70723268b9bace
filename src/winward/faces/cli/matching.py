"""match, ask: what says the same as a statement, in two files; and what customers said on a question."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, errors, fail, print_json, print_table
from winward.faces.plain import as_line

if TYPE_CHECKING:
    from winward.usecases.ask import Answer, SaidOn
    from winward.usecases.match_texts import Matching
    from winward.usecases.quotes import Quote

ROWS_SHOWN = 40


def register(app: typer.Typer) -> None:
    app.command()(match)
    app.command()(ask)


def match(
    left: Annotated[Path, typer.Argument(help="A table of texts: signals, arguments, answers.")],
    right: Annotated[Path, typer.Argument(help="A table of short statements: names of themes, key points.")],
    left_column: Annotated[str, typer.Option(help="Default: the column that holds the most text.")] = "",
    right_column: Annotated[str, typer.Option(help="Default: the column that holds the most text.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every pair, however far apart.")] = False,
    json: Json = False,
) -> None:
    """Each text with the statements whose point it makes, and how surely."""
    from winward.sources.limits import Unreadable
    from winward.text_models import EmbeddedModel
    from winward.text_models.matcher import default_matcher
    from winward.usecases.match_texts import match_texts

    try:
        found = match_texts(
            left, right, EmbeddedModel().depths, default_matcher(), left_column, right_column, everything
        )
    except Unreadable as error:
        fail(str(error))
    except FileNotFoundError as error:
        fail(f"There is no file {error.filename}.")
    if json:
        _print_pairs(found)
    else:
        _show_pairs(found)


def _print_pairs(found: "Matching") -> None:
    """A line a pair, each printed as soon as it is made: ten million of them never lie in memory."""
    typer.echo('{"pairs": [', nl=False)
    for at, pair in enumerate(found.pairs):
        typer.echo(f"{',' if at else ''}\n  {as_line(pair)}", nl=False)
    typer.echo("\n]}")


def _show_pairs(found: "Matching") -> None:
    columns = [("row", RIGHT), (found.left_column, LEFT), (found.right_column, LEFT), ("score", RIGHT)]
    shown = islice(found.pairs, ROWS_SHOWN)
    print_table(columns, [(f"{p.left_row:,}", p.left, p.right, f"{p.score:.2f}") for p in shown])
    passed = f" {found.without:,} rows without text were passed over." if found.without else ""
    console.print("score: how surely the text makes that point, from 0 to 1.")
    console.print(f"{found.texts:,} texts, {found.statements:,} statements; --json gives every row.{passed}")


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="In plain words: why do banks hesitate?")],
    json: Json = False,
) -> None:
    """What customers said on a question, by theme, with how many said so and in which deals."""
    open_workspace(context.obj)
    if not question.strip():
        fail('Ask something, as in: winward ask "why do banks hesitate?"', 2)
    from winward.text_models import EmbeddedModel
    from winward.text_models.language import Misconfigured
    from winward.usecases import ask as verb
    from winward.usecases.language import answer_writer

    try:
        answer = verb.ask(question, EmbeddedModel().embed, answer_writer())
    except Misconfigured as error:
        fail(str(error), 2)
    if json:
        print_json(answer)
    else:
        _show_answer(answer)


def _show_answer(answer: "Answer") -> None:
    console.print(f"[bold]{escape(answer.sentence)}[/bold]")
    for sentence in answer.worded:
        console.print(f"  {escape(sentence.text)} [dim]({', '.join(map(str, sentence.quotes))})[/dim]")
    if answer.dropped:
        console.print(f"[dim]{answer.dropped} sentences of the language model were not borne out, and left out.[/dim]")
    if answer.note:
        errors.print(escape(answer.note))
    for said in answer.themes:
        _show_theme(said)
    if answer.nearest:
        console.print("\nWhat comes nearest:")
        _show_quotes(answer.nearest)


def _show_theme(said: "SaidOn") -> None:
    console.print(f"\n[bold]{escape(said.theme)}[/bold]  [dim]{escape(said.sentence)}[/dim]")
    _show_quotes(said.quotes)


def _show_quotes(quotes: "tuple[Quote, ...]") -> None:
    for quote in quotes:
        state = f" ({quote.deal_state})" if quote.deal_state else ""
        who = ", ".join(part for part in (quote.speaker, quote.account, f"{quote.document}{state}") if part)
        console.print(f"  [dim]{quote.signal:>6}[/dim] “{escape(quote.words)}”\n         [dim]{escape(who)}[/dim]")
