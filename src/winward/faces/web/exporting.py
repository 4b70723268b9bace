"""An export as an answer to a browser."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from winward.faces.exports.csv_file import csv_lines
from winward.faces.exports.files import PICTURES, TYPES, picture_bytes
from winward.faces.exports.forest import Forest
from winward.faces.exports.tables import Table
from winward.faces.exports.xlsx_file import write_xlsx


def exported(
    ending: str, table: Callable[[], Table[Any]], picture: Callable[[], Forest] | None = None
) -> HttpResponseBase:
    """A long table streams: CSV line by line, a workbook from a file on disk. 404 for an ending that there isn't."""
    if ending not in TYPES or (ending in PICTURES and not picture):
        raise Http404(f"There is no export that ends in .{ending}.")
    made = table()
    answer = _picture(ending, picture()) if picture and ending in PICTURES else _table(ending, made)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}.{ending}"'
    return answer


def _picture(ending: str, drawn: Forest) -> HttpResponseBase:
    return HttpResponse(picture_bytes(ending, drawn), content_type=TYPES[ending])


def _table(ending: str, table: Table[Any]) -> HttpResponseBase:
    if ending == "csv":
        return StreamingHttpResponse(csv_lines(table), content_type=TYPES[ending])
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_xlsx(table, file, timezone.localdate())
    file.seek(0)
    return FileResponse(file, content_type=TYPES[ending])
