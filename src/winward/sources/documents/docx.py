"""Word files (DOCX), through mammoth: paragraphs and tables' rows, then speakers' turns as in plain text."""

from collections.abc import Iterator
from typing import Any

import mammoth  # type: ignore[import-untyped]

from winward.sources.documents import front_matter, text
from winward.sources.documents.html import text_of_page
from winward.sources.documents.source_file import SourceFile
from winward.sources.evidence import Document, Problem
from winward.sources.limits import Unreadable, check_single_document


def read(file: SourceFile) -> Iterator[Document | Problem]:
    check_single_document(file.path)
    said, words = front_matter.split(text_of_page(_markup(file)))
    yield text.document_of(file, said, words)


def _markup(file: SourceFile) -> str:
    """mammoth fails in many ways on a damaged file (KeyError, ExpatError …): each means the same here."""
    try:
        with file.path.open("rb") as opened:
            return str(mammoth.convert_to_html(opened, convert_image=mammoth.images.img_element(_no_picture)).value)
    except Exception as error:
        raise Unreadable(f"{file.path.name} is a damaged Word file ({error}); save it again.") from error


def _no_picture(_image: Any) -> dict[str, str]:
    return {}
