"""How a kept chain came to be what it is: each version, what was changed in it, and what that did to the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from winward.engine.value import Quantity
from winward.records.decisions import Audit
from winward.sources.chains import ChainFile, read_chain
from winward.sources.yaml_files import FileProblems
from winward.usecases.sentences import listed
from winward.usecases.value.value_chains import existing_chain, linked_worth
from winward.usecases.value.work_out_value import amount, in_words

MOST = 12


@dataclass(frozen=True, slots=True)
class Version:
    """changed: what differs from the version before it. result: the bottom line with the stakes as they are now, empty
    where it can't be worked out any more."""

    who: str
    at: datetime
    changed: tuple[str, ...]
    result: str


def history(chain_id: int, today: date) -> list[Version]:
    """The newest first. Raises NotFound."""
    row = existing_chain(chain_id)
    audits = list(Audit.objects.filter(subject=f"value_chain:{chain_id}").order_by("pk"))
    changes = [audit for audit in audits if "text" in audit.after]
    texts = [changes[0].before["text"] if changes else row.text, *(audit.after["text"] for audit in changes)]
    came = next((audit for audit in audits if "text" not in audit.after), None)
    found = [Version(came.who, came.at, (), _result(texts[0], today))] if came else []
    for audit, old, new in list(zip(changes, texts, texts[1:], strict=False))[-MOST:]:
        found.append(Version(audit.who, audit.at, tuple(_changed(old, new)), _result(new, today)))
    return found[::-1]


def _result(text: str, today: date) -> str:
    try:
        worth = linked_worth(text, "", today).worth
    except FileProblems:
        return ""
    result = worth.result
    low, median, high = (amount(value, result) for value in (result.low, result.median, result.high))
    return f"{median} {in_words(result.unit)}" + (f", between {low} and {high}" if low != high else "")


def _changed(old: str, new: str) -> Iterator[str]:
    before, after = _read(old), _read(new)
    if before is None or after is None:
        yield "the text"
        return
    was, now = ({one.name: one for one in file.chain.quantities} for file in (before, after))
    if gone := [_called(before, name) for name in was if name not in now]:
        yield f"without {listed(gone)}"
    if came := [_called(after, name) for name in now if name not in was]:
        yield f"with {listed(came)}"
    for name in now:
        if name in was:
            yield from _differences(_called(after, name), was[name], now[name])
    if was == now:
        yield "words only"


def _read(text: str) -> ChainFile | None:
    try:
        return read_chain(text, "")
    except FileProblems:
        return None


def _called(file: ChainFile, name: str) -> str:
    return file.says.get(name) or name.replace("_", " ")


def _differences(called: str, was: Quantity, now: Quantity) -> Iterator[str]:
    if (was.low, was.high, was.formula) != (now.low, now.high, now.formula):
        yield f"{called}: {_given(was)} became {_given(now)}"
    if was.unit != now.unit:
        yield f"{called}: in {now.unit or 'plain numbers'}, not in {was.unit or 'plain numbers'}"
    if was.source != now.source:
        yield f"{called}: now {now.source or 'without a source'}"


def _given(one: Quantity) -> str:
    if one.formula:
        return one.formula
    if one.low is None or one.high is None:
        return "what the stake says"
    return f"{one.low:g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"
