"""PDF, through pdfminer: its text boxes as paragraphs, lines joined that the page's width had broken."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from pdfminer.pdfdocument import PDFPasswordIncorrect

from winward.sources.documents import front_matter, text
from winward.sources.documents.decoding import clean
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.speakers import split_label
from winward.sources.evidence import Document, Problem
from winward.sources.limits import MOST_PDF_PAGES, Unreadable, check_single_document

# A line this often on pages of its own is a running head or foot, not words of anybody.
RUNNING_SHARE = 0.6


def read(file: SourceFile) -> Iterator[Document | Problem]:
    check_single_document(file.path)
    pages = _pages(file)
    if not any(pages):
        raise Unreadable(
            f"{file.path.name} has no text in it, only pictures of pages; run it through text recognition first."
        )
    said, words = front_matter.split("\n\n".join(_without_running_lines(pages)))
    yield text.document_of(file, said, words)


def _pages(file: SourceFile) -> list[list[str]]:
    """The paragraphs of each page. pdfminer fails in many ways on a damaged file: each means the same here."""
    pages: list[list[str]] = []
    try:
        for page in extract_pages(file.path, maxpages=MOST_PDF_PAGES + 1):
            boxes = (box.get_text() for box in page if isinstance(box, LTTextContainer))
            pages.append([paragraph for box in boxes if (paragraph := _unbroken(clean(box)))])
            if len(pages) > MOST_PDF_PAGES:
                raise Unreadable(f"{file.path.name} has more than {MOST_PDF_PAGES:,} pages; split it.")
    except Unreadable:
        raise
    except PDFPasswordIncorrect as error:
        raise Unreadable(f"{file.path.name} is locked with a password; save it without one.") from error
    except Exception as error:
        raise Unreadable(f"{file.path.name} is a damaged PDF ({error}); export it again.") from error
    return pages


def _unbroken(box: str) -> str:
    """The box's lines joined by spaces; a line with a speaker's name or a front-matter key begins a new one."""
    out: list[str] = []
    for line in (line.strip() for line in box.splitlines()):
        if out and line and not split_label(line) and not front_matter.LINE.match(line):
            out[-1] = f"{out[-1]} {line}"
        elif line:
            out.append(line)
    return "\n".join(out)


def _without_running_lines(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    seen = Counter(key for page in pages for key in {_without_number(paragraph) for paragraph in page})
    for page in pages:
        for paragraph in page:
            if len(pages) < 3 or seen[_without_number(paragraph)] <= RUNNING_SHARE * len(pages):
                yield paragraph


def _without_number(paragraph: str) -> str:
    return re.sub(r"\d+", "#", paragraph)
