"""`winward align people | who | person | seat | stance | ground`: whose yes is needed, and where they stand."""

from datetime import date
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.align.steps import Day, print_added
from winward.faces.cli.deciding import decided
from winward.faces.cli.looking import shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from winward.usecases.people.deal_side import DealSide
    from winward.usecases.people.seats import SeatRow
    from winward.usecases.people.show_stakeholder import Sitting, StakeholderPage
    from winward.usecases.people.stakeholder_map import PeoplePage
    from winward.usecases.people.stakeholders import Place

Text = str | None
InDeal = Annotated[str, typer.Option(help="A deal's id, as the CRM has it, in place of an initiative.")]
Initiative = Annotated[int | None, typer.Option(help="The initiative's number.")]
Part = Annotated[str | None, typer.Option(help="In an initiative: decides, advises, is told. In a deal: champion, "
                                               "economic buyer, decides, user, blocker.")]  # fmt: skip
Influence = Annotated[int | None, typer.Option(help="1 (very little) to 5 (very much).")]
Veto = Annotated[bool | None, typer.Option("--veto/--no-veto", help="Nothing passes without their yes.")]
Document = Annotated[int | None, typer.Option(help="The document that shows it.")]
Quote = Annotated[str, typer.Option(help="The words in it, letter by letter.")]
Signal = Annotated[int | None, typer.Option(help="A signal that shows it, in place of a document.")]
Gone = Annotated[bool, typer.Option("--remove", help="Take it away.")]


def register(app: typer.Typer) -> None:
    for command in (people, who, person, seat, stance, ground):
        app.command()(command)


def people(
    context: typer.Context,
    initiative: Annotated[int | None, typer.Argument(help="The initiative's number.")] = None,
    deal: InDeal = "",
    json: Json = False,
) -> None:
    """The people of an initiative by influence, who is missing, and what to ask next; or a customer's, of a deal."""
    open_workspace(context.obj)
    from winward.usecases.people.deal_side import deal_side
    from winward.usecases.people.stakeholder_map import people_of

    if deal:
        _print_side(shown(context, lambda: deal_side(deal), json))
    elif initiative is None:
        fail("Name an initiative by its number, or a deal with --deal.", 2)
    else:
        number = initiative
        _print_people(shown(context, lambda: people_of(number, date.today()), json))


def who(context: typer.Context, number: int, json: Json = False) -> None:
    """One person or team: what moves them and why we hold so, where they stand, and what to ask them."""
    open_workspace(context.obj)
    from winward.usecases.people.show_stakeholder import show_stakeholder

    _print_who(shown(context, lambda: show_stakeholder(number, date.today()), json))


def person(
    context: typer.Context,
    name: Annotated[Text, typer.Argument(help="Of the person or team.")] = None,
    kind: Annotated[
        Text,
        typer.Option(
            help="product executive, tech lead, designer, partner team, sales, vendor, legal, security or customer."
        ),
    ] = None,
    role: Text = None,
    metric: Annotated[Text, typer.Option(help="What they want to move.")] = None,
    projects: Annotated[Text, typer.Option(help="What they are busy with themselves.")] = None,
    team: Annotated[bool | None, typer.Option("--team/--no-team", help="It is a team.")] = None,
    initiative: Initiative = None,
    deal: InDeal = "",
    part: Part = None,
    influence: Influence = None,
    veto: Veto = None,
    change: Annotated[int | None, typer.Option(help="Change the one with this number.")] = None,
    remove: Gone = False,
    json: Json = False,
) -> None:
    """Add a person or team, with a seat where an initiative or a deal is named; or change or take away one."""
    open_workspace(context.obj)
    from winward.usecases.people import stakeholders
    from winward.usecases.people.stakeholders import Described, Seated

    by, told = getuser(), Described(name, kind, role, metric, projects, team)
    if change is not None:
        number = change
        if remove:
            decided(lambda: stakeholders.remove_person(number, by), json)
        else:
            decided(lambda: stakeholders.describe_person(number, told, by), json)
    elif initiative is None and not deal:
        print_added(lambda: stakeholders.add_person(told, by), json)
    else:
        seated = Seated(part, influence, veto)
        print_added(lambda: stakeholders.seat_new_person(told, _place(initiative, deal), seated, by), json)


