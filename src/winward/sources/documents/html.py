"""HTML pages and HTML inside other exports: readable paragraphs, with quoted mail and signatures marked."""

import re
from collections.abc import Iterator
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from winward.sources.documents import front_matter, text
from winward.sources.documents.dates import moment
from winward.sources.documents.decoding import clean, read_text
from winward.sources.documents.front_matter import FrontMatter
from winward.sources.documents.source_file import SourceFile
from winward.sources.evidence import Document, Problem
from winward.sources.limits import check_single_document

BLOCKS = (
    "address, article, aside, blockquote, dd, div, dl, dt, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, "
    "header, hr, li, main, ol, p, pre, section, table, tr, ul"
)
NOT_WORDS = "script, style, noscript, template, iframe, svg, head"
NOT_CONTENT = "nav, header, footer, aside, form"
QUOTED = "blockquote, .gmail_quote, .yahoo_quoted, #divRplyFwdMsg, #appendonsend ~ *"
SIGNATURE = ".gmail_signature, #Signature"
# Private-use characters stand for breaks while the tree is flattened; none of them can be left in the text.
PARAGRAPH, LINE, OPEN_QUOTE, CLOSE_QUOTE, SIGNED = "\ue000\ue001\ue002\ue003\ue004"
MARKS = re.compile("[\ue000-\ue004]")


def read(file: SourceFile) -> Iterator[Document | Problem]:
    """One document of the whole page, without its navigation, header and footer."""
    check_single_document(file.path)
    page = LexborHTMLParser(MARKS.sub("", read_text(file.path)))
    head = FrontMatter(title=_title(page), date=_date(page))
    page.strip_tags([tag.strip() for tag in NOT_CONTENT.split(",")], recursive=True)
    said, words = front_matter.split(_flattened(page, mail=False))
    yield text.document_of(file, said.or_else(head), words)


def text_of(markup: str) -> str:
    """The words of a piece of HTML: blank lines between paragraphs, `>` before quoted mail, `-- ` before signatures.

    Text without any tag comes back as it is.
    """
    if not re.search(r"<[a-zA-Z!/]|&[a-z#]", markup):
        return clean(markup)
    return _flattened(LexborHTMLParser(MARKS.sub("", markup)), mail=True)


def text_of_page(markup: str) -> str:
    """As `text_of`, but a page's own: block quotes are part of it."""
    return _flattened(LexborHTMLParser(MARKS.sub("", markup)), mail=False)


def _flattened(page: LexborHTMLParser, mail: bool) -> str:
    page.strip_tags([tag.strip() for tag in NOT_WORDS.split(",")], recursive=True)
    for node in page.css("br"):
        node.insert_before(LINE)
    if mail:
        for node in page.css(QUOTED):
            node.insert_before(OPEN_QUOTE)
            node.insert_after(CLOSE_QUOTE)
        for node in page.css(SIGNATURE):
            node.insert_before(SIGNED)
    for node in page.css(BLOCKS):
        node.insert_before(PARAGRAPH)
        node.insert_after(PARAGRAPH)
    for node in page.css("td, th"):
        node.insert_after(" ")
    return clean("\n\n".join(_paragraphs(page.body.text() if page.body else "")))


def _paragraphs(flat: str) -> Iterator[str]:
    depth = 0
    for piece in re.split("([\ue000\ue002\ue003\ue004])", re.sub(r"\s+", " ", flat)):
        depth = max(0, depth + {OPEN_QUOTE: 1, CLOSE_QUOTE: -1}.get(piece, 0))
        if piece == SIGNED:
            yield "-- "
        elif (
            words := "\n".join(line.strip() for line in piece.split(LINE)).strip() if not MARKS.fullmatch(piece) else ""
        ):
            yield re.sub("^", "> ", words, flags=re.MULTILINE) if depth else words


def _title(page: LexborHTMLParser) -> str:
    node = page.css_first("title")
    return clean(node.text()).strip() if node else ""


def _date(page: LexborHTMLParser) -> datetime | None:
    places = 'meta[name="date"], meta[property="article:published_time"], time[datetime]'
    node = page.css_first(places)
    return moment(node.attributes.get("content") or node.attributes.get("datetime")) if node else None
