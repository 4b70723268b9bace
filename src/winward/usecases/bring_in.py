"""import: files into the store. The same file twice adds nothing; a kill in the middle is mended by running again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.db import transaction

from winward.records import import_rows, rate_rows, valuing
from winward.records.bulk import Landed
from winward.records.company import Company
from winward.records.imports import Import
from winward.records.locks import alone
from winward.sources import tables
from winward.sources.documents import SUFFIXES, open_documents
from winward.sources.evidence import CrmRow, Document, Problem
from winward.sources.limits import Unreadable
from winward.sources.money import Rates
from winward.sources.tables import TABLE_SUFFIXES, Table
from winward.sources.tables import Mapping as ColumnMapping
from winward.sources.tables.vocabulary import TableKind
from winward.usecases.crm_intake import DESCRIBED, CrmIntake, settle
from winward.usecases.document_intake import DocumentIntake, Known
from winward.usecases.link_documents import directory_now
from winward.usecases.progress import OnProgress, silent
from winward.usecases.redacting import before_storing

CRM, DOCUMENTS = "CRM", "Documents"
# What others refer to comes first, so that a join by id finds it.
ORDER = ("owners", "products", "rates", "accounts", "contacts", "deals", "stages", "documents")
ROWS_A_CHUNK = 5_000
PASSAGES_A_CHUNK = 10_000

Item = CrmRow | Document | Problem


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """One file's import. message: empty, or why the file as a whole could not be read."""

    file: str
    kind: str
    source: str
    read: int
    added: int
    changed: int
    problems: int
    message: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.message)


@dataclass(frozen=True, slots=True)
class _File:
    """A file found fit to be opened. label: how it is known to the workspace. table, mapping: None for documents.

    said: whether a person said how its columns are read, which is remembered for files with the same headings.
    """

    path: Path
    label: str
    kind: str
    table: Table | None = None
    mapping: ColumnMapping | None = None
    said: bool = False
    message: str = ""


@dataclass(slots=True)
class _Tally:
    read: int = 0
    landed: Landed = field(default_factory=Landed)
    problems: int = 0


def bring_in(
    paths: Sequence[Path],
    overrides: Mapping[str, str] | None = None,
    kind: TableKind | None = None,
    source: str = "",
    by: str = "",
    on_progress: OnProgress = silent,
) -> list[BroughtIn]:
    """Import files and folders, in the order in which they refer to one another.

    overrides: field -> column, for the tables among them. source: the name of the system whose ids these are.
    Raises ValueError for an override that names no field or column.
    """
    with alone("import", on_wait=lambda: on_progress("waiting for another import to end", 0, 0)):
        files = [file for path, root in _walk(paths) for file in _recognise(path, root, overrides or {}, kind)]
        files.sort(key=lambda file: ORDER.index(file.kind) if file.kind in ORDER else len(ORDER))
        # Made when the first document asks, and once for all of them: by then the files that change it have landed.
        known = cache(directory_now)
        return [_bring_in_one(file, source, by, known, on_progress) for file in files]


