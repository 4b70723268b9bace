"""read: a file's signals on the screen, or a folder of shards into a folder of signals, without a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winward.faces.boot import set_up
from winward.faces.cli.screen import LEFT, RIGHT, Json, console, errors, fail, print_json, print_table, progress

if TYPE_CHECKING:
    from winward.usecases.read_folder import FolderRead, How


def register(app: typer.Typer) -> None:
    app.command()(read)


def read(
    file: Annotated[Path | None, typer.Argument(help="A file of any known format.")] = None,
    source: Annotated[
        Path | None, typer.Option("--input", help="A folder of Parquet or JSON lines files with a column text.")
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--output", help="The folder that gets a file of signals for each of them.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="here, pool (processes) or ray (a cluster). Default: pool; here for little.")
    ] = "",
    processes: Annotated[int, typer.Option(min=0, help="Readers side by side. Default: one a core.")] = 0,
    ray_address: Annotated[
        str, typer.Option(help="The running Ray cluster. Default: RAY_ADDRESS, or one started here.")
    ] = "",
    vectors: Annotated[bool, typer.Option("--vectors", help="Keep each signal's sentence vector, too.")] = False,
    json: Json = False,
) -> None:
    """The signals in one file, or in a folder of shards; of a folder only what is new or changed is read."""
    if (file is None) == (source is None) or (source is None) != (target is None):
        fail("Name one file, or a folder with --input and another with --output.", 2)
    if file is not None:
        _read_file(file, json)
    elif source is not None and target is not None:
        _read_folder(source, target, _how(engine, processes, ray_address, vectors), json)


def _read_file(file: Path, json: bool) -> None:
    set_up()
    from winward.sources.limits import Unreadable
    from winward.text_models import default_reader
    from winward.usecases.read_file import read_file

    try:
        found = read_file(file, default_reader())
    except (Unreadable, ValueError) as error:
        fail(str(error))
    except FileNotFoundError as error:
        fail(f"There is no file {error.filename}.")
    if json:
        print_json(found)
        return
    columns = [("kind", LEFT), ("strength", RIGHT), ("side", LEFT), ("speaker", LEFT), ("quote", LEFT)]
    print_table(columns, [(s.kind, f"{s.strength:.2f}", s.side, s.speaker, s.quote) for s in found.signals])
    console.print(f"{len(found.signals):,} signals in {found.passages:,} passages of {found.documents:,} documents.")


def _how(engine: str, processes: int, ray_address: str, vectors: bool) -> "How":
    from winward.usecases.read_folder import ENGINES, How

    known = next((name for name in ENGINES if name == engine), None)
    if engine and not known:
        fail(f"There is no engine {engine!r}; the engines are {', '.join(ENGINES)}.", 2)
    return How(known, processes, ray_address, vectors)


def _read_folder(source: Path, target: Path, how: "How", json: bool) -> None:
    from winward.scale import Stopped
    from winward.text_models import default_reader
    from winward.usecases.read_folder import read_folder

    with progress(quiet=json) as follow:
        try:
            read = read_folder(source, target, default_reader(threads=1), how, follow)
        except (ValueError, Stopped) as error:
            fail(str(error))
    if json:
        print_json(read)
    else:
        _print_folder(read, target)
    if read.failed:
        raise typer.Exit(1)


def _print_folder(read: "FolderRead", target: Path) -> None:
    for sentence in read.failed:
        errors.print(f"[red]✗[/red] {sentence}")
    console.print(
        f"[green]✓[/green] {read.shards - read.unchanged:,} shards read into {target}, {read.unchanged:,} as they "
        f"were; {read.signals:,} signals in {read.passages:,} passages."
    )
    if read.problems:
        console.print(f"{read.problems:,} rows or cells could not be read; they are listed in:")
        for path in read.problems_in:
            console.print(f"  {path}", soft_wrap=True)
