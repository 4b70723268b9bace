"""Which columns each list is taken away with, and what they mean."""

from collections.abc import Iterable
from datetime import date

from winward.faces.exports.forest import Forest, ForestRow, Mark
from winward.faces.exports.tables import Column, Table
from winward.usecases.compare import ComparedParts, ComparedTheme, Within
from winward.usecases.list_deals import DealRow
from winward.usecases.list_themes import Themes
from winward.usecases.over_time import OverTime, ThemeOverTime
from winward.usecases.quotes import Quote
from winward.usecases.theme_rows import COSTS, HELPS, NOT_WEIGHED, UNCLEAR, ThemeRow

SIMILAR = "Win rate in deals where it came up less that of similar deals where it did not"
ADJUSTED = "adjusted for segment, region, product, size, seller, competitor, age and how much was recorded"
ASSOCIATED = "Associated with the outcome, which is not the same as its cause."
INTERVAL = "90% interval: in nine of ten cases the truth lies inside"
GROUPS = {
    COSTS: "Associated with losing",
    HELPS: "Associated with winning",
    UNCLEAR: "Can’t tell yet",
    NOT_WEIGHED: "Not weighed yet",
}


def themes_table(found: Themes) -> Table[ThemeRow]:
    money = f"in {found.currency}"
    columns: tuple[Column[ThemeRow], ...] = (
        Column("theme", "text", "The theme's name", lambda row: row.title),
        Column("owner", "text", "Who looks after it", lambda row: row.owner),
        Column("verdict", "text", "costs, helps or can't tell, false findings held down", lambda row: row.verdict),
        Column("accounts", "count", "Accounts that spoke of it", lambda row: row.accounts),
        Column("won with it", "count", "Won deals where it came up before the outcome", lambda row: row.won_with),
        Column("lost with it", "count", "Lost deals where it came up before the outcome", lambda row: row.lost_with),
        Column("won without", "count", "Won deals where it did not", lambda row: row.won_without),
        Column("lost without", "count", "Lost deals where it did not", lambda row: row.lost_without),
        Column("unadjusted difference", "share", "Plain difference of the win rates", lambda row: row.raw_difference),
        Column("difference", "share", f"{SIMILAR}, {ADJUSTED}", lambda row: row.difference),
        Column("difference, low", "share", INTERVAL, lambda row: row.low),
        Column("difference, high", "share", INTERVAL, lambda row: row.high),
        Column("more deals needed", "count", "To see 10 points four times in five", lambda row: row.more_deals),
        Column("lost value", "money", f"Lost revenue that goes with it, {money}", lambda row: row.lost_value),
        Column("lost value, low", "money", INTERVAL, lambda row: row.lost_value_low),
        Column("lost value, high", "money", INTERVAL, lambda row: row.lost_value_high),
        Column("lost, recurring", "money", "What of it comes again every year", lambda row: row.lost_recurring),
        Column("lost, one-off", "money", "What of it comes once", lambda row: row.lost_one_off),
        Column("open deals", "count", "Open deals where it came up", lambda row: row.open_deals),
        Column("open value", "money", f"Their value, {money}", lambda row: row.open_value),
        Column("signals", "count", "How often it was said", lambda row: row.signals),
        Column("said after the outcome", "count", "Kept apart: not counted elsewhere", lambda row: row.signals_after),
        Column("in words", "text", "The same as a sentence", lambda row: row.sentence),
    )
    return Table("themes", columns, found.rows, (*_about(found), ASSOCIATED))


def themes_forest(found: Themes) -> Forest:
    rows: list[ForestRow] = []
    for verdict, title in GROUPS.items():
        of_it = [row for row in found.rows if row.verdict == verdict]
        if of_it and verdict != NOT_WEIGHED:
            rows += [ForestRow(title), *(ForestRow(row.title, (_mark(row),)) for row in of_it)]
    heading = "Win rate beside similar deals, in percentage points"
    return Forest(found.sentence, (heading,), tuple(rows), (*_about(found), ASSOCIATED))


def _mark(row: ThemeRow) -> Mark:
    return Mark(row.low, row.difference, row.high, row.verdict, f"{row.won_with} / {row.lost_with}")


def _about(found: Themes) -> tuple[str, ...]:
    of = found.weighing
    if of is None:
        return (found.sentence,)
    which = f"Of the deals: {found.asked}. " if found.asked else ""
    amounts = f"Of {of.lost_value:,.0f} {found.currency} lost, {of.unexplained:,.0f} goes to no theme."
    silent = f" {of.unvalued_deals} lost deals have no amount." if of.unvalued_deals else ""
    return (f"{which}From {of.won} won and {of.lost} lost deals. {amounts}{silent} {of.note}".strip(),)


def comparison_table(found: ComparedParts) -> Table[ComparedTheme]:
    columns: list[Column[ComparedTheme]] = [Column("theme", "text", "The theme's name", lambda row: row.title)]
    for at, side in enumerate(found.sides):
        columns += _columns_within(side.name, at)
    columns += [
        Column("change", "share", "The second's difference less the first's", lambda row: row.change),
        Column("change, low", "share", INTERVAL, lambda row: row.low),
        Column("change, high", "share", INTERVAL, lambda row: row.high),
        Column("turn", "text", "costs more or less in the second, or can't tell", lambda row: row.turn),
        Column("in words", "text", "The same as a sentence", lambda row: row.sentence),
    ]
    return Table("comparison", tuple(columns), found.rows, (found.sentence, *_rates(found), ASSOCIATED))


