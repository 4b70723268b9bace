"""What people decide. Each decision is one audit row, which can be undone; no recomputation touches any of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from winward.records import (
    agreement_rows,
    competitor_rows,
    initiative_rows,
    lesson_rows,
    theme_rows,
    warning_rows,
    written_rows,
)
from winward.records.accounts import Account
from winward.records.competitors import Competitor
from winward.records.deals import Deal
from winward.records.decisions import Audit
from winward.records.documents import Document
from winward.records.themes import Theme
from winward.usecases import placings, verdicts
from winward.usecases.quotes import NotFound

Values = Mapping[str, Any]
CHANGED_SINCE = "It was changed again since, so nothing was undone."


class ChangedSince(Exception):
    """Somebody changed it again in the meantime, so that undoing would overwrite their decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """audit: the number by which it can be undone. sentence: what was done."""

    audit: int
    sentence: str


def rename_theme(theme_id: int, name: str, by: str) -> Decision | None:
    """An empty name goes back to the computed one. None where nothing changes. Raises NotFound."""
    wanted = name.strip()
    computed = Theme.objects.filter(pk=theme_id).values_list("name", flat=True).first()
    given = "" if wanted == computed else wanted
    return change("theme", theme_id, {"given_name": given}, by, f"Renamed to “{wanted or computed}”.")


def own_theme(theme_id: int, owner: str, by: str) -> Decision | None:
    """None where nothing changes. Raises NotFound."""
    owner = owner.strip()
    said = f"{owner} owns this theme now." if owner else "This theme has no owner now."
    return change("theme", theme_id, {"owner": owner}, by, said)


def pin_theme(theme_id: int, pinned: bool, by: str) -> Decision | None:
    """A pinned theme stays, whatever a rebuild finds. None where nothing changes. Raises NotFound."""
    said = "Pinned: it stays, whatever later runs find." if pinned else "No longer pinned."
    return change("theme", theme_id, {"pinned": pinned}, by, said)


def hide_theme(theme_id: int, hidden: bool, by: str) -> Decision | None:
    """A hidden theme is out of lists and maps; its signals stay sorted. None where nothing changes. Raises NotFound."""
    said = "Hidden from the lists; its signals stay sorted." if hidden else "It is in the lists again."
    return change("theme", theme_id, {"hidden": hidden}, by, said)


def link_document(document_id: int, account: int | None, deal: int | None, by: str) -> Decision | None:
    """Say which account and deal a document belongs to; None for none. Raises NotFound."""
    _there(Account, account)
    _there(Deal, deal)
    if deal is not None and account is None:
        account = Deal.objects.values_list("account_id", flat=True).get(pk=deal)
    link = Document.Link.NONE if account is None and deal is None else Document.Link.SURE
    after = {"account_id": account, "deal_id": deal, "link": str(link), "linked_by": by}
    return change("document", document_id, after, by, "Linked." if account or deal else "Linked to nothing.")


@transaction.atomic
def change(subject: str, number: int, after: Values, by: str, sentence: str) -> Decision | None:
    """Write `after` and an audit row that can undo it. None where nothing changes. Raises NotFound."""
    now = _current(subject, number)
    before = {name: now[name] for name in after}
    if before == dict(after):
        return None
    _write(subject, number, after, by)
    return _record(f"changed {subject}", f"{subject}:{number}", before, after, by, sentence)


@transaction.atomic
def add(subject: str, values: Values, by: str, sentence: str) -> tuple[int, Decision]:
    """A new row of what `written_rows` knows, and an audit row that takes it away again. Returns its id, too."""
    number = written_rows.add(subject, values)
    decision = change(subject, number, {"removed": False}, by, sentence)
    assert decision, "a new row is removed until this brings it in"
    return number, decision


@transaction.atomic
def place(subject: str, before: Values, after: Values, by: str, sentence: str, named: Collection[int] = ()) -> Decision:
    """Sort signals as a person says, with an audit row that can undo it. before, after: as `placings` has them; what
    is `named` gets a new name."""
    audit = _audit(f"changed {subject.partition(':')[0]}", subject, before, after, by)
    placings.write(audit, after)
    placings.follow((before, after), named)
    return Decision(audit.pk, sentence)


