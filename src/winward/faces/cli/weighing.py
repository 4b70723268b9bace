"""What themes cost: of all deals or some, beside one another, over time, and what if they no longer did."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from winward.faces.boot import open_workspace
from winward.faces.cli.saving import Csv, Png, Svg, Xlsx, save_files
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, interval, money, percent, print_json, print_table

if TYPE_CHECKING:
    from winward.usecases.compare import ThemeChange, Within
    from winward.usecases.slices import Slice
    from winward.usecases.theme_rows import ThemeRow
    from winward.usecases.what_if import Spared

Value = TypeVar("Value")

Segment = Annotated[str, typer.Option(help="Only deals of this segment.")]
Region = Annotated[str, typer.Option(help="Only deals of this region.")]
Product = Annotated[str, typer.Option(help="Only deals over this product line.")]
Owner = Annotated[str, typer.Option(help="Only deals of this seller.")]
Quarter = Annotated[str, typer.Option(help="Only deals decided in it, such as 2026-Q3; open deals stay.")]
Since = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Decided on this day or later.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Decided on this day or before.")]
Us = Annotated[bool, typer.Option("--us", help="What our side brought up, in place of the customers.")]


def register(app: typer.Typer) -> None:
    for command in (themes, compare, over_time):
        app.command()(command)
    app.command("what-if")(what_if)


def themes(
    context: typer.Context,
    segment: Segment = "",
    region: Region = "",
    product: Product = "",
    owner: Owner = "",
    quarter: Quarter = "",
    since: Since = None,
    until: Until = None,
    us: Us = False,
    csv: Csv = None,
    xlsx: Xlsx = None,
    svg: Svg = None,
    png: Png = None,
    json: Json = False,
) -> None:
    """What costs us deals: every theme by its stake, weighed on all deals or on some."""
    open_workspace(context.obj)
    from winward.faces.exports import lists
    from winward.usecases.list_themes import list_themes

    found = _told(lambda: list_themes(_slice(segment, region, product, owner, quarter, since, until, us)))
    save_files([csv, xlsx, svg, png], lambda: lists.themes_table(found), lambda: lists.themes_forest(found))
    if json:
        print_json(found)
        return
    console.print(found.sentence)
    for verdict, title in lists.GROUPS.items():
        _print_group(title, [row for row in found.rows if row.verdict == verdict], verdict)


def _print_group(title: str, rows: "Sequence[ThemeRow]", verdict: str) -> None:
    """Six columns, so that names keep their room on a screen of eighty."""
    last = "revenue lost" if verdict == "costs" else "deals needed"
    columns = [
        ("", RIGHT), ("theme", LEFT), ("won/lost", RIGHT), ("points (90% between)", LEFT), (last, RIGHT),
        ("open", RIGHT),
    ]  # fmt: skip
    cells = [
        (
            str(row.id),
            row.title,
            f"{row.won_with:,}/{row.lost_with:,}",
            f"{percent(row.difference)} ({interval(row.low, row.high)})",
            money(row.lost_value) if verdict == "costs" else money(row.more_deals),
            money(row.open_value),
        )
        for row in rows
    ]
    print_table(columns, cells, title)


def compare(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="segment, region, product, owner or quarter.")] = "segment",
    a: Annotated[str, typer.Option(help="The first. Default: that with the most closed deals.")] = "",
    b: Annotated[str, typer.Option(help="The second.")] = "",
    csv: Csv = None,
    xlsx: Xlsx = None,
    svg: Svg = None,
    png: Png = None,
    json: Json = False,
) -> None:
    """Two segments, quarters, regions, products or sellers beside each other: which themes cost more in which."""
    open_workspace(context.obj)
    from winward.faces.exports import lists
    from winward.usecases.compare import compare_parts

    name_a, name_b = (name.replace("-Q", " Q") if by == "quarter" else name for name in (a, b))
    found = _told(lambda: compare_parts(by, name_a, name_b))
    save_files([csv, xlsx, svg, png], lambda: lists.comparison_table(found), lambda: lists.comparison_forest(found))
    if json:
        print_json(found)
        return
    console.print(found.sentence)
    columns = [("", RIGHT), ("theme", LEFT), *((side.name, LEFT) for side in found.sides), ("second less first", LEFT)]
    cells = [
        (
            str(row.id),
            row.title,
            _within(row.first),
            _within(row.second),
            _change(row),
        )
        for row in found.rows
    ]
    print_table(columns, cells)


def over_time(
    context: typer.Context, segment: Segment = "", csv: Csv = None, xlsx: Xlsx = None, json: Json = False
) -> None:
    """Whether what each theme costs has changed."""
    open_workspace(context.obj)
    from winward.faces.exports import lists
    from winward.usecases.over_time import over_time as changes
    from winward.usecases.slices import Slice

    found = _told(lambda: changes(Slice(segment=segment)))
    save_files([csv, xlsx], lambda: lists.over_time_table(found), None)
    if json:
        print_json(found)
        return
    console.print(found.sentence)
    columns = [("", RIGHT), ("theme", LEFT), *((period.name, LEFT) for period in found.periods), ("change", LEFT)]
    cells = [
        (
            str(row.id),
            row.title,
            *(percent(one.difference) if one.told else "–" for one in row.periods),
            _change(row),
        )
        for row in found.rows
    ]
    print_table(columns, cells)


def what_if(
    context: typer.Context,
    themes: Annotated[list[str], typer.Argument(help="Themes' numbers, their names, or parts of these.")],
    json: Json = False,
) -> None:
    """What deals would have come to, and open ones may, if these themes no longer cost us anything."""
    open_workspace(context.obj)
    from winward.usecases.shape_themes import theme_called
    from winward.usecases.what_if import what_if as without

    found = _told(lambda: without([theme_called(theme) for theme in themes]))
    if json:
        print_json(found)
        return
    console.print(found.sentence)
    if found.past and found.pipeline:
        columns = [("", LEFT), ("deals", RIGHT), ("more won", RIGHT), (f"more {found.currency}", RIGHT)]
        spans = (("closed " + " to ".join(found.quarters), found.past), ("open now", found.pipeline))
        print_table(columns, [_spared(name, spared) for name, spared in spans])


def _spared(name: str, spared: "Spared") -> Sequence[str]:
    gain = spared.gain
    return (
        name,
        f"{spared.deals:,}",
        f"{gain.deals:.1f} ({gain.deals_low:.1f} … {gain.deals_high:.1f})",
        f"{money(gain.amount)} ({money(gain.amount_low)} … {money(gain.amount_high)})",
    )


def _change(row: "ThemeChange") -> str:
    return f"{percent(row.change)} ({interval(row.low, row.high)})" if row.told else "can't tell"


def _within(of: "Within") -> str:
    told = f"{percent(of.difference)} ({interval(of.low, of.high)})" if of.told else "too few"
    return f"{told}, {of.won}/{of.lost}"


def _slice(
    segment: str,
    region: str,
    product: str,
    owner: str,
    quarter: str,
    since: datetime | None,
    until: datetime | None,
    us: bool,
) -> "Slice":
    from winward.usecases.slices import Slice

    first, last = (moment.date() if moment else None for moment in (since, until))
    return Slice(segment, region, product, owner, quarter.replace("-Q", " Q"), first, last, "us" if us else "")


def _told(verb: Callable[[], Value]) -> Value:
    from winward.usecases.quotes import NotFound

    try:
        return verb()
    except (NotFound, ValueError) as error:
        fail(str(error))
