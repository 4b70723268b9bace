"""bargain: the packages of a negotiation, from a file, without a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table
from winward.usecases.room.bargain import in_points

if TYPE_CHECKING:
    from winward.usecases.room.bargain import Bargain, Standing, Suggestion

AIMS = {"nash": "fair to all", "egalitarian": "best for whoever gains least", "utilitarian": "largest total"}
TRADES_SHOWN = 3


def register(app: typer.Typer) -> None:
    app.command()(bargain)


def bargain(
    file: Annotated[Path | None, typer.Argument(help="A negotiation in YAML, or a folder of score files.")] = None,
    all_but: Annotated[int | None, typer.Option(help="How many may say no, in place of the file's rule.")] = None,
    veto: Annotated[list[str] | None, typer.Option(help="Whose yes it takes in any case; name each.")] = None,
    seed: Annotated[int, typer.Option(help="Of the weights that are drawn; the same seed, the same answer.")] = 0,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of such a file.")] = False,
    json: Json = False,
) -> None:
    """Which packages everyone needed can accept, which is best, who blocks, and what would win them."""
    from winward.sources.games import SCHEMA
    from winward.usecases.room.bargain import bargain as work_out

    if schema:
        return print_json(SCHEMA)
    if file is None:
        fail("Name a negotiation's file; winward bargain --schema says what it holds.", 2)
    try:
        found = work_out(file, all_but, veto or (), seed)
    except UnicodeDecodeError as error:
        fail(f"{file} can't be read: {error}")
    except ValueError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename} can't be read: {error.strerror}")
    return print_json(found) if json else _show(found)


def _show(found: "Bargain") -> None:
    console.print(f"[bold]{escape(found.name)}[/bold]: {escape(_sentence(found))}\n")
    _show_packages(found)
    if found.nash is not None:
        _show_people(found.nash)
    _show_blockers(found)
    _show_concessions(found)
    _show_trades(found)
    for note in found.notes:
        console.print(escape(note))


def _sentence(found: "Bargain") -> str:
    if found.acceptable is not None:
        return f"{found.acceptable:,} of {found.packages:,} packages pass, where {found.rule}."
    passes = "there are packages that pass" if found.nash else "no package is found that passes"
    return f"of {found.packages:,} packages {passes}, where {found.rule}."


def _show_packages(found: "Bargain") -> None:
    best = {told: one for aim, told in AIMS.items() if (one := getattr(found, aim)) is not None}
    shown = [*best.values(), found.table]
    columns = [*best, "proposed" if found.proposed else "largest total, passing or not"]
    rows = [(term, *(one.named[term] for one in shown)) for term in found.terms]
    rows += [("says no", *(_refusing(one) for one in shown)), ("proven", *map(_proof, best.values()), "")]
    print_table([("", LEFT), *((column, LEFT) for column in columns)], rows)


def _refusing(one: "Suggestion") -> str:
    return ", ".join(standing.person for standing in one.people if not standing.accepts) or "nobody"


def _proof(one: "Suggestion") -> str:
    if one.gap is None:
        return "not proven"
    return "the best there is" if one.gap == 0 else f"within {100 * one.gap:.2g}% of the best"


def _show_people(nash: "Suggestion") -> None:
    console.print("\nThe package that is fair to all, which has the largest product of gains:")
    columns = [("person", LEFT), ("points", RIGHT), ("over the least", RIGHT), ("accepts", LEFT), ("under", RIGHT)]
    told = [
        (one.person, in_points(one.points), in_points(one.surplus), "yes" if one.accepts else "no", _robust(one))
        for one in nash.people
    ]
    ranked = nash.stays_best is not None
    print_table(columns if ranked else columns[:-1], told if ranked else [row[:-1] for row in told])
    if nash.stays_best is not None:
        console.print("“under”: of all weights that agree with what they ranked, the share under which they accept.")
        console.print(
            f"It stays the best under {nash.stays_best:.0%} of all weights that agree with what people ranked."
        )


def _robust(one: "Standing") -> str:
    return "" if one.robust is None else f"{one.robust:.0%}"


def _show_blockers(found: "Bargain") -> None:
    if not found.blockers:
        return
    console.print("\nThese can't all be had together:")
    for blocker in found.blockers:
        console.print(f"  · {escape(blocker.says)}")
    if found.let_go is not None:
        console.print(f"The least that frees it: {escape('; '.join(found.let_go.says))}.")


def _show_concessions(found: "Bargain") -> None:
    if not found.cheapest_concessions:
        return
    console.print(f"\nFrom the package {'proposed' if found.proposed else 'of the largest total'}, the cheapest yes:")
    for one in found.cheapest_concessions:
        console.print(f"  · {escape(one.says)}")
        if one.instead:
            console.print(f"    [dim]or {escape('; '.join(one.instead))}[/dim]")


def _show_trades(found: "Bargain") -> None:
    if not found.trades:
        return
    console.print("\nTrades of what matters little to one for what matters much to another:")
    for one in found.trades[:TRADES_SHOWN]:
        moves = " and ".join(f"{change.term}: “{change.becomes}” for “{change.was}”" for change in one.changes)
        losers = f"at the cost of {', '.join(one.loses)}" if one.loses else "and nobody loses"
        console.print(escape(f"  · {moves}: {one.first} and {one.second} both gain, {losers}."))
