"""One import: how far it is, and the rows in it that could not be read."""

from dataclasses import dataclass

from winward.records.imports import Import, ImportProblem
from winward.records.runs import Run
from winward.usecases.list_sources import ImportRow, import_row
from winward.usecases.quotes import NotFound
from winward.usecases.show_home import RunState, run_state

PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """row counts from 1 as a spreadsheet shows it; 0 when the whole file is meant."""

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """problems: the first 500."""

    row: ImportRow
    finished: bool
    problems: tuple[ProblemRow, ...]


def show_import(import_id: int) -> ImportPage:
    """Raises NotFound."""
    found = Import.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFound(f"There is no import {import_id}.")
    rows = ImportProblem.objects.filter(brought_by=found).order_by("id")[:PROBLEMS]
    problems = tuple(ProblemRow(one.file, one.row, one.column, one.reason) for one in rows)
    return ImportPage(import_row(found), found.state in (Import.State.DONE, Import.State.FAILED), problems)


def show_run(run_id: int) -> RunState:
    """Raises NotFound."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound(f"There is no run {run_id}.")
    return run_state(run)
