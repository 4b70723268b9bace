"""Who answers for what, and how we do against whom."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from winward.faces.boot import open_workspace
from winward.faces.cli.looking import print_quotes, shown
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, interval, money, percent, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winward.usecases.accountability import ThemeAnswer
    from winward.usecases.matchups import Matchup, Rate, TypicalTheme


def register(app: typer.Typer) -> None:
    app.command()(rivals)
    app.command()(accountability)


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


def accountability(
    context: typer.Context,
    theme: Annotated[int | None, typer.Option(help="The words behind one theme's numbers.")] = None,
    json: Json = False,
) -> None:
    """Who answers for what: win rate, churn and ticket load by theme and owner, those without an owner first."""
    open_workspace(context.obj)
    from django.utils import timezone

    from winward.usecases.accountability import show_accountability, show_theme_account

    today = timezone.localdate()
    if theme is not None:
        account = shown(context, lambda: show_theme_account(theme, today), json)
        console.print(f"[bold]{escape(account.answer.title)}[/bold] · {escape(account.answer.owner or 'no owner')}")
        for heading, quotes in (("Said before leaving:", account.left), ("Said in tickets:", account.tickets)):
            console.print(heading)
            print_quotes(quotes)
        return
    found = shown(context, lambda: show_accountability(today), json)
    console.print(escape(found.sentence))
    for owner in found.owners:
        totals = f"lost {money(owner.lost_value)}, left {money(owner.churned_value)}, tickets {owner.tickets:.0f}"
        print_table(ANSWER_COLUMNS, map(_answer, owner.themes), title=f"{owner.owner or 'No owner'}: {totals}")


ANSWER_COLUMNS = [
    ("", RIGHT), ("theme", LEFT), ("lost", RIGHT), ("90% between", RIGHT), ("left / stayed", RIGHT),
    ("90% between", RIGHT), ("tickets", RIGHT), ("of all", RIGHT),
]  # fmt: skip


def _answer(one: "ThemeAnswer") -> tuple[str, ...]:
    losses, churn, tickets = one.losses, one.churn, one.tickets
    return (
        str(one.id),
        one.title,
        money(losses.value) if losses and losses.value else "–",
        interval(losses.low, losses.high) if losses else "–",
        f"{churn.left} / {churn.stayed}" if churn else "–",
        interval(churn.low, churn.high) if churn else "–",
        str(tickets.tickets) if tickets else "–",
        f"{tickets.low:.0%} … {tickets.high:.0%}" if tickets else "–",
    )
