"""Who answers for what, and how we do against whom."""

from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.looking import print_quotes, shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, interval, percent, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winward.usecases.matchups import Matchup, Rate, TypicalTheme


def register(app: typer.Typer) -> None:
    app.command()(rivals)


def rivals(context: typer.Context, json: Json = False) -> None:
    """How we do against each rival, and names heard in talk that may be rivals'."""
    open_workspace(context.obj)
    from winward.usecases.rivals import list_rivals

    found = shown(context, list_rivals, json)
    console.print(escape(f"{found.matchups.sentence} {found.matchups.note}".strip()))
    _print_matchups(found.matchups.rows, found.matchups.without)
    _print_typical(found.matchups.typical)
    columns = [("perhaps a rival", LEFT), ("quotes", RIGHT), ("accounts", RIGHT)]
    print_table(columns, [(one.name, f"{one.quotes:,}", f"{one.accounts:,}") for one in found.suggested])
    console.print("One of them: winward rival NAME --show")
    console.print("Say what a name is with: winward rival NAME, or winward rival NAME --none")


def show_rival(context: typer.Context, name: str, json: bool) -> None:
    from winward.usecases.show_rival import show_rival as one_rival

    found = shown(context, lambda: one_rival(name), json)
    console.print(f"[bold]{escape(found.matchup.name)}[/bold]\n{escape(found.matchup.sentence)}")
    for part, rates in (("segment", found.segments), ("half-year", found.halves)):
        print_table([(part, LEFT), *RATE_COLUMNS], [(rate.name, *_rate(rate)) for rate in rates])
    _print_typical(found.themes)
    for heading, quotes in (("Said where we won:", found.won_on), ("Said where we lost:", found.lost_on)):
        if quotes:
            console.print(heading)
            print_quotes(quotes)


RATE_COLUMNS = [("won", RIGHT), ("lost", RIGHT), ("win rate", RIGHT), ("90% between", RIGHT)]


def _rate(rate: "Rate | Matchup") -> tuple[str, str, str, str]:
    if not rate.won + rate.lost or rate.rate is None or rate.low is None or rate.high is None:
        return "0", "0", "–", "–"
    return f"{rate.won:,}", f"{rate.lost:,}", f"{rate.rate:.0%}", f"{rate.low:.0%} … {rate.high:.0%}"


def _print_matchups(rows: "Sequence[Matchup]", without: "Rate") -> None:
    columns = [("rival", LEFT), *RATE_COLUMNS, ("beside similar deals", RIGHT), ("verdict", LEFT), ("open", RIGHT)]
    against = [
        (row.name, *_rate(row), interval(row.difference_low, row.difference_high), row.verdict, f"{row.open:,}")
        for row in rows
    ]
    if against:
        print_table(columns, [*against, (without.name, *_rate(without), "", "", "")])


def _print_typical(themes: "Sequence[TypicalTheme]") -> None:
    columns = [("theme", LEFT), ("against", LEFT), ("here", RIGHT), ("others", RIGHT), ("points", RIGHT),
               ("90% between", RIGHT), ("comes up", LEFT)]  # fmt: skip
    rows = [
        (one.theme, one.rival, f"{one.here} of {one.deals}", f"{one.elsewhere} of {one.others}",
         percent(one.difference), interval(one.low, one.high), one.verdict)
        for one in themes
    ]  # fmt: skip
    print_table(columns, rows)
