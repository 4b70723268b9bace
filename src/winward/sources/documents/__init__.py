"""Documents from files: transcripts, mail, tickets, chats, papers. One file per format; `open_documents` picks it."""

from winward.sources.documents.opening import open_documents
from winward.sources.documents.recognising import SUFFIXES

__all__ = ["SUFFIXES", "open_documents"]
