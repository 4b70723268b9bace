"""cluster, drivers: the engine on a single file, without a workspace."""

from pathlib import Path
from typing import Annotated, Any

import typer

from winward.faces.boot import set_up
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, interval, percent, print_json, print_table

ROWS_SHOWN = 40


def register(app: typer.Typer) -> None:
    app.command()(cluster)
    app.command()(drivers)


def cluster(
    file: Path,
    column: Annotated[str, typer.Option(help="The column that holds the texts.")] = "",
    json: Json = False,
) -> None:
    """Themes over the texts of a table, without labels."""
    from winward.text_models import EmbeddedModel
    from winward.usecases.cluster_texts import cluster_texts

    found = _tried(cluster_texts, file, column, EmbeddedModel().embed)
    if json:
        print_json(found)
        return
    columns = [("theme", RIGHT), ("texts", RIGHT), ("name", LEFT), ("typical", LEFT)]
    print_table(columns, [(str(t.id), f"{t.size:,}", t.name, t.quotes[0]) for t in found.themes])
    unsorted = sum(row.theme is None for row in found.rows)
    console.print(f"{len(found.themes):,} themes over {len(found.rows):,} texts, {unsorted:,} unsorted.")


def drivers(
    file: Path,
    outcome: Annotated[str, typer.Option(help="The column that says how a deal ended.")],
    won: Annotated[str, typer.Option(help="Its value for a won deal. Default: told by the usual labels.")] = "",
    amount: Annotated[str, typer.Option(help="The column of amounts, kept out of the factors.")] = "",
    json: Json = False,
) -> None:
    """What goes with winning and losing in any deal file, or that the data can't tell."""
    from winward.usecases.find_drivers import find_drivers

    found = _tried(find_drivers, file, outcome, won, amount)
    if json:
        print_json(found)
        return
    columns = [
        ("factor", LEFT), ("level", LEFT), ("deals", RIGHT), ("won", RIGHT), ("raw", RIGHT), ("points", RIGHT),
        ("90% between", RIGHT), ("verdict", LEFT),
    ]  # fmt: skip
    shown = sorted(found.factors, key=lambda f: (f.verdict == "can't tell", f.difference))[:ROWS_SHOWN]
    rows = [
        (f.factor, f.level, f"{f.deals:,}", f"{f.won:,}", percent(f.raw_difference), percent(f.difference),
         interval(f.low, f.high), f.verdict)
        for f in shown
    ]  # fmt: skip
    print_table(columns, rows)
    for sentence in found.notes:
        console.print(sentence)


def _tried(verb: Any, *arguments: Any) -> Any:
    from winward.sources.limits import Unreadable

    set_up()
    try:
        return verb(*arguments)
    except (Unreadable, ValueError) as error:
        fail(str(error))
    except FileNotFoundError as error:
        fail(f"There is no file {error.filename}.")
