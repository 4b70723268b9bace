"""A mailbox (MBOX) of any size, one message at a time."""

import re
from collections.abc import Iterator

from winward.sources.documents import mail
from winward.sources.documents.source_file import SourceFile
from winward.sources.evidence import Document, Problem
from winward.sources.limits import LARGEST_MESSAGE

# In a mailbox, body lines that begin with From are written with a > before it (RFC 4155, mboxrd).
ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(file: SourceFile) -> Iterator[Document | Problem]:
    """One document a message; the row is the message's number, from 1."""
    for number, raw in enumerate(_messages(file), start=1):
        if len(raw) > LARGEST_MESSAGE:
            yield Problem(
                file.name, number, "", "this message is too large and was left out; take off its attachments."
            )
            continue
        found = mail.document_of(ESCAPED_FROM.sub(rb"\1", raw), file, number)
        yield found if found.turns else Problem(file.name, number, "", "this message has no words and was left out.")


def _messages(file: SourceFile) -> Iterator[bytes]:
    """Each message without its From line; no more than LARGEST_MESSAGE and one line of it are held."""
    held: list[bytes] = []
    size = 0
    after_blank = True
    with file.path.open("rb") as lines:
        while line := lines.readline(LARGEST_MESSAGE):
            if line.startswith(b"From ") and after_blank:
                if held:
                    yield b"".join(held)
                held, size = [], 0
            elif size <= LARGEST_MESSAGE:
                held.append(line)
                size += len(line)
            after_blank = not line.strip()
    if held:
        yield b"".join(held)