@transaction.atomic
def undo(audit_id: int, by: str) -> Decision:
    """Put back what the decision changed. Raises NotFound and ChangedSince."""
    audit = Audit.objects.filter(pk=audit_id).first()
    if audit is None:
        raise NotFound(f"There is no decision {audit_id}.")
    subject, _, number = audit.subject.partition(":")
    if subject in placings.SUBJECTS:
        return _undo_placing(audit, by)
    now = _current(subject, int(number))
    if any(now.get(name) != value for name, value in audit.after.items()):
        raise ChangedSince(CHANGED_SINCE)
    _write(subject, int(number), audit.before, by)
    return _record(f"undid {audit.pk}", audit.subject, audit.after, audit.before, by, "Undone.")


def _undo_placing(audit: Audit, by: str) -> Decision:
    theme_rows.hold()
    if placings.touched_since(audit) or Audit.objects.filter(did=f"undid {audit.pk}").exists():
        raise ChangedSince(CHANGED_SINCE)
    placings.take_back(audit)
    undoing = _audit(f"undid {audit.pk}", audit.subject, audit.after, audit.before, by)
    placings.write(undoing, audit.before)
    # Undoing gives the names back that there were; doing it again makes them anew.
    placings.follow((audit.before, audit.after), [row[0] for row in audit.after["names"]])
    return Decision(undoing.pk, "Undone.")


def _record(did: str, subject: str, before: Values, after: Values, by: str, sentence: str) -> Decision:
    return Decision(_audit(did, subject, before, after, by).pk, sentence)


def _audit(did: str, subject: str, before: Values, after: Values, by: str) -> Audit:
    return Audit.objects.create(who=by, did=did, subject=subject, before=dict(before), after=dict(after))


def _there(model: type[Account] | type[Deal], number: int | None) -> None:
    if number is not None and not model._default_manager.filter(pk=number).exists():
        raise NotFound(f"There is no {model.__name__.lower()} {number}.")


def _current(subject: str, number: int) -> dict[str, Any]:
    found = _READ[subject](number)
    if found is None:
        raise NotFound(f"There is no {subject} {number}.")
    return found


def _write(subject: str, number: int, values: Values, by: str) -> None:
    _WRITE[subject](number, values, by)


def _read_theme(number: int) -> dict[str, Any] | None:
    found = Theme.objects.select_for_update().filter(pk=number).values(*theme_rows.DECIDED).first()
    return dict(found) if found else None


def _write_theme(number: int, values: Values, by: str) -> None:
    Theme.objects.filter(pk=number).update(**values)


def _read_document(number: int) -> dict[str, Any] | None:
    rows = Document.objects.select_for_update().filter(pk=number)
    found = rows.values("account_id", "deal_id", "link", "linked_by").first()
    return dict(found) if found else None


def _write_document(number: int, values: Values, by: str) -> None:
    Document.objects.filter(pk=number).update(**values)


def _read_competitor(number: int) -> dict[str, Any] | None:
    found = Competitor.objects.select_for_update().filter(pk=number).values("state", "aliases").first()
    return dict(found) if found else None


def _write_competitor(number: int, values: Values, by: str) -> None:
    """What was said of it is read again in the next run, with what is known now."""
    row = Competitor.objects.get(pk=number)
    Competitor.objects.filter(pk=number).update(**values, by=by)
    competitor_rows.read_again([row.name, *row.aliases, *values.get("aliases", ())])


def _write_firing(number: int, values: Values, by: str) -> None:
    initiative_rows.write_firing(number, dict(values))


def _write_written(subject: str, number: int, values: Values, by: str) -> None:
    written_rows.write(subject, number, values)


_READ: dict[str, Callable[[int], dict[str, Any] | None]] = {
    "theme": _read_theme,
    "signal": verdicts.read_signal,
    "speaker": verdicts.read_speaker,
    "document": _read_document,
    "competitor": _read_competitor,
    "lesson": lesson_rows.read,
    "warning": warning_rows.answer_of,
    "firing": initiative_rows.read_firing,
    "agreeing": agreement_rows.read_agreeing,
    **{subject: partial(written_rows.read, subject) for subject in written_rows.MODELS},
}
_WRITE: dict[str, Callable[[int, Values, str], None]] = {
    "theme": _write_theme,
    "signal": verdicts.write_signal,
    "speaker": verdicts.write_speaker,
    "document": _write_document,
    "competitor": _write_competitor,
    "lesson": lesson_rows.write,
    "warning": warning_rows.write_answer,
    "firing": _write_firing,
    "agreeing": agreement_rows.write_agreeing,
    **{subject: partial(_write_written, subject) for subject in written_rows.MODELS},
}
