"""What is refused before a byte of it is believed: nothing, too much, and archives that unpack to too much."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

LARGEST_FILE = 2 * 1024**3
# One transcript, page or paper; what holds many documents (JSON, JSONL, MBOX) streams and may be as large as any file.
LARGEST_SINGLE_DOCUMENT = 100 * 1024**2
LARGEST_MESSAGE = 50 * 1024**2
LARGEST_RECORD = 200 * 1024**2
MOST_ARCHIVE_ENTRIES = 200_000
LARGEST_UNPACKED = 4 * 1024**3
# Office files and chat exports shrink to a twentieth, one word repeated to a hundredth; bombs to a thousandth.
HIGHEST_UNPACKING_RATIO = 200
# Below this an archive can do no harm, whatever its ratio.
HARMLESS_UNPACKED = 20 * 1024**2
MOST_PDF_PAGES = 2_000
# A longer list of turns becomes several documents, so that memory stays steady.
MOST_TURNS = 20_000


class Unreadable(Exception):
    """The whole file can't be taken in: one sentence that names the file and says what to do."""


def check_file(path: Path) -> None:
    """Refuses what is no file, is empty, or is larger than LARGEST_FILE. Raises Unreadable."""
    if not path.exists():
        raise Unreadable(f"{path.name} does not exist; check the path.")
    if not path.is_file():
        raise Unreadable(f"{path.name} is not a file; name the files in it.")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(f"{path.name} is empty; export it again.")
    if size > LARGEST_FILE:
        raise Unreadable(
            f"{path.name} has {_gigabytes(size)}, more than the {_gigabytes(LARGEST_FILE)} allowed; split it."
        )


def check_single_document(path: Path) -> None:
    """Refuses a file that is too large to be one document. Raises Unreadable."""
    size = path.stat().st_size
    if size > LARGEST_SINGLE_DOCUMENT:
        allowed = f"{LARGEST_SINGLE_DOCUMENT // 1024**2} MB"
        raise Unreadable(f"{path.name} is larger than the {allowed} allowed for one document; split it.")


def check_archive(path: Path) -> None:
    """Refuses a ZIP, DOCX or XLSX that is broken, locked or would unpack to too much. Reads only its table of contents.

    Declared sizes can be believed here: zipfile never unpacks an entry beyond the size that it declares.
    Raises Unreadable.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"{path.name} is a damaged archive ({error}); export it again.") from error
    if len(entries) > MOST_ARCHIVE_ENTRIES:
        raise Unreadable(
            f"{path.name} holds {len(entries):,} files, more than the {MOST_ARCHIVE_ENTRIES:,} allowed; split it."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(f"{path.name} is locked with a password; save it without one.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable(
            f"{path.name} would unpack to {_gigabytes(unpacked)}, more than the {_gigabytes(LARGEST_UNPACKED)} allowed."
        )
    packed = max(1, min(path.stat().st_size, sum(entry.compress_size for entry in entries)))
    if unpacked > HARMLESS_UNPACKED and unpacked / packed > HIGHEST_UNPACKING_RATIO:
        raise Unreadable(
            f"{path.name} would unpack to {unpacked // packed} times its size, as only a zip bomb does; leave it out."
        )


def _gigabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB"