def _walk(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Every file, with the folder that its label starts from; hidden files and unknown kinds are passed over in
    folders, not where they are named themselves."""
    for path in paths:
        if not path.is_dir():
            yield path, None
            continue
        for inside in sorted(path.rglob("*")):
            known = inside.suffix.lower() in SUFFIXES | TABLE_SUFFIXES
            if inside.is_file() and known and not inside.name.startswith((".", "~")):
                yield inside, path.resolve().parent


def files_in(paths: Iterable[Path]) -> list[Path]:
    return [path for path, _ in _walk(paths)]


def summed(brought: Sequence[BroughtIn]) -> list[BroughtIn]:
    """Files of one kind as one line, but for those with something to say about themselves."""
    quiet = [one for one in brought if not one.problems and not one.failed]
    lines = []
    for kind in dict.fromkeys(one.kind for one in quiet):
        same = [one for one in quiet if one.kind == kind]
        read, added, changed = (sum(getattr(one, name) for one in same) for name in ("read", "added", "changed"))
        lines.append(BroughtIn(f"{len(same):,} files", kind, same[0].source, read, added, changed, 0))
    return lines + [one for one in brought if one.problems or one.failed]


def _recognise(path: Path, root: Path | None, overrides: Mapping[str, str], kind: TableKind | None) -> list[_File]:
    """The file; a workbook is as many as it has filled sheets."""
    path = path.resolve()
    label = path.relative_to(root).as_posix() if root else path.name
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return [_File(path, label, "documents")]
    try:
        found = tables.open_tables(path)
        folder = label.removesuffix(path.name)
        return [_as_table(path, folder + table.name, table, overrides, kind) for table in found]
    except Unreadable as refused:
        return [_File(path, label, "", message=str(refused))]


def _as_table(path: Path, label: str, table: Table, overrides: Mapping[str, str], kind: TableKind | None) -> _File:
    if is_rate_table(table):
        return _File(path, label, "rates", table)
    mapping = mapping_for(table, overrides, kind)
    return _File(path, label, mapping.kind, table, mapping, said=bool(overrides or kind))


def is_rate_table(table: Table) -> bool:
    return {"date", "currency", "rate"} <= {column.strip().lower() for column in table.columns}


def mapping_for(table: Table, overrides: Mapping[str, str], kind: TableKind | None = None) -> ColumnMapping:
    """How the table's columns are read: as a person last said for these headings, unless they say otherwise now.

    What depends on the values (dates with the day or the month first, say) is decided anew for each file.
    """
    saved = None if overrides or kind else import_rows.saved_mapping(tables.signature(table.columns))
    if saved is None:
        return tables.propose_mapping(table, kind=kind, overrides=overrides or None)
    return tables.propose_mapping(table, kind=saved["kind"], overrides=saved["fields"])


def _bring_in_one(file: _File, source: str, by: str, known: Known, on_progress: OnProgress) -> BroughtIn:
    name = source or (DOCUMENTS if file.kind == "documents" or not file.kind else CRM)
    origin = import_rows.source(name)
    entry = import_rows.begin(origin.pk, file.label, file.kind, by)
    tally = _Tally()
    message = file.message
    try:
        if not message:
            _land(file, origin.pk, entry, tally, known, on_progress)
    except Unreadable as refused:
        message = str(refused)
    except Exception as error:
        import_rows.end(entry, Import.State.FAILED, f"{type(error).__name__}: {error}")
        raise
    import_rows.end(entry, Import.State.FAILED if message else Import.State.DONE, message)
    landed = tally.landed
    return BroughtIn(file.label, file.kind, name, tally.read, landed.added, landed.changed, tally.problems, message)


def _land(file: _File, source_id: int, entry: int, tally: _Tally, known: Known, on_progress: OnProgress) -> None:
    if file.kind == "rates":
        _land_rates(file, tally)
        return
    intake = CrmIntake(source_id, file.label)
    documents = DocumentIntake(source_id, known, before_storing())
    for chunk in _chunks(_items(file)):
        with transaction.atomic():
            landed, problems = intake.land([item for item in chunk if not isinstance(item, Document | Problem)])
            landed += documents.land([item for item in chunk if isinstance(item, Document)])
            problems += [item for item in chunk if isinstance(item, Problem)]
            tally.read += sum(not isinstance(item, Problem) for item in chunk)
            tally.landed += landed
            tally.problems += len(problems)
            import_rows.note(entry, tally.read, tally.landed, problems)
        on_progress(f"importing {file.label}", tally.read, 0)
    _after(file)


def _after(file: _File) -> None:
    if file.mapping is not None and file.said:
        import_rows.save_mapping(file.mapping.signature, {"kind": file.kind, "fields": file.mapping.fields})
    if file.kind == "deals":
        valuing.revalue()
    if file.kind in DESCRIBED:
        settle(DESCRIBED[file.kind])


def _items(file: _File) -> Iterator[Item]:
    if file.table is not None and file.mapping is not None:
        return iter(tables.read_table(file.table, file.mapping))
    return iter(open_documents(file.path, file.label))


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    passages = 0
    for item in items:
        chunk.append(item)
        passages += len(item.turns) if isinstance(item, Document) else 0
        if len(chunk) >= ROWS_A_CHUNK or passages >= PASSAGES_A_CHUNK:
            yield chunk
            chunk, passages = [], 0
    if chunk:
        yield chunk


def _land_rates(file: _File, tally: _Tally) -> None:
    try:
        rates = Rates.from_csv(file.path.read_text(encoding="utf-8-sig"), Company.objects.get().currency)
    except ValueError as error:
        raise Unreadable(f"{file.label}: {error}") from error
    rows = [(code, on, rate) for code, dated in rates.dated.items() for on, rate in dated]
    with transaction.atomic():
        tally.landed = rate_rows.save(rows)
        tally.read = len(rows)
        valuing.revalue()