def comparison_forest(found: ComparedParts) -> Forest:
    rows: list[ForestRow] = []
    for title, clear in (("Differ beyond chance", True), ("Can’t tell", False)):
        of_it = [row for row in found.rows if (row.turn != "can't tell") == clear]
        rows += [ForestRow(title)] if of_it else []
        rows += [ForestRow(row.title, (_within_mark(row.first), _within_mark(row.second))) for row in of_it]
    names = tuple(side.name for side in found.sides)
    note = "Win rate beside similar deals, in percentage points, with 90% intervals."
    return Forest(found.sentence, names or ("",), tuple(rows), (note, *_rates(found), ASSOCIATED))


def _within_mark(of: Within) -> Mark:
    return Mark(of.low, of.difference, of.high, of.verdict, f"{of.won} / {of.lost}")


def _rates(found: ComparedParts) -> tuple[str, ...]:
    return tuple(f"{side.name}: won {side.won} of {side.closed} closed deals." for side in found.sides)


def _columns_within(name: str, at: int) -> list[Column[ComparedTheme]]:
    def of(row: ComparedTheme) -> Within:
        return (row.first, row.second)[at]

    return [
        Column(f"{name}: won with it", "count", "Won deals where it came up", lambda row: of(row).won),
        Column(f"{name}: lost with it", "count", "Lost deals where it came up", lambda row: of(row).lost),
        Column(f"{name}: difference", "share", f"{SIMILAR}, {ADJUSTED}", lambda row: of(row).difference),
        Column(f"{name}: low", "share", INTERVAL, lambda row: of(row).low),
        Column(f"{name}: high", "share", INTERVAL, lambda row: of(row).high),
    ]


def over_time_table(found: OverTime) -> Table[tuple[ThemeOverTime, int]]:
    """A row a theme and period."""
    Pair = tuple[ThemeOverTime, int]
    columns: tuple[Column[Pair], ...] = (
        Column("theme", "text", "The theme's name", lambda row: row[0].title),
        Column("period", "text", "When the deals were decided", lambda row: found.periods[row[1]].name),
        Column("won with it", "count", "Won deals where it came up", lambda row: row[0].periods[row[1]].won),
        Column("lost with it", "count", "Lost deals where it came up", lambda row: row[0].periods[row[1]].lost),
        Column("difference", "share", f"{SIMILAR}, {ADJUSTED}", lambda row: row[0].periods[row[1]].difference),
        Column("difference, low", "share", INTERVAL, lambda row: row[0].periods[row[1]].low),
        Column("difference, high", "share", INTERVAL, lambda row: row[0].periods[row[1]].high),
        Column("turn", "text", "more or less than it did, or can't tell", lambda row: row[0].turn),
        Column("in words", "text", "Whether it changed", lambda row: row[0].sentence),
    )
    rows = ((row, at) for row in found.rows for at in range(len(found.periods)))
    return Table("over-time", columns, rows, (found.sentence, ASSOCIATED))


def deals_table(rows: Iterable[DealRow], currency: str) -> Table[DealRow]:
    columns: tuple[Column[DealRow], ...] = (
        Column("id", "text", "As the CRM has it", lambda row: row.reference),
        Column("deal", "text", "Its name", lambda row: row.name),
        Column("account", "text", "Whose it is", lambda row: row.account),
        Column("state", "text", "open, won or lost", lambda row: row.state),
        Column("stage", "text", "As the CRM has it", lambda row: row.stage),
        Column("value", "money", f"In {currency}; empty where amount or rate is missing", lambda row: row.value),
        Column("note on the value", "text", "Why it is missing, or how it was converted", lambda row: row.value_note),
        Column("closing", "day", "The day it was decided, or is to be", lambda row: row.closed_on),
        Column("segment", "text", "As the CRM has it", lambda row: row.segment),
        Column("seller", "text", "Who owns it", lambda row: row.owner),
        Column("competitor", "text", "As the CRM has it", lambda row: row.competitor),
        Column("stated reason", "text", "As the CRM has it", lambda row: row.stated_reason),
    )
    return Table("deals", columns, rows, ("Deals as the list shows them, the newest closing first.",))


def signals_table(rows: Iterable[Quote]) -> Table[Quote]:
    columns: tuple[Column[Quote], ...] = (
        Column("signal", "count", "Its number", lambda row: row.signal),
        Column("kind", "text", "What it is", lambda row: row.kind),
        Column("words", "text", "Verbatim", lambda row: row.words),
        Column("speaker", "text", "Who said it", lambda row: row.speaker),
        Column("role", "text", "What they are at their company", lambda row: row.role),
        Column("side", "text", "customer or us", lambda row: row.side),
        Column("strength", "share", "How much hangs on it, 0 to 100%", lambda row: row.strength),
        Column("account", "text", "Whose it is", lambda row: row.account),
        Column("deal", "text", "In which deal", lambda row: row.deal),
        Column("deal's state", "text", "open, won or lost", lambda row: row.deal_state),
        Column("document", "text", "Where it was said", lambda row: row.document),
        Column("day", "day", "When", lambda row: _day(row)),
        Column("theme", "text", "What it belongs to", lambda row: row.theme),
    )
    return Table("signals", columns, rows, ("Signals as the list shows them, the newest read first.",))


def _day(quote: Quote) -> date | None:
    return quote.happened_at.date() if quote.happened_at else None