def seat(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Of the person; of the seat where one is changed or taken away.")],
    initiative: Initiative = None,
    deal: InDeal = "",
    part: Part = None,
    influence: Influence = None,
    veto: Veto = None,
    remove: Gone = False,
    json: Json = False,
) -> None:
    """Give somebody a seat in an initiative or a deal; without either, change the seat or take it away."""
    open_workspace(context.obj)
    from winward.usecases.people import stakeholders
    from winward.usecases.people.stakeholders import Seated

    by, seated = getuser(), Seated(part, influence, veto)
    if remove:
        decided(lambda: stakeholders.remove_seat(number, by), json)
    elif initiative is None and not deal:
        decided(lambda: stakeholders.change_seat(number, seated, by), json)
    else:
        print_added(lambda: stakeholders.give_seat(number, _place(initiative, deal), seated, by), json)


def stance(
    context: typer.Context,
    seat: int,
    where: Annotated[str, typer.Argument(help="strongly against, against, undecided, for it or strongly for it.")],
    why: Annotated[str, typer.Option(help="In a few words.")] = "",
    on: Day = None,
    document: Document = None,
    quote: Quote = "",
    signal: Signal = None,
    json: Json = False,
) -> None:
    """Note where somebody stands, since when and why."""
    open_workspace(context.obj)
    from winward.usecases.people.stances import stance_called, take_stance

    day = on.date() if on else date.today()
    print_added(lambda: take_stance(seat, stance_called(where), day, getuser(), why, document, quote, signal), json)


def ground(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Of the person; of the ground with --remove.")],
    moves: Annotated[str, typer.Argument(help="What moves them, in a few words.")] = "",
    document: Document = None,
    quote: Quote = "",
    signal: Signal = None,
    remove: Gone = False,
    json: Json = False,
) -> None:
    """Keep what moves somebody, with the words that show it."""
    open_workspace(context.obj)
    from winward.usecases.people import grounds

    if remove:
        decided(lambda: grounds.remove_ground(number, getuser()), json)
    else:
        print_added(lambda: grounds.add_ground(number, moves, getuser(), document, quote, signal), json)


def _place(initiative: int | None, deal: str) -> "Place":
    from winward.usecases.people.stakeholders import Place
    from winward.usecases.show_deal import find_deal

    return Place(initiative, find_deal(deal).pk if deal else None)


def _print_people(page: "PeoplePage") -> None:
    console.print(f"[bold]{escape(page.name)}[/bold]\n{escape(page.sentence)}")
    for one in page.missing:
        console.print(escape(one.sentence))
        for signal in one.signals:
            console.print(f"  {signal.id}  “{escape(signal.words)}”")
    _print_seats(one.seat for one in page.people)
    if page.next:
        console.print(f"\n[bold]Ask next[/bold] {escape(page.next.name)}: {escape(page.next.question.text)}")
        console.print(f"[dim]{escape(page.next.why)}[/dim]")


def _print_seats(seats: "Iterable[SeatRow]") -> None:
    columns = [("seat", RIGHT), ("person", RIGHT), ("who", LEFT), ("kind", LEFT), ("part", LEFT), ("influence", LEFT),
               ("stance", LEFT)]  # fmt: skip
    rows = [
        (str(one.id), str(one.stakeholder_id), one.name, one.kind, f"{one.part}, veto" if one.veto else one.part,
         one.influence_words, f"{one.stance_words}, {one.moved}" if one.moved else one.stance_words)
        for one in seats
    ]  # fmt: skip
    print_table(columns, rows)


def _print_side(side: "DealSide") -> None:
    console.print(escape(side.sentence))
    _print_seats(side.seats)
    columns = [("may be", LEFT), ("who", LEFT), ("role", LEFT), ("why", LEFT)]
    print_table(columns, [(one.part, one.name, one.role, one.why) for one in side.suggested], "Not seated yet")


def _print_who(page: "StakeholderPage") -> None:
    console.print(f"[bold]{escape(page.name)}[/bold] · {page.kind}\n{escape(page.sentence)}")
    for one in page.grounds:
        words = f": “{one.rests_on.quote}”" if one.rests_on and one.rests_on.quote else ""
        console.print(f"  {one.id}  {escape(one.what)}{escape(words)}")
    for said in page.candidates:
        console.print(f"  [dim]said: {said.quote.signal}  “{escape(said.quote.words)}”[/dim]")
    for sitting in page.seats:
        _print_sitting(sitting)


def _print_sitting(sitting: "Sitting") -> None:
    row = sitting.asked.seat
    console.print(f"\n[bold]{escape(sitting.place_name)}[/bold] · seat {row.id}: {row.part}, {row.influence_words} "
                  f"influence, {row.stance_words}")  # fmt: skip
    for stood in sitting.history:
        why = f": {stood.why}" if stood.why else ""
        console.print(f"  {stood.on}  {stood.words}{escape(why)}")
    for at, question in enumerate(sitting.asked.questions, 1):
        console.print(f"  {at}. {escape(question.text)} [dim]asks for {question.asks_for}[/dim]")
