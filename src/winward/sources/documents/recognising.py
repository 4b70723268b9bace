"""Which format a file has, by its first bytes, and by its suffix where the bytes could be several."""

import re
from pathlib import Path
from zipfile import ZipFile

from winward.sources.documents.decoding import SAMPLE_BYTES, UNSTORABLE, encoding_of
from winward.sources.limits import Unreadable, check_archive

PAPERS = (".txt", ".text", ".md", ".markdown", ".docx", ".pdf", ".html", ".htm")
SUFFIXES = frozenset((*PAPERS, ".vtt", ".srt", ".json", ".jsonl", ".ndjson", ".eml", ".mbox", ".zip"))
TEXT_SUFFIXES = frozenset((".txt", ".text", ".md", ".markdown", ""))
TABLE_SUFFIXES = frozenset((".csv", ".tsv", ".xlsx", ".xls", ".xlsb", ".ods"))
# Magic numbers of what people drop in by mistake, and what to do with each.
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "is an old Office file; save it as .docx or .xlsx"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
    (b"7z\xbc\xaf", "is compressed; unpack it first"),
    (b"Rar!", "is compressed; unpack it first"),
    (b"\x89PNG", "is a picture; give the text instead"),
    (b"\xff\xd8\xff", "is a picture; give the text instead"),
    (b"GIF8", "is a picture; give the text instead"),
    (b"ID3", "is a recording; give its transcript instead"),
    (b"RIFF", "is a recording; give its transcript instead"),
    (b"OggS", "is a recording; give its transcript instead"),
)
SRT = re.compile(r"\s*(?:\d+[ \t]*\n\s*)?(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->")
HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):[ \t]*\S?", re.MULTILINE)
MAIL_HEADERS = frozenset(("message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"))
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Text has a stray control character at most; a picture or a program has one in ten.
MOST_CONTROL_CHARACTERS = 0.02
STRAY_CONTROL_CHARACTERS = 8


def format_of(path: Path) -> str:
    """One of vtt, srt, json, text, html, eml, mbox, docx, pdf, slack. Raises Unreadable for anything else."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if foreign := next((advice for magic, advice in FOREIGN if head.startswith(magic)), None):
        raise Unreadable(f"{path.name} {foreign}.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _of_text(path, head)


def _of_archive(path: Path) -> str:
    check_archive(path)
    with ZipFile(path) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise Unreadable(f"{path.name} is a table; import it with its columns.")
    if any(re.search(r"(?:^|/)\d{4}-\d\d-\d\d\.json$", name) for name in names):
        return "slack"
    raise Unreadable(
        f"{path.name} is an archive of a kind that is not known (Slack exports are); unpack it and import its files."
    )


def _of_text(path: Path, head: bytes) -> str:
    suffix = path.suffix.lower()
    text = head.decode(encoding_of(path), errors="replace").lstrip("\ufeff").replace("\r\n", "\n")
    if len(UNSTORABLE.findall(text)) > STRAY_CONTROL_CHARACTERS + MOST_CONTROL_CHARACTERS * len(text):
        raise Unreadable(f"{path.name} is no text but binary data; give the text instead.")
    if found := _by_content(text, suffix):
        return found
    if suffix in TABLE_SUFFIXES:
        raise Unreadable(f"{path.name} is a table; import it with its columns.")
    if suffix in TEXT_SUFFIXES:
        return "text"
    known = {".htm": "html", ".html": "html", ".eml": "eml", ".mbox": "mbox", ".vtt": "vtt", ".srt": "srt"}
    if suffix in known:
        return known[suffix]
    raise Unreadable(f"{path.name} is of no known type; known are {', '.join(sorted(SUFFIXES))}.")


def _by_content(text: str, suffix: str) -> str:
    if text.startswith("WEBVTT"):
        return "vtt"
    if SRT.match(text):
        return "srt"
    if suffix in (".json", ".jsonl", ".ndjson") or re.match(r'\s*(?:\{\s*["}]|\[\s*[\[{"])', text):
        return "json"
    if HTML.match(text):
        return "html"
    if text.startswith("From ") and _is_mail(text.partition("\n")[2]):
        return "mbox"
    return "eml" if _is_mail(text) else ""


def _is_mail(text: str) -> bool:
    """Whether the lines before the first blank one are headers, among them one that only mail has."""
    block = re.sub(r"\n[ \t]+", " ", text.split("\n\n", 1)[0])
    names = {name.lower() for name in HEADER.findall(block)}
    return "from" in names and bool(names & MAIL_HEADERS)
