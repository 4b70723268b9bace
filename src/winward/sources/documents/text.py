"""Plain text and Markdown: front matter, then speakers' turns or paragraphs."""

from collections.abc import Iterator

from winward.sources.documents import front_matter
from winward.sources.documents.decoding import read_text
from winward.sources.documents.front_matter import FrontMatter
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.speakers import turns_of
from winward.sources.documents.turns import sided
from winward.sources.evidence import Document, Problem
from winward.sources.limits import Unreadable, check_single_document


def read(file: SourceFile) -> Iterator[Document | Problem]:
    check_single_document(file.path)
    said, text = front_matter.split(read_text(file.path))
    yield document_of(file, said, text)


def document_of(file: SourceFile, said: FrontMatter, text: str) -> Document:
    """The document of a file whose text is known. Raises Unreadable where the text has no words."""
    turns = sided(turns_of(text), said.participants)
    if not turns:
        raise Unreadable(f"{file.path.name} holds no words; export it again.")
    return Document(
        external_id=file.name,
        kind=said.kind or file.kind("meeting" if any(turn.speaker for turn in turns) else "note"),
        title=said.title or file.title,
        turns=turns,
        happened_at=said.date or file.date,
        participants=said.participants,
        account=said.account,
        deal=said.deal,
        file=file.name,
    )
