"""What a command shows, written to files as well."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winward.faces.cli.screen import fail

if TYPE_CHECKING:
    from winward.faces.exports.forest import Forest
    from winward.faces.exports.tables import Table

Csv = Annotated[Path | None, typer.Option("--csv", help="Write the table as CSV.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write the table as a workbook.")]
Svg = Annotated[Path | None, typer.Option("--svg", help="Write the forest plot as SVG.")]
Png = Annotated[Path | None, typer.Option("--png", help="Write the forest plot as PNG.")]
ENDINGS = ("csv", "xlsx", "svg", "png")


def save_files(
    paths: Sequence[Path | None],
    table: "Callable[[], Table[Any]]",
    picture: "Callable[[], Forest] | None" = None,
) -> None:
    """paths: in the order of ENDINGS; each file is what its option says, whatever it is called."""
    from django.utils import timezone

    from winward.faces.exports.files import save

    for ending, path in zip(ENDINGS, paths, strict=False):
        if path is None:
            continue
        try:
            save(path, ending, table, picture, timezone.localdate())
        except OSError as error:
            fail(f"{path} can’t be written: {error.strerror}.")
        except ValueError as error:
            fail(str(error))
