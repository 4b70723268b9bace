"""check: the signals of which a few minutes of checking gain the most, and what the last answers taught."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.kinds import KINDS
from winward.engine.reading.worth_checking import Pick, look_at, worth_checking
from winward.records import taught_rows
from winward.records.check_rows import Candidates, candidates
from winward.records.company import Company
from winward.records.documents import Passage
from winward.records.own_heads import OwnHeads
from winward.records.signals import Signal
from winward.usecases import sentences
from winward.usecases.list_decisions import Made, said_of_signals
from winward.usecases.quotes import Quote, quotes_in_order

BATCH = 10
# Deals turn on these.
MONEY_KINDS = frozenset({"objection", "competitor", "price", "risk"})


@dataclass(frozen=True, slots=True)
class Check:
    """before, after: the text of the passage around the quote. leaning: what the reader takes it for. why: it is worth
    checking. open_value: of the open deals in which it, or what is like it, was said. said: what people said of it."""

    quote: Quote
    before: str
    after: str
    leaning: str
    why: str
    open_value: float
    said: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class Learning:
    """changed: signals that have another kind, or none, by the answers so far. done: no answer is newer than that."""

    corrections: int
    changed: int
    done: bool


@dataclass(frozen=True, slots=True)
class Checks:
    rows: tuple[Check, ...]
    answered: int
    currency: str
    learning: Learning


def list_checks(batch: Sequence[int] = ()) -> Checks:
    """The ten signals to check next, best first. batch: those chosen before, of which some are answered now."""
    found = candidates(also=batch)
    picks = _picks_of(batch, found) if batch else next_picks(found, BATCH)
    rows = tuple(_checks(picks, found))
    company = Company.objects.first()
    answered = sum(row.quote.checked for row in rows)
    return Checks(rows, answered, company.currency if company else "EUR", learning())


def count_answered(batch: Sequence[int]) -> int:
    return Signal.objects.filter(pk__in=batch, checked=True).count()


def learning() -> Learning:
    number, last = taught_rows.newest()
    known = OwnHeads.objects.only("corrections", "changed", "learnt_at").first()
    if known is None:
        return Learning(number, 0, done=not number)
    done = known.corrections == number and (last is None or last <= known.learnt_at)
    return Learning(number, known.changed, done)


def next_picks(found: Candidates, count: int) -> list[Pick]:
    return worth_checking(found.vectors, found.kinds, _consequences(found), count)


def _consequences(found: Candidates) -> NDArray[np.float32]:
    """One for a kind that deals turn on, and up to one each for what is lost or open with its theme, and for its open
    deal, beside the largest."""
    money = np.array([kind in MONEY_KINDS for kind in found.kind], float)
    return np.asarray(money + _share(found.stakes) + _share(found.values), np.float32)


def _share(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    return amounts / max(float(amounts.max(initial=0.0)), 1e-9)


def _picks_of(batch: Sequence[int], found: Candidates) -> list[Pick]:
    places = {number: at for at, number in enumerate(found.ids)}
    rows = [places[number] for number in batch if number in places]
    return look_at(np.array(rows, np.int64), found.vectors, found.kinds)


def _checks(picks: Sequence[Pick], found: Candidates) -> list[Check]:
    ids = [found.ids[pick.row] for pick in picks]
    places = dict(Signal.objects.filter(pk__in=ids).values_list("pk", "start"))
    quotes = {quote.signal: quote for quote in quotes_in_order(ids)}
    texts = dict(Passage.objects.filter(pk__in=[one.passage_id for one in quotes.values()]).values_list("pk", "text"))
    said = said_of_signals(ids)
    return [
        _check(pick, found, quotes[number], texts[quotes[number].passage_id], places[number], said[number])
        for pick, number in zip(picks, ids, strict=True)
        if number in quotes
    ]


def _check(pick: Pick, found: Candidates, quote: Quote, text: str, start: int, said: tuple[Made, ...]) -> Check:
    group = [pick.row, *pick.alike]
    open_deals = dict(zip(found.deals[group].tolist(), found.values[group].tolist(), strict=True))
    open_deals.pop(0, None)
    chances = dict(zip(KINDS, found.kinds[pick.row].tolist(), strict=True))
    return Check(
        quote=quote,
        before=text[:start],
        after=text[start + len(quote.words) :],
        leaning=sentences.leaning(quote.kind, chances),
        why=sentences.worth_checking(pick.doubt, chances[quote.kind], len(pick.alike), len(open_deals)),
        open_value=sum(open_deals.values()),
        said=said,
    )
