"""`winward align questions | ask | answer`: what to ask of whom, and what they answered."""

from datetime import date
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.align.steps import Day, print_added
from winward.faces.cli.deciding import print_decision
from winward.faces.cli.looking import shown
from winward.faces.cli.screen import Json, console

if TYPE_CHECKING:
    from winward.usecases.decide import Decision
    from winward.usecases.people.answers import Answer
    from winward.usecases.people.stakeholder_map import PeoplePage

# Of a template's key: kind/topic/name.
KEY_PARTS = 3
Topic = Annotated[str, typer.Argument(help="interests, constraints, alternatives or gives.")]


def register(app: typer.Typer) -> None:
    for command in (questions, ask, answer):
        app.command()(command)


def questions(
    context: typer.Context,
    initiative: int,
    name: Annotated[str, typer.Option(help="Only for people in whose name this stands.")] = "",
    json: Json = False,
) -> None:
    """What to ask each person of an initiative, and the question whose answer can change most."""
    open_workspace(context.obj)
    from winward.usecases.people.stakeholder_map import people_of

    _print_questions(shown(context, lambda: people_of(initiative, date.today()), json), name)


def ask(
    context: typer.Context,
    seat: int,
    topic: Topic,
    text: Annotated[str, typer.Argument(help="The question.")],
    json: Json = False,
) -> None:
    """Put a question of your own on somebody's list."""
    open_workspace(context.obj)
    from winward.usecases.people import answers

    print_added(lambda: answers.ask(seat, topic, text, getuser()), json)


def answer(
    context: typer.Context,
    seat: int,
    topic: Topic,
    words: Annotated[str, typer.Argument(help="What they answered.")],
    question: Annotated[str, typer.Option(help="The question's key, its number or its words.")] = "",
    on: Day = None,
    metric: Annotated[str, typer.Option(help="It tells the metric that they want to move.")] = "",
    moves: Annotated[str, typer.Option(help="It tells what moves them; kept as a note.")] = "",
    otherwise: Annotated[str, typer.Option(help="It tells what they would do without an agreement.")] = "",
    json: Json = False,
) -> None:
    """Keep what somebody answered, and what it tells; `rank`, `refuse` and `enough` put the rest of a position."""
    open_workspace(context.obj)
    from winward.usecases.people import answers
    from winward.usecases.people.answers import Learnt

    day = on.date() if on else date.today()
    learnt = Learnt(metric=metric, moves=moves, otherwise=otherwise)

    def kept() -> "list[Decision]":
        return answers.answer(seat, _given(seat, topic, words, question), day, getuser(), learnt)

    for decision in shown(context, kept, json):
        print_decision(decision)


def _given(seat: int, topic: str, words: str, question: str) -> "Answer":
    """The question by the key of its template, by its number, or in words; without any, what the topic asks for."""
    from winward.usecases.people.answers import Answer
    from winward.usecases.people.question_templates import ASKS_FOR
    from winward.usecases.people.show_stakeholder import asked_text

    if question.isdigit():
        return Answer(topic, question, words, written=int(question))
    if question.count("/") == KEY_PARTS - 1 and " " not in question.rpartition("/")[2]:
        return Answer(topic, asked_text(seat, question, date.today()), words, question)
    asks = next((text for name, text in ASKS_FOR.items() if name == topic), topic)
    return Answer(topic, question or f"Asked {asks}", words)


def _print_questions(page: "PeoplePage", name: str) -> None:
    for one in page.people:
        if name.casefold() not in one.seat.name.casefold():
            continue
        console.print(f"\n[bold]{escape(one.seat.name)}[/bold] · seat {one.seat.id} · {one.seat.kind}")
        for at, question in enumerate(one.questions, 1):
            console.print(f"  {at}. {escape(question.text)} [dim]{escape(question.key or str(question.written))}[/dim]")
    if page.next:
        console.print(f"\n[bold]Ask next[/bold] {escape(page.next.name)}: {escape(page.next.question.text)}")
        console.print(f"[dim]{escape(page.next.why)}[/dim]")
