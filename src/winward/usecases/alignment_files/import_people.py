"""Who an alignment's file says must be won: people with their seats, positions, stances, grounds and questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from winward.records.initiatives import Initiative
from winward.records.stakeholders import Ground, Question, Seat, Stakeholder, Stance
from winward.sources.yaml_files import Path
from winward.usecases.alignment_files import alignment_fields as fields
from winward.usecases.alignment_files.alignment_fields import wanted
from winward.usecases.alignment_files.alignment_names import contact_named, document_named
from winward.usecases.alignment_files.export_alignment import (
    Terms,
    evidence_of,
    grounds_of,
    position_of,
    questions_of,
    seats_of,
    stances_of,
    terms_of,
)
from winward.usecases.alignment_files.file_decisions import FileDecisions
from winward.usecases.alignment_files.import_terms import Options, ids_of

Given = Mapping[str, Any]
NO_EVIDENCE: Given = {"document_id": None, "quote": ""}


def import_people(decisions: FileDecisions, initiative: Initiative, given: Mapping[str, Given]) -> None:
    seats, terms = seats_of(initiative), terms_of(initiative)
    for name, person in given.items():
        _Person(decisions, initiative, terms, name, person).settle(seats.get(name))
    if decisions.whole:
        for name, seat in ((name, seat) for name, seat in seats.items() if name not in given):
            decisions.remove("seat", seat, f"{name}’s seat")


class _Person:
    def __init__(
        self, decisions: FileDecisions, initiative: Initiative, terms: Terms, name: str, given: Given
    ) -> None:  # fmt: skip
        self.decisions, self.initiative, self.terms = decisions, initiative, terms
        self.name, self.given = name, given
        self.path: Path = ("people", name)

    def settle(self, seat: Seat | None) -> None:
        if self.given.get("veto") and self.given.get("part", seat.part if seat else "decides") != "decides":
            self.decisions.wrong((*self.path, "veto"), f"{self.name} holds a veto, so their part is: decides")
        known = seat.stakeholder if seat else self._known()
        who = self._stakeholder(known)
        ties = {"stakeholder_id": who, "initiative_id": self.initiative.pk}
        values = wanted(self.given, fields.SEAT, self.decisions.whole)
        number = self.decisions.settle("seat", seat, values, ties, f"{self.name}’s seat")
        now = Seat.objects.select_related("stakeholder").get(pk=number)
        self._position(now)
        self._stances(now)
        self._grounds(now)
        self._questions(now)

    def _known(self) -> Stakeholder | None:
        """Somebody of this name and kind who has no seat here yet; two customers may bear one name."""
        seated = Seat.objects.filter(initiative=self.initiative, removed=False).values("stakeholder")
        there = Stakeholder.objects.filter(removed=False).exclude(pk__in=seated)
        if contact := self._contact():
            return there.filter(contact=contact).first()
        if self.given["kind"] == Stakeholder.Kind.CUSTOMER:
            return None
        return there.filter(name=self.given.get("name", self.name), kind=self.given["kind"]).order_by("pk").first()

    def _stakeholder(self, known: Stakeholder | None) -> int:
        values = wanted(self.given, fields.STAKEHOLDER, self.decisions.whole)
        if known is None or "name" in self.given:
            values["name"] = self.given.get("name", self.name)
        if "contact" in self.given or self.decisions.whole:
            values["contact_id"] = self._contact()
        return self.decisions.settle("stakeholder", known, values, {}, self.name)

    def _contact(self) -> int | None:
        if "contact" not in self.given:
            return None
        return self.decisions.found((*self.path, "contact"), lambda: contact_named(self.given["contact"]), 0) or None

    def _position(self, seat: Seat) -> None:
        """In names it is seen whether anything differs; what is no longer negotiated stays in the row."""
        now = position_of(seat, self.terms)
        terms, options = ids_of(self.terms)
        keys = ("ranks", "cannot_accept", "least")
        given = {key: self._tidy(key, terms, options) for key in keys if key in self.given or self.decisions.whole}
        columns = dict[str, Any]()
        if "ranks" in given and given["ranks"] != now.get("ranks", {}):
            columns["ranks"] = _ranks(given["ranks"], terms, options)
        if "cannot_accept" in given and _sets(given["cannot_accept"]) != _sets(now.get("cannot_accept", {})):
            columns["refused"] = [options[term][one] for term, own in given["cannot_accept"].items() for one in own]
        if "least" in given and given["least"] != now.get("least", {}):
            columns["good_enough"] = {str(terms[term]): options[term][one] for term, one in given["least"].items()}
        self.decisions.change("seat", seat.pk, columns, f"{self.name}’s position")

    def _tidy(self, key: str, terms: Mapping[str, int], options: Options) -> dict[str, Any]:
        """As the export writes it, without what isn't negotiated, which is kept as a problem."""
        given, path = self.given.get(key, {}), (*self.path, key)
        if key == "least":
            return {term: one for term, one in given.items() if self._known_option((*path, term), term, one, options)}
        if key == "cannot_accept":
            kept = {
                term: [one for one in own if self._known_option((*path, term), term, one, options)]
                for term, own in given.items()
            }
            return {term: own for term, own in kept.items() if own}
        ranked = self._levels((*path, "terms"), given.get("terms", []), terms, "term")
        by_term = {
            term: self._levels((*path, "options", term), levels, options.get(term, {}), "option")
            for term, levels in given.get("options", {}).items()
        }
        for term in by_term.keys() - terms.keys():
            self.decisions.wrong((*path, "options", term), f"there is no term “{term}”")
        # In the terms' order, so that another order in the file is no difference.
        in_order = {term: by_term[term] for term in terms if by_term.get(term)}
        return ({"terms": ranked} if ranked else {}) | ({"options": in_order} if in_order else {})

    def _levels(self, path: Path, levels: Sequence[Any], known: Mapping[str, int], what: str) -> list[Any]:
        tidy, met = list[Any](), set[str]()
        for at, level in enumerate(levels):
            names = level if isinstance(level, list) else [level]
            for name in names:
                if name not in known:
                    self.decisions.wrong((*path, at), f"there is no {what} “{name}”; there is {', '.join(known)}")
                elif name in met:
                    self.decisions.wrong((*path, at), f"“{name}” stands twice here; rank it once")
                met.add(name)
            kept = [name for name in names if name in known]
            tidy += [kept[0] if len(kept) == 1 else kept] if kept else []
        return tidy

    def _known_option(self, path: Path, term: str, option: str, options: Options) -> bool:
        if option in options.get(term, {}):
            return True
        there = f"; there is {', '.join(options[term])}" if term in options else ""
        self.decisions.wrong(path, f"there is no option “{option}” for a term “{term}”{there}")
        return False

    def _stances(self, seat: Seat) -> None:
        def settle(row: Stance | None, given: Given, at: int) -> None:
            values = wanted(given, fields.STANCE, self.decisions.whole)
            values |= self._evidence(row, given, ("stances", at))
            ties = {"seat_id": seat.pk, "by": self.decisions.by}
            if "by" not in given:
                values.pop("by", None)
            self.decisions.settle("stance", row, values, ties, f"where {self.name} stood on {given['on']}")

        if "stances" in self.given or self.decisions.whole:
            self.decisions.rows("stance", stances_of(seat), self.given.get("stances", []), ("on", "on"), settle)

    def _grounds(self, seat: Seat) -> None:
        def settle(row: Ground | None, given: Given, at: int) -> None:
            values = wanted(given, fields.GROUND, self.decisions.whole)
            values |= self._evidence(row, given, ("grounds", at))
            ties = {"stakeholder_id": seat.stakeholder_id}
            self.decisions.settle("ground", row, values, ties, f"what moves {self.name}")

        if "grounds" in self.given or self.decisions.whole:
            self.decisions.rows("ground", grounds_of(seat), self.given.get("grounds", []), ("moves", "moves"), settle)

    def _questions(self, seat: Seat) -> None:
        def settle(row: Question | None, given: Given, at: int) -> None:
            values = wanted(given, fields.QUESTION, self.decisions.whole)
            self.decisions.settle("question", row, values, {"seat_id": seat.pk}, f"a question to {self.name}")

        if "questions" in self.given or self.decisions.whole:
            rows = questions_of(seat)
            self.decisions.rows("question", rows, self.given.get("questions", []), ("text", "text"), settle)

    def _evidence(self, row: Stance | Ground | None, given: Given, place: Path) -> dict[str, Any]:
        told = {key: given[key] for key in ("document", "quote") if given.get(key)}
        if told == (evidence_of(row) if row else {}) or not (told or self.decisions.whole or "document" in given):
            return {}
        path = (*self.path, *place)
        if "quote" in told and "document" not in told:
            self.decisions.wrong((*path, "quote"), "a quote needs the document that it stands in")
            return {}
        if not told:
            return dict(NO_EVIDENCE)
        quote = told.get("quote", "")
        number = self.decisions.found((*path, "document"), lambda: document_named(told["document"], quote), 0)
        return {"document_id": number, "quote": quote} if number else {}


def _ranks(given: Mapping[str, Any], terms: Mapping[str, int], options: Options) -> dict[str, Any]:
    by_term = given.get("options", {}).items()
    return {
        "terms": _ids(given.get("terms", []), terms),
        "options": {str(terms[term]): _ids(levels, options[term]) for term, levels in by_term},
    }


def _ids(levels: Sequence[Any], known: Mapping[str, int]) -> list[list[int]]:
    return [[known[name] for name in (level if isinstance(level, list) else [level])] for level in levels]


def _sets(given: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    return {term: set(own) for term, own in given.items()}
