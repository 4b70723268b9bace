"""What people decided, the newest first, each with the way to take it back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from winward.records import written_rows
from winward.records.deals import Deal
from winward.records.decisions import Audit, SpeakerSide
from winward.records.documents import Document
from winward.records.initiatives import Initiative
from winward.records.signals import Signal
from winward.records.stakeholders import Stakeholder
from winward.records.themes import Theme
from winward.records.value_chains import ValueChain
from winward.usecases.room.room_history import said_of_seats

PAGE = 50
PLACINGS = {"placing": "theme", "unsorting": "signal"}
# What changes two rows at once: a risk that came true, by the step that this made; an agreement with its initiative's
# state.
TOGETHER = {"firing": "step", "agreeing": "agreement"}


@dataclass(frozen=True, slots=True)
class Made:
    """page, id: what it is about ("signal", 3); id 0 where there is no page of it. about: its words or title, empty
    where it is gone. undone: somebody took it back."""

    audit: int
    who: str
    at: datetime
    words: str
    page: str
    id: int
    about: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """after: the cursor of the next page, 0 on the last."""

    rows: tuple[Made, ...]
    after: int


def list_decisions(after: int = 0) -> Decisions:
    """after: the cursor of the page before."""
    older = Audit.objects.filter(pk__lt=after) if after else Audit.objects.all()
    found = list(older.order_by("-pk")[: PAGE + 1])
    return Decisions(tuple(_made(found[:PAGE])), found[PAGE - 1].pk if len(found) > PAGE else 0)


def said_of_signals(signals: Collection[int]) -> dict[int, tuple[Made, ...]]:
    """What people said of each of these signals, the newest first, without what was taken back."""
    subjects = [f"signal:{number}" for number in signals]
    made = _made(list(Audit.objects.filter(subject__in=subjects, did__startswith="changed").order_by("-pk")))
    return {number: tuple(one for one in made if one.id == number and not one.undone) for number in signals}


def _made(audits: Sequence[Audit]) -> list[Made]:
    undone = set(Audit.objects.filter(did__in=[f"undid {one.pk}" for one in audits]).values_list("did", flat=True))
    documents = _documents_of_speakers(audits)
    pages = [_page(one.subject, documents) for one in audits]
    titles = _titles(pages)
    seats = said_of_seats([one for one in audits if not one.did.startswith("undid")])
    return [
        Made(
            one.pk,
            one.who,
            one.at,
            seats.get(one.pk) or _words(one),
            *page,
            titles.get(page, ""),
            f"undid {one.pk}" in undone,
        )
        for one, page in zip(audits, pages, strict=True)
    ]


def _titles(pages: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    def of(wanted: str) -> list[int]:
        return [number for page, number in pages if page == wanted]

    signals = Signal.objects.filter(pk__in=of("signal")).values_list("pk", "quote")
    documents = Document.objects.filter(pk__in=of("document")).values_list("pk", "title")
    themes = [(one.pk, one.title) for one in Theme.objects.filter(pk__in=of("theme")).defer("centre")]
    deals = list(Deal.objects.filter(pk__in=[*of("post-mortem"), *of("deal")]).values_list("pk", "name"))
    initiatives = Initiative.objects.filter(pk__in=of("initiative")).values_list("pk", "name")
    people = Stakeholder.objects.filter(pk__in=of("stakeholder")).values_list("pk", "name")
    chains = ValueChain.objects.filter(pk__in=of("value-chain")).values_list("pk", "name")
    named: dict[str, Iterable[tuple[int, str]]] = {
        "signal": signals,
        "document": documents,
        "theme": themes,
        "post-mortem": deals,
        "deal": deals,
        "initiative": initiatives,
        "stakeholder": people,
        "value-chain": chains,
    }
    return {(page, number): title for page, rows in named.items() for number, title in rows}


def _documents_of_speakers(audits: Sequence[Audit]) -> dict[int, int]:
    rows = [int(one.subject.partition(":")[2]) for one in audits if one.subject.startswith("speaker:")]
    return dict(SpeakerSide.objects.filter(pk__in=rows).values_list("pk", "document_id"))


def _page(subject: str, documents: Mapping[int, int]) -> tuple[str, int]:
    page, _, number = subject.partition(":")
    if page in PLACINGS:
        return PLACINGS[page], int(number)
    if page == "speaker":
        return "document", documents.get(int(number), 0)
    if page in written_rows.MODELS or page in TOGETHER:
        return written_rows.page_of(TOGETHER.get(page, page), int(number))
    if page == "lesson":
        return "post-mortem", int(number)
    if page == "warning":
        return "deal", int(number)
    return (page, int(number)) if page in ("theme", "signal", "document") else ("rivals", 0)


def _words(audit: Audit) -> str:
    if audit.did.startswith("undid"):
        return f"took decision {audit.did.removeprefix('undid ')} back"
    kind = audit.subject.partition(":")[0]
    if kind in written_rows.MODELS:
        return _of_written(kind.replace("_", " "), audit.after)
    return _SAID[kind](audit.before, audit.after)


def _of_written(what: str, after: Mapping[str, Any]) -> str:
    if what == "value chain" and "text" in after:
        return "changed a value chain"
    if "removed" in after:
        return f"took a {what} away" if after["removed"] else f"added a {what}"
    return f"{what}: {'; '.join(_of_field(name, value) for name, value in after.items())}"


def _of_field(name: str, value: Any) -> str:
    """Lists, such as of efforts by skill, are too long to be said again."""
    words = name.replace("_", " ")
    if isinstance(value, list | dict):
        return f"{words} changed"
    return f"no {words}" if value in (None, "") else f"{words}: {value}"


def _of_theme(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if "pinned" in after:
        return "it stays, whatever later runs find" if after["pinned"] else "later runs may retire it"
    if "hidden" in after:
        return "hidden from the lists" if after["hidden"] else "in the lists again"
    if "owner" in after:
        return f"{after['owner']} owns it" if after["owner"] else "nobody owns it"
    return f"it is called “{after['given_name']}”" if after["given_name"] else "it is called what was computed"


def _of_placing(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return str(after.get("words", "sorted as before"))


def _of_signal(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if after["dismissed"]:
        return "no signal"
    if "words" in after:
        return f"its words are “{after['words']}”"
    if before["dismissed"] or before["kind"] == after["kind"]:
        return str(after["kind"])
    return f"{after['kind']}, not {before['kind']}"


def _of_speaker(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return "the speaker is on our side" if after["side"] == "us" else "the speaker is on the customer’s side"


def _of_document(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if after["deal_id"]:
        return "it belongs to a deal"
    return "it belongs to an account" if after["account_id"] else "it belongs to no deal"


def _of_lesson(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    said = after.get("text") or after.get("condition") or after.get("owner") or after.get("state") or "nothing any more"
    return f"lesson: {said}"


def _of_warning(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return f"about its warning: {after['answer']}" if after["answer"] else "nothing about its warning any more"


def _of_competitor(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return "a rival" if after["state"] == "named" else "no rival"


def _of_firing(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return "a risk came true, and a step was made of it"


def _of_agreeing(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return "a package was agreed"


_SAID = {
    "firing": _of_firing,
    "agreeing": _of_agreeing,
    "theme": _of_theme,
    "placing": _of_placing,
    "unsorting": _of_placing,
    "signal": _of_signal,
    "speaker": _of_speaker,
    "document": _of_document,
    "competitor": _of_competitor,
    "lesson": _of_lesson,
    "warning": _of_warning,
}
