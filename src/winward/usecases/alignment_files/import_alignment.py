"""import: bring an initiative's alignment to what a file says, all of it or nothing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from winward.records.agreements import Agreement
from winward.records.initiatives import Initiative, Risk
from winward.records.value_chains import ValueChain
from winward.sources.alignments import read_alignment
from winward.sources.chains import read_chain
from winward.sources.yaml_files import FileProblems
from winward.usecases.alignment_files import alignment_fields as fields
from winward.usecases.alignment_files.alignment_fields import wanted
from winward.usecases.alignment_files.alignment_names import Unknown, theme_named
from winward.usecases.alignment_files.export_alignment import effort_of, rows_of, themes_of
from winward.usecases.alignment_files.file_decisions import FileDecisions
from winward.usecases.alignment_files.import_people import import_people
from winward.usecases.alignment_files.import_plans import import_plans, import_steps
from winward.usecases.alignment_files.import_terms import import_terms
from winward.usecases.decide import Decision
from winward.usecases.initiatives.initiative_rows import existing

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImportedAlignment:
    """initiative: its number, 0 where nothing was kept. added, changed, removed: what was decided, in order."""

    initiative: int
    name: str
    sentence: str
    added: tuple[Decision, ...]
    changed: tuple[Decision, ...]
    removed: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """initiative: which to bring to what the file says; None: the one of the file's name, or a new one. whole: the file
    is the whole truth, and what it lacks is taken away. trial: say what would be decided, and keep nothing of it.
    folder: where files that it names stand. themes: what its names stand for, before those of the workspace."""

    initiative: int | None = None
    whole: bool = False
    trial: bool = False
    folder: Path | None = None
    themes: Mapping[str, int] | None = None


@transaction.atomic
def import_alignment(text: str, name: str, by: str, aim: Aim = Aim()) -> ImportedAlignment:
    """name: the file's, for errors. Raises FileProblems with everything that is wrong, and NotFound; then nothing of
    it is kept."""
    written = read_alignment(text, name)
    decisions = FileDecisions(written, by, aim.whole)
    initiative = _initiative(decisions, written.value, aim)
    _Rest(decisions, initiative, written.value, aim).settle()
    if decisions.problems:
        raise FileProblems(name, decisions.problems)
    transaction.set_rollback(aim.trial)
    return ImportedAlignment(
        0 if aim.trial else initiative.pk, initiative.name, _sentence(decisions, initiative.name, aim.trial),
        tuple(decisions.added), tuple(decisions.changed), tuple(decisions.removed),
    )  # fmt: skip


def _initiative(decisions: FileDecisions, given: Given, aim: Aim) -> Initiative:
    row = existing(aim.initiative) if aim.initiative is not None else _called(decisions, given["name"])
    values = {"name": given["name"], **wanted(given, fields.INITIATIVE, decisions.whole)}
    if "rule" in given or decisions.whole:
        rule = given.get("rule", "all")
        values["may_refuse"] = 0 if rule == "all" else rule["all_but"]
    number = decisions.settle("initiative", row, values, {}, f"“{given['name']}”")
    return existing(number)


def _called(decisions: FileDecisions, name: str) -> Initiative | None:
    found = list(Initiative.objects.filter(name=name, removed=False).order_by("pk"))
    if len(found) > 1:
        decisions.wrong(("name",), f"{len(found)} initiatives are called so; name one by its number: --initiative")
    return found[0] if found else None


class _Rest:
    """What stands in the file below the initiative."""

    def __init__(self, decisions: FileDecisions, initiative: Initiative, given: Given, aim: Aim) -> None:
        self.decisions, self.initiative, self.given, self.aim = decisions, initiative, given, aim

    def settle(self) -> None:
        for part, settle in (
            ("themes", self._themes), ("effort", self._effort), ("terms", self._terms), ("people", self._people),
            ("risks", self._risks), ("steps", self._steps), ("plans", self._plans), ("agreements", self._agreements),
            ("value", self._chains),
        ):  # fmt: skip
            if part in self.given or self.decisions.whole:
                settle()

    def theme(self, name: str | int) -> int:
        """Raises Unknown."""
        known = self.aim.themes or {}
        return known[name] if isinstance(name, str) and name in known else theme_named(name)

    def _themes(self) -> None:
        given = self.given.get("themes", [])
        if given == themes_of(self.initiative):
            return
        looked = [
            self.decisions.found(("themes", at), lambda name=name: self.theme(name), 0)  # type: ignore[misc]
            for at, name in enumerate(given)
        ]
        self._change({"themes": list(dict.fromkeys(filter(None, looked)))})

    def _effort(self) -> None:
        given = self.given.get("effort", {})
        if given != effort_of(self.initiative):
            self._change(
                {"effort": [{"skill": skill, "low": low, "high": high} for skill, (low, high) in given.items()]}
            )

    def _change(self, values: Given) -> None:
        self.decisions.change("initiative", self.initiative.pk, values, f"“{self.initiative.name}”")

    def _terms(self) -> None:
        import_terms(self.decisions, self.initiative, self.given.get("terms", {}))

    def _people(self) -> None:
        import_people(self.decisions, self.initiative, self.given.get("people", {}))

    def _risks(self) -> None:
        def settle(row: Risk | None, risk: Given, at: int) -> None:
            values = wanted(risk, fields.RISK, self.decisions.whole)
            self._settle("risk", row, values, f"the risk “{risk['what']}”")

        rows = rows_of(Risk, self.initiative)
        self.decisions.rows("risk", rows, self.given.get("risks", []), ("what", "what"), settle)

    def _steps(self) -> None:
        import_steps(self.decisions, self.initiative, self.given.get("steps", []), self.theme)

    def _plans(self) -> None:
        import_plans(self.decisions, self.initiative, self.given.get("plans", []))

    def _agreements(self) -> None:
        def settle(row: Agreement | None, given: Given, at: int) -> None:
            values = wanted(given, fields.AGREEMENT, self.decisions.whole)
            values["package"] = [[term, option] for term, option in given["package"].items()]
            if "by" not in given:
                values["by"] = row.by if row else self.decisions.by
            self._settle("agreement", row, values, f"what was agreed on {given['on']}")

        rows = rows_of(Agreement, self.initiative)
        self.decisions.rows("agreement", rows, self.given.get("agreements", []), ("agreed_on", "on"), settle)

    def _chains(self) -> None:
        def settle(row: ValueChain | None, given: Given, at: int) -> None:
            text = self.decisions.found(("value", at), lambda: self._chain(given), "")
            values = {"name": given["name"], "text": text}
            self._settle("value_chain", row, values, f"the value chain “{given['name']}”")

        rows = rows_of(ValueChain, self.initiative)
        self.decisions.rows("value_chain", rows, self.given.get("value", []), ("name", "name"), settle)

    def _chain(self, given: Given) -> str:
        """Its text, which can be read as a chain. Raises ValueError."""
        if ("text" in given) == ("file" in given):
            raise Unknown("give a value chain’s text or the file that it stands in")
        text = str(given["text"]) if "text" in given else self._file(given["file"])
        read_chain(text, given.get("file") or f"the value chain “{given['name']}”")
        return text

    def _file(self, name: str) -> str:
        if self.aim.folder is None:
            raise Unknown(f"“{name}” can’t be looked up from here; put the chain’s text in its place")
        try:
            return (self.aim.folder / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unknown(f"“{name}” can’t be read: {error}") from error

    def _settle(self, table: str, row: Any, values: Given, what: str) -> None:
        self.decisions.settle(table, row, values, {"initiative_id": self.initiative.pk}, what)


def _sentence(decisions: FileDecisions, name: str, trial: bool) -> str:
    counted: Sequence[tuple[str, int]] = [
        ("added", len(decisions.added)), ("changed", len(decisions.changed)), ("taken away", len(decisions.removed)),
    ]  # fmt: skip
    said = ", ".join(f"{count:,} {what}" for what, count in counted if count)
    if not said:
        return f"“{name}” is as the file says already."
    return f"“{name}”: {said}{', if it were kept' if trial else ''}."
