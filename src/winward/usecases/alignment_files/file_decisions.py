"""Bringing rows to what a file says: each difference is a decision of its own, and what is wrong is kept by line."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from winward.records import written_rows
from winward.records.action_plans import PlanStep
from winward.records.agreements import Option, Term
from winward.records.written import Written as Row
from winward.sources.yaml_files import FileProblem, Path, Written
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.room.terms import ROOM
from winward.usecases.sentences import listed

Found = TypeVar("Found")
Kept = TypeVar("Kept", bound=Row)
Placed = TypeVar("Placed", Term, Option, PlanStep)


class FileDecisions:
    """whole: the file is the whole truth; what it lacks is taken away. added, changed, removed: what was decided."""

    def __init__(self, written: Written, by: str, whole: bool) -> None:
        self.written, self.by, self.whole = written, by, whole
        self.added: list[Decision] = []
        self.changed: list[Decision] = []
        self.removed: list[Decision] = []
        self.problems: list[FileProblem] = []

    def wrong(self, path: Path, problem: Exception | str) -> None:
        self.problems.append(self.written.problem(path, str(problem)))

    def found(self, path: Path, look: Callable[[], Found], otherwise: Found) -> Found:
        """What a name stands for; where nothing is called so, that is kept as a problem of its line."""
        try:
            return look()
        except ValueError as problem:
            self.wrong(path, problem)
            return otherwise

    def settle(self, table: str, row: Row | None, values: Mapping[str, Any], ties: Mapping[str, Any], what: str) -> int:
        """A row that has these values; ties: what else a new one needs. what: how sentences call it."""
        if row is None:
            number, decision = decide.add(table, {**ties, **values}, self.by, f"From a file: {what}.")
            self.added.append(decision)
            return number
        self.change(table, row.pk, values, what)
        return int(row.pk)

    def change(self, table: str, number: int, values: Mapping[str, Any], what: str) -> None:
        """Only what differs."""
        now = written_rows.read(table, number) or {}
        differing = {column: value for column, value in values.items() if now.get(column) != value}
        if not differing:
            return
        named = listed([column.removesuffix("_id").replace("_", " ") for column in differing])
        decision = decide.change(table, number, differing, self.by, f"From a file: {what}, {named}.")
        if decision is not None:
            self.changed.append(decision)

    def remove(self, table: str, row: Row, what: str) -> None:
        decision = decide.change(table, row.pk, {"removed": True}, self.by, f"Not in the file: {what}.")
        if decision is not None:
            self.removed.append(decision)

    def rows(
        self, table: str, there: Sequence[Kept], given: Sequence[Mapping[str, Any]], key: tuple[str, str],
        settle: Callable[[Kept | None, Mapping[str, Any], int], None],
    ) -> None:  # fmt: skip
        """Settle each row of a list with its place there. key: (column, key in the file) by which rows are told apart;
        of several alike the first goes with the first. Where the file is the whole truth, what is left goes."""
        column, name = key
        waiting = defaultdict[str, list[Kept]](list)
        for row in there:
            waiting[str(getattr(row, column))].append(row)
        for at, fields in enumerate(given):
            alike = waiting[str(fields[name])]
            settle(alike.pop(0) if alike else None, fields, at)
        for row in (row for rows in waiting.values() for row in rows):
            if self.whole:
                self.remove(table, row, str(getattr(row, column)))

    def in_order(self, table: str, rows: Sequence[Placed], names: Sequence[str]) -> None:
        """Those of the file in its order, then the others; nothing is moved where they stand so already."""
        place = {name: at for at, name in enumerate(names)}
        wanted = sorted(rows, key=lambda row: place.get(row.name, len(place)))
        if [row for row in rows if row.name in place] == wanted[: len(names)]:
            return
        for at, row in enumerate(wanted):
            self.change(table, row.pk, {"place": at * ROOM}, f"the place of “{row.name}”")
