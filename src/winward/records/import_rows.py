"""How an import is followed: its row, its problems, and the mapping that it confirmed."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils import timezone

from winward.records.bulk import Landed
from winward.records.imports import Import, ImportProblem, SavedMapping, Source

# A file whose every row is wrong must not fill the store with the same sentence.
MOST_PROBLEMS_KEPT = 5_000


class ProblemLike(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def reason(self) -> str: ...


def source(name: str) -> Source:
    return Source.objects.get_or_create(name=name)[0]


def announce(file: str, by: str) -> int:
    """A file that waits for its turn, in the row of its last import if it had one. Returns the Import's id."""
    entry = Import.objects.filter(file=file).order_by("-started_at").first() or Import(file=file)
    entry.state, entry.by, entry.message, entry.started_at = Import.State.WAITING, by, "", timezone.now()
    entry.save()
    return entry.pk


def begin(source_id: int, file: str, kind: str, by: str) -> int:
    """The file's one row, as its import begins: last time's counts and problems give way to this time's."""
    rows = Import.objects.filter(file=file)
    entry = (
        rows.filter(state=Import.State.WAITING).first() or rows.filter(source_id=source_id).first() or Import(file=file)
    )
    # What waited was perhaps of another source when it last came in.
    rows.filter(source_id=source_id).exclude(pk=entry.pk).delete()
    fresh: dict[str, Any] = {
        "source_id": source_id, "kind": kind, "state": Import.State.RUNNING, "message": "", "done": 0, "added": 0,
        "changed": 0, "problems": 0, "by": by, "started_at": timezone.now(), "finished_at": None,
    }  # fmt: skip
    for name, value in fresh.items():
        setattr(entry, name, value)
    entry.save()
    ImportProblem.objects.filter(brought_by=entry).delete()
    return entry.pk


def note(entry: int, read: int, landed: Landed, problems: Sequence[ProblemLike]) -> None:
    """How far the import is, and the problems of the last chunk."""
    kept = Import.objects.get(pk=entry).problems
    room = max(MOST_PROBLEMS_KEPT - kept, 0)
    ImportProblem.objects.bulk_create(
        ImportProblem(brought_by_id=entry, file=p.file, row=p.row, column=p.column, reason=p.reason)
        for p in problems[:room]
    )
    Import.objects.filter(pk=entry).update(
        done=read, added=landed.added, changed=landed.changed, problems=kept + len(problems)
    )


def end(entry: int, state: str, message: str) -> None:
    Import.objects.filter(pk=entry).update(state=state, message=message, finished_at=timezone.now())


def saved_mapping(signature: str) -> dict[str, Any] | None:
    found = SavedMapping.objects.filter(signature=signature).first()
    return found.mapping if found else None


def save_mapping(signature: str, mapping: dict[str, Any]) -> None:
    SavedMapping.objects.update_or_create(signature=signature, defaults={"mapping": mapping})
