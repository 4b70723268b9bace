"""What every command prints with: tables and progress for people, JSON for programs, one sentence for errors."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from winward.faces.plain import as_json
from winward.usecases.progress import OnProgress

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

LEFT, RIGHT = "left", "right"
WIDE = 8


def print_json(value: Any) -> None:
    typer.echo(as_json(value))


def fail(sentence: str, code: int = 1) -> NoReturn:
    errors.print(f"[red]✗[/red] {escape(sentence)}")
    raise typer.Exit(code)


def print_table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """columns: (heading, LEFT or RIGHT). Without rows nothing is printed."""
    cells = [[escape(cell) for cell in row] for row in rows]
    if not cells:
        return
    # The more columns, the less room is left for names.
    close = len(columns) > WIDE
    table = Table(
        title=title or None, title_justify="left", box=None, pad_edge=False, collapse_padding=close, header_style="bold"
    )
    for heading, side in columns:
        table.add_column(heading, justify=side, overflow="fold")  # type: ignore[arg-type]
    for row in cells:
        table.add_row(*row)
    console.print(table)


@contextmanager
def progress(quiet: bool) -> Iterator[OnProgress]:
    """A bar a step on the error stream, so that it never mixes with what a program reads."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=quiet or not errors.is_terminal) as bars:
        task = bars.add_task("starting", total=None)

        def follow(step: str, done: int, total: int) -> None:
            bars.update(task, description=escape(step), completed=done, total=total or None)

        yield follow


def percent(value: float | None) -> str:
    """In points; what rounds to nothing has no sign."""
    return "–" if value is None else f"{round(100 * value):+d}" if round(100 * value) else "0"


def interval(low: float, high: float) -> str:
    return f"{percent(low)} … {percent(high)}"


def money(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
