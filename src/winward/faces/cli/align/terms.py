"""`winward align terms | term | option | rank | refuse | enough | otherwise | rule`: what is negotiated, and who wants
what of it."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from winward.faces.boot import open_workspace
from winward.faces.cli.deciding import decided, print_decision
from winward.faces.cli.screen import LEFT, Json, console, fail, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.decide import Decision

Initiative = Annotated[int, typer.Argument(help="The initiative's number.")]
Who = Annotated[str, typer.Argument(help="Somebody at the table, by name or its beginning.")]
TermName = Annotated[str, typer.Argument(help="The term, by name.")]
OptionName = Annotated[str, typer.Argument(help="The option, by name.")]
Rename = Annotated[str, typer.Option(help="Its new name.")]
Up = Annotated[bool, typer.Option("--up", help="Move it one place up.")]
Down = Annotated[bool, typer.Option("--down", help="Move it one place down.")]
Remove = Annotated[bool, typer.Option("--remove", help="Take it away.")]


def register(app: typer.Typer) -> None:
    for command in (terms, term, option, rank, refuse, enough, otherwise, rule):
        app.command()(command)


def terms(context: typer.Context, initiative: Initiative, json: Json = False) -> None:
    """What is negotiated: each term with its options."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.initiative_rows import existing
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.negotiation import terms_of

    try:
        found = terms_of(existing(initiative))
    except NotFound as error:
        fail(str(error))
    if json:
        return print_json(found)
    if not found:
        console.print(f'Nothing is negotiated yet: winward align term {initiative} "Date" --option June --option July')
    rows = [(one.name, " · ".join(name for _, name in one.options) or "no options yet") for one in found]
    return print_table([("term", LEFT), ("options", LEFT)], rows)


def term(
    context: typer.Context,
    initiative: Initiative,
    name: TermName,
    option: Annotated[list[str] | None, typer.Option(help="One of its options; may be given several times.")] = None,
    rename: Rename = "",
    up: Up = False,
    down: Down = False,
    remove: Remove = False,
    json: Json = False,
) -> None:
    """Add something negotiable with its options; or rename, move or take away one that is there."""
    open_workspace(context.obj)
    from winward.usecases.alignment_files.named import term_named
    from winward.usecases.room import terms as negotiable

    def decide() -> "Decision | None":
        if not (rename or up or down or remove):
            return negotiable.add_term(initiative, name, option or [], getuser())[0]
        number = term_named(initiative, name).id
        if rename:
            return negotiable.rename_term(number, rename, getuser())
        if remove:
            return negotiable.remove_term(number, getuser())
        return negotiable.move_term(number, "up" if up else "down", getuser())

    decided(decide, json)


def option(
    context: typer.Context,
    initiative: Initiative,
    term: TermName,
    name: OptionName,
    rename: Rename = "",
    up: Up = False,
    down: Down = False,
    remove: Remove = False,
    json: Json = False,
) -> None:
    """Add an option to a term; or rename, move or take away one that is there."""
    open_workspace(context.obj)
    from winward.usecases.alignment_files.named import option_of, term_named
    from winward.usecases.room import terms as negotiable

    def decide() -> "Decision | None":
        own = term_named(initiative, term)
        if not (rename or up or down or remove):
            return negotiable.add_option(own.id, name, getuser())
        number = option_of(own, name)
        if rename:
            return negotiable.rename_option(number, rename, getuser())
        if remove:
            return negotiable.remove_option(number, getuser())
        return negotiable.move_option(number, "up" if up else "down", getuser())

    decided(decide, json)


def rank(
    context: typer.Context,
    initiative: Initiative,
    who: Who,
    names: Annotated[
        list[str] | None, typer.Argument(help="What matters most first; join by = what is alike: Date Scope=Price.")
    ] = None,
    term: Annotated[str, typer.Option(help="Rank the options of this term, the best first.")] = "",
    json: Json = False,
) -> None:
    """What matters most to somebody or, with --term, which of its options they like best. What is left out isn't
    ranked."""
    open_workspace(context.obj)
    from winward.usecases.room.positions import rank, seat_named

    levels = [name.split("=") for name in names or []]
    decided(lambda: rank(seat_named(initiative, who), levels, getuser(), term), json)


def refuse(
    context: typer.Context,
    initiative: Initiative,
    who: Who,
    term: TermName,
    option: OptionName,
    accepts: Annotated[bool, typer.Option("--accepts", help="They can accept it after all.")] = False,
    json: Json = False,
) -> None:
    """An option that somebody can't accept, whatever else is offered."""
    open_workspace(context.obj)
    from winward.usecases.room.positions import refuse, seat_named

    decided(lambda: refuse(seat_named(initiative, who), term, option, getuser(), again=accepts), json)


def enough(
    context: typer.Context,
    initiative: Initiative,
    who: Who,
    term: TermName,
    option: Annotated[str, typer.Argument(help="The least that is good enough; none takes the line away.")] = "",
    json: Json = False,
) -> None:
    """The least of a term that somebody could live with, if the rest were so, too."""
    open_workspace(context.obj)
    from winward.usecases.room.positions import enough, seat_named

    decided(lambda: enough(seat_named(initiative, who), term, option, getuser()), json)


def otherwise(
    context: typer.Context,
    initiative: Initiative,
    who: Who,
    words: Annotated[str, typer.Argument()],
    json: Json = False,
) -> None:
    """What somebody would do without an agreement."""
    open_workspace(context.obj)
    from winward.usecases.room.positions import Given, seat_named, take

    decided(lambda: take(seat_named(initiative, who), Given(otherwise=words), getuser()), json)


def rule(
    context: typer.Context,
    initiative: Initiative,
    may_refuse: Annotated[int, typer.Option(help="How many of those who decide may say no.")] = 0,
    veto: Annotated[list[str] | None, typer.Option(help="Without whose yes nothing passes; name each.")] = None,
    json: Json = False,
) -> None:
    """Whose yes it takes: everyone's, all but some, and of whom in any case."""
    open_workspace(context.obj)
    from winward.usecases.initiatives.whose_yes import set_rule
    from winward.usecases.quotes import NotFound
    from winward.usecases.room.positions import seat_named

    try:
        made = set_rule(initiative, may_refuse, [seat_named(initiative, name) for name in veto or []], getuser())
    except (NotFound, ValueError) as error:
        fail(str(error))
    if json:
        return print_json(made)
    for one in made:
        print_decision(one)
    return None if made else print_decision(None)
