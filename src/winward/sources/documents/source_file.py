"""A file on its way in, and what its name alone says: title, kind, date, and a name that is stable over exports."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from winward.sources.documents.dates import moment_in_name
from winward.sources.evidence import DocumentKind

KIND_WORDS: dict[str, DocumentKind] = {
    "interview": "interview",
    "interviews": "interview",
    "survey": "survey",
    "surveys": "survey",
    "nps": "survey",
    "review": "review",
    "reviews": "review",
    "ticket": "ticket",
    "tickets": "ticket",
    "call": "call",
    "calls": "call",
    "meeting": "meeting",
    "meetings": "meeting",
    "note": "note",
    "notes": "note",
    "email": "email",
    "emails": "email",
    "mail": "email",
    "chat": "message",
    "message": "message",
    "messages": "message",
}
WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """path: where it lies. name: its path relative to what was imported, with forward slashes."""

    path: Path
    name: str

    @property
    def title(self) -> str:
        return re.sub(r"[_\s]+", " ", self.path.stem).strip() or self.path.name

    @property
    def date(self) -> datetime | None:
        return moment_in_name(self.path.name)

    def kind(self, default: DocumentKind, among: tuple[DocumentKind, ...] = ()) -> DocumentKind:
        """The kind that the file's name or else its folder's says; `default` where neither says one of `among`.

        Empty `among` allows every kind.
        """
        for text in (self.path.stem, self.path.parent.name):
            said = (KIND_WORDS[word] for word in WORD.findall(text.lower()) if word in KIND_WORDS)
            if (found := next((kind for kind in said if not among or kind in among), None)) is not None:
                return found
        return default
